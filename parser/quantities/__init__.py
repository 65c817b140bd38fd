"""Quantities: values with comparators, units, powers of ten, windows of time, and what they measure."""

from parser.quantities.budget import NumberBudget
from parser.quantities.context import is_dose
from parser.quantities.reader import ParsedQuantity, find_quantities, read_quantities

__all__ = ["NumberBudget", "ParsedQuantity", "find_quantities", "is_dose", "read_quantities"]
