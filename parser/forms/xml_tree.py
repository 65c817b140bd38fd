"""XML of one record as a tree."""

from __future__ import annotations

import re

from lxml import etree

from parser.problems import NotARecordError
from parser.source import REPLACEMENT

# XML 1.0, section 2.2.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Element = etree._Element  # lxml names the class of its elements so, in its documentation too.


def read_xml(text: str) -> tuple[Element, bool]:
    """The root element of a record, its namespaces aside, and whether control characters were read as U+FFFD.

    No entity is resolved and nothing is fetched; lxml's own limits of depth and of the length of a text hold. Raises
    `NotARecordError` for XML that is not well-formed, and `MemoryError`.
    """
    whole = _ILLEGAL.sub(REPLACEMENT, text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(whole.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise NotARecordError(f"the record is not XML that can be read: {error}") from None
    for element in root.iter():
        element.tag = etree.QName(element).localname
    return root, whole != text
