"""By how many days something was later than it was first said to be."""

from __future__ import annotations

from datetime import date


def days_late(original: date, revised: date | None, done_on: date | None, today: date) -> int:
    """Days from the first date to the day it was done; not yet done, to its date now or today, whichever is later.

    Less than nought is early.
    """
    if done_on is not None:
        return (done_on - original).days
    return (max(revised or original, today) - original).days
