"""Texts put together of what pages, exports and results are made of, in no order that any of them has.

Where no page is damaged but nothing fits, readers meet what no seed shows: labels without a head, JSON between the rows
of a table, an element of XML for a title, the words of one form below the heading of another.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from parser.enums import ENUMS
from parser.forms.pages.results.words import HEADINGS as RESULTS_HEADINGS
from parser.forms.pages.results.words import MORE_LABELS, OVERVIEW_LABELS, STANDARD_MEASURES
from parser.forms.pages.site import SITE_LINES
from parser.forms.pages.vocabulary import HEADINGS
from parser.forms.pages.words import ROWS

NAMES = [name for row in ROWS for name in row.spellings.split("|")]
_SENTENCES = [heading.sentence for heading in HEADINGS if heading.sentence]
_CODES = sorted(code for codes in ENUMS.values() for code in codes)
_VALUES = (
    *(
        "18 Years",
        "N/A",
        "-",
        "Yes",
        "120 participants",
        "2020-01-31",
        "January 2020",
        "42",
        "5.5",
        "NCT00000001",
        "None",
    ),
    *(
        "A Trial of Salt in Water",
        "Paris, , France",
        "Ann Lee, MD",
        "+33 142499768",
        "a@example.org",
        "* One\n* Two",
        "",
    ),
    *("Drug: Salt", "Experimental: Salt", "Pain [Time Frame: 8 weeks]", "1. Pain", "2 weeks", "Doe J. A paper. 2020."),
    *("EUCTR2015-002340-14-NL", "ISRCTN12345678", "12345678", "Inclusion Criteria:", "f", "a", "i"),
)
_PATHS = (
    "protocolSection",
    "identificationModule",
    "nctId",
    "statusModule",
    "conditions",
    "studies",
    "resultsSection",
    "0",
)
_ELEMENTS = ("clinical_study", "id_info", "nct_id", "brief_title", "eligibility", "textblock", "Trial", "li", "td", "p")
_CELLS = (
    "74",
    "39",
    "61.1 Years",
    "n=42 Participants",
    "STANDARD_DEVIATION 14.2 • n=5 Participants",
    "STARTED",
    "NA",
    "",
)
_SEPARATORS = ("\n", "\n", "\n\n", "\n\n", " ", ": ", "\t", "\r\n", "|", "")

Maker = Callable[[random.Random], str]


def _value(chance: random.Random) -> str:
    return chance.choice(_CODES if chance.random() < 0.3 else _VALUES)


def _label(chance: random.Random) -> str:
    name = chance.choice(NAMES)
    change = chance.choice(
        (str, str, str.upper, str.lower, lambda text: text.replace(" ", ""), lambda text: text + ":")
    )
    return change(name) + chance.choice((": ", ":", "\n", "\n\n", "\t", " ", " | ")) + _value(chance)


def heading(chance: random.Random) -> str:
    sentence = chance.choice(("", "\n" + chance.choice(_SENTENCES), "\n\n" + chance.choice(_SENTENCES)))
    return chance.choice(HEADINGS).text + sentence


def _site(chance: random.Random) -> str:
    return chance.choice(sorted(SITE_LINES))


def _json(chance: random.Random) -> str:
    path, value = chance.choice(_PATHS), _value(chance).replace("\n", " ")
    return chance.choice((f"{path}:{value}", f'{{"{path}": "{value}"}}', f'"{path}": [', "{", "}", "]", f'["{value}",'))


def _xml(chance: random.Random) -> str:
    name = chance.choice(_ELEMENTS)
    return chance.choice(
        (f"<{name}>{_value(chance)}</{name}>", f"<{name}>", f"</{name}>", '<?xml version="1.0"?>', f"<{name}/>")
    )


def _row(chance: random.Random) -> str:
    words = chance.choice((NAMES, _VALUES, _CODES))
    return chance.choice((",", "\t", ";", '","')).join(chance.choice(words) for _ in range(chance.randrange(1, 9)))


def _table(chance: random.Random) -> str:
    width = chance.randrange(1, 5)
    break_ = chance.choice(("", "\n"))
    rows = ["|" + "|".join(f"{break_}{chance.choice(_CELLS)}{break_}" for _ in range(width)) + "|" for _ in range(3)]
    rows.insert(chance.randrange(3), "|" + "---|" * chance.randrange(1, 5))
    return "\n".join(rows)


def _results(chance: random.Random) -> str:
    words: Sequence[str] = [*RESULTS_HEADINGS, *OVERVIEW_LABELS, *MORE_LABELS, *sorted(STANDARD_MEASURES), "Measure"]
    lines = [chance.choice(words), *(chance.choice(_CELLS) for _ in range(chance.randrange(5)))]
    if chance.random() < 0.2:
        lines.insert(0, f"Trial Outcomes & Findings for {_value(chance)} (NCT NCT00000001)")
    return "\n".join(lines)


_MAKERS: tuple[Maker, ...] = (
    _label,
    _label,
    _label,
    _value,
    heading,
    heading,
    _site,
    _json,
    _xml,
    _row,
    _table,
    _results,
)


def mixed(chance: random.Random) -> str:
    """A text of up to sixty parts: few makers and mostly one separator, so that some form takes it for its own."""
    makers = chance.sample(_MAKERS, chance.randrange(1, 5))
    separator = chance.choice(_SEPARATORS)
    loose = chance.random() < 0.3
    parts = []
    for _ in range(int(60 ** chance.random())):
        parts += [chance.choice(makers)(chance), chance.choice(_SEPARATORS) if loose else separator]
    return "".join(parts)
