"""What was odd about a page (`Problem`), and what cannot be a record at all (`ParserError`).

Problems are data: a closed set of codes, each with a severity and a place. Odd text never raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, NamedTuple, get_args

from parser.model.base import Model, doc

Severity = Literal["info", "warning", "error"]
"""How much a problem matters to who uses the document."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the least to the most severe."""


class Code(NamedTuple):
    """One kind of problem: its severity, and what it means to a reader of the README."""

    severity: Severity
    meaning: str


CODES: dict[str, Code] = {
    "unknown-heading": Code("warning", "A section heading that nobody knows; its text is in `unparsed`."),
    "unknown-label": Code("warning", "Text under no label that is known, in a section of labels and values."),
    "unparsed-text": Code("warning", "Text that belongs to no field of its section; it is in `unparsed`."),
    "text-before-title": Code("warning", "Text before the title of the record; it is in `unparsed`."),
    "duplicate-section": Code("warning", "A section that came before comes again; the first one counts."),
    "duplicate-field": Code("warning", "A field that came before comes again; the first one counts."),
    "no-field": Code("info", "Text of an export that API v2 has no field for; it is in `unparsed`."),
    "related-trials": Code("info", "Text about other trials; it is in `unparsed`, none of it is this record's."),
    "unknown-value": Code("warning", "A value outside the registry's own list; its text is in `unparsed`."),
    "not-understood": Code("warning", "A value that could not be read; its text is in `unparsed`."),
    "impossible-date": Code("warning", "A date that no calendar has; its text is in `unparsed`."),
    "ambiguous-date": Code("warning", "Day and month could be each other's; only the year is taken."),
    "dates-out-of-order": Code("warning", "The study is completed before it starts."),
    "last-of-month": Code("info", "The last day of a month: pages print a month without a day so."),
    "unknown-country": Code("warning", "A country that ISO 3166-1 does not have under this name."),
    "invalid-phone": Code("info", "A phone field without a number that can be dialled."),
    "phone-region-guessed": Code("info", "A phone without a prefix that is valid in several countries."),
    "nesting-guessed": Code("info", "Where a criterion belongs in the tree was judged by its marker alone."),
    "ambiguous-number": Code("warning", "A number that may have lost a power of ten or a separator; it is kept."),
    "age-mismatch": Code("info", "A criterion's limit of age is not the registry's own."),
    "content-missing": Code("warning", "A section without what every page has there, or a record without its name."),
    "field-guessed": Code("info", "A value without a label that two fields could hold; the likelier one has it."),
    "missing-id": Code("warning", "The page shows no registry id where one belongs."),
    "row-mismatch": Code(
        "warning", "A row of a table whose values do not fit the table's groups; its text is in `unparsed`."
    ),
    "merge-conflict": Code(
        "warning", "Two documents of one trial say different things; the message has what was not kept."
    ),
    "merge-ambiguous": Code(
        "info", "An id of another register that would join several trials of one register: the records are apart."
    ),
    "group-boundary": Code("warning", "Where one arm group ends and the next begins was judged by form."),
    "place-ambiguous": Code("info", "A place with more commas than parts; where they divide was judged."),
    "country-mismatch": Code("info", "A country is listed that no location stands in; it is in `unparsed`."),
    "conditions-joined": Code("info", "Terms that the page joins by single spaces were taken apart."),
    "too-long": Code("warning", "More than any record has; from here on it is kept, but not taken apart."),
    "form-guessed": Code("info", "Which form the page has was a close decision."),
    "encoding-guessed": Code("info", "The bytes were not UTF-8 and were read as Windows-1252."),
    "lone-surrogate": Code("warning", "Lone surrogates, which are not characters, were read as U+FFFD."),
}
"""Every code a problem may have. The README's table is checked against this one."""


class Problem(Model, frozen=True):
    """Something odd, and where: offsets in code points, line and column counted from 1, or the path of a field."""

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
"""How a stage reports a problem: its code, a message, and where it is."""


MOST_PROBLEMS = 10_000
"""So many problems of a record are listed; each takes far more than the few characters that it may be about."""


class Problems:
    """Collects the problems of one record. Calling it reports one: a code, a message, and where it is.

    `position` gives the line and column of an offset. Without it offsets count in the value that `path` leads to, and
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
            message=message,
            path=path,
            start=start,
            end=end,
            line=line,
            column=column,
        )
        self._found.append(problem)

    def in_order(self) -> tuple[Problem, ...]:
        """The problems in the order of the source, and last how many more there were."""
        found = self._found
        if self._position is not None:
            found = sorted(found, key=lambda problem: (problem.start or 0, problem.end or 0))
        if not self._more:
            return tuple(found)
        message = f"more than {MOST_PROBLEMS:,} problems: {self._more:,} further ones are not listed"
        return (*found, Problem(code="too-long", severity=CODES["too-long"].severity, message=message))


class ParserError(ValueError):
    """The input cannot be a record. Each subclass says why; the message says what to do."""


class EmptyInputError(ParserError):
    """There is no text in the input."""


class TooLargeError(ParserError):
    """The input is over the size limit."""


class BinaryInputError(ParserError):
    """The input is not text."""


class UndecodableError(ParserError):
    """The bytes are in no encoding that is known."""


class NotARecordError(ParserError):
    """The input is not a record of a trial registry in any known form."""


class ManyRecordsError(ParserError):
    """The input holds several records where one is expected."""


class DifferentTrialsError(ParserError):
    """Two documents that were to be merged are of different trials."""


class InvalidDocumentError(ParserError):
    """A JSON document that does not have the shape of the contract."""
