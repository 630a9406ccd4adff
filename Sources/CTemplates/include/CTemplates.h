// What the program brings of the templates: their grammar (RELAX NG), and the style sheet of an edition that has none.
#ifndef TOKKI_CTEMPLATES_H
#define TOKKI_CTEMPLATES_H

#include <stddef.h>

typedef struct {
  const unsigned char *_Nonnull start;
  size_t count;
} tokki_template_bytes;

tokki_template_bytes tokki_grammar(void);
tokki_template_bytes tokki_base_style(void);

#endif
