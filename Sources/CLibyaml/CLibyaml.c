#include "CLibyaml.h"
