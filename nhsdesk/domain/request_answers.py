"""The form a host answers a request on: its questions, and what filled cells come to.

    read = read_answers(cells, today, given_on)
    read.answers            Answers, with None where nothing was said
    read.wrong              what is wrong, each with its cell; the rest stands

A form is filled in by hand, in any spreadsheet program, and may be saved by another than made it. So cells are found
by the words in the first column and may have been moved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from nhsdesk.domain import patient_data
from nhsdesk.domain.entry import Lean, read_day, whole_letters
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.requests import WaitingOn

Cell = str | int | Decimal | date | datetime | bool | None

REFERENCE, NUMBER, PRACTICE_CODE, FORM_LINE = "Request reference", "Form number", "Practice code", "Form"
FORM_WORDS = "nhsdesk reply 1"
"""What the form calls itself; another number is another version's."""
SHEET = "Your answer"
ANSWER = "Your answer"

YES, NO = "Yes", "No"
PCN_WAITS = "the PCN"
_WAITING = {
    "the practice": WaitingOn.PRACTICE,
    "the host": WaitingOn.HOST,
    PCN_WAITS: WaitingOn.US,
    "somebody else": WaitingOn.OTHERS,
}
LONGEST = 2_000
"""Letters in one answer: more than a form's cell invites."""


class AnswerKind(Enum):
    """What a cell takes."""

    WORDS = "words"
    DAY = "a date, such as 3 December 2026"
    CHOICE = "one of the list"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form."""

    name: str
    label: str
    kind: AnswerKind
    help: str = ""
    choices: tuple[str, ...] = ()


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
class Wrong:
    """What is wrong with one cell."""

    cell: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Read:
    """Answers that can be taken in, and what is wrong with the others."""

    answers: Answers
    wrong: tuple[Wrong, ...]


# ---------------------------------------------------------------- finding the cells


def find_form(grids: Sequence[tuple[str, Sequence[Sequence[Cell]]]]) -> Filled | None:
    """The form among a workbook's sheets, known by its lines; None where no sheet has its reference and number."""
    for _, rows in grids:
        found = _lines(rows)
        if _plain(REFERENCE) in found and _plain(NUMBER) in found:
            return _filled(found)
    return None


def _lines(rows: Sequence[Sequence[Cell]]) -> dict[str, tuple[str, Cell]]:
    """Each line of the form by its words: the address and the value of the cell beside them. The first counts."""
    wanted = {_plain(one) for one in (REFERENCE, NUMBER, PRACTICE_CODE, FORM_LINE)}
    wanted |= {_plain(question.label) for question in QUESTIONS}
    found: dict[str, tuple[str, Cell]] = {}
    for number, row in enumerate(rows[:_MOST_LINES], 1):
        for column, cell in enumerate(row[:_MOST_COLUMNS]):
            words = _plain(cell) if isinstance(cell, str) else ""
            if words in wanted and words not in found:
                beside = row[column + 1] if column + 1 < len(row) else None
                found[words] = (f"{_LETTERS[column + 1]}{number}", beside)
                break
    return found


_LETTERS = "ABCDEFGHI"
_MOST_COLUMNS = len(_LETTERS) - 1
_MOST_LINES = 500


def _filled(found: dict[str, tuple[str, Cell]]) -> Filled:
    def fixed(label: str) -> str:
        value = found.get(_plain(label), ("", None))[1]
        return "" if value is None else " ".join(whole_letters(str(value)).split())[:100]

    there = {one.name: found[_plain(one.label)] for one in QUESTIONS if _plain(one.label) in found}
    return Filled(
        form=fixed(FORM_LINE),
        ref=fixed(REFERENCE).upper(),
        number=fixed(NUMBER).upper(),
        practice_code=fixed(PRACTICE_CODE).upper(),
        cells={name: value for name, (_, value) in there.items()},
        places={name: place for name, (place, _) in there.items()},
    )


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


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
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if question.kind is AnswerKind.DAY:
        return _day(cell, today)
    if question.kind is AnswerKind.CHOICE:
        return _choice(question, cell)
    words = whole_letters(str(cell)).strip()
    if len(words) > LONGEST:
        return Problem(f"It is longer than {LONGEST:,} letters. Say it in fewer, or send it beside the form.")
    for found in patient_data.likely(words):
        return Problem(f"It holds what looks like an {found.what} ({found.masked}). It is left out.")
    return words


def _day(cell: Cell, today: date) -> date | Problem:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    read = read_day(str(cell), today, Lean.LAST) if isinstance(cell, str) else None
    if isinstance(read, date):
        return read
    return Problem("It is not a date. Write it as 3 December 2026.")


def _choice(question: Question, cell: Cell) -> object:
    words = (YES if cell else NO) if isinstance(cell, bool) else str(cell)
    for choice in question.choices:
        if _plain(choice) == _plain(words):
            return _WAITING[choice] if question.name == "waiting_on" else choice == YES
    return Problem(f"It is none of the answers asked for: {', '.join(question.choices)}.")


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
