"""What follows the criteria in a text that was copied with them: answers to other questions of a registry.

Exclusion Criteria:
* Pregnancy
Ages Eligible for Study: 18 Years to 65 Years       from here on nothing is a criterion
Sexes Eligible for Study: All
Are the trial subjects under 18? no                 ICTRP, from section F of the EU Clinical Trials Register
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.criteria.category import find_category
from parser.lines import Line

# Labels and headings of registry pages that come after the eligibility text, each at the start of its line.
_LABEL = re.compile(
    r"""[\s*_#]{0,9}(?:
      (?:ages?|sex(?:es)?|genders?)\s(?:groups?\s)?eligible\sfor\s(?:the\s)?study
    | (?:minimum|maximum)\s(?:eligible\s)?age\s{0,3}[:：]
    | (?:minimum|maximum)\seligible\sage\s*\Z
    | eligible\s(?:sex|ages?)\b | accepts\shealthy\svolunteers
    | (?:gender|sex)\s{0,3}[:：]\s{0,3}(?:all|both|male|female)\b[\w\s,]{0,30}\Z
    | (?:age\s)?(?:minimum|maximum)\s{0,3}[:：]\s{0,3}\d{1,3}\s?(?:years?|months?|days?)\W*\Z
    | are\sthe\strial\ssubjects\sunder\s18\? | number\sof\ssubjects\sfor\sthis\sage\srange
    | F\.1\.\d\s | trial\shas\ssubjects\sunder\s18
    | (?:study\s)?(?:contacts?\s(?:and|&)\slocations?|locations?\sand\scontacts?)\s*[:：]?\s*\Z
    | (?:study|trial)\s(?:start|completion|end)(?:\sdate)?\s*(?:[:：].{0,40})?\Z
    | (?:actual\s|estimated\s)?(?:primary|study)\scompletion(?:\sdate)?\s*(?:[:：].{0,40})?\Z
    | sponsors?\s(?:and|&)\scollaborators?\s*[:：]?\s*\Z | (?:central\s|study\s)contacts?\s*[:：]\s*\Z
    | more\sinformation\s*[:：]?\s*\Z | publications?\s*[:：]?\s*\Z
    | clinicaltrials\.gov\sidentifier\b | this\s(?:study|information)\swas\s(?:retrieved|last\supdated)\b
    | (?:last\s(?:updated?|verified|refreshed)(?:\son)?|date\sof\s(?:first\s)?(?:registration|enrol?lment))\s*[:：]
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def end_of_criteria(lines: Sequence[Line]) -> int:
    """The index of the first line of a block after all criteria; the number of lines where nothing else follows.

    What looks like another section ends no block in which a category heading comes later.
    """
    for index, line in enumerate(lines):
        if _LABEL.match(line.text, 0, 200):
            later = any(find_category(line.text, 0, min(len(line.text), 200)) for line in lines[index + 1 :])
            return len(lines) if later else index
    return len(lines)
