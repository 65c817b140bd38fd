"""Phones as people type them into a registry, and the number that can be dialled.

142499768 ext. +33                      +33142499768: what should be an extension is the country's calling code
+44 (0) 20 8990 4466                    +442089904466
0423592525EXT3176                       +886423592525 on a page of Taiwan, extension 3176
1-877-CTLILLY (1-877-285-4559)          +18772854559, once
+35928510866+3592851                    +35928510866, and a second number that is none

What a number means in its country is the business of parser/values/dialling.py. Here it is decided which characters
make one number, and which country it may belong to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parser.values.dialling import calling_code, valid_number

# The page joins the registry's two fields so. Other spellings of "extension" are the sponsor's own, part of the number.
_EXTENSION = " ext. "


def split_extension(text: str) -> tuple[str, str | None]:
    """A phone as printed, cut into number and extension (None when there is none)."""
    number, _, extension = text.partition(_EXTENSION)
    return number, extension or None


class Phone(NamedTuple):
    """One number of a text.

    `e164` is None where the text holds no number that can be valid. `guessed` says that the country is not certain: it
    is valid in several of the regions, or only in one that was not asked for. `start` and `end` are offsets into the
    text, extension included.
    """

    e164: str | None
    extension: str | None
    start: int
    end: int
    guessed: bool = False


_DIGITS = frozenset("0123456789")

# The fewest digits of a number of its own: what is shorter belongs to the number beside it.
_FEWEST_DIGITS = 7

# An extension may be as long as a short number; only what is longer is a second number behind the word "extension".
_LONGEST_EXTENSION = 8

_SHORTEST_EXTENSION, _LONGEST_GLUED = 3, 5

_LONGEST_CALLING_CODE = 3

# As many digits may hold a calling code without a sign of it.
_WITH_CALLING_CODE = 11

# Full-width characters, and the other dashes and blanks, each by one of ASCII, so that offsets stay as they are.
_ASCII = str.maketrans(
    "＋（）－／，；：．＃　\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00a0\u202f\u2009",
    "+()-/,;:.# -------   ",
)

# Letters on the keys of a phone. Only free numbers of North America are spelled so: elsewhere letters are words.
_KEYS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999", strict=True))
_SPELLED = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9A-Za-z)][ .-])(?:\+?1[ .-]{0,2})?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]{0,3}"
    r"([0-9A-Za-z](?:(?! ?(?:ext|x[0-9]))[ .-]?[0-9A-Za-z]){6,14})(?![0-9A-Za-z])"
)
_SPELLED_DIGITS, _SPELLED_LETTERS = 7, 3

# What may part two numbers. Words and "ext." do so only between two that are long enough.
_PART = re.compile(
    r"(?P<always>;(?!ext=)|[|&\n]|\b(?:or|and|ou|und|oder|et)\b)|(?P<plus>\(?\+)|(?P<soft>[,/(])|(?P<word>[^\W\d_]+)",
    re.I,
)
_EXTENSION_WORD = re.compile(
    r"[(,;]?(?<![^\W\d_])(?:ext(?:ensi[oó]n|n)?|poste|option|opt|anexo|ramal|interno?|int|klapka|wewn?|durchwahl|"
    r"beeper|pager|转|分机|内线|内線|#|x(?=[ .:]{0,3}[0-9]))(?![^\W\d_])[ .:=#-]*",
    re.I,
)
_BRACKETS = re.compile(r"\([^()]*\)")
# What is printed beside a number has digits too: `jane2@site.org`, `24/7`, `24-hour`.
_NO_PHONE = re.compile(
    r"(?<![^\s,;/(<])[^\s@,;/(<]+@[^\s@,;/]+|https?://\S+|(?<![\d/-])24(?:/7|[ -]?(?:h|hrs?|hours?)\b(?:/7)?)",
    re.I,
)
# Most phones: nothing is spelled out or printed beside the number.
_SIMPLE = re.compile(r"[0-9 ().+-]*\Z")
_LETTER = re.compile(r"[^\W\d_]")
_FIRST_DIGIT = re.compile(r"[+(][+()]{0,3}\s?[0-9]|[0-9]")
_LAST_DIGIT = re.compile(r"([0-9]\)?)[^0-9]*\Z")
_SEVERAL_DIGITS = re.compile(r"[0-9]+(?:[/-][0-9]+)*")
_GLUED = re.compile(r"\+?[0-9]+(?: [0-9]{3,5})?\Z")
_IN_BRACKETS = re.compile(r"\(([0-9]{2,6})\)[\s.]*\Z")
_BEHIND_DASH = re.compile(r" ?- ?(?:([0-9]{3,6})|[0-9]{1,2})\Z")
_CALLING_CODE = re.compile(r"(?:\+ ?0{0,2}|00)([1-9][0-9]{0,2})(?:\(0\)?)?\Z")

# The way North America groups its digits, and hardly anybody else.
_NORTH_AMERICAN = re.compile(
    r"(?:\+?1[ .-]{0,2})?(?:\([2-9][0-9]{2}\)[ .-]{0,3}|[2-9][0-9]{2}[ .-]{1,3})[2-9][0-9]{2}[ .-]{1,3}[0-9]{4}\Z"
)
_NO_SIGN = re.compile(r"[^0-9+]")
# What is dialled before a calling code, where no plus stands for it: in most of the world, and in North America.
_PREFIXES = ("00", "011")
_LOOSE_ENDS = " \t\n,;/(-&|"
_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)")
_CODE_APART = re.compile(r"\(?[1-9][0-9]{0,2}[ ().-]")


def read_phones(text: str, regions: Sequence[str]) -> tuple[Phone, ...]:
    """The numbers of a text that holds one phone or several, in its order, each once.

    `regions` are the countries the phone may belong to, as ISO 3166-1 alpha-2, the most likely first; a number with an
    international prefix needs none. Blank text has no phones; any other has one at least, if only one that is none.
    """
    return _phones(text, tuple(regions))


@lru_cache(maxsize=4096)
def _phones(text: str, regions: tuple[str, ...]) -> tuple[Phone, ...]:
    """`read_phones`, once for a number that a page prints at many sites."""
    plain = _plain(text)
    found: list[Phone] = []
    places: dict[str, int] = {}
    for start, end in _parts(plain):
        phone = _read(plain, start, end, regions)
        known = places.setdefault(phone.e164, len(found)) if phone.e164 else len(found)
        if known == len(found):
            found.append(phone)
        elif found[known].extension is None:
            found[known] = found[known]._replace(extension=phone.extension)
    if not found and text.strip():
        start = len(text) - len(text.lstrip())
        return (Phone(None, None, start, len(text.rstrip())),)
    return tuple(found)


def international(text: str) -> str | None:
    """The first number of a text that says itself which country it is of, in E.164; else None."""
    signs = _NO_SIGN.sub("", _plain(text))
    if "+" not in signs and not any(prefix in signs for prefix in _PREFIXES):
        return None
    return next((phone.e164 for phone in _phones(text, ()) if phone.e164 and not phone.guessed), None)


def home_digits(text: str) -> tuple[str, ...]:
    """The digits of the first number of a text, as they would be dialled at home: one for each way to cut it short."""
    plain = _plain(text)
    for start, end in _parts(plain):
        _, printed, code, extension = _printed(plain, start, end)
        bodies = _bodies(printed, extension if code is None else None)
        return tuple([_NO_SIGN.sub("", body).replace("+", "") for body, _ in bodies])
    return ()


def _plain(text: str) -> str:
    """A text with its numbers in digits, and what only looks like a number as blanks; as long as before."""
    if _SIMPLE.match(text):
        return text
    plain = _NO_PHONE.sub(lambda match: " " * len(match[0]), _ascii(text))
    return _BRACKETS.sub(_blank_remark, _spell_out(plain))


def _ascii(text: str) -> str:
    """The text with its digits and signs in ASCII, each character one."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text.translate(_ASCII))


def _spell_out(text: str) -> str:
    """The text with the letters of free numbers as digits, of the same length: letters beyond a number are blanked."""
    characters = list(text)
    for match in _SPELLED.finditer(text):
        places = [place for place in range(*match.span(1)) if text[place].isalnum()]
        if sum(text[place].isalpha() for place in places[:_SPELLED_DIGITS]) >= _SPELLED_LETTERS:
            for count, place in enumerate(places):
                characters[place] = _KEYS.get(text[place].upper(), text[place]) if count < _SPELLED_DIGITS else " "
    return "".join(characters)


def _blank_remark(brackets: re.Match[str]) -> str:
    """Blanks for brackets that hold no number and no extension: `(U.S. and Canada)`, `(14:00-15:00)`."""
    inner = brackets[0]
    remark = ":" in inner or (_LETTER.search(inner) and not _EXTENSION_WORD.match(inner))
    return " " * len(inner) if remark and _digits(inner, 0, len(inner)) < _FEWEST_DIGITS + 2 else inner


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers of a text are, each with its extension; a part without digits is none.

    Commas, slashes, brackets and words part two numbers only where either is long enough to be one: `089 / 4140 9715`
    and `24177000 ext. 6861/6017` are one each.
    """
    cuts = [(match.start(), match.lastgroup, match.end()) for match in _PART.finditer(text)]
    starts = [*(cut for cut, _, _ in cuts), len(text)]
    start = written = position = 0
    for (cut, kind, after), following in zip(cuts, starts[1:], strict=True):
        written += _digits(text, position, cut)
        fewest = _FEWEST_DIGITS
        if kind == "plus":
            fewest = _LONGEST_CALLING_CODE + 1
        elif kind == "word" and _EXTENSION_WORD.match(text, cut):
            fewest = _LONGEST_EXTENSION + 1
        if kind == "always" or (written >= _FEWEST_DIGITS and _digits(text, after, following) >= fewest):
            if written:
                yield start, cut
            start, written = (after if kind == "always" else cut), 0
        position = after
    if written + _digits(text, position, len(text)):
        yield start, len(text)


def _digits(text: str, start: int, end: int) -> int:
    return sum(map(_DIGITS.__contains__, text[start:end]))


def _read(text: str, start: int, end: int, regions: tuple[str, ...]) -> Phone:
    """The one number of a part of a text that holds a digit."""
    start, printed, code, extension = _printed(text, start, end)
    last = _LAST_DIGIT.search(text, start, end)
    if last and (extension is None or extension[0].isdigit()):
        end = last.start() + len(last[1])
    for body, tail in _bodies(printed, extension if code is None else None):
        found = _dialled(body, code, regions)
        if found:
            e164, guessed = found
            extension = extension if tail is None else tail
            # A calling code may stand there without its plus as well.
            own = extension is not None and len(extension) > 1 and extension in map(calling_code, regions)
            return Phone(e164, None if own else extension or None, start, end, guessed)
    return _cut_short(text, start, end, regions) or Phone(None, extension, start, end)


def _printed(text: str, start: int, end: int) -> tuple[int, str, str | None, str | None]:
    """The number of a part of a text: where it starts, what is printed of it, a calling code that stands where the
    extension should, and the extension."""
    first = _FIRST_DIGIT.search(text, start, end)
    start, behind = first.span() if first else (start, start)
    word = _EXTENSION_WORD.search(text, behind, end)
    code, extension = _extension(text[word.end() : end]) if word else (None, None)
    return start, text[start : word.start() if word else end].rstrip(), code, extension


def _cut_short(text: str, start: int, end: int, regions: tuple[str, ...]) -> Phone | None:
    """A number that runs into its extension without a mark: `8864235925253218` is 886423592525 and 3218."""
    if not _GLUED.match(text, start, end):
        return None
    digits = _NO_SIGN.sub("", text[start:end])
    for length in range(_SHORTEST_EXTENSION, _LONGEST_GLUED + 1):
        if not digits[-length:].strip("0") or len(digits) - length < _WITH_CALLING_CODE:
            continue
        if found := _dialled(digits[:-length], None, regions):
            return Phone(found[0], digits[-length:], start, end, True)
    return None


def _extension(text: str) -> tuple[str | None, str | None]:
    """A calling code and an extension from what stands behind `ext.`: either, both, or neither.

    The registry's page prints its own word before what people have typed: `ext. x635200`, `ext. option 6`.
    """
    code = extension = None
    for part in _EXTENSION_WORD.split(text):
        part = part.strip(_LOOSE_ENDS + ".:)#")
        match = _CALLING_CODE.match(part)
        if match:
            code = match[1]
        elif part and extension is None:
            digits = _SEVERAL_DIGITS.match(part)
            extension = digits[0] if digits else part
    return code, extension


def _bodies(printed: str, extension: str | None) -> Iterator[tuple[str, str | None]]:
    """What may be the number in what is printed, the likeliest first, and the extension that this leaves: "" for none.

    The last is a number whose end was typed as its extension, as is done where extensions are dialled right through.
    """
    brackets = _IN_BRACKETS.search(printed)
    if brackets:
        yield printed[: brackets.start()], brackets[1]
    yield printed, None
    # What follows a dash is an extension, or the end of a range of numbers.
    dash = _BEHIND_DASH.search(printed)
    if dash and _digits(printed, 0, dash.start()) >= _FEWEST_DIGITS:
        yield printed[: dash.start()], dash[1]
    for cut in (printed.rfind("/"), printed.rfind(",")):
        if cut > 0:
            yield printed[:cut], None
    letter = _LETTER.search(printed)
    if letter:
        yield printed[: letter.start()], None
    if extension and extension.isdigit():
        yield printed + extension, ""


def _dialled(body: str, code: str | None, regions: tuple[str, ...]) -> tuple[str, bool] | None:
    """The number of a body that is one as a whole, and whether its country was guessed; None when it is none."""
    bodies = [body, body.replace("(0)", "")] if "(0)" in body else [body]
    dials = [_NO_SIGN.sub("", one) for one in bodies]
    for dial in dials:
        for number in _international(dial, code):
            if found := valid_number(number, None):
                return found, False
    return _national(dials[0].replace("+", ""), body, regions, "+" in dials[0])


def _international(dial: str, code: str | None) -> Iterator[str]:
    """Readings of digits and plus signs with a calling code, the likeliest first.

    `351+215943993` has its plus behind the code, `+45 +4597663656` has its code twice, `+0033` has two prefixes.
    """
    before, plus, after = dial.rpartition("+")
    if code and not plus:
        yield f"+{code}{dial}"
    if plus:
        digits = dial.replace("+", "")
        if before and before[0] != "+":
            yield f"+{digits}"
        yield f"+{after}"
        yield f"+{after.lstrip('0')}"
        yield f"+{digits}"
    for prefix in _PREFIXES:
        if dial.startswith(prefix):
            yield f"+{dial[len(prefix) :]}"


def _national(digits: str, body: str, regions: tuple[str, ...], signed: bool) -> tuple[str, bool] | None:
    """The number of digits that are none with a calling code, and whether its country was guessed.

    `signed` says that they had a plus: behind it a calling code of the regions is no part of a number at home.
    """
    american = _NORTH_AMERICAN.match(body.strip())
    at_home = any(calling_code(region) == "1" for region in regions)
    if american and (at_home or digits[0] == "1" or _FREE.match(digits)):
        found = valid_number(digits, "US")
        if found or digits[0] == "1":
            return (found, not at_home) if found else None
    if signed and any(digits.startswith(code) for code in map(calling_code, regions) if code):
        return None
    whole = digits.lstrip("0")
    own = any(whole.startswith(code) for code in map(calling_code, regions) if code)
    if own and len(whole) >= _WITH_CALLING_CODE and (found := valid_number(f"+{whole}", None)):
        return found, False
    numbers: dict[str, None] = {}
    for region in regions:
        if found := valid_number(digits, region):
            numbers[found] = None
            if len(numbers) > 1:
                break
    if numbers:
        return next(iter(numbers)), len(numbers) > 1
    return _anywhere(digits, body, bool(american), bool(regions))


def _anywhere(digits: str, body: str, american: bool, elsewhere: bool) -> tuple[str, bool] | None:
    """A number of a country that was not asked for, by the way it is written; nearly any digits are one somewhere."""
    found = None
    if american:
        found = valid_number(digits, "US")
    elif digits[0] != "0" and (
        _CODE_APART.match(body) or (len(digits) >= _WITH_CALLING_CODE and (digits[0] == "1" or not elsewhere))
    ):
        found = valid_number(f"+{digits}", None)
    return (found, True) if found else None
