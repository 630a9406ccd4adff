#include "CTemplates.h"

static const unsigned char grammar[] = {
#embed "../../Templates/schema/template.rng"
};

static const unsigned char base_style[] = {
#embed "../../Templates/common/style.css"
};

tokki_template_bytes tokki_grammar(void) { return (tokki_template_bytes){grammar, sizeof grammar}; }

tokki_template_bytes tokki_base_style(void) { return (tokki_template_bytes){base_style, sizeof base_style}; }
