"""A timeline laid out: each event at its days, with its words, inside the room there is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nhsdesk.documents import charts
from nhsdesk.documents.model import BarLook, Event, Timeline
from nhsdesk.documents.shapes import Bar, Label, Line, Stroke
from tests.documents.test_charts import PLAIN, ROOM
from tests.documents.test_grid_layout import WORDS, inside

TODAY = date(2026, 11, 20)


def timeline(*events: Event) -> Timeline:
    return Timeline("T", "A timeline", "Step", events, TODAY, "So.")


def event(first: date, last: date | None = None, told: str = "done", what: str = "A step") -> Event:
    return Event(what, first, last or first, told, BarLook.FULL)


@example([(date(2027, 1, 1), date(2035, 1, 1), "live", "")])
@given(st.lists(st.tuples(st.dates(), st.dates(), WORDS, WORDS), max_size=8))
def test_events_on_any_day_stay_inside(days: list[tuple[date, date, str, str]]) -> None:
    events = [event(min(one, other), max(one, other), told, what) for one, other, told, what in days]
    shapes = charts.laid_out(timeline(*events), ROOM, PLAIN)
    assert all(inside(shape, ROOM, PLAIN) for shape in shapes)
    assert len([one for one in shapes if isinstance(one, Bar)]) == len(events)


def test_later_is_further_right_and_longer_is_wider_and_today_is_marked() -> None:
    made = timeline(event(date(2026, 9, 1)), event(date(2026, 10, 1), date(2027, 3, 31), "late"))
    shapes = charts.laid_out(made, ROOM, PLAIN)
    first, second = (one for one in shapes if isinstance(one, Bar))
    (today,) = (one for one in shapes if isinstance(one, Line) and one.stroke is Stroke.LEVEL)
    assert first.left < second.left < today.left < second.left + second.width
    words = [one.words for one in shapes if isinstance(one, Label)]
    assert {"today", "done", "late", "Sep 2026"} <= set(words)


def test_an_event_that_ends_before_it_begins_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="event 1 ends before it begins"):
        timeline(event(TODAY, date(2026, 1, 1)))


def test_its_days_are_a_table() -> None:
    assert timeline(event(TODAY)).numbers.rows == (("A step", TODAY, TODAY, "done"),)
