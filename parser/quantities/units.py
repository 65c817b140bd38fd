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
from typing import NamedTuple

from parser.quantities.unit_parts import (
    COUNTED_THINGS,
    DIGITS,
    EVENTS,
    STANDARD_BODY,
    Below,
    Factor,
    Parts,
    Unit,
    annotation,
    below_number,
    folded,
)
from parser.quantities.unit_table import Atom, ends, forms, look_up
from parser.quantities.words import WORDS


class FoundUnit(NamedTuple):
    """A unit, and the offsets of what was read for it."""

    unit: Unit
    start: int
    end: int


# --- Words that stand with a unit ---

_ADJECTIVE = re.compile(
    r"(?:(?:calendar|consecutive|working|business|full|whole|complete|completed|elimination|plasma|terminal"
    r"|biological|drug"
    r"|serum|standard|alcoholic|alcohol|ETDRS|coated|film-coated|continuous|additional) ){1,2}"
)
_NO_NOUN = (
    r"(?!(?:a|an|and|are|as|at|by|for|from|in|is|least|less|more|most|of|on|once|or|other|over|per|than|the|then|thrice"
    r"|time|times|to|twice|until|up|was|were|with|x)\b)"
)
# Cells of a kind, and what else is counted where it is divided by what leaves no doubt.
_CELLS = re.compile(
    rf"(?![xXeE]\d)(?:{_NO_NOUN}[A-Za-z][\w+-]{{0,15}}[ /]){{1,4}}(?:[cC]ells|cell(?= ?/))(?!-| ?based)(?![^\W_])"
)
_THING = re.compile(rf"{_NO_NOUN}(?![xX]\d)[A-Za-z][\w+-]{{0,14}}(?= ?/| per )")
# `3×10^10 eRBC in one dose`: what a power of ten counts may be an abbreviation alone.
_ABBREVIATED_THING = re.compile(r"(?!ANC|PLT|WBC\b|IU|PG|NG)[a-z]{0,2}[A-Z]{2,5}s?(?= in | per dose|\(|[.,;]|\Z)")
_THINGS = re.compile(
    rf"{_NO_NOUN}[A-Za-z][A-Za-z+-]{{1,14}}(?:/(?!d|h|week|day|month"
    rf"|year)[a-z]{{3,14}})?(?: {_NO_NOUN}[a-z][a-z-]{{1,14}}){{0,2}}"
    r"(?= (?:per|an?|each) (?:\d{1,3}[ -])?(?:day|week|month|year|hour|minute|night|cycle|session)"
    r"| ?/ ?(?:days?|weeks?|wks?|months?|years?|yrs?|hours?|hrs?|min|d|h)\b)"
)
_FILLERS = WORDS["limit_fillers"]
_LIMIT_WORD = re.compile(r"(?:^|(?<= ))([A-Za-z][\w'-]*)(?: \((?:ULN|LLN|UNL)\))?")
_BETWEEN_LIMIT = re.compile(r"of the |of |the |above |than |that of |over ", re.I)
# In capitals rather an abbreviation than a unit; and a singular in front of what it only describes: `24 hour urine`.
_TRAP = re.compile(
    r"(?:day|hour|hr|minute|min|week|month|year|h) (?:mortality|survival|urin|walk|recall|holter|ambulatory|rate\b|risk"
    r"|incidence|PFS|OS\b|DFS|RFS|EFS|diary|glucose tol|OGTT|ABPM|creatinine|protein)|(?:MM|NG|PG|FG|UG)\b(?! ?/)"
)
_ENDS = re.compile(
    r"(?:\(e?s\))?(?:(?<=[%‰°˚℃℉\]])|(?![^\W_]|-(?:based|CSF|derived|free|index|like|line|mediated|of|positive"
    r"|related|specific"
    r"|to|type)\b))"
)
_WORD_OVER = re.compile(r"[^\W\d_]{1,9} ?(?:/ ?|per )")
_SUBSTANCE = re.compile(r" (?:creatinine|creat|Cr|protein|tissue|body|FEU|DDU)(?![^\W_])")
_OF_BODY = re.compile(
    r" ?(?:of )?(?:(?:the|actual|ideal|adjusted|lean|total|predicted|dry|estimated"
    r"|current) ){0,2}(?:body[ -]?(?:weight|wt"
    r"|mass|surface(?: area)?)|[AILPT]?BWT?|bw|b\.w\.|BSA)(?![^\W_])"
)

# --- Signs and numbers ---

_POWER = re.compile(
    r" ?\^ ?(?:-?[1-6]|\( ?-?[1-6] ?\))|\*\*? ?-?[2-6](?![\d.,])|[⁺⁻]?[¹²³⁴⁵]|(?<=[mMLl])[2-5](?![.,]?\d)"
    r"|-[1-6](?!\d|\.\d)"
    r"|\( ?[23] ?\)|(?<=[cm]m) 3(?![\d.,])|(?<=[mM]) 2(?![\d.,-])| (?:squared?|cubed?)(?![^\W_])"
)
_SQUARE = re.compile(r"(square|sq\.?|cubic|cu\.?) ?(?=[cm]?m(?![^\W_])|(?:centi|milli)?met)", re.I)
_OVER = re.compile(
    r" {0,2}/ {0,2}(?:per )?| {0,2}(?<![^\W\d_])per {1,2}(?:(?:each|an?|the|one) )?"
    r"| (?:an?|each) (?:single )?(?=day|week|month|year|hour|min|sec|night|fortnight)"
)
_BELOW_NUMBER = re.compile(
    r"(?:1 ?[x×*] ?)?10 ?(?:\^|\*{1,2}|[eE]) ?\(?\d{1,2}\)?|10[⁰¹²³⁴-⁹]{1,2}|\d{1,3}(?:[ ,]\d{3}){1,2}(?!\d)"
    r"|\d{1,5}(?:[.,·]\d{1,2})?|(?:(?:1|one|a) )?(?:hundred|thousand|million)(?![^\W_])"
)
_NUMERATOR_POWER = re.compile(
    r"(?:1 ?)?(?:[x×*] ?)?(?:10 ?(?:\^|\*{1,2}|[eE]) ?\(?(\d{1,2})\)?\^?|10([⁰¹²³⁴-⁹]{1,2})"
    r"|10(?:\((\d{1,2})\)))(?= ?/| ?[A-Za-z])"
)
_BODY_SURFACE = re.compile(
    r"\[?1[.,·] ?73(?:(?: |_)*(?:square |sq\.? ?)?m(?:et(?:er|re)s?)?(?:(?: ?\^ ?)?(?:-?[1-5]|\(-?[1-5]\))| 2(?![\d.,])"
    r"|\*\*?2|[⁺⁻]?[¹²³]| squared?)?(?![^\W_])|(?!\d))\]?"
)
# What a sign of multiplication may lead to: where it is only a full stop, two sentences may have run together.
_SIGN_OF_TIMES = re.compile(r" ?[·*×•⋅∙] ?|[.-]| ?x ?(?=1[.,]73)")
_AFTER_BLANK = re.compile(r" (?=(?:[kK]g|m|min|h|hr|s|d|day|[mdµ]?[lL])(?:-[1-3](?![\d.])|⁻[¹²³]|\^-\d)(?![^\W_]))")
# Half of all units are a word of the table alone, in front of what no unit goes on with.
_COMMON = re.compile(
    r" {0,2}([A-Za-z]{2,9}|%|/?[A-Za-zµ]{1,6}(?:/[A-Za-zµ]{1,6}\d?){0,2})(?=[);]|[.,](?:\s|\Z)|\Z| (?:or|and|old"
    r"|prior|before|after|in|to|from|for|with|at|on|by"
    r"|is)\b)"
)
_FIRST_WORD = re.compile(r"[^\W\d_²³¹⁰-⁹]+")
_COMPOSED = re.compile(r"/| (?:per|an?|each) |[cC]ells?\b|[lL]imit|[nN]ormal")
_COMPOSED_REACH = 48
_GROUP_END = re.compile(r" ?\)")
_BASIC = frozenset({"time", "volume", "mass", "length"})
_LONGEST = 120


def unit_at(text: str, at: int, *, times: bool = False, power: bool = False) -> FoundUnit | None:
    """The longest unit right behind a number that ends at an offset, blanks and a hyphen between them aside.

    `times` says that a sign of multiplication stands between the two (`2 x normal`), `power` that the number has a
    power of ten, which makes a counted thing of a word that is not known: `1.10^6 CSM / kg` is `{CSM}/kg`.
    """
    start = at
    while text.startswith(" ", start):
        start += 1
    if not power and _begins_no_unit(text, start):
        return None
    if (common := _COMMON.match(text, at)) and (unit := _common(common[1])):
        return FoundUnit(unit, *common.span(1))
    if start == at and text.startswith("-", at) and text[at + 1 : at + 2].isalpha():
        start += 1
    if _TRAP.match(text, start):
        return None
    reader = _Reader(text, start, behind=True, times=times, power=power)
    end = reader.read()
    return FoundUnit(reader.unit(end), start, end) if end > start else None


def _begins_no_unit(text: str, start: int) -> bool:
    """Most words behind a number begin no unit, unless a denominator makes one of them."""
    word = _FIRST_WORD.match(text, start)
    if not word or word[0].casefold() in _first_words() or _SQUARE.match(text, start):
        return False
    return not _COMPOSED.search(text, word.end(), word.end() + _COMPOSED_REACH)


@cache
def _first_words() -> frozenset[str]:
    """The words, casefolded, that a unit can begin with, and those that stand in front of one."""
    words = {word.casefold() for form in forms() for word in _FIRST_WORD.findall(form.text)[:1]}
    in_front = {word for word in re.findall("[a-z]+", _ADJECTIVE.pattern.casefold())}
    return frozenset(words | in_front | _FILLERS | {"sq", "square", "cu", "cubic", "per", "upper", "lower", "normal"})


@cache
def _limit_words() -> frozenset[str]:
    return frozenset(form.text.split(" ")[0].casefold() for form in forms() if form.atom.dimension == "limit")


@lru_cache(maxsize=1024)
def _common(word: str) -> Unit | None:
    """The unit of a word that is one wherever it stands; None where what is around decides."""
    if "/" in word:
        reader = _Reader(f"  {word}", 2, behind=True, times=False, power=False)
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
    """Read a unit that stands alone, without escapes and line breaks; it may be one of several meanings of its letters.

    `power` is that of `unit_at`.
    """
    text = " ".join(written.split())
    start = 0
    while match := _LEADING.match(text, start):
        start = match.end()
    if len(text) - start <= _LONGEST:
        reader = _Reader(text, start, behind=False, times=True, power=power)
        end = reader.read()
        if substance := _SUBSTANCE.match(text, end):
            end = substance.end()
        if start < end == len(text):
            return reader.unit(end)
    return Unit(folded(text[start:]), None, counted="counted")


_LEADING = re.compile(r"[x×*·] ?(?!10)|times |of |the |above |than ")


def is_measure(unit: Unit) -> bool:
    """Whether a unit can stand apart from its number, in brackets or in front: `Hemoglobin (g/dL)`, not `(CCS)`."""
    abbreviation = unit.written.isalpha() and unit.written.isupper()
    return unit.ucum is not None and unit.dimension not in ("limit", "count", "log", "exposure") and not abbreviation


class _Reader:
    """A unit being read. What it is made of is kept; what makes no sense together has no code."""

    def __init__(self, text: str, start: int, *, behind: bool, times: bool, power: bool) -> None:
        self._text = text
        self._start = start
        self._behind = behind
        self._with_times = times
        self._power = power
        self._parts = Parts()

    # --- where it ends ---

    def unit(self, end: int) -> Unit:
        """The unit that was read up to an offset."""
        return self._parts.unit(self._text[self._start : end])

    def read(self) -> int:
        at = self._numerator(self._start)
        while (end := self._part(at)) > at:
            at = end
        return self._periodic(at) if at > self._start else at

    def _numerator(self, at: int) -> int:
        """What stands above; the offset itself where nothing does, or where only a denominator follows."""
        if not self._behind and (match := _NUMERATOR_POWER.match(self._text, at)):
            digits = next(filter(None, match.groups()))
            self._parts.exponent += int(digits.translate(DIGITS))
            at = match.end() + self._text.startswith(" ", match.end())
        found = self._atom_at(at, first=True)
        end, limit = self._limit(at) if self._may_be_limit(at) else (at, None)
        if limit and (not found or end >= found[0]):
            self._parts.above.append(limit)
            return end
        cells = _CELLS.match(self._text, at)
        if cells and (not found or (cells.end() > found[0] and found[1][0].atom.dimension == "count")):
            factor = Factor("", 1, look_up("cells")[0])
            self._parts.above.append(factor._replace(code=annotation(cells[0])))
            return cells.end()
        if found:
            end, factors = found
            if "rate" in factors[0].atom.marks and self._behind and not self._divided(end):
                return at
            self._parts.above += [factor for factor in factors if factor.power > 0]
            self._parts.below += [Below("", (one._replace(power=-one.power),)) for one in factors if one.power < 0]
            return end
        counted = self._counted(at)
        return counted if counted > at else self._misspelt(at)

    def _misspelt(self, at: int) -> int:
        """`140 mBq`: a form of the table in letters that make another unit of it is one that is not known."""
        word = _FIRST_WORD.match(self._text, at)
        if not word or len(word[0]) < 3 or word.end() not in ends(self._text, at) or look_up(word[0]):
            return at
        self._parts.known = False
        self._parts.above.append(Factor(annotation(word[0]), 1, EVENTS))
        return word.end()

    def _divided(self, at: int) -> bool:
        over = _OVER.match(self._text, at)
        return over is not None or self._power

    def _counted(self, at: int) -> int:
        """A thing that is not in the table, where a denominator says that it is counted."""
        if (match := _THINGS.match(self._text, at)) and not self._power:
            self._parts.above.append(Factor(annotation(match[0]), 1, EVENTS))
            return match.end()
        words, end = self._words_over_body(at)
        if end > at:
            self._parts.known = self._power
            self._parts.above.append(Factor(annotation(words), 1, COUNTED_THINGS))
        return end

    def _words_over_body(self, at: int) -> tuple[str, int]:
        """`XYZ / kg`: a word that is not known over a mass, a volume or a time."""
        if not self._behind and self._power and (match := re.compile(r"[A-Za-z][\w+ -]{0,40}\Z").match(self._text, at)):
            return match[0], match.end()
        if self._behind and self._power and (match := _ABBREVIATED_THING.match(self._text, at)):
            return match[0], match.end()
        match = _THING.match(self._text, at)
        if not match or not (over := _OVER.match(self._text, match.end())):
            return "", at
        below = self._atom_at(over.end(), first=False)
        factor = below[1][0] if below else None
        # Things per lesion or side are no unit, but what a microscope's field holds is.
        if not factor or (factor.atom.dimension not in (*_BASIC, "area") and not factor.atom.code.startswith("[")):
            return "", at
        return match[0], match.end()

    def _may_be_limit(self, at: int) -> bool:
        word = _FIRST_WORD.match(self._text, at)
        return word is not None and (word[0].casefold() in _FILLERS or word[0].casefold() in _limit_words())

    def _limit(self, at: int) -> tuple[int, Factor | None]:
        """`the institutional upper limit of normal`, and behind a sign of multiplication `normal`."""
        text, words, end = self._text, list[str](), at
        atom: Atom | None = None
        place = at
        while len(words) < 6 and (match := _LIMIT_WORD.match(text, place)):
            word = match[1]
            if word.casefold() not in _FILLERS:
                words.append(word)
                found = next((one for one in look_up(" ".join(words)) if one.dimension == "limit"), None)
                if (
                    found
                    and ("times" not in found.marks or "(" in match[0] or self._is_times(at))
                    and not _glued(text, match.end(1))
                ):
                    atom, end = found, match.end(1)
            elif atom and word in ("range", "value", "values") and not text.startswith("(", match.end(1)):
                end = match.end(1)
            if not text.startswith(" ", match.end()):
                break
            place = match.end() + 1
        return end, Factor(atom.code, 1, atom) if atom else None

    def _atom_at(self, at: int, *, first: bool) -> tuple[int, list[Factor]] | None:
        """The longest form of the table at an offset, with its power; adjectives in front of it are passed over."""
        text = self._text
        square = _SQUARE.match(text, at)
        adjective = _ADJECTIVE.match(text, at)
        begins = [square.end()] if square else [at, adjective.end()] if adjective else [at]
        for begin in begins:
            for end in ends(text, begin):
                power = _POWER.match(text, end)
                if power and ((power[0][0] == "-" and first and self._behind) or not _ENDS.match(text, power.end())):
                    power = None
                closed = _ENDS.match(text, power.end() if power else end)
                atom = self._fitting(look_up(text[begin:end]), begin, first) if closed else None
                if closed and atom:
                    code = atom.code if atom.code and atom.code != "1" else annotation(text[at : closed.end()])
                    return self._joined(closed.end(), [self._factor(code, atom, power, square)], first)
        return None

    def _factor(self, code: str, atom: Atom, power: re.Match[str] | None, square: re.Match[str] | None) -> Factor:
        if square:
            return Factor(code, 3 if square[1].lower().startswith("cu") else 2, atom)
        if not power:
            return Factor(code, 1, atom)
        printed = power[0].lower().translate(DIGITS)
        digits = re.sub(r"[^\d-]", "", printed)
        exponent = int(digits) if digits else 3 if "cube" in printed else 2
        if code.endswith(str(exponent)):
            # `cmm3`: the power is said twice.
            exponent = 1
        if exponent > 1 and atom.dimension != "length" and code != "s":
            self._parts.known = False
        return Factor(code, exponent, atom)

    def _joined(self, end: int, factors: list[Factor], first: bool) -> tuple[int, list[Factor]]:
        """`log10 copies`: what a logarithm is of belongs to it."""
        if not first or factors[0].atom.dimension != "log" or not self._text.startswith(" ", end):
            return end, factors
        further = self._atom_at(end + 1, first=True)
        if not further or further[1][0].atom.counted == "measured":
            return end, factors
        code = annotation(factors[0].code[1:-1] + " " + self._text[end + 1 : further[0]])
        return further[0], [factors[0]._replace(code=code)]

    def _fitting(self, atoms: list[Atom], at: int, first: bool) -> Atom | None:
        """The meaning that fits its place: a power of ten stands over a volume, and something else does elsewhere."""
        over = self._over_volume(at) if first and any(atom.code.startswith("10*") for atom in atoms) else None
        if over:
            # `1.5 G/L` is a power of ten; `12 G/dL` are grams.
            atoms = sorted(atoms, key=lambda atom: atom.code.startswith("10*") == (over == "dL"))
        for atom in atoms:
            marks = atom.marks
            if atom.code.startswith("10*") and (not first or not over):
                continue
            if "periodic" in marks or "period" in marks or ("times" in marks and not self._is_times(at)):
                continue
            if atom.dimension in ("limit", "refraction") and not first:
                continue
            if first and self._behind and ("below" in marks or (atom.where and not atom.where.match(self._text, at))):
                continue
            if first and atom.dimension == "arbitrary" and atom.code[:1] == "M" and self._over_volume(at):
                # `MIU/mL` is printed for thousandths as well as for millions.
                self._parts.known = False
            return atom
        return None

    def _over_volume(self, at: int) -> str:
        """The code of a volume below, empty where there is none."""
        over = _WORD_OVER.match(self._text, at)
        below = self._atom_at(over.end(), first=False) if over else None
        return below[1][0].render() if below and below[1][0].is_volume else ""

    def _is_times(self, at: int) -> bool:
        """Behind `x` or `times`, or glued to the number: `2.5N`."""
        return self._with_times or (at == self._start and self._text[at - 1 : at].isdigit())

    # --- what follows the numerator ---

    def _part(self, at: int) -> int:
        """Where the next factor or denominator ends; the offset itself where there is none."""
        for rule in (self._over, self._multiplied, self._after_blank, self._of_body):
            end = rule(at)
            if end > at:
                return end
        return at

    def _over(self, at: int) -> int:
        text = self._text
        if text.startswith("(/", at):
            found = self._atom_at(at + 2, first=False)
            if found and text.startswith(")", found[0]):
                self._parts.divide("", found[1])
                return found[0] + 1
            return at
        match = _OVER.match(text, at)
        if not match or (at == self._start and not self._parts.above and not self._may_lead(match)):
            return at
        place = match.end()
        if text.startswith("(", place):
            return self._group(place + 1) or at
        if body := _BODY_SURFACE.match(text, place):
            self._parts.below.append(Below("", (STANDARD_BODY,)))
            return body.end()
        number = _BELOW_NUMBER.match(text, place)
        if number:
            return self._number_below(number, at, match)
        found = self._atom_at(place, first=False)
        if not found or (match[0].strip() == "/" and self._is_pair(found[1][0])):
            return at
        self._parts.divide("", found[1])
        return found[0]

    def _may_lead(self, over: re.Match[str]) -> bool:
        """Without a numerator stand `150 /mm3` and `2 per day`, but not `120/mmHg` or `3/5 patients`."""
        if not self._behind:
            return True
        text, place = self._text, over.end()
        if over[0][:2] in (" a", " e"):
            return False
        number = _BELOW_NUMBER.match(text, place)
        after = number.end() + text.startswith((" ", "-"), number.end()) if number else place
        found = self._atom_at(after, first=False)
        if not found:
            return False
        factor = found[1][0]
        dimension, word = factor.atom.dimension, text[after : found[0]]
        if number:
            return (
                (dimension in ("volume", "count", "exposure") and factor.atom.code != "")
                or factor.is_volume
                or ("per" in over[0])
            )
        if dimension == "time" and "/" in over[0] and re.match(r" \d", text[found[0] :]):
            return False
        if dimension == "length":
            return factor.power > 1
        if dimension == "mass":
            return (factor.atom.size or 0) >= 1
        whose = word in ("patient", "person") or factor.atom.counted == "counted" or "HPF" in word.upper()
        return dimension in ("volume", "time", "area") or (dimension == "count" and whose) or dimension == "exposure"

    def _is_pair(self, below: Factor) -> bool:
        """`100 mmHg/60 mmHg`, `mg/tab`: what stands below must be something to divide by."""
        above = self._parts.above[-1].atom.dimension if self._parts.above else "pressure"
        return (
            below.atom.dimension in ("limit", "fraction", "temperature", "rank")
            or above == below.atom.dimension == "pressure"
        )

    def _number_below(self, number: re.Match[str], at: int, over: re.Match[str]) -> int:
        """`/24 h`, `/100 mL`, `/10^6 cells`."""
        text = self._text
        place = number.end() + text.startswith((" ", "-"), number.end())
        found = self._atom_at(place, first=False)
        printed = below_number(number[0])
        if printed is None:
            return at
        if not found:
            if self._behind:
                return at
            self._parts.below.append(Below(printed, ()))
            return number.end()
        factor = found[1][0]
        if self._behind and re.search("[.,·]", printed_number := number[0]) and not printed_number.endswith("000"):
            # `12 mg/0.6 mL` is what a syringe holds.
            return at
        if self._behind and not self._countable(factor, number[0]):
            return at
        if (
            self._behind
            and self._parts.above
            and self._parts.above[-1].atom.dimension == factor.atom.dimension in ("time", "volume")
        ):
            # Two times are two times (`4 weeks/8 weeks`), and so are two volumes.
            return at
        self._parts.below.append(Below(printed, tuple(found[1])))
        return found[0]

    def _countable(self, factor: Factor, number: str) -> bool:
        """What a number below makes a rate of: two masses are the strengths of two drugs."""
        dimension = factor.atom.dimension
        if dimension == "mass":
            return (factor.atom.size or 0) >= 1 and number.replace(" ", "").endswith(("10", "00"))
        counted = dimension == "count" and (factor.atom.counted == "counted" or factor.atom.code != "")
        people = dimension == "exposure" or factor.code.startswith(("{patient", "{person", "{subject"))
        return dimension in ("time", "volume") or factor.is_volume or factor.power == 2 or counted or people

    def _group(self, at: int) -> int:
        """`/(kg·min)`; None if it does not close."""
        text, parts = self._text, list[Below]()
        at += text.startswith(" ", at)
        while len(parts) < 4:
            if body := _BODY_SURFACE.match(text, at):
                parts.append(Below("", (STANDARD_BODY,)))
                at = body.end()
            elif found := self._atom_at(at, first=False):
                parts.append(Below("", tuple(found[1])))
                at = found[0]
            else:
                return 0
            if closed := _GROUP_END.match(text, at):
                self._parts.below += parts
                return closed.end()
            sign = re.compile(r" ?[·*×.x/•⋅] ?").match(text, at)
            if not sign:
                return 0
            at = sign.end()
        return 0

    def _multiplied(self, at: int) -> int:
        sign = _SIGN_OF_TIMES.match(self._text, at)
        if not sign or at == self._start:
            return at
        if body := _BODY_SURFACE.match(self._text, sign.end()):
            self._parts.below.append(Below("", (STANDARD_BODY,)))
            return body.end()
        found = self._atom_at(sign.end(), first=False)
        if not found or found[1][0].atom.dimension not in _BASIC:
            return at
        if sign[0] == "." and found[0] - sign.end() > 3:
            return at
        if " " in sign[0] and self._text[sign.end()] in "DHMSWY":
            # `cells/kg * Day 2` begins an item.
            return at
        self._parts.multiply(found[1])
        return found[0]

    def _after_blank(self, at: int) -> int:
        blank = _AFTER_BLANK.match(self._text, at)
        found = self._atom_at(blank.end(), first=False) if blank else None
        if not found:
            return at
        self._parts.multiply(found[1])
        return found[0]

    def _of_body(self, at: int) -> int:
        """Whose mass or area is meant changes no unit."""
        last = self._parts.below[-1].factors[-1:] if self._parts.below else self._parts.above[-1:]
        if not last or last[0].render() not in ("kg", "m2"):
            return at
        match = _OF_BODY.match(self._text, at)
        return match.end() if match else at

    def _periodic(self, at: int) -> int:
        """`mg/kg weekly`, `IU/daily`."""
        text = self._text
        separator = re.compile(r" {1,2}|/").match(text, at)
        if not separator:
            return at
        last = self._parts.below[-1].factors[-1:] if self._parts.below else self._parts.above[-1:]
        if not last or last[0].atom.dimension in ("fraction", "time") or "below" in last[0].atom.marks:
            return at
        for end in ends(text, separator.end()):
            atom = next((one for one in look_up(text[separator.end() : end]) if "periodic" in one.marks), None)
            if atom and not re.compile(r"[\w-]").match(text, end):
                self._parts.below.append(Below("", (Factor(atom.code, 1, atom),)))
                return end
        return at


def _glued(text: str, at: int) -> bool:
    """Whether a word goes on behind its letters, as in `N-acetyl` and `normal-weight`."""
    return re.compile(r"[-+/=]?[^\W_]|[-+/=]").match(text, at) is not None
