"""Every record of files, folders, patterns, archives, exports, tables and stdin, one at a time and in a fixed order."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from parser.escape import printable as plain
from parser.forms import AskedPage, ExportForm, Refused, agreed, find_form, recognise
from parser.forms.api_v2_json import is_own_document
from parser.forms.streams import Peeked, Stream, utf8_head
from parser.ingest.archives import read_tar, read_zip
from parser.ingest.columns import PARQUET, delimiter_of, read_parquet, read_table
from parser.ingest.json_lines import DEFAULT_TEXT_FIELD, Fields, read_json_lines
from parser.ingest.limits import ArchiveFault, Fault, Limits
from parser.ingest.model import Dump, Refusal
from parser.ingest.names import InputForm, form_of, leads_to
from parser.ingest.unpack import Unpacked, read_page
from parser.ingest.walk import expand, is_pattern, unreadable, walk
from parser.pipeline import numbered
from parser.problems import ParserError, TooLargeError

StrPath = str | os.PathLike[str]

STDIN = "-"
_STDIN_NAME = "<stdin>"

_NAME_THE_FIELD = "for JSON lines name the field of the text (text_field, --text-field)"


def read(
    paths: StrPath | Iterable[StrPath],
    *,
    text_field: str | None = None,
    id_field: str | None = None,
    form: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Dump | Refusal]:
    """The records in `paths`, read lazily; an input without a record is a `Refusal` in its place.

    A path is a file, a folder, a pattern if there is no such file (`crawl-*/**/*.txt`), or `-` for stdin. A folder
    stands for all files in it and its sub-folders, except hidden ones, sorted by name. A file is

    * an archive, by its name: `.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`, `.tzst`, with all its members except
      archives; any other file may be compressed: `.gz`, `.zst`;
    * an export of many records, recognised by its content whatever its name is, or because `form` names its form;
    * a table with a column `text_field` for the text of a page: Parquet, or with `text_field` given, CSV and TSV;
    * JSON lines, by the names `.jsonl` and `.ndjson`; the page is in the field `text_field` ("text" unless given), its
      name in `id_field`, if there is one; both may be paths in nested objects, such as `page.text`;
    * JSON lines if `text_field` is given, otherwise not a page: other `.json`, such as a parsed document. It is refused
      if it was named, and "skipped" if it is among pages in a folder or an archive;
    * a page otherwise, of any name.

    Stdin is recognised by its content, too, and is JSON lines if `text_field` is given. A page's name is its path, its
    member after the archive's `!`, its line after a colon, its place in an export after a `#`. The order is fixed:
    paths as given, the names in a folder sorted by code point, archives in their own order. Only one record is held in
    memory, up to `limits`. Nothing is written, and only wrong types raise: `REFUSALS` lists
    everything that can happen to an input.
    """
    return read_except((), paths, text_field=text_field, id_field=id_field, form=form, limits=limits)


def read_except(
    own: Iterable[StrPath],
    paths: StrPath | Iterable[StrPath],
    *,
    text_field: str | None = None,
    id_field: str | None = None,
    form: str | None = None,
    limits: Limits | None = None,
    wanted: str | None = None,
) -> Iterator[Dump | Refusal]:
    """`read` without some files and folders: those that a run itself makes among its inputs.

    With `wanted`, the file or member of that name is returned unchanged, whatever it holds, and no other member is
    read.
    """
    left_out = tuple(os.path.abspath(path) for path in own)
    fields = Fields(text_field or DEFAULT_TEXT_FIELD, id_field)
    reader = _InputReader(
        fields, text_field is not None, limits or Limits(), left_out, find_form(form) if form else None
    )
    # A lone path is not a list of letters.
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    return replace(reader, wanted=wanted).read_all(os.fspath(path) for path in given)


def is_single_page(name: str) -> bool:
    """Whether a file of this name is read as a single page."""
    return form_of(name).kind == "page"


def is_json(name: str) -> bool:
    """Whether a file of this name is not a page, or JSON lines where their field is named."""
    return form_of(name).kind == "json"


@dataclass(frozen=True, slots=True)
class _InputReader:
    """Recognises and reads inputs."""

    fields: Fields
    text_field_given: bool
    limits: Limits
    left_out: tuple[str, ...] = ()
    form: ExportForm | AskedPage | None = None
    wanted: str | None = None

    def read_all(self, paths: Iterable[str]) -> Iterator[Dump | Refusal]:
        for path in paths:
            if path == STDIN:
                yield from self._read_stdin()
            elif is_pattern(path) and not os.path.lexists(path):
                yield from self._read_pattern(path)
            else:
                yield from self._read_path(path)

    def _read_stdin(self) -> Iterator[Dump | Refusal]:
        form = InputForm("", "lines" if self.text_field_given else "page")
        return _told(_STDIN_NAME, self._read_stream(_STDIN_NAME, _Pipe(sys.stdin.buffer), form, named=True))

    def _read_pattern(self, pattern: str) -> Iterator[Dump | Refusal]:
        found = False
        for path in expand(pattern):
            found = True
            # A pattern for JSON names JSON files.
            yield from [path] if isinstance(path, Refusal) else self._read_path(path, named=is_json(pattern))
        if not found:
            yield Refusal(plain(pattern), "unreadable", "there is no such file, and none that matches it as a pattern")

    def _read_path(self, path: str, *, named: bool = True) -> Iterator[Dump | Refusal]:
        for file in walk(path):
            if isinstance(file, Refusal):
                yield file
            elif self._is_left_out(file):
                continue
            else:
                yield from _told(plain(file), self._read_file(file, named=named and file == path))

    def _is_left_out(self, path: str) -> bool:
        absolute = os.path.abspath(path) if self.left_out else ""
        return any(absolute == own or absolute.startswith(own + os.sep) for own in self.left_out)

    def _read_file(self, path: str, *, named: bool) -> Iterator[Dump | Refusal]:
        # Checked before opening: opening a FIFO waits for a writer.
        if not stat.S_ISREG(os.stat(path).st_mode):
            message = "a FIFO, a socket or a device, not a file; a program's output can be read from stdin (-)"
            raise Fault("not-a-file", message)
        with open(path, "rb") as file:
            name = plain(path)
            form = form_of(name)
            if file.read(len(PARQUET)) == PARQUET:
                yield from read_parquet(name, path, self.fields)
                return
            file.seek(0)
            if form.kind == "zip":
                yield from read_zip(name, file, self.limits, self._read_member)
            else:
                yield from self._read_stream(name, file, form, named=named)

    def _read_member(self, name: str, stream: Stream) -> Iterator[Dump | Refusal]:
        form = form_of(name)
        if self.wanted is not None and not leads_to(name, self.wanted):
            return
        if form.kind in ("tar", "zip"):
            message = "an archive inside an archive is not unpacked; unpack the outer one, and pass the folder"
            yield Refusal(name, "not-a-record", message)
        else:
            yield from _told(name, self._read_stream(name, stream, form, named=False))

    def _read_stream(self, name: str, stream: Stream, form: InputForm, *, named: bool) -> Iterator[Dump | Refusal]:
        if form.packing:
            with closing(Unpacked(stream, form.packing, self.limits)) as unpacked:
                yield from self._read_stream(name, unpacked, InputForm("", form.kind), named=named)
        elif form.kind == "tar":
            yield from read_tar(name, stream, self.limits, self._read_member)
        elif name == self.wanted:
            yield read_page(name, stream, self.limits)
        else:
            peeked = Peeked(stream)
            # If texts are in fields, the form is that of the texts.
            asked = None if self.text_field_given else self.form
            try:
                export = agreed(asked, recognise(peeked))
            except ParserError as error:
                yield Refusal(name, "not-a-record", str(error))
                return
            if isinstance(export, ExportForm):
                yield from _records(name, export, peeked, self.limits)
            else:
                yield from self._read_others(name, peeked, form, named=named)

    def _read_others(self, name: str, stream: Peeked, form: InputForm, *, named: bool) -> Iterator[Dump | Refusal]:
        """Inputs other than exports: texts in fields or columns, or one page."""
        is_own = form.kind == "json" and is_own_document(utf8_head(stream.peek()))
        if form.kind == "lines" or (form.kind == "json" and self.text_field_given and not is_own):
            yield from read_json_lines(name, stream, self.fields, self.limits)
        elif form.kind == "json" and named:
            # Its ids would make it look like a record.
            raise Fault("not-a-record", f"JSON of no known form is not the text of a page; {_NAME_THE_FIELD}")
        elif form.kind == "json":
            yield Refusal(name, "skipped", f"JSON of no known form among pages is skipped; {_NAME_THE_FIELD}")
        elif self.text_field_given and (delimiter := delimiter_of(stream.peek(), self.fields)):
            yield from read_table(name, stream, delimiter, self.fields, self.limits)
        elif stream.peek().startswith(PARQUET):
            raise Fault("not-a-record", "Parquet is read from a file of its own: unpack it, and pass the file")
        else:
            yield read_page(name, stream, self.limits)


def _records(name: str, form: ExportForm, stream: Stream, limits: Limits) -> Iterator[Dump | Refusal]:
    """The records of an export, not read yet."""
    try:
        for place, found in numbered(name, form.split(stream, limits.page)):
            if isinstance(found, Refused):
                code = "too-large" if isinstance(found.error, TooLargeError) else "not-a-record"
                yield Refusal(place, code, str(found.error))
            else:
                yield Dump(place, found)
    except ParserError as error:
        yield Refusal(name, "not-a-record", str(error))


def _told(name: str, pages: Iterator[Dump | Refusal]) -> Iterator[Dump | Refusal]:
    """The pages, and after them the fault that ended reading early."""
    try:
        yield from pages
    except Fault as fault:
        yield Refusal(name, fault.code, fault.message)
    except ArchiveFault:
        # It is reported for the archive, by its reader.
        raise
    except OSError as error:
        yield unreadable(name, error)
    except Exception as error:
        # Libraries do not detect all damage, and none may end a run over a hundred thousand other files.
        yield Refusal(name, "damaged-archive", f"it is damaged in an unexpected way: {error!r}")


class _Pipe:
    """Returns available bytes at once, where a buffered read would wait for the requested number."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        return cast("io.BufferedIOBase", self._stream).read1(size)
