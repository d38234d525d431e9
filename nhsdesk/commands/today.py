"""The page of the day, part by part: each reads the file once, and the longest come last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from nhsdesk.commands import papers, year_end
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.today import Line, Opens, When, due_line, when
from nhsdesk.sections import today as section
from nhsdesk.sections.today import Changed, MoneyFacts, Role
from nhsdesk.store import queries
from nhsdesk.store.database import Database

_BY_ITSELF = ("week-sheet", "week-sheet-own")
"""The page's own printed form, offered on a button."""
_OWN = "-own"
_MOST_APART = 3
"""Papers due on one day that stand in lines of their own."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Who may look, by what this computer knows the PCN's files again, and whether the file is new."""

    roles: tuple[Role, ...]
    family: str
    new: bool


def looker(database: Database) -> Looker:
    """What is known before anything is gathered."""
    with database.read() as reader:
        return Looker(
            section.roles(reader, database.today()), str(queries.family(reader)),
            section.is_new(reader),
        )  # fmt: skip


def due(database: Database) -> tuple[Line, ...]:
    """All that is due, with its day."""
    today = database.today()
    with database.read() as reader:
        return section.due(reader, database.now(), today, section.rules(reader, today))


def _year_end(database: Database) -> Iterator[Line]:
    """It concerns everybody, and has no day on which it is late."""
    told = year_end.told_today(database)
    if told is not None:
        opens = Opens(place="PCN file", tab="Close a year")
        yield Line("", told.what, told.stands, Tone.WARN if told.over else Tone.GREY, opens)


def papers_and_meetings(database: Database) -> tuple[Line, ...]:
    """A year's end in its weeks; meetings, papers to send for them, returns due by the end of next week, by day."""
    today = database.today()
    with database.read() as reader:
        found = section.meetings(reader, today, section.rules(reader, today))
    found += tuple(_together(_papers(database)))
    return (*_year_end(database), *sorted(found, key=lambda one: (one.on or today, one.what)))


def _papers(database: Database) -> list[Line]:
    """Each paper once: of two forms of one paper the one for our own board stands for both."""
    today = database.today()
    listed = {one.paper.key: one for one in papers.listed(database) if one.paper.key not in _BY_ITSELF}
    found = []
    for key, one in listed.items():
        on = one.due.on
        if f"{key}{_OWN}" in listed or on is None or when(on, today) is When.LATER:
            continue
        line = due_line(Opens(paper=key), "", one.paper.title, on, today, None)
        already = any(sent.issued_at.date() == today for sent in one.sent)
        found.append(replace(line, told=f"{line.told}; sent today") if already else line)
    return found


def _together(lines: Iterable[Line]) -> Iterator[Line]:
    """Papers in one line for each day on which more than a few are due, as they are before a meeting."""
    days = groupby(
        sorted(lines, key=lambda one: (one.on or date.max, one.told)), lambda one: (one.on, one.told)
    )
    for _, held in days:
        due_then = list(held)
        if len(due_then) <= _MOST_APART:
            yield from due_then
            continue
        first, *rest = due_then
        what = f"{first.what} and {len(rest):,} more papers"
        yield replace(first, what=what, stands_for=len(due_then))


def questions(database: Database) -> tuple[Line, ...]:
    """Questions without an answer."""
    with database.read() as reader:
        return section.unanswered(reader, database.today())


def money(database: Database) -> MoneyFacts | None:
    """The ARRS year, with months not claimed of one that ended lately; None where nothing of it is entered."""
    told = year_end.told_today(database)
    with database.read() as reader:
        return section.money(reader, database.today(), told.year if told is not None and told.over else None)


def changed(database: Database, since: int | None) -> Changed:
    """What others did after a place in the journal; nothing where nobody has looked before."""
    with database.read() as reader:
        now = queries.position(reader)
        after = now if since is None else min(since, now)
        return section.changed(reader, after, database.who, database.today())
