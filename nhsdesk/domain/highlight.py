"""A highlight report's rules: what was done in the period, what the next one is to bring, and what is off track.

A period is 31 days. What has a date is done, late, put off, due or further away; how it stands is worked out from its
first date, its date now and the day it was done, and never from what somebody hopes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.slipping import days_late

PERIOD = timedelta(days=31)
NOBODY_SAID = "Nobody has said"


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with dates: the first, the one now, and when it was done."""

    first: date | None
    now: date | None
    done_on: date | None

    @property
    def due(self) -> date | None:
        """The day it is due after all that was put off."""
        return self.now or self.first


def done_lately(one: Dated, day: date) -> bool:
    """Done within the period that ends on a day."""
    return one.done_on is not None and day - PERIOD < one.done_on <= day


def due_next(one: Dated, day: date) -> bool:
    """Still to be done, within the period that begins after a day; what is due on the day itself is next too."""
    due = one.due
    return one.done_on is None and due is not None and day <= due <= day + PERIOD


def off_track(one: Dated, day: date) -> int:
    """By how many days it is late or was put off, while it is not done; nought where it is neither or has no date."""
    if one.done_on is not None or one.due is None:
        return 0
    # A date that was brought forward and has passed counts from that date.
    return max(days_late(one.first or one.due, one.now, None, day), (day - one.due).days, 0)


def late_words(one: Dated, day: date) -> str:
    """In which way it is off track: "12 days late", "put off by 30 days"; empty where it is not."""
    days = off_track(one, day)
    if not days or one.due is None:
        return ""
    counted = "1 day" if days == 1 else f"{days:,} days"
    return f"{counted} late" if one.due < day else f"put off by {counted}"


def new_date(one: Dated, day: date) -> date | None:
    """The day by which it is to be back on track: the date now, while it has not passed as well."""
    return one.due if one.due is not None and one.due >= day else None


def said(parts: Iterable[str]) -> str:
    """What will bring something back, or that nobody has said so."""
    return "; ".join(part for part in parts if part) or NOBODY_SAID
