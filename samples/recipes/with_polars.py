"""A Parquet file of pages, with columns `name` and `text`, to a Parquet file of each table, by Polars.

python samples/recipes/with_polars.py pages.parquet trials
"""

import sys
from pathlib import Path

import polars as pl
import pyarrow as pa

from parser.ingest.frames import PARSED_SCHEMA, TABLE_SCHEMAS, parse_batches


def main(source: str, out: str, jobs: int = 2) -> None:
    Path(out).mkdir()
    frames = pl.scan_parquet(source).sort("name").collect_batches(chunk_size=256, maintain_order=True)
    pages = (batch for frame in frames for batch in frame.to_arrow().to_batches())
    parsed = pl.from_arrow(pa.Table.from_batches(parse_batches(pages, name="name", jobs=jobs), PARSED_SCHEMA))
    for table in TABLE_SCHEMAS:
        rows = parsed.select(table).explode(table, empty_as_null=False).unnest(table)
        rows.write_parquet(f"{out}/{table}.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:3])
