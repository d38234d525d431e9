"""A PCN's own ARRS spreadsheet, looked at before anything is entered: over the maximum, no rate, over 1.0 WTE.

A line is judged only by what it says. Without hours or cost it is not compared; nothing is taken over from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money, total
from nhsdesk.domain.sheet_rows import lines_words, rows_words

MONTHS = 12
WHOLE_TIME = Decimal(1)
_MOST_PERSONS = 4
_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a spreadsheet as read; what it does not say is None."""

    row: int
    role: Role | None = None
    wte: Decimal | None = None
    annual: Money | None = None
    person: Hashable = None
    """The same for all lines of one person, and of no other; None where a line says nothing of whom it is."""


@dataclass(frozen=True, slots=True)
class OverFull:
    """One person whose lines together are more than 1.0 WTE."""

    rows: tuple[int, ...]
    wte: Decimal


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: lines over their maximum with by how much a year, without a rate, and over 1.0 WTE."""

    lines: int
    compared: int
    over: tuple[tuple[int, Money], ...] = ()
    no_rate: tuple[int, ...] = ()
    over_full: tuple[int, ...] = ()
    no_role: tuple[int, ...] = ()
    persons: tuple[OverFull, ...] = ()
    """Persons on several lines that are together more than 1.0 WTE."""
    told_apart: bool = False
    """Whether any line says whose it is."""
    unsure: bool = False
    """Whether a maximum that was compared with is one that nobody here has confirmed."""

    @property
    def words(self) -> str:
        """In a sentence with its figures."""
        if not self.lines:
            return ""
        told = [f"{lines_words(self.compared)} of {self.lines:,} could be compared with a maximum."]
        if self.over:
            most = total(amount for _, amount in self.over)
            where = rows_words(row for row, _ in self.over)
            told.append(f"{lines_words(len(self.over))} over it, together by {most} a year ({where}).")
        elif self.compared:
            told.append("None is over it.")
        for numbers, what in (
            (self.no_rate, "no rate on file"),
            (self.over_full, "more than 1.0 WTE"),
            (self.no_role, "a role that is not known here"),
        ):
            if numbers:
                told.append(f"{lines_words(len(numbers))} with {what} ({rows_words(numbers)}).")
        told += self._of_persons()
        if self.unsure:
            told.append("Not every maximum used was confirmed here against the specification.")
        return " ".join(told)

    def _of_persons(self) -> Iterator[str]:
        if not self.told_apart:
            yield "No column says whose a line is, so several lines of one person were not added up."
        for one in self.persons[:_MOST_PERSONS]:
            where = f"{lines_words(len(one.rows))} ({rows_words(one.rows)})"
            yield f"One person has {one.wte:f} WTE over {where}."
        more = len(self.persons) - _MOST_PERSONS
        if more > 0:
            yield f"{more:,} more {'person has' if more == 1 else 'persons have'} more than 1.0 WTE on several lines."


def lines_of(
    rows: Iterable[tuple[int, Mapping[str, Any]]], persons: Mapping[int, Hashable] | None = None
) -> tuple[SheetLine, ...]:
    """Rows as read: WTE from itself or from hours of 37.5 a week, a year's cost from itself or from a month's.

    Whose a row is, is told by its own payroll reference; else by `persons`, from a row's number.
    """
    known = persons or {}
    return tuple(
        SheetLine(
            number,
            one.get("role"),
            _wte(one.get("wte"), one.get("hours")),
            _annual(one),
            one.get("person") or known.get(number),
        )
        for number, one in rows
    )


def _wte(wte: Decimal | None, hours: Hours | None) -> Decimal | None:
    if wte is not None or hours is None:
        return wte
    return Decimal(hours.seconds) / FULL_TIME_SECONDS


def _annual(one: Mapping[str, Any]) -> Money | None:
    annual, month = one.get("annual"), one.get("month")
    if annual is not None or month is None:
        return annual
    return Money(month.pence * MONTHS)


def look(
    lines: Iterable[SheetLine], maxima: Mapping[Role, Money], unsure: frozenset[Role] = frozenset()
) -> Looked:
    """Each line beside the maximum of its role, pro rata to its WTE and rounded to the nearest penny."""
    held = tuple(lines)
    over: list[tuple[int, Money]] = []
    used: list[Role] = []
    for one in held:
        maximum = maxima.get(one.role) if one.role is not None else None
        if one.role is None or maximum is None or one.wte is None or one.wte < 0 or one.annual is None:
            continue
        used.append(one.role)
        most = Money(int((maximum.pence * one.wte).to_integral_value(ROUND_HALF_UP)))
        if one.annual > most:
            over.append((one.row, one.annual - most))
    return Looked(
        len(held),
        len(used),
        tuple(over),
        tuple(one.row for one in held if one.role is not None and one.role not in maxima),
        tuple(one.row for one in held if one.wte is not None and one.wte > WHOLE_TIME),
        tuple(one.row for one in held if one.role is None),
        _over_full(held),
        any(one.person is not None for one in held),
        not unsure.isdisjoint(used),
    )


def _over_full(lines: Sequence[SheetLine]) -> tuple[OverFull, ...]:
    """Whoever has several lines that come to more than 1.0 WTE, in the order of their first lines."""
    held: dict[Hashable, list[SheetLine]] = {}
    for one in lines:
        if one.person is not None and one.wte is not None:
            held.setdefault(one.person, []).append(one)
    every = (
        OverFull(tuple(one.row for one in of), _together(one.wte or Decimal() for one in of))
        for of in held.values()
        if len(of) > 1
    )
    return tuple(one for one in every if one.wte > WHOLE_TIME)


def _together(parts: Iterable[Decimal]) -> Decimal:
    """Their sum to four places: a third three times is a whole, and hours have no more of them."""
    return sum(parts, Decimal()).quantize(_FOUR_PLACES, ROUND_HALF_UP).normalize()
