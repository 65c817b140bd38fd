"""The typed view of plain data: what fits the model, and what does not."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from parser.model.document import SCHEMA_VERSION, Document
from parser.problems import InvalidDocumentError

_LOCATION = re.compile(r"(?P<reason>.*) - at `\$(?P<path>.*)`\Z", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_DEEPEST = 200

# So many values of a record are left out one by one, each at the cost of a conversion; then their modules are.
_MOST_UNFIT = 50

_PLAIN = ("derivedSection", "annotationSection")
_SECTIONS = frozenset({"protocolSection", "resultsSection", "documentSection"})


_LENIENT = frozenset({"hasResults", *_PLAIN})


class Unfit(NamedTuple):
    """A value that does not fit the model: its JSON Pointer, itself, and why."""

    path: str
    value: Any
    reason: str

    @property
    def is_code(self) -> bool:
        """Whether it is a code that an enumeration lacks."""
        return self.reason.startswith("Invalid enum value")


def view_of(data: dict[str, Any], *, lenient: bool) -> tuple[Document, list[Unfit]]:
    """Plain data as a document, and the values that were left out of it because they do not fit.

    Only codes that the enumerations of API v2's sections lack are left out, or with `lenient` everything in these
    sections. Raises `InvalidDocumentError` for anything else that does not fit, with its path.
    """
    # The registry's own sections have no model, and stay as they are.
    kept = _without_empty({key: part for key, part in data.items() if key not in _PLAIN}, 0)
    kept |= {key: data[key] for key in _PLAIN if data.get(key) is not None}
    kept["schemaVersion"] = SCHEMA_VERSION
    unfit: list[Unfit] = []
    # For a list out of which items were taken: where those that are left were before.
    origins: dict[int, list[int]] = {}
    while True:
        try:
            return msgspec.convert(kept, Document), unfit
        except msgspec.ValidationError as error:
            match = _LOCATION.match(str(error))
            if match is None:
                raise InvalidDocumentError(f"the document: {error}") from None
            steps: list[str | int] = [int(step[2]) if step[2] else step[1] for step in _STEP.finditer(match["path"])]
            leaves = lenient or match["reason"].startswith("Invalid enum value")
            if not leaves or not steps or steps[0] not in (_SECTIONS | (_LENIENT if lenient else set())):
                raise InvalidDocumentError(f"{match['path'].removeprefix('.')}: {match['reason']}") from None
            if len(unfit) >= _MOST_UNFIT:
                del steps[2:]
            unfit.append(_take(kept, steps, match["reason"], origins))
        except (RecursionError, ValueError) as error:
            # A number of thousands of digits is a ValueError of Python's own.
            raise InvalidDocumentError(f"the document: {error}") from None


def _take(data: Any, steps: list[str | int], reason: str, origins: dict[int, list[int]]) -> Unfit:
    """Take a value out of the data."""
    pointer = ""
    for step in steps[:-1]:
        pointer += f"/{_original(data, step, origins)}"
        data = data[step]
    pointer += f"/{_original(data, steps[-1], origins)}"
    if isinstance(data, list):
        origins.setdefault(id(data), list(range(len(data)))).pop(int(steps[-1]))
    return Unfit(pointer, data.pop(steps[-1]), reason)


def _original(data: Any, step: str | int, origins: dict[int, list[int]]) -> str | int:
    return origins[id(data)][step] if isinstance(step, int) and id(data) in origins else step


def _without_empty(data: Any, depth: int) -> Any:
    """A copy in which no object holds an empty object: the two are the same, and the writer leaves both out."""
    if depth > _DEEPEST:
        raise InvalidDocumentError(f"the document: it is nested more than {_DEEPEST} levels deep, unlike any record")
    # Exact types first, because most data is read from JSON.
    if data.__class__ is str:
        return data
    if isinstance(data, dict):
        parts = {key: _without_empty(part, depth + 1) for key, part in data.items()}
        return {key: part for key, part in parts.items() if part != {}}
    return [_without_empty(part, depth + 1) for part in data] if isinstance(data, list | tuple) else data
