"""The package as users get it: from a wheel, installed in place, and straight from a checkout.

Each is put into an environment of its own and parses the sample from another folder. Dependencies are borrowed from
the interpreter that runs the tests, so nothing is fetched and only what was built here is examined.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from venv import EnvBuilder

import pytest

from parser import parse
from parser.model.document import SCHEMA_VERSION
from tests.conftest import ROOT

BUILD_EDITABLE = "import sys; from setuptools import build_meta; build_meta.build_editable(sys.argv[1])"


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and an empty folder to run its commands in."""

    folder: Path
    python: Path
    scripts: Path

    def run(self, *command: str | Path, path: Path | None = None) -> str:
        """What a command prints. `path` is a folder to import from, as PYTHONPATH names it."""
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        if path:
            environment["PYTHONPATH"] = str(path)
        return output_of(*command, cwd=self.folder, env=environment)


def output_of(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of what is packaged: a build leaves folders after, and may pick up those of an earlier one."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("parser", "grammars"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("wheel")
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    output_of(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", built, checkout, cwd=built)
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def editable(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `pip install -e` has the build backend make: it only points at the checkout."""
    built = tmp_path_factory.mktemp("editable")
    output_of(sys.executable, "-c", BUILD_EDITABLE, built, cwd=checkout)
    return next(built.glob("*.whl"))


@pytest.fixture
def environment(tmp_path: Path) -> Callable[[Path | None], Environment]:
    def make(package: Path | None) -> Environment:
        builder = EnvBuilder(symlinks=os.name != "nt")
        builder.create(tmp_path / "venv")
        context = builder.ensure_directories(tmp_path / "venv")
        made = Environment(tmp_path, Path(context.env_exe), Path(context.bin_path))
        if package:
            install = [sys.executable, "-m", "pip", f"--python={made.python}", "install", "--no-deps", "--no-index"]
            made.run(*install, package)
        # Only now, so that pip does not take a package of the borrowed folder for one to replace.
        purelib = made.run(made.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        (Path(purelib) / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        return made

    return make


def assert_it_works(made: Environment, package: Path, sample: Path, *, path: Path | None = None) -> None:
    """`import parser` finds the package in `package`, and its command parses the sample."""
    found = made.run(made.python, "-c", "import parser; print(parser.__file__)", path=path)
    assert Path(found.strip()).is_relative_to(package)
    printed = made.run(made.python, "-m", "parser", "parse", sample, path=path)
    assert json.loads(printed) == parse(sample.read_bytes()).to_dict()


def test_a_wheel_has_every_module_and_grammar_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        described = archive.read(metadata).decode("utf-8")
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "parser").rglob("*.py")}
    grammars = {f"parser/grammars/{path.name}" for path in (ROOT / "grammars").glob("*.lark")}
    assert grammars
    tables = {f"parser/quantities/{name}" for name in ("units.tsv", "analytes.tsv", "words.txt")}
    writers = ROOT / "parser" / "writers"
    assets = {f"parser/writers/{path.name}" for pattern in ("*.css", "*.js") for path in writers.glob(pattern)}
    assert assets
    assert packed == modules | grammars | tables | assets | {"parser/py.typed", "parser/lexicon/terms.txt.gz"}
    assert "\nName: registry-text-parser\n" in described


def test_a_wheel_works_on_its_own(wheel: Path, environment: Callable[[Path], Environment], sample: Path) -> None:
    made = environment(wheel)
    assert_it_works(made, made.folder / "venv", sample)
    command = shutil.which("registry-parser", path=str(made.scripts))
    assert command
    assert json.loads(made.run(command, "parse", sample))["schemaVersion"] == SCHEMA_VERSION


def test_an_editable_install_finds_the_grammars(
    editable: Path, checkout: Path, environment: Callable[[Path], Environment], sample: Path
) -> None:
    assert_it_works(environment(editable), checkout, sample)


def test_a_plain_checkout_finds_the_grammars(
    checkout: Path, environment: Callable[[Path | None], Environment], sample: Path
) -> None:
    assert_it_works(environment(None), checkout, sample, path=checkout)


# --- README's commands ------------------------------------------------------------------------------------------------


def test_readme_has_the_two_commands_for_a_fresh_machine(sample: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = dict(re.findall(r"<!-- (\w+)-command -->\n+```\w*\n(.+)\n```", readme))
    assert set(commands) == {"sample", "test"}
    for command in commands.values():
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert commands["sample"].endswith(f"registry-parser parse {sample.relative_to(ROOT).as_posix()}")
    assert commands["test"].endswith("/pytest")
    assert readme.count("<!-- test-command -->") == 1
