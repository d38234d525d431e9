"""What is settled locally: from a day on, by somebody, and never in place of what was settled before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk import resources
from nhsdesk.commands import local_rules
from nhsdesk.commands.local_rules import Settling, Standing
from nhsdesk.domain import local_rules as domain
from nhsdesk.domain import rules
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.store.database import Database
from tests.factories import HOSTILE

WEEKDAYS = Settling("weekdays of the month", "1/10/2026", "The ICB", "Their e-mail")
KEY = "arrs.part_month"


def standing(database: Database, key: str = KEY) -> Standing:
    return next(one for one in local_rules.standings(database) if one.question.key == key)


def test_every_question_is_asked_and_holds_its_default_until_it_is_settled(database: Database) -> None:
    found = local_rules.standings(database)
    assert [one.question for one in found] == list(rules.QUESTIONS)
    assert all(one.is_default and one.value == one.question.default for one in found)


def test_a_question_is_settled_from_a_day_on_with_who_agreed(database: Database) -> None:
    made = local_rules.settle(database, KEY, WEEKDAYS)
    assert isinstance(made, LocalRule)
    held = standing(database)
    assert (held.value, held.since, held.agreed_with) == (
        "weekdays of the month", date(2026, 10, 1), "The ICB",
    )  # fmt: skip
    assert database.undo().label == "Settle a local rule"
    assert standing(database).is_default


def test_settling_again_leaves_what_held_before_for_the_days_before(database: Database) -> None:
    local_rules.settle(database, KEY, replace(WEEKDAYS, value="365ths of the year", starts="1/4/2026"))
    local_rules.settle(database, KEY, WEEKDAYS)
    held = standing(database)
    assert [one.value for one in held.history] == ["weekdays of the month", "365ths of the year"]
    with database.read() as reader:
        settled = reader.all(LocalRule)
    holidays = resources.bank_holidays()
    assert domain.in_force(settled, date(2026, 9, 30), holidays).text(KEY) == "365ths of the year"
    assert domain.in_force(settled, date(2026, 10, 1), holidays).text(KEY) == "weekdays of the month"


def test_one_settled_for_a_later_day_is_told_as_coming(database: Database) -> None:
    local_rules.settle(database, KEY, replace(WEEKDAYS, starts="1/4/2027"))
    held = standing(database)
    assert held.is_default
    assert [one.starts for one in held.coming] == [date(2027, 4, 1)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(WEEKDAYS, value=""), "value"),
        (replace(WEEKDAYS, value="fortnights"), "value"),
        *((replace(WEEKDAYS, value=words), "value") for words in HOSTILE),
        (replace(WEEKDAYS, starts=""), "starts"),
        (replace(WEEKDAYS, starts="31/2/2026"), "starts"),
        (replace(WEEKDAYS, agreed_with=" "), "agreed_with"),
    ],
)
def test_what_cannot_be_followed_is_refused_beside_the_field(
    database: Database, typed: Settling, field: str
) -> None:
    found = local_rules.settle(database, KEY, typed)
    assert isinstance(found, tuple)
    assert [one.field for one in found] == [field]
    with database.read() as reader:
        assert reader.all(LocalRule) == ()


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("arrs.starters_month_day", "13-31", "Month and day, such as 12-31."),
        ("arrs.recruit_weeks", "0", "A whole number from 1 to 104."),
        ("arrs.recruit_weeks", "1,000", "A whole number from 1 to 104."),
        ("arrs.fees", "perhaps", "One of: yes; no."),
        ("privacy.fewest_people", "2", "A whole number from 3 to 99."),
    ],
)
def test_a_refusal_says_what_would_be_taken(database: Database, key: str, value: str, words: str) -> None:
    found = local_rules.settle(database, key, replace(WEEKDAYS, value=value))
    assert isinstance(found, tuple)
    assert found[0].sentence == words


def test_one_that_cannot_be_followed_stays_in_the_history_and_holds_for_nothing(database: Database) -> None:
    with database.change("As an older version left it") as change:
        change.add(LocalRule(key=KEY, value="fortnights", starts=date(2026, 4, 1)))
    held = standing(database)
    assert held.is_default
    assert [one.value for one in held.history] == ["fortnights"]
