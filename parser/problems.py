"""What was odd about a page (`Problem`), and what cannot be a record at all (`ParserError`).

Problems are data: a closed set of codes, each with a severity and a place. Odd text never raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple, get_args

from parser.model.base import Model, doc

Severity = Literal["info", "warning", "error"]
"""How much a problem matters to users of the document."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From least to most severe."""


class Code(NamedTuple):
    """One kind of problem: its severity, and its meaning, which README prints."""

    severity: Severity
    meaning: str


CODES: dict[str, Code] = {
    "unknown-heading": Code("warning", "An unknown section heading; its text is in `unparsed`."),
    "unknown-label": Code("warning", "Text under no known label, in a section of labels and values."),
    "unparsed-text": Code("warning", "Text that belongs to no field of its section; it is in `unparsed`."),
    "text-before-title": Code("warning", "Text before the title of the record; it is in `unparsed`."),
    "duplicate-section": Code("warning", "A section that occurs a second time; the first one counts."),
    "duplicate-field": Code("warning", "A field that occurs a second time; the first one counts."),
    "no-field": Code("info", "Text of an export that has no field in API v2; it is in `unparsed`."),
    "related-trials": Code("info", "Text about other trials; it is in `unparsed` and in no field."),
    "unknown-value": Code("warning", "A value outside the registry's own list; its text is in `unparsed`."),
    "not-understood": Code("warning", "A value that could not be read; its text is in `unparsed`."),
    "impossible-date": Code("warning", "A date that does not exist; its text is in `unparsed`."),
    "ambiguous-date": Code("warning", "Day and month may be swapped; only the year is read."),
    "dates-out-of-order": Code("warning", "The completion date is before the start date."),
    "last-of-month": Code("info", "The last day of a month, which pages also print for a month without a day."),
    "unknown-country": Code("warning", "A country name that is not in ISO 3166-1."),
    "invalid-phone": Code("info", "A phone field without a number that can be dialled."),
    "phone-region-guessed": Code("info", "A phone without a prefix that is valid in several countries."),
    "nesting-guessed": Code("info", "A criterion's level in the tree was inferred from its marker alone."),
    "ambiguous-number": Code("warning", "A number that may have lost a power of ten or a separator."),
    "age-mismatch": Code("info", "A criterion's age limit differs from the registry's."),
    "content-missing": Code("warning", "A section without its usual content, or a record without a title."),
    "field-guessed": Code("info", "A value without a label that fits two fields; it is in the more likely one."),
    "missing-id": Code("warning", "The page shows no registry id where one belongs."),
    "row-mismatch": Code(
        "warning", "A row of a table whose values do not fit the table's groups; its text is in `unparsed`."
    ),
    "merge-conflict": Code(
        "warning", "Two documents of one trial differ; the message has the value that was not kept."
    ),
    "merge-ambiguous": Code(
        "info", "An id of another register that would join several trials of one register; the records are not merged."
    ),
    "group-boundary": Code("warning", "The boundary between two arm groups was inferred from the form of the text."),
    "place-ambiguous": Code("info", "A place with more commas than parts; the division was inferred."),
    "country-mismatch": Code("info", "A listed country without a location; it is in `unparsed`."),
    "conditions-joined": Code("info", "Terms that the page joins by single spaces were separated."),
    "too-long": Code("warning", "More than any record has; the rest is kept, but not parsed."),
    "form-guessed": Code("info", "Another form matched the page almost as well."),
    "encoding-guessed": Code("info", "The bytes were not UTF-8 and were read as Windows-1252."),
    "lone-surrogate": Code("warning", "Lone surrogates, which are not characters, were read as U+FFFD."),
}
"""All codes of problems. README's table is tested against this one."""


class Problem(Model, frozen=True):
    """Something odd, with offsets in code points, line and column counted from 1, or the path of a field."""

    code: Annotated[str, doc("What kind of problem it is.")]
    severity: Annotated[Severity, doc("How much it matters.")]
    message: Annotated[str, doc("What is odd.")]
    path: Annotated[str | None, doc("JSON Pointer of the field it is about, where there is one.")] = None
    start: Annotated[int | None, doc("Offset in code points.")] = None
    end: Annotated[int | None, doc("Offset in code points, exclusive.")] = None
    line: Annotated[int | None, doc("Line of the start, from 1.")] = None
    column: Annotated[int | None, doc("Column of the start in code points, from 1.")] = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.line}:{self.column}"
        return f"{place}: {self.severity}: {self.message} [{self.code}]"


Report = Callable[[str, str, tuple[int, int]], None]
"""How a stage reports a problem: its code, a message, and its span."""


MOST_PROBLEMS = 10_000
"""The most problems of a record that are listed, because a problem is larger than the text that it is about."""

# A message is for a person.
_LONGEST_MESSAGE, _ITS_END = 1000, 100


class Problems:
    """Collects the problems of one record. Calling it reports a problem: a code, a message, and its span.

    `position` returns the line and column of an offset. Without it offsets count in the value that `path` leads to, and
    problems keep the order in which they were reported.
    """

    def __init__(self, position: Callable[[int], tuple[int, int]] | None = None) -> None:
        self._position = position
        self._found: list[Problem] = []
        self._more = 0

    def __call__(
        self, code: str, message: str, span: tuple[int, int] | tuple[None, None], path: str | None = None
    ) -> None:
        if len(self._found) >= MOST_PROBLEMS:
            self._more += 1
            return
        start, end = span
        line, column = self._position(start) if self._position and start is not None else (None, None)
        problem = Problem(
            code=code,
            severity=CODES[code].severity,
            message=_shortened(message),
            path=path,
            start=start,
            end=end,
            line=line,
            column=column,
        )
        self._found.append(problem)

    def in_order(self) -> tuple[Problem, ...]:
        """The problems in the order of the source; the last one counts those that are not listed."""
        found = self._found
        if self._position is not None:
            found = sorted(found, key=lambda problem: (problem.start or 0, problem.end or 0))
        if not self._more:
            return tuple(found)
        message = f"more than {MOST_PROBLEMS:,} problems: {self._more:,} further ones are not listed"
        return (*found, Problem(code="too-long", severity=CODES["too-long"].severity, message=message))


def _shortened(message: str) -> str:
    """A message without the middle of a long text that it quotes, which is in `unparsed`."""
    if len(message) <= _LONGEST_MESSAGE:
        return message
    return f"{message[: _LONGEST_MESSAGE - _ITS_END]}…{message[-_ITS_END:]}"


class ParserError(ValueError):
    """The input cannot be a record. Each subclass says why; the message says what to do."""


class EmptyInputError(ParserError):
    """There is no text in the input."""


class TooLargeError(ParserError):
    """The input is over the size limit."""


class BinaryInputError(ParserError):
    """The input is not text."""


class UndecodableError(ParserError):
    """The bytes are in no known encoding."""


class NotARecordError(ParserError):
    """The input is not a record of a trial registry in any known form."""


class ManyRecordsError(ParserError):
    """The input holds several records where one is expected."""


class DifferentTrialsError(ParserError):
    """Two documents that were to be merged are of different trials."""


class InvalidDocumentError(ParserError):
    """A JSON document that does not have the shape of the contract."""
