"""A date that was moved is counted, whoever moves it and wherever: the first date is kept beside the revised one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from nhsdesk.domain.fields import Record

R = TypeVar("R", bound=Record)

FIELD, COUNT = "revised_due", "times_revised"


def counted(before: R, after: R) -> R:
    """An entry with its revised date as it is to be, and the move counted where it is one.

    To leave the date as it stood, or to empty the revised date, is no move.
    """
    if not {FIELD, COUNT} <= {field.name for field in before.KIND.fields}:
        return after
    to = getattr(after, FIELD)
    if to is None or to == _stands(before) or getattr(after, COUNT) != getattr(before, COUNT):
        return after
    change: dict[str, Any] = {COUNT: (getattr(before, COUNT) or 0) + 1}
    return replace(after, **change)


def _stands(record: Record) -> date | None:
    """The day it is due after all revisions."""
    stands: date | None = getattr(record, FIELD) or getattr(record, "due", None)
    return stands
