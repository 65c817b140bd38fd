"""`render`: a document as a labelled page."""

from __future__ import annotations

import argparse
from pathlib import Path

from parser import render
from parser.cli.shared import Command, read_content, read_json, size_option, tell, write_text
from parser.forms import Payload
from parser.pipeline import read_payload
from parser.source import DEFAULT_MAX_SIZE

# JSON is larger than the page: it has keys, and repeats criteria and quantities.
RENDER_MAX_SIZE = 16 * DEFAULT_MAX_SIZE

RENDER_EXAMPLES = """\
examples:
  registry-parser render document.json                             a document as a labelled page
  registry-parser parse page.txt | registry-parser render - | cmp - page.txt
  registry-parser render -o page.txt study.json                    any study of API v2 as a page"""


def _render_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a document, or a study of API v2, as JSON; - is stdin")
    parser.add_argument("-o", "--output", metavar="OUT", default="-", help="the file to write (default: stdout)")
    size_option(parser, RENDER_MAX_SIZE)


def _render(options: argparse.Namespace) -> int:
    content = read_content(options.file, options.max_size)
    if isinstance(content, Payload):
        page = render(read_payload(content))
    else:
        page = render(read_json(content, "this is not JSON, as `registry-parser parse` writes it"))
    if options.output == "-":
        write_text(page)
        return 0
    try:
        Path(options.output).write_bytes(page.encode())
    except OSError as error:
        tell(f"{options.output}: error: the file cannot be written: {error.strerror}")
        return 1
    return 0


RENDER = Command("render", "turn a document back into a page", _render, _render_options, RENDER_EXAMPLES)
