"""Whether the cost of something grows no faster than its input."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# Four times the input may take ten times as long: a linear cost takes four, a quadratic one sixteen, and a busy machine
# adds to both. Of several runs the fastest counts; what takes next to nothing is not measured at all.
_FACTOR = 4
_MOST = 10
_RUNS = 3
_UNMEASURED = 0.005


def assert_linear(work: Callable[[int], object], length: int) -> None:
    """Fail if `work`, which is given the length of its input, takes far more than in proportion at `length`."""
    long = min(seconds(work, length) for _ in range(_RUNS))
    if long > _UNMEASURED:
        short = min(seconds(work, length // _FACTOR) for _ in range(_RUNS))
        assert long < short * _MOST + _UNMEASURED, f"{length:,}: {long:.3f} s, a quarter of it: {short:.3f} s"


def seconds(work: Callable[[int], object], length: int) -> float:
    """The processor time of `work` for a length."""
    # A collection looks through all that the tests before have left, however short the input is.
    gc.disable()
    try:
        start = time.process_time()
        work(length)
        return time.process_time() - start
    finally:
        gc.enable()
