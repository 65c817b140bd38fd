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


WORDS = _sections()

BETWEEN, ROUTES, DOSES, KINDS_OF_DOSE = WORDS["between"], WORDS["routes"], WORDS["doses"], WORDS["kinds_of_dose"]
DOSE_STEPS, SIZES, PEOPLE, BORDER = WORDS["dose_steps"], WORDS["sizes"], WORDS["people"], WORDS["border"]
MEASURING, ARTICLES, MEASURES, CHANGES = WORDS["measuring"], WORDS["articles"], WORDS["measures"], WORDS["changes"]
ASIDE, PLACED, OCCASIONS, BARE = WORDS["aside"], WORDS["placed"], WORDS["occasions"], WORDS["bare"]
DURATIONS, SCALES, LABORATORY, NAMING = WORDS["durations"], WORDS["scales"], WORDS["laboratory"], WORDS["naming"]
BEFORE_SMALL, SMALL, BEFORE_YEAR, TIMES = WORDS["before_small"], WORDS["small"], WORDS["before_year"], WORDS["times"]

GIVEN = ROUTES | WORDS["given"]
LINKS = PEOPLE | WORDS["links"]
DOSE_LINKS = SIZES | DOSES | GIVEN | LINKS | BETWEEN
NOT_OF = SIZES | DOSES | GIVEN | BORDER | PEOPLE | WORDS["not_of"]
NOT_BEHIND = (BORDER | ROUTES | WORDS["not_behind"]) - {"of", "prior", "oral"}
# Between a subject and its value.
CONNECTING = BETWEEN | GIVEN | DOSES | SIZES
# What a phrase that names a subject must be more than.
UNNAMED = PEOPLE | GIVEN | SIZES | TIMES | {"old"}
# What a phrase in front of a value does not begin with.
LEADING = ARTICLES | BORDER | ROUTES | PEOPLE | WORDS["frequent"]
LEADING_BEHIND = ARTICLES | ROUTES
# What a phrase after a value does not end with.
TRAILING_BEHIND = BORDER | GIVEN
# After a preposition, these only name a place or persons.
ASIDES = OCCASIONS | PEOPLE
APART = BORDER | PEOPLE
