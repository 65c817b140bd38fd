"""Quantities: values with comparators, units, powers of ten, windows of time, and what they measure."""

from parser.values.quantity.budget import Budget
from parser.values.quantity.context import is_dose
from parser.values.quantity.reader import read_quantities

__all__ = ["Budget", "is_dose", "read_quantities"]
