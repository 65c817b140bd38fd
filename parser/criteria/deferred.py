"""Regular expressions that are compiled when they are first used.

The titles of a block need some two dozen, which would take longer to compile than all else that an import does.
"""

from __future__ import annotations

import re
from functools import cached_property


class Deferred:
    """Stands for `re.compile(pattern, flags)`."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.UNICODE) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.match(text, start, len(text) if end is None else end)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.search(text, start, len(text) if end is None else end)
