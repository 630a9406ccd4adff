"""Which ring of tests runs: with TOKKI_THOROUGH=1 (`make test-long`) at full size, else what finds most in the time."""

import os

THOROUGH = os.environ.get("TOKKI_THOROUGH") == "1"
