"""The rules in force as values: what is made of them is made once."""

from __future__ import annotations

from nhsdesk.domain.local_rules import asks
from nhsdesk.domain.rules import Rules


def test_what_is_made_of_rules_is_made_once_for_each_set_of_them() -> None:
    asked: list[str] = []

    def cover(rules: Rules) -> str:
        asked.append(rules.text("arrs.cover"))
        return asked[-1]

    usual, settled = Rules(), Rules({"arrs.cover": "the post alone"})
    assert [rules.once(cover) for rules in (usual, usual, settled, settled, usual)] == [
        "the post and its cover",
        "the post and its cover",
        "the post alone",
        "the post alone",
        "the post and its cover",
    ]
    assert asked == ["the post and its cover", "the post alone"]


def test_rules_that_were_asked_are_still_equal_to_the_same_rules() -> None:
    asked = Rules({"arrs.back_months": "3"})
    asked.once(lambda rules: rules.whole("arrs.back_months"))
    assert asked == Rules({"arrs.back_months": "3"})


def test_a_local_rule_is_told_by_what_it_settles() -> None:
    assert asks("arrs.pennies") == "Where does a cost become whole pence?"
    assert asks("teams.staff@N-001").endswith("(N-001)")
    assert asks("of our own") == "of our own"
