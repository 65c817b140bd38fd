"""Every page of files, folders, patterns, archives, JSON lines and stdin, one at a time and in a fixed order."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO, cast

from parser.ingest.archives import read_tar, read_zip
from parser.ingest.json_lines import DEFAULT_TEXT_FIELD, Fields, read_json_lines
from parser.ingest.limits import ArchiveFault, Fault, Limits
from parser.ingest.model import Dump, Refusal
from parser.ingest.names import Form, form_of, plain
from parser.ingest.unpack import Stream, Unpacked, read_page
from parser.ingest.walk import expand, is_pattern, unreadable, walk

StrPath = str | os.PathLike[str]

STDIN = "-"
_STDIN_NAME = "<stdin>"

_NAME_THE_FIELD = "for JSON lines name the field of the text (text_field, --text-field)"


def read(
    paths: StrPath | Iterable[StrPath],
    *,
    text_field: str | None = None,
    id_field: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Dump | Refusal]:
    """The pages in `paths`, each read when it is asked for; what gives none is a `Refusal` in its place.

    A path is a file, a folder, a pattern if there is no such file (`crawl-*/**/*.txt`), or `-` for stdin. A folder
    gives its files by name, with those of its folders, except hidden ones. By its name a file is

    * JSON lines: `.jsonl`, `.ndjson`; the page is in the field `text_field` ("text" unless given), its name in
      `id_field`, if there is one; both may be paths in nested objects, as `page.text`;
    * an archive: `.zip`, `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`, `.tzst`, with all its members but archives;
    * either of the first two or a page, packed: `.gz`, `.zst`;
    * JSON lines where `text_field` is given, and else no page: `.json`, such as a document that was a page once. It is
      refused where it is named, and where it lies beside pages in a folder or an archive it is "skipped";
    * a page otherwise, of any name.

    Stdin is a page, or JSON lines where `text_field` is given. A page's name is its path, its member behind the
    archive's `!`, its line behind a colon. The order is fixed: paths as given, the names in a folder sorted by code
    point, archives in their own order. Only one page is held in memory, up to `limits`. Nothing is written anywhere,
    and nothing raises but for wrong types: `REFUSALS` has all that can happen to an input.
    """
    return read_except((), paths, text_field=text_field, id_field=id_field, limits=limits)


def read_except(
    own: Iterable[StrPath],
    paths: StrPath | Iterable[StrPath],
    *,
    text_field: str | None = None,
    id_field: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Dump | Refusal]:
    """What `read` gives but for some files and folders, with all in them: what a run itself makes among its inputs."""
    left_out = tuple(os.path.abspath(path) for path in own)
    fields = Fields(text_field or DEFAULT_TEXT_FIELD, id_field)
    reader = _Reader(fields, text_field is not None, limits or Limits(), left_out)
    # A lone path is no list of letters.
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    return reader.read_all(os.fspath(path) for path in given)


def is_single_page(name: str) -> bool:
    """Whether a file of this name is taken for one page, and not for many."""
    return form_of(name).kind == "page"


def is_json(name: str) -> bool:
    """Whether a file of this name is no page, or JSON lines where their field is named."""
    return form_of(name).kind == "json"


@dataclass(frozen=True, slots=True)
class _Reader:
    """What to make of inputs."""

    fields: Fields
    text_field_given: bool
    limits: Limits
    left_out: tuple[str, ...] = ()

    def read_all(self, paths: Iterable[str]) -> Iterator[Dump | Refusal]:
        for path in paths:
            if path == STDIN:
                yield from self._read_stdin()
            elif is_pattern(path) and not os.path.lexists(path):
                yield from self._read_pattern(path)
            else:
                yield from self._read_path(path)

    def _read_stdin(self) -> Iterator[Dump | Refusal]:
        form = Form("", "lines" if self.text_field_given else "page")
        return _told(_STDIN_NAME, self._read_stream(_STDIN_NAME, _Pipe(sys.stdin.buffer), form))

    def _read_pattern(self, pattern: str) -> Iterator[Dump | Refusal]:
        found = False
        for path in expand(pattern):
            found = True
            # A pattern that asks for JSON names it.
            yield from [path] if isinstance(path, Refusal) else self._read_path(path, named=is_json(pattern))
        if not found:
            yield Refusal(plain(pattern), "unreadable", "there is no such file, and none that fits it as a pattern")

    def _read_path(self, path: str, *, named: bool = True) -> Iterator[Dump | Refusal]:
        for file in walk(path):
            if isinstance(file, Refusal):
                yield file
            elif self._is_left_out(file):
                continue
            elif self._is_no_page(file) and not (named and file == path):
                yield _skipped(plain(file))
            else:
                yield from _told(plain(file), self._read_file(file))

    def _is_left_out(self, path: str) -> bool:
        absolute = os.path.abspath(path) if self.left_out else ""
        return any(absolute == own or absolute.startswith(own + os.sep) for own in self.left_out)

    def _is_no_page(self, name: str) -> bool:
        return is_json(name) and not self.text_field_given

    def _read_file(self, path: str) -> Iterator[Dump | Refusal]:
        # Asked before it is opened: opening a FIFO waits for somebody to write to it.
        if not stat.S_ISREG(os.stat(path).st_mode):
            message = "a FIFO, a socket or a device, not a file; what a program writes can be read from stdin (-)"
            raise Fault("not-a-file", message)
        with open(path, "rb") as file:
            yield from self._read_content(plain(path), file)

    def _read_content(self, name: str, file: BinaryIO) -> Iterator[Dump | Refusal]:
        form = form_of(name)
        if form.kind == "zip":
            return read_zip(name, file, self.limits, self._read_member)
        return self._read_stream(name, file, form)

    def _read_member(self, name: str, stream: Stream) -> Iterator[Dump | Refusal]:
        form = form_of(name)
        if form.kind in ("tar", "zip"):
            message = "an archive inside an archive is not unpacked; unpack the outer one, and give the folder"
            yield Refusal(name, "not-a-record", message)
        elif self._is_no_page(name):
            yield _skipped(name)
        else:
            yield from _told(name, self._read_stream(name, stream, form))

    def _read_stream(self, name: str, stream: Stream, form: Form) -> Iterator[Dump | Refusal]:
        if form.packing:
            with closing(Unpacked(stream, form.packing, self.limits)) as unpacked:
                yield from self._read_stream(name, unpacked, Form("", form.kind))
        elif form.kind == "tar":
            yield from read_tar(name, stream, self._read_member)
        elif form.kind == "lines" or (form.kind == "json" and self.text_field_given):
            yield from read_json_lines(name, stream, self.fields, self.limits)
        elif form.kind == "json":
            # The ids in it would make it look like a record.
            raise Fault("not-a-record", f"JSON is not the text of a page; {_NAME_THE_FIELD}")
        else:
            yield read_page(name, stream, self.limits)


def _skipped(name: str) -> Refusal:
    return Refusal(name, "skipped", f"JSON beside pages is none itself; {_NAME_THE_FIELD}")


def _told(name: str, pages: Iterator[Dump | Refusal]) -> Iterator[Dump | Refusal]:
    """The pages, and after them what ended their reading too soon."""
    try:
        yield from pages
    except Fault as fault:
        yield Refusal(name, fault.code, fault.message)
    except ArchiveFault:
        # It is told of the archive, by the one who reads that.
        raise
    except OSError as error:
        yield unreadable(name, error)
    except Exception as error:
        # Libraries foresee most damages, but not all; none may end a run over a hundred thousand other files.
        yield Refusal(name, "damaged-archive", f"it is damaged in a way that was not foreseen: {error!r}")


class _Pipe:
    """Gives what is there, as it comes: a buffered read would wait until there is as much as it was asked for."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        return cast("io.BufferedIOBase", self._stream).read1(size)
