"""A board paper: the cover sheet under the headings boards use, then what is proposed and the facts it rests on.

Under each heading stands what was typed, and what the record says to it; a heading with neither is to be acknowledged.
One is for our own board, one for others, from which what is restricted has been left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Report, Section, Table
from nhsdesk.domain import cover_sheets, enclosures
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.cover_sheets import Under
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, due_with_next_meeting
from nhsdesk.sections import apart, guarded_practices, heading, meetings, restricted
from nhsdesk.sections import cover_sheets as record_says
from nhsdesk.sections import enclosures as meeting_papers
from nhsdesk.sections.cover_sheets import Around, FactLine
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

PRIVATE = "PRIVATE"
NOT_ENTERED = "not entered"
_NOTHING = "Nothing is written under this heading."
_FROM_RECORD = "From the record:"


@dataclass(frozen=True, slots=True)
class Facts:
    """One paper; nothing in it where no cover sheet is entered."""

    heading: Heading
    ref: str
    id: str
    title: str
    board: str
    held_on: date | None
    item: str
    enclosure: str
    author: str
    presenter: str
    sponsor: str
    purpose: str
    in_public: bool | None
    exemption: str
    edition: int | None
    headings: tuple[Under, ...]
    proposal: str
    rests_on: tuple[FactLine, ...]
    problems: tuple[Problem, ...]


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """The cover sheet or agenda item that was chosen, else the sheet whose meeting comes next, else the newest."""
    audience = asked.audience(audience)
    head, hidden = heading.gather(reader, asked), restricted.gather(reader, audience)
    sheet, item = _chosen(reader, asked, hidden)
    if sheet is None and item is None:
        return _nothing(head)
    each, around = apart.Read(), cache(lambda: _around(reader, asked, audience, sheet, item, hidden))
    cover = each.of(_COVER, lambda: _named(reader, sheet, item, around())) or _Named()
    headings = tuple(
        Under(
            name,
            cover_sheets.label(name),
            (getattr(sheet, name) or "") if sheet is not None else "",
            each.of(cover_sheets.label(name), partial(_under, name, around, asked, hidden)) or (),
        )
        for name in cover_sheets.HEADINGS
    )
    purpose = (sheet.purpose if sheet else None) or (item.purpose if item else None)
    entry = sheet or item
    assert entry is not None
    facts = Facts(
        heading=head,
        ref=entry.ref,
        id=str(entry.id),
        title=sheet.title if sheet else item.title if item else "",
        board=cover.board,
        held_on=cover.held_on,
        item=f"{item.number}. {item.title}" if item is not None else "",
        enclosure=cover.enclosure,
        author=cover.author,
        presenter=cover.presenter,
        sponsor=cover.sponsor,
        purpose=purpose.words if purpose else "",
        in_public=sheet.in_public if sheet else None,
        exemption=(sheet.exemption or "") if sheet else "",
        edition=sheet.edition if sheet else None,
        headings=headings,
        proposal=(sheet.proposal or "") if sheet else "",
        rests_on=each.of(_RESTS_ON, lambda: record_says.facts(around())) or (),
        problems=(),
    )
    facts = replace(facts, heading=each.under(head))
    known = replace(sheet, purpose=purpose) if sheet is not None else None
    read = tuple(one for one in headings if one.label not in each.failed)
    found = cover_sheets.problems(known, entry.ref, (entry.KIND.name, entry.id), read)
    return replace(
        facts, problems=(*found, *_private(facts, entry, audience), *_naming(reader, facts, audience))
    )


def _private(facts: Facts, entry: CoverSheet | AgendaItem, audience: Audience) -> Iterator[Problem]:
    """A paper that is taken in private is not for the public."""
    if audience is Audience.PUBLIC and facts.in_public is not True:
        said = (
            "is taken in private" if facts.in_public is False else "does not say that it is taken in public"
        )
        told = (
            f"{facts.ref} {said}, so it is not made for the public. Compose it for others, or say so first."
        )
        yield Problem(told, Weight.MUST_FIX, entry.KIND.name, entry.id, "in_public")


_COVER, _PROPOSED, _RESTS_ON = "Cover sheet", "What is proposed", "What it rests on"


def _around(
    reader: Reader,
    asked: Asked,
    audience: Audience,
    sheet: CoverSheet | None,
    item: AgendaItem | None,
    hidden: Restricted,
) -> Around:
    seen = record_says.meeting_of(reader, item, asked)
    papers = meeting_papers.gather(reader, seen.items, hidden, audience) if seen is not None else None
    return record_says.around(reader, sheet, item, seen, papers, hidden)


def _under(name: str, around: Callable[[], Around], asked: Asked, hidden: Restricted) -> tuple[str, ...]:
    return record_says.under(name, around(), asked, hidden)


@dataclass(frozen=True, slots=True)
class _Named:
    """Who takes a paper to which board, and under which letter."""

    board: str = ""
    held_on: date | None = None
    enclosure: str = ""
    author: str = ""
    presenter: str = ""
    sponsor: str = ""


def _named(reader: Reader, sheet: CoverSheet | None, item: AgendaItem | None, held: Around) -> _Named:
    names, seen, papers = meetings.names(reader), held.meeting, held.papers
    presenter = (sheet.presenter if sheet else None) or (item.presenter if item else None)
    letter = papers.letters.sheets.get(item.id, "") if papers is not None and item is not None else ""
    return _Named(
        board=seen.meeting.body if seen is not None else held.body.name if held.body else "",
        held_on=seen.meeting.held_on if seen is not None else None,
        enclosure=enclosures.words(letter) if letter else "",
        author=names.get(sheet.author, "") if sheet and sheet.author else "",
        presenter=names.get(presenter, "") if presenter else "",
        sponsor=names.get(sheet.sponsor, "") if sheet and sheet.sponsor else "",
    )


def _nothing(head: Heading) -> Facts:
    return Facts(head, "", "", "", "", None, "", "", "", "", "", "", None, "", None, (), "", (), ())


def _chosen(reader: Reader, asked: Asked, hidden: Restricted) -> tuple[CoverSheet | None, AgendaItem | None]:
    if asked.about is not None and reader.find(Meeting, asked.about) is None:
        item = reader.find(AgendaItem, asked.about)
        sheet = reader.find(CoverSheet, asked.about) if item is None else _newest(reader, item)
    else:
        item, sheet = None, _next(reader, asked, hidden)
    item = item or reader.find(AgendaItem, sheet.item if sheet is not None else None)
    if _withheld(sheet, item, hidden):
        return None, None
    return sheet, item


def _newest(reader: Reader, item: AgendaItem) -> CoverSheet | None:
    return max(reader.all(CoverSheet, item=item.id), key=lambda one: (one.edition or 0, one.id), default=None)


def _withheld(sheet: CoverSheet | None, item: AgendaItem | None, hidden: Restricted) -> bool:
    return any(one is not None and hidden.hides(one.id) for one in (sheet, item))


def _next(reader: Reader, asked: Asked, hidden: Restricted) -> CoverSheet | None:
    """The sheet whose meeting was asked for or comes next, in the order of its agenda; else the one entered last."""
    every = [one for one in reader.all(CoverSheet) if not hidden.hides(one.id, one.item)]
    items = reader.several(AgendaItem, (one.item for one in every if one.item is not None))
    held = reader.several(Meeting, (item.meeting for item in items.values()))
    coming = []
    for one in every:
        item = items.get(one.item) if one.item is not None else None
        if item is not None and _takes_it(held[item.meeting], asked):
            coming.append((held[item.meeting].held_on, item.number, -(one.edition or 0), one.id, one))
    if coming:
        return min(coming, key=lambda one: one[:4])[-1]
    return None if asked.about is not None else max(every, key=lambda one: one.id, default=None)


def _takes_it(meeting: Meeting, asked: Asked) -> bool:
    return meeting.held_on >= asked.day if asked.about is None else meeting.id == asked.about


def _naming(reader: Reader, facts: Facts, audience: Audience) -> Iterator[Problem]:
    if audience is Audience.OWN_BOARD:
        return
    guarded = guarded_practices.guarded(reader)
    words = [facts.title, facts.board, facts.item, facts.exemption, facts.proposal]
    words += [text for one in facts.headings for text in (one.typed, *one.from_record)]
    words += [text for one in facts.rests_on for text in (one.what, one.stands)]
    yield from guarded_practices.naming(guarded, facts.ref, "\n".join(words))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before a board reads it."""
    none = () if facts.ref else (
        Problem(
            "There is no cover sheet that these readers may see. Add one to the list of cover sheets.",
            Weight.MUST_FIX,
            "cover_sheet",
        ),
    )  # fmt: skip
    return (*heading.check(facts.heading), *none, *facts.problems)


def compile(facts: Facts) -> Report:
    """The paper."""
    head = facts.heading
    if not facts.ref:
        return heading.report(
            head,
            facts,
            "Board paper",
            "",
            (Section(_COVER, (Paragraph("No cover sheet is entered."),)),),
        )
    sections = (
        *apart.titled(facts, {_COVER: _cover_blocks}),
        *apart.titled(facts, {one.label: partial(_heading_blocks, one) for one in facts.headings}),
        *(replace(one, own_page=True) for one in apart.titled(facts, {_PROPOSED: _proposal})),
        *apart.titled(facts, {_RESTS_ON: _rests_on}),
    )
    where = " ".join(filter(None, (facts.board, day_words(facts.held_on) if facts.held_on else "")))
    made = heading.report(head, facts, facts.title, f"Board paper. {where}".strip(), sections)
    private = f"{made.mark} {PRIVATE}".strip() if facts.in_public is False else made.mark
    return replace(made, mark=private)


_COLUMNS = (Column("Heading"), Column("This paper"))


def _cover_blocks(facts: Facts) -> tuple[Block, ...]:
    return (Table(_COVER, _COLUMNS, tuple(_cover(facts))),)


def _heading_blocks(one: Under, _: Facts) -> tuple[Block, ...]:
    return _under_blocks(one)


def _cover(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "Board", facts.board or NOT_ENTERED
    yield "Date of meeting", day_words(facts.held_on) if facts.held_on else NOT_ENTERED
    yield "Agenda item", facts.item or NOT_ENTERED
    yield "Enclosure", facts.enclosure or NOT_ENTERED
    yield "Author", facts.author or NOT_ENTERED
    yield "Presenter", facts.presenter or NOT_ENTERED
    yield "Executive sponsor", facts.sponsor or NOT_ENTERED
    yield "Purpose", facts.purpose or NOT_ENTERED
    yield "Public or private", _public(facts)
    yield "Version", str(facts.edition) if facts.edition is not None else NOT_ENTERED


def _public(facts: Facts) -> str:
    if facts.in_public is None:
        return NOT_ENTERED
    if facts.in_public:
        return "Taken in public"
    return f"Taken in private: {facts.exemption}" if facts.exemption else "Taken in private"


def _under_blocks(one: Under) -> tuple[Block, ...]:
    typed = _typed(one)
    told: tuple[Block, ...] = (Bullets(one.from_record),) if one.from_record else ()
    if typed and told:
        told = (Paragraph(_FROM_RECORD), *told)
    return (*typed, *told) or (Paragraph(_NOTHING),)


def _typed(one: Under) -> tuple[Block, ...]:
    lines = tuple(line.strip() for line in one.typed.splitlines() if line.strip())
    if not lines:
        return ()
    if one.name == "recommendations":
        return (Bullets(lines),)
    return tuple(Paragraph(line) for line in lines)


def _proposal(facts: Facts) -> tuple[Block, ...]:
    lines = tuple(line.strip() for line in facts.proposal.splitlines() if line.strip())
    return tuple(map(Paragraph, lines)) or (Paragraph("It is not written what is proposed."),)


_FACTS = (Column("Ref"), Column("What"), Column("How it stands"))


def _rests_on(facts: Facts) -> tuple[Block, ...]:
    rows = tuple((one.ref, one.what, one.stands) for one in facts.rests_on)
    if rows:
        return (Table(_RESTS_ON, _FACTS, rows),)
    return (Paragraph("No entry is linked with the agenda item or its cover sheet."),)


def in_short(facts: Facts) -> str:
    """How many headings are blank."""
    failed = facts.heading.failed
    blank = sum(one.blank for one in facts.headings if one.label not in failed)
    told = f"{blank} blank {'heading' if blank == 1 else 'headings'}"
    return f"{told}, {apart.IN_SHORT}" if failed else told


def _paper(key: str, title: str, audience: Audience, readers: tuple[Audience, ...] = ()) -> Paper[Facts]:
    gather_for: Callable[[Reader, Asked], Facts] = partial(gather, audience)
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for, check=check,
        compile=compile, due=due_with_next_meeting, in_short=in_short, readers=readers,
    )  # fmt: skip


PAPER = _paper("board-paper", "Board paper, without restricted items", Audience.PARTNERS, tuple(Audience))
OWN = _paper("board-paper-own", "Board paper for our own board", Audience.OWN_BOARD)
