"""Units as written, and their UCUM codes (https://ucum.org/ucum): how the forms of the table go together.

mg/kg/day            mg/kg/d                 x ULN, upper limit of normal    {ULN}
mL/min/1.73 m2       mL/min/{1.73_m2}        drinks a day                    {drinks}/d
cells/mm3            {cells}/mm3             g/24h                           g/(24.h)

A unit is a numerator, what it is multiplied and divided by, and perhaps how often it is given. It is read from left to
right, once, and is as long as it can be.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from parser.quantities.tokens import QuantityToken
from parser.quantities.unit_forms import ADJECTIVE, FILLERS, FIRST_WORD, SQUARE
from parser.quantities.unit_parts import Unit, folded
from parser.quantities.unit_reader import UnitReader
from parser.quantities.unit_table import ends, forms, look_up
from parser.quantities.words import WORDS

# In capitals rather an abbreviation than a unit; and a singular in front of what it only describes: `24 hour urine`.
_TRAP = re.compile(
    r"(?:day|hour|hr|minute|min|week|month|year|h) (?:mortality|survival|urin|walk|recall|holter|ambulatory|rate\b|risk"
    r"|incidence|PFS|OS\b|DFS|RFS|EFS|diary|glucose tol|OGTT|ABPM|creatinine|protein)"
    r"|day \d{1,2}(?=[),.;]|\Z)|(?:MM|NG|PG|FG|UG)\b(?! ?/)"
)
_SUBSTANCE = re.compile(r" (?:creatinine|creat|Cr|protein|tissue|body|FEU|DDU)(?![^\W_])")
# Half of all units are a word of the table alone, in front of what no unit continues.
_COMMON = re.compile(
    r" {0,2}([A-Za-z]{2,9}|%|/?[A-Za-zµ]{1,6}\d?(?:/[A-Za-zµ]{1,6}\d?){0,2})(?=[);]|[.,](?:\s|\Z)|\Z| \(| (?:or|and|old"
    r"|prior|before|after|in|to|from|for|with|at|on|by"
    r"|is|since|during|post|unless|until|if|when|who|without|within|following|as|but|was|must|apart|ago"
    r"|of(?! (?:[a-z]+ ){0,2}b))\b)"
)
_NO_UNIT = WORDS["no_unit"]
_COMPOSED = re.compile(r"/| (?:per|an?|each) |[cC]ells?\b|[lL]imit|[nN]ormal")
_COMPOSED_REACH = 48
_LONGEST = 120
_LEADING = re.compile(r"[x×*·] ?(?!10)|times |of |the |above |than ")


def unit_at(text: str, at: int, *, times: bool = False, power: bool = False) -> QuantityToken | None:
    """The longest unit right after a number that ends at an offset, blanks and a hyphen between them aside.

    `times` says that a sign of multiplication is between the two (`2 x normal`), `power` that the number has a
    power of ten, which makes a counted thing of a word that is not known: `1.10^6 CSM / kg` is `{CSM}/kg`.
    """
    if (common := _COMMON.match(text, at)) and (unit := _common(common[1], times)):
        begin, end = common.span(1)
        if not text.startswith(" of ", end) or max(ends(text, begin), default=end) <= end:
            return QuantityToken("UNIT", begin, end, unit=unit)
    start = at
    while text.startswith(" ", start):
        start += 1
    if start == at and text.startswith("-", at) and text[at + 1 : at + 2].isalpha():
        start += 1
    if _begins_no_unit(text, start, power) or _TRAP.match(text, start):
        return None
    reader = UnitReader(text, start, behind=True, times=times, power=power)
    end = reader.read()
    return QuantityToken("UNIT", start, end, unit=reader.unit(end)) if end > start else None


def _begins_no_unit(text: str, start: int, power: bool) -> bool:
    """Most words after a number begin no unit, unless a denominator or a power makes one of them."""
    word = FIRST_WORD.match(text, start)
    if not word:
        return text[start : start + 1] not in _first_signs() and not text.startswith("(/", start)
    if power or word[0].casefold() in _first_words() or SQUARE.match(text, start):
        return False
    return word[0] in _NO_UNIT or not _COMPOSED.search(text, word.end(), word.end() + _COMPOSED_REACH)


@cache
def _first_signs() -> frozenset[str]:
    """The signs that a unit can begin with."""
    return frozenset({form.text[0] for form in forms()} | {"/"})


@cache
def _first_words() -> frozenset[str]:
    """The words, casefolded, that a unit can begin with, and those that are in front of one."""
    words = {word.casefold() for form in forms() for word in FIRST_WORD.findall(form.text)[:1]}
    in_front = {word for word in re.findall("[a-z]+", ADJECTIVE.pattern.casefold())}
    return frozenset(words | in_front | FILLERS | {"sq", "square", "cu", "cubic", "per", "upper", "lower", "normal"})


@lru_cache(maxsize=1024)
def _common(word: str, times: bool) -> Unit | None:
    """The unit of a word that is one wherever it is; None if what is around decides. `times` is that of `unit_at`."""
    if "/" in word or (times and word.isupper()):
        reader = UnitReader(f"  {word}", 2, behind=True, times=times, power=False)
        unit = reader.unit(reader.read())
        return unit if unit.ucum and unit.written == word else None
    atoms = look_up(word)
    if not atoms or any(atom.where or atom.marks - {"dose", "prefixed"} for atom in atoms):
        return None
    if any(atom.dimension in ("limit", "log") for atom in atoms) or _TRAP.match(word):
        return None
    return read_unit(word)


@lru_cache(maxsize=4096)
def read_unit(written: str, power: bool = False) -> Unit:
    """Read a unit that is alone, without escapes and line breaks; it may be one of several meanings of its letters.

    `power` is that of `unit_at`.
    """
    text = " ".join(written.split())
    start = 0
    while match := _LEADING.match(text, start):
        start = match.end()
    if len(text) - start <= _LONGEST:
        reader = UnitReader(text, start, behind=False, times=True, power=power)
        end = reader.read()
        if substance := _SUBSTANCE.match(text, end):
            end = substance.end()
        if start < end == len(text):
            return reader.unit(end)
    return Unit(folded(text[start:]), None, counted="counted")


def is_measure(unit: Unit) -> bool:
    """Whether a unit can be apart from its number, in brackets or in front: `Hemoglobin (g/dL)`, not `(CCS)`."""
    abbreviation = unit.written.isalpha() and unit.written.isupper()
    return unit.ucum is not None and unit.dimension not in ("limit", "count", "log", "exposure") and not abbreviation
