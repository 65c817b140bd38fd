"""Which part of a page is the record's, and what else of it is the site's, or is not shown.

A page that says which part is its content (`<main>`, an `<article>` with most of the text) is believed.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from parser.html.elements import HIDDEN, PAGE, RAW, SCRIPTS, names
from parser.html.tree import is_text, walk

_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SITE_ROLES = names("navigation complementary search dialog alertdialog alert banner contentinfo")
# Consent to cookies is the site's matter, consent to the trial is the record's.
_COOKIES = re.compile(
    r"cookie|gdpr|onetrust|didomi|usercentrics|cybot|osano|truste|cmplz"
    r"|consent[-_]?(?:banner|bar|box|dialog|manager|modal|notice|overlay|popup)",
    re.IGNORECASE,
)
# A page has one main part and one title that are shown, and perhaps some that are not: so many are looked at.
_MOST = 5
_SECTIONS = names("article main section")
_REGISTRY_ID = re.compile(r"NCT\d{8}")


class Chrome:
    """Tells what of a page is not the record's."""

    def __init__(self, tree: Tag) -> None:
        self.mains: list[Tag] = []
        self.titles: list[Tag] = []
        self.articles: list[Tag] = []
        self._in_section: set[int] = set()
        """The elements that are inside a section of the page."""
        named: list[Tag] = []
        for element in walk(tree, SCRIPTS | RAW):
            if isinstance(element, Tag):
                self._note(element)
            elif element.parent and is_text(element) and _REGISTRY_ID.search(str(element)):
                named.append(element.parent)
        self._content = _holders_of(self.mains or self.titles)
        """The elements around the page's content: none of them is a banner, whatever its names say."""
        self._titled = _holders_of([*self.titles, *named])
        """The elements around a title or a trial's id."""

    def hides(self, tag: Tag) -> bool:
        """Whether an element, with all that it holds, is left out of the page's text."""
        name = tag.name
        if name in HIDDEN:
            return True
        if name in PAGE:
            return False
        if name == "footer" or (name == "header" and id(tag) not in self._titled):
            # In a section it is the section's (WHATWG, 4.3.8).
            return id(tag) not in self._in_section
        attributes = tag.attrs
        if not attributes:
            return False
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return True
        if "style" in attributes and _NOT_SHOWN.search(str(attributes["style"])):
            return True
        return id(tag) not in self._content and _is_named_as_chrome(tag)

    def _note(self, tag: Tag) -> None:
        parent = tag.parent
        if parent and (id(parent) in self._in_section or parent.name in _SECTIONS or _is_main(parent)):
            self._in_section.add(id(tag))
        if _is_main(tag):
            self.mains.append(tag)
        elif tag.name == "h1":
            self.titles.append(tag)
        elif tag.name == "article":
            self.articles.append(tag)


def content_of(tree: Tag, chrome: Chrome) -> list[Tag]:
    """The elements that hold the record, in the page's order: the main part, or the whole page.

    The title may stand in a header above the main part: then it comes first.
    """
    for main in chrome.mains[:_MOST]:
        if _is_shown(main, chrome) and _length(main):
            titles = [] if main.find("h1") else [title for title in chrome.titles[:_MOST] if _is_shown(title, chrome)]
            return [*titles, main] if len(titles) == 1 else [main]
    articles = [article for article in chrome.articles[:_MOST] if _is_shown(article, chrome)]
    if len(articles) == 1 and _length(articles[0]) * 2 > _length(tree):
        return articles
    return [tree]


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.attrs.get("role") == "main"


def _length(tag: Tag) -> int:
    """How many characters an element has, without white space."""
    return sum(len("".join(str(text).split())) for text in walk(tag, HIDDEN) if is_text(text))


def _is_shown(tag: Tag, chrome: Chrome) -> bool:
    return not any(isinstance(one, Tag) and chrome.hides(one) for one in tag.self_and_parents)


def _holders_of(tags: list[Tag]) -> set[int]:
    """The elements that some elements are, or stand in."""
    holders: set[int] = set()
    for tag in tags:
        for holder in tag.self_and_parents:
            if id(holder) in holders:
                break
            holders.add(id(holder))
    return holders


def _is_named_as_chrome(tag: Tag) -> bool:
    """Whether an element's role, id or class is that of a part of the site.

    A page that was saved with a dialog open has all else `aria-hidden`, so that alone is no proof.
    """
    attributes = tag.attrs
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in _SITE_ROLES:
        return True
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return _COOKIES.search(names) is not None
