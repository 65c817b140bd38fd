"""What a number can plausibly be, by its unit and by the words in front of it.

platelets 109 /L            no: there are 150e9 in a litre
neutrophils 1.500 /mm3      no: there are some thousands in a cubic millimetre
birth weight 3.500 g        no: that would be three grams and a half

The ranges hold what trials ask for, from the gravest disease to the highest normal value, and a margin: they tell
powers of ten and factors of a thousand apart, not the sick from the healthy.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

# --- units ---

# A volume as units write it, and what makes a count in it one per litre. `cmm`, `cumm` and `cu mm` are cubic
# millimetres; so is `mL3`, by a slip that several records share.
_VOLUMES = (
    (r"l|lit(?:er|re)s?", "1"),
    (r"dl|decilit(?:er|re)s?", "1e1"),
    (r"ml|millilit(?:er|re)s?|cc|cm ?\^?[3³]", "1e3"),
    (r"[µu]l|mcl|microl(?:it(?:er|re)s?)?|c?mm ?\^?[3³]|mm\([3³]\)|ml3|cu(?:bic|\.)? ?mm|cmm|cubic milli\w+", "1e6"),
    (r"nl|nanolit(?:er|re)s?", "1e9"),
)
_VOLUME = re.compile("|".join(f"(?P<v{index}>{form})" for index, (form, _) in enumerate(_VOLUMES)), re.IGNORECASE)
_PER_LITRE = tuple(Decimal(factor) for _, factor in _VOLUMES)
_RATIO = re.compile(r"([^/]{0,60}?) ?(?:/ ?|(?<![a-z])per )(?:1 )?([^/]{1,40})(?:/.{0,40})?", re.IGNORECASE)
_BODY_MASS = re.compile(r"kgs?(?![a-z])|kilo(?:gram)?s?(?![a-z])", re.IGNORECASE)

# What is measured, not counted: no power of ten is ever printed bare in front of it.
_PLAIN = re.compile(
    r"(?:(?:[kmµuncpfdhMGT]|mc|milli|micro|kilo|nano|centi)?(?:g|gms?|gr|grams?|moles?|mol|M|eq|osm(?:ol)?|l|lit(?:er|re)s?"
    r"|m\d?|met(?:er|re)s?|s|pa|bar|hz|bq|ci|gy|gray|sv|v|volts?|a|w|watts?|j|joules?|cal(?:orie)?s?|kat(?:al)?|hg|ppm|db)"
    r"|mm ?hg|cm ?h2o|°|deg|%|percent|‰|kgm|cc|mets?|in|inch\w*|ft|feet|lbs?|pounds?|oz|ounces?|u?ln|lln|n|times|x|fold"
    r"|bpm|beats?|breaths?|points?|scores?|letters?|drops?|puffs?|tab\w*|cap\w*|packs?|cig\w*|drinks?|meals?|steps?|patients?"
    r"|subjects?|participants?|people|persons?|women|men|children|h|hrs?|hours?|min\w*|sec\w*|d|days?|w|wks?|weeks?|months?"
    r"|mos?|y|yrs?|years?|nights?|sessions?|cycles?|doses?|visits?|diopt\w*)(?![a-z])",
    re.IGNORECASE,
)
# Vectors, phages and colonies are never few; copies and international units of a virus may be.
_NOUNS = (
    ("copies", r"copy|copies|geq|genome equivalents?"),
    (
        "many",
        r"v\.?g|g\.?c|v\.?p|drp|[cpfi]fus?|[tce]c?id ?50|vectors?|genomes?|virus(?:es)?|viral|virions?|particles?"
        r"|colon(?:y|ies)|plaques?|spores?|bacteria|organisms?|phages?",
    ),
    (
        "cells",
        r"\w*cytes?|cell?s?|\w*phils?|platelets?|plts?|\w*blasts?|[wre]?rbcs?|wbcs?|pmns?|[a-z]{0,3}scs?|pbmcs?|tncs?|mncs?|nk"
        r"|cd\d+\+?|car-?t?|sperm\w*|islets?|ieq",
    ),
)
_COUNTED = re.compile(f"(?<![a-z])(?:{'|'.join(f'(?P<{noun}>{form})' for noun, form in _NOUNS)})(?![a-z])", re.I)
_ACTIVITY = re.compile(r"(?:[km]|mega|million )?(?:i\.?u\.?|units?|u|international units?)(?![a-z])", re.IGNORECASE)
_VIRAL = re.compile(r"(?<![a-z])(?:h[bcdei]v|cmv|ebv|hiv|hpv|dna|rna|viral|virus|vir[ae]mia|pcr|load|hbsag)", re.I)

# Letters that multiply what is counted in a volume: `100 K/µL`, `1.5 G/L`, `4 T/L`, `4 M/µL`.
_PREFIXES = {"K": 3, "k": 3, "M": 6, "G": 9, "T": 12}


class Measure(NamedTuple):
    """What a unit measures, as far as it tells how large a number can be.

    `kind` is "none" (no unit), "count", "activity" (international units) or "plain" (mass, time, pressure and so on).
    Of a count, `noun` is a class of `_NOUNS`, "things" for any other noun, or "" where none is printed; `per` is "L" or
    "kg" where it is in a volume or in a body's mass, and `factor` makes a value one per litre.
    """

    kind: str
    noun: str = ""
    per: str = ""
    factor: Decimal = Decimal(1)


# What only the words in front can tell: giga from gram, a count from a volume, a virus from an enzyme.
_DEPENDENT = re.compile(
    r" ?(?:[GTM] ?/|(?:[a-z]{0,2}iu|units?|u) ?(?:/|per )|c?mm|[µumc]{1,2}l|l\b|cu|cc)", re.IGNORECASE
)


def measure(unit: str | None, subject: str = "") -> Measure:
    """What a unit as written measures; `subject` are the words in front of its number."""
    return _measure(unit or "", subject if unit and _DEPENDENT.match(unit) else "")


@lru_cache(maxsize=2048)
def _measure(unit: str, subject: str) -> Measure:
    text = unit.strip(" .,;")
    if not text:
        return Measure("none")
    ratio = _RATIO.fullmatch(text)
    if not ratio:
        if (factor := _per_litre(text)) is not None and blood_count(subject):
            # `platelets < 100.000 mm3`: the solidus is missing.
            return Measure("count", "", "L", factor)
        return _of(text, "", Decimal(1), subject)
    of, by = ratio[1].strip(), ratio[2].strip()
    if (factor := _per_litre(by)) is not None:
        if of in _PREFIXES and (of in "Kk" or blood_count(subject)):
            return Measure("count", "", "L", factor.scaleb(_PREFIXES[of]))
        return _of(of, "L", factor, subject)
    return _of(of, "kg" if _BODY_MASS.match(by) else "", Decimal(1), subject)


def _of(noun: str, per: str, factor: Decimal, subject: str) -> Measure:
    if not noun:
        return Measure("count", "", per, factor) if per else Measure("plain")
    if match := _COUNTED.search(noun):
        return Measure("count", match.lastgroup or "", per, factor)
    if _ACTIVITY.match(noun):
        viral = per == "L" and factor >= 1000 and _VIRAL.search(subject)
        return Measure("count", "copies", per, factor) if viral else Measure("activity", "", per, factor)
    return Measure("plain") if _PLAIN.match(noun) else Measure("count", "things", per, factor)


def _per_litre(volume: str) -> Decimal | None:
    match = _VOLUME.fullmatch(volume)
    return _PER_LITRE[int(match.lastgroup[1:])] if match and match.lastgroup else None


def counting_prefix(unit: str, subject: str = "") -> tuple[int, str] | None:
    """A letter in front of a volume that is a power of ten of a count, and the unit without it.

    `K/µL` gives (3, "/µL") always; `G/L`, `T/L` and `M/µL` give their exponents if cells of the blood are the subject,
    for haemoglobin in `G/L` is grams. None for every other unit.
    """
    letter, solidus, volume = unit.strip().partition("/")
    if not solidus or letter.strip() not in _PREFIXES or measure(unit, subject).kind != "count":
        return None
    return _PREFIXES[letter.strip()], f"/{volume.strip()}"


# --- analytes ---

# Words for what is measured, and its ranges: of counts per litre ("L"), of others by unit, in lower case and with `u`
# for micro. The limits are those that registered trials ask for, and the grades of CTCAE 5.0, with a margin.
_Range = tuple[float, float]
_ANALYTES: tuple[tuple[str, dict[str, _Range]], ...] = (
    (r"platelets?|thrombocyt\w+|plts?|tc", {"L": (1e9, 3e12)}),
    (r"anc|\w*neutrophil\w*|neutropeni\w*|granulocyt\w*|agc|pmns?|polymorphonuclear", {"L": (2e7, 2e11)}),
    (r"leu[ck]ocyt\w*|leu[ck]openi\w*|wbcs?|tlc|white (?:blood )?(?:cells?|counts?)", {"L": (5e7, 1e12)}),
    (r"lymphocyt\w*|lymphopeni\w*|alc", {"L": (1e7, 5e11)}),
    (r"eosinophil\w*|aec", {"L": (1e7, 1e11)}),
    (r"cd ?[348]\+?|t-?cells?", {"L": (1e6, 2e10)}),
    (r"monocyt\w*|basophil\w*", {"L": (1e6, 1e11)}),
    (r"\w*blasts?", {"L": (1e6, 1e12)}),
    (r"rbcs?|erythrocyt\w*|red (?:blood )?cells?", {"L": (5e11, 2e13)}),
    (r"reticulocyt\w*", {"L": (1e9, 1e12)}),
    (r"ha?emoglobin|hgb|hb|ana?emia", {"g/dl": (2, 25), "g/l": (20, 250), "mmol/l": (1, 16)}),
    (r"birth ?-?weights?", {"g": (200, 8000), "gm": (200, 8000), "kg": (0.2, 8)}),
    (r"weights?|weigh(?:s|ing|ed)?", {"g": (200, 2e5), "gm": (200, 2e5), "kg": (0.2, 700)}),
    (r"ferritin", {"ng/ml": (3, 1e5), "ug/l": (3, 1e5)}),
    (r"triglycerides?|tgs?", {"mg/dl": (20, 2e4), "mmol/l": (0.2, 200)}),
    (r"d-?dimers?", {"ng/ml": (50, 1e5), "ug/l": (50, 1e5), "mg/l": (0.05, 100), "ug/ml": (0.05, 100)}),
    (r"(?:nt-?)?(?:pro-?)?bnp", {"pg/ml": (10, 1e5), "ng/l": (10, 1e5)}),
    (r"afp|alpha-? ?feto-?protein", {"ng/ml": (2, 1e6), "iu/ml": (2, 1e6)}),
    (r"ldh|lactate dehydrogenase", {"u/l": (50, 5e4), "iu/l": (50, 5e4)}),
    (r"cp?k|creatine (?:phospho)?kinase", {"u/l": (20, 1e6), "iu/l": (20, 1e6)}),
    (r"protein\w*", {"mg/24h": (20, 1e5), "mg/day": (20, 1e5), "mg/d": (20, 1e5), "g/24h": (0.02, 100)}),
    (r"creatinine", {"mg/dl": (0.05, 50), "umol/l": (5, 5000)}),
    (r"bilirubin", {"mg/dl": (0.05, 80), "umol/l": (1, 1500)}),
    (r"glucose|glyc[ae]*mia", {"mg/dl": (10, 2000), "mmol/l": (0.5, 110)}),
    (r"cholesterol|ldl(?:-c)?|hdl(?:-c)?", {"mg/dl": (5, 2000), "mmol/l": (0.1, 50)}),
    (r"albumin", {"g/dl": (0.5, 8), "g/l": (5, 80)}),
    (r"calor\w*|energy|diet\w*", {"kcal": (100, 2e4), "kcal/day": (100, 2e4), "kcal/d": (100, 2e4)}),
    (r"fev ?1|fvc|urine (?:output|volume)|blood loss", {"ml": (50, 2e4), "l": (0.1, 20)}),
)
_NAMES = re.compile(
    f"(?<![a-z])(?:{'|'.join(f'(?P<a{index}>{form})' for index, (form, _) in enumerate(_ANALYTES))})(?![a-z])", re.I
)
# Few cells are many in these, and nothing above is about them.
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:csf|cns|(?:cerebro)?spinal|urin\w+|ascit\w+|pleural|synovial|semen|lavage|sputum|stool)(?![a-z])",
    re.I,
)
# What is dosed in thousands of international units.
_THOUSANDS = re.compile(
    r"(?<![a-z])(?:\w*heparin\w*|vit(?:amin)?\.? ?[ad]\w*|\w*calciferol|epo|epoetin\w*|erythropoietin|\w*cillin\w*"
    r"|\w*asparaginase|interferon\w*|nystatin|polymyxin\w*|colistin|hcg|bacitracin|urokinase|streptokinase|aprotinin)(?![a-z])",
    re.IGNORECASE,
)

# Where no analyte is named: as many things as no litre holds, and as few as nobody counts by the litre.
_MOST_IN_A_LITRE, _FEWEST_IN_A_LITRE = 2e14, 1e5
_DOSES: dict[tuple[str, str], _Range] = {
    ("many", "kg"): (1e3, 1e17),
    ("many", "L"): (1e2, 1e18),
    ("cells", "kg"): (1e3, 1e13),
    ("copies", "L"): (1e3, 1e16),
}


def fits(value: Decimal, unit: str | None, subject: str) -> bool | None:
    """Whether a value is plausible for its unit and for the words in front of it; None where nothing tells."""
    measured = measure(unit, subject)
    amount = float(value * measured.factor)
    span = _range(measured, unit or "", subject)
    if span:
        return span[0] <= amount <= span[1]
    if measured.kind == "count" and measured.per == "L":
        few = measured.factor == 1 and amount < _FEWEST_IN_A_LITRE
        return False if few or amount > _MOST_IN_A_LITRE else None
    return None


def _range(measured: Measure, unit: str, subject: str) -> _Range | None:
    if measured.kind == "count":
        if measured.per != "L" or measured.noun in ("many", "copies"):
            return _DOSES.get((measured.noun, measured.per))
        if _ELSEWHERE.search(subject) or _ELSEWHERE.search(unit):
            return None
        return _of_analyte("L", unit) or _of_analyte("L", subject)
    if measured.kind == "activity" and not measured.per:
        return (100, 1e9) if _THOUSANDS.search(subject) else None
    return _of_analyte(re.sub(r"[\s.]", "", unit).lower().replace("µ", "u").replace("mcg", "ug"), subject)


def _of_analyte(unit: str, subject: str) -> _Range | None:
    return next((span for ranges in _analytes(subject) if (span := ranges.get(unit))), None)


def blood_count(subject: str) -> bool:
    """Whether the number is of cells counted in blood."""
    return any("L" in ranges for ranges in _analytes(subject))


# Words that stand between an analyte and its number without naming another, and the units of a value in between.
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
def _analytes(subject: str) -> tuple[dict[str, _Range], ...]:
    """The analytes of the clause in front of a number, the nearest first; none where other words are nearer."""
    text = _ASIDE.sub(lambda aside: aside[0] if _NAMES.search(aside[0]) else " ", subject)
    for part in reversed(_PARTS.split(text)):
        if names := [match.lastgroup for match in _NAMES.finditer(part) if match.lastgroup]:
            return tuple(_ANALYTES[int(name[1:])][1] for name in reversed(names))
        if not all(_FILLER.fullmatch(word) for word in _WORD.findall(part)):
            break
    return ()
