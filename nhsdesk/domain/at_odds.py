"""What one entry says against itself, or out of all measure. It is told beside the field and refused nowhere.

    at_odds(assignment)         "This is before “From”, 1 September 2026." beside "To"

What only a paper needs to know (a missing owner, an unconfirmed rate) is not here: that stays quiet until then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhsdesk.domain import duties
from nhsdesk.domain.arrs import Assignment
from nhsdesk.domain.duties import RecurringDuty
from nhsdesk.domain.fields import Record
from nhsdesk.domain.money import Hours
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

SPANS = (
    ("starts", "ends"),
    ("valid_from", "valid_to"),
    ("effective_on", "expires_on"),
    ("used_from", "used_to"),
    ("starts", "expires"),
    ("opened", "closes"),
)
"""The fields that say from when to when something holds."""

IN_A_WEEK = Hours.of(168)
PORTAL_TAKES = Hours.of(40)
"""Hours a week of one person; the claims portal has refused more."""


def at_odds(record: Record) -> tuple[Problem, ...]:
    """What is odd in an entry by itself, each with the field it stands beside; a field is told of once."""
    found: dict[str, Problem] = {}
    for problem in (*_spans(record), *_hours(record), *_duty(record)):
        found.setdefault(problem.field, problem)
    return tuple(found.values())


def _spans(record: Record) -> Iterator[Problem]:
    labels = {field.name: field.label for field in record.KIND.fields}
    for first, last in SPANS:
        begins, ends = getattr(record, first, None), getattr(record, last, None)
        if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
            yield Problem(f"This is before “{labels[first]}”, {day_words(begins)}.", field=last)


def _hours(record: Record) -> Iterator[Problem]:
    if not isinstance(record, Assignment):
        return
    if record.hours <= Hours(0):
        yield Problem("No hours: nothing can be claimed for them.", field="hours")
    elif record.hours > IN_A_WEEK:
        yield Problem("A week has 168 hours.", field="hours")
    elif record.hours > PORTAL_TAKES:
        yield Problem("More than 40 hours a week: the claims portal has refused so many.", field="hours")


def _duty(record: Record) -> Iterator[Problem]:
    if isinstance(record, RecurringDuty):
        for problem in duties.problems(record):
            words = problem.sentence.removeprefix(f"{record.ref}: ")
            yield Problem(words[:1].upper() + words[1:], field=problem.field)
