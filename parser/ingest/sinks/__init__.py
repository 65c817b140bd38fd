"""Sinks: where the records of a conversion go. `sink_for` picks one by the name of the output."""

from __future__ import annotations

import importlib
import importlib.util
import os
from pathlib import Path
from typing import NamedTuple

from parser.ingest.sinks.base import MissingDependencyError, Record, Sink, Staging, check_free
from parser.ingest.sinks.folder import is_empty_folder

__all__ = ["FORMATS", "Format", "MissingDependencyError", "Record", "Sink", "check_output", "format_of", "sink_for"]


class Format(NamedTuple):
    """A form of output: which names have it, and which class writes it."""

    ending: str
    """The end of the output's name, in any case of letters; `-` alone is stdout, and a folder has none."""
    module: str
    """The module next to this one that has the class; it is imported only when it is needed."""
    sink: str
    needs: tuple[str, ...]
    """Libraries outside the standard library, as they are imported."""
    extra: str
    """The extra of this package that brings them."""
    meaning: str


FORMATS = (
    Format("-", "lines", "StreamSink", (), "", "JSON lines on stdout, each as soon as it is there"),
    Format(".jsonl", "lines", "JsonLinesSink", (), "", "JSON lines"),
    Format(".ndjson", "lines", "JsonLinesSink", (), "", "JSON lines"),
    Format(".jsonl.gz", "lines", "JsonLinesSink", (), "", "JSON lines, compressed"),
    Format(".ndjson.gz", "lines", "JsonLinesSink", (), "", "JSON lines, compressed"),
    Format(
        ".parquet", "parquet", "ParquetSink", ("pyarrow",), "parquet", "a folder with a Parquet file for each table"
    ),
    Format(".duckdb", "database", "DuckDbSink", ("duckdb", "pyarrow"), "duckdb", "a DuckDB database"),
    Format("", "folder", "FolderSink", (), "", "a folder with a JSON file for each record"),
)
"""Every form of output; the first whose ending fits is taken."""


def format_of(out: str | os.PathLike[str]) -> Format:
    """The form that an output of this name has.

    Raises `ValueError` where the name ends like a file (`trials.csv`) in a form that there is not, rather than make a
    folder of that name.
    """
    name = os.fspath(out)
    if not name:
        raise ValueError("an output needs a name")
    if name == "-":
        return FORMATS[0]
    fitting = [form for form in FORMATS if form.ending != "-" and Path(name).name.lower().endswith(form.ending)]
    if not fitting[0].ending and Path(name).suffix and not Path(name).is_dir():
        endings = ", ".join(form.ending for form in FORMATS if form.ending.startswith("."))
        raise ValueError(f"{name}: outputs end in {endings}; a folder's name has no ending, and - is stdout")
    return fitting[0]


def sink_for(out: str | os.PathLike[str], *, overwrite: bool = False, staging: Staging | None = None) -> Sink:
    """The sink that writes an output of this name.

    `overwrite` allows that it exists already; it is replaced when the new one is complete. What is being made is in the
    folder of `staging`; without one next to the output, under a name with a dot in front.

    Raises `ValueError` for a name of no form that there is, `FileExistsError` for an output that exists and may not be
    overwritten, and `MissingDependencyError`.
    """
    form = format_of(out)
    _import_needs(form, out)
    make = getattr(importlib.import_module(f"{__name__}.{form.module}"), form.sink)
    sink: Sink = make() if form.ending == "-" else make(Path(out), overwrite=overwrite, staging=staging)
    return sink


def check_output(out: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """Raise what `sink_for` would, and write nothing: for those who would only get to know it after hours of work.

    Libraries are looked for and not imported: some start threads, and then workers could not be forked.
    """
    form = format_of(out)
    for library in form.needs:
        if importlib.util.find_spec(library) is None:
            raise _missing(library, form, out)
    if form.ending != "-":
        check_free(Path(out), overwrite or (not form.ending and is_empty_folder(Path(out))))


def _import_needs(form: Format, out: str | os.PathLike[str]) -> None:
    for library in form.needs:
        try:
            importlib.import_module(library)
        except ModuleNotFoundError as missing:
            raise _missing(library, form, out) from missing


def _missing(library: str, form: Format, out: str | os.PathLike[str]) -> MissingDependencyError:
    return MissingDependencyError(f"{os.fspath(out)} needs {library}: pip install 'registry-text-parser[{form.extra}]'")
