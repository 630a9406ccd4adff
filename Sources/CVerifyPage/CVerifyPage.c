#include "CVerifyPage.h"

#include <CVerifyPageFiles.h>

static tokki_verify_bytes bytes_of(tokki_verify_file file) { return (tokki_verify_bytes){file.start, file.count}; }

tokki_verify_bytes tokki_verify_html(void) { return bytes_of(tokki_verify_html_file); }
tokki_verify_bytes tokki_verify_css(void) { return bytes_of(tokki_verify_css_file); }
tokki_verify_bytes tokki_verify_js(void) { return bytes_of(tokki_verify_js_file); }
