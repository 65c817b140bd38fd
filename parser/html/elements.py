"""What is known of HTML's elements, by name: https://html.spec.whatwg.org/multipage/indices.html#elements-3."""

from __future__ import annotations


def names(spaced: str) -> frozenset[str]:
    """A set of names that stand in a row, with spaces between them."""
    return frozenset(spaced.split())


VOID = names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
"""Elements without content, and so without an end tag."""

SKIPPED = names("script style iframe noembed noframes noscript textarea title")
"""Elements whose content is no markup, up to their own end tag, and that show no text of the page."""

HIDDEN = names(
    "head template nav aside dialog select datalist svg canvas audio video picture object map meter progress"
)
"""Elements that show nothing, or no text, or what is the site's rather than the record's."""

HEADINGS = names("h1 h2 h3 h4 h5 h6")
LISTS = names("ul ol menu dir")
TABLE_PARTS = names("caption colgroup thead tbody tfoot tr td th")

BLOCKS = (
    HEADINGS
    | LISTS
    | TABLE_PARTS
    | names(
        "html body head main article section nav aside header footer hgroup address blockquote center details dialog "
        "dd div dl dt fieldset figcaption figure form hr legend li p pre search summary table option optgroup"
    )
)
"""Elements that begin and end a block of text."""

CONTAINERS = BLOCKS | HIDDEN
"""Elements whose end tag ends all that was left open inside of them."""

PHRASING = names(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark nobr output q ruby rb rp "
    "rt rtc s samp small span strike strong sub sup time tt u var"
)
"""Elements that go on in the line."""

KNOWN = BLOCKS | PHRASING | VOID | SKIPPED | HIDDEN
"""Names that open a tag wherever they stand; other names do where the page has an end tag for them."""

CLOSED_BY_BLOCK = frozenset({"p"})
"""What every element of `CLOSES_P` ends, whether its end tag is written or not."""

CLOSES_P = BLOCKS - TABLE_PARTS - frozenset({"html", "body", "head", "legend", "option", "optgroup"})

IMPLIED_ENDS: dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    "li": ((frozenset({"li"}), LISTS | {"table"}),),
    "dt": ((frozenset({"dt", "dd"}), frozenset({"dl", "table"})),),
    "dd": ((frozenset({"dt", "dd"}), frozenset({"dl", "table"})),),
    "td": ((frozenset({"td", "th", "caption"}), frozenset({"tr", "table"})),),
    "th": ((frozenset({"td", "th", "caption"}), frozenset({"tr", "table"})),),
    "tr": ((frozenset({"tr", "caption"}), frozenset({"table"})),),
    "option": ((frozenset({"option"}), frozenset({"select"})),),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"), ((frozenset({"thead", "tbody", "tfoot", "caption"}), frozenset({"table"})),)
    ),
}
"""By start tag, which elements it ends, and which ones bound the search for them (13.1.2.4, optional tags)."""

SCOPES = names("table td th caption template object")
"""No end tag inside one of these ends what stands around it (13.2.4.2, scopes)."""
