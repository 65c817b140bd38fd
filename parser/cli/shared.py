"""What several commands share: how a command is described, how a file is read and named, and options."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from parser.forms import find_form
from parser.problems import InvalidDocumentError, TooLargeError
from parser.source import DEFAULT_MAX_SIZE

# A read reserves what it asks for, so a file is read by the piece and not by the limit.
CHUNK = 1 << 20


class UnreadableFileError(Exception):
    """The operating system does not give the file's bytes."""


def _no_options(parser: argparse.ArgumentParser) -> None:
    """For a command that takes none."""


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: `run` takes what was parsed with `options`, writes to stdout, and gives the exit status."""

    name: str
    summary: str
    run: Callable[[argparse.Namespace], int]
    options: Callable[[argparse.ArgumentParser], None] = _no_options
    examples: str = ""


def size_option(parser: argparse.ArgumentParser, default: int = DEFAULT_MAX_SIZE) -> None:
    parser.add_argument(
        "--max-size",
        type=_size,
        default=default,
        metavar="BYTES",
        help=f"refuse larger files; K, M and G may follow the number (default: {default >> 20}M)",
    )


def form_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--form",
        type=_form,
        metavar="FORM",
        help="what form the input is in, of those that `registry-parser forms` lists (default: told by its content)",
    )


def name_of(file: str) -> str:
    """What a file is called in what is told of it."""
    return "<stdin>" if file == "-" else file


def read_file(file: str, max_size: int) -> bytes:
    """The bytes of a file or of stdin; not much more than the limit is held, however much there is."""
    data = bytearray()
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else open(file, "rb") as stream:
            while len(data) <= max_size and (chunk := stream.read(CHUNK)):
                data += chunk
    except OSError as error:
        raise UnreadableFileError(f"the file cannot be read: {error.strerror}") from error
    if len(data) > max_size:
        raise TooLargeError(
            f"the input has more than the limit of {max_size:,} bytes; "
            "raise the limit with --max-size if it really is one record"
        )
    return bytes(data)


def read_json(data: bytes, otherwise: str) -> Any:
    """JSON data from a file; `otherwise` is what is said of bytes that are none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidDocumentError(f"{otherwise}: {error}") from error


def _form(text: str) -> str:
    try:
        find_form(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].upper() in ("K", "M", "G") else (text, "")
    if not (number.isascii() and number.isdigit() and int(number)):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: give a number of bytes, such as 500000, 64K or 32M")
    return int(number) << {"": 0, "K": 10, "M": 20, "G": 30}[unit]
