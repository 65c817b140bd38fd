"""Text after the criteria that was copied with them: answers to a registry's other questions.

Exclusion Criteria:
* Pregnancy
Ages Eligible for Study: 18 Years to 65 Years       no criteria from here on
Sexes Eligible for Study: All
Are the trial subjects under 18? no                 ICTRP, from section F of the EU Clinical Trials Register
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.criteria.category import find_category
from parser.lines import Line

# Labels of registry pages that no criterion begins with, each at the start of its line, and their first letters.
_LABEL = re.compile(
    r"""(?:
      (?:ages?|sex(?:es)?|genders?)\s(?:groups?\s)?eligible\sfor\s(?:the\s)?study
    | (?:minimum|maximum)\seligible\sage\s*(?:[:：].*)?\Z | eligible\s(?:sex|ages?)\s*(?:[:：].*)?\Z
    | accepts\shealthy\svolunteers
    | are\sthe\strial\ssubjects\sunder\s18\? | trial\shas\ssubjects\sunder\s18
    | (?:F\.1(?:\.\d){0,3}\s)?number\sof\ssubjects\sfor\sthis\sage\srange | F\.1\.\d\s(?:adults|elderly|children)
    | (?:contacts?\s(?:and|&)\slocations?|sponsors?\s(?:and|&)\scollaborators?)\s*(?:[:：]\s*)?\Z
    | clinicaltrials\.gov\sidentifier\s*(?:[:：].*)?\Z
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_FIRST = frozenset("ACEFGMNSTacefgmnst")
# Labels that a criterion may begin with as well: they end the criteria only together, at the end of the block.
_WEAK_LABEL = re.compile(
    r"""(?:
      (?:minimum|maximum)\sage\b | age\s(?:minimum|maximum)\b | gender\b | sex\b | healthy\svolunteers?\b
    | (?:study|trial)\s(?:start|completion|end)\b | (?:actual\s|estimated\s)?(?:primary|study)\scompletion\b
    | (?:last\s(?:updated?|verified|refreshed)|date\sof\s(?:first\s)?(?:registration|enrol?lment))\b
    | (?:study|central)?\s?contacts?\s*[:：] | more\sinformation\b | locations?\s*[:：]
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_LABEL = 200


def appendices(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The ranges of lines that are not criteria, by index; each ends at a category heading or at the block's end."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, line in enumerate(lines):
        if start is None:
            start = index if line.text[0] in _FIRST and _LABEL.match(line.text, 0, _LONGEST_LABEL) else None
        elif (words := find_category(line.text, 0, min(len(line.text), _LONGEST_LABEL))) and words.category:
            found.append((start, index))
            start = None
    end = len(lines) if start is None else start
    last = end
    while end and _WEAK_LABEL.match(lines[end - 1].text, 0, _LONGEST_LABEL):
        end -= 1
    # A single line, such as "Gender: female", is more likely a criterion.
    if start is not None or last - end > 1:
        found.append((end, len(lines)))
    return found
