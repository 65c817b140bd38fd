"""A Parquet file of pages, with columns `name` and `text`, to a Parquet file of each table, by DuckDB.

python samples/recipes/with_duckdb.py pages.parquet trials
"""

import sys
from pathlib import Path

import duckdb
import pyarrow as pa

from parser.ingest.frames import PARSED_SCHEMA, TABLE_SCHEMAS, parse_batches


def main(source: str, out: str, jobs: int = 2) -> None:
    Path(out).mkdir()
    database = duckdb.connect()
    # A cursor of its own: the pages are still being read while the other statement stores what they came to.
    pages = database.cursor().read_parquet(source).order("name").to_arrow_reader(256)
    parsed = pa.RecordBatchReader.from_batches(PARSED_SCHEMA, parse_batches(pages, name="name", jobs=jobs))
    database.register("batches", parsed)
    database.execute("CREATE TABLE parsed AS FROM batches")
    for table in TABLE_SCHEMAS:
        # The depth spares the lists that are columns of the table, such as phases.
        rows = database.sql(f'SELECT unnest("{table}", max_depth := 2) FROM parsed')
        rows.write_parquet(f"{out}/{table}.parquet")


if __name__ == "__main__":
    main(*sys.argv[1:3])
