"""A board's action log: looked at beside the actions held here, and taken in as one step, twice without harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.commands import blocks
from nhsdesk.domain import kinds, log_reading, times
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.blocks import Reading, Row, Wanted
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.log_reading import Does, LogRow, Match
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

WANTED = (
    Wanted(
        "what", "Action", kinds.Text(),
        ("action", "actions", "action required", "agreed action", "task", "action point", "description"),
        needed=True, like=log_reading.looks_like_actions,
    ),
    Wanted(
        "status", "Status", kinds.Text(), ("status", "proposed to open close", "rag", "brag", "open closed"),
        like=log_reading.looks_like_status,
    ),
    Wanted(
        "owner", "Owner", kinds.Text(),
        ("owner", "lead", "responsibility", "responsible", "action owner", "who", "by whom", "lead officer",
         "assigned to", "which partners are involved"),
        like=log_reading.looks_like_owners,
    ),
    Wanted("ref", "Reference", kinds.Text(), ("ref", "reference", "action ref", "action no", "no", "number", "id")),
    Wanted(
        "due", "Due", times.Day(Lean.THIS_YEAR),
        ("due date", "due", "target date", "by when", "deadline", "original due", "original date", "timescale"),
    ),
    Wanted(
        "new_due", "New date", times.Day(Lean.THIS_YEAR),
        ("new date", "revised date", "revised due", "revised due date"),
    ),
    Wanted(
        "set_on", "Set on", times.Day(Lean.LAST),
        ("set on", "date raised", "date set", "meeting date", "date agreed"),
    ),
    Wanted(
        "update", "Update", kinds.Text(),
        ("latest update", "update", "updates", "progress", "comment", "comments", "status comment", "notes",
         "narrative"),
    ),
    Wanted("evidence", "Evidence", kinds.Text(), ("evidence",)),
)  # fmt: skip
"""What is looked for in a board's log."""

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it would be taken in: what it does, the action it is, and what is to be asked."""

    match: Match
    does: Does
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A log of a day as it would be taken in, to be looked at first."""

    body: Id | None
    day: date
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    def count(self, what: Does) -> int:
        """How many rows do this."""
        return sum(line.does is what for line in self.lines)


def bodies(reader: Reader) -> tuple[Body, ...]:
    """The boards and groups whose log it may be."""
    return tuple(sorted(reader.all(Body), key=lambda one: one.name.casefold()))


def look(reader: Reader, body: Id | None, reading: Reading, day: date) -> Seen:
    """Each row beside the action it is. `day` is the day of the log."""
    rows = [_row(one) for one in reading.rows if one.values.get("what")]
    people = reader.all(Person)
    matches = log_reading.recognise(rows, _held(reader, body), day)
    lines = tuple(Line(one, _does(reader, one, day), log_reading.asks(one, day, people)) for one in matches)
    return Seen(body, day, lines, tuple(_problems(reading, rows, people)))


def _does(reader: Reader, match: Match, day: date) -> Does:
    does = log_reading.does(match, day)
    return Does.UPDATE if does is Does.NONE and _new_update(reader, match, day) else does


def _row(row: Row) -> LogRow:
    values = row.values
    owner = str(values["owner"] or "") if "owner" in values else None

    def words(name: str) -> str:
        return str(values.get(name) or "")

    return LogRow(
        row.number, words("what"), owner, words("ref"), values.get("set_on"), values.get("due"), values.get("new_due"),
        words("status"), words("update"), words("evidence"),
    )  # fmt: skip


def _held(reader: Reader, body: Id | None) -> Sequence[Action]:
    """The actions of a body, by themselves or by their meeting; of none named those of none."""
    boards = {one.id: one.board for one in reader.all(Meeting)}
    return [
        one
        for one in reader.all(Action)
        if (one.body or (boards.get(one.meeting) if one.meeting is not None else None)) == body
    ]


def _problems(reading: Reading, rows: list[LogRow], people: Sequence[Person]) -> Iterator[Problem]:
    unread = [problem for row in reading.rows for problem in row.problems]
    if unread:
        told = " ".join(one.sentence for one in unread[:3])
        yield Problem(f"{len(unread):,} cells could not be read and stay empty. {told}")
    unknown = Counter(
        row.owner.strip() for row in rows if row.owner and log_reading.owner_of(row.owner, people) is None
    )
    if unknown:
        named = ", ".join(f"“{one[:30]}”" for one in list(unknown)[:MOST_NAMED])
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        yield Problem(f"These owners are no role entered here and are kept as they stand: {named}{more}.")


def take_in(database: Database, seen: Seen, headings: Mapping[str, str]) -> int:
    """Takes a log in as one step; how many actions were added or changed. Taken in again, it changes nothing."""
    with database.change(f"Take in an action log of {day_words(seen.day)}") as change:
        people = change.reader.all(Person)
        done = sum(_take(change, line.match, seen, people) for line in seen.lines)
        blocks.remember(change, Incoming.ACTION_LOG, None, headings)
    return done


def _take(change: Change, match: Match, seen: Seen, people: Sequence[Person]) -> bool:
    if match.action is None:
        made = change.add(log_reading.as_new(match.row, seen.day, seen.body, people))
        _say(change, made.id, match.row.update, seen.day)
        return True
    before = change.reader.get(Action, match.action.id)
    after = log_reading.changed(Match(match.row, before, match.unsure), seen.day)
    says = _new_update(change.reader, match, seen.day)
    if after is not None and after != before:
        change.put(after)
    if says:
        _say(change, before.id, match.row.update, seen.day)
    return says or after != before


def _new_update(reader: Reader, match: Match, day: date) -> bool:
    """Whether a row tells something that the updates of its action do not hold yet."""
    one, said = match.action, match.row.update
    if one is None or not said or match.unsure or log_reading.is_older(one, day):
        return False
    return all(
        log_reading.key(held.said) != log_reading.key(said)
        for held in reader.all(ActionUpdate, action=one.id)
    )


def _say(change: Change, action: Id, said: str, day: date) -> None:
    if said:
        change.add(ActionUpdate(action=action, said_on=day, said=said))
