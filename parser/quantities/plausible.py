"""What a number can plausibly be, by its unit and by the words in front of it.

platelets 109 /L            no: there are 150e9 in a litre
neutrophils 1.500 /mm3      no: there are some thousands in a cubic millimetre
birth weight 3.500 g        no: that would be three grams and a half

What a unit measures follows from the table of units, the ranges are in parser/quantities/analytes.tsv.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct

from parser.quantities.conversion import canonical
from parser.quantities.unit_parts import Unit

_VIRAL = re.compile(r"(?<![a-z])(?:h[bcdei]v|cmv|ebv|hiv|hpv|dna|rna|viral|virus|vir[ae]mia|pcr|load|hbsag)", re.I)
# Few cells are many in these, and no range is about them.
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:csf|cns|(?:cerebro)?spinal|urin\w+|ascit\w+|pleural|synovial|semen|lavage|sputum|stool)(?![a-z])",
    re.I,
)
# What is dosed in thousands of units of effect.
_THOUSANDS = re.compile(
    r"(?<![a-z])(?:\w{0,40}heparin\w*|vit(?:amin)?\.? ?[ad]\w*|\w{0,40}calciferol|epo|epoetin\w*|erythropoietin"
    r"|\w{0,40}cillin\w*|\w{0,40}asparaginase|interferon\w*|nystatin|polymyxin\w*|colistin|hcg|bacitracin|urokinase"
    r"|streptokinase|aprotinin)(?![a-z])",
    re.IGNORECASE,
)

# Where no analyte is named: as many things as no litre holds, and as few as nobody counts by the litre.
_MOST_IN_A_LITRE, _FEWEST_IN_A_LITRE = 2e14, 1e5
_Range = tuple[float, float]
_DOSES: dict[tuple[str, str], _Range] = {
    ("virus", "kg"): (1e3, 1e17),
    ("virus", "L"): (1e2, 1e18),
    ("cells", "kg"): (1e3, 1e13),
    ("copies", "L"): (1e3, 1e16),
}
_OF_UNITS = (100, 1e9)


class Measure(Struct, frozen=True, gc=False):
    """The kind of measurement of a unit, which limits the size of a number.

    `kind` is "none" (no unit), "count", "activity" (units of effect) or "plain" (mass, time, pressure and so on).
    Of a count, `noun` is cells, copies or virus, "things" for any other noun, or "" where none is printed; `per` is "L"
    or "kg" where it is in a volume or in a body's mass, and `factor` makes a value one per litre.
    """

    kind: str
    noun: str = ""
    per: str = ""
    factor: Decimal = Decimal(1)


_NONE = Measure("none")
_KINDS = {"counted": "count", "measured": "plain", "activity": "activity"}


def measure(unit: Unit | None, subject: str = "") -> Measure:
    """What a unit measures; `subject` are the words in front of its number."""
    if unit is None:
        return _NONE
    if unit.dimension == "volume" and blood_count(subject) and (size := canonical(f"/{unit.ucum}")):
        # `platelets < 100.000 mm3`: the solidus is missing.
        return Measure("count", "", "L", size.numerator / size.denominator)
    kind, per = _KINDS[unit.counted], unit.per if unit.per != "mass" else ""
    if kind == "activity" and unit.per == "L" and unit.factor >= 1000 and _VIRAL.search(subject):
        return Measure("count", "copies", unit.per, unit.factor)
    if kind == "count":
        nameless = unit.written.startswith(("/", "per ")) or unit.exponent > 0
        return Measure(kind, unit.plausible or ("" if nameless else "things"), per, unit.factor)
    return Measure(kind, "", per, unit.factor)


# --- analytes ---


@cache
def _analytes() -> tuple[re.Pattern[str], list[dict[str, _Range]]]:
    """The names of all analytes as one pattern, and of each its ranges by canonical unit."""
    lines = files(__package__).joinpath("analytes.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    names = "|".join(f"(?P<a{index}>{pattern})" for index, (pattern, _) in enumerate(rows))
    return re.compile(f"(?<![a-z])(?:{names})(?![a-z])", re.I), [dict(_ranges(cell)) for _, cell in rows]


def _ranges(cell: str) -> list[tuple[str, _Range]]:
    found = []
    for one in cell.split("; "):
        low, high, unit = one.split(" ")
        size = canonical(unit)
        assert size, f"{unit}: a range needs a unit that can be compared"
        found.append((size.ucum, (size.of(float(low)) or 0.0, size.of(float(high)) or 0.0)))
    return found


def fits(value: Decimal, unit: Unit | None, subject: str) -> bool | None:
    """Whether a value is plausible for its unit and for the words in front of it; None if nothing shows."""
    measured = measure(unit, subject)
    amount = float(value * measured.factor)
    if measured.kind == "count" and measured.per == "L" and measured.noun not in ("virus", "copies"):
        return _count_fits(amount, measured, unit, subject)
    if measured.kind == "count":
        span = _DOSES.get((measured.noun, measured.per))
    elif measured.kind == "activity" and not measured.per:
        span = _OF_UNITS if _THOUSANDS.search(subject) else None
    else:
        size = canonical(unit.ucum) if unit and unit.ucum else None
        span = _of_analyte(size.ucum, subject) if size else None
        amount = size.of(float(value)) or 0.0 if size else amount
    return span[0] <= amount <= span[1] if span else None


def _count_fits(amount: float, measured: Measure, unit: Unit | None, subject: str) -> bool | None:
    """A count in a volume: of an analyte, or of whatever is not plainly too many or too few."""
    written = unit.written if unit else ""
    elsewhere = _ELSEWHERE.search(subject) or _ELSEWHERE.search(written)
    span = None if elsewhere else _of_analyte("/L", written) or _of_analyte("/L", subject)
    if span:
        return span[0] <= amount <= span[1]
    few = measured.factor == 1 and amount < _FEWEST_IN_A_LITRE
    return False if few or amount > _MOST_IN_A_LITRE else None


def _of_analyte(unit: str, subject: str) -> _Range | None:
    return next((span for ranges in _named(subject) if (span := ranges.get(unit))), None)


def blood_count(subject: str) -> bool:
    """Whether the number is of cells counted in blood."""
    return any("/L" in ranges for ranges in _named(subject))


# Words that are between an analyte and its number without naming another, and the units of a value in between.
_FILLER = re.compile(
    r"an?|the|of|at|is|are|was|be|to|in|by|for|with|least|most|less|lower|fewer|more|greater|higher|than|equals?|below"
    r"|above|under|over|between|from|counts?|levels?|values?|number|absolute|total|min(?:imum)?|max(?:imum)?|baseline"
    r"|peripheral|blood|screening|plasma|serum|approximately|about|defined|as|not|no|ha(?:s|ve)|must|should|system"
    r"|international|units?|si|ie?|e|[xgk]|kg|[dmunµ]?l|mcl|mm3?|cu(?:mm)?|per|cells?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-zµ][\wµ+-]*", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PARTS = re.compile(r"[;,:()\[\]•*]|\.\s|(?<![a-z])(?:and|or)(?![a-z])", re.IGNORECASE)


@lru_cache(maxsize=2048)
def _named(subject: str) -> tuple[dict[str, _Range], ...]:
    """The analytes of the clause in front of a number, the nearest first; none if other words are nearer."""
    pattern, ranges = _analytes()
    text = _ASIDE.sub(lambda aside: aside[0] if pattern.search(aside[0]) else " ", subject)
    for part in reversed(_PARTS.split(text)):
        if names := [match.lastgroup for match in pattern.finditer(part) if match.lastgroup]:
            return tuple(ranges[int(name[1:])] for name in reversed(names))
        if not all(_FILLER.fullmatch(word) for word in _WORD.findall(part)):
            break
    return ()
