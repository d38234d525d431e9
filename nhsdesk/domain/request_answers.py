"""The form a host answers a request on: its questions, and what filled cells come to.

    read = read_answers(cells, today, given_on)
    read.answers            Answers, with None where nothing was said
    read.wrong              what is wrong, each with its cell; the rest stands

What a cell holds is read by `filled_forms`; here stand the questions, and what days and answers go together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from nhsdesk.domain import filled_forms
from nhsdesk.domain.filled_forms import NO, YES, AnswerKind, Cell, Grids, Question, Wrong
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.requests import WaitingOn

REFERENCE, NUMBER, PRACTICE_CODE, FORM_LINE = "Request reference", "Form number", "Practice code", "Form"
FORM_WORDS = "nhsdesk reply 1"
"""What the form calls itself; another number is another version's."""
SHEET = "Your answer"
ANSWER = "Your answer"

PCN_WAITS = "the PCN"
_WAITING = {
    "the practice": WaitingOn.PRACTICE,
    "the host": WaitingOn.HOST,
    PCN_WAITS: WaitingOn.US,
    "somebody else": WaitingOn.OTHERS,
}

QUESTIONS: tuple[Question, ...] = (
    Question("acknowledged_on", "Acknowledged on", AnswerKind.DAY, "The day you took it on."),
    Question("acknowledged_by", "Acknowledged by", AnswerKind.WORDS, "A role, not a name."),
    Question("offer", "What you offer", AnswerKind.WORDS, "In a few words the practice will read."),
    Question("offered_on", "Offered on", AnswerKind.DAY),
    Question("provider", "Who would do it", AnswerKind.WORDS, "The organisation."),
    Question("done_before", "Where it has done this before", AnswerKind.WORDS),
    Question(
        "no_contract_transfer", "The offer takes over no contract", AnswerKind.CHOICE,
        "Yes: the practice keeps its contract.", (YES, NO),
    ),
    Question(
        "no_mandated_model", "The offer mandates no model", AnswerKind.CHOICE,
        "Yes: the practice chooses how it works.", (YES, NO),
    ),
    Question(
        "existing_support_checked", "Existing support was checked first", AnswerKind.CHOICE, "", (YES, NO)
    ),
    Question("safeguard_note", "About these three", AnswerKind.WORDS, "Why, where one is No."),
    Question("paused_on", "Paused on", AnswerKind.DAY, "Only where you wait for somebody."),
    Question("waiting_on", "Waiting on", AnswerKind.CHOICE, "", tuple(_WAITING)),
    Question("why_paused", "Why it waits", AnswerKind.WORDS),
    Question("resumed_on", "Went on again on", AnswerKind.DAY),
    Question("closed_on", "Closed on", AnswerKind.DAY),
    Question("outcome", "What came of it", AnswerKind.WORDS),
    Question("anything_else", "Anything else", AnswerKind.WORDS, "No details of any patient, please."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What a host said; None or empty where it said nothing."""

    acknowledged_on: date | None = None
    acknowledged_by: str = ""
    offer: str = ""
    offered_on: date | None = None
    provider: str = ""
    done_before: str = ""
    no_contract_transfer: bool | None = None
    no_mandated_model: bool | None = None
    existing_support_checked: bool | None = None
    safeguard_note: str = ""
    paused_on: date | None = None
    waiting_on: WaitingOn | None = None
    why_paused: str = ""
    resumed_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    anything_else: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return all(getattr(self, field.name) in (None, "") for field in fields(self))


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came back: whose answer it is, what each cell holds, and where each cell stands."""

    form: str
    ref: str
    number: str
    practice_code: str
    cells: Mapping[str, Cell]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """Answers that can be taken in, and what is wrong with the others."""

    answers: Answers
    wrong: tuple[Wrong, ...]


# ---------------------------------------------------------------- finding the cells


def find_form(grids: Grids) -> Filled | None:
    """The form among a workbook's sheets, known by its lines; None where no sheet has its reference and number."""
    fixed = (FORM_LINE, REFERENCE, NUMBER, PRACTICE_CODE)
    found = filled_forms.find(grids, QUESTIONS, fixed=fixed, known_by=(REFERENCE, NUMBER))
    if found is None:
        return None
    form, ref, number, code = (found.fixed[label] for label in fixed)
    return Filled(form, ref.upper(), number.upper(), code.upper(), found.cells, found.places)


# ---------------------------------------------------------------- reading the cells


def read_answers(filled: Filled, today: date, given_on: date | None) -> Read:
    """Reads every cell; one that cannot be read, or cannot be so, is left out and told."""
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for question in QUESTIONS:
        read = _read(question, filled.cells.get(question.name), today)
        if isinstance(read, Problem):
            wrong.append(Wrong(filled.places[question.name], question.label, read.sentence))
        elif read is not None:
            values[question.name] = read
    answers = Answers(**values)
    return _fitting(answers, filled, wrong, today, given_on)


def _read(question: Question, cell: Cell, today: date) -> object:
    """What a cell comes to; None for an empty one."""
    read = filled_forms.read(question, cell, today)
    if question.kind is not AnswerKind.CHOICE or not isinstance(read, str):
        return read
    return _WAITING[read] if question.name == "waiting_on" else read == YES


def _fitting(
    answers: Answers, filled: Filled, wrong: list[Wrong], today: date, given_on: date | None
) -> Read:
    """Leaves out days that cannot be, and what needs a day that is not given."""
    days = ("acknowledged_on", "offered_on", "paused_on", "resumed_on", "closed_on")
    cannot = {name: _cannot_be(getattr(answers, name), today, given_on) for name in days}
    wrong += [_at(filled, name, sentence) for name, sentence in cannot.items() if sentence]
    nothing: dict[str, Any] = {name: None for name, sentence in cannot.items() if sentence}
    answers = replace(answers, **nothing)
    needs = (
        ("offered_on", answers.offer, "the offer has no day. Say when it was made."),
        ("paused_on", answers.why_paused or answers.waiting_on, "the pause has no day. Say when it began."),
        ("closed_on", answers.outcome, "what came of it has no day. Say when it was closed."),
        ("acknowledged_on", answers.acknowledged_by, "the acknowledgement has no day. Say when it was."),
    )
    told = {one.cell for one in wrong}
    for name, said, sentence in needs:
        if said and getattr(answers, name) is None and filled.places.get(name, name) not in told:
            wrong.append(_at(filled, name, f"It is empty, and {sentence}"))
    if answers.paused_on and answers.resumed_on and answers.resumed_on < answers.paused_on:
        wrong.append(
            _at(filled, "resumed_on", f"It is before the pause began, {day_words(answers.paused_on)}.")
        )
        answers = replace(answers, resumed_on=None)
    return Read(answers, tuple(wrong))


def _cannot_be(day: date | None, today: date, given_on: date | None) -> str:
    if day is None:
        return ""
    if day > today:
        return f"{day_words(day)} has not come."
    if given_on is not None and day < given_on:
        return f"{day_words(day)} is before the request was handed over, {day_words(given_on)}."
    return ""


def _at(filled: Filled, name: str, sentence: str) -> Wrong:
    label = next(question.label for question in QUESTIONS if question.name == name)
    return Wrong(filled.places.get(name, "not in the form"), label, sentence)
