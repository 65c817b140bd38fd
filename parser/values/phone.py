"""Phones as people type them into a registry, and the numbers that can be dialled.

142499768 ext. +33                      +33142499768: the country's calling code was typed as the extension
+44 (0) 20 8990 4466                    +442089904466
0423592525EXT3176                       +886423592525 on a page of Taiwan, extension 3176
1-877-CTLILLY (1-877-285-4559)          +18772854559, once

The library phonenumbers finds and validates the numbers; this file handles how registries and their users write them.
The library is imported on first use, because it loads slowly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

# The page joins the registry's two fields so. Other spellings of "extension" are the sponsor's own, part of the number.
_EXTENSION = " ext. "

# The longest phone field; longer text is prose.
_LONGEST_FIELD = 500

# The fewest digits of a number, of an extension that is a second number, and of one with a calling code but no sign.
_FEWEST_DIGITS, _SECOND_NUMBER, _WITH_CALLING_CODE = 7, 9, 11

# Full-width characters, and the other dashes and blanks, replaced by ASCII characters one to one, so that offsets stay
# valid.
_ASCII = str.maketrans(
    "＋（）－／，；：．＃　\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00a0\u202f\u2009",
    "+()-/,;:.# -------   ",
)
# A field that is one number and nothing else. Without letters and other signs nothing in it can be taken for more.
_ONE_NUMBER = re.compile(r"[(+]*[0-9) .-]*\Z")
# What is printed next to a number has digits too: `jane2@site.org`, `24/7`, `24-hour`.
_NO_PHONE = re.compile(
    r"(?<![^\s,;/(<])[^\s@,;/(<]+@[^\s@,;/]+|https?://\S+|(?<![\d/-])24(?:/7|[ -]?(?:h|hrs?|hours?)\b(?:/7)?)",
    re.I,
)
# Free numbers of North America, the only ones that are spelled with letters: seven places, three of them letters.
_SPELLED = re.compile(
    r"(?<!\w)(?:\+?1[ .-]{0,2})?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]{0,3}"
    r"(?=(?:[0-9 .-]*[A-Za-z]){3})[0-9A-Za-z](?:[ .-]?[0-9A-Za-z]){6}(?![0-9A-Za-z])"
)
# Separators of two numbers, if there are enough digits on both sides.
_SEPARATOR = re.compile(
    r";(?!ext=)|[|&\n,/]|\b(?:or|and|ou|und|oder|et)\b|(?=[(+]\s*\d)|"
    rf"\bext[. ]+(?=(?:\D*\d){{{_SECOND_NUMBER}}})",
    re.I,
)
_NUMBER = re.compile(r"(?:[+()]{1,3}\s?)?\d(?:.*\d\)?)?", re.S)
_EXTENSION_WORD = re.compile(
    r"(?<!\s)\s*(?:[(,;]?(?<![^\W\d_])(?:ext(?:ensi[oó]n|n)?|poste|option|opt|anexo|ramal|interno?|int|klapka|wewn?|"
    r"durchwahl|beeper|pager|转|分机|内线|内線|#|x(?=[ .:]{0,3}[0-9]))(?![^\W\d_])[ .:=#-]*)+",
    re.I,
)
# What a number with a calling code has, or may have if its signs are other than ASCII.
_PREFIX = re.compile(r"\+|0\D*[01]|[^\x00-\x7f]")
_CALLING_CODE = re.compile(r"(?:\+|00)[ 0]*([1-9]\d{0,2})(?:\(0\))?\Z")
# What follows a dash is an extension, or the end of a range of numbers.
_AFTER_DASH = re.compile(r"(.*\d) ?- ?(?:(\d{3,6})|\d{1,2})\Z", re.S)
# North America's grouping of digits, which is rare elsewhere.
_NORTH_AMERICAN = re.compile(
    r"(?:\+?1[ .-]{0,2})?(?:\([2-9]\d{2}\)[ .-]{0,3}|[2-9]\d{2}[ .-]{1,3})[2-9]\d{2}[ .-]{1,3}\d{4}\Z"
)
_FREE = re.compile(r"\(?8(?:00|33|44|55|66|77|88)")
_CODE_APART = re.compile(r"\(?[1-9]\d{0,2}[ ().-]")
_NO_DIGIT = re.compile(r"\D")
_EXTENSION_DIGITS = re.compile(r"\d+(?:[/-]\d+)*")

# Digits and single signs between them, no more than the library's matcher takes as one candidate.
_DIGITS_ONLY = re.compile(r"\+?[0-9]{1,20}(?:[ .-][0-9]{1,20}){0,9}\Z")
_MORE_DIGITS = re.compile(r"[\s.-]*\d")
_MEXICAN_MOBILE = re.compile(r"\+521(?=\d{10}\Z)")


class Phone(NamedTuple):
    """One number of a text.

    `e164` is None if the text holds no number that can be valid. `guessed` says that the country is not certain: it
    is valid in several of the regions, or only in one that was not asked for. `start` and `end` are offsets into the
    text, extension included.
    """

    e164: str | None
    extension: str | None
    start: int
    end: int
    guessed: bool = False


class _Number(NamedTuple):
    """What may be a number, from its first digit or sign to its last digit.

    `text` is what is before the word for an extension, `tail` what is after it, and `digits` those of `text`.
    """

    text: str
    digits: str
    north_american: bool
    tail: str
    start: int
    end: int


def split_extension(text: str) -> tuple[str, str | None]:
    """A phone as printed, cut into number and extension (None if there is none)."""
    number, _, extension = text.partition(_EXTENSION)
    return number, extension or None


def read_phones(text: str, regions: Sequence[str]) -> tuple[Phone, ...]:
    """The valid numbers of a text, in its order, each once; if there are none, one without `e164`, none for blank text.

    `regions` are the countries the phone may belong to, as ISO 3166-1 alpha-2, the most likely first; a number with an
    international prefix needs none.
    """
    found: dict[str | None, Phone] = {}
    for number in _numbers(text):
        phone = _read(number, regions)
        found.setdefault(phone.e164, phone)
    if not found and text.strip():
        found[None] = Phone(None, None, len(text) - len(text.lstrip()), len(text.rstrip()))
    return tuple(phone for phone in found.values() if phone.e164) or tuple(found.values())


def certain_number(text: str, regions: Sequence[str]) -> str:
    """The first number of a text, in E.164, whose country is certain; "" if there is none."""
    if regions or _PREFIX.search(text):
        for number in _numbers(text):
            phone = _read(number, regions, guess=False)
            if phone.e164 and not phone.guessed:
                return phone.e164
    return ""


@lru_cache(maxsize=512)
def calling_code(region: str) -> str:
    """The calling code of a country, "" for other text: `FR` has 33."""
    from phonenumbers import country_code_for_region

    return str(country_code_for_region(region) or "")


def _numbers(text: str) -> tuple[_Number, ...]:
    """What may be a number each."""
    return _field_numbers(text) if len(text) <= _LONGEST_FIELD else ()


# A phone is asked for in each country that it may be in.
@lru_cache(maxsize=1024)
def _field_numbers(text: str) -> tuple[_Number, ...]:
    if _ONE_NUMBER.match(text):
        match = _NUMBER.search(text)
        return (_number(match[0], "", match.span()),) if match else ()
    plain = _plain(text)
    found = []
    for start, end in _parts(plain):
        if match := _NUMBER.search(plain, start, end):
            number, tail = [*_EXTENSION_WORD.split(match[0], maxsplit=1), ""][:2]
            found.append(_number(number, tail, match.span()))
    return tuple(found)


def _number(text: str, tail: str, span: tuple[int, int]) -> _Number:
    digits = _NO_DIGIT.sub("", text.replace("(0)", ""))
    return _Number(text, digits, _NORTH_AMERICAN.match(text) is not None, tail, *span)


def _plain(text: str) -> str:
    """A text with its digits and signs in ASCII and lookalikes of numbers blanked out; the length is unchanged."""
    from phonenumbers import convert_alpha_characters_in_number

    if not text.isascii():
        signs = text.translate(_ASCII)
        text = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in signs)
    text = _NO_PHONE.sub(lambda match: " " * len(match[0]), text)
    return _SPELLED.sub(lambda match: convert_alpha_characters_in_number(match[0]), text)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where a text may hold a number each: `089 / 4140 9715` and `24177000 ext. 6861/6017` are one."""
    start = 0
    for cut in _SEPARATOR.finditer(text):
        if min(_digits(text[start : cut.start()]), _digits(text[cut.end() :])) >= _FEWEST_DIGITS:
            yield start, cut.start()
            start = cut.end()
    yield start, len(text)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _read(number: _Number, regions: Sequence[str], *, guess: bool = True) -> Phone:
    """A number as dialled in one of the regions; `guess`: in any country, at last."""
    codes = tuple(filter(None, map(calling_code, regions)))
    code, extension = _tail(number.tail, codes) if number.tail else ("", None)
    for reading, countries, certain in _readings(number, code, codes, regions, guess):
        matches = (match for country in countries if (match := _valid(reading, country)))
        if first := next(matches, None):
            e164, own = first
            guessed = not certain or any(other != e164 for other, _ in matches)
            return Phone(e164, extension or own, number.start, number.end, guessed)
    return Phone(None, extension, number.start, number.end)


def _tail(tail: str, codes: tuple[str, ...]) -> tuple[str, str | None]:
    """What is after a word for an extension: a calling code that was typed there, also without its plus, or digits."""
    if typed := _CALLING_CODE.match(tail):
        return typed[1], None
    if tail in codes and tail != "1":
        return tail, None
    digits = _EXTENSION_DIGITS.search(tail)
    return "", digits[0] if digits else None


def _readings(
    written: _Number, code: str, codes: tuple[str, ...], regions: Sequence[str], guess: bool
) -> Iterator[tuple[str, Sequence[str | None], bool]]:
    """The readings of a number, the most likely first: as dialled, the region, and whether the region is certain.

    `code` is a calling code that was typed as the extension, `codes` are those of the regions.
    """
    number, digits, north_american = written[:3]
    if code:
        yield f"+{code} {number}", (None,), True
    if north_american and ("1" in codes or digits.startswith("1") or _FREE.match(number)):
        yield digits, ("US",), "1" in codes or "+" in number
        if digits.startswith("1"):
            return
    for reading in _international(number, digits, codes):
        yield reading, (None,), True
    # After a plus, a calling code of the regions is no part of a number at home.
    if not ("+" in number and digits.startswith(codes)):
        yield number.lstrip("+( "), regions, True
    if not guess:
        return
    # Nearly any digits are a number of some country: only what is written like one may be of a country not asked for.
    with_code = len(digits) >= _WITH_CALLING_CODE and digits[0] in ("1" if regions else "123456789")
    if north_american:
        yield digits, ("US",), False
    elif with_code or _CODE_APART.match(number):
        yield f"+{digits}", (None,), False


def _international(number: str, digits: str, codes: tuple[str, ...]) -> Iterator[str]:
    """A number with its calling code, which has a plus or a prefix to say so, or is one of the regions'."""
    bare = digits.lstrip("0")
    has_plus = "+" in number
    if has_plus:
        yield number
    if has_plus or (len(bare) >= _WITH_CALLING_CODE and bare.startswith(codes)):
        # `0905337483275`, `351+215943993`, `+0033 1 42 49 97 68`
        yield f"+{bare}"
        if dash := _AFTER_DASH.match(number):
            bare = _NO_DIGIT.sub("", dash[1]).lstrip("0")
            yield f"+{bare} x{dash[2]}" if dash[2] else f"+{bare}"
    if has_plus:
        # `+45 +4597663656` has its code twice.
        yield number[number.rindex("+") :]
    # What is dialled before a calling code in most of the world, and in North America.
    yield from (f"+{digits[len(prefix) :]}" for prefix in ("00", "011") if digits.startswith(prefix))


@cache
def _keep_patterns() -> None:
    """The patterns of all countries are more than `re` keeps; from 9.0.43 on, the library keeps its own if told to."""
    import phonenumbers

    if hasattr(phonenumbers, "enable_pattern_cache"):
        phonenumbers.enable_pattern_cache()


@lru_cache(maxsize=4096)
def _valid(number: str, region: str | None) -> tuple[str, str | None] | None:
    """The number that a text is as a whole, in E.164, and its extension; None if none is valid as dialled in a region.

    Without a region the number begins with a plus and its calling code.
    """
    import phonenumbers

    _keep_patterns()
    # Mexico dialled mobile phones with a 1 after its calling code until 2019.
    number = _MEXICAN_MOBILE.sub("+52", number)
    if _DIGITS_ONLY.match(number):
        # No need to look for the number in this: after the whole, only parts with more digits next to them are left.
        try:
            found = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            return None
    else:
        # The library's VALID wants the 0 that is dialled at home, which a field for numbers of all countries does not.
        matcher = phonenumbers.PhoneNumberMatcher(number, region, leniency=phonenumbers.Leniency.POSSIBLE)
        match = next(iter(matcher), None)
        if match is None or _digits(number[: match.start]) or _MORE_DIGITS.match(number, match.end):
            return None
        found = match.number
    if not phonenumbers.is_valid_number(found):
        return None
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164), found.extension
