"""documentSection: the protocols and plans that a sponsor uploaded to the registry, as API v2 has them."""

from __future__ import annotations

from dataclasses import dataclass

from parser.model import Model, Text, many, one
from parser.source import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LargeDoc(Model):
    type_abbrev: Text | None = one("Prot, SAP, ICF, Prot_SAP, Prot_ICF or Prot_SAP_ICF.")
    has_protocol: Value[bool] | None = one("Whether it holds the protocol.")
    has_sap: Value[bool] | None = one("Whether it holds the statistical analysis plan.")
    has_icf: Value[bool] | None = one("Whether it holds the form of informed consent.")
    label: Text | None = one("What it is called: `Study Protocol and Statistical Analysis Plan`.")
    date: Text | None = one("The document's own date, as ISO 8601.")
    upload_date: Text | None = one("When it was uploaded, as ISO 8601 with the time.")
    filename: Text | None = one("Its file at the registry.")
    size: Value[int] | None = one("Its length in bytes.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LargeDocumentModule(Model):
    no_sap: Value[bool] | None = one("Whether the study has no statistical analysis plan.")
    large_docs: tuple[LargeDoc, ...] = many("The documents.")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DocumentSection(Model):
    large_document_module: LargeDocumentModule | None = one("Documents that were uploaded.")
