"""The minutes of meetings: final ones as their newest version says them, others as they stand.

For others than our own board, restricted items and all that belongs to them are left out before any fact is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from nhsdesk.documents.model import Block, Bullets, CellKind, Column, Paragraph, Section, Table
from nhsdesk.domain.actions import Action
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link
from nhsdesk.domain.meetings import AgendaItem, Meeting, MinutesVersion
from nhsdesk.domain.minuting import Begins, begins_of, moved
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.questions import Question
from nhsdesk.domain.risks import Risk
from nhsdesk.papers import Audience
from nhsdesk.sections import apart, guarded_practices, meetings, restricted
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.guarded_practices import Guarded
from nhsdesk.sections.meetings import MeetingView
from nhsdesk.sections.restricted import WORDS, Restricted
from nhsdesk.store.reading import Reader

NOT_MINUTED = "Nothing was minuted."


@dataclass(frozen=True, slots=True)
class SetFacts:
    """An action that the item set, as minutes print it."""

    ref: str
    id: str
    what: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item: its paragraphs as they were minuted, its decisions and its actions."""

    ref: str
    id: str
    number: int
    title: str
    minute_ref: str
    said: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[SetFacts, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class MeetingMinutes:
    """One meeting; nothing in it where no meeting was held."""

    title: str
    held: str
    present: tuple[str, ...]
    quorum: tuple[str, ...]
    declared: tuple[str, ...]
    items: tuple[ItemFacts | NotRead, ...]
    other_decisions: tuple[str, ...]
    other_actions: tuple[SetFacts, ...]
    """What the meeting decided and set without naming an item."""
    version: str
    reason: str
    problems: tuple[Problem, ...]


NONE = MeetingMinutes("", "", (), (), (), (), (), (), "", "", ())


MEETING, PRESENT, QUORUM, INTERESTS = "The meeting", "Who was there", "Quorum", "Interests declared"
OTHERS = "Also decided and set"


def gather(
    reader: Reader,
    held: Iterable[Meeting],
    day: date,
    audience: Audience,
    each: apart.Read,
    named: Callable[[Meeting], str] = lambda _: "",
) -> tuple[MeetingMinutes | NotRead, ...]:
    """The minutes of these meetings, in their order, each part of them apart.

    `named` gives what stands before the headings of a meeting, where those of several follow each other.
    """
    hidden = restricted.gather(reader, audience)
    made = cache(lambda: _made(reader))
    guarded = () if audience is Audience.OWN_BOARD else guarded_practices.guarded(reader)
    ours = tuple(one.name for one in meetings.our_practices(reader))
    found: list[MeetingMinutes | NotRead] = []
    for meeting in held:
        name = named(meeting)
        seen = each.one_of(f"{name}{MEETING}", partial(meetings.view, reader, meeting, day))
        if isinstance(seen, NotRead):
            found.append(seen)
            continue
        found.append(_with_problems(seen, _of(reader, seen, hidden, made, each, name), guarded, ours))
    return tuple(found)


def _of(
    reader: Reader,
    seen: MeetingView,
    hidden: Restricted,
    made: Callable[[], tuple[Made, ...]],
    each: apart.Read,
    named: str,
) -> MeetingMinutes:
    newest = seen.versions[-1] if seen.versions else None
    said = cache(lambda: _said(reader, seen, newest))
    items = tuple(
        each.one_of(
            item_heading(one.number, WORDS if hidden.hides(one.id) else one.title),
            partial(_item, seen, hidden, one, said, made),
        )
        for one in seen.items
    )
    quorum = each.of(f"{named}{QUORUM}", lambda: _as_sealed(seen, newest)[0])
    present = each.of(f"{named}{PRESENT}", lambda: _as_sealed(seen, newest)[1])
    decided, set_ = each.of(f"{named}{OTHERS}", lambda: _other(seen, hidden)) or ((), ())
    return MeetingMinutes(
        title=seen.meeting.title_words(),
        held=_held(seen.meeting),
        present=present or (),
        quorum=quorum or (),
        declared=each.of(f"{named}{INTERESTS}", lambda: _declared(seen, hidden)) or (),
        items=items,
        other_decisions=decided,
        other_actions=set_,
        version=_version_words(newest),
        reason=(newest.reason or "") if newest else "",
        problems=(),
    )


def item_heading(number: int, title: str) -> str:
    """The heading of an item."""
    return f"{number}. {title}"


def _other(seen: MeetingView, hidden: Restricted) -> tuple[tuple[str, ...], tuple[SetFacts, ...]]:
    return (
        tuple(_decided(one) for one in _decisions(seen, hidden, None)),
        tuple(_set(seen, one) for one in _actions(seen, hidden, None)),
    )


def _said(reader: Reader, seen: MeetingView, newest: MinutesVersion | None) -> dict[Id, str]:
    if newest is None:
        return {}
    return {one.item: one.said or "" for one in meetings.lines_of(reader, newest) if one.item is not None}


def _as_sealed(seen: MeetingView, newest: MinutesVersion | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Quorum and who was there as the version keeps them, else as they stand."""
    if newest is None:
        return (seen.quorum.words, *seen.quorum.steps), tuple(seen.attendance_words().splitlines())
    return tuple((newest.quorum or "").splitlines()), tuple((newest.present or "").splitlines())


def _held(meeting: Meeting) -> str:
    told = [day_words(meeting.held_on)]
    told += [f"from {meeting.starts_at:%H:%M}"] if meeting.starts_at else []
    told += [f"until {meeting.ended_at:%H:%M}"] if meeting.ended_at else []
    where = f", {meeting.place}" if meeting.place else ""
    private = " Held in private." if meeting.in_private else ""
    return f"{' '.join(told)}{where}.{private}"


def _version_words(newest: MinutesVersion | None) -> str:
    if newest is None:
        return "Draft, not yet final"
    made = (
        f", made final {day_words(newest.made_at.astimezone(meetings.LONDON).date())}"
        if newest.made_at
        else ""
    )
    return f"Amended minutes, version {newest.number}{made}" if newest.number > 1 else f"Version 1{made}"


def _item(
    seen: MeetingView,
    hidden: Restricted,
    item: AgendaItem,
    said: Callable[[], dict[Id, str]],
    made: Callable[[], tuple[Made, ...]],
) -> ItemFacts:
    if hidden.hides(item.id):
        return ItemFacts(item.ref, str(item.id), item.number, WORDS, item.minute_ref or "", (), (), (), True)
    decided, set_ = _decisions(seen, hidden, item.id), _actions(seen, hidden, item.id)
    printed = (*(one.words for one in decided), *(one.what for one in set_))
    words = said().get(item.id, item.said or "")
    lines = [one.strip() for one in words.splitlines() if one.strip()]
    return ItemFacts(
        ref=item.ref,
        id=str(item.id),
        number=item.number,
        title=item.title,
        minute_ref=item.minute_ref or "",
        said=tuple(filter(None, (_as_printed(one, item.id, printed, made(), hidden) for one in lines))),
        decisions=tuple(_decided(one) for one in decided),
        actions=tuple(_set(seen, one) for one in set_),
    )


def _decisions(seen: MeetingView, hidden: Restricted, item: Id | None) -> list[Decision]:
    return [one for one in seen.decisions if one.item == item and not hidden.hides(one.id, one.commitment)]


def _actions(seen: MeetingView, hidden: Restricted, item: Id | None) -> list[Action]:
    return [one for one in seen.actions if one.item == item and not hidden.hides(one.id, one.commitment)]


def _set(seen: MeetingView, one: Action) -> SetFacts:
    owner = seen.name(one.owner, one.owner_words or "nobody yet")
    return SetFacts(one.ref, str(one.id), one.what, owner, one.due)


@dataclass(frozen=True, slots=True)
class Made:
    """What a line may have made: of which kind, its words by now, and the items it came from."""

    begins: Begins
    id: Id
    words: str
    items: frozenset[Id]


def _made(reader: Reader) -> tuple[Made, ...]:
    linked: dict[Id, set[Id]] = {}
    for link in reader.all(Link):
        linked.setdefault(link.source, set()).add(link.target)
        linked.setdefault(link.target, set()).add(link.source)
    found = [(Begins.ACTION, one.id, one.what, one.item) for one in reader.all(Action)]
    found += [(Begins.DECISION, one.id, one.words, one.item) for one in reader.all(Decision)]
    found += [(Begins.RISK, one.id, one.event, None) for one in reader.all(Risk)]
    found += [(Begins.QUESTION, one.id, one.question, None) for one in reader.all(Question)]
    return tuple(
        Made(
            begins,
            id_,
            " ".join(words.split()),
            frozenset(linked.get(id_, set()) | ({item} if item else set())),
        )
        for begins, id_, words, item in found
    )


def _as_printed(
    line: str, item: Id, printed: tuple[str, ...], made: tuple[Made, ...], hidden: Restricted
) -> str:
    """A line that made something is left to what it made; nothing is printed of what is withheld.

    What is withheld may be worded otherwise by now, so a line of its kind goes with it unless something shown says it.
    """
    if (gone := moved(line)) is not None:
        return gone.words
    begins = begins_of(line)
    if begins is None:
        return line
    plain = " ".join(line.split())
    if any(" ".join(one.split()) in plain for one in printed):
        return ""
    withheld = [one for one in made if hidden.hides(one.id)]
    if any(one.words in plain for one in withheld):
        return ""
    if any(one.begins is begins and item in one.items for one in withheld):
        mine = (one for one in made if one.begins is begins and item in one.items and one not in withheld)
        if not any(one.words in plain for one in mine):
            return ""
    return f"{begins.words}: {plain.partition(' ')[2]}"


def _decided(one: Decision) -> str:
    how = f" ({one.how.value})" if one.how else ""
    return f"{one.ref}: {one.words}{how}"


def _declared(seen: MeetingView, hidden: Restricted) -> tuple[str, ...]:
    numbers = {item.id: item.number for item in seen.items}
    interests = {one.id: one for one in seen.to_ask}
    told = []
    for one in seen.declared:
        if hidden.hides(one.item) or hidden.hides(one.id) or hidden.hides(one.interest):
            continue
        of = interests.get(one.interest) if one.interest is not None else None
        who = seen.name(one.who or (of.holder if of else None), "Somebody not named")
        what = one.what or (of.what if of else "an interest")
        item = f", item {numbers[one.item]}" if one.item in numbers else ""
        told.append(f"{who}{item}: {what}. {one.managed or 'It is not entered what was done.'}")
    return tuple(told)


def _with_problems(
    seen: MeetingView, facts: MeetingMinutes, guarded: tuple[Guarded, ...], ours: tuple[str, ...]
) -> MeetingMinutes:
    found = []
    if not seen.is_final:
        sentence = f"{seen.meeting.ref}: its minutes are not final yet, so the paper says that it is a draft."
        found.append(Problem(sentence, Weight.NOTE, "meeting", seen.meeting.id))
    if seen.quorum.quorate is None:
        sentence = f"{seen.meeting.ref}: it is not known whether the meeting was quorate."
        found.append(Problem(sentence, Weight.ACKNOWLEDGE, "meeting", seen.meeting.id))
    if guarded:
        for where, title in apart.not_read(facts.items):
            found += guarded_practices.naming(guarded, where, title)
        for item in apart.read(facts.items):
            text = "\n".join((item.title, *item.said, *item.decisions, *(one.what for one in item.actions)))
            found += guarded_practices.naming(guarded, item.ref, text)
        present = () if _names_all(facts.present, ours) else facts.present
        around = (facts.title, facts.held, *present, *facts.quorum, *facts.declared)
        others = "\n".join((*around, *facts.other_decisions, *(one.what for one in facts.other_actions)))
        found += guarded_practices.naming(guarded, seen.meeting.ref, others)
    return replace(facts, problems=tuple(found))


def _names_all(present: tuple[str, ...], ours: tuple[str, ...]) -> bool:
    """Whether all our practices stand among who was there or sent apologies: that tells nothing of any of them."""
    told = "\n".join(present)
    return bool(ours) and all(name in told for name in ours)


# ---- as they are printed


def sections(facts: MeetingMinutes, failed: Iterable[str], named: str = "") -> tuple[Section, ...]:
    """The meeting, who was there, and each item; `named` stands before each heading where meetings follow others."""
    gone = {one.removeprefix(named) for one in failed if one.startswith(named)}
    made = (
        *apart.sections(MEETING, gone, facts, _opening),
        *apart.sections(PRESENT, gone, facts, _present),
        *apart.sections(QUORUM, gone, facts, _quorum),
        *apart.sections(INTERESTS, gone, facts, _interests),
        *apart.each(
            facts.items, lambda one: item_heading(one.number, one.title), lambda one: (_section(one),)
        ),
        *apart.sections(OTHERS, gone, facts, _others),
    )
    return tuple(replace(one, heading=f"{named}{one.heading}") for one in made) if named else made


def _opening(facts: MeetingMinutes) -> Iterator[Section]:
    withheld = sum(item.withheld for item in apart.read(facts.items))
    left_out = (
        (Paragraph(f"{withheld} restricted {'item is' if withheld == 1 else 'items are'} left out."),)
        if withheld
        else ()
    )
    reason = (Paragraph(f"Amended because: {facts.reason}"),) if facts.reason else ()
    yield Section(MEETING, (Paragraph(f"{facts.version}. {facts.held}".strip()), *reason, *left_out))


def _present(facts: MeetingMinutes) -> Iterator[Section]:
    there = tuple(Paragraph(one) for one in facts.present)
    yield Section(PRESENT, there or (Paragraph("It is not entered who was there."),))


def _quorum(facts: MeetingMinutes) -> Iterator[Section]:
    yield Section(QUORUM, (Bullets(facts.quorum),) if facts.quorum else ())


def _interests(facts: MeetingMinutes) -> Iterator[Section]:
    none = Paragraph("None is entered as declared.")
    yield Section(INTERESTS, (Bullets(facts.declared),) if facts.declared else (none,))


_ACTIONS = (Column("Ref"), Column("Action"), Column("Lead"), Column("By", CellKind.DAY))


def _section(item: ItemFacts) -> Section:
    title = item_heading(item.number, item.title)
    blocks: list[Block] = [Paragraph(f"Minute {item.minute_ref}")] if item.minute_ref else []
    if item.withheld:
        return Section(title, (*blocks, Paragraph(f"{item.ref}: {WORDS}.")))
    blocks += [Paragraph(one) for one in item.said] or (
        [] if item.decisions or item.actions else [Paragraph(NOT_MINUTED)]
    )
    return Section(
        title, (*blocks, *_outcome(f"Actions of item {item.number}", item.decisions, item.actions))
    )


def _others(facts: MeetingMinutes) -> tuple[Section, ...]:
    blocks = _outcome("Other actions", facts.other_decisions, facts.other_actions)
    return (Section(OTHERS, blocks),) if blocks else ()


def _outcome(name: str, decisions: tuple[str, ...], actions: tuple[SetFacts, ...]) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph("Decided:"), Bullets(decisions)] if decisions else []
    if actions:
        rows = tuple((one.ref, one.what, one.owner, one.due) for one in actions)
        blocks.append(Table(name, _ACTIONS, rows))
    return tuple(blocks)
