"""A Parquet file of pages, columns `name` (none null or twice) and `text`, to a Parquet data set a table, by Spark.

python samples/recipes/with_spark.py pages.parquet trials

Workers need this package, and the driver's version of Python: PYSPARK_PYTHON says where that is.
"""

import sys
from functools import partial

from pyspark.sql import SparkSession, Window
from pyspark.sql.functions import row_number

from parser.ingest.frames import PARSED_SCHEMA, TABLE_SCHEMAS, parse_batches


def main(source: str, out: str, partitions: int = 8) -> None:
    """`partitions` should be two to four for each core, and have some hundreds of pages each: Spark cuts a file by its
    bytes, of which pages have few for the time they take, so that one core would do all the work."""
    # So many pages are sent to Python at a time; Spark's 10,000 would be hundreds of megabytes.
    spark = SparkSession.builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 256).getOrCreate()
    pages = spark.read.parquet(source)
    # Numbers in the order of names, sorted in one partition but without the texts: the key `record` of every table.
    numbers = pages.select("name", row_number().over(Window.orderBy("name")).alias("record"))
    schema = spark.createDataFrame(PARSED_SCHEMA.empty_table()).schema
    parse = partial(parse_batches, name="name", record="record")
    # What comes out is kept, because each table would parse all pages again.
    parsed = pages.join(numbers, "name").repartition(partitions).mapInArrow(parse, schema).persist()
    for table in TABLE_SCHEMAS:
        parsed.selectExpr(f"inline(`{table}`)").write.parquet(f"{out}/{table}.parquet")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:3])
