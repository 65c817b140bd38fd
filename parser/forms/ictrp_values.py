"""The meaning of values in WHO ICTRP's exports, which each register writes in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from parser.forms.export_fields import DesignPart, ExportFields, FieldLocation, design_info
from parser.quantities.ages import years
from parser.registries import Registry, chictr, ctis
from parser.source import fold
from parser.values.codes import read_code
from parser.values.date import read_date

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
# ICTRP writes dates in figures day first: its own `Date registration3` says the same day without doubt.
_DAY_FIRST = re.compile(r"\d{1,2}/\d{1,2}/\d{4}", re.ASCII)

_AGE = re.compile(
    r"(?P<sign>>=|=>|≥|<=|=<|≤)?\s*(?P<number>\d{1,3}(?:\.\d+)?)\s*"
    r"(?:(?P<years>age[ -]?old|years?[ -]?olds?|years?(?:\(s\))?|yrs?|y)"
    r"|(?P<unit>months?|weeks?|days?|hours?|minutes?))?\.?",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(
    r"(?:n/?a ?\()?no(?:ne)?(?: (?:age )?(?:limit|maximum|minimum)\w*(?: age)?)?\)?|nd|\?+|n/?a|not? (?:set|specified)",
    re.I,
)
_OLDEST = 120
_WHOLE = re.compile(r"\.0+\Z")
_ZERO = re.compile(r"0+(?![\d.])|-*\Z")
_BOUNDS_OF_CTIS = frozenset({18, 64, 65})

_YES_NO = re.compile(r"(?P<label>[^:\n]{1,200}):\s*(?P<answer>yes|no)\b", re.IGNORECASE)
# `20,000 (of a part of them: 1,000)`
_SIZE_EXPLAINED = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+) ?\(.*\)", re.ASCII | re.DOTALL)
_SIZE_OF_ARM = re.compile(r"(?:[^;]*[:：])?\s*(\d{1,7})", re.ASCII)
_SUM = re.compile(
    r"(?:(?:grand )?total|sum|all|overall)(?: (?:sample )?size| number)?\s*(?:[:：]\s*)?(\d{1,7})",
    re.ASCII | re.IGNORECASE,
)
# `1-2`, as ChiCTR has it.
_BETWEEN = re.compile(r"(?<=\d)\s*-\s*(?=\d\Z)")
_PHASE_IN_BRACKETS = re.compile(r"\(phase (i{1,3}|iv)\)", re.IGNORECASE)
_DESIGN = re.compile(r"(?P<label>[A-Z][A-Za-z ]{3,30}): ?(?P<value>[^:]*?)(?:\. (?=[A-Z][A-Za-z ]{3,30}:)|\.? ?\Z)")

# IRCT's labels of a design, as API v2 has them.
_DESIGN_OF_IRCT = {
    "randomization": "allocation",
    "blinding": "masking",
    "assignment": "intervention model",
    "purpose": "primary purpose",
}

# The answers of section F of EudraCT's form, which ICTRP appends to the inclusion criteria.
_ANSWERS = re.compile(r"^\s*Are the trial subjects under 18\?", re.IGNORECASE | re.MULTILINE)
_ANSWERED = {
    "CHILD": re.compile(r"under 18\?\s*(yes|no)", re.IGNORECASE),
    "ADULT": re.compile(r"Adults \(18-6[45] years\)\s*(yes|no)", re.IGNORECASE),
    "OLDER_ADULT": re.compile(r"Elderly \(>=? ?65 years\)\s*(yes|no)", re.IGNORECASE),
}
_HEADING = re.compile(r"(?<!\s)\s*(?:key |main )?(?:in|ex)clusion criteria\s*[:：]?[ \t]*", re.IGNORECASE)
_BOTH_SIDES = re.compile(r"^[\s*-]*exclusion criteria\b", re.IGNORECASE | re.MULTILINE)

_NUMBERED = re.compile(r"(?:^|(?<=\s))(?:Health )?Condition \d{1,2}:\s*")
_TYPED = re.compile(r"([A-Z][A-Za-z/ ]{2,30}):\s*(\S.*)", re.DOTALL)
_CODE = re.compile(r"[A-Z]\d{2}(?:\.\d+)?|[A-Z]\d{2}(?:\.\d+)?\s*-.*")
_CLASS = re.compile(
    r"therapeutic area:.*|(?:MedDRA )?version: ?\d.*|[A-Z][A-Za-z ,/&()]+ - [A-Z].*|[?\s.,()-]+", re.IGNORECASE
)
_BULLET = re.compile(r"[-–*•·]\s*(?=\w)")

_FRAME = re.compile(r"(?P<measure>.+?) ?\[ ?(?:time ?frame ?:? ?)?(?P<frame>[^\[\]]+)\]\.?", re.IGNORECASE | re.DOTALL)
_IN_WORDS = re.compile(
    r"(?P<measure>.+?)\.? Timepoint: ?(?P<frame>.+?)\.?(?: Method of measurement: ?(?P<method>.+?))?\.?",
    re.DOTALL,
)
_PRODUCT = re.compile(
    r"(?:^|(?<=[,;]))[ \t]*(?P<label>Trade|Product) Name:(?P<name>[^\n;]*?)(?=,[A-Z][A-Za-z ]{2,40}:|[\n;]|\Z)",
    re.MULTILINE,
)
_LABELLED = re.compile(
    r"(Main Objective|Secondary Objective|(?:Primary|Secondary) end point\(s\)"
    r"|Timepoint\(s\) of evaluation of this end point)\s*:",
    re.IGNORECASE,
)


def compact_date(fields: ExportFields, text: str, place: FieldLocation) -> str | None:
    """`20200117` as an ISO date."""
    match = _DAY.fullmatch(text.strip())
    return fields.date("-".join(match.groups()) if match else text, place)


def date(fields: ExportFields, text: str, place: FieldLocation) -> str | None:
    if _DAY_FIRST.fullmatch(text.strip()) and (day := read_date(text.strip(), day_first=True).date):
        return fields.date(day, place)
    return fields.date(text.split(" 00:00:00")[0], place)


def age(fields: ExportFields, text: str, place: FieldLocation, registry: Registry | None, key: str) -> str | None:
    """An age limit as API v2 spells it: `18 Years`. None if there is no limit.

    ChiCTR gives ages in years, without saying so in the export, and CTIS the bounds of its groups of adults; a bare
    number of another register is not an age.
    """
    folded = fold(text)
    if _NO_LIMIT.fullmatch(folded):
        return None
    match = _AGE.fullmatch(folded)
    number = float(match["number"]) if match else 0
    bare = match is not None and not match["years"] and not match["unit"]
    wrong_way = match is not None and match["sign"] and (match["sign"] in (">=", "=>", "≥")) != (key == "minimumAge")
    is_nobody = key == "maximumAge" and number == 0
    in_years = registry is chictr.REGISTRY or (registry is ctis.REGISTRY and number in _BOUNDS_OF_CTIS)
    if match is None or wrong_way or is_nobody or (bare and (not in_years or number > _OLDEST)):
        fields.leave("unknown-value", f"{folded!r} is not an age: a number and a unit of time", folded, place)
        return None
    unit = "Years" if not match["unit"] else match["unit"].title().removesuffix("s") + "s"
    printed = _WHOLE.sub("", match["number"])
    spelled = f"{printed} {unit}"
    if "." in printed or (years(spelled) or 0) > _OLDEST:
        fields.leave("unknown-value", f"{folded!r} is not an age that API v2 can hold", folded, place)
        return None
    return f"{printed} {unit.removesuffix('s') if printed == '1' else unit}"


def is_limit(text: str) -> bool:
    """Whether a text says that there is a limit of age, however it says so: neither nothing nor zero."""
    return not _NO_LIMIT.fullmatch(fold(text)) and not _ZERO.match(fold(text))


def sex(fields: ExportFields, text: str, place: FieldLocation) -> str | None:
    """`Both`, `Male and Female`, or an answer for each: `Female: yes`, `Male: no`."""
    answers = {match["label"].strip().lower(): match["answer"].lower() for match in _YES_NO.finditer(text)}
    if answers:
        chosen = [name for name in ("female", "male") if answers.get(name) == "yes"]
        text = {2: "all", 1: chosen[0] if chosen else ""}.get(len(chosen), "")
        if not text:
            return None
    return fields.code("sex", fold(text), place)


def size(fields: ExportFields, text: str, place: FieldLocation) -> int | None:
    """`500`, or the sizes of the arms, which add up: `survival group:200;died:200;`."""
    if explained := _SIZE_EXPLAINED.fullmatch(text.strip()):
        fields.leave("no-field", "what a number of participants is", text, place)
        text = explained[1]
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    sums = [match for part in parts if (match := _SUM.fullmatch(part))]
    if len(sums) == 1:
        # With it the arms would add up to twice as many.
        return int(sums[0][1])
    matches = [_SIZE_OF_ARM.fullmatch(part) for part in parts]
    if len(parts) > 1 or (parts and ":" in parts[0]):
        sizes = [int(match[1]) for match in matches if match]
        if len(sizes) == len(parts):
            return sum(sizes)
    return fields.count(text, place)


def phases(fields: ExportFields, text: str, place: FieldLocation) -> list[str]:
    """`Phase 2/Phase 3`, `2`, or an answer for each phase: `Therapeutic exploratory (Phase II): yes`."""
    answers = list(_YES_NO.finditer(text))
    if not answers:
        return fields.phases(_BETWEEN.sub("/", text), place)
    found = [_PHASE_IN_BRACKETS.search(match["label"]) for match in answers if match["answer"].lower() == "yes"]
    codes = [read_code("phases", match[1]) for match in found if match]
    return [code for code in codes if code]


_EUDRACT_DESIGN = {
    "randomised": ("allocation", "RANDOMIZED"),
    "parallel group": ("interventionModel", "PARALLEL"),
    "cross over": ("interventionModel", "CROSSOVER"),
    "open": ("masking", "NONE"),
    "single blind": ("masking", "SINGLE"),
    "double blind": ("masking", "DOUBLE"),
}


# What registers call the parts of a design, and what they say of each.
_KINDS = {
    "allocation": "allocation",
    "randomization": "allocation",
    "masking": "masking",
    "blinding": "masking",
    "assignment": "interventionModel",
    "intervention model": "interventionModel",
    "purpose": "primaryPurpose",
    "primary purpose": "primaryPurpose",
    "study design purpose": "primaryPurpose",
}
_CODES_OF_KIND = {
    "allocation": {
        "randomized": "RANDOMIZED",
        "randomised": "RANDOMIZED",
        "randomised controlled trial": "RANDOMIZED",
        "randomized controlled trial": "RANDOMIZED",
        "randomized controlled study": "RANDOMIZED",
        "non-randomised trial": "NON_RANDOMIZED",
        "non-randomized controlled trial": "NON_RANDOMIZED",
        "non-randomized controlled study": "NON_RANDOMIZED",
        "not randomized": "NON_RANDOMIZED",
        "single arm study": "NA",
        "n/a: single arm study": "NA",
    },
    "masking": {
        "open": "NONE",
        "open (masking not used)": "NONE",
        "open label": "NONE",
        "not blinded": "NONE",
        "single blinded": "SINGLE",
        "double blinded": "DOUBLE",
        "double blind": "DOUBLE",
        "triple blinded": "TRIPLE",
    },
    "interventionModel": {
        "parallel": "PARALLEL",
        "single": "SINGLE_GROUP",
        "single group": "SINGLE_GROUP",
        "single (group)": "SINGLE_GROUP",
        "crossover": "CROSSOVER",
        "factorial": "FACTORIAL",
    },
    "primaryPurpose": {
        "treatment": "TREATMENT",
        "prevention": "PREVENTION",
        "diagnosis": "DIAGNOSTIC",
        "diagnostic": "DIAGNOSTIC",
        "screening": "SCREENING",
        "supportive care": "SUPPORTIVE_CARE",
    },
}
_WORDS_OF_DESIGN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "randomized": (("allocation", "RANDOMIZED"),),
    "randomised": (("allocation", "RANDOMIZED"),),
    "randomized controlled trial": (("allocation", "RANDOMIZED"),),
    "randomised controlled trial": (("allocation", "RANDOMIZED"),),
    "randomized-controlled": (("allocation", "RANDOMIZED"),),
    "non-randomized": (("allocation", "NON_RANDOMIZED"),),
    "non-randomized controlled trial": (("allocation", "NON_RANDOMIZED"),),
    "parallel": (("interventionModel", "PARALLEL"),),
    "parallel group": (("interventionModel", "PARALLEL"),),
    "parallel assignment": (("interventionModel", "PARALLEL"),),
    "parallel randomized": (("interventionModel", "PARALLEL"), ("allocation", "RANDOMIZED")),
    "parallel non-randomized": (("interventionModel", "PARALLEL"), ("allocation", "NON_RANDOMIZED")),
    "single arm": (("interventionModel", "SINGLE_GROUP"),),
    "single arm trial": (("interventionModel", "SINGLE_GROUP"),),
    "single assignment": (("interventionModel", "SINGLE_GROUP"),),
    "cross-over": (("interventionModel", "CROSSOVER"),),
    "crossover assignment": (("interventionModel", "CROSSOVER"),),
    "factorial": (("interventionModel", "FACTORIAL"),),
    "open(masking not used)": (("masking", "NONE"),),
    "single blind": (("masking", "SINGLE"),),
    "double blind": (("masking", "DOUBLE"),),
    "treatment purpose": (("primaryPurpose", "TREATMENT"),),
    "prevention purpose": (("primaryPurpose", "PREVENTION"),),
}
_PHRASES = (
    ("allocation", re.compile(r"\brandomi[sz]ed\b", re.IGNORECASE), "RANDOMIZED"),
    ("masking", re.compile(r"\bdouble[- ]blind", re.IGNORECASE), "DOUBLE"),
    ("masking", re.compile(r"\bsingle[- ]blind", re.IGNORECASE), "SINGLE"),
    ("masking", re.compile(r"\bopen[- ]label", re.IGNORECASE), "NONE"),
)
_NOT_RANDOM = re.compile(r"\b(?:non|not|no|quasi|un|pseudo)[- ]?randomi", re.IGNORECASE)
_TRIAL = re.compile(r" (?:trial|study)\Z")
_LONGEST_DESIGN = 100


def design(fields: ExportFields, text: str, place: FieldLocation) -> dict[str, Any]:
    """designInfo of the sentences of ClinicalTrials.gov, or of EudraCT's answers; another design is left whole."""
    answers = {match["label"].strip().lower(): match["answer"].lower() for match in _YES_NO.finditer(text)}
    if "randomised" in answers and "double blind" in answers:
        said = [
            _EUDRACT_DESIGN[label] for label, answer in answers.items() if answer == "yes" and label in _EUDRACT_DESIGN
        ]
        info: dict[str, Any] = {}
        for key, code in said:
            if [one for one, _ in said].count(key) == 1:
                info.update({"maskingInfo": {"masking": code}} if key == "masking" else {key: code})
        return info
    parts = [
        DesignPart(_label(match["label"]), match["value"].strip(), match[0].strip())
        for match in _DESIGN.finditer(fold(text))
    ]
    known = [part for part in parts if part.label.lower() in ("allocation", "intervention model", "primary purpose")]
    if known and sum(len(part.printed) for part in parts) > len(fold(text)) * 0.9:
        return design_info(fields, parts, place)
    fields.leave("no-field", "a design in the register's own words", text, place)
    return _own_design(fold(text))


def _own_design(text: str) -> dict[str, Any]:
    """What a design in a register's own words says in one of the ways in which registers say it."""
    said: dict[str, set[str]] = {}
    for piece in re.split(r"[;,]|\. ", text):
        label, colon, value = (part.strip(" .").lower() for part in piece.rpartition(":"))
        kind = _KINDS.get(label) if colon else None
        code = _CODES_OF_KIND.get(kind, {}).get(value) if kind else None
        words = () if colon else _WORDS_OF_DESIGN.get(value) or _WORDS_OF_DESIGN.get(_TRIAL.sub("", value), ())
        for key, one in [(kind, code)] if kind and code else words:
            said.setdefault(key, set()).add(one)
    if not said and ":" not in text and len(text) <= _LONGEST_DESIGN:
        for key, pattern, code in _PHRASES:
            if pattern.search(text) and not _NOT_RANDOM.search(text):
                said.setdefault(key, set()).add(code)
    info: dict[str, Any] = {}
    for key, codes in said.items():
        if len(codes) == 1:
            code = next(iter(codes))
            info.update({"maskingInfo": {"masking": code}} if key == "masking" else {key: code})
    return info


def _label(printed: str) -> str:
    return _DESIGN_OF_IRCT.get(printed.lower(), printed)


def numbered(parts: Iterable[str]) -> list[str]:
    """The values of a text that numbers them, as IRCT does: `Condition 1: Atherosclerosis. Condition 2: Angina.`

    Bullets are none of the name where there are several; a single hyphen may be what is left of a Greek letter.
    """
    found: list[str] = []
    parts = list(parts)
    if sum(bool(_BULLET.match(part)) for part in parts) > 1:
        parts = [_BULLET.sub("", part, count=1) if _BULLET.match(part) else part for part in parts]
    for part in parts:
        first, *others = _NUMBERED.split(part)
        found += [one for one in (first.strip(), *(other.strip(" .") for other in others)) if one]
    return found


def is_condition(part: str) -> bool:
    """Whether a part names a condition: not a code of ICD-10, a class of conditions, or letters that were lost."""
    return not (_CODE.fullmatch(part) or _CLASS.fullmatch(part))


def interventions(text: str) -> list[dict[str, Any]]:
    """`Drug: A;Device: B`: each with its type, or the products of EudraCT's form. Nothing if one has no type."""
    if products := _products(text):
        return [{"name": name} for name in products]
    found: list[dict[str, Any]] = []
    for part in filter(None, map(fold, text.split(";"))):
        match = _TYPED.fullmatch(part)
        code = read_code("intervention_type", match[1]) if match else None
        if match and code:
            found.append({"type": code, "name": match[2]})
        elif found and not match:
            # A semicolon within a name.
            found[-1]["name"] += f"; {part}"
        else:
            return []
    return found


def _products(text: str) -> list[str]:
    """The names of products: `Trade Name: A`, `Product Name: B`, in lines or with commas between them."""
    made: list[dict[str, str]] = []
    for match in _PRODUCT.finditer(text):
        label, name = match["label"].lower(), fold(match["name"]).strip(" .")
        if not made or label in made[-1] or label == "trade":
            made.append({})
        if any(map(str.isalpha, name)) and not _NO_LIMIT.fullmatch(name):
            made[-1][label] = name
    return list(dict.fromkeys(one.get("product") or one["trade"] for one in made if one))


def outcomes(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The outcomes of a text, and what is none: headings, and the objectives that EudraCT's form has with them."""
    if _LABELLED.search(text):
        return _labelled_outcomes(text)
    lines = [fold(part).strip(" ;") for part in re.split(r"[;\n]", text) if fold(part).strip(" .-")]
    # A number makes an outcome of it, and so does an end of the text below.
    headings = [line for line in lines[:-1] if line.endswith(":") and not line[0].isdigit()]
    return [_outcome(line) for line in lines if line not in headings], headings


def _outcome(text: str) -> dict[str, Any]:
    match = _IN_WORDS.fullmatch(text) or _FRAME.fullmatch(text)
    if match is None:
        return {"measure": text}
    method = match.groupdict().get("method")
    return {"measure": match["measure"].rstrip("."), "timeFrame": match["frame"].strip(), "description": method}


def _labelled_outcomes(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    pieces = _LABELLED.split(text)
    said = {label.lower(): fold(value).strip(" ;") for label, value in zip(pieces[1::2], pieces[2::2], strict=True)}
    left = [f"{label}: {value}" for label, value in said.items() if "objective" in label and value]
    end_point = said.get("primary end point(s)") or said.get("secondary end point(s)")
    frame = said.get("timepoint(s) of evaluation of this end point")
    return ([{"measure": end_point, "timeFrame": frame}] if end_point else []), left


def without_answers(inclusion: str) -> tuple[str, str]:
    """The inclusion criteria, and the answers of section F that follow them."""
    match = _ANSWERS.search(inclusion)
    return (inclusion[: match.start()].rstrip(), inclusion[match.start() :]) if match else (inclusion, "")


def age_groups(answers: str) -> list[str]:
    """stdAges, as the answers state them; none if one of them is not answered."""
    found = {group: pattern.search(answers) for group, pattern in _ANSWERED.items()}
    return (
        [group for group, match in found.items() if match and match[1].lower() == "yes"] if all(found.values()) else []
    )


def criteria(inclusion: str, exclusion: str) -> str | None:
    """Both columns as one text under headings; ClinicalTrials.gov's rows have both sides in the first one."""
    if inclusion and not exclusion and _BOTH_SIDES.search(inclusion):
        return inclusion
    sides = [
        (name, _HEADING.sub("", text, count=1)) for name, text in (("Inclusion", inclusion), ("Exclusion", exclusion))
    ]
    return "\n\n".join(f"{name} Criteria:\n\n{text.strip()}" for name, text in sides if text.strip()) or None


def contacts(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The contacts: parts of the same number in each column belong together."""
    columns = {
        key: [part.strip() for part in texts.get(name, "").split(";")]
        for key, name in (("first", "contactfirstname"), ("last", "contactlastname"))
    }
    ways = {
        key: [part.strip() for part in texts.get(name, "").split(";")]
        for key, name in (("phone", "contacttel"), ("email", "contactemail"))
    }
    count = max(len(parts) for parts in (*columns.values(), *ways.values()))
    found: list[dict[str, Any]] = []
    for at in range(count):
        first, last = (parts[at] if at < len(parts) else "" for parts in columns.values())
        name = fold(f"{first} {last}".strip("& "))
        if not any(map(str.isalpha, name)):
            continue
        contact = {"name": name, **{key: parts[at] for key, parts in ways.items() if at < len(parts) and parts[at]}}
        if contact not in found:
            found.append(contact)
    return found
