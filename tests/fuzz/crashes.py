"""Inputs that broke something once: tests/crashes has a file for each, which the ordinary tests run.

The name begins with what the file is for: `page`, `criteria` (both UTF-8, lone surrogates as if they were characters)
or `bytes`, a page as it is.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.check import Fault, criteria_faults, page_faults

FOLDER = Path(__file__).parents[1] / "crashes"

# A page of usual length takes some ten milliseconds; a text that takes so much longer by its length is a finding.
_SLOW = 1.0
_SLOW_EACH = 50e-6

Input = str | bytes


def faults(kind: str, data: Input, thorough: bool = False) -> list[Fault]:
    """What is wrong with an input of a kind; an exception is a fault, too, named by where it was raised."""
    try:
        if kind == "criteria":
            assert isinstance(data, str)
            return criteria_faults(data)
        return page_faults(data, thorough)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.name}"
        return [Fault(f"{type(error).__name__} in {place}", "".join(traceback.format_exception(error)[-6:]))]


def timed_faults(kind: str, data: Input, thorough: bool = False) -> list[Fault]:
    """As `faults`; that it took far too long is a fault, too."""
    begun = time.process_time()
    found = faults(kind, data, thorough)
    taken = time.process_time() - begun
    if taken > _SLOW + _SLOW_EACH * len(data):
        found.append(Fault("slow", f"{taken:.2f} s for {len(data):,}"))
    return found


def read_crash(path: Path) -> tuple[str, Input]:
    """The kind of a crash file, and its input."""
    kind = path.name.partition("-")[0]
    data = path.read_bytes()
    return kind, data if kind == "bytes" else data.decode("utf-8", "surrogatepass")


def write_crash(kind: str, data: Input, folder: Path = FOLDER) -> Path:
    """Keep an input under a name that it always gets."""
    written = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    path = folder / f"{kind}-{hashlib.sha256(written).hexdigest()[:12]}.txt"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written)
    return path


def keep(kind: str, data: Input, fault: Fault, folder: Path = FOLDER) -> Path:
    """Write an input that showed a fault, as small as it shows the fault still."""

    def still(shorter: Input) -> bool:
        return any(other.kind == fault.kind for other in faults(kind, shorter))

    # What is slow, or only the schema shows, is kept as it is.
    return write_crash(kind, smaller(data, still) if still(data) else data, folder)


def smaller(data: Input, still: Callable[[Input], bool], seconds: float = 30) -> Input:
    """A shorter input of which `still` holds: halves, quarters, ... are left out as long as that goes well."""
    until = time.monotonic() + seconds
    size = max(1, len(data) // 2)
    while time.monotonic() < until:
        at = 0
        shrunk = False
        while at < len(data) and time.monotonic() < until:
            shorter = data[:at] + data[at + size :]  # type: ignore[operator]
            if still(shorter):
                data, shrunk = shorter, True
            else:
                at += size
        if size == 1 and not shrunk:
            break
        size = max(1, size // 2)
    return data
