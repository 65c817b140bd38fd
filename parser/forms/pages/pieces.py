"""From lines to the pieces that grammars/page.lark reads: what each line or paragraph of a section is.

Sponsors                                RECORDS_HEADING
Meet the organizations funding ...      SENTENCE
Assistance Publique                     TEXT
OTHER                                   TEXT
Sponsor Role lead                       LABEL  (field sponsor_role, value `lead`)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parser.forms.pages.fields import CONTACTS
from parser.forms.pages.headings import Opening
from parser.forms.pages.model import READ, Piece
from parser.forms.pages.site import NO_INTERVENTIONS, is_site_text
from parser.forms.pages.vocabulary import OPENING, SECTION_LABELS, find_label
from parser.lines import Line, closes, paragraphs_of
from parser.source import Span, fold

# The labels that end the eligibility text are searched from the end of the section backwards; between two of them
# are a value and at most this many further short lines (an unknown label, and its value).
_GAP_LINES = 4
_GAP_LENGTH = 80

# Where descriptions of many lines are between the labels, a label is a paragraph of its own.
_OWN_PARAGRAPH = frozenset({"groups", "interventions"})

# A phone begins with a digit, a plus or a bracket, perhaps after "Tel:" or the like.
_PHONE = re.compile(r"(?:(?:tel|phone|ph|mobile|cell|office|fax|call)\w*[.:]? ?)?[+( ]*\d(?:[^\d@]*\d){4}[^@]*\Z", re.I)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\Z")


def section_pieces(text: str, lines: Sequence[Line], opening: Opening) -> list[Piece]:
    """The pieces of one section, its heading first. `lines` are the section's, from its heading on."""
    heading = opening.heading
    pieces = [Piece(heading.terminal, lines[0].span, heading.section)]
    body = lines[1:]
    if opening.has_sentence:
        pieces.append(Piece("SENTENCE", body[0].span, heading.section))
        body = body[1:]
    section = heading.section
    if section == "eligibility":
        first = _first_closing_label(body)
        pieces += paragraphs(body[:first], section)
        body = body[first:]
    pieces += labelled(body, section)
    if heading.shape == CONTACTS:
        mark_people(pieces, text)
    if section == "groups":
        for piece in pieces:
            if piece.terminal == "TEXT" and fold(piece.cut(text)) == NO_INTERVENTIONS:
                piece.terminal = READ
    return _without_site_text(pieces, text) if section == "results" else pieces


def labelled(lines: Sequence[Line], section: str) -> list[Piece]:
    """Lines as pieces: labels are alone, the lines of a paragraph between them are one TEXT."""
    if section not in SECTION_LABELS:
        return paragraphs(lines, section)
    openings = SECTION_LABELS[section].openings
    own_paragraph = section in _OWN_PARAGRAPH
    pieces: list[Piece] = []
    after_label = True
    for index, line in enumerate(lines):
        # Nearly all lines are not labels, and their first letters tell it without a call.
        if (
            line.text[:OPENING] in openings
            and (found := find_label(section, line.text))
            and (not own_paragraph or (line.opens and closes(lines, index)))
        ):
            label, offset = found
            value = Span(line.start + offset, line.end) if offset < len(line.text) else None
            pieces.append(Piece("LABEL", Span(line.start, line.end), section, label.field, value))
            after_label = True
        elif after_label or line.opens:
            pieces.append(Piece("TEXT", Span(line.start, line.end), section))
            after_label = False
        else:
            pieces[-1].span = Span(pieces[-1].span.start, line.end)
    return pieces


def paragraphs(lines: Sequence[Line], section: str) -> list[Piece]:
    """Lines as TEXT, one piece per paragraph, whatever their content."""
    return [Piece("TEXT", span, section) for span in paragraphs_of(lines)]


def _first_closing_label(lines: Sequence[Line]) -> int:
    """Where the eligibility text ends and its labels (ages, sex, healthy volunteers) begin.

    The labels run to the end of the section, so they are followed backwards: a criterion that reads like a label has
    other criteria after it.
    """
    first = following = len(lines)
    seen: set[str] = set()
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index].text
        found = find_label("eligibility", line) if len(line) <= _GAP_LENGTH else None
        if found and found[0].field not in seen:
            seen.add(found[0].field)
            first = following = index
        elif following - index > _GAP_LINES or len(line) > _GAP_LENGTH or line.startswith(("* ", "- ")):
            break
    return first


def mark_people(pieces: Sequence[Piece], text: str) -> None:
    """Tell the phones and addresses that follow a role from the name of the next person.

    Role: CONTACT
    142499768 ext. +33          PHONE
    Matthieu RESCHE-RIGON       TEXT, a name: a role follows it
    """
    roles = [index for index, piece in enumerate(pieces) if piece.terminal == "LABEL"]
    for role, following in zip(roles, [*roles[1:], len(pieces)], strict=False):
        reach = pieces[role + 1 : following]
        if following < len(pieces) and reach and not _is_way_to_reach(reach[-1], text, alone=len(reach) == 1):
            reach = reach[:-1]
        for piece in reach:
            piece.terminal = "EMAIL" if is_address(piece.cut(text)) else "PHONE"


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address."""
    return "@" in text and _EMAIL.match(text) is not None


def is_phone(text: str) -> bool:
    """Whether a text is a phone, perhaps after `Tel:`."""
    return _PHONE.match(text) is not None


def _is_way_to_reach(piece: Piece, text: str, alone: bool) -> bool:
    """Whether the last paragraph before a role is a phone or an address, so that the person has no name.

    Where another paragraph is before it, that one is the phone and this one the name, whatever digits it has
    (`Reference Study ID Number: WA42481`).
    """
    content = piece.cut(text)
    return is_address(content) or (alone and is_phone(content))


def _without_site_text(pieces: Sequence[Piece], text: str) -> list[Piece]:
    """Study Results holds one value, which the site explains in a sentence; `View full results` is a button."""
    out: list[Piece] = []
    for piece in pieces:
        explains = out[-1].terminal == "LABEL" if out else False
        if piece.terminal != "TEXT" or not is_site_text(piece.cut(text), explains):
            out.append(piece)
        elif explains:
            piece.terminal = "SENTENCE"
            out.append(piece)
    return out
