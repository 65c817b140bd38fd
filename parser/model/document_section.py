"""documentSection: the protocols and plans that a sponsor uploaded to the registry, as API v2 has them."""

from __future__ import annotations

from typing import Annotated

from parser.model.base import Model, Section, doc


class LargeDoc(Model, frozen=True):
    type_abbrev: Annotated[str | None, doc("Prot, SAP, ICF, Prot_SAP, Prot_ICF or Prot_SAP_ICF.")] = None
    has_protocol: Annotated[bool | None, doc("Whether it holds the protocol.")] = None
    has_sap: Annotated[bool | None, doc("Whether it holds the statistical analysis plan.")] = None
    has_icf: Annotated[bool | None, doc("Whether it holds the informed consent form.")] = None
    label: Annotated[str | None, doc("Its title: `Study Protocol and Statistical Analysis Plan`.")] = None
    date: Annotated[str | None, doc("The document's own date, as ISO 8601.")] = None
    upload_date: Annotated[str | None, doc("Date and time of the upload, ISO 8601.")] = None
    filename: Annotated[str | None, doc("Its file at the registry.")] = None
    size: Annotated[int | None, doc("Its length in bytes.")] = None


class LargeDocumentModule(Model, frozen=True):
    no_sap: Annotated[bool | None, doc("Whether the study has no statistical analysis plan.")] = None
    large_docs: Annotated[tuple[LargeDoc, ...], doc("The documents.")] = ()


class DocumentSection(Section, frozen=True):
    large_document_module: Annotated[LargeDocumentModule, doc("Documents that were uploaded.")] = LargeDocumentModule()
