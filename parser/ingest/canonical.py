"""Units to compare by: a UCUM code as a factor and a canonical unit, so that 75 000/uL is 75e9 /L.

UCUM (https://ucum.org/ucum, section 3) compares units by taking each down to base units. So it is done here, with three
departures that keep what comes out readable to a clinician: volumes are in litres, because laboratories report per
litre; amounts of substance stay moles, which UCUM counts out; and units of pressure, energy and radiation stay the
units of SI that have names. Arbitrary units (`[IU]`, `U`, `[CFU]`) have no factor to any other, in UCUM neither.

Annotations are one by UCUM (section 6). One that says what is counted is left out where that is all that stands above
something: `{cells}/uL` is `/L`. Others tell units apart that must not be compared (`mg/{dose}`, `{ULN}`, `{pack}.a`),
and stay.

No factor, and so no canonical unit: temperatures and levels, which UCUM calls special (`Cel`, `dB`), logarithms
(`{log_copies}/mL`), and whatever is not in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Canonical(NamedTuple):
    """What a unit is in its canonical unit: `numerator / denominator` of it."""

    ucum: str
    numerator: Decimal
    denominator: Decimal

    def of(self, value: float | None) -> float | None:
        """A value in the canonical unit, rounded once; None stays None, as does what no double can hold."""
        if value is None:
            return None
        converted = float(Decimal(str(value)) * self.numerator / self.denominator)
        return converted if abs(converted) < float("inf") else None


_PREFIXES = {"T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15}

# `code factor base`: one of the atom is so many of the base. With prefixes, if UCUM allows them.
_METRIC = """
s 1 s
g 1 g
m 1 m
L 1 L
l 1 L
mol 1 mol
eq 1 eq
osm 1 osm
kat 1 kat
U 1 U
[IU] 1 [IU]
Pa 1 Pa
bar 100000 Pa
m[Hg] 133322 Pa
m[H2O] 9806.65 Pa
J 1 J
cal 4.184 J
eV 1.60217733e-19 J
W 1 W
N 1 N
dyn .00001 N
V 1 V
A 1 A
Ohm 1 Ohm
Hz 1 Hz
T 1 T
lx 1 lx
Bq 1 Bq
Ci 37000000000 Bq
Gy 1 Gy
Sv 1 Sv
"""
_OTHERS = """
min 60 s
h 3600 s
d 86400 s
wk 604800 s
mo 2629800 s
a 31557600 s
[lb_av] 453.59237 g
[oz_av] 28.349523125 g
[in_i] .0254 m
[ft_i] .3048 m
[yd_i] .9144 m
[mi_i] 1609.344 m
[foz_us] .0295735295625 L
[tsp_us] .00492892159375 L
[tbs_us] .01478676478125 L
[gal_us] 3.785411784 L
[qt_us] .946352946 L
atm 101325 Pa
[psi] 6894.757293168 Pa
[Cal] 4184 J
deg 1 deg
[diop] 1 [diop]
[p'diop] 1 [p'diop]
[MET] 1 [MET]
[HPF] 1 [HPF]
[LPF] 1 [LPF]
[CFU] 1 [CFU]
[PFU] 1 [PFU]
[FFU] 1 [FFU]
[TCID_50] 1 [TCID_50]
[CCID_50] 1 [CCID_50]
[EID_50] 1 [EID_50]
[USP'U] 1 [USP'U]
[arb'U] 1 [arb'U]
[GPL'U] 1 [GPL'U]
[MPL'U] 1 [MPL'U]
[beth'U] 1 [beth'U]
[tb'U] 1 [tb'U]
[PNU] 1 [PNU]
[hnsf'U] 1 [hnsf'U]
[wood'U] 1 [wood'U]
% .01
[ppth] .001
[ppm] .000001
[ppb] .000000001
"""

_Atoms = dict[str, tuple[Fraction, str]]


def _atoms(table: str) -> _Atoms:
    rows = (row.split() for row in table.strip().splitlines())
    return {code: (Fraction(factor), "".join(base)) for code, factor, *base in rows}


_BY_CODE: _Atoms = {
    **{
        prefix + code: (factor * Fraction(10) ** power, base)
        for code, (factor, base) in _atoms(_METRIC).items()
        for prefix, power in {**_PREFIXES, "": 0}.items()
    },
    **_atoms(_OTHERS),
}

_TOKEN = re.compile(
    r"(?P<sign>[./()])|10\*(?P<power>-?\d{1,2})(?!\d)|(?P<number>\d{1,12})(?![\d*])|(?P<annotation>\{[^{}]*\})"
    r"|(?P<atom>(?:[A-Za-z%']|\[[^][]*\])+)(?P<exponent>-?\d{1,2}(?!\d))?(?P<suffix>\{[^{}]*\})?"
)

# Longer than any unit that is printed: a code is as long as the page had it.
_LONGEST = 200


@lru_cache(maxsize=4096)
def canonical(ucum: str) -> Canonical | None:
    """The canonical unit of a UCUM code and the factor to it, or None where there is none."""
    tokens = list(_TOKEN.finditer(ucum[:_LONGEST]))
    if not tokens or "".join(match[0] for match in tokens) != ucum:
        return None
    try:
        factor, powers = _product(iter(tokens))
    except (KeyError, ZeroDivisionError):
        return None
    code = _code(powers)
    return Canonical(code, Decimal(factor.numerator), Decimal(factor.denominator)) if code else None


def _product(tokens: Iterator[re.Match[str]]) -> tuple[Fraction, dict[str, int]]:
    """Factor and powers of the bases, up to the end or to the bracket that closes. UCUM reads from left to right."""
    whole, powers, sign = Fraction(1), dict[str, int](), 1
    for token in tokens:
        if token[0] == ")":
            break
        if token["sign"] in (".", "/"):
            sign = 1 if token[0] == "." else -1
            continue
        factor, bases = _product(tokens) if token[0] == "(" else _component(token)
        whole *= factor**sign
        for base, power in bases.items():
            powers[base] = powers.get(base, 0) + sign * power
    return whole, {base: power for base, power in powers.items() if power}


def _component(token: re.Match[str]) -> tuple[Fraction, dict[str, int]]:
    if token["power"] is not None:
        return Fraction(10) ** int(token["power"]), {}
    if token["number"]:
        return Fraction(token["number"]), {}
    if token["annotation"]:
        return Fraction(1), {token["annotation"]: 1}
    factor, base = _BY_CODE[token["atom"]]
    exponent = int(token["exponent"] or 1)
    if base == "m" and abs(exponent) == 3:
        return (factor**3 * 1000) ** (exponent // 3), {"L": exponent // 3}
    return factor**exponent, {base + (token["suffix"] or ""): exponent} if base else {}


def _code(powers: dict[str, int]) -> str:
    """The code of a product, empty where its numbers cannot be compared."""
    annotations = {base for base in powers if base[0] == "{"}
    if any(base.startswith("{log") for base in annotations) and len(powers) > 1:
        return ""
    above = sorted(base for base, power in powers.items() if power > 0)
    below = sorted((base for base, power in powers.items() if power < 0), key=lambda base: (base[0] == "{", base))
    if len(above) == 1 and above[0] in annotations and set(below) - annotations:
        above = []
    over = ".".join(_raised(base, powers[base]) for base in above)
    return over + "".join(f"/{_raised(base, -powers[base])}" for base in below) or "1"


def _raised(base: str, power: int) -> str:
    return base if power == 1 else f"{base}{power}"
