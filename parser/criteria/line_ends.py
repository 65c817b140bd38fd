"""Line ends that are not a text file's, as dumps of eligibility text have them.

Inclusion Criteria:~1. Adults~2. Consent            AACT, and data sets made from it
Inclusion criteria: <br>1. Adults<br/>2. Consent    ICTRP's exports, also as `\\r<br>`, `\\n<br>` and `&lt;br&gt;`
Inclusion Criteria:\\n1. Adults\\n2. Consent          an escape that was never decoded

Each is replaced by white space of the same length that holds one line feed, so that all offsets stay valid.
"""

from __future__ import annotations

import re

from parser.source import Span

# A tag next to a line end is the same line end: `\n<br>` and `<br>\r\n` are one, `<br><br>` is a blank line.
_OWN = r"(?:\r\n?|\n)"
_TAG = r"(?:<\s{0,9}/?\s{0,9}(?:br|p|/p)\s{0,9}/?\s{0,9}>|&lt;br\s{0,9}/?\s{0,9}&gt;)"
_ALWAYS = re.compile(
    rf"{_OWN}[ \t]{{0,99}}{_TAG}|{_TAG}(?:[ \t]{{0,99}}{_OWN})?|¶[ \t]{{0,99}}{_OWN}|\r(?!\n)"
    r"|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]",
    re.IGNORECASE,
)
# How any of these begins. Most texts have no such character, and many a `<` that begins no tag.
_FIRST = "<&\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029¶"
_MAY_BE_ALWAYS = re.compile(r"[&\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029¶<](?:(?<!<)|[\s/]{0,19}[BbPp])")

# Signs that end lines only in texts without other line ends: elsewhere `~` means "about" or the "to" of a range
# (`20~65`), `¶` refers to a footnote, and `\n` begins a command of LaTeX.
_ABOUT = r"(?<![\s(\[<>=≥≤])~|~(?!\s?[.\d])|~(?=\d{1,2}[.)](?:\s|[^\W\d]))"
_SIGNS = (
    re.compile(rf"(?:(?<!\d)|(?!.\d)|(?=.\d{{1,2}}[.)][\s^\W\d]))(?:{_ABOUT})"),
    re.compile("¶"),
    re.compile(r"\\r\\n|\\n"),
)


def with_line_feeds(text: str, span: Span) -> str:
    """A text of the same length in which all line ends in a span are line feeds; unchanged if they are already.

    The replaced characters become white space, so they belong to no criterion or marker.
    """
    stretch = text[span.start : span.end]
    changed = stretch
    if any([first in stretch for first in _FIRST]) and _MAY_BE_ALWAYS.search(stretch):
        changed = _ALWAYS.sub(_blank, stretch)
    if "\n" not in changed.strip():
        for sign in _SIGNS:
            # A single sign may be an accident; after a heading's colon it is not.
            marks = sign.findall(changed)
            if len(marks) > 1 or (marks and re.search(r"[:：]\s?" + sign.pattern, changed)):
                changed = sign.sub(_blank, changed)
    if changed == stretch:
        return text
    return text[: span.start] + changed + text[span.end :]


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start() - 1) + "\n"
