"""Text for a terminal or a log, without characters that move the cursor, change the text direction or are invisible."""

from __future__ import annotations

import re

# Controls (C0, DEL, C1), bidirectional controls (Unicode Standard Annex 9), separators of lines and
# paragraphs, invisible characters, and lone surrogates, which no file can hold. The joiners U+200C and U+200D are kept:
# Persian and the scripts of India are spelled with them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)

# The same for JSON in UTF-8, as far as JSON allows them unescaped and terminals act on them: DEL, C1, U+2028 and
# U+2029, and bidirectional controls. By their first byte, because most JSON has few of these or none.
_IN_JSON = {
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\xa8-\xae]|\x81[\xa6-\xa9])"),
}


def printable(text: str) -> str:
    """A text on one line that can be displayed; other characters are escaped as in Python, `\\x1b`, `\\n` or `\\u202e`.

    Idempotent, because backslashes are not escaped.
    """
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def printable_json(encoded: bytes) -> bytes:
    """The same JSON data in UTF-8 with controls escaped (RFC 8259, section 7, requires that of C0 only)."""
    for first, pattern in _IN_JSON.items():
        if first in encoded:
            # They occur in strings only, where each character may be escaped.
            encoded = pattern.sub(lambda match: b"\\u%04x" % ord(match[0].decode()), encoded)
    return encoded
