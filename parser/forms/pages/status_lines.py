"""What sites say of a study's status in a sentence, in the place of a label.

This study is currently recruiting participants.        ClinicalTrials.gov before 2017
"""

from __future__ import annotations

import re

from parser.source import Span

_SENTENCE = re.compile(
    r"this (?:study|trial) (?:has been|is|was) (?:(?P<COMPLETED>completed)|(?P<TERMINATED>terminated)"
    r"|(?P<SUSPENDED>suspended)"
    r"|(?P<WITHDRAWN>withdrawn)|(?P<RECRUITING>(?:currently )?recruiting(?: participants| patients)?)"
    r"|(?P<NOT_YET_RECRUITING>not yet (?:open|recruiting))"
    r"|(?P<ENROLLING_BY_INVITATION>enrolling participants by invitation)"
    r"|(?P<ACTIVE_NOT_RECRUITING>(?:ongoing|active),? (?:but )?(?:is )?(?:not|no longer) recruiting))",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"the recruitment status of this study is unknown", re.IGNORECASE)


def status_in(text: str, span: Span) -> tuple[str, Span] | None:
    """The code of a status that a sentence says, and the words that say it; None for any other line."""
    if unknown := _UNKNOWN.match(text, *span):
        return "UNKNOWN", Span(unknown.end() - len("unknown"), unknown.end())
    match = _SENTENCE.match(text, *span)
    if match is None or match.lastgroup is None:
        return None
    return match.lastgroup, Span(*match.span(match.lastgroup))
