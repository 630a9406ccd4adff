#ifndef TOKKI_CLIBYAML_H
#define TOKKI_CLIBYAML_H
#endif
