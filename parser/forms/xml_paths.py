"""The paths of a tree's elements, as in XPath, in time that grows with their number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parser.forms.xml_tree import Element


class ElementPaths:
    """Says an element's path: `/clinical_study/location[2]/facility`.

    lxml's `getpath` counts from the first of all siblings each time.
    """

    def __init__(self) -> None:
        # By element: the last steps of the paths of those in it.
        self._steps: dict[Element, dict[Element, str]] = {}

    def __call__(self, element: Element) -> str:
        parent = element.getparent()
        if parent is None:
            return f"/{element.tag}"
        if parent not in self._steps:
            self._steps[parent] = _steps(parent)
        return f"{self(parent)}/{self._steps[parent][element]}"


def _steps(parent: Element) -> dict[Element, str]:
    """The step of a path to each of an element's children, with its number among several of a name, as in XPath."""
    several = Counter(child.tag for child in parent)
    numbers: Counter[str] = Counter()
    steps = {}
    for child in parent:
        numbers[child.tag] += 1
        steps[child] = f"{child.tag}[{numbers[child.tag]}]" if several[child.tag] > 1 else child.tag
    return steps
