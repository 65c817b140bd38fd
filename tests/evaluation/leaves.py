"""The values of a document by JSON Pointer, as they are compared with facts that were read by eye."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

F = TypeVar("F")


def leaves(
    value: Any, pointer: str, records: Mapping[str, F], line: Callable[[F, Mapping[str, Any]], str]
) -> Iterator[tuple[str, Any]]:
    """All values below a pointer. A list whose pointer is in `records` is a line for each of its records.

    `line` makes it of what `records` has for the list, such as the names of fields, and of the record.
    """
    if pointer in records:
        yield pointer, [line(records[pointer], one) for one in value]
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{pointer}/{name}", records, line)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield pointer, [json.dumps(one) for one in value]
    else:
        yield pointer, value
