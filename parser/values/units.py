"""Units as written, and their UCUM codes (https://ucum.org/ucum).

mg/kg/day            mg/kg/d                 x ULN, upper limit of normal    {ULN}
mL/min/1.73 m2       mL/min/{1.73_m2}        drinks a day                    {drinks}/d
cells/mm3            {cells}/mm3             g/24h                           g/(24.h)

Which forms there are stands in parser/values/unit_table.py, how they go together in grammars/unit.lark, and where a
unit ends in a text in parser/values/unit_pattern.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parser.grammar import GrammarMismatch, Leaf, Node, match_text
from parser.values.unit_pattern import ADJECTIVES, FILLERS
from parser.values.unit_table import Atom, look_up, sizes


class Unit(NamedTuple):
    """A unit as written, without blanks next to signs; `ucum` is None where it is not known.

    `dimension` is that of the whole unit where it is a simple one: `time`, `mass`, `volume`, `length`, `area`,
    `fraction` (percent), `limit` (of normal, or the baseline), `count`, `concentration` (something per volume) and
    those of the table; otherwise it is empty. `dose` says that something is given by it: a mass, a volume, units,
    tablets, perhaps for each kilogram, square metre, time or administration. `exponent` is a power of ten that is
    written in the unit (`150 K/µL`) and belongs to the number: `ucum` is then `/uL`.
    """

    written: str
    ucum: str | None
    dimension: str
    dose: bool = False
    exponent: int = 0


class _Factor(NamedTuple):
    """A part of a product: its code, its power, and what the table says of it."""

    code: str
    power: int
    atom: Atom

    def render(self) -> str:
        if self.power == 1:
            return self.code
        base, own = (self.code[:-1], int(self.code[-1])) if self.code[-1:].isdigit() else (self.code, 1)
        return f"{base}{own * self.power}"


class _Below(NamedTuple):
    """A denominator: one unit, or a number of it."""

    number: str
    factors: tuple[_Factor, ...]

    @property
    def first(self) -> Atom:
        return self.factors[0].atom if self.factors else _NUMBER_ALONE

    @property
    def is_volume(self) -> bool:
        dimension = self.first.dimension
        return dimension == "volume" or (dimension == "length" and self.factors[0].power == 3)

    def render(self) -> str:
        number = [self.number] if self.number else []
        code = ".".join([*number, *(factor.render() for factor in self.factors)])
        signs = {".", "/"} & set(_BRACES.sub("", code))
        return f"({code})" if signs and not code.startswith("(") else code


class _UnknownUnit(Exception):
    """A name is not in the table, or the parts make no unit."""


_NUMBER_ALONE = Atom("1", "", None, frozenset())
_COUNTED_THINGS = Atom("", "count", None, frozenset({"dose"}))
_EVENTS = Atom("", "count", None, frozenset())
_STANDARD_BODY = _Factor("{1.73_m2}", 1, Atom("{1.73_m2}", "body surface", None, frozenset()))
_PERIODS = {
    "hourly": "h",
    "daily": "d",
    "nightly": "d",
    "weekly": "wk",
    "monthly": "mo",
    "yearly": "a",
    "annually": "a",
}
_WORD_NUMBERS = {"hundred": "10*2", "thousand": "10*3", "million": "10*6"}

_SIGN = re.compile(r" ?([/^*·•×⋅()²³¹⁻-]) ?| (\.) ")
_LEADING_WORDS = re.compile(r"(?:[x×*·] ?|times |of |the |(?:th|st|nd|rd) )+(?=\S)")
_FILLER = re.compile(rf"\b(?:{FILLERS})\b(?!-) ?")
_ADJECTIVE = re.compile(rf"(?:(?:{ADJECTIVES}) )+")
_SUBSTANCE = re.compile(r" (?:creatinine|creat|Cr|protein|tissue|body|FEU|DDU)\Z")
_BRACES = re.compile(r"\{[^}]*\}")
_PLURAL = re.compile(r"\((e?s)\)")
_POWER_OF_TEN = re.compile(r"(?:1 ?[x×*·] ?)?10 ?(?:\^|\*{1,2}|[eE])? ?\(?([\d⁰¹²³⁴-⁹]{1,2})\)?\Z")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")

# Longer than anything that the pattern matches, so that no text is expensive.
_LONGEST = 400


def read_unit(text: str, counted: bool = False) -> Unit:
    """Read a unit that stands alone, without escapes and line breaks.

    With `counted`, a word that is not known is a thing that is counted: the number in front says so by a power of ten
    (`1.10^6 CSM / kg` is `{CSM}/kg`).
    """
    return _read(text, counted)


@lru_cache(maxsize=4096)
def _read(text: str, counted: bool) -> Unit:
    folded = " ".join(text.split())
    if match := _LEADING_WORDS.match(folded):
        folded = folded[match.end() :]
    written = _SIGN.sub(lambda match: match[1] or match[2], folded)
    if len(written) > _LONGEST:
        return Unit(written, None, "")
    simple = next(iter(_atoms(written) or (_atoms(folded) if folded != written else [])), None)
    try:
        if simple and not simple.code.startswith("10*"):
            return _simple(written, simple)
        return _Reader(written, counted).unit()
    except (GrammarMismatch, _UnknownUnit):
        return Unit(written, None, "")


def _simple(written: str, atom: Atom) -> Unit:
    return Unit(written, atom.code or _annotation(written), atom.dimension, "dose" in atom.marks)


def _atoms(words: str) -> list[Atom]:
    """What some words mean as a whole, with the words that make no difference taken off."""
    for spelled in dict.fromkeys((words, _PLURAL.sub(r"\1", words), words.rstrip("."))):
        if found := look_up(spelled):
            return found
    plain = _FILLER.sub("", words).strip()
    if plain != words and (limits := [atom for atom in look_up(plain) if atom.dimension == "limit"]):
        return limits
    match = _ADJECTIVE.match(words)
    return look_up(words[match.end() :]) if match else []


def _annotation(words: str) -> str:
    """An annotation of UCUM holds the characters 33 to 126, but no braces."""
    text = _PLURAL.sub(r"\1", words).replace(" ", "_").replace("µ", "u")
    kept = "".join(character for character in text if "!" <= character <= "~" and character not in "{}")
    if not kept:
        raise _UnknownUnit
    return f"{{{kept}}}"


class _Reader:
    """One unit on its way from the tree of grammars/unit.lark to its code."""

    def __init__(self, text: str, counted: bool) -> None:
        self._text = text
        self._counted = counted
        self._above: list[_Factor] = []
        self._below: list[_Below] = []
        self._times: list[_Factor] = []  # What is multiplied behind a denominator: UCUM reads from left to right.
        self._exponent = 0

    def unit(self) -> Unit:
        tree = match_text("unit", "unit", self._text, 0, len(self._text))
        products = [child for child in tree.children if isinstance(child, Node) and child.rule == "product"]
        for child in tree.children:
            # Denominators first: they tell what a numerator can mean.
            if isinstance(child, Node) and child.rule == "quotient":
                self._divide(child)
            elif isinstance(child, Leaf):
                self._below.append(_one(_PERIODS[self._of(child).lower()]))
        for product in products:
            self._multiply(product)
        return Unit(self._text, self._code(), self._dimension(), self._is_dose(), self._exponent)

    def _of(self, leaf: Leaf) -> str:
        return self._text[leaf.start : leaf.end]

    def _multiply(self, product: Node[Leaf]) -> None:
        for node in product.children:
            number, factors = self._item(node, below=False)
            if _is_standard_body(number, factors):
                self._add_below(_Below(number, tuple(factors)))
                continue
            if number:
                if not number.startswith("10*"):
                    raise _UnknownUnit
                self._exponent += int(number[3:])
            for factor in factors:
                if factor.atom.code.startswith("10*"):
                    self._exponent += int(factor.atom.code[3:])
                elif factor.power < 0:
                    self._below.append(_Below("", (factor._replace(power=-factor.power),)))
                else:
                    self._above.append(factor)

    def _divide(self, quotient: Node[Leaf]) -> None:
        first, *others = quotient.children
        if isinstance(first, Node) and first.rule == "group":
            for node in first.children:
                self._add_below(self._part(node))
            return
        part = self._part(first)
        self._add_below(part)
        for other in map(self._part, others):
            if part.is_volume and not _is_standard_body(other.number, other.factors):
                # `ng/mL·h` is an area under a curve, `mg/kg·min` an infusion.
                self._times += other.factors
            else:
                self._add_below(other)

    def _part(self, node: Node[Leaf] | Leaf) -> _Below:
        number, factors = self._item(node, below=True)
        # `/kg-1` says twice that it divides.
        return _Below(number, tuple(factor._replace(power=abs(factor.power)) for factor in factors))

    def _add_below(self, part: _Below) -> None:
        if _is_standard_body(part.number, part.factors):
            self._below.append(_Below("", (_STANDARD_BODY,)))
        elif part.number:
            self._below.append(part)
        else:
            self._below += [_Below("", (factor,)) for factor in part.factors]

    def _item(self, node: Node[Leaf] | Leaf, below: bool) -> tuple[str, list[_Factor]]:
        """The number of an item (empty if it has none) as UCUM writes it, and its factors."""
        number, factors = "", []
        for child in node.children if isinstance(node, Node) else ():
            if isinstance(child, Leaf):
                number = _number(self._of(child))
            elif child.rule == "words":
                factors += [_Factor(code, 1, atom) for code, atom in self._name(child, below)]
            else:
                factors += self._raised(child, below)
        return number, factors

    def _raised(self, node: Node[Leaf], below: bool) -> Iterator[_Factor]:
        words = next(child for child in node.children if isinstance(child, Node))
        sign = next(child for child in node.children if isinstance(child, Leaf))
        printed = self._of(sign).lower()
        if sign.terminal == "POWER":
            power = int(re.sub(r"[^\d-]", "", printed.translate(_DIGITS)))
        else:
            power = 3 if printed.startswith("cu") else 2
        *before, (code, atom) = self._name(words, below, raised=True)
        if code.endswith(str(power)):
            # `cmm3`: the power is said twice.
            power = 1
        if power > 1 and atom.dimension != "length" and code != "s":
            raise _UnknownUnit
        for other, other_atom in before:
            yield _Factor(other, 1, other_atom)
        yield _Factor(code, power, atom)

    # --- Names ---

    def _name(self, node: Node[Leaf], below: bool, raised: bool = False) -> list[tuple[str, Atom]]:
        """The codes of words that stand side by side."""
        leaves = [child for child in node.children if isinstance(child, Leaf)]
        words = self._text[leaves[0].start : leaves[-1].end]
        if atom := self._fitting(_atoms(words), below, raised):
            return [(atom.code or _annotation(words), atom)]
        head, _, last = words.rpartition(" ")
        first = _atoms(words.split(" ")[0])
        if head and not any(atom.code for atom in first) and any(not atom.code for atom in _atoms(last)):
            # `CD34+ cells`
            return [(_annotation(words), _atoms(last)[0])]
        if first and first[0].dimension == "log" and not below:
            return [(_annotation(words), first[0])]
        if (match := _SUBSTANCE.search(words)) and (
            atom := self._fitting(_atoms(words[: match.start()]), below, raised)
        ):
            return [(atom.code or _annotation(words), atom)]
        parts = [self._fitting(_atoms(part), below, raised) for part in re.split("[ -]", words)]
        if len(parts) > 1 and all(part and part.code for part in parts):
            return [(part.code, part) for part in parts if part]
        if not below and self._counted:
            return [(_annotation(words), _COUNTED_THINGS)]
        if not below and self._is_rate() and re.fullmatch("(?:[A-Z]{2,5} )?[a-z][a-z -]+", words):
            return [(_annotation(words), _EVENTS)]
        raise _UnknownUnit

    def _fitting(self, atoms: Sequence[Atom], below: bool, raised: bool) -> Atom | None:
        """The meaning that fits its place: a power of ten stands over a volume, and something else does elsewhere."""
        volume = self._below[0] if self._below and not below and not raised else None
        if not volume or not volume.is_volume:
            return next((atom for atom in atoms if not atom.code.startswith("10*")), None)
        if any(atom.code[:1] == "M" and atom.dimension == "arbitrary" for atom in atoms):
            # `MIU/mL` is printed for thousandths as well as for millions.
            return None
        powers = [atom for atom in atoms if atom.code.startswith("10*")]
        # `12 G/dL` are grams.
        return next(iter(powers if powers and volume.factors[0].code != "dL" else atoms), None)

    def _is_rate(self) -> bool:
        return bool(self._below) and self._below[0].first.dimension == "time"

    # --- The whole ---

    def _code(self) -> str:
        if not self._above and not self._below:
            raise _UnknownUnit
        counted = bool(self._above) and self._above[0].atom.dimension == "count"
        if counted and any(part.first.dimension == "length" and part.factors[0].power == 1 for part in self._below):
            # `cells/mm` has lost its power.
            raise _UnknownUnit
        above = ".".join(factor.render() for factor in self._above)
        below = "".join(f"/{part.render()}" for part in self._below)
        return above + below + "".join(f".{factor.render()}" for factor in self._times)

    def _dimension(self) -> str:
        if len(self._above) == 1 and not self._below:
            factor = self._above[0]
            if factor.atom.dimension == "length":
                return {1: "length", 2: "area", 3: "volume"}.get(factor.power, "")
            return factor.atom.dimension if factor.power == 1 else ""
        concentration = len(self._below) == 1 and self._below[0].is_volume and not self._times
        return "concentration" if concentration else ""

    def _is_dose(self) -> bool:
        if len(self._above) != 1 or "dose" not in self._above[0].atom.marks or self._exponent:
            return False
        return not self._times and all(map(_is_given_for, self._below))


def _one(code: str) -> _Below:
    return _Below("", (_Factor(code, 1, Atom(code, "time", None, frozenset())),))


def _is_given_for(part: _Below) -> bool:
    """Whether a dose is for each of these: a kilogram, a square metre, a time, an administration."""
    if not part.factors:
        return False
    by_body = part.factors[0].render() in ("kg", "m2")
    each = part.first.dimension == "count" and bool(part.first.marks & {"below", "dose"})
    return by_body or each or part.first.dimension == "time"


def _is_standard_body(number: str, factors: Sequence[_Factor]) -> bool:
    """1.73 m2, however its metres are written: also `1.73 m`, and `1.73` alone."""
    return number == _number("1.73") and all(factor.code in ("m", "m2") for factor in factors)


def _number(printed: str) -> str:
    """A number in a denominator, as UCUM writes it: a `<factor>` is a positive integer, perhaps with a power of ten."""
    text = printed.rstrip("- ").lower()
    if word := next((code for word, code in _WORD_NUMBERS.items() if text.endswith(word)), None):
        return word
    if (match := _POWER_OF_TEN.match(text)) and not text.isdecimal():
        return f"10*{int(match[1].translate(_DIGITS))}"
    if re.fullmatch(r"\d{1,3}(?:[ ,]\d{3})+", text):
        text = re.sub(r"\D", "", text)
    whole, _, decimals = re.sub("[,·•]", ".", text).partition(".")
    number = int(whole + decimals)
    if not number:
        raise _UnknownUnit
    if decimals:
        return f"{number}.10*-{len(decimals)}"
    return "" if number == 1 else str(number)


# --- From one unit to another ---


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """A value in another unit, both given by their UCUM codes, or None where they do not measure the same.

    Times, masses, lengths and volumes are converted, also below a common denominator: `g/d` to `mg/d`. A year is
    365.25 days and a month a twelfth of it (UCUM's `a_j` and `mo_j`, which `a` and `mo` are).
    """
    if source == target:
        return value
    above, _, below = source.partition("/")
    other, _, other_below = target.partition("/")
    dimension, size = sizes().get(above, ("", None))
    other_dimension, other_size = sizes().get(other, ("", None))
    if size is None or other_size is None or dimension != other_dimension or below != other_below:
        return None
    return value * size / other_size
