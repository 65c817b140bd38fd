"""ParsedValue[str] as it is kept: one line folded, or running text with its paragraph breaks and markup."""

from __future__ import annotations

from parser.source import ParsedValue, Source, Span, fold


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
