"""The pack of a meeting in one file: agenda, minutes of the last meeting, action log, and the papers of its items.

Each paper bears the letter that the agenda gives it. A paper that cannot be included has a page that says why. There is
one pack for our own board and one for everybody else, without restricted items and their papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from nhsdesk.briefings import agenda, board_paper, minutes
from nhsdesk.documents.enclosures import NotEnclosed, PlainPages, plain_pages
from nhsdesk.documents.model import (
    Attached,
    Bundle,
    Column,
    NotIncluded,
    Paragraph,
    Part,
    Report,
    Section,
    Table,
)
from nhsdesk.domain import agendas, enclosures, patient_data
from nhsdesk.domain.kept_files import size_words
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.meetings import AgendaItem, Meeting, MeetingStage
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, due_with_next_meeting
from nhsdesk.sections import (
    action_log,
    action_log_pages,
    apart,
    guarded_practices,
    heading,
    meetings,
    restricted,
)
from nhsdesk.sections import enclosures as meeting_papers
from nhsdesk.sections.enclosures import MeetingPapers
from nhsdesk.sections.guarded_practices import Guarded
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

MOST_BYTES = 20_000_000
"""Of all enclosed files together: a pack is kept as sent, and has to go through the post."""

_TITLE = "Meeting pack"
_NO_MINUTES = "no meeting of this body has taken place yet"
_NO_FILE = "no file is attached to its agenda item"
_TOO_LARGE = f"with it the pack would be larger than {size_words(MOST_BYTES)}. Send it by itself"


@dataclass(frozen=True, slots=True)
class EnclosureFacts:
    """A paper on an agenda item, by its letter: its file and pages, or why it is not included."""

    ref: str
    id: str
    letter: str
    item: str
    name: str
    sha256: str
    pages: int
    files_inside: int
    scripts_inside: int
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFacts:
    """A board paper that was written here, by its letter."""

    letter: str
    item: str
    paper: board_paper.Facts | None
    """None where it could not be read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All papers of one meeting; nothing in it where none is entered."""

    heading: Heading
    title: str
    agenda: agenda.Facts | None
    minutes: minutes.Facts | None
    """None where no meeting has taken place yet."""
    minutes_letter: str
    actions: action_log.Facts | None
    """None where they could not be read, as the agenda and minutes are then."""
    log_letter: str
    board_papers: tuple[WrittenFacts, ...]
    enclosures: tuple[EnclosureFacts, ...]
    left_out: int
    """Restricted papers that this pack is without."""
    problems: tuple[Problem, ...]


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """The meeting that was chosen, else the next to come, else the last that took place."""
    meeting = _meeting(reader, asked)
    head = heading.gather(reader, asked)
    if meeting is None:
        return Facts(head, "", None, None, "", action_log.Facts((), ()), "", (), (), 0, ())
    asked = replace(asked, about=meeting.id)
    seen, hidden = meetings.view(reader, meeting, asked.day), restricted.gather(reader, audience)
    held = meeting_papers.gather(reader, seen.items, hidden, audience)
    guarded = () if audience is Audience.OWN_BOARD else guarded_practices.guarded(reader)
    each = apart.Read()
    enclosed, found = _enclosed(reader, seen.items, hidden, held, guarded)
    own_minutes = each.of(_MINUTES, lambda: _last_minutes(audience, reader, meeting, asked))
    log = each.of(_LOG, lambda: action_log.of_asked(reader, asked, audience), action_log.texts)
    own_agenda = each.of(_AGENDA, lambda: agenda.gather(audience, reader, asked))
    written = tuple(_written(audience, reader, asked, seen.items, hidden, held))
    # Where the agenda cannot be read, nobody else looks through the titles that stand in the contents.
    titles = () if own_agenda is not None else _titles(meeting, seen.items, hidden)
    for ref, text in (*each.texts, *titles):
        found += guarded_practices.naming(guarded, ref, text)
    return Facts(
        heading=each.under(head),
        title=meeting.title_words(),
        agenda=own_agenda,
        minutes=own_minutes,
        minutes_letter=held.letters.minutes,
        actions=log,
        log_letter=held.letters.log,
        board_papers=written,
        enclosures=enclosed,
        left_out=len(held.withheld),
        problems=tuple(
            dict.fromkeys(
                (
                    *(own_agenda.problems if own_agenda else ()),
                    *(own_minutes.problems if own_minutes else ()),
                    *(problem for one in written if one.paper for problem in one.paper.problems),
                    *found,
                )
            )
        ),
    )


def _meeting(reader: Reader, asked: Asked) -> Meeting | None:
    if asked.about is not None:
        return reader.find(Meeting, asked.about)
    every = [one for one in reader.all(Meeting) if one.stage is not MeetingStage.CANCELLED]
    coming = [one for one in every if one.held_on >= asked.day]
    if coming:
        return min(coming, key=lambda one: (one.held_on, one.id))
    return max(every, key=lambda one: (one.held_on, one.id), default=None)


_AGENDA, _MINUTES, _LOG, _CONTENTS = "Agenda", "Minutes of the last meeting", "Action log", "What is in it"


def _titles(meeting: Meeting, items: tuple[AgendaItem, ...], hidden: Restricted) -> Iterator[tuple[str, str]]:
    yield meeting.ref, meeting.title_words()
    yield from ((item.ref, item.title) for item in items if not hidden.hides(item.id))


def _last_minutes(audience: Audience, reader: Reader, meeting: Meeting, asked: Asked) -> minutes.Facts | None:
    last = _last(reader, meeting, asked)
    return minutes.gather(audience, reader, replace(asked, about=last.id)) if last else None


def _last(reader: Reader, meeting: Meeting, asked: Asked) -> Meeting | None:
    """The meeting itself once it has been, else the one of its body before it."""
    body = meetings.body_of(reader, meeting)
    of_body = meetings.meetings_of(reader, body) if body else (meeting,)
    been = [one for one in of_body if one.held_on <= meeting.held_on and agendas.has_been(one, asked.day)]
    return max(been, key=lambda one: (one.held_on, one.id), default=None)


# ---- the papers on the items


def _written(
    audience: Audience,
    reader: Reader,
    asked: Asked,
    items: tuple[AgendaItem, ...],
    hidden: Restricted,
    held: MeetingPapers,
) -> Iterator[WrittenFacts]:
    """The board papers that were written under a cover sheet."""
    for item in items:
        letter = held.letters.sheets.get(item.id)
        if letter is None or hidden.hides(item.id) or held.sheets[item.id].id in held.withheld:
            continue
        about = replace(asked, about=held.sheets[item.id].id)
        title = f"{item.number}. {item.title}"
        facts = apart.Read().of(title, partial(board_paper.gather, audience, reader, about))
        yield WrittenFacts(letter, title, facts)


def _enclosed(
    reader: Reader,
    items: tuple[AgendaItem, ...],
    hidden: Restricted,
    held: MeetingPapers,
    guarded: tuple[Guarded, ...],
) -> tuple[tuple[EnclosureFacts, ...], list[Problem]]:
    """The papers in the order of the agenda, and what is to be acknowledged of them."""
    made: list[EnclosureFacts] = []
    found: list[Problem] = []
    room = MOST_BYTES
    for item in items:
        if hidden.hides(item.id):
            continue
        if item.id in held.letters.missing:
            made.append(
                _facts(item, held.letters.missing[item.id], item.paper or "", "", NotEnclosed(_NO_FILE))
            )
        for letter, file in held.of(item.id):
            if file.id in held.withheld:
                continue
            read = apart.Read().of(letter, partial(_pages, reader, file, room))
            pages = read or NotEnclosed(apart.NOT_INCLUDED)
            made.append(_facts(item, letter, file.kept.name, file.kept.sha256, pages))
            if isinstance(pages, PlainPages):
                room -= len(pages.content)
                found += _in_file(made[-1], pages, guarded)
    found += [problem for one in made for problem in _of_enclosure(one)]
    return tuple(made), found


def _pages(reader: Reader, file: Attachment, room: int) -> PlainPages | NotEnclosed:
    content = reader.kept_bytes(file.kept.sha256)
    if content is None:
        where = "it is larger than 25 MB and lies elsewhere" if file.kept.lies_at else "it was erased"
        return NotEnclosed(where)
    pages = plain_pages(content)
    if isinstance(pages, PlainPages) and len(pages.content) > room:
        return NotEnclosed(_TOO_LARGE)
    return pages


def _facts(
    item: AgendaItem, letter: str, name: str, sha256: str, pages: PlainPages | NotEnclosed
) -> EnclosureFacts:
    title = f"{item.number}. {item.title}"
    if isinstance(pages, NotEnclosed):
        return EnclosureFacts(item.ref, str(item.id), letter, title, name, sha256, 0, 0, 0, pages.why)
    return EnclosureFacts(
        item.ref, str(item.id), letter, title, name, sha256, pages.pages, pages.files, pages.scripts
    )


def _of_enclosure(one: EnclosureFacts) -> Iterator[Problem]:
    where = f"{one.ref}: {enclosures.words(one.letter)}"
    if one.why_not and one.why_not != apart.NOT_INCLUDED:
        yield Problem(
            f"{where} could not be included: {one.why_not}.", Weight.ACKNOWLEDGE, "agenda_item", int(one.id)
        )
    if one.files_inside:
        held = "a file" if one.files_inside == 1 else f"{one.files_inside} files"
        yield Problem(
            f"{where} has {held} inside it, which the pack is without.", Weight.ACKNOWLEDGE, "agenda_item",
            int(one.id),
        )  # fmt: skip


def _in_file(one: EnclosureFacts, pages: PlainPages, guarded: tuple[Guarded, ...]) -> Iterator[Problem]:
    """What the words of a file would tell: likely NHS numbers, and practices that asked in confidence."""
    where = f"{one.ref}: the file of {enclosures.words(one.letter)}"
    for number in patient_data.likely(pages.words)[:1]:
        sentence = (
            f"{where} holds what looks like an {number.what} ({number.masked}). Take the file off the item, or "
            "acknowledge that it is something else."
        )
        yield Problem(sentence, Weight.ACKNOWLEDGE, "agenda_item", int(one.id))
    for problem in guarded_practices.naming(guarded, where, pages.words):
        yield replace(problem, weight=Weight.ACKNOWLEDGE)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before a pack goes out."""
    none = () if facts.title else (
        Problem("No meeting is entered. Begin one from its series.", Weight.MUST_FIX),
    )  # fmt: skip
    return (*heading.check(facts.heading), *none, *facts.problems)


# ---- the pack


_COLUMNS = (Column("Enclosure"), Column("Paper"))


def compile(facts: Facts) -> Bundle:
    """The pack."""
    lines = _lines(facts)
    contents = apart.part(_CONTENTS, facts, partial(_contents, lines))
    front = heading.report(facts.heading, facts, _TITLE, facts.title, contents)
    return Bundle(front, tuple(_footed(front, line.part) for line in lines))


@dataclass(frozen=True, slots=True)
class _Line:
    """A paper of the pack with what its contents say of it."""

    letter: str
    part: Part
    told: str


def _lines(facts: Facts) -> list[_Line]:
    """The agenda, then every enclosure in the order of the letters."""
    if not facts.title:
        return []
    own_agenda = Part(_AGENDA, facts.title, apart.content(facts.agenda, agenda.compile))
    lettered = [_minutes(facts), _log(facts), *map(_board_paper, facts.board_papers)]
    lettered += map(_enclosure, facts.enclosures)
    lettered.sort(key=lambda line: enclosures.in_order(line.letter))
    return [_told_of("", own_agenda, f"Agenda, {facts.title}"), *lettered]


def _told_of(letter: str, part: Part, told: str) -> _Line:
    """With why it is not included, where it could not be made."""
    if isinstance(part.content, NotIncluded):
        told = f"{told.removesuffix('.')}: not included, because {part.content.why}."
    return _Line(letter, part, told)


def _minutes(facts: Facts) -> _Line:
    label = enclosures.words(facts.minutes_letter)
    if facts.minutes is None:
        why = apart.NOT_INCLUDED if _MINUTES in facts.heading.failed else _NO_MINUTES
        return _told_of(facts.minutes_letter, Part(label, _MINUTES, NotIncluded(why)), _MINUTES)
    title = f"Minutes, {facts.minutes.title}"
    part = Part(label, title, apart.content(facts.minutes, minutes.compile))
    return _told_of(facts.minutes_letter, part, title)


def _log(facts: Facts) -> _Line:
    title = f"{_LOG}, {facts.title.partition(',')[0]}"
    log = apart.content(facts.actions, partial(_log_report, facts))
    return _told_of(facts.log_letter, Part(enclosures.words(facts.log_letter), title, log), title)


def _log_report(facts: Facts, log: action_log.Facts) -> Report:
    return heading.report(facts.heading, facts, _LOG, facts.title, action_log_pages.sections(log))


def _board_paper(one: WrittenFacts) -> _Line:
    title = one.paper.title if one.paper is not None else one.item
    part = Part(enclosures.words(one.letter), title, apart.content(one.paper, board_paper.compile))
    told = f"{title}. Item {one.item}." if one.paper is not None else f"Item {one.item}."
    return _told_of(one.letter, part, f"{told} Board paper.")


def _enclosure(one: EnclosureFacts) -> _Line:
    content = NotIncluded(one.why_not) if one.why_not else Attached(one.name, one.sha256)
    part = Part(enclosures.words(one.letter), one.name or one.item, content)
    return _Line(one.letter, part, _told(one))


def _footed(front: Report, part: Part) -> Part:
    """With the foot of the pack, whose trace number is that of the facts kept; minutes say their version before it."""
    if not isinstance(part.content, Report):
        return part
    version, told, _ = part.content.footer.partition(". ")
    said = f"{version}. {front.footer}" if told and part.content.title == "Minutes" else front.footer
    return replace(part, content=replace(part.content, footer=said))


def _contents(lines: list[_Line], facts: Facts) -> Iterator[Section]:
    rows = tuple((line.part.label, line.told) for line in lines)
    if not rows:
        yield Section(_CONTENTS, (Paragraph("Nothing: no meeting is entered."),))
        return
    left = facts.left_out
    papers = "paper is" if left == 1 else "papers are"
    without = (Paragraph(f"{left} restricted {papers} left out."),) if left else ()
    yield Section(_CONTENTS, (Table("Contents", _COLUMNS, rows), *without))


def _told(one: EnclosureFacts) -> str:
    name = f"{one.name}. " if one.name else ""
    where = f"{name}Item {one.item}."
    if one.why_not:
        return f"{where} Not included: {one.why_not}."
    return f"{where} {one.pages} {'page' if one.pages == 1 else 'pages'}."


def in_short(facts: Facts) -> str:
    """How many enclosures, and how many of them are not included."""
    number, out = len(facts.enclosures), sum(bool(one.why_not) for one in facts.enclosures)
    told = f"{number} attached {'paper' if number == 1 else 'papers'}"
    return f"{told}, {out} not included" if out else told


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    gather_for: Callable[[Reader, Asked], Facts] = partial(gather, audience)
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for, check=check,
        compile=compile, due=due_with_next_meeting, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("pack", "Meeting pack, without restricted items", Audience.PARTNERS)
OWN = _paper("pack-own", "Meeting pack for our own board", Audience.OWN_BOARD)
