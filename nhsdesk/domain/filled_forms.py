"""A form filled in by hand: its questions, where its cells stand, and what each comes to.

    filled = find(grids, questions, fixed=(REFERENCE, NUMBER), known_by=(REFERENCE, NUMBER))
    read(question, filled.cells.get(question.name), today)      a value, None for an empty cell, or a Problem

It may have been saved by another spreadsheet program than made it. So cells are found by the words in the first column
and may have been moved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from nhsdesk.domain import patient_data
from nhsdesk.domain.entry import Lean, read_day, whole_letters
from nhsdesk.domain.problems import Problem

Cell = str | int | Decimal | date | datetime | bool | None
Grids = Sequence[tuple[str, Sequence[Sequence[Cell]]]]
"""The sheets of a workbook: the name and the rows of each."""

YES, NO = "Yes", "No"
LONGEST = 2_000
"""Letters in one answer: more than a form's cell invites."""
LONGEST_FIXED = 500
"""Of what stands fixed on a form no more is compared."""


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

    @property
    def takes(self) -> str:
        """What is to be written beside it."""
        if self.kind is AnswerKind.DAY:
            return f"A date, such as 3 December 2026. {self.help}".strip()
        if self.choices:
            return f"One of: {'; '.join(self.choices)}. {self.help}".strip()
        return self.help or "In words."


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it came back: what stands fixed on it, what each cell holds, and where each cell stands."""

    fixed: Mapping[str, str]
    cells: Mapping[str, Cell]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one cell."""

    cell: str
    label: str
    sentence: str


# ---------------------------------------------------------------- finding the cells


def find(
    grids: Grids, questions: Iterable[Question], *, fixed: Sequence[str], known_by: Sequence[str]
) -> FilledForm | None:
    """The form among a workbook's sheets, known by some of its fixed lines; None where no sheet has them all."""
    asked = tuple(questions)
    wanted = {plain(label) for label in (*fixed, *(one.label for one in asked))}
    for _, rows in grids:
        found = _lines(rows, wanted)
        if all(plain(label) in found for label in known_by):
            there = {one.name: found[plain(one.label)] for one in asked if plain(one.label) in found}
            return FilledForm(
                {label: _one_line(found.get(plain(label), ("", None))[1]) for label in fixed},
                {name: value for name, (_, value) in there.items()},
                {name: place for name, (place, _) in there.items()},
            )
    return None


def _lines(rows: Sequence[Sequence[Cell]], wanted: Collection[str]) -> dict[str, tuple[str, Cell]]:
    """Each line of the form by its words: the address and the value of the cell beside them. The first counts."""
    found: dict[str, tuple[str, Cell]] = {}
    for number, row in enumerate(rows[:_MOST_LINES], 1):
        for column, cell in enumerate(row[:_MOST_COLUMNS]):
            words = plain(cell) if isinstance(cell, str) else ""
            if words in wanted and words not in found:
                beside = row[column + 1] if column + 1 < len(row) else None
                found[words] = (f"{_LETTERS[column + 1]}{number}", beside)
                break
    return found


_LETTERS = "ABCDEFGHI"
_MOST_COLUMNS = len(_LETTERS) - 1
_MOST_LINES = 500


def _one_line(value: Cell) -> str:
    return "" if value is None else " ".join(whole_letters(str(value)).split())[:LONGEST_FIXED]


def plain(words: str) -> str:
    """Words as they are compared: without case, signs and how they are set apart."""
    return " ".join(re.findall(r"\w+", words.casefold()))


# ---------------------------------------------------------------- reading the cells


def read(question: Question, cell: Cell, today: date) -> date | str | Problem | None:
    """What a cell comes to: a day, one of the choices in its own words, or words; None for an empty one."""
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


def _choice(question: Question, cell: Cell) -> str | Problem:
    words = (YES if cell else NO) if isinstance(cell, bool) else str(cell)
    for choice in question.choices:
        if plain(choice) == plain(words):
            return choice
    return Problem(f"It is none of the answers asked for: {', '.join(question.choices)}.")
