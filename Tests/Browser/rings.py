"""Which trials every run makes, and which only `make test-long`."""

import pytest


def daily(every, *chosen):
    """Parameters of which each run tries the chosen, and the long one every one."""
    every = list(every)
    assert all(one in every for one in chosen), chosen
    return [one if one in chosen else pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.long) for one in every]
