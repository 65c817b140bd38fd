"""Routes of administration: `slow intravenous infusion`, `p.o.`, `SC`.

The names are upper case with `_` for a blank, after the terms of FDA's "Route of Administration" list (C-DRG-00301).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What stands for a route as a word of its own, in any case.
_WORDS = {
    "INTRAVENOUS": r"intra-?venous(?:ly)?|i\.v\.?|ivpb|ivp",
    "ORAL": r"oral(?:ly)?|per os|by mouth|per oral|p\.o\.?|peroral(?:ly)?",
    "SUBCUTANEOUS": r"sub-?cutaneous(?:ly)?|sub-?cut|subq|s\.c\.?|hypodermic(?:ally)?",
    "INTRAMUSCULAR": r"intra-?muscular(?:ly)?|i\.m\.?",
    "TOPICAL": r"topical(?:ly)?",
    "INTRATHECAL": r"intra-?thecal(?:ly)?|subarachnoid",
    "INTRAVITREAL": r"intra-?vitreal(?:ly)?",
    "INHALATION": r"inhal(?:ed|ation|ational|ing)|nebuli[sz](?:ed|ation|er)|respiratory inhalation",
    "NASAL": r"intra-?nasal(?:ly)?|nasal spray|nasally",
    "OPHTHALMIC": r"ophthalmic(?:ally)?|eye ?drops?|ocular instillation",
    "OTIC": r"otic|ear ?drops?|auricular(?:ly)?",
    "RECTAL": r"rectal(?:ly)?|per rectum|suppositor(?:y|ies)|enema",
    "VAGINAL": r"(?:intra-?)?vaginal(?:ly)?|per vaginam",
    "TRANSDERMAL": r"trans-?dermal(?:ly)?",
    "SUBLINGUAL": r"sub-?lingual(?:ly)?",
    "BUCCAL": r"buccal(?:ly)?",
    "INTRADERMAL": r"intra-?dermal(?:ly)?|i\.d\.",
    "INTRAPERITONEAL": r"intra-?peritoneal(?:ly)?|i\.p\.?",
    "INTRA_ARTICULAR": r"intra-?articular(?:ly)?",
    "INTRA_ARTERIAL": r"intra-?arterial(?:ly)?",
    "INTRACORONARY": r"intra-?coronar(?:y|ily)",
    "INTRALYMPHATIC": r"intra-?lymphatic(?:ally)?",
    "INTRATUMORAL": r"intra-?tumou?r(?:al)?(?:ly)?",
    "INTRALESIONAL": r"intra-?lesional(?:ly)?",
    "INTRAVESICAL": r"intra-?vesical(?:ly)?",
    "INTRAUTERINE": r"intra-?uterine",
    "INTRAPLEURAL": r"intra-?pleural(?:ly)?",
    "INTRAOSSEOUS": r"intra-?osseous(?:ly)?",
    "INTRACAMERAL": r"intra-?cameral(?:ly)?",
    "INTRACAVERNOUS": r"intra-?cavern(?:ous|osal)(?:ly)?",
    "INTRAVENTRICULAR": r"intra-?(?:cerebro)?-?ventricular(?:ly)?",
    "INTRAHEPATIC": r"intra-?(?:hepatic|portal)(?:ally)?",
    "SUBCONJUNCTIVAL": r"sub-?conjunctival(?:ly)?",
    "SUBRETINAL": r"sub-?retinal(?:ly)?",
    "RETROBULBAR": r"retro-?bulbar",
    "PERIBULBAR": r"peri-?bulbar",
    "EPIDURAL": r"epi-?dural(?:ly)?|peri-?dural(?:ly)?",
    "CAUDAL_BLOCK": r"caudal(?:ly)?",
    "PERINEURAL": r"peri-?neural(?:ly)?",
    "NASOGASTRIC": r"naso-?gastric(?:ally)?",
    "ENTERAL": r"enteral(?:ly)?",
    "PARENTERAL": r"parenteral(?:ly)?",
    "PERCUTANEOUS": r"percutaneous(?:ly)?",
}
# Short forms mean a route in capitals only; `IV` after `stage` and its like is a number.
_SHORT = {
    "INTRAVENOUS": r"(?<!grade )(?<!stage )(?<!phase )(?<!type )(?<!class )(?<!part )(?<!factor )"
    "(?:IV|Iv|iv)",
    "ORAL": "PO|po",
    "SUBCUTANEOUS": "SC|SQ|sc",
    "INTRAMUSCULAR": "IM",
    "INTRAPERITONEAL": "IP",
}
# What is in, of or on a part of the body, is not given there; and a tablet's own names are none.
_NOT_GIVEN = (
    r"(?![- ](?:cavity|mucos\w*|hygiene|health|examination|exam|cancer|contracept\w*|glucose tolerance|care|intake|"
    r"feeding|bleeding|delivery|surger\w*|ulcer\w*|lesions?|candid\w*|temperature|catheter|lines?|access|cannula|"
    r"congestion|polyp\w*|passages?|space|anesthe\w*\s+machine|biopsy|ultrasound|coronary|swabs?|"
    r"sprays? are|device|stent|solution for|cells?\b))"
)
# What the words above begin with: most words of a text do not, and need not be tried against each of them.
_BEGINS = (
    r"[aA](?i:ur)|[bB](?i:uc|y )|[cC](?i:au)|[eE](?i:ye|ar|ne|nt|pi)|[hH](?i:yp)|[iI](?i:nt|nh|[vmp.])|[nN](?i:eb|as)"
    r"|[oO](?i:ra|ph|cu|ti)|[pP](?i:er|ar|o|\.)|[rR](?i:es|ec|et)|[sS](?i:u[bp]|c|q|\.)|[tT](?i:op|ra)|[vV](?i:ag)"
)
_ROUTE = re.compile(
    rf"(?<![A-Za-z0-9.])(?={_BEGINS})(?:(?i:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
    + ")|"
    + "|".join(f"(?P<SHORT_{name}>{words})" for name, words in _SHORT.items())
    + rf")(?![A-Za-z0-9]){_NOT_GIVEN}"
)


class Route(NamedTuple):
    """A route, and the offsets of the words that name it."""

    name: str
    start: int
    end: int


def read_routes(text: str, start: int, end: int) -> Iterator[Route]:
    """The routes of administration that text[start:end] names, in its order."""
    for match in _ROUTE.finditer(text, start, end):
        assert match.lastgroup, "each route is a named group"
        yield Route(match.lastgroup.removeprefix("SHORT_"), *match.span())
