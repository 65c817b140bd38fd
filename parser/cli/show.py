"""`show`: a readable summary of a record."""

from __future__ import annotations

import argparse

from parser.cli.record_tree import record_tree
from parser.cli.shared import RECORD_HELP, Command, form_option, open_record, size_option
from parser.cli.tree import print_tree

SHOW_EXAMPLES = """\
examples:
  registry-parser show page.txt                 its title, criteria as a tree, quantities, problems
  registry-parser show dumps.zip!page.txt       a page of an archive, by its sourceSection.name
  registry-parser show 'studies.json#12'        a record of an export
  registry-parser show page.txt | less

On a terminal it is in colours if rich is installed (pip install 'registry-text-parser[terminal]'), and NO_COLOR
(https://no-color.org) is not set."""


def _show_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=f"{RECORD_HELP}; or a document that `parse` wrote")
    form_option(parser)
    size_option(parser)


def _show(options: argparse.Namespace) -> int:
    opened = open_record(options.file, options.max_size, options.form, documents=True)
    print_tree(record_tree(opened.document))
    return 0


SHOW = Command("show", "show a record on a terminal", _show, _show_options, SHOW_EXAMPLES)
