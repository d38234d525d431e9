"""A board's action log beside the actions held here: which row is which action, and what the row says of it.

    matches = recognise(rows, held, day)
    change = changed(match, ...)        the action as it would be kept; nothing is written here

The same action comes back month after month, sometimes in other words. What cannot be told apart is asked about and
left as it is; an owner stays as the log has it; nothing is closed, reopened or dated that the log does not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from nhsdesk.domain.action_log import due_now
from nhsdesk.domain.actions import Action
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import day_words

ALIKE = 0.85
"""How much of their letters two wordings must share to be taken for the same action."""
LEAST_BEGINNING = 20
"""Letters of one wording with which another must begin to be taken for it with something added."""


class Says(Choice):
    """What a row's status comes to."""

    NEW = "new"
    OPEN = "open"
    CLOSING = "proposed for closure"
    CLOSED = "closed"
    NOT_STARTED = "not started"
    NOTHING = "not told"
    UNREAD = "not understood"


class Does(Choice):
    """What taking a row in would do."""

    ADD = "new here"
    UPDATE = "brought up to date"
    CLOSE = "closed"
    NONE = "nothing changes"


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of a board's log. `owner` is None where the log has no column of owners."""

    number: int
    what: str
    owner: str | None = None
    ref: str = ""
    set_on: date | None = None
    due: date | None = None
    new_due: date | None = None
    status: str = ""
    update: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A row, the action it was taken for, and what is to be asked. One that is unsure changes nothing of the action."""

    row: LogRow
    action: Action | None = None
    unsure: bool = False
    asks: tuple[str, ...] = ()


_STATUS = {
    Says.NEW: {"new", "new action", "opened"},
    Says.OPEN: {
        "ongoing", "on going", "carried forward", "open", "in progress", "incomplete", "on track", "o", "outstanding",
        "c/f", "cf", "continuing", "overdue", "late", "at risk", "amber", "green", "red", "started", "underway",
    },
    Says.CLOSING: {"proposed for closure", "propose to close", "propose closure"},
    Says.CLOSED: {"completed", "complete", "closed", "done", "c", "delivered", "blue", "action complete"},
    Says.NOT_STARTED: {"not started", "item not due yet", "not due", "not due yet", "not yet due"},
}  # fmt: skip


def says(status: str) -> Says:
    """What the words of a status come to; words that are none of those known are not guessed at."""
    plain = key(status)
    if not plain:
        return Says.NOTHING
    return next((one for one, words in _STATUS.items() if plain in words), Says.UNREAD)


def looks_like_status(cells: Sequence[str]) -> bool:
    """Whether a column holds statuses: nearly all its words are."""
    return _most(cells, lambda cell: says(cell) not in (Says.NOTHING, Says.UNREAD))


def looks_like_owners(cells: Sequence[str]) -> bool:
    """Whether a column holds owners by their initials."""
    return _most(cells, lambda cell: _INITIALS.fullmatch(cell) is not None)


def looks_like_actions(cells: Sequence[str]) -> bool:
    """Whether a column holds what is to be done: sentences, on the whole."""
    return _most(cells, lambda cell: len(cell.split()) >= 2 and len(cell) >= 12)


_INITIALS = re.compile(r"(?:[A-Z][A-Za-z]{0,2}|All|Lead|\?+)(?:\s*[/,&+ ]\s*(?:[A-Z][A-Za-z]{0,2}|All|\?+))*")


def _most(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(map(holds, filled)) >= 0.8 * len(filled)


def key(words: str) -> str:
    """Words as they are compared: small letters, one kind of dash, without full stops and spaces at the end."""
    plain = words.casefold().replace("–", "-").replace("—", "-").replace("’", "'")
    return " ".join(plain.split()).rstrip(" .;,")


# ---- which row is which action


def recognise(rows: Sequence[LogRow], held: Sequence[Action], day: date) -> tuple[Match, ...]:
    """Rows with the action it is: by its reference, its words, or words that differ a little. `day` is the log's."""
    found: dict[int, Match] = {}
    free = {one.id: one for one in held}
    _by_reference(rows, free, found)
    _by_words(rows, free, found, day)
    _by_likeness(rows, free, found)
    return tuple(found.get(at, Match(row)) for at, row in enumerate(rows))


_A_NUMBER = re.compile(r"(?:no\.?|action|item|#)?\s*\d{1,3}\.?", re.IGNORECASE)
"""A reference that many logs begin anew with each meeting: 1, No 2, 3."""


def _by_reference(rows: Sequence[LogRow], free: dict[Id, Action], found: dict[int, Match]) -> None:
    """A bare number is only the action that it was before where the words are of the same action too."""
    known: dict[str, list[Action]] = {}
    for one in free.values():
        if one.their_ref:
            known.setdefault(key(one.their_ref), []).append(one)
    for at, row in enumerate(rows):
        same = [one for one in known.get(key(row.ref), []) if one.id in free] if row.ref else []
        like = [one for one in same if alike(row.what, one.what)]
        other = [] if like or len(same) != 1 or _A_NUMBER.fullmatch(row.ref.strip()) else same
        for one in (*like[:1], *other):
            told = f"Taken for {one.ref} by its reference, though its words differ: {quoted(one.what)}."
            found[at] = Match(row, free.pop(one.id), asks=(told,) if other else ())


def _by_words(rows: Sequence[LogRow], free: dict[Id, Action], found: dict[int, Match], day: date) -> None:
    alike: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if at not in found:
            alike.setdefault(key(row.what), []).append(at)
    held: dict[str, list[Action]] = {}
    for one in free.values():
        held.setdefault(key(one.what), []).append(one)
    for words, places in alike.items():
        same = [one for one in held.get(words, []) if _may_be(rows[places[0]], one, day)]
        pairs, several = _pairs(rows, places, same), len(places) > 1 or len(same) > 1
        for at, one in pairs.items():
            unsure = several and not _told_apart(rows, places, same, at)
            asks = (_which(len(places)),) if unsure else ()
            found[at] = Match(rows[at], free.pop(one.id), unsure, asks)


def _may_be(row: LogRow, one: Action, day: date) -> bool:
    """Something that a log calls new is not what was closed before it, though it has the same words."""
    return not (says(row.status) is Says.NEW and one.closed_on is not None and one.closed_on < day)


def _pairs(rows: Sequence[LogRow], places: list[int], same: list[Action]) -> dict[int, Action]:
    """Rows and actions of the same words: first by the same owner, the rest in their order."""
    left, pairs = list(same), {}
    for at in places:
        owner = rows[at].owner
        one = next((one for one in left if owner and key(one.owner_words or "") == key(owner)), None)
        if one is not None:
            left.remove(one)
            pairs[at] = one
    for at in places:
        if at not in pairs and left:
            pairs[at] = left.pop(0)
    return pairs


def _told_apart(rows: Sequence[LogRow], places: list[int], same: list[Action], at: int) -> bool:
    """Whether only one row and one action of these words has this owner."""
    owner = key(rows[at].owner or "")
    mine = [other for other in places if key(rows[other].owner or "") == owner]
    theirs = [one for one in same if key(one.owner_words or "") == owner]
    return bool(owner) and len(mine) == 1 and len(theirs) == 1


def _which(times: int) -> str:
    where = f"{times} times in this log" if times > 1 else "several times here"
    return f"These words stand {where}, so which is which cannot be told. Nothing is changed: look at each."


def _by_likeness(rows: Sequence[LogRow], free: dict[Id, Action], found: dict[int, Match]) -> None:
    for at, row in enumerate(rows):
        if at in found or says(row.status) is Says.NEW:
            continue
        near = [one for one in free.values() if one.closed_on is None and alike(row.what, one.what)]
        if len(near) == 1:
            asks = (f"Taken for {near[0].ref}, whose words differ: {quoted(near[0].what)}.",)
            found[at] = Match(row, free.pop(near[0].id), asks=asks)


_COUNTED = re.compile(
    r"\d+|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|\w+teenth|tenth|eleventh|twelfth|twentieth"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
)


def alike(one: str, other: str) -> bool:
    """Whether two wordings are of the same action: one goes on where the other ends, or few letters differ.

    Where a number, an ordinal or a month differs they are two actions: the minutes of another meeting, say.
    """
    first, second = sorted((key(one), key(other)), key=len)
    differ = set(first.split()) ^ set(second.split())
    if any(_COUNTED.fullmatch(word) for word in differ):
        return False
    if len(first) >= LEAST_BEGINNING and second.startswith(first):
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


# ---- what a row says of its action


def as_new(row: LogRow, day: date, body: Id | None, people: Iterable[Person]) -> Action:
    """The action that a row of a log of a day sets. What the row does not say stays empty."""
    owner, told = owner_of(row.owner, people), says(row.status)
    put_off = row.new_due is not None and row.due is not None and row.new_due != row.due
    return Action(
        what=row.what,
        body=body,
        their_ref=row.ref or None,
        owner=owner.id if owner else None,
        owner_words=(row.owner or "").strip() or None,
        set_on=row.set_on,
        due=row.due if row.due is not None else row.new_due,
        revised_due=row.new_due if put_off else None,
        times_revised=1 if put_off else None,
        started=told is not Says.NOT_STARTED,
        discussed_on=day,
        updated_on=day if row.update else None,
        evidence=row.evidence or None,
        proposed_for_closure=told is Says.CLOSING,
        closed_on=day if told is Says.CLOSED else None,
    )


def changed(match: Match, day: date) -> Action | None:
    """The action as the row leaves it; None for a row that sets one. An older log changes nothing."""
    one, row = match.action, match.row
    if one is None or match.unsure or is_older(one, day):
        return one
    told = says(row.status)
    one = _dated(replace(one, discussed_on=day), row)
    if row.owner and one.owner is None:
        one = replace(one, owner_words=row.owner.strip())
    if row.update:
        one = replace(one, updated_on=max(day, one.updated_on or day))
    if row.evidence and not one.evidence:
        one = replace(one, evidence=row.evidence)
    if row.ref and not one.their_ref:
        one = replace(one, their_ref=row.ref)
    if one.closed_on is None and told is Says.CLOSED:
        return replace(one, closed_on=day)
    if one.closed_on is None and told is Says.CLOSING:
        return replace(one, proposed_for_closure=True)
    return one


def _dated(one: Action, row: LogRow) -> Action:
    """A date that differs is a revision; a first date is a first date."""
    said = row.new_due or row.due
    if said is None or said == due_now(one):
        return one
    if one.due is None:
        return replace(one, due=said)
    return replace(one, revised_due=said, times_revised=(one.times_revised or 0) + 1)


def is_older(one: Action, day: date) -> bool:
    """Whether a later log than that of a day has told of it already."""
    return one.discussed_on is not None and day < one.discussed_on


def does(match: Match, day: date) -> Does:
    """What taking a row in would do."""
    if match.action is None:
        return Does.ADD
    after = changed(match, day)
    if after is None or replace(after, discussed_on=match.action.discussed_on) == match.action:
        return Does.NONE
    return Does.CLOSE if match.action.closed_on is None and after.closed_on is not None else Does.UPDATE


# ---- what is to be asked


def asks(match: Match, day: date, people: Sequence[Person]) -> tuple[str, ...]:
    """What a person is to be asked of a row: who leads, what a status means, why it is open again."""
    row, one, told = match.row, match.action, says(match.row.status)
    settled = match.unsure and does(replace(match, unsure=False), day) is Does.NONE
    found = [*(() if settled else match.asks), owner_asks(row.owner, people)]
    if told is Says.UNREAD:
        found.append(f"{quoted(row.status)} is no status known here. It is taken for open.")
    if one is not None and is_older(one, day) and one.discussed_on is not None:
        found.append(f"A log of {day_words(one.discussed_on)} told of it already. This one changes nothing.")
    elif (
        one is not None and one.closed_on is not None and told in (Says.OPEN, Says.CLOSING, Says.NOT_STARTED)
    ):
        found.append(
            f"{one.ref} is closed here, and the log has it open. It stays closed: reopen it by hand."
        )
    if one is not None and one.owner is not None and row.owner and owner_of(row.owner, people) is None:
        found.append(f"The log has {quoted(row.owner)} for owner. The owner entered here stays.")
    return tuple(ask for ask in found if ask)


def owner_of(words: str | None, people: Iterable[Person]) -> Person | None:
    """The one whose role title an owner's words are, word for word; nobody where they are several or none."""
    plain = key(words or "")
    named = [one for one in people if plain and key(one.role_title) == plain]
    return named[0] if len(named) == 1 else None


_SEVERAL = re.compile(r"[/,&;+]|\band\b")


def owner_asks(words: str | None, people: Sequence[Person]) -> str:
    """What is to be asked of an owner; empty for nothing, and where the log has no owners at all."""
    if words is None:
        return ""
    if not words.strip():
        return "No owner stands in the log. Who does it?"
    if "?" in words:
        return f"The log is not sure of {quoted(words)} itself. Who leads?"
    if owner_of(words, people) is None and _SEVERAL.search(words):
        return f"{quoted(words)} are several. Who leads?"
    return ""
