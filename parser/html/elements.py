"""Properties of HTML's elements, by name: https://html.spec.whatwg.org/multipage/indices.html#elements-3."""

from __future__ import annotations


def names(spaced: str) -> frozenset[str]:
    """A set of names that are separated by spaces."""
    return frozenset(spaced.split())


NEWER_VOID = names("wbr source track embed keygen bgsound command")
"""Elements without content that HTML 4 does not have."""

VOID = NEWER_VOID | names("area base basefont br col frame hr img input link meta param")
"""Elements without content, and so without an end tag."""

PARTS_OF_TABLES = names("tbody tr td th")
"""Elements that their next sibling ends, if no end tag does."""

SCRIPTS = names("script style")
RAW = names("iframe noembed noframes noscript textarea title")
"""Elements whose content is not markup, up to their own end tag, and that show no text of the page."""

HIDDEN = (
    SCRIPTS
    | RAW
    | names("template nav aside dialog select datalist svg canvas audio video picture object map meter progress")
)
"""Elements that show nothing, or no text, or what is the site's rather than the record's."""

HEADINGS = names("h1 h2 h3 h4 h5 h6")
LISTS = names("ul ol menu dir")
PAGE = names("html head body")

BLOCKS = (
    PAGE
    | HEADINGS
    | LISTS
    | names(
        "main article section nav aside header footer hgroup address blockquote center details dialog dd div dl dt "
        "fieldset figcaption figure form hr legend li p pre search summary option optgroup "
        "table caption colgroup thead tbody tfoot tr td th"
    )
)
"""Elements that begin and end a block of text."""

PHRASING = names(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark nobr output q ruby rb rp "
    "rt rtc s samp small span strike strong sub sup time tt u var"
)
"""Inline elements."""

KNOWN = BLOCKS | PHRASING | VOID | HIDDEN
"""Names that open an element wherever they occur; other names do where the page has an end tag for them."""
