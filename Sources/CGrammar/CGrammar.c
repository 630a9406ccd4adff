#include "CGrammar.h"

static const unsigned char grammar[] = {
#embed "../../Templates/schema/template.rng"
};

tokki_grammar_bytes tokki_grammar(void) { return (tokki_grammar_bytes){grammar, sizeof grammar}; }
