// The parts of verify.html, which are part of the program.
#ifndef TOKKI_CVERIFYPAGE_H
#define TOKKI_CVERIFYPAGE_H

#include <stddef.h>

typedef struct {
  const unsigned char *_Nonnull start;
  size_t count;
} tokki_verify_bytes;

tokki_verify_bytes tokki_verify_html(void);
tokki_verify_bytes tokki_verify_css(void);
tokki_verify_bytes tokki_verify_js(void);

#endif
