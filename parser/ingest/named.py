"""Finds one record by its name in a data set (`sourceSection.name`)."""

from __future__ import annotations

import os

from parser.escape import printable
from parser.ingest.limits import Limits
from parser.ingest.model import Dump, Refusal
from parser.ingest.names import PARTS, form_of, leads_to
from parser.ingest.read import read_except


def read_named(name: str, *, form: str | None = None, limits: Limits | None = None) -> Dump | Refusal:
    """The input with a name from `read`: a record, `dumps.zip!page.txt` or `studies.json.gz#12`, or a whole file.

    A packed file, or a member of an archive, is returned as its bytes. Texts of JSON lines and of Parquet are
    found in the field "text".
    """
    file = outer_file(name) or name
    # As records are named; separators are printable, and so unchanged.
    wanted = printable(name)
    refusal: Refusal | None = None
    for item in read_except((), file, form=form, limits=limits, wanted=wanted):
        if item.name == wanted:
            return item
        if isinstance(item, Refusal) and leads_to(item.name, wanted):
            refusal = item
    if file == name and form_of(name).kind in ("tar", "zip"):
        message = "it is an archive: name one of its members, as dumps.zip!page.txt, or convert them all"
    else:
        message = f"{printable(file)} has no such member or record"
    return refusal or Refusal(wanted, "unreadable", message)


def outer_file(name: str) -> str | None:
    """The file that holds a named input: the name itself, or its longest prefix that is a file.

    None if there is none.
    """
    ends = [len(name), *(match.start() for match in reversed(list(PARTS.finditer(name))))]
    return next((name[:end] for end in ends if os.path.isfile(name[:end])), None)


def is_whole(name: str) -> bool:
    """Whether a name is that of a plain file: neither packed, nor an archive, nor a part of another file."""
    form = form_of(name)
    return os.path.exists(name) and not form.packing and form.kind not in ("tar", "zip")
