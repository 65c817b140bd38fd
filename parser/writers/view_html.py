"""HTML that is escaped where it is made: plain `str` is escaped, and only `Markup` is inserted unchanged.

    tag("dd", "AST <ULN", class_="value")        <dd class="value">AST &lt;ULN</dd>

Invisible characters and bidirectional controls are shown by their names (`U+202E`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator


class Markup(str):
    """HTML that needs no more escaping."""

    __slots__ = ()


# Cc, Cf, Zl, Zp and Cs of Unicode's general categories, but for tab and line feed: characters without a glyph. The
# bidirectional controls among them (Unicode Standard Annex 9) can make a text look like another one.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]+"
)
_REPLACEMENT = "\ufffd"
# The names of a run of such characters; for a long run, its length.
_MOST_NAMED = 3


def tag(name: str, *content: str | None, **attributes: str | bool | None) -> Markup:
    """An element. `class_` is the attribute `class`, `data_at` is `data-at`; None and False leave an attribute out."""
    return Markup(f"<{name}{_attributes(attributes)}>{join(content)}</{name}>")


def join(content: Iterable[str | None]) -> Markup:
    """Contents in order; plain text is escaped, and None is omitted."""
    return Markup("".join(part if isinstance(part, Markup) else text(part) for part in content if part))


def text(plain: str) -> Markup:
    """A text as it is shown. Each invisible character becomes U+FFFD, with the same number of UTF-16 units."""
    if plain.isascii() and plain.isprintable():
        return Markup(html.escape(plain, quote=False))
    return Markup("".join(_shown(plain)))


def _shown(plain: str) -> Iterator[str]:
    at = 0
    for match in _UNSEEN.finditer(plain):
        yield html.escape(plain[at : match.start()], quote=False)
        units = sum(1 + (char > "\uffff") for char in match[0])
        yield f'<span class="unseen" data-name="{_names(match[0])}">{_REPLACEMENT * units}</span>'
        at = match.end()
    yield html.escape(plain[at:], quote=False)


def _names(run: str) -> str:
    shown = " ".join(f"U+{ord(char):04X}" for char in run[:_MOST_NAMED])
    return shown if len(run) <= _MOST_NAMED else f"{shown} … {len(run)} characters"


def seen(plain: str) -> str:
    """A text for an attribute or the title, where markup is not possible: U+FFFD for each invisible character."""
    return _UNSEEN.sub(lambda match: _REPLACEMENT * len(match[0]), plain)


def _attributes(attributes: dict[str, str | bool | None]) -> str:
    shown = []
    for name, value in attributes.items():
        key = name.rstrip("_").replace("_", "-")
        if isinstance(value, str):
            shown.append(f' {key}="{html.escape(seen(value))}"')
        elif value:
            shown.append(f" {key}")
    return "".join(shown)
