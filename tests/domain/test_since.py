"""What has changed between two readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import since
from nhsdesk.domain.since import Standing

DAY = date(2026, 11, 20)
ONE = Standing("A-001", "Write to the ICB", "PCN manager", date(2026, 11, 1), 0, over=False)


def told(before: list[Standing], now: list[Standing]) -> dict[str, list[str]]:
    found = since.changes(before, now, DAY)
    groups = ("new", "closed", "slipped", "gone")
    return {name: [one.ref for one in getattr(found, name)] for name in groups if getattr(found, name)}


def test_the_same_twice_is_no_change() -> None:
    assert since.changes([ONE], [ONE], DAY).none


def test_new_closed_slipped_and_gone_are_told_apart() -> None:
    closed, slipped, gone = (replace(ONE, ref=f"A-00{n}") for n in (2, 3, 4))
    now = [
        replace(ONE, ref="A-005"),
        replace(closed, over=True, came_to="Met"),
        replace(slipped, due=date(2026, 12, 1)),
    ]
    assert told([closed, slipped, gone], now) == {
        "new": ["A-005"], "closed": ["A-002"], "slipped": ["A-003"], "gone": ["A-004"]
    }  # fmt: skip


def test_a_date_taken_away_or_revised_again_is_a_slip_and_an_earlier_one_is_not() -> None:
    assert told([ONE], [replace(ONE, due=None)]) == {"slipped": ["A-001"]}
    assert told([ONE], [replace(ONE, revised=1)]) == {"slipped": ["A-001"]}
    assert told([ONE], [replace(ONE, due=date(2026, 10, 1))]) == {}
    assert told([replace(ONE, due=None)], [ONE]) == {}


def test_a_role_with_more_than_before_and_something_late_is_over_committed() -> None:
    second = replace(ONE, ref="A-002", due=date(2027, 1, 1))
    (found,) = since.changes([ONE], [ONE, second], DAY).over_committed
    assert (found.owner, found.was, found.now, found.late) == ("PCN manager", 1, 2, ("A-001",))
    assert not since.changes([second], [second, replace(second, ref="A-003")], DAY).over_committed
    assert not since.changes([ONE, second], [ONE], DAY).over_committed


standing = st.builds(
    Standing,
    st.sampled_from([f"A-{n:03}" for n in range(6)]),
    st.just("What"),
    st.sampled_from(["PCN manager", "Clinical director", since.NOBODY]),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 3),
    st.booleans(),
)
readings = st.lists(standing, unique_by=lambda one: one.ref)


@given(readings, readings)
def test_every_entry_of_either_reading_is_in_at_most_one_group_and_new_or_gone_as_it_stands(
    before: list[Standing], now: list[Standing]
) -> None:
    found = since.changes(before, now, DAY)
    every = [one.ref for group in (found.new, found.closed, found.slipped, found.gone) for one in group]
    assert len(every) == len(set(every))
    was, here = ({one.ref for one in reading} for reading in (before, now))
    assert {one.ref for one in found.new} == here - was
    assert {one.ref for one in found.gone} == was - here
