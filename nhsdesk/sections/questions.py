"""Questions from the public, as a board prints them: what was asked, where, how long it waits, what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import questions
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.questions import Question
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Questions from the public"


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question with the sort of person who asked it, never who."""

    ref: str
    id: str
    question: str
    asker: str
    asked_at: str
    asked_on: date | None
    days_waiting: int | None
    answered: bool
    answered_on: date | None
    answer: str
    where: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The public's questions that a reader may see, and the references withheld."""

    lines: tuple[QuestionFacts, ...]
    withheld: tuple[str, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Those asked by the day of the paper, the longest waiting first."""
    hidden = restricted.gather(reader, audience)
    found = questions.from_the_public(reader.all(Question))
    shown = [one for one in found if not hidden.hides(one.id)]
    meetings = reader.several(Meeting, (one.meeting for one in shown if one.meeting is not None))
    bodies = reader.several(Organisation, (one.asked_of for one in shown if one.asked_of is not None))
    documents = reader.several(
        SourceDocument, (one.answered_in for one in shown if one.answered_in is not None)
    )
    lines = []
    for one in shown:
        meeting = meetings.get(one.meeting) if one.meeting is not None else None
        body = bodies.get(one.asked_of) if one.asked_of is not None else None
        at = meeting.title_words() if meeting else body.name if body else "not yet known"
        asked_on = one.asked_on or (meeting.held_on if meeting else None)
        if asked_on is None or asked_on <= asked.day:
            lines.append(_line(one, asked.day, asked_on, at, documents, hidden))
    lines.sort(key=lambda line: (line.answered, -(line.days_waiting or 0), int(line.id)))
    return Facts(tuple(lines), tuple(one.ref for one in found if hidden.hides(one.id)))


def _line(
    one: Question, day: date, asked_on: date | None, at: str, documents: dict[Id, SourceDocument], hidden: Restricted
) -> QuestionFacts:  # fmt: skip
    answered = questions.answered(one, day)
    document = documents.get(one.answered_in) if one.answered_in is not None else None
    quiet = hidden.hides(one.answered_in)
    where = questions.answered_where(one, document.title_words() if document else None, day)
    answer = (one.answer or "") if answered else ""
    return QuestionFacts(
        ref=one.ref,
        id=str(one.id),
        question=one.question,
        asker=one.asker.words if one.asker else "not yet known",
        asked_at=at,
        asked_on=asked_on,
        days_waiting=questions.days_waiting(one, day, asked_on),
        answered=answered,
        answered_on=one.answered_on if answered else None,
        answer=restricted.WORDS if quiet and answered else answer,
        where=restricted.WORDS if quiet and answered else where,
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """Nothing of a question stops a paper: an open one is what the board is to read."""
    return ()


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for line in facts.lines:
        yield line.ref, "\n".join((line.question, line.asked_at, line.answer, line.where))


_COLUMNS = (
    Column("Ref"),
    Column("Question"),
    Column("Asked by"),
    Column("Asked at"),
    Column("Days waiting"),
    Column("Answer"),
)


def section(facts: Facts) -> Section:
    """Each question with its answer, or that it waits."""
    if not facts.lines and not facts.withheld:
        return Section(TITLE, (Paragraph("No question from the public has been recorded."),))
    rows = tuple(
        (line.ref, line.question, line.asker, line.asked_at, _waiting(line), _answer(line))
        for line in facts.lines
    )
    table = (Table(TITLE, _COLUMNS, rows),) if rows else ()
    blocks = (Paragraph(_opening(facts)), *table, *withheld_items(facts.withheld))
    return Section(TITLE, blocks, figures=_figures(facts))


def _figures(facts: Facts) -> tuple[Figure, ...]:
    """How many questions there are, and how many wait."""
    every = tuple(line.ref for line in facts.lines)
    waiting = tuple(line.ref for line in facts.lines if not line.answered)
    by = "asked by the public by the day of the paper"
    told = "1 question" if len(every) == 1 else f"{len(every)} questions"
    found = [Figure(told, f"{len(every)}", "Questions from the public", by, every)] if every else []
    if waiting:
        at = f"{len(waiting)} of them {'waits' if len(waiting) == 1 else 'wait'}"
        found.append(
            Figure(at, f"{len(waiting)}", "Questions from the public", f"{by}, not answered", waiting)
        )
    return tuple(found)


def _opening(facts: Facts) -> str:
    waiting = [line for line in facts.lines if not line.answered]
    told = "1 question is" if len(facts.lines) == 1 else f"{len(facts.lines) or 'No'} questions are"
    longest = max((line.days_waiting or 0 for line in waiting), default=0)
    if not facts.lines:
        return f"{told} listed."
    if not waiting:
        return f"{told} listed. None of them waits for an answer. No asker is named."
    waits = "waits" if len(waiting) == 1 else "wait"
    return (
        f"{told} listed. {len(waiting)} of them {waits} for an answer, the longest for "
        f"{'1 day' if longest == 1 else f'{longest} days'}. No asker is named."
    )


def _waiting(line: QuestionFacts) -> str:
    """A question that is answered waits no longer; one of no known day nobody can count."""
    if line.answered:
        return "Answered"
    return "Not yet known" if line.days_waiting is None else str(line.days_waiting)


def _answer(line: QuestionFacts) -> str:
    if not line.answered:
        return "Not yet answered"
    return line.answer or line.where[:1].upper() + line.where[1:]
