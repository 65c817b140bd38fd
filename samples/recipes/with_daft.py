"""A Parquet file of pages, with columns `name` and `text`, to Parquet files of each table, by Daft.

python samples/recipes/with_daft.py pages.parquet trials
"""

import sys

import daft
import pyarrow as pa
from daft import DataType, Series, Window, col
from daft.functions import row_number, unnest

from parser.ingest.frames import PARSED_SCHEMA, TABLE_SCHEMAS, parse_batches


# Processes of its own, because threads of one would take turns; so many pages are sent to them at a time.
@daft.func.batch(
    return_dtype=DataType.from_arrow_type(pa.struct(list(PARSED_SCHEMA))), unnest=True, use_process=True, batch_size=256
)
def parse(record: Series, name: Series, text: Series) -> Series:
    columns = {"record": record.to_arrow(), "name": name.to_arrow(), "text": text.to_arrow()}
    parsed = parse_batches([pa.record_batch(columns)], name="name", record="record")
    return Series.from_arrow(pa.Table.from_batches(parsed, PARSED_SCHEMA).to_struct_array())


def main(source: str, out: str) -> None:
    pages = daft.read_parquet(source).with_column("record", row_number().over(Window().order_by("name")))
    parsed = pages.select(parse(col("record"), col("name"), col("text"))).collect()
    for table in TABLE_SCHEMAS:
        # Exploding gives a null for a page without rows.
        rows = parsed.select(table).explode(table).where(col(table).not_null()).select(unnest(col(table)))
        rows.write_parquet(f"{out}/{table}.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:3])
