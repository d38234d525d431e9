"""The week sheet, to print: what each owner has to do by the end of next week, what is overdue first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from nhsdesk.documents.model import Block, CellKind, Column, Figure, Paragraph, Report, Section, Table
from nhsdesk.domain import action_log as rules
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import action_log, apart, guarded_practices, heading
from nhsdesk.sections.action_log import LogLine
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting of these two weeks."""

    ref: str
    body: str
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Open actions that are due by the end of next week or have no date, and the meetings until then."""

    heading: Heading
    until: date
    lines: tuple[LogLine, ...]
    meetings: tuple[MeetingFacts, ...]
    withheld: tuple[str, ...]
    naming: tuple[Problem, ...] = ()


def gather_for(audience: Audience) -> Callable[[Reader, Asked], Facts]:
    """Reads what an audience may see of it."""

    def gather(reader: Reader, asked: Asked) -> Facts:
        until, each = rules.sunday(asked.day) + timedelta(days=7), apart.Read()
        log = each.of(_OPENING, lambda: _due(reader, asked, audience, until), action_log.texts)
        coming = each.of(
            _MEETINGS,
            lambda: _coming(reader, asked.day, until),
            lambda held: ((one.ref, one.body) for one in held),
        )
        naming = guarded_practices.named_in(reader, audience, each.texts)
        head, log = each.under(heading.gather(reader, asked)), log or action_log.Facts((), ())
        return Facts(head, until, log.lines, coming or (), log.withheld, naming)

    return gather


_OPENING, _MEETINGS, _BY_OWNER = "This week and next", "Meetings", "Actions by owner"


def _due(reader: Reader, asked: Asked, audience: Audience, until: date) -> action_log.Facts:
    """Open actions that are due by a day or have none."""
    log = action_log.gather(reader, asked, audience)
    lines = (one for one in action_log.open_lines(log) if one.due_now is None or one.due_now <= until)
    return action_log.Facts(tuple(lines), log.withheld)


def _coming(reader: Reader, day: date, until: date) -> tuple[MeetingFacts, ...]:
    coming = (one for one in reader.all(Meeting) if day <= one.held_on <= until)
    found = (MeetingFacts(one.ref, one.body, one.held_on) for one in coming)
    return tuple(sorted(found, key=lambda one: one.on))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before it is handed round."""
    return (*heading.check(facts.heading), *facts.naming)


def compile(facts: Facts) -> Report:
    """The sheet: a table for each owner, with room for a tick."""
    head = facts.heading
    sections = (
        *apart.sections(_OPENING, head.failed, facts, _opening),
        *apart.sections(_MEETINGS, head.failed, facts, _meetings_apart),
        *apart.part(_BY_OWNER, facts, _owners),
    )
    subtitle = f"{head.network}: actions due until {day_words(facts.until)}"
    return heading.report(head, facts, "Week sheet", subtitle, sections)


def _owners(facts: Facts) -> Iterator[Section]:
    groups = rules.grouped(
        facts.lines, lambda line: line.owner, lambda line: (line.owner.casefold(), *_order(line))
    )
    for group in groups:
        lines = [facts.lines[at] for at in group.members]
        yield from apart.part(group.words, lines, partial(_section, group.words, day=facts.heading.as_at))


def _order(line: LogLine) -> tuple[date, int]:
    return line.due_now or date.max, int(line.id)


_COLUMNS = (
    Column("Done"), Column("Ref"), Column("Action"), Column("Date now", CellKind.DAY), Column("BRAG"), Column("From"),
)  # fmt: skip


def _section(owner: str, lines: list[LogLine], day: date) -> Iterator[Section]:
    rows = tuple(
        ("[   ]", line.ref, line.what, line.due_now, line.brag.partition(":")[0], line.body) for line in lines
    )
    late = sum(line.due_now is not None and line.due_now < day for line in lines)
    yield Section(f"{owner}: {late} overdue" if late else owner, (Table(owner, _COLUMNS, rows),))


def _opening(facts: Facts) -> Iterator[Section]:
    number = len(facts.lines)
    told = (
        f"{number} {'action' if number == 1 else 'actions'} by {day_words(facts.until)}, or without a date."
    )
    meet = () if _MEETINGS in facts.heading.failed else (Paragraph(_meetings_words(facts)),)
    by = f"open and due by {day_words(facts.until)}, or without a date"
    figure = Figure(
        told.partition(" by ")[0], f"{number}", "Actions", by, tuple(one.ref for one in facts.lines)
    )
    blocks: tuple[Block, ...] = (Paragraph(told), *meet, *withheld_items(facts.withheld))
    yield Section(_OPENING, blocks, figures=(figure,))


def _meetings_apart(facts: Facts) -> Iterator[Section]:
    """The meetings, where the opening that tells of them could not be made."""
    if _OPENING in facts.heading.failed:
        yield Section(_MEETINGS, (Paragraph(_meetings_words(facts)),))


def _meetings_words(facts: Facts) -> str:
    meetings = "; ".join(f"{one.body} on {day_words(one.on)}" for one in facts.meetings)
    return f"Meetings until then: {meetings}." if meetings else "No meeting until then is entered."


def due(diary: Diary) -> Due:
    """On Monday of each week."""
    monday = rules.monday(diary.today)
    return Due("For this week", monday if monday == diary.today else monday + timedelta(days=7))


def in_short(facts: Facts) -> str:
    """How many actions it tells of."""
    if _OPENING in facts.heading.failed:
        return apart.IN_SHORT
    return f"{len(facts.lines)} {'action' if len(facts.lines) == 1 else 'actions'}"


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for(audience),
        check=check, compile=compile, due=due, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("week-sheet", "Week sheet, without restricted items", Audience.PARTNERS)
OWN = _paper("week-sheet-own", "Week sheet for our own board", Audience.OWN_BOARD)
