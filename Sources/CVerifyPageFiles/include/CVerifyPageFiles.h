// The parts of verify.html behind CVerifyPage.h, apart for the reason that CPreviewPageFiles.h has.
#ifndef TOKKI_CVERIFYPAGEFILES_H
#define TOKKI_CVERIFYPAGEFILES_H

#include <stddef.h>

typedef struct {
  const unsigned char *_Nonnull start;
  size_t count;
} tokki_verify_file;

extern const tokki_verify_file tokki_verify_html_file;
extern const tokki_verify_file tokki_verify_css_file;
extern const tokki_verify_file tokki_verify_js_file;

#endif
