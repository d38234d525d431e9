"""Where an action stands in a board's log, whose it is, and how actions are put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import action_log
from nhsdesk.domain.action_log import Block
from nhsdesk.domain.actions import Action
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
RULES = Rules({}, frozenset())
PLAIN = Action(what="Send the list", due=TODAY)


def block(action: Action) -> Block:
    return action_log.block(action, RULES, TODAY)


def test_the_log_has_the_parts_that_boards_use() -> None:
    assert block(PLAIN) is Block.DUE
    assert block(replace(PLAIN, due=TODAY - timedelta(days=1))) is Block.HELD_OVER
    assert block(replace(PLAIN, due=TODAY + timedelta(days=15))) is Block.NOT_DUE
    assert block(replace(PLAIN, proposed_for_closure=True)) is Block.CLOSING
    assert block(replace(PLAIN, closed_on=TODAY)) is Block.CLOSED
    assert block(replace(PLAIN, due=None)) is Block.NO_DATE


def test_an_action_that_was_put_off_is_held_over_though_its_date_now_is_to_come() -> None:
    late = replace(PLAIN, due=date(2026, 10, 16), revised_due=date(2027, 1, 8), times_revised=1)
    assert block(late) is Block.HELD_OVER


def test_whose_it_is_stays_as_the_log_has_it_where_no_role_is_named() -> None:
    read = replace(PLAIN, owner_words="TJ/JT")
    assert action_log.owner_words(read, "") == "TJ/JT"
    assert action_log.owner_words(read, "PCN manager") == "PCN manager"
    assert action_log.owner_words(PLAIN, "") == "nobody yet"


def test_the_week_is_that_of_the_date_now() -> None:
    late = replace(PLAIN, revised_due=date(2026, 11, 29))
    assert action_log.week_words(action_log.due_now(PLAIN)) == "Week of Monday 16 November 2026"
    assert action_log.week_words(action_log.due_now(late)) == "Week of Monday 23 November 2026"
    assert action_log.week_words(None) == "No date"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5))))
def test_everything_stands_in_one_group_and_in_its_order(entries: list[tuple[str, int]]) -> None:
    groups = action_log.grouped(entries, lambda one: one[0], lambda one: (one[1],))
    assert sorted(at for group in groups for at in group.members) == list(range(len(entries)))
    for group in groups:
        keys = [entries[at][1] for at in group.members]
        assert keys == sorted(keys)
    firsts = [min(entries[at][1] for at in group.members) for group in groups]
    assert firsts == sorted(firsts)
