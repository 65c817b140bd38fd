"""Quantities: values with comparators, units, powers of ten, windows of time, and what they measure."""

from parser.values.quantity.budget import Budget
from parser.values.quantity.context import is_dose
from parser.values.quantity.reader import ParsedQuantity, find_quantities, read_quantities

__all__ = ["Budget", "ParsedQuantity", "find_quantities", "is_dose", "read_quantities"]
