"""Which id on a page is the record's.

NCT Number: NCT00000001                         under an id's label
NCT00000001                                     alone on its line
A Study of Testing (NCT00000001)                in the title
https://clinicaltrials.gov/study/NCT00000001    in the page's own address

Ids in running text, criteria, citations and lists of other trials or of secondary ids are never asked about here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from parser.registries import FoundId, find_ids
from parser.registries.clinicaltrials_gov import REGISTRY as CLINICALTRIALS_GOV
from parser.source import Span

# A status may be glued to an id, and a word say that it is one.
_WITH_STATUS = re.compile(r"(?:(?:viewing|search|clinical|study|trial|record|registry|nct|id|number|identifier"
                          r"|unknown|completed"
                          r"|(?:active, )?(?:not )?(?:yet )?recruiting|terminated|withdrawn|suspended"
                          r"|enrolling by invitation)"
                          r"[\s/#:|›>-]*)*", re.IGNORECASE)  # fmt: skip
# Text around an id that is alone on its line: bullets, bars, brackets, quotes.
_AROUND = re.compile(r"[\s|*•·()\[\]\"'#:;,.-]*")
# The most text before an id in the value of its label, such as the name of the registry.
_LONGEST_BEFORE = 60
_ADDRESS = re.compile(r"https?://\S+\Z|www\.\S+\Z", re.IGNORECASE)


def ids_in(text: str, span: Span) -> Iterator[FoundId]:
    """The ids in a stretch of a text, whatever is glued to it on the left."""
    for found in find_ids(text[span.start : span.end]):
        yield found._replace(start=found.start + span.start, end=found.end + span.start)


def id_alone(text: str, span: Span) -> FoundId | None:
    """The id that a line holds and nothing else, or the id in an address that is the whole line."""
    found = next(ids_in(text, span), None)
    if found is None:
        return None
    around = text[span.start : found.start] + text[found.end : span.end]
    if _AROUND.fullmatch(_WITH_STATUS.sub("", around, count=1)) or _ADDRESS.match(text[span.start : span.end]):
        return found
    return None


def _stated(text: str, span: Span) -> FoundId | None:
    """The id in a label's value, if it is the whole value."""
    found = next(ids_in(text, span), None)
    return found if found and found.start - span.start <= _LONGEST_BEFORE else None


def record_id(text: str, labelled: Sequence[Span], front: Iterable[Span]) -> tuple[FoundId | None, list[FoundId]]:
    """The id of the record, and the further ids that labels have.

    `labelled` are the values of labels for an id, `front` the lines of the head of the page that have no label: its
    title among them. An id of another register in the head makes the page that register's, whatever labels say of
    ClinicalTrials.gov. Of several ids without a label none counts.
    """
    under_labels = [found for span in labelled if (found := _stated(text, span))]
    in_front = [found for span in front if (found := next(ids_in(text, span), None))]
    keys = {found.id.trial_key for found in in_front}
    only = in_front[0] if len(keys) == 1 else None
    main = under_labels[0] if under_labels else only
    if only and under_labels and only.id.registry is not CLINICALTRIALS_GOV:
        main = only
    further = [found for found in under_labels if main and found.id.trial_key != main.id.trial_key]
    return main, further
