"""What a unit is made of, and the UCUM code that follows: numerators, denominators, and what is multiplied after them.

mg / kg / d      {cells} / mm3      mL / min / {1.73_m2}      ng / mL . h
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from parser.quantities.conversion import canonical
from parser.quantities.unit_table import Atom


class Unit(Struct, frozen=True, gc=False):
    """A unit as written, without blanks next to signs; `ucum` is None if it is not known.

    `dimension` is that of the whole unit where it is a simple one, `concentration` for something per volume, otherwise
    empty. `dose` says that something is given by it: a mass, a volume, units, tablets, perhaps for each kilogram,
    square metre, time or administration. `exponent` is a power of ten that is written in the unit (`150 K/µL`) and
    belongs to the number: `ucum` is then `/uL`.

    `counted` and `plausible` are those of the table for what is above; `per` is what is below, "L" for a volume or
    "kg", and `factor` makes a value one per litre.
    """

    written: str
    ucum: str | None
    dimension: str = ""
    dose: bool = False
    exponent: int = 0
    counted: str = "measured"
    plausible: str = ""
    per: str = ""
    factor: Decimal = Decimal(1)


class Factor(Struct, frozen=True, gc=False):
    """A part of a product: its code, its power, and what the table says of it."""

    code: str
    power: int
    atom: Atom

    def render(self) -> str:
        if self.power == 1:
            return self.code
        base, own = (self.code[:-1], int(self.code[-1])) if self.code[-1:].isdigit() else (self.code, 1)
        return f"{base}{own * self.power}"

    @property
    def is_volume(self) -> bool:
        return self.atom.dimension == "volume" or (self.atom.dimension == "length" and self.power == 3)


class Below(Struct, frozen=True, gc=False):
    """A denominator: units, perhaps a number of them."""

    number: str
    factors: tuple[Factor, ...]

    def render(self) -> str:
        number = [self.number] if self.number else []
        code = ".".join([*number, *(factor.render() for factor in self.factors)])
        signs = {".", "/"} & set(_BRACES.sub("", code))
        return f"({code})" if signs and not code.startswith("(") else code


class UnknownUnit(Exception):
    """The parts make no unit."""


def _atom(code: str, dimension: str, counted: str = "measured", *marks: str) -> Atom:
    return Atom(code, dimension, None, "", counted, frozenset(marks), None, "")


COUNTED_THINGS = _atom("", "count", "counted", "dose")
EVENTS = _atom("", "count", "counted")
STANDARD_BODY = Factor("{1.73_m2}", 1, _atom("{1.73_m2}", "body surface"))


_BRACES = re.compile(r"\{[^{}]*\}")
_SIGN = re.compile(r" ?([/^*·•×⋅()\[\]²³¹⁻-]) ?| (\.) ")
_PLURAL = re.compile(r"\((e?s)\)")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_ASCII = str.maketrans({"μ": "u", "µ": "u", " ": "_"})
_WORD_NUMBERS = {"hundred": "10*2", "thousand": "10*3", "million": "10*6"}
_POWER_OF_TEN = re.compile(r"(?:1 ?[x×*·] ?)?10 ?(?:\^|\*{1,2}|[eE])? ?\(?([\d⁰¹²³⁴-⁹]{1,2})\)?\Z")


class Parts:
    """The parts of a unit as they are read. What makes no sense together has no code."""

    def __init__(self) -> None:
        self.above: list[Factor] = []
        self.below: list[Below] = []
        self.times: list[Factor] = []  # What is multiplied after a denominator: UCUM reads from left to right.
        self.exponent = 0
        self.known = True

    def divide(self, number: str, factors: list[Factor]) -> None:
        # `/kg-1` says twice that it divides.
        self.below += [Below(number, (replace(factor, power=abs(factor.power)),)) for factor in factors]

    def multiply(self, factors: list[Factor]) -> None:
        for factor in factors:
            if factor.power < 0:
                self.below.append(Below("", (replace(factor, power=-factor.power),)))
            elif not self.below:
                self.above.append(factor)
            elif len(self.below) == 1 and self.below[0].factors and self.below[0].factors[0].is_volume:
                # `ng/mL·h` is an area under a curve, `mg/kg·min` an infusion.
                self.times.append(factor)
            else:
                self.below.append(Below("", (factor,)))

    def unit(self, printed: str) -> Unit:
        """The unit that is printed so."""
        written = folded(printed).removeprefix("of ").removeprefix("the ")
        try:
            ucum = self._code()
        except UnknownUnit:
            ucum = None
        first = self.above[0].atom if self.above else None
        below = self.below[0].factors if self.below else ()
        per, factor = self._per(below)
        counted = first.counted if first and ucum else "counted" if per or not ucum else "measured"
        return Unit(
            written,
            ucum,
            self._dimension() if ucum else "",
            bool(ucum) and self._is_dose(),
            self.exponent if ucum else 0,
            counted,
            first.plausible if first else "",
            per,
            factor,
        )

    def _code(self) -> str:
        powers = [factor for factor in self.above if factor.atom.code.startswith("10*")]
        volume = bool(self.below) and bool(self.below[0].factors) and self.below[0].factors[0].is_volume
        if powers and not volume:
            raise UnknownUnit
        for factor in powers:
            self.exponent += int(factor.code[3:])
            self.above.remove(factor)
        if not self.known or not (self.above or self.below):
            raise UnknownUnit
        lone = self.above[0] if len(self.above) == 1 and not self.below else None
        if lone and lone.atom.code == "1":
            return "1"
        counted = bool(self.above) and self.above[0].atom.dimension == "count"
        if counted and any(
            one.atom.dimension == "length" and one.power == 1 for part in self.below for one in part.factors
        ):
            # `cells/mm` has lost its power.
            raise UnknownUnit
        above = ".".join(factor.render() for factor in self.above)
        below = "".join(f"/{part.render()}" for part in self.below)
        return above + below + "".join(f".{factor.render()}" for factor in self.times)

    def _per(self, below: tuple[Factor, ...]) -> tuple[str, Decimal]:
        """What a count is in, and what makes it one per litre."""
        if not below or self.below[0].number:
            return "", Decimal(1)
        if below[0].atom.dimension == "volume" and below[0].power == 3:
            # `platelets/mL3` stands for cubic millimetres, and is not a unit.
            return "L", Decimal(10**6)
        if below[0].is_volume and (size := canonical(f"/{below[0].render()}")):
            return "L", (size.numerator / size.denominator).scaleb(self.exponent)
        per = "kg" if below[0].code == "kg" else "mass" if below[0].atom.dimension == "mass" else ""
        return per, Decimal(1)

    def _dimension(self) -> str:
        if len(self.above) == 1 and not self.below:
            factor = self.above[0]
            if factor.atom.dimension == "length":
                return {1: "length", 2: "area", 3: "volume"}.get(factor.power, "")
            return factor.atom.dimension if factor.power == 1 else ""
        lone = len(self.below) == 1 and not self.times and not self.below[0].number
        return "concentration" if lone and self.below[0].factors[0].is_volume else ""

    def _is_dose(self) -> bool:
        if len(self.above) != 1 or "dose" not in self.above[0].atom.marks or self.exponent or self.times:
            return False
        if self.above[0].power != 1:
            return False
        return all(map(_is_given_for, self.below))


def folded(printed: str) -> str:
    """A unit as written, without blanks next to signs."""
    return _SIGN.sub(lambda match: match[1] or match[2], " ".join(printed.split()))


def annotation(words: str) -> str:
    """An annotation of UCUM holds the characters 33 to 126, but no braces."""
    text = _PLURAL.sub(r"\1", words).translate(_ASCII)
    kept = "".join(character for character in text if "!" <= character <= "~" and character not in "{}")
    if not kept:
        raise UnknownUnit
    return f"{{{kept}}}"


def _is_given_for(part: Below) -> bool:
    """Whether a dose is for each of these: a kilogram, a square metre, a time, an administration."""
    if not part.factors:
        return False
    first = part.factors[0]
    each = first.atom.dimension == "count" and bool(first.atom.marks & {"below", "dose"})
    return first.render() in ("kg", "m2") or each or first.atom.dimension == "time"


def below_number(printed: str) -> str | None:
    """A number in a denominator, as UCUM writes it: a `<factor>` is a positive integer, perhaps with a power of ten."""
    text = printed.rstrip("- ").lower()
    if word := next((code for word, code in _WORD_NUMBERS.items() if text.endswith(word)), None):
        return word
    if (match := _POWER_OF_TEN.match(text)) and not text.isdecimal():
        return f"10*{int(match[1].translate(DIGITS))}"
    if re.fullmatch(r"\d{1,3}(?:[ ,]\d{3})+", text):
        text = re.sub(r"\D", "", text)
    whole, _, decimals = re.sub("[,·•]", ".", text).partition(".")
    number = int(whole + decimals)
    if not number:
        return None
    if decimals:
        return f"{number}.10*-{len(decimals)}"
    return "" if number == 1 else str(number)
