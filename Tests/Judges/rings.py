"""Which trials run: with TOKKI_THOROUGH=1 (`make test-long`) all of them at full size, else what finds most in the time."""

import os

import pytest

THOROUGH = os.environ.get("TOKKI_THOROUGH") == "1"


def daily(every, *chosen):
    """Parameters of which each run tries the chosen, and the long one every one."""
    every = list(every)
    assert all(one in every for one in chosen), chosen
    return [one if one in chosen else pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.long) for one in every]
