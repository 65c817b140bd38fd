"""Limits against hostile and damaged archives, and the reasons for refusing an input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from parser.source import DEFAULT_MAX_SIZE

# Up to this many pages an archive is accepted whatever its ratio: empty pages and blank lines compress a
# thousandfold, too, and so little is harmless.
_HARMLESS_PAGES = 4

DEFAULT_PAGE_SECONDS = 60.0
"""The default time limit of a page, in seconds. A page of the default size limit takes most of it."""

DEFAULT_PAGE_MEMORY = 4 << 30
"""The default memory limit of a page, in bytes. A page of the default size limit takes half of it at most."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an input; sizes in bytes."""

    page: int = DEFAULT_MAX_SIZE
    """Size of one page, unpacked. A JSON line may have twice as many, for JSON's own syntax and its other fields."""
    unpacked: int = 256 << 30
    """Size of one archive or compressed file, unpacked. Nothing is unpacked to disk, so this bounds time, not space."""
    ratio: int = 200
    """Ratio of unpacked to packed size; applied from four pages' size on."""
    seconds: float = DEFAULT_PAGE_SECONDS
    """Time for one page, in the process that parses it."""
    memory: int = DEFAULT_PAGE_MEMORY
    """Memory for the pages of a process that parses, beyond what it has at its start; on Linux only."""

    @property
    def line(self) -> int:
        return 2 * self.page


class Fault(Exception):
    """Ends the reading of an input, with the code of a refusal and its message. It never leaves this package."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ArchiveFault(Exception):
    """A `Fault` of the archive around the current member: no later member can be read either."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class UnpackBudget:
    """Counts unpacked bytes, and stops archives that look like a bomb. `packed` returns the number of packed bytes."""

    def __init__(self, limits: Limits, packed: Callable[[], int]) -> None:
        self._limits = limits
        self._packed = packed
        self._spent = 0

    def spend(self, size: int) -> None:
        """Count unpacked bytes; raises `Fault` if there are too many."""
        self._spent += size
        limits = self._limits
        if self._spent > limits.unpacked:
            _stop(f"it unpacks to more than the limit of {limits.unpacked:,} bytes; split it")
        if self._spent > _HARMLESS_PAGES * limits.page and self._spent > limits.ratio * self._packed():
            _stop(
                f"it expands more than {limits.ratio}-fold when unpacked, like a zip bomb; "
                "if you trust its content, unpack it yourself and pass the folder"
            )


def _stop(message: str) -> NoReturn:
    raise Fault("too-large", message)


def page_too_large(limits: Limits) -> Fault:
    return Fault(
        "too-large",
        f"it has more than the limit of {limits.page:,} bytes; "
        "raise the limit (Limits.page, --max-size) if it really is one record",
    )
