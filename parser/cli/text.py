"""`forms`: the known forms. `text`: the text of a page, which all offsets refer to."""

from __future__ import annotations

import argparse

from parser.cli.shared import Command, page_content, size_option, write_text
from parser.forms import EXPORTS
from parser.forms.pages.page_forms import PAGE_FORMS
from parser.pipeline import page_source

TEXT_EXAMPLES = """\
examples:
  registry-parser text page.html > page.txt          the text that start and end count in
  registry-parser text page.html | sed -n 57p        the line that a problem names

A page that is already text is printed unchanged."""


def _forms(_: argparse.Namespace) -> int:
    pages = [(page.name, page.meaning, "1") for page in PAGE_FORMS]
    pages.append(("html/...", "A saved page of any of these; start and end count in its text.", "1"))
    rows = [("form", "what it is", "records in a file"), *pages]
    rows += [(export.name, export.meaning, "1 or more") for export in EXPORTS]
    names, meanings = (max(len(row[column]) for row in rows) for column in (0, 1))
    for name, meaning, count in rows:
        print(f"{name:{names}}  {meaning:{meanings}}  {count}")
    return 0


def _text_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a dumped page, as explain takes it; - is stdin")
    size_option(parser)


def _text(options: argparse.Namespace) -> int:
    source = page_source(page_content(options.file, options.max_size), options.max_size)
    # A lone surrogate cannot be encoded; everything else is printed unchanged.
    write_text(source.text.encode("utf-8", "replace").decode("utf-8"))
    return 0


FORMS = Command("forms", "list the known forms of input, pages and exports", _forms)
TEXT = Command("text", "print the text of a page that offsets count in", _text, _text_options, TEXT_EXAMPLES)
