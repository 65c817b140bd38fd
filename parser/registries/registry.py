"""What is known of a registry: its name, its ids, and its ways of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

_BLANKS = re.compile(r"\s+")


def _itself(identifier: str) -> str:
    return identifier


class RegistryPage(Struct, frozen=True):
    """A registry's own page: the name and meaning of its form, and its labels.

    `labels` is a table, `target: label|label`, with the labels of a part indented below it. A target is a field of a
    page or one of the kinds in `parser.forms.pages.registry_values`; `-` is a label whose text is in no field, `=` a
    heading (`=conditions` one that may have a value in the next cell), and `!` a button, after which the labels of a
    part still count. A label ends the value before it, whatever it is. `signature` are labels, parted by `|`, that only
    these pages have. `day_first` is for a portal, which writes dates in its own way, whatever the register's.
    """

    form: str
    meaning: str
    labels: str
    signature: str
    day_first: bool = False


class Registry(Struct, frozen=True):
    """A register of trials.

    `name` is the register's in WHO ICTRP's exports. `id_pattern` fits a whole id, as the register, WHO ICTRP or
    republishers print it, in any case and without blanks. `key` makes a trial key of an id in capitals: what all
    records of one trial share in the register. `dates` is the order of day, month and year in dates written in figures.
    `codes` has the register's own words for codes of API v2, by field and by word in small letters.
    `page` is its own page, where that is read by its labels.
    """

    name: str
    id_pattern: re.Pattern[str]
    key: Callable[[str], str] = _itself
    dates: Literal["DMY", "MDY", "YMD"] = "YMD"
    codes: Mapping[str, Mapping[str, str]] = {}
    page: RegistryPage | None = None

    def trial_key(self, identifier: str) -> str | None:
        """The trial key of an id; None for a text that is not an id of this register."""
        compact = _BLANKS.sub("", identifier)
        return self.key(compact.upper()) if self.id_pattern.fullmatch(compact) else None


def id_pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.ASCII)
