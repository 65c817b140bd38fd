"""Clinical-trial registry pages, dumped as text, to normalised JSON documents.

from parser import parse

document = parse(open("NCT03562065.txt", "rb").read())
document.to_dict()["protocolSection"]["identificationModule"]["nctId"]
"""

from parser.document import Criteria, Document
from parser.merging import merge
from parser.normalized import Criterion
from parser.pipeline import page_source, parse, parse_criteria, render
from parser.problems import (
    BinaryInputError,
    DifferentTrialsError,
    EmptyInputError,
    InvalidDocumentError,
    NotARecordError,
    ParserError,
    Problem,
    TooLargeError,
    UndecodableError,
)
from parser.quantities import read_quantities

__version__ = "0.1.0"

__all__ = [
    "BinaryInputError",
    "Criteria",
    "Criterion",
    "DifferentTrialsError",
    "Document",
    "EmptyInputError",
    "InvalidDocumentError",
    "NotARecordError",
    "ParserError",
    "Problem",
    "TooLargeError",
    "UndecodableError",
    "merge",
    "page_source",
    "parse",
    "parse_criteria",
    "read_quantities",
    "render",
]
