"""What of a text is a number, and where one may begin.

100,000      1,5      2½      twenty-four      ten (10)      1.5 x 10^9      20*10⁹      10E6      1.5 x 109

grammars/amount.lark has what a number looks like. Where it ends, and what must not be one, depends on what stands
around it: that is here. What a number is worth is parser/values/amount.py's to say.
"""

from __future__ import annotations

import re

# What is counted in a volume or a body's mass, or is counted at all, right behind a number.
_COUNT = (
    r"(?= ?(?i:(?:/ ?|per )(?:[dmµun]?l|mcl|cc|c?mm(?= ?[\^(]?[3³])|cu\.? ?mm|c[um]mm?|kg|kilo|mi(?:cro|lli)"
    r"|lit(?:er|re))|(?:[\w+-]{1,15} ){0,2}(?:cells?|cels|[cpf]fus?|v[gp]|gc|copies|iu|vector|viral|particles|genomes?"
    r"|tcid ?50|spores|bacteria))(?![a-z]))"
)
_VOLUME = r"(?= ?/ ?(?i:[dmµu]?l|mcl|c?mm ?[\^(]?[3³]|cu\.? ?mm|cumm|cmm|micro)(?![a-z]))"
# What is measured, and has no power of ten bare in front of it: `2 x 105 mg` is 105 mg, twice.
_NO_MEASURE = (
    r"(?! ?(?:%|(?i:m?cg|[mµunkp]?g|gm|grams?|m?l|[cm]?m(?! ?\^?[3³])|mm?ol|mm ?hg|d|days?|w|weeks?|wks?|h|hrs?|hours?"
    r"|min(?:ute)?s?|months?|years?|s|sec(?:ond)?s?|c?gy|mbq|mci|hz|times|rep(?:etition)?s|sets|puffs|tab(?:let)?s"
    r"|cap(?:sule)?s|pills|drops)(?![a-z/])))"
)

# Behind the ends of words that name by a number, `Day 1 500 mg`, `Cohort 2 150 mg`, a blank parts two numbers.
_NAMING = ("ay", "rm", "ose", "art", "eek", "ase", "ype", "tep", "ade", "age", "roup", "isit", "ycle", "evel", "hort")
_NO_NAME = "".join(rf"(?<!{word} )" for word in _NAMING)
# `1,5 and 10 mg` may be a list, and is then none; behind a comparator there is no list.
_NO_LIST = r"(?!,\d{1,12},? ?(?:(?i:and|or)|&) ?\d{1,12}(?![\d.,]))"
_DECIMAL_COMMA = rf"(?:0|(?:(?<=[<>≤≥=])|(?<=[<>≤≥=] ))\d{{1,12}}|\d{{1,12}}{_NO_LIST}),\d{{1,12}}"
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,6})?"
    + rf"|{_NO_NAME}"
    + r"\d{1,3}(?: \d{3}){1,4}(?:[.,]\d{1,6})?"
    + r"|\d{1,3}(?:'\d{3}){1,4}|\d{1,2}(?:,\d\d){1,3},\d{3}|\d{1,12}[.·]\d{1,12}"
    + rf"|{_DECIMAL_COMMA}"
    + r"|\d{1,15}|(?<![)\]%])(?<!\d )\.\d{1,12})"
)
# `00,000` is half of a number. A number ends where no digit follows, with or without a separator, no ordinal's end, and
# nothing that looks like a power of ten but is none that is known, such as `x l09` or `x 9 /L`.
_START = r"(?!0\d{2}|00)"
_END = (
    r"(?!\d|[.,·']\d| ?\^|(?i:st|nd|rd|th)(?![a-z])"
    r"| ?[xX×] ?(?:10 ?[^\w\s.,;:()\[\]/%°+-]|10[ˆ＾]|[lI]0\d|\d{1,2} ?/ ?[lL](?![a-zA-Z])))"
)

_EXPONENT = r"(?:[1-9]|1\d)(?!\d)"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
ORDINALS = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
_SIGNED = r"[+-]?\d{1,2}(?!\d)"
_MARK = (
    rf"(?: ?\^ ?(?:[+-]? ?\d{{1,2}}(?!\d)\^?|[({{\[] ?[+-]?\d{{1,2}} ?[)}}\]])|\*\*{_SIGNED}| ?[⁺⁻]?[{_RAISED}]{{1,2}}"
    rf"|(?i:e| ?exp ?){_SIGNED}"
    rf"|(?i:[ -]to[ -]the[ -](?:power[ -](?:of[ -])?)?(?:-?\d{{1,2}}(?:st|nd|rd|th)?|{ORDINALS})(?![a-z])"
    r"(?:[ -]power(?![a-z]))?))"
)
_MARKED = f"10{_MARK}"
_STARS = rf"10\*[+-]?\d{{1,2}}\*?(?![\d*(]| ?[\^⁺⁻{_RAISED}]|(?i:e)\d)"
_TIMES = r" ?(?:(?i:x|times|multiplied by|х)|[×*·]|Ã[—-]) ?"
_GAPPED = rf"10(?: ?\( ?[+-]?\d{{1,2}} ?\)|[ .]{_EXPONENT}|\^?){_COUNT}"
_ROUND = rf"(?:1(?:[,. ]?000){{1,3}}|100[,. ]?000)(?!\d){_COUNT}"
_FACTOR = r"(?i: ?(?:thousands?|millions?|billions?|trillions?|mio\.?|mln|lakhs?|lacs?|crores?)(?![a-z]))"
_TAIL = (
    rf"(?:{_TIMES}(?:{_MARKED}|{_STARS}|10-?{_EXPONENT}{_NO_MEASURE}|{_GAPPED}|{_ROUND})"
    rf"| ?[.·] ?(?:{_MARKED}|10{_EXPONENT}{_COUNT})| (?:{_MARKED}|(?:{_STARS}|10{_EXPONENT}){_COUNT})"
    rf"|{_FACTOR}{{1,2}}|(?i: ?k){_VOLUME})"
)
_NOTATION = rf"\d{{1,6}}(?:[.,]\d{{1,6}})?(?:(?: ?[xX×] ?)?(?i:e){_SIGNED}| (?i:e)\d{{1,2}}(?!\d){_COUNT})"
_COMPARED = r"(?:(?<=[<>≤≥=])|(?<=[<>≤≥=] ))"
# `≥ 100 (10^9/L)`: the unit stands in brackets, with its power.
_BRACKETED = rf"{_COMPARED}{NUMBER} ?\( ?(?:[xX×*] ?)?(?:{_MARKED}|10{_EXPONENT}{_COUNT})(?=[^()]{{1,20}}\))"
_POWER = (
    rf"(?:{_BRACKETED}|(?:[xX×] ?)?{_MARKED}|{_NOTATION}|{_STARS}{_COUNT}|[xX×] ?10{_EXPONENT}{_NO_MEASURE}"
    rf"|10(?: {_EXPONENT}|\({_EXPONENT}\)){_COUNT}"
    rf"|(?:{_COMPARED}|(?<=of ))10-[2-9](?!\d|[,.]\d){_NO_MEASURE})"
)
_FRACTION = (
    r"(?:\d{0,3} ?[½¼¾⅓⅔⅛⅜⅝⅞]|\d{1,3} [0-9]/[2-9](?!\d)|(?:1/[2-8]|[23]/[3-5])(?= (?i:to \d|tab|cap|tea|table"
    r"|(?:of|an?|the|hours?|days?|weeks?|months?|years?|doses?|pills?|packs?|cups?)(?![a-z]))))"
)
# A list that is printed without blanks, `ECOG 0,1 or 2`.
_LISTED = r"(?:0(?=,1)|1(?=,2)|2(?=,3)|3(?=,4))(?=(?:,\d){1,5},? ?(?:,|(?i:or|and)|&) ?\d(?!\d|[.,]\d))"
# A minus stands behind what a range cannot begin with.
_BEFORE_MINUS = (r"[<>≤≥=(\[]", r"[<>≤≥=] ", "an ", "of ", "to ", "nd ", "re ", "low ")
_MINUS = "(?:" + "|".join(f"(?<={place})" for place in _BEFORE_MINUS) + ")-"

ONES = r"(?:zero|one|two|three|four|five|six|seven|eight|nine)"
_BELOW_HUNDRED = (
    rf"(?:(?:twenty|thirty|f(?:ou?r)ty|fifty|sixty|seventy|eighty|ninety)(?:[ -]{ONES})?"
    rf"|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|{ONES})"
)
_BELOW_THOUSAND = rf"(?:(?:(?:a|{ONES})[ -])?hundred(?:(?: and)? {_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
_PART = r"(?:half|halves|thirds?|quarters?|fourths?|fifths?|eighths?|tenths?)(?!-| li[fv]e)"
# The first three letters of all that follow in _WORDS: few other words begin so, which makes a text without any cheap.
_LETTERS = "[otfsenhzdmba](?:[n][ei ]|[w][eo]|[h][iro]|[e][nvr]|[i][fvxgln]|[o][urz]|[l][e]|[a][l]|[u][n]| [dhmbt])"
_BEGINS = re.sub("[a-z]+", lambda letters: letters[0] + letters[0].upper(), _LETTERS)
_WORDS = (
    rf"(?={_BEGINS})(?i:(?:half an? |half |a )?dozen|(?:an? )?half(?![ -]li[fv]e)(?: an?(?= ))?"
    rf"|{_BELOW_HUNDRED}(?: and (?:a|one)[ -]half|[ -]{_PART})"
    rf"|(?:{_BELOW_THOUSAND}|a) (?:thousand|million|billion)(?:(?: and)? {_BELOW_THOUSAND})?|{_BELOW_THOUSAND}"
    r"|thousand|million|billion)(?![A-Za-z])"
)

# Number words alone, with the same in figures that contracts add: `ten (10)`.
WORD_AMOUNT_PATTERN = rf"(?:{_WORDS}(?: ?\( ?\d{{1,5}} ?\))?)"
# The longest number at a place, powers included. It has no groups, and bounded repeats only.
AMOUNT_PATTERN = (
    rf"(?:{_POWER}|{_FRACTION}|{_LISTED}|(?:{_MINUS})?{_START}{NUMBER}(?:{_TAIL}|(?: ?\( ?{_WORDS} ?\))|{_END}))"
)
# Most numbers are figures in front of what makes nothing else of them. AMOUNT_PATTERN finds the same, and slowly.
PLAIN_AMOUNT_PATTERN = (
    r"(?!00|0\d\d)\d{1,12}(?:\.\d{1,2})?"
    r"(?= ?(?!(?i:[ex]|t[hior]|m(?:il|io|ln|ul)|bil|la[ck]|cror|k ?/|st|nd|rd))[A-Za-z%]|[);]|,\s"
    r"|-(?!(?i:to))[A-Za-z]|(?<!10)-\d)"
)
# What the first number of a phrase can begin with. In front of it stands no letter or digit of a name, no separator and
# no currency; the character itself comes first, because that makes a text without any cheap.
AMOUNT_BEGINS = r"[\dxX×½¼¾⅓⅔⅛⅜⅝⅞.-](?<![\w./'^$€£-].)(?<!\d[:,].)(?:(?<=[\d½¼¾⅓⅔⅛⅜⅝⅞])|(?<=[.-])\d|(?<=[xX×]) ?10)"
