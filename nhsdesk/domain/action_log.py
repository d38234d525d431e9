"""The action log in the form boards use: held over, due, not due yet, proposed for closure; by owner, body or week."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from nhsdesk.domain.actions import Action
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.rules import Rules

NOBODY = "nobody yet"
NO_DAY = "No date"
T = TypeVar("T")


class Block(Choice):
    """The parts of a board's log, in their order."""

    HELD_OVER = "held over: its first date has passed"
    DUE = "due"
    NOT_DUE = "not due yet"
    NO_DATE = "no date set"
    CLOSING = "proposed for closure"
    CLOSED = "closed"


ORDER = tuple(Block)


def due_now(action: Action) -> date | None:
    """The day it is due after all revisions."""
    return action.revised_due or action.due


def block(action: Action, rules: Rules, today: date) -> Block:
    """Where an action stands in the log on a day: what was to be done by now is held over, however often revised."""
    if action.closed_on is not None:
        return Block.CLOSED
    if action.proposed_for_closure:
        return Block.CLOSING
    first, now = action.due or action.revised_due, due_now(action)
    if first is None or now is None:
        return Block.NO_DATE
    if first < today:
        return Block.HELD_OVER
    soon = today + timedelta(days=rules.whole("brag.due_soon_days"))
    return Block.DUE if now <= soon else Block.NOT_DUE


def owner_words(action: Action, role: str) -> str:
    """Whose it is: the role, else the words of the log it was read from, else nobody yet."""
    return role or action.owner_words or NOBODY


def week_words(due: date | None) -> str:
    """The week in which something is due: "Week of Monday 16 November 2026"."""
    return NO_DAY if due is None else f"Week of Monday {day_words(monday(due))}"


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def sunday(day: date) -> date:
    """The last day of a day's week."""
    return monday(day) + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the actions, under the words they have in common."""

    words: str
    members: tuple[int, ...]
    """Places in what was grouped."""


def grouped(
    entries: Iterable[T], words_of: Callable[[T], str], key_of: Callable[[T], tuple[object, ...]]
) -> tuple[Group, ...]:
    """Entries under common words, groups in the order of their least key, entries in the order of theirs."""
    held: dict[str, list[tuple[tuple[object, ...], int]]] = {}
    for at, entry in enumerate(entries):
        held.setdefault(words_of(entry), []).append((key_of(entry), at))
    ordered = sorted(held.items(), key=lambda one: min(one[1]))
    return tuple(Group(words, tuple(at for _, at in sorted(found))) for words, found in ordered)
