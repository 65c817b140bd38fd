"""From the lines of a bare section to the pieces that grammars/page.lark reads: a value is its own label.

COMPLETED                               LABEL  (field overall_status, value `COMPLETED`)
120 participants                        LABEL  (field enrollment)
Assistance Publique                     TEXT
OTHER                                   TEXT
lead                                    LABEL  (field sponsor_role)
Sponsor Role lead                       LABEL  as well: a label that shares its value's line may have stayed
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from parser.enums import ENUMS
from parser.forms.pages.bare import kinds
from parser.forms.pages.bare.kinds import Kind
from parser.forms.pages.groups import Known, reads_like_label
from parser.forms.pages.model import STRAY, Piece
from parser.forms.pages.site import RESULTS_NOTICES, SITE_LINES
from parser.forms.pages.vocabulary import find_label
from parser.lines import Line
from parser.source import Span, fold

OTHER = "OTHER"
_ARM_TYPES = ENUMS["arm_type"] - {OTHER}
_INTERVENTION_TYPES = ENUMS["intervention_type"] - {OTHER}


def text_piece(line: Line, section: str) -> Piece:
    return Piece("TEXT", line.span, section)


def value_piece(line: Line, section: str, field: str) -> Piece:
    """A line that is a value and says by its kind which field's."""
    return Piece("LABEL", line.span, section, field, line.span)


def with_label(line: Line, section: str) -> Piece | None:
    """A line that kept its label, as on a labelled page; None for any other."""
    found = find_label(section, line.text)
    if found is None:
        return None
    label, offset = found
    value = Span(line.start + offset, line.end) if offset < len(line.text) else None
    return Piece("LABEL", line.span, section, label.field, value)


def front_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Title, id and date: the line before the id is the title, whatever is above it."""
    pieces: list[Piece] = []
    for line in lines:
        piece = with_label(line, "front")
        if piece is None and kinds.is_registry_id(line.text):
            piece = value_piece(line, "front", "registry_id")
        elif piece is None and pieces and pieces[-1].field == "registry_id" and kinds.is_date(line.text):
            piece = value_piece(line, "front", "last_updated")
        pieces.append(piece or text_piece(line, "front"))
    return pieces


def results_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Whether there are results is recognised by the site's sentence; buttons are not data."""
    sentences = {notice[0] for notice in RESULTS_NOTICES.values()}
    pieces: list[Piece] = []
    for line in lines:
        piece = with_label(line, "results")
        said = fold(line.text)
        if piece is not None:
            pieces.append(piece)
        elif said in sentences and not any(known.terminal == "LABEL" for known in pieces):
            pieces.append(value_piece(line, "results", "results"))
        elif said in sentences and pieces[-1].terminal == "LABEL":
            pieces.append(Piece("SENTENCE", line.span, "results"))
        elif said not in SITE_LINES:
            pieces.append(text_piece(line, "results"))
    return pieces


def ordered_pieces(lines: Sequence[Line], section: str, order: Sequence[Kind]) -> list[Piece]:
    """Values that come in a known order, any of them missing: each is the next field that it can be."""
    pieces: list[Piece] = []
    following = 0
    for line in lines:
        piece = with_label(line, section)
        if piece is None:
            fitting = (index for index in range(following, len(order)) if order[index].fits(line.text))
            if (index := next(fitting, None)) is not None:
                piece = value_piece(line, section, order[index].field)
                following = index + 1
        pieces.append(piece or text_piece(line, section))
    return pieces


def eligibility_pieces(lines: Sequence[Line]) -> list[Piece]:
    """The text, a single piece, and the values that close it: ages, sex and healthy volunteers.

    They are followed from the end of the section backwards: what looks like one further up is part of the text.
    """
    section = "eligibility"
    rest = list(lines)
    closing: list[Piece] = []

    def take(field: str, fits: Callable[[str], bool]) -> bool:
        if not rest:
            return False
        piece = with_label(rest[-1], section)
        if piece is None and fits(rest[-1].text):
            piece = value_piece(rest[-1], section, field)
        if piece is None:
            return False
        rest.pop()
        closing.insert(0, piece)
        return True

    take("healthy_volunteers", kinds.is_yes_or_no)
    take("sex", ENUMS["sex"].__contains__)
    if take("maximum_age", kinds.is_age) and not take("minimum_age", kinds.is_age):
        # Far more trials have a lower limit alone than an upper limit alone.
        closing[0] = replace(closing[0], field="minimum_age") if closing[0].field == "maximum_age" else closing[0]
    return [*([Piece("TEXT", Span(rest[0].start, rest[-1].end), section)] if rest else []), *closing]


def closed_pieces(lines: Sequence[Line], section: str, field: str, fits: Callable[[str], bool]) -> list[Piece]:
    """Records that each end in a value of one kind; a line of that kind that follows no text is text itself."""
    pieces: list[Piece] = []
    for line in lines:
        piece = with_label(line, section)
        if piece is None and fits(line.text) and pieces and pieces[-1].terminal == "TEXT":
            piece = value_piece(line, section, field)
        pieces.append(piece or text_piece(line, section))
    return pieces


def sponsor_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Sponsors: a name, a class, a role. A class without a name before it is not taken for one."""
    pieces = closed_pieces(lines, "sponsors", "sponsor_role", kinds.is_sponsor_role)
    for index, piece in enumerate(pieces):
        alone = index == 0 or pieces[index - 1].terminal != "TEXT"
        role_below = index + 1 < len(pieces) and pieces[index + 1].terminal == "LABEL"
        if alone and role_below and piece.terminal == "TEXT" and lines[index].text in ENUMS["sponsor_class"]:
            piece.terminal = STRAY
    return pieces


def contact_pieces(lines: Sequence[Line], section: str) -> list[Piece]:
    """People: a role is below a name, or alone."""
    fits = kinds.is_facility_role if section == "facility_contacts" else kinds.is_contact_role
    return [
        with_label(line, section) or (value_piece if fits(line.text) else _as_text)(line, section, "contact_role")
        for line in lines
    ]


def _as_text(line: Line, section: str, _: str) -> Piece:
    return text_piece(line, section)


def responsible_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Name, title and affiliation, and the role in the last line."""
    section = "responsible_party"
    pieces = [with_label(line, section) or text_piece(line, section) for line in lines]
    if lines and lines[-1].text in ENUMS["responsible_party_type"]:
        pieces[-1] = value_piece(lines[-1], section, "responsible_party_type")
    return pieces


def reference_pieces(lines: Sequence[Line]) -> list[Piece]:
    """A citation, its type, and the number of the paper."""
    section = "references"
    pieces: list[Piece] = []
    for line in lines:
        piece = with_label(line, section)
        if piece is None and line.text in ENUMS["reference_type"]:
            piece = value_piece(line, section, "reference_type")
        elif piece is None and pieces and pieces[-1].field != "pmid" and kinds.is_paper(line.text):
            piece = value_piece(line, section, "pmid")
        pieces.append(piece or text_piece(line, section))
    return pieces


def identifier_pieces(lines: Sequence[Line]) -> list[Piece]:
    """An id, its type, and where it is from: the type is the line before the source."""
    section = "identifiers"
    pieces: list[Piece] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else None
        piece = with_label(line, section)
        if piece is None and kinds.is_identifier_source(line.text):
            piece = value_piece(line, section, "identifier_source")
        elif piece is None and below and kinds.is_identifier_type(line.text) and _is_source(below):
            piece = value_piece(line, section, "identifier_type")
        pieces.append(piece or text_piece(line, section))
    return pieces


def _is_source(line: Line) -> bool:
    kept = with_label(line, "identifiers")
    return kinds.is_identifier_source(line.text) or (kept is not None and kept.field == "identifier_source")


def group_pieces(lines: Sequence[Line], known: Known, typed: bool, has_interventions: bool) -> list[Piece]:
    """Arm groups, with the types of the arms and of their interventions. `typed` says that arms have types.

    `OTHER` is a type of both. Where types are expected and none is there, nothing shows an arm group from an
    intervention, and the lines belong to no field, but for the first arm group's where Interventions is cut off.
    """
    section = "groups"
    pieces: list[Piece] = []
    labelled = False
    ends = _next_types(lines)
    for index, line in enumerate(lines):
        piece = with_label(line, section)
        if piece is None and pieces and pieces[-1].terminal == "TEXT":
            field = ""
            if line.text in _ARM_TYPES:
                field = "arm_type"
            elif line.text in _INTERVENTION_TYPES:
                field = "intervention_type"
            elif line.text == OTHER:
                given = (labelled or not typed) and _is_given(lines, index, ends[index], known, typed)
                field = "intervention_type" if given else "arm_type"
            piece = value_piece(line, section, field) if field else None
        labelled = labelled or piece is not None
        pieces.append(piece or text_piece(line, section))
    if typed and not labelled:
        for piece in pieces[0 if has_interventions else _first_arm(lines) :]:
            piece.terminal = STRAY
    return pieces


def _first_arm(lines: Sequence[Line]) -> int:
    """How many lines are the first arm group's with certainty: its label, and a description that cannot be a name."""
    return 2 if len(lines) > 1 and not reads_like_label(lines[1].text) else 1


def _next_types(lines: Sequence[Line]) -> list[int]:
    """For each line where the next type after it is, or the section ends: a description reaches no further."""
    ends = [len(lines)] * len(lines)
    for index in range(len(lines) - 2, -1, -1):
        below = lines[index + 1].text
        is_type = below in ENUMS["arm_type"] or below in ENUMS["intervention_type"] or find_label("groups", below)
        ends[index] = index + 1 if is_type else ends[index + 1]
    return ends


def _is_given(lines: Sequence[Line], index: int, end: int, known: Known, typed: bool) -> bool:
    """Whether an `OTHER` closes the name of an intervention, not an arm group.

    The line before is an intervention's name then, and what follows, up to the next type, is how Interventions
    describes it.
    """
    described = known.get((fold(lines[index - 1].text), OTHER))
    if not typed or described is None:
        return not typed
    following = [fold(line.text) for line in lines[index + 1 : end]]
    return any(number <= len(following) and tuple(following[:number]) in said for number, said in described.items())
