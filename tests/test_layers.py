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

# A layer is a module of the package, or a folder of it with everything inside but for what is a layer itself; `parser`
# is the public face. Each may import what is next to it, and itself.
READ = {"problems", "source"}
MODEL = {"model", "model.base", "model.codes", "model.normalized", *READ}
MAY_IMPORT: dict[str, set[str]] = {
    "escape": set(),
    "model.base": set(),
    "model.codes": set(),
    "model.normalized": {"model.base", "model.codes"},
    # Problems are a part of the document.
    "problems": {"model.base"},
    "source": {"problems"},
    "enums": {"model.codes"},
    "csl": {"model.normalized"},
    # What a record looks like in HTML is written from its plain data, so that a document can show itself.
    "writers.view_html": set(),
    "writers.view_source": {"writers.view_html"},
    "writers.view_quantity": {"writers.view_html"},
    "writers.view_criteria": {"writers.view_html", "writers.view_quantity", "writers.view_source"},
    "writers.view_record": {
        "writers.view_html",
        "writers.view_quantity",
        "writers.view_criteria",
        "writers.view_source",
    },
    "writers.view_notebook": {"writers.view_html", "writers.view_record", "writers.view_source"},
    "tables": {"quantities"},
    "model": {"csl", "escape", "tables", "writers.view_notebook", *MODEL} - {"model"},
    "recorder": MODEL,
    "grammar": set(),
    "lines": READ,
    "html": READ,
    "lexicon": READ,
    "registries": set(),
    "forms": {"enums", "grammar", "html", "lines", "quantities", "registries", "values", *MODEL},
    "criteria": {"grammar", "lines", "model.codes", *READ},
    "quantities": {"grammar", "model.codes", "model.normalized", *READ},
    "values": {"enums", "grammar", "lexicon", "model.normalized", *READ},
    "normalize": {"lines", "criteria", "quantities", "recorder", "values", *MODEL},
    "problem_paths": {"recorder", *MODEL},
    "assemble": {
        "enums",
        "forms",
        "lexicon",
        "lines",
        "normalize",
        "problem_paths",
        "quantities",
        "recorder",
        "registries",
        "values",
        *MODEL,
    },
    "writers": {"enums", "forms", "writers.view_html", "writers.view_record", "writers.view_source", *MODEL},
    "pipeline": {"assemble", "forms", "html", "normalize", *MODEL},
    "merging": {"merging_countries", "merging_registers", "registries", *MODEL},
    "merging_registers": {"registries", *MODEL},
    "merging_countries": {"registries", *MODEL},
    # What a page's characters became, and what a value was read from: two views of a document next to its page.
    "coverage": {"forms", "lines", "pipeline", "recorder", "values", *READ},
    "explain": {"escape", *MODEL},
    "parser": {"merging", "pipeline", "quantities", "values", "writers", *MODEL},
    "ingest": {
        "model",
        "escape",
        "forms",
        "merging",
        "merging_registers",
        "parser",
        "pipeline",
        "quantities",
        "registries",
        "tables",
        *READ,
    },
    "cli": {"parser", "coverage", "escape", "explain", "forms", "ingest", "pipeline", "writers", *MODEL},
    "__main__": {"cli"},
}

# What is not the standard library's has one door each; `json` has few, because keys are spelled in one place.
DOORS = {
    "lark": {"grammar"},
    "msgspec": {
        "assemble",
        "criteria",
        "forms",
        "grammar",
        "lines",
        "merging",
        "merging_countries",
        "merging_registers",
        "model",
        "model.base",
        "normalize",
        "pipeline",
        "problem_paths",
        "quantities",
        "recorder",
        "registries",
        "source",
        "values",
    },
    "bs4": {"html"},
    "lxml": {"forms"},
    "dateutil": {"values"},
    "phonenumbers": {"values"},
    "pycountry": {"values"},
    "pyarrow": {"ingest", "tables"},
    "pandas": {"tables"},
    "duckdb": {"ingest"},
    "tqdm": {"ingest"},
    "rich": {"cli"},
    "argcomplete": {"cli"},
    # Zstandard is in the standard library from Python 3.14 on, as `compression.zstd`.
    "compression": {"ingest"},
    "backports": {"ingest"},
    "json": {"cli", "explain", "ingest", "lexicon"},
}


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = set(map(dotted, MODULES))


def layer_of(name: str) -> str:
    """The layer of a module of the package by its dotted name, or the name of its folder if that is none."""
    _, first, second = (*name.split("."), "", "")[:3]
    inner = f"{first}.{second}"
    return inner if inner in MAY_IMPORT else first or "parser"


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The dotted names that a module imports, anywhere in it, each with its line.

    `from parser import csl` names the module parser.csl, and `from parser import parse` the public face.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports here name the package, so that they can be searched"
            assert node.module
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if inner in NAMES else node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    layer = layer_of(dotted(path))
    assert layer in MAY_IMPORT, f"{layer} is no layer yet: say in MAY_IMPORT what it may import"
    for line, name in imported(path):
        top = name.partition(".")[0]
        if top == "parser":
            target = layer_of(name)
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
