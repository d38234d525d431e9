"""The BRAG word an action has earned, by the sample's thirty actions and at the edges of the rule."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.actions import Action, Brag, brag
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
FILE = Path(__file__).parents[2] / "resources" / "bank_holidays" / "england.csv"
with FILE.open(encoding="utf-8", newline="") as file:
    RULES = Rules(holidays=frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(file)))

MEETINGS = {
    "M-01": date(2026, 9, 2), "M-02": date(2026, 9, 16), "M-03": date(2026, 10, 7),
    "M-04": date(2026, 10, 21), "M-05": date(2026, 11, 4), "M-06": date(2026, 11, 18),
}  # fmt: skip

# The sample as at 20 November: ref, meeting, original and current date, times revised, updated, closed, colour
SAMPLE = """
A-001 M-01 2026-09-30 2026-09-30 0 -          2026-09-28 blue
A-002 M-01 2026-09-07 2026-09-07 0 -          2026-09-07 blue
A-003 M-01 2026-10-15 2026-10-15 0 -          2026-10-14 blue
A-004 M-01 2026-09-14 2026-09-21 1 -          2026-09-21 blue
A-005 M-02 2026-10-16 2026-12-02 2 2026-11-11 -          red
A-006 M-02 2026-10-09 2026-10-09 0 -          2026-10-08 blue
A-007 M-02 2026-10-23 2026-10-23 0 2026-11-04 -          red
A-008 M-02 2026-10-30 2026-10-30 0 -          2026-10-27 blue
A-009 M-02 2026-12-04 2026-12-04 0 2026-11-12 -          green
A-010 M-02 2026-10-21 2026-10-21 0 -          2026-10-21 blue
A-011 M-03 2026-10-28 2026-10-28 0 -          2026-10-28 blue
A-012 M-03 2026-11-20 2026-11-20 0 2026-11-17 -          amber
A-013 M-03 2026-11-13 2026-12-04 1 2026-11-18 -          amber
A-014 M-03 2026-11-13 2026-11-13 0 -          2026-11-12 blue
A-015 M-03 2026-12-11 2026-12-11 0 2026-11-16 -          green proposed
A-016 M-04 2026-10-30 2026-10-30 0 -          2026-10-29 blue
A-017 M-04 2026-11-27 2026-11-27 0 2026-11-16 -          green
A-018 M-04 2026-11-06 2026-11-06 0 -          2026-11-05 blue
A-019 M-04 2026-11-13 2026-11-13 0 -          2026-11-10 blue
A-020 M-05 2026-11-30 2026-11-30 0 2026-11-16 -          green
A-021 M-05 2027-01-29 2027-01-29 0 -          -          grey  waiting
A-022 M-05 2026-11-20 2026-11-20 0 2026-11-19 -          amber
A-023 M-05 2026-12-18 2026-12-18 0 2026-11-13 -          green
A-024 M-05 2026-11-13 2026-11-13 0 2026-11-18 -          red
A-025 M-05 2026-12-18 2026-12-18 0 2026-11-20 -          green
A-026 M-06 2026-12-02 2026-12-02 0 -          -          green
A-027 M-06 2027-01-15 2027-01-15 0 -          -          grey  waiting
A-028 M-06 2026-12-18 2026-12-18 0 -          -          green
A-029 M-06 2026-12-18 2026-12-18 0 -          -          green
A-030 M-06 2026-12-09 2026-12-09 0 -          -          green
""".strip().splitlines()


def day(words: str) -> date | None:
    return None if words == "-" else date.fromisoformat(words)


@pytest.mark.parametrize("line", SAMPLE, ids=lambda line: line[:5])
def test_the_samples_actions_have_the_colours_a_board_gave_them(line: str) -> None:
    ref, meeting, due, current, revised, updated, closed, colour, *told = line.split()
    action = Action(
        ref=ref, what=ref, set_on=MEETINGS[meeting], due=day(due), revised_due=day(current) if due != current else None,
        times_revised=int(revised), updated_on=day(updated), closed_on=day(closed),
        evidence="seen" if closed != "-" else None, started="waiting" not in told,
        proposed_for_closure="proposed" in told,
    )  # fmt: skip
    assert brag(action, RULES, TODAY) is Brag[colour.upper()]


def test_the_word_is_printed_with_what_it_means() -> None:
    assert [one.words.split(":")[0] for one in Brag] == ["Blue", "Red", "Amber", "Green", "Grey"]


OPEN = Action(what="Write", set_on=date(2026, 10, 1), updated_on=TODAY, due=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("differs", "colour"),
    [
        ({}, Brag.GREEN),
        ({"closed_on": TODAY, "evidence": "minute 4"}, Brag.BLUE),
        ({"closed_on": TODAY}, Brag.AMBER),
        ({"due": TODAY - timedelta(days=1)}, Brag.RED),
        ({"due": TODAY - timedelta(days=1), "revised_due": date(2026, 12, 31), "times_revised": 1}, Brag.AMBER),
        ({"times_revised": 2}, Brag.RED),
        ({"times_revised": 2, "started": False, "due": None}, Brag.RED),
        ({"started": False}, Brag.GREY),
        ({"started": False, "due": None}, Brag.GREY),
        ({"due": None}, Brag.GREEN),
        ({"due": TODAY + timedelta(days=14), "updated_on": None}, Brag.AMBER),
        ({"due": TODAY + timedelta(days=15), "updated_on": None}, Brag.GREEN),
        ({"due": TODAY + timedelta(days=14), "updated_on": date(2026, 9, 30)}, Brag.AMBER),
        ({"due": TODAY + timedelta(days=14), "discussed_on": TODAY, "updated_on": date(2026, 11, 19)}, Brag.AMBER),
        ({"due": TODAY + timedelta(days=14), "set_on": date(2026, 11, 13), "updated_on": None}, Brag.GREEN),
        ({"due": TODAY + timedelta(days=14), "set_on": date(2026, 11, 12), "updated_on": None}, Brag.AMBER),
        ({"due": date(2026, 11, 24)}, Brag.AMBER),  # Tuesday: two working days after a Friday
        ({"due": date(2026, 11, 25)}, Brag.GREEN),
        ({"due": date(2026, 11, 24), "proposed_for_closure": True}, Brag.GREEN),
        ({"due": TODAY, "proposed_for_closure": True}, Brag.GREEN),
    ],
)  # fmt: skip
def test_each_edge_of_the_rule(differs: dict[str, object], colour: Brag) -> None:
    assert brag(replace(OPEN, **differs), RULES, TODAY) is colour  # type: ignore[arg-type]


def test_working_days_leave_out_bank_holidays() -> None:
    christmas_eve = date(2026, 12, 24)
    action = replace(OPEN, due=date(2026, 12, 30), updated_on=christmas_eve)
    assert brag(action, RULES, christmas_eve) is Brag.AMBER
    assert brag(action, Rules(), christmas_eve) is Brag.GREEN


def test_local_rules_move_the_edges() -> None:
    local = Rules({"brag.due_soon_days": "7", "brag.closing_working_days": "0"})
    action = replace(OPEN, due=TODAY + timedelta(days=8), updated_on=None)
    assert (brag(action, RULES, TODAY), brag(action, local, TODAY)) == (Brag.AMBER, Brag.GREEN)


some_day = st.none() | st.dates(date(2026, 10, 1), date(2027, 1, 31))


@given(
    st.builds(
        Action, what=st.just("x"), set_on=some_day, due=some_day, revised_due=some_day, discussed_on=some_day,
        updated_on=some_day, closed_on=some_day, times_revised=st.none() | st.integers(0, 3), started=st.booleans(),
        proposed_for_closure=st.booleans(), evidence=st.none() | st.just("seen"),
    )
)  # fmt: skip
def test_every_action_has_one_colour_and_overdue_is_never_green(action: Action) -> None:
    colour = brag(action, RULES, TODAY)
    due = action.revised_due or action.due
    if action.closed_on is None and due is not None and due < TODAY:
        assert colour is Brag.RED
    assert (colour is Brag.BLUE) == (action.closed_on is not None and bool(action.evidence))
    fields = {field.name for field in Action.KIND.fields}
    assert set(Action.KIND.derived[0].uses) <= fields
