"""How much of an input is taken, and what is told of one that is not: limits against hostile and broken archives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from parser.source import DEFAULT_MAX_SIZE

# What unpacks to no more than this many pages is let through whatever its ratio: empty pages and blank lines of an
# honest archive swell a thousandfold, too, and unpacking so little costs nothing.
_HARMLESS_PAGES = 4

DEFAULT_PAGE_SECONDS = 60.0
"""The longest that a page may take where nothing else is said. A page of the default limit's size takes most of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken of an input; sizes in bytes."""

    page: int = DEFAULT_MAX_SIZE
    """Of one page, unpacked. A JSON line may have twice as many, for what JSON adds and for its other fields."""
    unpacked: int = 256 << 30
    """Of one archive or compressed file, unpacked. Nothing is unpacked to disk, so this bounds time, not space."""
    ratio: int = 200
    """How many times larger than packed an archive may be unpacked; asked from four pages' size on."""
    seconds: float = DEFAULT_PAGE_SECONDS
    """Of one page, in the process that parses it."""

    @property
    def line(self) -> int:
        return 2 * self.page


class Fault(Exception):
    """Why reading of an input ends here: the code of a refusal, and its message. It never leaves this package."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ArchiveFault(Exception):
    """A `Fault` of the archive around the member that was being read: no member after it can be had either."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Budget:
    """Counts what was unpacked, and stops what looks like a bomb. `packed` tells how many bytes it came from."""

    def __init__(self, limits: Limits, packed: Callable[[], int]) -> None:
        self._limits = limits
        self._packed = packed
        self._spent = 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked; raises `Fault` once they are too many."""
        self._spent += size
        limits = self._limits
        if self._spent > limits.unpacked:
            _stop(f"it unpacks to more than the limit of {limits.unpacked:,} bytes; split it")
        if self._spent > _HARMLESS_PAGES * limits.page and self._spent > limits.ratio * self._packed():
            _stop(
                f"it swells more than {limits.ratio}-fold when unpacked, as a zip bomb does; "
                "unpack it yourself if you know what it holds, and give the folder"
            )


def _stop(message: str) -> NoReturn:
    raise Fault("too-large", message)


def page_too_large(limits: Limits) -> Fault:
    return Fault(
        "too-large",
        f"it has more than the limit of {limits.page:,} bytes; "
        "raise the limit (Limits.page, --max-size) if it really is one record",
    )
