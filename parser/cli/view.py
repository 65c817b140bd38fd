"""`view`: records next to the text that they were read from, as pages for a browser."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from parser import Document, NotARecordError, ParserError, parse_records
from parser.cli.shared import (
    RECORD_HELP,
    Command,
    UnreadableFileError,
    form_option,
    head_of,
    name_of,
    open_record,
    read_content,
    size_option,
    tell,
)
from parser.forms import Payload, export_form
from parser.pipeline import named, page_source, parse_source, read_payload
from parser.writers.view import Viewed, index_page, page
from parser.writers.view import name_of as name_of_record

# Browsers open a page with more records slowly.
MOST_RECORDS = 100
_PAGE_NAMES = (".html", ".htm")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60

VIEW_EXAMPLES = f"""\
examples:
  registry-parser view page.txt -o page.html                 one record next to its text
  registry-parser view pages/*.txt -o pages.html             several, with an index, in one file
  registry-parser view studies.json -o studies/              a page for each record, and studies/index.html
  registry-parser view - < page.txt > page.html

The pages need no network, and only their own script runs in them. For an export, whose offsets count in its values,
the left side shows the values. One file takes up to {MOST_RECORDS} records; a folder takes any number.

The exit status is 1 if something could not be read as a record; the others are still shown."""


def _view_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help=f"{RECORD_HELP}; or an export of many")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default="-",
        help="the page to write (.html), or a folder of pages (any other name); the default is stdout",
    )
    form_option(parser)
    size_option(parser)


def _view(options: argparse.Namespace) -> int:
    reader = _RecordReader(options.max_size, options.form)
    records = reader.read(options.files)
    to_file = options.output == "-" or options.output.lower().endswith(_PAGE_NAMES)
    try:
        written = _write_page(records, options.output) if to_file else _write_folder(records, Path(options.output))
    except OSError as error:
        tell(f"{options.output}: error: the page cannot be written: {error.strerror}")
        return 1
    return int(reader.failed or not written)


def _write_page(records: Iterator[Viewed], output: str) -> bool:
    """Write one page; returns whether there was anything to show."""
    shown: list[Viewed] = []
    for record in records:
        if len(shown) == MOST_RECORDS:
            tell(
                f"view: error: there are more than {MOST_RECORDS} records, too many for one page: "
                "give a folder, such as -o pages/"
            )
            return False
        shown.append(record)
    if not shown:
        return False
    html = page(shown)
    if output == "-":
        sys.stdout.write(html)
    else:
        Path(output).write_text(html, encoding="utf-8", newline="\n")
    return True


def _write_folder(records: Iterator[Viewed], folder: Path) -> bool:
    """Write a page for each record, and their index; returns whether there was anything to show."""
    rows: list[tuple[Document, str]] = []
    for number, record in enumerate(records, 1):
        if number == 1:
            folder.mkdir(parents=True, exist_ok=True)
        address = f"{number:05}-{_file_name(record.document)}.html"
        (folder / address).write_text(page([record]), encoding="utf-8", newline="\n")
        rows.append((record.document, address))
    if rows:
        (folder / "index.html").write_text(index_page(rows), encoding="utf-8", newline="\n")
    return bool(rows)


def _file_name(document: Document) -> str:
    """A record's name as a file: letters and digits of its id or its title."""
    return _NOT_IN_NAMES.sub("-", name_of_record(document))[:_LONGEST_NAME].strip("-.") or "record"


class _RecordReader:
    """Reads the records of files; unreadable ones are reported, and the rest is read."""

    def __init__(self, max_size: int, form: str | None) -> None:
        self.max_size = max_size
        self.form = form
        self.failed = False

    def read(self, files: list[str]) -> Iterator[Viewed]:
        for file in files:
            try:
                yield from self._records(file)
            except (ParserError, UnreadableFileError) as error:
                self._refuse(name_of(file), error)

    def _records(self, file: str) -> Iterator[Viewed]:
        if self.form:
            opened = open_record(file, self.max_size, self.form)
            source = opened.source()
            yield Viewed(named(opened.document, name_of(file)), source.text if source else None)
            return
        data = read_content(file, self.max_size)
        if isinstance(data, Payload):
            yield Viewed(named(read_payload(data), file), None)
            return
        if export_form(head_of(data)) is None:
            source = page_source(data, self.max_size)
            yield Viewed(named(parse_source(source), name_of(file)), source.text)
            return
        yield from self._export(data, name_of(file))

    def _export(self, data: bytes | str, name: str) -> Iterator[Viewed]:
        """The records of an export, named as `convert` names them: `studies.json#12`, or the file's own name."""
        count = 0

        def refuse(place: str, error: ParserError) -> None:
            nonlocal count
            count += 1
            self._refuse(f"{name}{place}", error)

        before: tuple[Document, int] | None = None
        for document in parse_records(data, on_error=refuse, max_size=self.max_size):
            # The record before is shown only now, when it is known not to be the only one.
            count += 1
            if before:
                yield Viewed(named(before[0], f"{name}#{before[1]}"), None)
            before = document, count
        if not count:
            self._refuse(name, NotARecordError("the input holds no record"))
        if before:
            yield Viewed(named(before[0], name if count == 1 else f"{name}#{before[1]}"), None)

    def _refuse(self, place: str, error: Exception) -> None:
        tell(f"{place}: error: {error}")
        self.failed = True


VIEW = Command("view", "show records next to their text, as pages for a browser", _view, _view_options, VIEW_EXAMPLES)
