"""The written forms of the table at a place of a text, with what is with them: adjectives, powers, fillers.

28 |consecutive days|      5 |m^2|      2 x |the institutional upper limit of normal|      3 |log10 copies|
"""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from parser.quantities.unit_parts import DIGITS, Factor, Parts, annotation
from parser.quantities.unit_table import Atom, ends, forms, look_up
from parser.quantities.words import WORDS

ADJECTIVE = re.compile(
    r"(?:(?:calendar|consecutive|working|business|full|whole|complete|completed|elimination|plasma|terminal"
    r"|biological|drug"
    r"|serum|standard|alcoholic|alcohol|ETDRS|coated|film-coated|continuous|additional) ){1,2}"
)
FILLERS = WORDS["limit_fillers"]
_LIMIT_WORD = re.compile(r"(?:^|(?<= ))([A-Za-z][\w'-]*)(?: \((?:ULN|LLN|UNL)\))?")
_ENDS = re.compile(
    r"(?:\(e?s\))?(?:(?<=[%‰°˚℃℉\]])|(?![^\W_]|-(?:based|CSF|derived|free|index|like|line|mediated|of|positive"
    r"|related|specific"
    r"|to|type)\b))"
)
_WORD_OVER = re.compile(r"[^\W\d_]{1,9} ?(?:/ ?|per )")
_POWER = re.compile(
    r" ?\^ ?(?:-?[1-6]|\( ?-?[1-6] ?\))|\*\*? ?-?[2-6](?![\d.,])|[⁺⁻]?[¹²³⁴⁵]|(?<=[mMLl])[2-5](?![.,]?\d)"
    r"|-[1-6](?!\d|\.\d)"
    r"|\( ?[23] ?\)|(?<=[cm]m) 3(?![\d.,])|(?<=[mM]) 2(?![\d.,-])| (?:squared?|cubed?)(?![^\W_])"
)
SQUARE = re.compile(r"(square|sq\.?|cubic|cu\.?) ?(?=[cm]?m(?![^\W_])|(?:centi|milli)?met)", re.I)
FIRST_WORD = re.compile(r"[^\W\d_²³¹⁰-⁹]+")


class FormReader:
    """A unit being read. What it is made of is kept in `_parts`."""

    def __init__(self, text: str, start: int, *, behind: bool, times: bool, power: bool) -> None:
        self._text = text
        self._start = start
        self._behind = behind
        self._with_times = times
        self._power = power
        self._parts = Parts()

    def _may_be_limit(self, at: int) -> bool:
        word = FIRST_WORD.match(self._text, at)
        return word is not None and (word[0].casefold() in FILLERS or word[0].casefold() in _limit_words())

    def _limit(self, at: int) -> tuple[int, Factor | None]:
        """`the institutional upper limit of normal`, and after a sign of multiplication `normal`."""
        text, words, end = self._text, list[str](), at
        atom: Atom | None = None
        place = at
        while len(words) < 6 and (match := _LIMIT_WORD.match(text, place)):
            word = match[1]
            if word.casefold() not in FILLERS:
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
        square = SQUARE.match(text, at)
        adjective = ADJECTIVE.match(text, at)
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
        return further[0], [replace(factors[0], code=code)]

    def _fitting(self, atoms: list[Atom], at: int, first: bool) -> Atom | None:
        """The meaning that fits its place: a power of ten is over a volume, and something else does elsewhere."""
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
        """The code of a volume below, empty if there is none."""
        over = _WORD_OVER.match(self._text, at)
        below = self._atom_at(over.end(), first=False) if over else None
        return below[1][0].render() if below and below[1][0].is_volume else ""

    def _is_times(self, at: int) -> bool:
        """After `x` or `times`, or glued to the number: `2.5N`."""
        return self._with_times or (at == self._start and self._text[at - 1 : at].isdigit())


@cache
def _limit_words() -> frozenset[str]:
    return frozenset(form.text.split(" ")[0].casefold() for form in forms() if form.atom.dimension == "limit")


def _glued(text: str, at: int) -> bool:
    """Whether a word continues after its letters, as in `N-acetyl` and `normal-weight`."""
    return re.compile(r"[-+/=]?[^\W_]|[-+/=]").match(text, at) is not None
