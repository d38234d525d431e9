"""Questions: ours and the public's, of whom and at which meeting, and how long they wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    derived,
    flag,
    link,
    long_text,
    record,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.rules import Rules


class Asker(Choice):
    """What sort of person or body asks; never who."""

    US = "our PCN"
    PRACTICE = "a practice"
    PUBLIC = "a member of the public"
    PATIENT_GROUP = "a patient group"
    STAFF = "staff"
    OTHER = "other"


THE_PUBLIC = frozenset({Asker.PUBLIC, Asker.PATIENT_GROUP})
OURS = frozenset({Asker.US, Asker.PRACTICE, Asker.STAFF})


def waiting(question: Question, rules: Rules, today: date) -> int | None:
    """Calendar days a question has waited for its answer, the day it was asked not counted; None where it waits not.

    Answered without a day is answered; asked on no known day is not counted.
    """
    return days_waiting(question, today, question.asked_on)


@record(
    title="Question",
    plural="Questions",
    prefix="Q",
    columns=("question", "asker", "asked_of", "asked_on", "waiting", "answered_on"),
)
class Question(Record):
    """A question that somebody owes an answer to."""

    question: str = long_text("Question")
    asker: Asker | None = choice("Asked by", Asker, default=None)
    asked_of: Id | None = link("Asked of", "Organisation", default=None)
    meeting: Id | None = link("At the meeting", "Meeting", default=None)
    asked_on: date | None = day("Asked on", default=None, lean=Lean.LAST)
    answered_on: date | None = day("Answered on", default=None, lean=Lean.LAST)
    answer: str | None = long_text("Answer", default=None)
    answered_in: Id | None = link("Answered in", "SourceDocument", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")

    waiting = derived("Days waiting", waiting, uses=("asked_on", "answered_on", "answer"))


def answered(question: Question, today: date) -> bool:
    """Whether it has been answered by a day. An answer of no known day is an answer."""
    if question.answered_on is not None:
        return question.answered_on <= today
    return bool(question.answer)


def days_waiting(question: Question, today: date, asked_on: date | None) -> int | None:
    """How long it has waited by a day; None where it is answered, not yet asked, or asked on no known day."""
    if asked_on is None or asked_on > today or answered(question, today):
        return None
    return (today - asked_on).days


def days_taken(question: Question, asked_on: date | None) -> int | None:
    """How many days the answer took; None where either day is not known or the answer is older than the question."""
    if asked_on is None or question.answered_on is None or question.answered_on < asked_on:
        return None
    return (question.answered_on - asked_on).days


def from_the_public(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those of the public and of patient groups, by the day they were asked."""
    return _by_day(one for one in questions if one.asker in THE_PUBLIC)


def from_us(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that the PCN, its practices or its staff asked, by the day they were asked."""
    return _by_day(one for one in questions if one.asker in OURS)


def unanswered(questions: Iterable[Question], days: int, today: date) -> tuple[Question, ...]:
    """Those that have waited for so many days or more, the longest first."""
    waits = [(days_waiting(one, today, one.asked_on), one) for one in questions]
    found = [(wait, one) for wait, one in waits if wait is not None and wait >= days]
    return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id)))


def answered_where(question: Question, document_title: str | None, today: date) -> str:
    """In which document the answer stands, or what is known of it."""
    if not answered(question, today):
        return "not yet answered"
    return (
        f"answered in {document_title}" if document_title else "answered; not yet known where it is written"
    )


def _by_day(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda one: (one.asked_on or date.max, one.id)))
