"""No regular expression of the package takes more than in proportion to its input, whatever that is.

pytest -m slow tests/test_patterns.py       each against all its worst inputs, of 20,000 characters
python -m tests.test_patterns               which of them do not hold, with the input
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple

import pytest

import parser
from tests.linear import assert_linear, seconds
from tests.worst_inputs import worst_inputs

LENGTH = 20_000

# Patterns that are given no more than so many characters, and where that is bounded. They are tried at that length.
BOUNDED: dict[str, tuple[int, str]] = {
    "parser.criteria.appendix:_LABEL": (200, "_LONGEST_LABEL characters of a line are looked at"),
    "parser.criteria.notes:_ELSEWHERE": (320, "_LONGEST characters of a paragraph are looked at"),
    "parser.criteria.notes:_ABOUT": (320, "_LONGEST characters of a paragraph are looked at"),
    "parser.criteria.notes:_TOLD": (320, "_LONGEST characters of a paragraph are looked at"),
    "parser.forms.eudract:_COUNTER": (100, "a label of the table of rows, not of a text"),
    "parser.forms.pages.candidates:_AFTER": (90, "no longer line is a label, nor more of it before a colon"),
    "parser.forms.pages.registry_lists:_RUNNING_NUMBERS": (
        500,
        "_LONGEST_NUMBERS characters at the end are looked at",
    ),
    "parser.values.citation_authors:_GROUP_END": (400, "_LONGEST_GROUP characters are looked at"),
    "parser.values.phone:_SEPARATOR": (500, "a longer text is not read for phones"),
    "parser.values.phone:_EXTENSION_WORD": (500, "a longer text is not read for phones"),
}

# Tables of patterns that are asked by `match` under other names.
MATCHED = ("parser.forms.pages.label_shapes:FORMS",)

METHODS = frozenset({"match", "fullmatch", "search", "sub", "subn", "split", "finditer", "findall"})
_ANCHORED = {"match", "fullmatch"}
_DEEPEST = 6
_SHORT = 2000
_ENOUGH = 0.03
"""Seconds after which no longer input of a pattern is tried."""


class Used(NamedTuple):
    """A pattern of the package, and the methods that the package calls of it, if they are known."""

    pattern: re.Pattern[str]
    methods: frozenset[str]


@cache
def patterns() -> dict[str, Used]:
    """All patterns of the package by module and name, and those inside its functions by module and line."""
    names = [module.name for module in pkgutil.walk_packages(parser.__path__, "parser.")]
    modules = {name: importlib.import_module(name) for name in names if not name.endswith("__main__")}
    trees = {name: ast.parse(inspect.getsource(module) or "") for name, module in modules.items()}
    calls = _calls(trees)
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for module, tree in trees.items():
        assigned = ((name, pattern) for name in _assigned(tree) for pattern in _within(vars(modules[module]).get(name)))
        for name, pattern in (*assigned, *_inline_patterns(tree)):
            found.setdefault((pattern.pattern, pattern.flags), (f"{module}:{name}", pattern))
    return {
        name if number == 0 else f"{name} {number}": Used(pattern, frozenset(calls.get(name, ())))
        for name, number, pattern in _numbered(found.values())
    }


def _numbered(found: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[tuple[str, int, re.Pattern[str]]]:
    """What is found, with a number for those that have a name in common, such as the values of a table."""
    counts: Counter[str] = Counter()
    for name, pattern in found:
        yield name, counts[name], pattern
        counts[name] += 1


def _assigned(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        for target in node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]:
            yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name)) if target else ()


def _within(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns that a value is or holds, those of bytes as patterns of text."""
    parts: Any = ()
    if isinstance(value, re.Pattern):
        is_text = isinstance(value.pattern, str)
        yield value if is_text else re.compile(value.pattern.decode("latin-1"), value.flags | re.ASCII)
    elif isinstance(value, Mapping):
        parts = [*value, *value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        parts = value
    elif isinstance(value, type) or type(value).__module__.startswith("parser."):
        parts = getattr(value, "__dict__", {}).values()
    if depth < _DEEPEST:
        for part in parts:
            yield from _within(part, depth + 1)


def _inline_patterns(tree: ast.AST) -> Iterator[tuple[str, re.Pattern[str]]]:
    """`re.split(r"\\s*/", text)` within a function, by its line."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        if ast.unparse(node.func) in {f"re.{method}" for method in METHODS}:
            names = (part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute))
            flags = (flag for name in names if isinstance(flag := getattr(re, name, None), re.RegexFlag))
            yield str(node.lineno), re.compile(node.args[0].value, reduce(or_, flags, re.RegexFlag(0)))


def _calls(trees: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """The methods that are called of patterns, or of what is in a table of them, by the module and name of each."""
    found: dict[str, set[str]] = {name: {"match"} for name in MATCHED}
    for module, tree in trees.items():
        nodes = list(ast.walk(tree))
        imported = {
            alias.asname or alias.name: f"{node.module}:{alias.name}"
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                found[f"{module}:{node.lineno}"] = {node.attr}
                of = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                if isinstance(of, ast.Name):
                    found.setdefault(imported.get(of.id, f"{module}:{of.id}"), set()).add(node.attr)
    return found


def works(used: Used) -> Iterator[Callable[[str], object]]:
    """What is done with a pattern: it is looked for everywhere, unless the package asks only what begins with it."""
    if used.methods and used.methods <= _ANCHORED:
        yield from (getattr(used.pattern, method) for method in sorted(used.methods))
    else:
        yield lambda text: sum(1 for _ in used.pattern.finditer(text))


def assert_pattern_linear(name: str, used: Used, inputs: Iterable[Callable[[int], str]], length: int) -> None:
    """Fail, with the input, if a pattern takes more than in proportion for one of some inputs."""
    for make in inputs:
        for work in works(used):

            def at(size: int, make: Callable[[int], str] = make, work: Callable[[str], object] = work) -> object:
                return work(make(size))

            # What grows faster than its square shows at a length that is soon done.
            tried = min(8, length)
            while tried < length and seconds(at, tried) < _ENOUGH:
                tried = min(length, tried * 3 // 2 if tried > 100 else tried + 2)
            try:
                assert_linear(at, tried)
            except AssertionError as error:
                raise AssertionError(f"{name}: {make(40)!r}, and so on: {error}") from None


@pytest.mark.slow
@pytest.mark.parametrize("name", patterns())
def test_a_pattern_is_linear_in_its_worst_inputs(name: str) -> None:
    used = patterns()[name]
    assert_pattern_linear(name, used, worst_inputs(used.pattern), BOUNDED.get(name, (LENGTH, ""))[0])


def test_every_pattern_is_linear_in_blanks_and_figures() -> None:
    # The ordinary run has time for what most of such patterns fail at.
    for name, used in patterns().items():
        length = min(_SHORT, BOUNDED.get(name, (_SHORT, ""))[0])
        for unit in (" ", "1"):
            for work in works(used):
                try:
                    assert_linear(lambda size, unit=unit, work=work: work(unit * size + "\x00"), length)  # type: ignore[misc]
                except AssertionError as error:
                    pytest.fail(f"{name}: {unit!r}, and so on: {error}")


def test_bounded_patterns_are_those_of_the_package() -> None:
    assert BOUNDED.keys() <= patterns().keys()


@pytest.mark.parametrize("pattern", [r"\s+\Z", r"(?:\d+,?)+;", r"\S+@", r"(?:\s*\(\d\)|\s)*\Z"])
def test_a_pattern_that_is_not_linear_is_found(pattern: str) -> None:
    with pytest.raises(AssertionError, match="a quarter of it"):
        _assert_toy(pattern, frozenset())


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+:", r"\S{1,30}@", r"(?:\d{1,9},){1,20};"])
def test_a_pattern_that_is_linear_is_not(pattern: str) -> None:
    _assert_toy(pattern, frozenset())


def _assert_toy(pattern: str, methods: frozenset[str]) -> None:
    used = Used(re.compile(pattern), methods)
    assert_pattern_linear(pattern, used, worst_inputs(used.pattern), LENGTH)


def test_patterns_inside_functions_and_tables_are_found() -> None:
    tree = ast.parse('def split(text):\n    return re.split(r"\\s*/", text, flags=re.I)')
    assert list(_inline_patterns(tree)) == [("2", re.compile(r"\s*/", re.I))]
    assert list(_within({"one": (re.compile("a"), [re.compile("b")])})) == [re.compile("a"), re.compile("b")]


def main() -> None:
    for name, used in patterns().items():
        try:
            assert_pattern_linear(name, used, worst_inputs(used.pattern), BOUNDED.get(name, (LENGTH, ""))[0])
        except AssertionError as error:
            print(error, flush=True)


if __name__ == "__main__":
    main()
