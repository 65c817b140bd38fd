"""Converts records of clinical trial registries, pages and exports, to normalised JSON documents.

from parser import parse

document = parse(open("NCT03562065.txt", "rb").read())
document.to_dict()["protocolSection"]["identificationModule"]["nctId"]
"""

from parser.merging import merge
from parser.model.document import SCHEMA_VERSION, Criteria, Document
from parser.model.normalized import Criterion
from parser.pipeline import page_source, parse, parse_criteria, parse_file, parse_records
from parser.problems import (
    BinaryInputError,
    DifferentTrialsError,
    EmptyInputError,
    InvalidDocumentError,
    ManyRecordsError,
    NotARecordError,
    ParserError,
    Problem,
    TooLargeError,
    UndecodableError,
)
from parser.quantities import read_quantities
from parser.writers.page import render
from parser.writers.view import view

__version__ = "0.2.0"

__all__ = [
    "SCHEMA_VERSION",
    "BinaryInputError",
    "Criteria",
    "Criterion",
    "DifferentTrialsError",
    "Document",
    "EmptyInputError",
    "InvalidDocumentError",
    "ManyRecordsError",
    "NotARecordError",
    "ParserError",
    "Problem",
    "TooLargeError",
    "UndecodableError",
    "merge",
    "page_source",
    "parse",
    "parse_criteria",
    "parse_file",
    "parse_records",
    "read_quantities",
    "render",
    "view",
]
