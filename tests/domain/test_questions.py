"""How long questions wait, whose they are, and where they were answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import questions
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.questions import Asker, Question
from nhsdesk.domain.rules import Rules

TODAY = date(2026, 11, 20)
ASKED = date(2026, 9, 16)


def test_a_question_about_layering_waits_until_somebody_answers_it() -> None:
    asked = Question(question="Will new contracts sit on top of GMS?", asker=Asker.US, asked_on=ASKED)
    assert questions.waiting(asked, Rules(), TODAY) == 65
    answered = Question(question="The same", asked_on=ASKED, answered_on=date(2026, 10, 1))
    assert questions.waiting(answered, Rules(), TODAY) is None
    assert questions.days_taken(answered, ASKED) == 15


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"asked_on": TODAY}, 0),
        ({"asked_on": TODAY - timedelta(1)}, 1),
        ({"asked_on": TODAY + timedelta(1)}, None),
        ({}, None),
        ({"asked_on": ASKED, "answer": "Yes"}, None),
        ({"asked_on": ASKED, "answered_on": TODAY}, None),
        ({"asked_on": ASKED, "answered_on": TODAY + timedelta(1), "answer": "Yes"}, 65),
        ({"asked_on": ASKED, "answer": ""}, 65),
    ],
)
def test_days_are_counted_from_the_day_after_it_was_asked(
    fields: dict[str, object], days: int | None
) -> None:
    assert questions.waiting(Question(question="?", **fields), Rules(), TODAY) == days  # type: ignore[arg-type]


@given(st.dates(), st.dates())
def test_no_question_waits_for_less_than_no_days(asked_on: date, today: date) -> None:
    days = questions.days_waiting(Question(question="?"), today, asked_on)
    assert (days is None) == (asked_on > today)
    assert days is None or days >= 0


@given(st.lists(st.dates(date(2026, 1, 1), TODAY)), st.integers(0, 400))
def test_questions_unanswered_for_so_many_days_come_longest_first(days: list[date], least: int) -> None:
    asked = [Question(id=Id(n), question="?", asked_on=day) for n, day in enumerate(days, 1)]
    found = questions.unanswered(asked, least, TODAY)
    assert {one.id for one in found} == {
        one.id for one in asked if one.asked_on is not None and (TODAY - one.asked_on).days >= least
    }
    assert [one.asked_on for one in found] == sorted(one.asked_on for one in found if one.asked_on)


def test_the_publics_questions_are_told_from_ours() -> None:
    held = [Question(id=Id(n), question="?", asker=asker) for n, asker in enumerate([*Asker, None], 1)]
    assert {one.asker for one in questions.from_the_public(held)} == {Asker.PUBLIC, Asker.PATIENT_GROUP}
    assert {one.asker for one in questions.from_us(held)} == {Asker.US, Asker.PRACTICE, Asker.STAFF}


def test_questions_come_by_the_day_they_were_asked_and_those_of_no_day_last() -> None:
    days = (None, date(2026, 10, 1), date(2026, 9, 1))
    held = [
        Question(id=Id(n), question="?", asker=Asker.PUBLIC, asked_on=day) for n, day in enumerate(days, 1)
    ]
    assert [one.id for one in questions.from_the_public(held)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("answer", "title", "words"),
    [
        (None, "Letter", "not yet answered"),
        ("Yes", "Letter of 2 November", "answered in Letter of 2 November"),
        ("Yes", None, "answered; not yet known where it is written"),
    ],
)
def test_an_answer_says_where_it_is_written(answer: str | None, title: str | None, words: str) -> None:
    assert questions.answered_where(Question(question="?", answer=answer), title, TODAY) == words


def test_an_answer_older_than_its_question_gives_no_number_of_days() -> None:
    odd = Question(question="?", asked_on=TODAY, answered_on=ASKED)
    assert questions.days_taken(odd, TODAY) is None
    assert questions.waiting(odd, Rules(), TODAY) is None
