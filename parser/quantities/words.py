"""The words that the reader of quantities knows, by what they are to it: parser/quantities/words.txt."""

from __future__ import annotations

from importlib.resources import files


def _sections() -> dict[str, frozenset[str]]:
    """The words of each section, by its name in brackets."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in files(__package__).joinpath("words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, []).extend(line.split())
    return {name: frozenset(words) for name, words in found.items()}


_OF = _sections()

BETWEEN, ROUTES, DOSES, KINDS_OF_DOSE = _OF["between"], _OF["routes"], _OF["doses"], _OF["kinds_of_dose"]
DOSE_STEPS, SIZES, PEOPLE, BORDER = _OF["dose_steps"], _OF["sizes"], _OF["people"], _OF["border"]
MEASURING, ARTICLES, MEASURES, CHANGES = _OF["measuring"], _OF["articles"], _OF["measures"], _OF["changes"]
ASIDE, PLACED, OCCASIONS, BARE = _OF["aside"], _OF["placed"], _OF["occasions"], _OF["bare"]
DURATIONS, SCALES, LABORATORY, NAMING = _OF["durations"], _OF["scales"], _OF["laboratory"], _OF["naming"]
BEFORE_SMALL, SMALL, BEFORE_YEAR, TIMES = _OF["before_small"], _OF["small"], _OF["before_year"], _OF["times"]

GIVEN = ROUTES | _OF["given"]
LINKS = PEOPLE | _OF["links"]
DOSE_LINKS = SIZES | DOSES | GIVEN | LINKS | BETWEEN
NOT_OF = SIZES | DOSES | GIVEN | BORDER | PEOPLE | _OF["not_of"]
NOT_BEHIND = (BORDER | ROUTES | _OF["not_behind"]) - {"of", "prior", "oral"}
# Between a subject and its value.
CONNECTING = BETWEEN | GIVEN | DOSES | SIZES
# What a phrase that names a subject must be more than.
UNNAMED = PEOPLE | GIVEN | SIZES
# What a phrase in front of a value does not begin with.
LEADING = ARTICLES | BORDER | ROUTES | PEOPLE
LEADING_BEHIND = ARTICLES | ROUTES
# What a phrase behind a value does not end with.
TRAILING_BEHIND = BORDER | GIVEN
# Behind a preposition, these only say where and of whom.
ASIDES = OCCASIONS | PEOPLE
APART = BORDER | PEOPLE
