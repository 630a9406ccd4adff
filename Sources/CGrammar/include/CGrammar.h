// The grammar of templates (RELAX NG), which is part of the program.
#ifndef TOKKI_CGRAMMAR_H
#define TOKKI_CGRAMMAR_H

#include <stddef.h>

typedef struct {
  const unsigned char *_Nonnull start;
  size_t count;
} tokki_grammar_bytes;

tokki_grammar_bytes tokki_grammar(void);

#endif
