"""The package as users get it: from a wheel, from an sdist, installed in place, and straight from a checkout.

Each is put into an environment of its own and parses the sample from another folder. Dependencies are borrowed from
the interpreter that runs the tests, so nothing is fetched and only what was built here is examined.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from venv import EnvBuilder

import pytest

from parser import SCHEMA_VERSION, __version__, parse
from parser.ingest import FORMATS
from tests.conftest import ROOT

BUILD = "import sys; from setuptools import build_meta; getattr(build_meta, f'build_{sys.argv[1]}')(sys.argv[2])"
ROOMS = ("parser", "tests", "samples")
INSTALLED = re.compile(r"(?:registry-text-parser|pip install -e '\.)\[([a-z, ]+)\]")


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
    for file in ("setup.cfg", "pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of(checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("sdist")
    output_of(sys.executable, "-c", BUILD, "sdist", built, cwd=checkout)
    return next(built.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def editable(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `pip install -e` has the build backend make: it only points at the checkout."""
    built = tmp_path_factory.mktemp("editable")
    output_of(sys.executable, "-c", BUILD, "editable", built, cwd=checkout)
    return next(built.glob("*.whl"))


def wheel_of(source: Path, built: Path) -> Path:
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    output_of(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", built, source, cwd=built)
    return next(built.glob("*.whl"))


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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


@pytest.mark.processes
def test_a_wheel_has_every_module_and_grammar_and_nothing_else(wheel: Path) -> None:
    files = contents(wheel)
    packed = {name for name in files if ".dist-info/" not in name}
    (described,) = (text.decode("utf-8") for name, text in files.items() if name.endswith(".dist-info/METADATA"))
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "parser").rglob("*.py")}
    grammars = {f"parser/grammars/{path.name}" for path in (ROOT / "grammars").glob("*.lark")}
    assert grammars
    tables = {f"parser/quantities/{name}" for name in ("units.tsv", "analytes.tsv", "words.txt")}
    writers = ROOT / "parser" / "writers"
    assets = {f"parser/writers/{path.name}" for pattern in ("*.css", "*.js") for path in writers.glob(pattern)}
    assert assets
    assert packed == modules | grammars | tables | assets | {"parser/py.typed", "parser/lexicon/terms.txt.gz"}
    assert f"\nName: registry-text-parser\nVersion: {__version__}\n" in described
    assert "\nAuthor: registry-text-parser contributors\n" in described


@pytest.mark.processes
def test_an_sdist_gives_the_wheel_of_the_checkout(
    sdist: Path, wheel: Path, environment: Callable[[Path], Environment], sample: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert packed >= {f"grammars/{path.name}" for path in (ROOT / "grammars").glob("*.lark")}
    assert packed >= {"README.md", "CHANGELOG.md", "LICENSE", "setup.cfg", "pyproject.toml"}
    (tmp_path / "built").mkdir()
    again = wheel_of(sdist, tmp_path / "built")
    assert contents(again) == contents(wheel)
    made = environment(again)
    assert_it_works(made, made.folder / "venv", sample)


@pytest.mark.processes
def test_a_wheel_works_on_its_own(wheel: Path, environment: Callable[[Path], Environment], sample: Path) -> None:
    made = environment(wheel)
    assert_it_works(made, made.folder / "venv", sample)
    command = shutil.which("registry-parser", path=str(made.scripts))
    assert command
    assert json.loads(made.run(command, "parse", sample))["schemaVersion"] == SCHEMA_VERSION

    # The command does not import from the folder it is called in, so a program's own `parser` there is not taken for
    # the package. `python -m parser` does, as Python's `-m` is meant to.
    (made.folder / "parser.py").write_text("print('another parser')\n", encoding="utf-8")
    assert json.loads(made.run(command, "parse", sample))["schemaVersion"] == SCHEMA_VERSION
    assert made.run(made.python, "-m", "parser", "parse", sample) == "another parser\n"


@pytest.mark.processes
def test_an_editable_install_finds_the_grammars(
    editable: Path, checkout: Path, environment: Callable[[Path], Environment], sample: Path
) -> None:
    assert_it_works(environment(editable), checkout, sample)


@pytest.mark.processes
def test_a_plain_checkout_finds_the_grammars(
    checkout: Path, environment: Callable[[Path | None], Environment], sample: Path
) -> None:
    assert_it_works(environment(None), checkout, sample, path=checkout)


# --- Extras ---


def test_every_extra_that_is_named_exists() -> None:
    """In what the package says, in the documentation, and in the extras that are made of others."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = set(setup["options.extras_require"])
    readmes = [ROOT / "README.md", *(path for room in ROOMS for path in (ROOT / room).rglob("*.md"))]
    sources = [ROOT / "setup.cfg", *readmes, *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    named = {
        extra.strip()
        for path in sources
        for names in INSTALLED.findall(path.read_text(encoding="utf-8"))
        for extra in names.split(",")
    }
    assert {"all", "test", "zstd", "dev"} <= named <= extras
    assert {form.extra for form in FORMATS if form.extra} <= extras


# --- README's commands ------------------------------------------------------------------------------------------------


def test_readme_has_the_two_commands_for_a_fresh_machine(sample: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = dict(re.findall(r"<!-- (\w+)-command -->\n+```\w*\n(.+)\n```", readme))
    assert set(commands) == {"sample", "test"}
    for command in commands.values():
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert commands["sample"].endswith(f"registry-parser parse {sample.relative_to(ROOT).as_posix()}")
    assert commands["test"].endswith("/pytest -n auto")
    assert readme.count("<!-- test-command -->") == 1
