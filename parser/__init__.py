"""Clinical-trial registry pages, dumped as text, to normalised JSON documents.

from parser import parse

document = parse(open("NCT03562065.txt", "rb").read())
document.to_dict()["protocolSection"]["identificationModule"]["nctId"]
"""

from parser.document import Criteria, Document
from parser.normalized import Criterion
from parser.pipeline import parse, parse_criteria, render
from parser.problems import (
    BinaryInputError,
    EmptyInputError,
    InvalidDocumentError,
    NotARecordError,
    ParserError,
    Problem,
    TooLargeError,
    UndecodableError,
)

__version__ = "0.1.0"

__all__ = [
    "BinaryInputError",
    "Criteria",
    "Criterion",
    "Document",
    "EmptyInputError",
    "InvalidDocumentError",
    "NotARecordError",
    "ParserError",
    "Problem",
    "TooLargeError",
    "UndecodableError",
    "parse",
    "parse_criteria",
    "render",
]
