"""The words in which codes, dates, ages, counts and answers are printed; text with other words has further content."""

from __future__ import annotations

import re
from functools import cache

from parser.enums import ENUMS
from parser.values.codes import synonyms

WORD = re.compile(r"[^\W\d_]{2,}")

# Words next to codes, dates, ages and counts that add nothing to them.
_BESIDE = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu
    thur thurs fri sat sun st nd rd th year years month months week weeks day days hour hours minute minutes old
    age ages aged older over above up younger under below and or to from between until through at least of no
    limit undefined maximum minimum child children adult adults senior seniors participant participants patient
    patients subject subjects actual estimate estimated anticipated planned target yes no true false accepts
    accepted not does healthy volunteers results available pending posted has na sexes gender genders only bytes
    phase pmid primary backup lead collaborator assignment ext
    """.split()  # noqa: SIM905
)


@cache
def words_of_values() -> frozenset[str]:
    """The words of all codes, in API v2's spelling and in others', and those next to them; all in small letters."""
    spelled = " ".join((*(code for codes in ENUMS.values() for code in codes), *synonyms()))
    return _BESIDE | frozenset(word.lower() for word in re.findall(r"[A-Za-z]{2,}", spelled))
