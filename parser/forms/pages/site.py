"""The text that the site of the labelled pages prints on every page: sentences, buttons, links.

None of it is a value.
"""

from __future__ import annotations

import re

from parser.registries import clinicaltrials_gov
from parser.source import fold

SEED_REGISTRY = clinicaltrials_gov.REGISTRY.name
"""The site republishes the records of one register."""

SEED_FORM = "labelled-page"
"""The form of its pages, which join terms by blanks."""

RESULTS_NOTICES = {
    "Results pending": (
        "The study team has not published outcome measurements, participant flow, or safety data for this trial yet. "
        "Check back later for updates.",
    ),
    "Results available": (
        "Outcome measurements, participant flow, baseline characteristics, and adverse events have been published for "
        "this study.",
        "View full results",
    ),
}
"""The site's text about results, by the value of Study Results: a sentence, and the text of a button."""

SITE_LINES = frozenset(line for notice in RESULTS_NOTICES.values() for line in notice)
"""Lines of the site's own next to a section's values."""

NO_INTERVENTIONS = "No interventions assigned to this group"
"""The site's text at the end of an arm group that receives nothing."""

PUBMED_LINK = "(View on PubMed)"
"""The text of the site's link that follows the number of a paper."""

# How the site explains whether there are results: one sentence, which says nothing about this trial, so no figures.
_EXPLANATION = re.compile(r"[A-Z][^\r\n\d]{10,300}\.\Z")

# A site's sentence under a heading speaks to the reader. Seen on pages: Get, Review, Dive, See, Understand, Learn, ...
_IMPERATIVE = re.compile(
    r"(?:Access|Additional|Browse|Check|Compare|Consult|Contact|Discover|Dive|Examine|Explore|Find|Follow|Get|Identify"
    r"|Know|Learn|Look|Meet|Reach|Read|Review|See|Track|Understand|View) [^\r\n]{10,240}\.\Z"
)


def speaks_to_the_reader(line: str) -> bool:
    """Whether a line is in the imperative, as sites' fixed sentences are: `Explore where the study is ...`."""
    return line.endswith(".") and _IMPERATIVE.match(line) is not None


def is_site_text(text: str, explains: bool = False) -> bool:
    """Whether a text is the site's own: a line that it prints on every page, or a sentence like one if `explains`."""
    return fold(text) in SITE_LINES or (explains and _EXPLANATION.match(text) is not None)
