"""JSON of one record, which is read by JSON Pointers (RFC 6901): what was taken is known, and the rest is kept."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from parser.forms.export_fields import ExportFields, FieldLocation, put
from parser.problems import NotARecordError

_TEXT = re.compile(r"[^\W\d_]")


def read_json(text: str) -> dict[str, Any]:
    """The object of a record. Raises `NotARecordError` for JSON that cannot be read; anything else is not an object."""
    try:
        data = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotARecordError(f"the record is not JSON that can be read: {error}") from None
    return data if isinstance(data, dict) else {}


class JsonRecord:
    """The JSON of a record that is being read, and the study that is made of it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.fields = ExportFields()
        self.study: dict[str, Any] = {"protocolSection": {}}
        self.taken: set[str] = set()

    def at(self, path: str) -> Any:
        """The value at a JSON Pointer; None if there is none."""
        found: Any = self.data
        for key in path.split("/")[1:]:
            if isinstance(found, dict):
                found = found.get(key)
            elif isinstance(found, list) and key.isdigit() and int(key) < len(found):
                found = found[int(key)]
            else:
                return None
        return found

    def take(self, path: str) -> str:
        """The text at a JSON Pointer, marked as read; empty if there is none."""
        found = self.at(path)
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            return ""
        self.taken.add(path)
        return html.unescape(str(found)).strip()

    def each(self, path: str) -> Iterator[str]:
        """The JSON Pointers of a list's items; where they have numbers, in their order."""
        found = self.at(path)
        if not isinstance(found, list):
            return
        numbers = [item.get("number") if isinstance(item, dict) else None for item in found]
        order = list(range(len(found)))
        if all(isinstance(number, int) for number in numbers):
            order.sort(key=lambda at: numbers[at] or 0)
        for at in order:
            self.taken.update({f"{path}/{at}/number"} if numbers[at] is not None else ())
            yield f"{path}/{at}"

    def first(self, *paths: str) -> str:
        return next(filter(None, map(self.take, paths)), "")

    def place(self, path: str, pointer: str | None = None) -> FieldLocation:
        return FieldLocation(lambda: path, f"/{pointer}" if pointer else None)

    def put(self, pointer: str, value: Any) -> None:
        put(self.study, pointer, value)

    def texts(self) -> Iterator[tuple[str, FieldLocation]]:
        """The texts that were taken, each with its place."""
        for path in sorted(self.taken):
            if isinstance(text := self.at(path), str):
                yield html.unescape(text), self.place(path)

    def leave_rest(self) -> None:
        """Keep what was not taken in `unparsed`, the JSON of a part as one."""
        above = {path[:at] for path in self.taken for at, sign in enumerate(path) if sign == "/"}
        self._leave(self.data, "", above)

    def _leave(self, data: Any, path: str, above: set[str]) -> None:
        if path in self.taken or data in (None, "", [], {}):
            return
        parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        if path in above and parts:
            for key, part in parts:
                self._leave(part, f"{path}/{key}", above)
            return
        text = data if isinstance(data, str) else msgspec.json.encode(data).decode()
        if not parts and not (isinstance(data, str) and _TEXT.search(data)):
            # Numbers of the portal's own tables, and flags.
            return
        self.fields.leave("no-field", f"API v2 has no field for it: {path}", text, self.place(path))
