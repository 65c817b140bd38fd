"""Which module may import which: the arrows of the design, read from the source with `ast`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "parser"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A layer is a module of the package, or a folder of it with everything inside; `parser` is the public face. Each
# may import what stands beside it, and itself.
READ = {"problems", "source"}
MODEL = {"model", "protocol", "normalized", "results", "documents", *READ}
MAY_IMPORT: dict[str, set[str]] = {
    "problems": set(),
    "source": {"problems"},
    "enums": set(),
    "codec": READ,
    "csl": READ,
    "model": READ,
    "protocol": {"model", *READ},
    "normalized": {"model", *READ},
    "results": {"model", *READ},
    "documents": {"model", *READ},
    "document": {"codec", "csl", *MODEL},
    "cache": set(),
    "grammar": {"cache", *READ},
    "lines": READ,
    "html": READ,
    "lexicon": READ,
    "page": {"enums", "grammar", "html", "lines", *READ},
    "criteria": {"grammar", "lines", *READ},
    "quantities": {"grammar", "model", "normalized", *READ},
    "values": {"enums", "grammar", "lexicon", "model", "normalized", *READ},
    "writers": {"codec", "document", "page", *MODEL},
    "assemble": {"lines", "page", "criteria", "quantities", "values", "lexicon", "document", *MODEL},
    "provenance": {"codec", "document", *READ},
    "pipeline": {"assemble", "html", "page", "criteria", "document", "provenance", "writers", *READ},
    "merging": {"codec", "document", *MODEL},
    # What a page's characters became, and what a value was read from: two views of a document beside its page.
    "coverage": {"lines", "page", "pipeline", "provenance", *READ},
    "explain": {"document", "provenance", *READ},
    "parser": {"pipeline", "document", "merging", "quantities", "writers", *MODEL},
    "ingest": {"parser", "quantities", *READ},
    "cli": {"parser", "coverage", "explain", "ingest", "page", "pipeline", "writers", *READ},
    "__main__": {"cli"},
}

# What is not the standard library's has one door each; `json` has few, because keys are spelled in one place.
DOORS = {
    "lark": {"grammar"},
    "bs4": {"html"},
    "dateutil": {"values"},
    "phonenumbers": {"values"},
    "pycountry": {"values"},
    "pyarrow": {"ingest"},
    "duckdb": {"ingest"},
    "tqdm": {"ingest"},
    # Zstandard is in the standard library from Python 3.14 on, as `compression.zstd`.
    "compression": {"ingest"},
    "backports": {"ingest"},
    "json": {"cache", "codec", "cli", "explain", "ingest", "lexicon"},
}


def layer_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "parser" if first == "__init__" else first


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The dotted names that a module imports, anywhere in it, each with its line.

    `from parser import codec` names the module parser.codec, and `from parser import parse` the public face.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports here name the package, so that they can be searched"
            assert node.module
            for alias in node.names:
                inner = node.module == "parser" and alias.name in MAY_IMPORT
                yield node.lineno, f"parser.{alias.name}" if inner else node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    layer = layer_of(path)
    assert layer in MAY_IMPORT, f"{layer} is no layer yet: say in MAY_IMPORT what it may import"
    for line, name in imported(path):
        top, _, rest = name.partition(".")
        if top == "parser":
            target = rest.partition(".")[0] or "parser"
            assert target == layer or target in MAY_IMPORT[layer], f"{path}:{line}: {layer} must not import {name}"
        else:
            known = top in DOORS or top in sys.stdlib_module_names
            assert known, f"{path}:{line}: {top} needs a door in DOORS"
            assert layer in DOORS.get(top, {layer}), f"{path}:{line}: {layer} must not import {top}"


def test_the_table_itself_has_no_circle() -> None:
    finished: set[str] = set()
    while ready := {layer for layer, below in MAY_IMPORT.items() if layer not in finished and below <= finished}:
        finished |= ready
    assert finished == set(MAY_IMPORT)
