"""Numbers as they are dialled: which are valid in a country, and its calling code.

FR                                      33
142499768 in FR                         +33142499768

Both are the business of the library phonenumbers, which takes 40 ms to load and is loaded with the first number.
"""

from __future__ import annotations

from functools import lru_cache

# No longer text of digits is a number.
_LONGEST = 32


@lru_cache(maxsize=512)
def calling_code(region: str) -> str | None:
    """The calling code of a country, None for what is none: `FR` has 33."""
    import phonenumbers

    return str(phonenumbers.country_code_for_region(region) or "") or None


@lru_cache(maxsize=4096)
def valid_number(number: str, region: str | None) -> str | None:
    """The E.164 form of a number dialled in a country, None where no such number can be in use.

    Without a country the number begins with a plus and its calling code.
    """
    import phonenumbers

    if len(number) > _LONGEST:
        return None
    # Mexico dialled mobile phones with a 1 behind its calling code until 2019.
    if number.startswith("+521") and len(number) == len("+521") + 10:
        number = number.replace("+521", "+52")
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
