"""Text values: one collapsed line, or running text with its paragraph breaks and markup."""

from __future__ import annotations

from parser.source import ParsedValue, Source, Span, fold

_NOTHING = frozenset(
    {"n/a", "na", "no limit", "not provided", "not available", "none provided", "no data", "none", "(none)", "null"}
    | {"not specified", "unspecified", "not reported", "no description provided", "no data available", "not stopped"}
    | {"not applicable", "undefined", "unknown", "not listed", "none listed", "not yet available", "nil", "nil known"}
    | {"nil specified", "no entries", "as above", "no maximum", "no minimum", "none (open label)", "same as current"}
    | {"no text entered"}
)


def read_line(source: Source, span: Span) -> ParsedValue[str]:
    """A value of one line: a name, a title."""
    return ParsedValue(fold(source.slice(span)), span)


def read_prose(source: Source, span: Span) -> ParsedValue[str]:
    """Running text as on the page, line ends as `\\n` and without blanks at the ends of lines."""
    text = source.slice(span).replace("\r\n", "\n").replace("\r", "\n")
    return ParsedValue("\n".join(line.rstrip() for line in text.split("\n")), span)


def is_nothing(text: str) -> bool:
    """Whether a page prints a dash for "no value"."""
    return text in ("", "-", "–", "—")


def says_nothing(text: str) -> bool:
    """Whether a text means "no value", in words or with a dash."""
    return text.casefold().strip(". ") in _NOTHING or is_nothing(text)
