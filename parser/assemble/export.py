"""Makes a `Document` from a record of an export, in the shape of API v2."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from parser.forms.export import Export
from parser.model.document import Document, attach_sections, attach_spans
from parser.model.reading import unfit_problem
from parser.model.source import SourceSection
from parser.model.view import view_of
from parser.normalize import Context, normalize
from parser.recorder import Recorder


def assemble_export(export: Export, form: str) -> Document:
    """The document of a record. Raises `InvalidDocumentError` for assembled sections that do not fit API v2."""
    sections: dict[str, Any] = dict(export.sections)
    view, unfit, _ = view_of(sections, lenient=export.as_given)
    recorder = Recorder()
    if export.source.encoding == "cp1252":
        export.problems("encoding-guessed", "the bytes are not UTF-8; they were read as Windows-1252", (None, None))
    if export.source.surrogates:
        message = f"lone surrogates, which are not characters, were read as U+FFFD: {export.source.surrogates:,}"
        export.problems("lone-surrogate", message, (None, None))
    normalized = normalize(Context(recorder, export.problems), view.protocol_section)
    section = SourceSection(
        registry=export.registry,
        registry_id=export.registry_id,
        member_state=export.member_state,
        form=form,
        sha256=export.source.sha256,
        length=len(export.source.text),
        offsets="field",
        unparsed=tuple(export.unparsed),
        problems=(*map(unfit_problem, unfit), *export.problems.in_order()),
    )
    document = replace(view, normalized_section=normalized, source_section=section)
    attach_spans(document, lambda: recorder.spans(normalized, "/normalizedSection"))
    return attach_sections(document, sections) if export.as_given else document
