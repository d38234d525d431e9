"""Minutes typed while the meeting goes on: words kept as drafts, lines such as /action made into what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from nhsdesk.commands import entries, meetings
from nhsdesk.domain import minuting
from nhsdesk.domain.actions import Action
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.entry import read_day
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, Attendance, Meeting, Presence
from nhsdesk.domain.minuting import Begins, Line, Moved
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.questions import Question
from nhsdesk.domain.quorum import IN_THE_ROOM
from nhsdesk.domain.risks import Risk
from nhsdesk.sections import meetings as section
from nhsdesk.sections.meetings import Expected
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

KIND = AgendaItem.KIND.name
SAID = "said"


@dataclass(frozen=True, slots=True)
class Made:
    """What a line of the minutes has made, and what is still asked of it."""

    record: Record
    what: str
    who: str
    due: date | None
    asks: tuple[str, ...]


def people(database: Database) -> tuple[Person, ...]:
    """Whom a line may name: those in their role still."""
    with database.read() as reader:
        return _people(reader, database.today())


def _people(reader: Reader, today: date) -> tuple[Person, ...]:
    return tuple(one for one in reader.all(Person) if one.ends is None or one.ends >= today)


# ---- the words


def texts(database: Database, items: Iterable[Id]) -> dict[Id, str]:
    """What stands in each item: the words being typed where there are any, else what was taken in."""
    wanted = tuple(items)
    with database.read() as reader:
        held = drafts.of_kind(reader, KIND)
        said = reader.several(AgendaItem, wanted)
    found = {}
    for one in wanted:
        draft = held.get(str(one), {}).get(SAID)
        found[one] = draft.words if draft is not None else (said[one].said or "" if one in said else "")
    return found


def is_draft(database: Database, item: Id) -> bool:
    """Whether words of an item are kept that were not taken in."""
    with database.read() as reader:
        return SAID in drafts.of_record(reader, KIND, str(item))


def keep(database: Database, item: Id, words: str) -> None:
    """Keeps the words of an item as they stand; they outlive a crash."""
    drafts.keep(database, KIND, str(item), SAID, words)


def take_in(database: Database, item: Id, words: str, *, reason: str = "") -> Problem | None:
    """Takes the words of an item into the minutes; None when they were, else what is wrong with them."""
    return entries.enter(database, AgendaItem.KIND, item, SAID, words, patient_data_reason=reason)


def take_in_kept(database: Database, meeting: Id) -> Id | None:
    """Takes in whatever is still kept as typed in any item, as after a crash; else the first item that refuses it."""
    for item in meetings.still_typed(database, meeting):
        if take_in(database, item, texts(database, [item])[item]) is not None:
            return item
    return None


def stopped(words: str) -> Problem | None:
    """What is wrong with words that look like an NHS number."""
    return entries.stopped(AgendaItem.KIND.field(SAID), words)


def may_be_kept(words: str) -> str:
    """The lines of a text that a draft may hold: those that look like no NHS number."""
    if stopped(words) is None:
        return words
    return "\n".join(one for one in words.split("\n") if stopped(one) is None)


# ---- what lines make


def read(database: Database, meeting: Meeting, typed: str) -> Line | None:
    """What a line says at a meeting."""
    return minuting.read(typed, people(database), meeting.held_on)


def make(database: Database, item: Id, line: Line) -> Made:
    """Makes what a line says, once: a line that has made it already gives what it made."""
    with database.read() as reader:
        found = _made(reader, reader.get(AgendaItem, item), line)
    if found is None:
        with database.change(f"Add {line.begins.value} from the minutes") as change:
            held = change.reader.get(AgendaItem, item)
            found = _added(change, held, change.reader.get(Meeting, held.meeting), line)
    with database.read() as reader:
        return _told(reader, found)


def make_or_change(database: Database, item: Id, was: Line | None, line: Line) -> Made:
    """Makes what a line says, or changes what it made when it still said something else."""
    if was is not None and was.begins is line.begins:
        with database.read() as reader:
            found = _made(reader, reader.get(AgendaItem, item), was)
        if found is not None:
            return change_made(database, found, line)
    return make(database, item, line)


def change_made(database: Database, made: Record, line: Line) -> Made:
    """Brings what a line made up to date with the line."""
    now: Record = made
    with database.read() as reader:
        held = reader.get(type(made), made.id)
    match held:
        case Action():
            owner = line.owner.id if line.owner else held.owner
            words = None if owner else (line.owner_words or held.owner_words)
            now = replace(held, what=line.what, owner=owner, owner_words=words, due=line.due or held.due)
        case Decision():
            now = replace(held, words=line.what)
        case Risk():
            now = replace(held, event=line.what)
        case Question():
            now = replace(held, question=line.what)
    if now != held:
        with database.change(f"Change {held.ref} from the minutes") as change:
            now = change.put(now)
    with database.read() as reader:
        return _told(reader, now)


def made_in(database: Database, item: Id) -> tuple[Made, ...]:
    """All that lines of an item have made, in the order it was made."""
    with database.read() as reader:
        held = reader.get(AgendaItem, item)
        found: list[Record] = [*reader.all(Action, item=item), *reader.all(Decision, item=item)]
        linked = [one.source for one in reader.all(Link) if one.target == item]
        found += [one for id_ in linked if isinstance(one := reader.any_of(id_), Risk | Question)]
        assert held is not None
        return tuple(_told(reader, one) for one in sorted(found, key=lambda one: one.id))


def unsettled(made: Iterable[Made]) -> tuple[Made, ...]:
    """Those of which something is still asked."""
    return tuple(one for one in made if one.asks)


def settle(database: Database, action: Id, words: str) -> Problem | None:
    """Answers what is asked of an action: who is to do it, or by when. None when it was understood."""
    with database.read() as reader:
        held = reader.get(Action, action)
        everybody = _people(reader, database.today())
        meeting = reader.find(Meeting, held.meeting)
    day = meeting.held_on if meeting else database.today()
    if held.owner is None:
        found = minuting.whose(words, everybody)
        if isinstance(found, Problem):
            return found
        now = replace(held, owner=found.id, what=_without_owner(held), owner_words=None)
    else:
        due = read_day(words.strip(), day)
        if isinstance(due, Problem):
            return due
        now = replace(held, due=due)
    with database.change(f"Settle {held.ref}") as change:
        change.put(now)
    return None


def note_moved(database: Database, meeting: Id, moved: Moved) -> Problem | None:
    """Notes in the attendance who came or left; None when it was understood, else what is asked."""
    if moved.at is None:
        return Problem(
            f"At what time? Write it at the end, such as /{'came' if moved.came else 'left'} CD 15:10."
        )
    found = meetings.expected(database, meeting)
    expected = list({_stands_for(one): one for one in reversed(found)}.values())[::-1]
    at = minuting.which(moved.who, [one.name for one in expected])
    if isinstance(at, Problem):
        return at
    one = expected[at]
    entries = [
        same.entry for same in found if same.entry is not None and _stands_for(same) == _stands_for(one)
    ]
    now = _moved(entries or [_new_entry(meeting, one)], moved.came, moved.at)
    if now not in entries:
        with database.change("Note who came or left") as change:
            change.put(now) if now.id else change.add(now)
    return None


def _stands_for(one: Expected) -> Id | None:
    return one.seat or one.practice or one.organisation or one.person


def _new_entry(meeting: Id, one: Expected) -> Attendance:
    return Attendance(
        meeting=meeting,
        seat=one.seat,
        practice=one.practice,
        organisation=one.organisation,
        person=one.person,
    )


def _moved(entries: list[Attendance], came: bool, at: time) -> Attendance:
    """The entry after somebody came or left; of one who had left already, a further one from when they came back."""
    told = sorted(entries, key=lambda one: (one.came_at or time.min, one.id))
    if not came:
        one = next((one for one in reversed(told) if one.came_at is None or one.came_at < at), told[-1])
        return replace(one, presence=_there(one), left_at=at)
    last = told[-1]
    if last.left_at is None or last.left_at > at:
        return replace(last, presence=_there(last), came_at=at)
    same = next((one for one in told if one.came_at == at), None)
    return same or replace(last, id=NEW, version=0, ref="", came_at=at, left_at=None)


def _there(one: Attendance) -> Presence:
    """Whoever came or left was there, though apologies were noted before."""
    return one.presence if one.presence in IN_THE_ROOM else Presence.PRESENT


def _without_owner(action: Action) -> str:
    """The words of an action without the name that is now understood: "XY to write" becomes "write"."""
    name = action.owner_words
    start = f"{name} to "
    return action.what[len(start) :] if name and action.what.startswith(start) else action.what


def make_all(database: Database, meeting: Id) -> tuple[Made, ...]:
    """Makes what any line of a meeting says and did not make yet; gives those of which something is still asked."""
    with database.read() as reader:
        held = reader.get(Meeting, meeting)
        everybody = _people(reader, database.today())
        items = reader.all(AgendaItem, meeting=meeting)
    asked: list[Made] = []
    for item in items:
        for line in minuting.lines(item.said or "", everybody, held.held_on):
            made = make(database, item.id, line)
            asked += [made] if made.asks else []
    return tuple(asked)


def _made(reader: Reader, item: AgendaItem, line: Line) -> Record | None:
    """What a line made before, known by its words."""
    wanted = line.what
    match line.begins:
        case Begins.ACTION:
            among: Iterable[Record] = reader.all(Action, item=item.id)
            return next((one for one in among if isinstance(one, Action) and _same(one, line)), None)
        case Begins.DECISION:
            return next((one for one in reader.all(Decision, item=item.id) if one.words == wanted), None)
        case Begins.RISK:
            linked = {one.source for one in reader.all(Link) if one.target == item.id}
            return next((one for one in reader.all(Risk) if one.id in linked and one.event == wanted), None)
    linked = {one.source for one in reader.all(Link) if one.target == item.id}
    return next((one for one in reader.all(Question) if one.id in linked and one.question == wanted), None)


def _same(action: Action, line: Line) -> bool:
    """Whether an action is the one a line says, also after somebody has settled who."""
    if action.what == line.what:
        return True
    return bool(line.owner_words) and line.what == f"{line.owner_words} to {action.what}"


def _added(change: Change, item: AgendaItem, meeting: Meeting, line: Line) -> Record:
    body = section.body_of(change.reader, meeting)
    match line.begins:
        case Begins.ACTION:
            return change.add(
                Action(
                    what=line.what, meeting=meeting.id, item=item.id, body=body.id if body else None,
                    owner=line.owner.id if line.owner else None, owner_words=line.owner_words or None,
                    set_on=meeting.held_on, due=line.due, restricted=item.restricted,
                )
            )  # fmt: skip
        case Begins.DECISION:
            return change.add(
                Decision(
                    words=line.what, body=body.id if body else None, meeting=meeting.id, item=item.id,
                    decided_on=meeting.held_on, restricted=item.restricted,
                )
            )  # fmt: skip
    if line.begins is Begins.RISK:
        made: Record = change.add(Risk(event=line.what, opened=meeting.held_on, restricted=item.restricted))
    else:
        made = change.add(
            Question(
                question=line.what,
                meeting=meeting.id,
                asked_on=meeting.held_on,
                restricted=item.restricted,
            )
        )
    change.add(Link(source=made.id, target=item.id, says=LinkKind.RELATED))
    return made


def _told(reader: Reader, record: Record) -> Made:
    match record:
        case Action():
            owner = reader.find(Person, record.owner)
            who_asks = () if owner else (_who_asks(record),)
            asks = (*who_asks, *(() if record.due else ("By when?",)))
            who = owner.role_title if owner else record.owner_words or ""
            return Made(record, record.what, who, record.due, asks)
        case Decision():
            return Made(record, record.words, "", None, ())
        case Risk():
            return Made(record, record.event, "", None, ())
        case Question():
            return Made(record, record.question, "", None, ())
    raise TypeError(f"no line of minutes makes a {record.KIND.title}")


def _who_asks(action: Action) -> str:
    return f"Who is “{action.owner_words}”?" if action.owner_words else "Who is to do it?"
