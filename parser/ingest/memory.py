"""A limit of the memory of this process, so that it fails with a sentence before the system ends one that it chooses.

Only on Linux, which keeps account of what is private to a process and can be written: RLIMIT_DATA of getrlimit(2), in
this sense since Linux 4.7. Shared libraries, mapped files and address space that is only reserved do not count.
"""

from __future__ import annotations

import sys
from pathlib import Path

_DATA = 5
"""The place of this memory, in pages, in /proc/self/statm (proc(5))."""


def limit_memory(more: int) -> None:
    """Let this process take so many bytes more; what asks for more than these raises `MemoryError`."""
    if sys.platform != "linux":
        return
    import resource

    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[_DATA]) * resource.getpagesize()
    limits = resource.getrlimit(resource.RLIMIT_DATA)
    lowest = min(limit for limit in (*limits, taken + more) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_DATA, (lowest, limits[1]))


def available_memory() -> int | None:
    """How many bytes processes may still take, as the system estimates it; None where it does not say."""
    table = Path("/proc/meminfo")
    if sys.platform != "linux" or not table.exists():
        return None
    rows = dict(line.split(":") for line in table.read_text(encoding="ascii").splitlines())
    return sum(int(rows[name].split()[0]) << 10 for name in ("MemAvailable", "SwapFree") if name in rows)
