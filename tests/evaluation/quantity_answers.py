"""Annotated values and times as numbers with bounds, read from the annotated words alone.

This reader shares no code with the package. An annotation says where a value is, so a few regular expressions do:
numbers are found, and what is between two of them is split into a unit, a joining word and a comparator.
Words that hold no value that a program should find are not answers, and `NoAnswer` says why. What a text leaves open
(a sign that was lost, a value restated in parentheses) has several readings, and any of them is right.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class NoAnswer(Exception):
    """The words hold no value that can be compared; the message is the reason, for counting."""


class Bounds(NamedTuple):
    """A value in full magnitude. None is not a bound; `unit` is what is after the number, empty if nothing does."""

    low: float | None
    low_inclusive: bool
    high: float | None
    high_inclusive: bool
    unit: str = ""

    @property
    def numbers(self) -> tuple[float, ...]:
        return tuple(sorted({number for number in (self.low, self.high) if number is not None}))


Reading = tuple[Bounds, ...]

_SIGNS = {"≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "＞": ">", "＜": "<", "＝": "="}
_PLAIN = {"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "×": "x", "\u00a0": " ", "∼": "~", "～": "~", "\\": ""}
_FOLDED = str.maketrans(_SIGNS | _PLAIN)
# Some of the texts were written through R, which spells what its code page lacks by number.
_SPELLED = re.compile(r"<U\+([0-9A-F]{4})>")

_WORDS = "one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS = dict(zip(_WORDS.split(), range(1, 13), strict=True)) | {
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "twice": 2, "double": 2,
    "triple": 3, "half": 0.5, "½": 0.5,
}  # fmt: skip

# A digit after a letter belongs to a name or a unit: HbA1c, mm3, h-1, cm^2.
_NUMBER = re.compile(
    r"(?:(?<![^\W\d_])(?<![\d.,^])(?<![^\W\d_]-)|(?<=x))"
    r"(?P<sign>(?:\A|(?<=[<>=])|(?<=[<>=] )|(?<=and )|(?<=to )|(?<=than )|(?<=of ))-(?=[\d.]))?"
    r"(?:(?P<weeks>\d{1,2}) (?P<days>[0-6])/7"
    r"|(?P<digits>\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
    rf"|\b(?P<word>{'|'.join(NUMBER_WORDS)})\b)"
    r"(?P<power>\s*x?\s*(?<!\d)10\s*(?:\^|\*{1,2}|e)\s*\(?-?\d{1,2}\)?\*?|\s*x\s*10\s?-?\d{1,2}(?![\d.,])"
    r"|\*{1,2}\d{1,2}\*?|\^\d{1,2}|\s*x\s*1000(?!\d)|\s?k(?=/))?"
)
# A number after a slash or "per" is part of the unit.
_IN_UNIT = re.compile(
    r"(?<=[a-z])\s?/\s*1[.,]7\d?|\b1[.,]73(?=\s?m)|\bper\s+\d+(?:[.,]\d+)?|(?<=[a-z]/)\d{2,3}(?=\s?[a-z])"
)
_GLUED = re.compile(r"\b(or|and|to|is|than|time)(?=\d)")
_GLUED_RANGE = re.compile(r"(\d\s?[a-z%]{1,5})-(?=\d{2})")
_LISTED = re.compile(r"(?<![\d.,])(\d),(\d)(,?(?: or| and|,) ?\d\b)")

_UP = r"(?:greater|more|higher|larger|longer|older|above|over|exceed(?:s|ing)?|after|>)"
_DOWN = r"(?:less|lower|fewer|smaller|shorter|younger|below|under|inferior|before|<)"
_SAME = r"(?:=|equals?)(?:\s*to\b)?"
_AGE = r"(?:the\s+)?(?:ages?|age range)\s*(?:of\b)?"
_FRONT = re.compile(
    rf"(?:(?P<first>{_SAME})\s*(?:or|/)?\s*)?(?P<not>\b(?:no|not|never)\s+(?:be\s+)?)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    rf"(?:\s*than\b)?(?P<last>\s*(?:/|or)?\s*(?:{_SAME}|_))?(?P<open>\s+or\b)?"
    r"|(?P<least>\bat least|\bminimum(?:\s+of)?|\bminimal)|(?P<most>\bat most|\bmaximum(?:\s+of)?|\bup to|\bwithin)"
    r"|(?P<equal>=)"
)
# Between a comparator and its number may be a restatement of it in brackets and a word for what the number is.
_FILLER = re.compile(
    rf"\s*(?:[\[(]\s*[<>=]+\s*[\])])?\s*=?\s*(?:{_AGE}|\b(?:a|an|the|of|grade|class|stage|score|scores|day|days)\b\s*)*"
    r"(?:=\s*)?\Z"
)
_BEHIND = re.compile(
    r"[\s,;(]*(?:(?:or|and|&)\s*(?:is\s+)?(?:(?P<up>more|greater|older|higher|above|over|up|longer|upwards?)"
    r"|(?P<down>less|lower|younger|below|under|fewer|shorter|smaller))\b"
    r"|(?P<least>\bminimum\b|\bat least\s*\Z|\bolder\Z)|(?P<most>\bmaximum\b|\bat most\s*\Z))"
)
_JOIN = re.compile(r"(?:(?:\band|\bor|\bbut|\bto|\bthrough|and/or|&|[-~,/])\s*)+\Z")
_RATIO = re.compile(r"\b20/\d{2,3}\b|\b1/\d{2,4}\b|(?<![\d.])(\d{1,2})/(?:\1|10)\b|\b\d on \d\b")
_WEEKS_AND_DAYS = re.compile(r"(?<![\d.,])\d\d ?\+ ?[0-6](?![\d.,])|\b\d\d-[0-6] weeks|weeks? and \d days?")
_NAME = re.compile(r"\d ?[abAB]\b(?! day)|\d\s?\+|[A-Z]\d-[A-Z]\d|\d-\d+ to \d-\d")
_GARBLED = re.compile(r"\d\.[A-Za-z]|[<>]\D?ô|\d e \d|\d\s*=\s+<|\d \D*[<>]\s*(?:[a-z]|\Z)")
_PRESSURE = re.compile(r"(?<![\d./])(\d{2,3})\s*/\s*(\d{2,3})(?![\d/.])")
_RISEN = re.compile(r"\b(?:higher|greater|more|above|over)\b")
_TIMES = {("month", "year"): 12, ("day", "week"): 7, ("hour", "day"): 24, ("minute", "hour"): 60}
_COUNTS = re.compile(r"\W*(?:/|per\b)?\s*(?:cubic|mm|mcl|ul|µl|μl|microl|cel|cop|cfu|leu|pla)")


class Side(NamedTuple):
    """What a comparator says of its number: that it is the low or the high bound, or ("=", "") neither."""

    bound: str
    inclusive: bool


class Item(NamedTuple):
    """A number on its way to bounds: its values (the most likely first), its comparator, and the separator after it.

    `unit` may be that of the number after it; `shared` says so.
    """

    numbers: tuple[float, ...]
    side: Side
    unit: str
    join: str
    shared: bool = False


PLAIN = Side("", True)


def fold(text: str) -> str:
    """The text in lower case with signs in ASCII."""
    spelled = _SPELLED.sub(lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\s+", " ", spelled.translate(_FOLDED)).lower().strip()


def front_side(text: str) -> Side:
    """What a text says of a number that follows it."""
    for match in _FRONT.finditer(text):
        if _FILLER.match(text, match.end()):
            if match["open"]:
                raise NoAnswer("comparator is garbled")
            if match["equal"]:
                return Side("=", True)
            if match["up"] or match["down"]:
                rises = bool(match["up"]) != bool(match["not"])
                return Side("low" if rises else "high", bool(match["first"] or match["last"] or match["not"]))
            return Side("low" if match["least"] else "high", True)
    return PLAIN


def behind_side(text: str) -> Side:
    """What a text says of a number that it follows; it has to begin with the comparator."""
    match = _BEHIND.match(text)
    if not match:
        return PLAIN
    return Side("low" if match["up"] or match["least"] else "high", True)


def read_values(text: str, behind: str = "") -> list[Reading]:
    """All right readings of an annotated value, the literal one first.

    `behind` is what follows on the line; it only helps with separators (`1.000| CFU`). Raises `NoAnswer`.
    """
    folded = fold(text)
    if _RATIO.search(folded):
        raise NoAnswer("ratio: acuity, titre, score of a maximum")
    if _WEEKS_AND_DAYS.search(folded):
        raise NoAnswer("weeks and days")
    if _NAME.search(text):
        raise NoAnswer("name, sum or grade with a letter")
    if _GARBLED.search(text):
        raise NoAnswer("garbled")
    items, between = read_items(folded.replace("birth to", "0 to"), fold(behind))
    if not items:
        raise NoAnswer("no number")
    readings = _readings(items, between, folded.startswith("±"))
    # Whoever is born is of age 0, so the low bound may be 0 or none.
    born = [(one._replace(low=None, low_inclusive=False), *rest) for one, *rest in readings if "birth" in folded]
    return readings + born


def read_items(text: str, behind: str) -> tuple[list[Item], bool]:
    text = _LISTED.sub(r"\1, \2\3", _GLUED_RANGE.sub(r"\1 - ", _GLUED.sub(r"\1 ", text)))
    text = _IN_UNIT.sub(lambda match: re.sub(r"\d", "#", match[0]), text)
    found = list(_NUMBER.finditer(text))
    edges = [0, *(match.end() for match in found)]
    gaps = [text[start : match.start()] for start, match in zip(edges, found, strict=False)] + [text[edges[-1] :]]
    items: list[Item] = []
    between = bool(re.search(r"\b(?:between|from|range|within the)\b", gaps[0]))
    for at, match in enumerate(found):
        rest, join = _cut_join(gaps[at + 1], last=at + 1 == len(found))
        side = front_side(gaps[at])
        # Whatever is between is part of the annotation: "at least [longest diameter] 2 cm".
        if at == 0 and not (side.bound or between) and (start := _FRONT.match(gaps[0])) and not start["equal"]:
            side = front_side(start[0])
        unit, trailing = _cut_trailing(rest)
        # A comparator in front of a pair such as 140/90 holds for both.
        if items and items[-1].join == "/" and not side.bound and items[-1].side.bound and not trailing.bound:
            side = items[-1].side
        items.append(Item(_values(match, unit or behind), trailing if trailing.bound else side, unit, join))
    return _share(items), between


def _share(items: list[Item]) -> list[Item]:
    """Items without a unit take that of the next, and the first of a pair the comparator after the second."""
    for at in range(len(items) - 2, -1, -1):
        one, other = items[at], items[at + 1]
        if not one.unit and one.join:
            one = one._replace(unit=other.unit, shared=one.join != "/")
        if one.join == "/" and not one.side.bound:
            one = one._replace(side=other.side)
        items[at] = one
    return items


def _cut_join(gap: str, last: bool) -> tuple[str, str]:
    """What is between two numbers, without the comparator of the second, in front of and as the joining word."""
    if last:
        return gap, ""
    for match in _FRONT.finditer(gap):
        if _FILLER.match(gap, match.end()):
            gap = gap[: match.start()]
            break
    match_join = _JOIN.search(gap)
    return (gap[: match_join.start()], match_join[0].strip(" ,") or ",") if match_join else (gap, "")


def _cut_trailing(rest: str) -> tuple[str, Side]:
    for at in [0, *(match.start() for match in re.finditer(r"(?<=[\s)])|(?=or )", rest))]:
        side = behind_side(rest[at:])
        if side.bound:
            return _clean(rest[:at]), side
    return _clean(rest), PLAIN


def _clean(unit: str) -> str:
    """A unit without brackets and stops around it, and without the end of an ordinal number."""
    return re.sub(r"\A(?:st|nd|rd|th)\b\s*", "", unit).strip(" ,;.()[]=:")


def _values(match: re.Match[str], unit: str) -> tuple[float, ...]:
    """The number that a match holds; where a power may have lost its sign (`> 103 IU/mL`), that one second."""
    if match["weeks"]:
        return (int(match["weeks"]) + int(match["days"]) / 7,)
    if match["word"]:
        return (float(NUMBER_WORDS[match["word"]]),)
    digits, power = match["digits"].replace(" ", ""), match["power"]
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        number = float(digits.replace(",", ""))
    elif re.fullmatch(r"\d{1,3}\.000|\d{1,3}\.\d{3}", digits) and _COUNTS.match(unit):
        number = float(digits.replace(".", ""))
    else:
        number = float(digits.replace(",", "."))
    number = -number if match["sign"] else number
    if not power:
        flattened = re.fullmatch(r"10(?:[3-9]|1[0-5])", digits) and re.match(r"\W?(?:iu|cfu|cop|vg)", unit)
        return (number, 10.0 ** int(digits[2:])) if flattened else (number,)
    if power.strip() == "k":
        return (number, number * 1000)
    if power.startswith(("*", "^")):
        return (number ** int(re.sub(r"\D", "", power)),)
    exponent = re.sub(r"\A\s*x?\s*10|[^\d-]", "", power)
    return (number * 1000,) if power.endswith("1000") else (number * 10.0 ** int(exponent),)


def _readings(items: list[Item], between: bool, plus_minus: bool) -> list[Reading]:
    """Items joined into bounds, one reading for each way to understand them."""
    ways = [items]
    # A number whose power may have lost its sign, or printed in thousands.
    ways.append([item._replace(numbers=item.numbers[1:] or item.numbers) for item in items])
    ways.append(_inherited(items))
    # "3 times higher than normal" may be three times or more than that.
    ways.append([item._replace(side=Side("low", False)) if _RISEN.search(item.unit) else item for item in items])
    readings = [join_items(way, between) for way in ways]
    if len(items) == 2:
        readings.append(join_items(items, between, lost=True))
    if plus_minus and len(items) == 1:
        readings.append((Bounds(-items[0].numbers[0], True, items[0].numbers[0], True, items[0].unit),))
    return list(dict.fromkeys(readings))


def _inherited(items: list[Item]) -> list[Item]:
    """A plain value in brackets after one with a comparator restates it (`>50 kg (110 lbs)`): the same holds of it."""
    told = list(items)
    for at in range(1, len(told)):
        if not told[at].side.bound and told[at - 1].side.bound in ("low", "high") and not told[at - 1].join:
            told[at] = told[at]._replace(side=told[at - 1].side)
    return told


def join_items(items: list[Item], between: bool, lost: bool = False) -> Reading:
    """The values that items make: ranges and lists are one, all else is one each.

    With `lost`, `=18 and <75` is one value: the text lost half of a sign there, and as two values it makes no sense.
    """
    bounds: list[Bounds] = []
    waiting = list(items)
    while waiting:
        item = waiting.pop(0)
        if waiting and (joined := _pair(item, waiting[0], between, lost)):
            other = waiting.pop(0)
            # In a list such as "0, 1 or 2" every further number moves the end.
            while waiting and other.join not in ("", "-") and _is_list(other, waiting[0]):
                other = waiting.pop(0)
                joined = joined._replace(high=max(joined.high or 0, other.numbers[0]), unit=other.unit)
            bounds.append(joined)
        else:
            # Of `< 20 or > 35 years` only the second is printed with a unit.
            bounds.append(one_sided(item.numbers[0], item.side, "" if item.shared else item.unit))
    return tuple(bounds)


def one_sided(number: float, side: Side, unit: str) -> Bounds:
    """A number with its comparator; without one it is both bounds."""
    if side.bound == "low":
        return Bounds(number, side.inclusive, None, False, unit)
    if side.bound == "high":
        return Bounds(None, False, number, side.inclusive, unit)
    return Bounds(number, True, number, True, unit)


def _is_list(one: Item, other: Item) -> bool:
    plain = not one.side.bound and not other.side.bound
    # Alternatives with a unit of their own each, or with decimals, are not scales.
    return plain and one.unit == other.unit and all(item.numbers[0] == int(item.numbers[0]) for item in (one, other))


def _pair(one: Item, other: Item, between: bool, lost: bool) -> Bounds | None:
    """Two numbers as the ends of one value, None if they are two values."""
    low, high = one.numbers[0], other.numbers[0] * _factor(one.unit, other.unit)
    unit = other.unit or one.unit if high == other.numbers[0] else one.unit
    ends = Bounds(low, one.side.inclusive, high, other.side.inclusive, unit)
    sides = one.side.bound, other.side.bound
    ranged = one.join in ("-", "~", "to", "through", "to -") or (between and one.join in ("and", ","))
    if sides in (("", ""), ("=", ""), ("", "=")):
        listed = one.join and one.join != "/" and _is_list(one, other)
        if ranged or listed or (one.join == "/" and high == low + 1):
            return ends._replace(low=min(low, high), high=max(low, high))
        if not one.join and not one.unit:
            raise NoAnswer("garbled")
        return None
    if one.join in ("or", "and/or", "/") or low >= high:
        return None
    if sides == ("low", "") and one.join == "-":
        raise NoAnswer("comparator of a range")
    if sides in (("low", "high"), ("low", ""), ("", "high")):
        return ends if sides == ("low", "high") or one.join in ("to", "and", "but") else None
    same = one.unit[:3] == other.unit[:3]
    return ends if lost and same and sides in (("=", "high"), ("=", "=")) else None


def _factor(unit: str, other: str) -> int:
    """How many of the first unit are in the other, for ranges from one to the other (`6 months to 14 years`)."""
    return _TIMES.get((unit.rstrip("s"), other.removesuffix(" old").rstrip("s")), 1)
