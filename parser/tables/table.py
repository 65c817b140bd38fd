"""One document's rows of one table, for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, overload

from parser.tables.columns import TABLES, Table
from parser.tables.rows import Row, rows_of

if TYPE_CHECKING:
    import pandas
    import pyarrow

# The pandas types of columns, with a null that is not one of the values; other columns are of type object.
_PANDAS = {"BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean", "VARCHAR": "string"}


class TableRows(Sequence[Row]):
    """Rows of a table of a data set, each a dict by the names of its columns; `convert` writes the same rows."""

    def __init__(self, table: Table, rows: Sequence[Row]) -> None:
        self.table = table
        """What the table and its columns are."""
        self._rows = tuple(rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.table.columns)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> TableRows: ...

    def __getitem__(self, index: int | slice) -> Row | TableRows:
        return TableRows(self.table, self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TableRows):
            return NotImplemented
        return self.table == other.table and self._rows == other._rows

    # Rows are plain dicts.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        count = len(self)
        return f"<{self.table.name}: {count:,} row{'' if count == 1 else 's'} of {', '.join(self.columns)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame, nulls as `pandas.NA`. Raises `ImportError` if pandas is not installed."""
        pandas = _imported("pandas")
        series = {
            column.name: pandas.Series([row[column.name] for row in self], dtype=_PANDAS.get(column.type, "object"))
            for column in self.table.columns
        }
        return pandas.DataFrame(series)

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table, its types those of Parquet. Raises `ImportError` if pyarrow is not installed."""
        pyarrow = _imported("pyarrow")
        from parser.tables.arrow import batch_of, schema_of

        return pyarrow.Table.from_batches([batch_of(self, schema_of(self.table))])


def table_of(document: dict[str, Any], name: str) -> TableRows:
    """The rows of a document, as returned by `Document.to_dict`, in the table `name`.

    Raises `LookupError`, which names the existing tables.
    """
    table = next((table for table in TABLES if table.name == name), None)
    if table is None:
        raise LookupError(f"there is no table {name!r}; there are: {', '.join(table.name for table in TABLES)}")
    return TableRows(table, rows_of(document)[name])


def _imported(library: str) -> ModuleType:
    try:
        return __import__(library)
    except ModuleNotFoundError as missing:
        raise ImportError(f"this needs {library}: pip install 'registry-text-parser[notebook]'") from missing
