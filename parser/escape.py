"""Text for a terminal or a log: what would move the cursor, turn the direction of writing or hide is spelled out."""

from __future__ import annotations

import re

# Controls (C0, DEL, C1), marks that turn the direction of writing (Unicode Standard Annex 9), separators of lines and
# paragraphs, what is seen nowhere, and lone surrogates, which no file can hold. The joiners U+200C and U+200D are left:
# Persian and the scripts of India are spelled with them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)

# The same of JSON in UTF-8, as far as JSON allows them raw and terminals act on them: DEL, C1, U+2028 and U+2029, and
# what turns the direction of a whole line. By their first byte, because most JSON has few of these or none.
_IN_JSON = {
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])"),
}


def printable(text: str) -> str:
    """A text on one line, as it can be shown: what cannot is an escape as in Python, `\\x1b`, `\\n` or `\\u202e`.

    The same text with a second call: a backslash stays as it is.
    """
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def printable_json(encoded: bytes) -> bytes:
    """JSON in UTF-8 with the same data, its controls as escapes (RFC 8259, section 7, asks that of C0 alone)."""
    for first, pattern in _IN_JSON.items():
        if first in encoded:
            # They stand in strings only, where each character may be an escape.
            encoded = pattern.sub(lambda match: b"\\u%04x" % ord(match[0].decode()), encoded)
    return encoded
