"""The self-audit of minutes that committees do: decisions, leads, dates, reasons, quorum, interests, and in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body, Purpose
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.meetings import AgendaItem, Attendance, ItemState, Meeting
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.quorum import Quorum
from nhsdesk.domain.working_days import add_working_days


@dataclass(frozen=True, slots=True)
class Finding:
    """One question of the audit: met or not, None where there is nothing to ask of or it is not known; and why."""

    asks: str
    met: bool | None
    told: str

    @property
    def answer(self) -> str:
        """The word for it."""
        return "Yes" if self.met else "No" if self.met is False else "Not known"


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a meeting and its minutes."""

    meeting: Meeting
    body: Body | None
    items: Sequence[AgendaItem]
    decisions: Sequence[Decision]
    actions: Sequence[Action]
    attendance: Sequence[Attendance]
    quorum: Quorum
    drafted_on: date | None
    """The day of the first version of the minutes."""


def findings(held: Held, holidays: frozenset[date], today: date) -> tuple[Finding, ...]:
    """Every question with its answer."""
    return (
        _decisions(held),
        _all("Has every action a lead?", held.actions, lambda one: one.owner is not None, "action"),
        _all("Has every action a date?", held.actions, lambda one: one.due is not None, "action"),
        _all(
            "Does every decision give its reason?", held.decisions, lambda one: bool(one.reason), "decision"
        ),
        Finding(
            "Is it shown whether the meeting was quorate?", held.quorum.quorate is not None, held.quorum.words
        ),
        _attendance(held),
        Finding(
            "Were interests asked for?",
            held.meeting.interests_asked,
            "Asked at the meeting." if held.meeting.interests_asked else "It is not entered that they were.",
        ),
        _in_time(held, holidays, today),
    )


def met_words(found: Sequence[Finding]) -> str:
    """How many of the questions are met."""
    return f"{sum(one.met is True for one in found)} of {len(found)} met"


def _decisions(held: Held) -> Finding:
    wanted = [
        one
        for one in held.items
        if one.purpose is Purpose.DECISION and one.state in (ItemState.OPEN, ItemState.DONE)
    ]
    decided = {one.item for one in held.decisions}
    lacking = [one.number for one in wanted if one.id not in decided]
    asks = "Is a decision recorded for every item for decision?"
    if not wanted:
        return Finding(asks, None, "No item was for decision.")
    if not lacking:
        return Finding(asks, True, f"{len(wanted)} of {len(wanted)}.")
    numbers = ", ".join(map(str, lacking))
    return Finding(asks, False, f"None for item{'' if len(lacking) == 1 else 's'} {numbers}.")


def _all(asks: str, held: Sequence[object], good: object, noun: str) -> Finding:
    if not held:
        return Finding(asks, None, f"No {noun} is recorded.")
    assert callable(good)
    lacking = [str(getattr(one, "ref", "")) for one in held if not good(one)]
    if not lacking:
        return Finding(asks, True, f"{len(held)} of {len(held)}.")
    more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
    return Finding(asks, False, f"Not {', '.join(lacking[:5])}{more}.")


def _attendance(held: Held) -> Finding:
    asks = "Is it recorded who was there and who sent apologies?"
    entered = len(held.attendance)
    return Finding(asks, bool(entered), f"{entered} entered." if entered else "Nobody is entered.")


def _in_time(held: Held, holidays: frozenset[date], today: date) -> Finding:
    asks = "Were the minutes made in time?"
    days = held.body.minutes_days if held.body is not None else None
    if days is None:
        return Finding(asks, None, "The body has no rule for it entered.")
    due = add_working_days(held.meeting.held_on, days, holidays)
    rule = f"Due {day_words(due)}, {days} working {'day' if days == 1 else 'days'} after the meeting"
    if held.drafted_on is not None:
        return Finding(asks, held.drafted_on <= due, f"{rule}; made {day_words(held.drafted_on)}.")
    return Finding(asks, False if today > due else None, f"{rule}; not made yet.")
