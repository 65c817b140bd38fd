"""What of a text is a unit, where it stands behind a number.

10 |mg/kg/day| orally        2.5 |x ULN|         100 |cells per microlitre|       5 |drinks a day|
"""

from __future__ import annotations

import re
from functools import cache

from parser.values.unit_table import alternatives, forms

# --- What of a text is a unit ---

# A form ends before the next letter, and is no part of a compound such as `cell-based`.
_END = (
    r"(?:\(e?s\))?(?:(?<=[%‰°˚℃℉])|(?![^\W_]|-(?:based|CSF|derived|free|index|like|line|mediated|of|positive|related"
    r"|specific|to|type)\b))"
)
_POWER = (
    r"(?:\s?\\?\^\s?(?:-?[1-6]|\(\s?-?[1-6]\s?\))|\*\*\s?-?[2-6]|\\?\*[23](?![\d.,])|[⁺⁻]?[¹²³⁴⁵]"
    r"|(?<=[mM])[2-5](?![.,]?\d)|(?<=[lL])3(?![.,]?\d)|\(\s?[23]\s?\)|(?<=[cm]m)\s3(?![\d.,])"
    r"|(?<=m)\s(?:squared|cubed)|(?:(?<=er)|(?<=re)|(?<=rs))\ssquared?)(?![^\W_])"
)
# The powers that metres of a body surface have, and those that stand behind a sign of multiplication.
_SMALL_POWER = r"(?:(?:\s?\\?\^\s?)?(?:-?[1-5]|\(-?[1-5]\))|\s2(?![\d.,])|\*\*?2|[⁺⁻]?[¹²³]|\ssquared?)"
_SQUARE = r"(?i:square|sq\.?|cubic|cu\.?)\s?(?:[cm]?m|(?:[cC]enti|[mM]illi)?[mM]et(?:er|re)s?)"
_NUMBER = (
    r"(?:(?:1\s?[x×*]\s?)?10\s?(?:\\?\^|\\?\*{1,2}|[eE])\s?\(?\d{1,2}\)?|10[⁰¹²³⁴-⁹]{1,2}"
    r"|\d{1,3}(?:[ ,]\d{3}){1,2}(?!\d)|\d{1,5}(?:[.,·]\d{1,2})?"
    r"|(?:(?:1|one|a)\s)?(?:hundred|thousand|million)(?![^\W_]))[\s-]?"
)
# Behind a number below stands what makes a rate of it (`/24 h`, `/100 mL`): two masses are the strengths of two drugs.
_COUNTABLE = (
    r"(?:(?:[mdµu]|mc)?[lL]\b|[cm]m\s?[(\\^23²³]|m2|cc\b|milli[lm]|lit|micro|deci|cubic|d\b|h\b|hr|min|sec|s\b|hour|day|wk"
    r"|week|mo\b|month|y|(?i:cells?|HPF|high|person|patient|subject|PBMC|[WR]BC|leu[kc]o|CD4|lympho|PMN|eryth|red\b|white)"
    r"|(?:(?<=10)|(?<=00)|(?<=10 )|(?<=00 ))k?g(?:rams?)?\b)"
)
# Two times are two times (`4 weeks/8 weeks`), and so are two volumes.
_NO_RATE = "".join(f"(?<!{word}s)(?<!{word})" for word in ("day", "week", "month", "year", "hour", "min", "L", "l"))
_JOIN = (
    rf"(?:(?=\s{{0,2}}/\s{{0,2}}[\dhtmo]){_NO_RATE}\s{{0,2}}/\s{{0,2}}{_NUMBER}(?={_COUNTABLE})"
    rf"|\s{{0,2}}/\s{{0,2}}(?:per\s)?"
    rf"|\s{{0,2}}(?<![^\W\d_])per\s{{1,2}}(?:(?:each|an?|the|one)\s)?(?:{_NUMBER}(?={_COUNTABLE}))?"
    r"|\s(?:an?|each)\s(?:single\s)?(?=day|week|month|year|hour|min|sec|night|fortnight))"
)
_BODY_SURFACE = rf"1[.,·]\s?73(?:\s{{0,2}}(?:square\s|sq\.?\s?)?m(?:et(?:er|re)s?)?{_SMALL_POWER}?(?![^\W_])|(?!\d))"
# What divides without doubt, even a word that is not known.
_SURE = (
    r"(?:[kK][gG]|(?:[mdµuMD]|mc)?[lL]|[mM]\\?\^?[2²]|[cm]m\\?\^?[23²³]|cumm|cmm|cc|h|hr|hour|min|minute|sec|s|d|day|wk"
    r"|week|mo|month|yr|year|HPF|hpf|micro(?:liter|litre|L)|milli(?:liter|litre)|lit(?:er|re)|kilogram|cubic|cu)(?![^\W_])"
)
# What a sign of multiplication may lead to: where it is only a full stop, two sentences may have run together.
_FACTOR = (
    rf"(?:{_BODY_SURFACE}|(?:[kK]g|m|h|hr|hrs|hours?|min|minutes?|s|sec|days?|d|wk|weeks?|[mdµ]?L|[md]l|[cm]m)"
    rf"{_SMALL_POWER}?(?![^\W_]))"
)
# What a number may be followed by without a numerator: `150 /mm3`, `2 per day`, but not `120/mmHg` or `3/5 patients`.
_LEADING = (
    rf"(?![/p])|(?!/|per\s)"
    rf"|(?=(?:/\s?(?:{_NUMBER}(?=[mdµu]?[lL]\b|[cC]ells?\b|HPF|hpf|PBMC|[WR]BC))?|per\s+(?:{_NUMBER})?)"
    r"(?i:(?:[mdµu]|mc)?L3?\b|kg\b|m2|m²|m\\?\^2|cc\b|cmm|cumm|mmc|d\b|h\b|mo\b|s\b|g\b|cells?\b|HPF|PBMCs?\b|[WR]BCs?\b"
    r"|mm\s?(?:\(?3|³|\\?\^|\*)|cu[. ]|cubic|micro|milli|deci|lit(?:er|re)|(?:day|week|month|year)(?!\s\d)|wk|yr|hour"
    r"|hr|min|sec|night|patient|person|kilogram|gram))"
)
_PERIODIC = (
    r"(?<!%)(?<!weeks)(?<!months)(?<!fraction)(?<!dose)(?<!day)(?:\s{1,2}|/)(?:hourly|daily|nightly|weekly|monthly|yearly"
    r"|annually)(?![\w-])"
)
_OF_BODY = (
    r"(?:(?<=[kK][gG])|(?<=[mM][2²])|(?<=ogram))\s?(?:of\s)?(?:(?:the|actual|ideal|adjusted|lean|total|predicted|dry"
    r"|estimated|current)\s){0,2}(?:body[\s-]?(?:weight|wt|mass|surface(?:\sarea)?)|[AILPT]?BWT?|bw|b\.w\.|BSA)(?![^\W_])"
)

# --- Words that stand with a unit ---

ADJECTIVES = (
    "calendar|consecutive|working|business|full|elimination|plasma|terminal|biological|drug|serum|standard|alcoholic"
    "|alcohol|ETDRS|coated|film-coated"
)
# Words that may come between a number and what is counted, but do not say what it is.
_NO_NOUN = (
    r"(?!(?:a|an|and|are|as|at|by|for|from|in|is|least|less|more|most|of|on|once|or|other|over|per|than|the|then|thrice"
    r"|time|times|to|twice|until|up|was|were|with|x)\b)"
)
_CELLS = rf"(?![xXeE]\d)(?:{_NO_NOUN}[A-Za-z][\w+-]{{0,15}}[\s/]){{1,4}}(?:[cC]ells|cell(?=\s?/))"
_COUNTED = (
    rf"{_NO_NOUN}[A-Za-z][A-Za-z+-]{{1,14}}(?:(?=(?:\s?/\s?|\sper\s){_SURE})|(?:\s{_NO_NOUN}[a-z][a-z-]{{1,14}}){{0,2}}"
    r"(?=\sper\s(?:\d{1,3}[\s-])?(?:day|week|month|year|hour|minute|night|cycle|session)|\s(?:an?|each)\s(?:day|week"
    r"|month|year|hour|minute|night)\b))"
)
FILLERS = (
    "of|the|their|its|institutional|institution's|institution|institute's|laboratory's|laboratory|lab|local|site|central"
    "|respective|applicable|age-adjusted|age-specific|range|value|values"
)
_TIMES_SIGNS = ("[xX×*·]", "[xX×*·] ", "times ", "fold ", "above ", "than ", "over ")
_LIMIT = (
    rf"(?:(?:{FILLERS})\s){{0,4}}(?:(?i:ULN|UNL|LLN|ULRR|IULN)(?:'?s)?|(?:[nN]ormal\s)?(?:[uU]pper|[lL]ower)"
    rf"(?:\s(?:{FILLERS}|limits?|normal|levels?|bound|reference)){{1,7}}(?<!of)(?<!the))"
    rf"|(?:{'|'.join(f'(?<={sign})' for sign in _TIMES_SIGNS)})(?:(?:{FILLERS})\s){{0,4}}(?:[nN]orm(?:al)?|[bB]aseline"
    r"|limits?\sof\snormal|N|NL|URL)(?:\s(?:limits?|levels?|values?|range))?"
)
# Words that are no unit are the most frequent ones, so they are the first to be known.
_NO_UNIT = (
    r"(?![-.·*×(\s]|(?:and|are|as|at|by|for|from|in(?!\.)|is|on|or|to|was|were|will|with"
    r"|of\s(?!(?:the\s)?(?:[UL]LN|upper|lower|norm|instit)))\b)"
)
# A singular in front of what it only describes: `24 hour urine` is a way to collect, not a length of time. And what is
# rather an abbreviation than a unit in capitals.
_TRAP = (
    r"(?!(?:day|hour|hr|minute|min|week|month|year|h)\s(?:mortality|survival|urin|walk|recall|holter|ambulatory|rate\b"
    r"|risk|incidence|PFS|OS\b|DFS|RFS|EFS|diary|glucose tol|OGTT|ABPM|creatinine|protein)"
    r"|(?:MM|NG|PG|FG|UG)\b(?!\s?/))"
)


def _behind(letter: str, *numbers: str) -> str:
    """A letter that is a unit only behind some numbers; a pattern cannot look back over a blank that may be there."""
    return f"{letter}(?:{'|'.join(f'(?<={number}{blank}{letter})' for number in numbers for blank in ('', ' '))})"


# Single letters are units only where nothing else is likely: `2D`, `1L`, `Grade 3C`, `the 1990s` and `3 m` are none.
_TIME_LETTERS = (
    r"d(?!\s?(?:print|imag|echo|conf|scan|model|guid|visual))|s(?<!their \d\ds)(?<!\d\d\d\ds)(?!\s?r?RNA)"
    r"|H(?<=\dH)(?!-)"
)
_LETTERS = "|".join(
    (
        _TIME_LETTERS,
        r"[lL](?:(?<=\d [lL])|(?<=\d\dL)|(?<=[.,]\dL)|(?=\s?/|\s(?:of|per|given|normal|saline|iv|IV|fluid|oxygen)\b))"
        r"(?!\+)",
        r"(?:(?<=/)|(?<=/ )|(?<=per ))(?:[mM]\s2(?![\d.,-])|[lLUHmM])",
        r"(?:lt|Lt|ltr)(?=\s?/)",
        rf"[mM](?={_POWER})",
        r"m(?=\s?/\s?(?:s|sec|min|h)\b)",
        _behind("m", r"\d{3}", r"[.,]\d", r"[.,]\d\d") + r"(?!\s?/)",
        r"G(?=\s?/\s?d[lL])|[KkMGT](?=\s?/\s?(?:(?:[mµud]|mc)?[lL]\b|mm|cu|cmm))|(?:c|cps?)(?=\s?/\s?m[lL])",
        r"U(?!\.S)|u(?=\s?/|\sper\b)",
        r"W(?:(?<= W)(?!-)|(?=\s?/\s?(?:cm|m|kg)))",
        _behind("C", r"3[3-9]", r"3[3-9][.,]\d", r"4[0-2]", r"4[0-2][.,]\d") + "(?!-)",
        _behind("F", r"9\d", r"9\d[.,]\d", r"10\d", r"10\d[.,]\d") + "(?!-)",
        _behind("D", r"[.,]\d", r"[.,]\d\d") + "(?!-)",
        r"D(?<=\d D)(?=\s?(?:[;)]|,\s|\.\s|\Z|(?:of|or|and|in|to|sph|cyl|myop|hyperop|astig)\b))",
        r"[°º˚](?!\s?(?:[CF]\b|type|AV|degree|block|end|out|hyper|phase))",
        r"N(?:(?<=\dN)|(?<=[xX×*]N)|(?<=[xX×*] N))(?![-+/=])",
    )
)


@cache
def unit_pattern() -> str:
    """A regular expression for the longest unit right behind a number and blanks.

    It has no groups, looks back at the number, and takes at most eight parts; a unit that is not known is taken where a
    known one divides it (`foo/mL`). It is made when it is first asked for, as that takes some milliseconds.
    """
    plain, nouns = [], []
    for form in forms():
        marks = form.atom.marks
        if marks & {"below", "rate"}:
            nouns.append(form)
        elif not (marks & {"guard", "times"} or form.atom.dimension == "limit"):
            plain.append(form)
    ended = f"(?:{_POWER}|{_END})"
    parts = (
        rf"{_JOIN}?(?:(?:{ADJECTIVES})\s){{0,2}}(?:{alternatives(plain)}|{_SQUARE}|{_LETTERS}){ended}",
        rf"{_JOIN}(?:{_BODY_SURFACE}|{alternatives(nouns)}{ended})",
        rf"(?:{_LIMIT}|{_CELLS}){_END}",
        _COUNTED,
        rf"\s{{0,2}}/\s?\(\s?{_FACTOR}(?:\s?[·*×./x]\s?{_FACTOR}){{0,2}}\s?\)",
        rf"\(/\s?{_FACTOR}\)",
        rf"(?:\s?[·*×]\s?|[.-]){_FACTOR}",
        rf"\s?x\s?{_BODY_SURFACE}",
        _OF_BODY,
        r"\s(?:[kK]g|m|min|h|hr|s|d|day|[mdµ]?[lL])(?:-[1-3](?![\d.])|⁻[¹²³]|\^-\d)(?![^\W_])",
    )
    return rf"{_NO_UNIT}{_TRAP}(?:{_LEADING})(?:{'|'.join(parts)}){{1,8}}(?:{_PERIODIC})?"


@cache
def unit_words() -> frozenset[str]:
    """The words that a unit of the table can begin with, and those that stand in front of one, in lower case."""
    texts = [form.text for form in forms()] + [ADJECTIVES, FILLERS, _LEADING]
    return frozenset(word for text in texts for word in re.findall("[a-z]+", text.lower()))
