"""The document as structs of plain values, in the shape of ClinicalTrials.gov API v2."""
