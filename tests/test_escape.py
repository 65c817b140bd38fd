"""What moves the cursor, turns the direction of writing or is seen nowhere is spelled out, on terminals and in JSON."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parser import Document, parse
from parser.escape import printable, printable_json
from parser.ingest.sinks import Record
from tests.pages import page, section

CONTROLS = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))]
TURNING = [*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]
HIDDEN = [*"\xad\u200b\u2060\ufeff\u2028\u2029", "\ud800", "\udfff", "\U000e0041"]


@pytest.mark.parametrize("char", CONTROLS + TURNING + HIDDEN, ids=ascii)
def test_each_is_an_escape_that_python_reads_back(char: str) -> None:
    shown = printable(f"a{char}é")
    assert shown.isprintable()
    assert shown[:-1].encode("ascii").decode("unicode_escape") + shown[-1] == f"a{char}é"


@pytest.mark.parametrize("text", ["", "5 µg ≥ 3", "\xa0\u3000", "می\u200cروم", "漢字 🙂", r"a\b", r"\x1b"])
def test_what_can_be_shown_stays(text: str) -> None:
    assert printable(text) == text


@given(st.text(st.characters()))
def test_what_is_shown_has_nothing_left_to_escape(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_holds_the_same_without_raw_controls(text: str) -> None:
    written = printable_json(json.dumps({"text": text}, ensure_ascii=False).encode())
    assert json.loads(written) == {"text": text}
    raw = [char for char in written.decode() if unicodedata.category(char) in ("Cc", "Zl", "Zp")]
    assert not raw


def test_all_json_of_a_document_is_without_raw_controls() -> None:
    odd = "a\x7fb\x85c\x9bd\u2028e\u202ef\u2066g"
    documents = [
        parse(page(section("Brief Summary", odd))),
        parse({"protocolSection": {"descriptionModule": {"briefSummary": odd}}}),
    ]
    for document in documents:
        texts = [document.to_json(), document.to_json(indent=2), document.to_json(spans=True)]
        records = [Record.of("", document), Record.of("", document.to_dict())]
        for text in [*texts, *(record.content.decode() for record in records)]:
            assert r"a\u007fb\u0085c\u009bd\u2028e\u202ef\u2066g" in text
            read = Document.from_dict(json.loads(text))
            assert read.protocol_section.description_module.brief_summary == odd
            assert read == document
