#include "CVerifyPageFiles.h"

static const unsigned char html[] = {
#embed "../Batches/Folder/Page/verify.html"
};
static const unsigned char css[] = {
#embed "../Batches/Folder/Page/verify.css"
};
static const unsigned char js[] = {
#embed "../Batches/Folder/Page/verify.js"
};

const tokki_verify_file tokki_verify_html_file = {html, sizeof html};
const tokki_verify_file tokki_verify_css_file = {css, sizeof css};
const tokki_verify_file tokki_verify_js_file = {js, sizeof js};
