"""Which service level counts for a clock of a request, and the change of risk or level that made it count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.clock_story import Change, Moment, Story
from nhsdesk.domain.requests import Level
from nhsdesk.domain.service_levels import Clock, ServiceLevel

LONGEST = 4_000
"""The largest limit that is followed, in days or hours."""

Seriousness = tuple[int | None, Level | None]
"""Risk and level of support; None where they are not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For which clock a limit is looked for, and how serious the request is where its events do not say."""

    clock: Clock
    risk: int | None
    level: Level | None


def chosen(
    levels: Iterable[ServiceLevel],
    asked: Asked,
    story: Story,
    sent: Moment,
    until: Moment | None,
    on: date,
    rule: str,
) -> tuple[ServiceLevel | None, Change | None]:
    """The limit in force on a day, by the local rule about changes; those after a clock was reached do not count."""
    before = [one for one in story.changes if one.when.at <= sent.at]
    after = [
        one for one in story.changes if one.when.at > sent.at and (until is None or one.when.at <= until.at)
    ]
    first = _or(_with((None, None), before), (asked.risk, asked.level))
    held = tuple(levels)
    found = in_force(held, asked.clock, first, on)
    if rule == "the first limit stays" or not after:
        return found, None
    last = _or(_with((None, None), [*before, *after]), first)
    other = in_force(held, asked.clock, last, on)
    return other, None if other == found else Change(after[-1].when, *last)


def _with(held: Seriousness, changes: Iterable[Change]) -> Seriousness:
    for one in changes:
        held = _or((one.risk, one.level), held)
    return held


def _or(held: Seriousness, otherwise: Seriousness) -> Seriousness:
    return (
        otherwise[0] if held[0] is None else held[0],
        otherwise[1] if held[1] is None else held[1],
    )


def in_force(
    levels: Iterable[ServiceLevel], clock: Clock, serious: Seriousness, on: date
) -> ServiceLevel | None:
    """The limit made for most of what a request is; of several the one that began last, and then the shortest."""
    risk, level = serious
    fitting = [
        one
        for one in levels
        if one.clock is clock
        and one.starts <= on
        and (one.ends is None or on <= one.ends)
        and one.risk in (None, risk)
        and one.level in (None, level)
        and 0 <= one.amount <= LONGEST
    ]
    return min(
        fitting,
        key=lambda one: (one.risk is None, one.level is None, -one.starts.toordinal(), one.amount, one.id),
        default=None,
    )
