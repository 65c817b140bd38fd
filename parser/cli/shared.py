"""Shared by the commands: their description, options, messages, and the reading of a record."""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from parser import Document, ManyRecordsError, NotARecordError, page_source, parse
from parser.escape import printable
from parser.forms import Payload, find_form, form_names
from parser.forms.api_v2_json import is_own_document
from parser.forms.streams import HEAD, utf8_head
from parser.pipeline import read_payload
from parser.problems import InvalidDocumentError, TooLargeError
from parser.source import DEFAULT_MAX_SIZE, Source

# The width of lines without a terminal.
PIPE_WIDTH = 100

# A read allocates what it asks for, so a file is read in pieces.
CHUNK = 1 << 20

RECORD_HELP = "a dumped page, or an export of one record; {}; - is stdin".format(
    "packed (page.txt.gz), in an archive (dumps.zip!page.txt), or one of many records (studies.json#12)"
)


class UnreadableFileError(Exception):
    """The bytes cannot be read: the operating system denies it, or the archive is damaged."""


def _no_options(parser: argparse.ArgumentParser) -> None:
    """For a command without options."""


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: `run` takes the parsed `options`, writes to stdout, and returns the exit status."""

    name: str
    summary: str
    run: Callable[[argparse.Namespace], int]
    options: Callable[[argparse.ArgumentParser], None] = _no_options
    examples: str = ""


# --- Options ----------------------------------------------------------------------------------------------------------


def size_option(parser: argparse.ArgumentParser, default: int = DEFAULT_MAX_SIZE) -> None:
    parser.add_argument(
        "--max-size",
        type=size,
        default=default,
        metavar="BYTES",
        help=f"refuse larger files; K, M and G may follow the number (default: {default >> 20}M)",
    )


def form_option(parser: argparse.ArgumentParser) -> None:
    option = parser.add_argument(
        "--form",
        type=_form,
        metavar="FORM",
        help="form of the input, one of those that `registry-parser forms` lists (default: recognised by content)",
    )
    # For argcomplete; argparse would list some thirty names in each usage line.
    option.completer = lambda **_: form_names()  # type: ignore[attr-defined]


def _form(text: str) -> str:
    try:
        find_form(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].upper() in ("K", "M", "G") else (text, "")
    if not (number.isascii() and number.isdigit() and int(number)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size: give a number of bytes, such as 500000, 64K or 32M")
    return int(number) << {"": 0, "K": 10, "M": 20, "G": 30}[unit]


# --- Messages ---------------------------------------------------------------------------------------------------------


def name_of(file: str) -> str:
    """The name of a file in messages."""
    return "<stdin>" if file == "-" else file


def tell(line: str) -> None:
    """Write a message to stderr, on one line whatever it quotes."""
    print(printable(line), file=sys.stderr)


def tell_error(file: str, error: Exception) -> None:
    """Say why there is no record in a file."""
    hint = ""
    if isinstance(error, ManyRecordsError):
        one = "" if file == "-" else f"name one ({file}#1), or "
        hint = f"; on the command line {one}use `registry-parser convert`"
    tell(f"{name_of(file)}: error: {error}{hint}")


def say(line: str = "") -> None:
    """Write a line to stdout, escaped whatever it quotes."""
    print(printable(line))


def write_text(text: str) -> None:
    """Write a text to stdout unchanged; to a terminal, without control characters."""
    if sys.stdout.isatty():
        cells = (line.split("\t") for line in text.replace("\r\n", "\n").split("\n"))
        text = "\n".join("\t".join(map(printable, line)) for line in cells)
    sys.stdout.write(text)


def width() -> int:
    """The number of columns of a line of output."""
    return shutil.get_terminal_size((PIPE_WIDTH, 0)).columns


# --- Records ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record and its page; exports and documents have no page."""

    document: Document
    page: bytes | str | None
    max_size: int

    def source(self) -> Source | None:
        """The text that offsets count in; those of an export count in its values."""
        return None if self.page is None else page_source(self.page, self.max_size)


def open_record(file: str, max_size: int, form: str | None = None, *, documents: bool = False) -> OpenedRecord:
    """The record that a name stands for (`read_content`), in the named form, if one is named.

    With `documents`, it may be a document that this package wrote, too. Raises `UnreadableFileError`, and a
    `ParserError` for what is not a record.
    """
    content = read_content(file, max_size, form)
    if isinstance(content, Payload):
        return OpenedRecord(read_payload(content), None, max_size)
    if documents and is_own_document(head_of(content)):
        data = read_json(content, "this is not JSON, as `registry-parser parse` writes it")
        return OpenedRecord(Document.from_dict(data), None, max_size)
    document = parse(content, max_size=max_size, form=form)
    is_page = document.source_section.offsets != "field"
    return OpenedRecord(document, content if is_page else None, max_size)


def head_of(content: bytes | str) -> bytes:
    """The first bytes of a content, in UTF-8, by which its form is recognised."""
    return utf8_head(content[:HEAD].encode("utf-8", "replace") if isinstance(content, str) else content[:HEAD])


def page_content(file: str, max_size: int) -> bytes | str:
    """The page that a name stands for. Raises what `open_record` raises, and `NotARecordError` for a record of many."""
    content = read_content(file, max_size)
    if isinstance(content, Payload):
        raise NotARecordError(f"this is not a page but a record of an export, {content.form}")
    return content


def read_content(file: str, max_size: int, form: str | None = None) -> bytes | str | Payload:
    """Read a file or stdin, or a record by its name in a data set.

    Such names are those of a packed file, a member of an archive, and one of the records of a file
    (`sourceSection.name`). Raises `UnreadableFileError`, and `TooLargeError` for input over the limit.
    """
    # Imported here, because schema and help do not need it.
    from parser.ingest.limits import Limits
    from parser.ingest.model import Refusal
    from parser.ingest.named import is_whole, outer_file, read_named

    if file == "-" or is_whole(file) or not outer_file(file):
        return read_file(file, max_size)
    found = read_named(file, form=form, limits=Limits(page=max_size))
    if isinstance(found, Refusal):
        raise UnreadableFileError(found.message)
    return found.content


def read_file(file: str, max_size: int) -> bytes:
    """The bytes of a file or of stdin; at most a little more than the limit is read."""
    data = bytearray()
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:
            while len(data) <= max_size and (chunk := stream.read(CHUNK)):
                data += chunk
    except IsADirectoryError as error:
        message = f"it is a folder; `registry-parser convert {file} -o OUT` reads all files in it"
        raise UnreadableFileError(message) from error
    except OSError as error:
        raise UnreadableFileError(f"the file cannot be read: {error.strerror}") from error
    except ValueError as error:
        # File names cannot have a null character.
        raise UnreadableFileError(f"the file cannot be read: {os.strerror(errno.ENOENT)}") from error
    if len(data) > max_size:
        raise TooLargeError(
            f"the input has more than the limit of {max_size:,} bytes; "
            "raise the limit with --max-size if it really is one record"
        )
    return bytes(data)


def read_json(data: bytes | str, otherwise: str) -> Any:
    """JSON data from a file; `otherwise` is the message for other bytes."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidDocumentError(f"{otherwise}: {error}") from error
