"""Converts any number of dumps to a data set: inputs of all forms, on several cores, to files, tables or a stream.

from parser.ingest import parse_many, read

for result in parse_many(read(["pages/", "crawl.jsonl.gz"])):
    print(result.name, result.refusal or result.value.nct_id)

`convert` does all of this; `read`, `parse_many` and a sink are its steps, for use in other programs.
"""

from parser.ingest.convert import Keep, convert
from parser.ingest.journal import CannotStartError
from parser.ingest.limits import Limits
from parser.ingest.model import REFUSALS, Dump, LeftOut, Refusal, Result
from parser.ingest.pool import content_hash, parse_many
from parser.ingest.read import read
from parser.ingest.report import Report
from parser.ingest.sinks import FORMATS, MissingDependencyError, Record, Sink, sink_for
from parser.ingest.workers import WorkersLostError

__all__ = [
    "FORMATS",
    "REFUSALS",
    "CannotStartError",
    "Dump",
    "Keep",
    "LeftOut",
    "Limits",
    "MissingDependencyError",
    "Record",
    "Refusal",
    "Report",
    "Result",
    "Sink",
    "WorkersLostError",
    "content_hash",
    "convert",
    "parse_many",
    "read",
    "sink_for",
]
