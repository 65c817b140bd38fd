"""Separates the record's part of a page from the site's parts and from what is not shown.

A page that says which part is its content (`<main>`, an `<article>` with most of the text) is believed.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from parser.html.elements import HIDDEN, PAGE, names

_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# A link that runs a script and says so opens or closes a part of the page.
_CONTROL = re.compile(
    r"\s*(?:click|(?:show|hide|view|read|see)\s+(?:all|less|more|details)|expand|collapse|toggle|print|back|close)\b",
    re.IGNORECASE,
)
_PANEL = re.compile(r"(?:^|[\s_-])tabs?[_-]?(?:pane|panel|content)(?![a-z])", re.IGNORECASE)
_SITE_ROLES = names("navigation complementary search dialog alertdialog alert banner contentinfo")
# Consent to cookies belongs to the site, consent to the trial to the record.
_COOKIES = re.compile(
    r"cookie|gdpr|onetrust|didomi|usercentrics|cybot|osano|truste|cmplz"
    r"|consent[-_]?(?:banner|bar|box|dialog|manager|modal|notice|overlay|popup)",
    re.IGNORECASE,
)
# A page has one main part and one title that are shown, and perhaps some that are not: this many are examined.
_MOST = 5
_SECTIONS = names("article main section")
_REGISTRY_ID = re.compile(r"NCT\d{8}")


class Chrome:
    """Recognises the parts of a page that are not the record's."""

    def __init__(self, tree: BeautifulSoup) -> None:
        self.mains: list[Tag] = []
        self.titles: list[Tag] = []
        self.articles: list[Tag] = []
        named: list[Tag] = []
        for element in tree.descendants:
            if isinstance(element, Tag):
                if _is_main(element):
                    self.mains.append(element)
                elif element.name == "h1":
                    self.titles.append(element)
                elif element.name == "article":
                    self.articles.append(element)
            # Neither a comment nor a script.
            elif element.parent and type(element) is NavigableString and _REGISTRY_ID.search(element):
                named.append(element.parent)
        self._content = _holders_of(self.mains or self.titles)
        """The elements around the page's content: none of them is a banner, whatever its name is."""
        self._titled = _holders_of([*self.titles, *named])
        """The elements around a title or a trial's id."""

    def hides(self, tag: Tag) -> bool:
        """Whether an element, with all that it holds, is left out of the page's text."""
        name = tag.name
        if name in HIDDEN:
            return name != "textarea" or not _is_all_of_a_cell(tag)
        if name in PAGE:
            return False
        if name == "footer" or (name == "header" and id(tag) not in self._titled):
            return not _is_in_section(tag)
        attributes = tag.attrs
        if not attributes:
            return False
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return True
        if name == "a" and str(attributes.get("href", "")).startswith("javascript:") and _CONTROL.match(tag.get_text()):
            return True
        if "style" in attributes and _NOT_SHOWN.search(str(attributes["style"])) and not _is_panel(tag):
            return True
        return id(tag) not in self._content and _is_named_as_chrome(tag)


def content_of(tree: BeautifulSoup, chrome: Chrome) -> list[Tag]:
    """The elements that hold the record, in the page's order: the main part, or the whole page.

    The title may be in a header above the main part: then it comes first.
    """
    for main in chrome.mains[:_MOST]:
        if _is_shown(main, chrome) and main.get_text(strip=True):
            titles = [] if main.find("h1") else [title for title in chrome.titles[:_MOST] if _is_shown(title, chrome)]
            return [*titles, main] if len(titles) == 1 else [main]
    articles = [article for article in chrome.articles[:_MOST] if _is_shown(article, chrome)]
    if len(articles) == 1 and _length(articles[0]) * 2 > _length(tree):
        return articles
    return [tree]


def _is_panel(tag: Tag) -> bool:
    """Whether an element is the content of one of several tabs, of which a page shows one at a time."""
    attributes = tag.attrs
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return attributes.get("role") == "tabpanel" or "data-tab" in attributes or _PANEL.search(names) is not None


def _is_all_of_a_cell(tag: Tag) -> bool:
    """Whether a table's cell has no text but that of a field of a form: a script shows it from there, or nothing does.

    ChiCTR has the criteria of inclusion so.
    """
    cell = tag.parent
    if cell is None or cell.name != "td" or len(cell.contents) > _MOST:
        return False
    return bool(tag.get_text(strip=True)) and not any(
        one is not tag and one.get_text(strip=True) for one in cell.contents
    )


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.attrs.get("role") == "main"


def _length(tag: Tag) -> int:
    return len(tag.get_text())


def _is_shown(tag: Tag, chrome: Chrome) -> bool:
    return not any(isinstance(one, Tag) and chrome.hides(one) for one in tag.self_and_parents)


def _holders_of(tags: list[Tag]) -> set[int]:
    """Some elements and the elements that contain them."""
    holders: set[int] = set()
    for tag in tags:
        for holder in tag.self_and_parents:
            if id(holder) in holders:
                break
            holders.add(id(holder))
    return holders


def _is_in_section(tag: Tag) -> bool:
    """Whether a header or footer belongs to a section, and so not to the site (WHATWG, 4.3.8)."""
    return any(parent.name in _SECTIONS or _is_main(parent) for parent in tag.parents)


def _is_named_as_chrome(tag: Tag) -> bool:
    """Whether an element's role, id or class is that of a part of the site.

    A page that was saved with a dialog open has all else `aria-hidden`, so that alone is no proof.
    """
    attributes = tag.attrs
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in _SITE_ROLES:
        return True
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return _COOKIES.search(names) is not None
