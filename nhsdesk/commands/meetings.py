"""Meetings: begun from their series with what was left over, items moved or duplicated, minutes made final."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time

from nhsdesk import errors
from nhsdesk.domain import agendas, patient_data
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body, ForwardItem
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.meetings import (
    AgendaItem,
    Attendance,
    InterestDeclared,
    ItemState,
    Meeting,
    MeetingSeries,
    MeetingStage,
    MinutesLine,
    MinutesVersion,
    Presence,
    SeriesItem,
)
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.papers import Audience
from nhsdesk.sections import enclosures, restricted
from nhsdesk.sections import meetings as section
from nhsdesk.sections.enclosures import MeetingPapers
from nhsdesk.sections.meetings import Expected, MeetingView
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change


def view(database: Database, meeting: Id) -> MeetingView | None:
    """A meeting as its pages show it; None where it is no longer there."""
    with database.read() as reader:
        found = reader.find(Meeting, meeting)
        return None if found is None else section.view(reader, found, database.today())


def papers_on(database: Database, seen: MeetingView) -> MeetingPapers:
    """The papers of a meeting under the letters that its agenda and its pack give them."""
    with database.read() as reader:
        return enclosures.gather(reader, seen.items, Restricted(), Audience.OWN_BOARD)


def all_meetings(database: Database) -> tuple[Meeting, ...]:
    """Every meeting, the latest first."""
    with database.read() as reader:
        return section.newest_first(reader.all(Meeting))


def all_series(database: Database) -> tuple[MeetingSeries, ...]:
    """Every series."""
    with database.read() as reader:
        return reader.all(MeetingSeries)


def expected(database: Database, meeting: Id) -> tuple[Expected, ...]:
    """Who is expected at a meeting, with what is entered of them."""
    with database.read() as reader:
        found = reader.find(Meeting, meeting)
        return (
            () if found is None else section.expected(reader, section.view(reader, found, database.today()))
        )


# ---- begun


def begin(database: Database, series: Id, held_on: date) -> Meeting:
    """A new meeting: the standing items of its series, what the meeting before left over, and what its month plans."""
    with database.change("Begin a meeting") as change:
        return begun(change, series, held_on, database.today())


def begun(change: Change, series: Id, held_on: date, today: date) -> Meeting:
    """The same within a change that is open."""
    held = change.reader.get(MeetingSeries, series)
    body = change.reader.find(Body, held.body)
    before = agendas.meeting_before(_of(change, held, body), held_on, today)
    meeting = change.add(
        Meeting(
            body=body.name if body else held.title,
            held_on=held_on,
            place=held.place,
            board=held.body,
            series=held.id,
            starts_at=held.starts_at,
            stage=MeetingStage.PLANNED,
        )
    )
    number = _standing(change, meeting, held)
    number = _left_over(change, meeting, before, number)
    _planned(change, meeting, body, number)
    return meeting


def _of(change: Change, series: MeetingSeries, body: Body | None) -> tuple[Meeting, ...]:
    if body is not None:
        return section.meetings_of(change.reader, body)
    return change.reader.all(Meeting, series=series.id)


def _standing(change: Change, meeting: Meeting, series: MeetingSeries) -> int:
    standing = sorted(change.reader.all(SeriesItem, series=series.id), key=lambda one: (one.number, one.id))
    for number, one in enumerate(standing, 1):
        change.add(
            AgendaItem(
                meeting=meeting.id, number=number, title=one.title, purpose=one.purpose, presenter=one.presenter,
                minutes=one.minutes,
            )
        )  # fmt: skip
    return len(standing)


def _left_over(change: Change, meeting: Meeting, before: Meeting | None, number: int) -> int:
    if before is None:
        return number
    taken = {one.carried_from for one in change.reader.all(AgendaItem)}
    decided = {one.item for one in change.reader.all(Decision, meeting=before.id)}
    papers = {one.on for one in change.reader.all(Attachment)}
    standing = change.reader.all(AgendaItem, meeting=meeting.id)
    for item in agendas.unfinished(change.reader.all(AgendaItem, meeting=before.id), decided):
        if item.id in taken or (item.id not in papers and agendas.only_stands(item, standing)):
            continue
        number += 1
        _put_on(change, item, meeting, number, item.id)
        if not item.final:
            change.put(replace(item, state=ItemState.CARRIED))
    return number


def _put_on(
    change: Change, item: AgendaItem, meeting: Meeting, number: int, carried: Id | None
) -> AgendaItem:
    """The item on another agenda, with its files; one that was withheld for what it is linked with is so there too."""
    made = change.add(
        AgendaItem(
            meeting=meeting.id, number=number, title=item.title, purpose=item.purpose, presenter=item.presenter,
            minutes=item.minutes, ask=item.ask, paper=item.paper, restricted=_withheld(change, item),
            carried_from=carried,
        )
    )  # fmt: skip
    for one in change.reader.all(Attachment, on=item.id):
        change.add(Attachment(on=made.id, kept=one.kept, says=one.says))
    return made


def _withheld(change: Change, item: AgendaItem) -> bool:
    return item.restricted or restricted.gather(change.reader, Audience.PARTNERS).hides(item.id)


def _planned(change: Change, meeting: Meeting, body: Body | None, number: int) -> None:
    if body is None:
        return
    plan = agendas.due_in(change.reader.all(ForwardItem, body=body.id), Month.of(meeting.held_on))
    for n, one in enumerate(plan, number + 1):
        _take(change, meeting, one, n)


def _take(change: Change, meeting: Meeting, one: ForwardItem, number: int) -> AgendaItem:
    change.put(replace(one, meeting=meeting.id))
    return change.add(
        AgendaItem(
            meeting=meeting.id, number=number, title=one.title, purpose=one.purpose, presenter=one.presenter,
            minutes=one.minutes, restricted=one.restricted,
        )
    )  # fmt: skip


# ---- items


def add_item(database: Database, meeting: Id, title: str) -> AgendaItem:
    """Adds an item at the end of an agenda."""
    with database.change("Add an agenda item") as change:
        number = next_number(change.reader.all(AgendaItem, meeting=meeting))
        return change.add(AgendaItem(meeting=meeting, number=number, title=title.strip()))


def next_number(items: tuple[AgendaItem, ...]) -> int:
    """The number after the last."""
    return max((item.number for item in items), default=0) + 1


def take_from_backlog(database: Database, meeting: Id, item: Id) -> AgendaItem:
    """Puts what waits in the backlog on the agenda of a meeting."""
    with database.change("Take an item from the backlog") as change:
        held = change.reader.get(Meeting, meeting)
        number = next_number(change.reader.all(AgendaItem, meeting=meeting))
        return _take(change, held, change.reader.get(ForwardItem, item), number)


def park(database: Database, item: Id) -> ForwardItem:
    """Takes an item off an agenda and lets it wait in the backlog of the body."""
    with database.change("Put an item in the backlog") as change:
        held = change.reader.get(AgendaItem, item)
        body = section.body_of(change.reader, change.reader.get(Meeting, held.meeting))
        if body is None:
            raise errors.DeskError(
                "The item was not put in the backlog: its meeting names no body. Nothing was changed. Choose the body "
                "of the meeting first."
            )
        change.put(replace(held, state=ItemState.MOVED))
        return change.add(
            ForwardItem(
                body=body.id, title=held.title, purpose=held.purpose, presenter=held.presenter, minutes=held.minutes,
                restricted=_withheld(change, held),
            )
        )  # fmt: skip


def move(database: Database, item: Id, to: Id) -> AgendaItem:
    """Moves an item: it is done with here and stands on the other agenda."""
    return _onto(database, item, to, "Move", moved=True)


def duplicate(database: Database, item: Id, to: Id) -> AgendaItem:
    """Duplicates an item: it stays open here and stands on the other agenda too."""
    return _onto(database, item, to, "Duplicate", moved=False)


def _onto(database: Database, item: Id, to: Id, how: str, *, moved: bool) -> AgendaItem:
    with database.change(f"{how} an agenda item") as change:
        held, other = change.reader.get(AgendaItem, item), change.reader.get(Meeting, to)
        if held.meeting == to:
            raise errors.DeskError(
                "It already stands on that agenda. Nothing was changed. Choose another meeting."
            )
        number = next_number(change.reader.all(AgendaItem, meeting=to))
        made = _put_on(change, held, other, number, held.id if moved else None)
        if moved:
            change.put(replace(held, state=ItemState.MOVED))
        return made


def set_number(database: Database, item: Id, step: int) -> None:
    """Moves an item up (-1) or down (1) in its agenda; all are numbered from 1 again."""
    with database.change("Change the order of the agenda") as change:
        held = change.reader.get(AgendaItem, item)
        every = list(agendas.in_order(change.reader.all(AgendaItem, meeting=held.meeting)))
        at = next(n for n, one in enumerate(every) if one.id == item)
        to = min(max(at + step, 0), len(every) - 1)
        every.insert(to, every.pop(at))
        for number, one in enumerate(every, 1):
            if one.number != number:
                change.put(replace(one, number=number))


# ---- who was there


def mark(database: Database, meeting: Id, who: Expected, presence: Presence) -> Attendance:
    """Notes how somebody was there, or was not."""
    with database.change("Note who was there") as change:
        if who.entry is not None:
            return change.put(replace(change.reader.get(Attendance, who.entry.id), presence=presence))
        return change.add(
            Attendance(
                meeting=meeting, seat=who.seat, practice=who.practice, organisation=who.organisation,
                person=who.person, presence=presence,
            )
        )  # fmt: skip


def mark_times(database: Database, entry: Id, came: time | None, left: time | None) -> Attendance:
    """Notes when somebody came and left."""
    if came is not None and left is not None and left <= came:
        raise errors.DeskError(
            "The times were not kept: nobody leaves before they come. Nothing was changed. Check both."
        )
    with database.change("Note when somebody came or left") as change:
        return change.put(replace(change.reader.get(Attendance, entry), came_at=came, left_at=left))


def ask_interests(database: Database, meeting: Id) -> None:
    """Notes that interests were asked for at a meeting."""
    with database.change("Note that interests were asked for") as change:
        change.put(replace(change.reader.get(Meeting, meeting), interests_asked=True))


def declare(
    database: Database, meeting: Id, interest: Id, item: Id | None, managed: str | None
) -> InterestDeclared:
    """Notes an interest declared at a meeting, for one item or for all, and what was done about it."""
    with database.change("Note a declared interest") as change:
        change.put(replace(change.reader.get(Meeting, meeting), interests_asked=True))
        return change.add(
            InterestDeclared(
                meeting=meeting, interest=interest, item=item, managed=(managed or "").strip() or None
            )
        )


def papers_sent(database: Database, meeting: Id, day: date) -> None:
    """Notes the day the papers went out."""
    with database.change(f"Note that papers were sent on {day_words(day)}") as change:
        held = change.reader.get(Meeting, meeting)
        stage = MeetingStage.PAPERS_OUT if held.stage in (None, MeetingStage.PLANNED) else held.stage
        change.put(replace(held, papers_sent_on=day, stage=stage))


# ---- minutes made final


def still_typed(database: Database, meeting: Id) -> tuple[Id, ...]:
    """The items whose words stand as drafts only, in the order of the agenda."""
    with database.read() as reader:
        items = agendas.in_order(reader.all(AgendaItem, meeting=meeting))
        kept = drafts.of_kind(reader, AgendaItem.KIND.name)
    return tuple(one.id for one in items if "said" in kept.get(str(one.id), {}))


def finalise(database: Database, meeting: Id) -> MinutesVersion:
    """Makes the minutes final: numbered, sealed, kept as version 1 with who was there and the quorum."""
    if still_typed(database, meeting):
        raise errors.DeskError(
            "The minutes were not made final: words typed in an item are not yet taken into it. They are kept. Look at "
            "them under “Take minutes” first."
        )
    with database.change("Make the minutes final", patient_data_reason=_known(database, meeting)) as change:
        return finalised(change, meeting, database.today(), database.now())


def finalised(change: Change, meeting: Id, today: date, at: datetime) -> MinutesVersion:
    """The same within a change that is open, as at a day and a moment."""
    held = change.reader.get(Meeting, meeting)
    seen = section.view(change.reader, held, today)
    if seen.is_final:
        raise errors.Sealed(
            "These minutes are final already. Nothing was changed. Amend them as a new version."
        )
    if not seen.items:
        raise errors.DeskError(
            "There is nothing to make final: the meeting has no agenda item. Nothing was changed. Add its items."
        )
    items = _numbered(change, seen)
    version = _version(change, seen, at, 1, None)
    for item in items:
        change.put(item)
        change.add(_line(version, item, item.said))
    _follow(change, seen, items)
    first, last = items[0].minute_ref, items[-1].minute_ref
    told = f"{first}-{last.rpartition('/')[2]}" if first and last else held.minutes_ref
    change.put(replace(held, stage=MeetingStage.FINAL, minutes_ref=told))
    return version


def amend(database: Database, meeting: Id, said: Mapping[Id, str], reason: str) -> MinutesVersion:
    """Amended minutes: a further version with its reason; the ones before stay as they were sent."""
    if not reason.strip():
        raise errors.DeskError(
            "The minutes were not amended: say why. Nothing was changed. Write the reason."
        )
    known = _known(database, meeting)
    with database.change("Amend the minutes", patient_data_reason=known) as change:
        seen = section.view(change.reader, change.reader.get(Meeting, meeting), database.today())
        if not seen.versions:
            raise errors.DeskError(
                "These minutes are not final yet. Nothing was changed. Change them as they are."
            )
        newest = seen.versions[-1]
        version = _version(change, seen, database.now(), newest.number + 1, reason.strip())
        for one in section.lines_of(change.reader, newest):
            words = said.get(one.item, one.said or "") if one.item is not None else one.said
            change.add(
                MinutesLine(
                    minutes=version.id, item=one.item, number=one.number, title=one.title, minute_ref=one.minute_ref,
                    said=words or None, restricted=one.restricted, final=True,
                )
            )  # fmt: skip
        return version


def _known(database: Database, meeting: Id) -> str:
    """Why words that look like an NHS number are copied: they stand in an item, kept there with their own reason."""
    with database.read() as reader:
        items = reader.all(AgendaItem, meeting=meeting)
    found = any(patient_data.likely(words) for item in items for words in (item.title, item.said or ""))
    return "it stands in the item of the agenda already, with its reason" if found else ""


def _numbered(change: Change, seen: MeetingView) -> list[AgendaItem]:
    """The items as they stand in final minutes: numbered after the body's last reference, what was dealt with done."""
    prefix = seen.body.minute_prefix if seen.body else None
    taken = [one.minute_ref for one in change.reader.all(AgendaItem) if one.minute_ref]
    for one in change.reader.all(Meeting):
        taken += agendas.numbers_told(one.minutes_ref, prefix)
    own = agendas.numbers_told(seen.meeting.minutes_ref, prefix)
    start = [one for one in taken if one not in own] if own else taken
    refs = agendas.refs_from(prefix, start, len(seen.items))
    decided = {one.item for one in seen.decisions}
    found = []
    for n, item in enumerate(seen.items):
        state = ItemState.DONE if agendas.dealt_with(item, decided) else item.state
        ref = item.minute_ref or (refs[n] if refs else None)
        found.append(replace(item, minute_ref=ref, state=state, final=True))
    return found


def _version(
    change: Change, seen: MeetingView, at: datetime, number: int, reason: str | None
) -> MinutesVersion:
    return change.add(
        MinutesVersion(
            meeting=seen.meeting.id, number=number, made_at=at, reason=reason,
            quorum="\n".join((seen.quorum.words, *seen.quorum.steps)), present=seen.attendance_words() or None,
            final=True,
        )
    )  # fmt: skip


def _line(version: MinutesVersion, item: AgendaItem, said: str | None) -> MinutesLine:
    return MinutesLine(
        minutes=version.id, item=item.id, number=item.number, title=item.title, minute_ref=item.minute_ref,
        said=said, restricted=item.restricted, final=True,
    )  # fmt: skip


def _follow(change: Change, seen: MeetingView, items: list[AgendaItem]) -> None:
    """Decisions are sealed with the minutes; decisions and actions take the reference of their item."""
    refs = {item.id: item.minute_ref for item in items}
    for one in seen.decisions:
        held: Decision = replace(one, final=True, minute_ref=one.minute_ref or _ref(refs, one.item))
        change.put(held)
    for action in seen.actions:
        if action.item is not None and not action.minute_ref and refs.get(action.item):
            done: Action = replace(action, minute_ref=refs[action.item])
            change.put(done)


def _ref(refs: Mapping[Id, str | None], item: Id | None) -> str | None:
    return refs.get(item) if item is not None else None
