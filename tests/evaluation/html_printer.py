"""Prints a study as a page in HTML, in the shells that sites put around a record.

What a page shows, and in which order, is for printer.py; how HTML says it is for this module, which shares no code with
the package.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from html.entities import codepoint2name
from typing import NamedTuple

from tests.evaluation.printer import SENTENCES, Json, print_page

LABELS = {
    "Basic Information": frozenset(
        {"Recruitment Status", "Clinical Phase", "Total Enrollment", "Study Classification"}
        | {"Study Start Date", "Study Completion Date"}
    ),
    "Study Design": frozenset(
        {"Allocation Method", "Intervention Model", "Observational Model Type", "Primary Study Purpose"}
        | {"Blinding Strategy", "Study Time Perspective"}
    ),
    "Eligibility Criteria": frozenset(
        {"Minimum Eligible Age", "Maximum Eligible Age", "Eligible Sex", "Accepts Healthy Volunteers"}
    ),
}
"""By section, the labels that have a line of their own."""


class Section(NamedTuple):
    """A heading (none for the front of the page), the paragraphs below it, and its labels with their values."""

    heading: str
    paragraphs: list[str]
    labels: list[tuple[str, str]]


def sections_of(page: str) -> list[Section]:
    """What is on a labelled page."""
    blocks = page.split("\n\n")
    sections = [Section("", [], [])]
    for place, block in enumerate(blocks):
        if block in SENTENCES and blocks[place + 1 : place + 2] == [SENTENCES[block]]:
            sections.append(Section(block, [], []))
        else:
            sections[-1].paragraphs.append(block)
    for section in sections:
        _take_labels(section)
    return sections


def _take_labels(section: Section) -> None:
    """Move the labels at the end of a section, and the values below them, out of its paragraphs."""
    labels = LABELS.get(section.heading, frozenset())
    paragraphs = section.paragraphs
    while len(paragraphs) > 2:
        *above, label = paragraphs[-2].rsplit("\n", 1)
        if label not in labels:
            break
        section.labels.insert(0, (label, paragraphs[-1]))
        paragraphs[-2:] = above
        if above:
            break


# --- text ---


def escaped(text: str) -> str:
    """A text with what HTML needs escaped."""
    return html.escape(text, quote=False)


def with_entities(text: str) -> str:
    """A text in ASCII: entities by name where there is one, by number if there is none."""
    return "".join(_entity(character) for character in text)


def _entity(character: str) -> str:
    name = codepoint2name.get(ord(character)) if character not in "\"'" else None
    if name:
        return f"&{name};"
    return character if character.isascii() else f"&#x{ord(character):X};"


def with_powers(text: str) -> str:
    """A text as Markdown shows it: a power is raised, and the signs of comparison have no backslash."""
    text = escaped(re.sub(r"\\([<>])", r"\1", text))
    return re.sub(r"\\\^(-?\d+)", r"<sup>\1</sup>", text)


# --- paragraphs ---


def with_breaks(paragraph: str, spelled: Callable[[str], str]) -> str:
    return f"<p>{'<br>'.join(map(spelled, _lines(paragraph)))}</p>"


def with_lists(paragraph: str, spelled: Callable[[str], str]) -> str:
    """A paragraph, or the list that it is if every line of it is an item."""
    lines = _lines(paragraph)
    if all(re.match(r"\* \S", line) for line in lines):
        return f"<ul>{''.join(f'<li>{spelled(line[2:])}</li>' for line in lines)}</ul>"
    numbered = [re.fullmatch(r"([1-9]\d{0,2})\. (\S.*)", line) for line in lines]
    numbers = [int(match[1]) for match in numbered if match]
    if numbers and numbers == list(range(numbers[0], numbers[0] + len(lines))):
        start = f' start="{numbers[0]}"' if numbers[0] > 1 else ""
        return f"<ol{start}>{''.join(f'<li>{spelled(match[2])}</li>' for match in numbered if match)}</ol>"
    return with_breaks(paragraph, spelled)


def _lines(paragraph: str) -> list[str]:
    return paragraph.split("\n")


# --- shells ---


def plain(sections: list[Section]) -> Iterator[str]:
    """Headings and paragraphs, nothing else."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>A trial</title>\n</head>\n<body>'
    for section in sections:
        paragraphs = list(section.paragraphs)
        if section.heading:
            yield f"<h2>{section.heading}</h2>"
        else:
            yield f"<h1>{escaped(paragraphs.pop(0))}</h1>"
        for paragraph in paragraphs:
            yield with_breaks(paragraph, escaped)
        for label, value in section.labels:
            yield f"<h3>{label}</h3>\n<p>{escaped(value)}</p>"
    yield "</body>\n</html>\n"


def divisions(sections: list[Section]) -> Iterator[str]:
    """Nothing but div and span, as frameworks write it, with a site around it and scripts in it."""
    yield (
        '<!doctype html><html><head><meta charset="utf-8"/><link rel="stylesheet" href="/a.css"/>'
        "<style>.x > .y { color: red }</style><script>if (a < b && c > d) { document.write('<p>No</p>') }</script>"
        '</head><body class="has-cookie-banner"><noscript><p>Please enable JavaScript.</p></noscript>'
        '<div id="__next"><header class="site"><a href="/"><svg viewBox="0 0 8 8"><path d="M0 0h8"/><title>Logo</title>'
        '</svg>The Site</a><nav aria-label="Main"><ul><li><a href="/t">Trials</a></li></ul></nav></header>'
        '<div role="main"><div class="wrap">'
    )
    for section in sections:
        yield f'<div class="section" data-name="{section.heading}">'
        yield f'<div class="heading"><span>{section.heading}</span><i class="icon" aria-hidden="true">v</i></div>'
        for paragraph in section.paragraphs:
            yield f'<div class="text">\n      {with_lists(paragraph, with_powers)}\n    </div><!-- a > b -->'
        for label, value in section.labels:
            yield f'<div class="row"><div>{label}</div><div><span><b>{escaped(value)}</b></span></div></div>'
        yield '<div style="display: none">Copied!</div><template><p>{{ text }}</p></template></div>'
    yield (
        "</div></div><aside><h3>Newsletter</h3></aside><footer><p>© The Site</p></footer></div>"
        '<div id="cookie-consent"><p>We use cookies.</p><button>Accept</button></div>'
        '<div role="dialog" hidden>Sign in</div></body></html>'
    )


def definitions(sections: list[Section]) -> Iterator[str]:
    """Definition lists and an article, in capitals, without the end tags that may be left out, in ASCII."""
    yield (
        '<?xml version="1.0" encoding="us-ascii"?>\n<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<HTML><HEAD>'
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=us-ascii"><TITLE>A trial</TITLE>\n'
        "<BODY><DIV ROLE=navigation><P>Home &gt; Trials</DIV><ARTICLE CLASS='record'>"
    )
    for section in sections:
        if section.heading:
            yield f"<H2>{section.heading}</H2>"
        for paragraph in section.paragraphs:
            yield re.sub(r"</(?:p|li)>", "", with_lists(paragraph, with_entities)).replace("<br>", "<BR>\n")
        if section.labels:
            yield "<DL>"
            for label, value in section.labels:
                yield f"<DT>{label}\n<DD>{with_entities(value)}"
            yield "</DL>"
    yield "</ARTICLE><DIV ROLE=contentinfo><P>Imprint</DIV>"


def rows(sections: list[Section]) -> Iterator[str]:
    """A page that tables lay out, the way they did it once."""
    yield '<html><body bgcolor="#ffffff"><table width="100%"><tr><td>\n<table border=0>'
    for section in sections:
        if section.heading:
            yield f"<tr><td><font size=+1><b>{section.heading}</b></font></td></tr>"
        text = "<br><br>".join("<br>".join(map(escaped, _lines(paragraph))) for paragraph in section.paragraphs)
        yield f'<tr><td valign="top">{text}</td></tr>'
        for label, value in section.labels:
            yield f"<tr><td>{label}</td></tr>\n<tr><td>&nbsp;{escaped(value)}</td></tr>"
        yield "<tr><td>&nbsp;</td></tr>"
    yield "</table></td></tr></table></body></html>"


def tables(sections: list[Section]) -> Iterator[str]:
    """Labels and their values as tables of two columns."""
    yield "<!DOCTYPE html><html><body><main>"
    for section in sections:
        if section.heading:
            yield f"<h2>{section.heading}</h2>"
        for paragraph in section.paragraphs:
            yield with_lists(paragraph, escaped)
        if section.labels:
            yield "<table><tbody>"
            yield from (f"<tr><th>{label}</th><td>{escaped(value)}</td></tr>" for label, value in section.labels)
            yield "</tbody></table>"
    yield "</main></body></html>"


SHELLS = {shell.__name__: shell for shell in (plain, divisions, definitions, rows, tables)}
"""The ways to print a page, by name."""


def print_html(study: Json, shell: str) -> str:
    """The page of a study in one of the `SHELLS`."""
    return "".join(f"{part}\n" for part in SHELLS[shell](sections_of(print_page(study))))
