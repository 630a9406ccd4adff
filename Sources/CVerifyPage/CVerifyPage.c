#include "CVerifyPage.h"

static const unsigned char html[] = {
#embed "../Packets/Run/Page/verify.html"
};
static const unsigned char css[] = {
#embed "../Packets/Run/Page/verify.css"
};
static const unsigned char js[] = {
#embed "../Packets/Run/Page/verify.js"
};

tokki_verify_bytes tokki_verify_html(void) { return (tokki_verify_bytes){html, sizeof html}; }
tokki_verify_bytes tokki_verify_css(void) { return (tokki_verify_bytes){css, sizeof css}; }
tokki_verify_bytes tokki_verify_js(void) { return (tokki_verify_bytes){js, sizeof js}; }
