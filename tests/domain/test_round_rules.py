"""Where a round stands, what counts as a reply, and what those missing are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import round_rules
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.round_rules import Answer, Reply
from nhsdesk.domain.rounds import ReplyKind, Round

TODAY = date(2026, 11, 20)
ROUND = Round(ask="Agree the rules", asked_on=date(2026, 11, 2), due=date(2026, 11, 19))


@given(st.lists(st.booleans(), max_size=12))
def test_those_who_answered_and_those_missing_are_all_that_were_asked(came: list[bool]) -> None:
    answers = [Answer(Id(n), f"Practice {n}", "yes" if one else "") for n, one in enumerate(came)]
    found = round_rules.standing(ROUND, answers, TODAY)
    assert (found.answered + len(found.missing), found.asked) == (len(came), len(came))
    assert found.words == f"{sum(came)} of {len(came)}"
    assert found.late == (not all(came))


def test_a_round_is_late_only_after_its_day_and_while_it_is_open() -> None:
    missing = [Answer(Id(1), "Practice")]
    assert not round_rules.standing(replace(ROUND, due=TODAY), missing, TODAY).late
    assert not round_rules.standing(replace(ROUND, closed_on=TODAY), missing, TODAY).late


def test_a_reply_without_its_day_counts_and_says_so() -> None:
    assert Answer(Id(1), "Practice", "agreed").words == "agreed, day not known"
    told = Answer(Id(1), "Practice", "yes", replied_on=TODAY, by_role="Partner").words
    assert told == "yes on 20 November 2026, Partner"
    assert Answer(Id(1), "Practice").words == "no reply"


def test_a_choice_is_taken_in_its_own_words_and_another_is_refused() -> None:
    asked = replace(ROUND, reply_kind=ReplyKind.CHOICE, choices="Monday; Tuesday")
    assert round_rules.read(asked, "monday", TODAY, "GP partner", TODAY) == Reply(
        "Monday", None, TODAY, "GP partner"
    )
    refused = round_rules.read(asked, "Friday", TODAY, "", TODAY)
    assert isinstance(refused, Problem)
    assert refused.sentence == "“Friday” is none of the answers. Give one of: Monday; Tuesday."


def test_a_figure_is_kept_as_a_figure() -> None:
    asked = replace(ROUND, reply_kind=ReplyKind.FIGURE)
    assert round_rules.read(asked, "1,250.50", TODAY, "", TODAY) == Reply(
        None, Decimal("1250.50"), TODAY, None
    )
    for words in ("many", "1.005", "9" * 30):
        assert isinstance(round_rules.read(asked, words, TODAY, "", TODAY), Problem)
    assert [round_rules.figure_words(Decimal(one)) for one in ("1250.50", "7.00")] == ["1,250.50", "7"]


def test_a_signature_needs_no_words() -> None:
    asked = replace(ROUND, reply_kind=ReplyKind.SIGNATURE)
    assert round_rules.read(asked, "", TODAY, "Partner", TODAY) == Reply("signed", None, TODAY, "Partner")


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2026, 11, 1)])
def test_a_day_that_cannot_be_is_refused(on: date) -> None:
    assert isinstance(round_rules.read(ROUND, "yes", on, "", TODAY), Problem)


def test_a_chaser_says_what_is_asked_and_nothing_of_the_others() -> None:
    words = round_rules.chase(ROUND, "Weir Bank Surgery", "Millbrook PCN", TODAY)
    assert words.startswith(
        "To: Weir Bank Surgery\n\nOn 2 November 2026 we asked for your reply, by 19 November 2026:"
    )
    assert "its day has passed" in words
    assert " of " not in words.replace("role of whoever", "")


@pytest.mark.parametrize(
    ("kind", "choices", "due", "told"),
    [
        (ReplyKind.CHOICE, "Monday", None, "at least two choices"),
        (ReplyKind.CHOICE, " ; monday; Monday", None, "at least two choices"),
        (ReplyKind.FIGURE, "", TODAY - timedelta(days=1), "has passed"),
    ],
)
def test_a_round_that_nobody_could_answer_is_not_begun(
    kind: ReplyKind, choices: str, due: date | None, told: str
) -> None:
    found = round_rules.begun("When?", kind, choices, TODAY, due)
    assert isinstance(found, Problem)
    assert told in found.sentence


def test_choices_are_kept_for_a_choice_alone() -> None:
    made = round_rules.begun(" When  then?", ReplyKind.CHOICE, "Monday;Tuesday; Monday ", TODAY, None)
    assert isinstance(made, Round)
    assert (made.ask, round_rules.choices(made)) == ("When then?", ("Monday", "Tuesday"))
    other = round_rules.begun("When?", ReplyKind.FILE, "Monday; Tuesday", TODAY, None)
    assert isinstance(other, Round)
    assert other.choices is None
