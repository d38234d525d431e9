"""A PCN's own ARRS spreadsheet, looked at before anything is entered: over the maximum, no rate, over 1.0 WTE.

A line is judged only by what it says. Without hours or cost it is not compared; nothing is taken over from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money, total

MONTHS = 12
WHOLE_TIME = Decimal(1)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a spreadsheet as read; what it does not say is None."""

    row: int
    role: Role | None = None
    wte: Decimal | None = None
    annual: Money | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: lines over their maximum with by how much a year, without a rate, and over 1.0 WTE."""

    lines: int
    compared: int
    over: tuple[tuple[int, Money], ...] = ()
    no_rate: tuple[int, ...] = ()
    over_full: tuple[int, ...] = ()
    no_role: tuple[int, ...] = ()
    unsure: bool = False
    """Whether a maximum that was compared with is one that nobody here has confirmed."""

    @property
    def words(self) -> str:
        """In a sentence with its figures."""
        if not self.lines:
            return ""
        told = [f"{_lines(self.compared)} of {self.lines:,} could be compared with a maximum."]
        if self.over:
            most = total(amount for _, amount in self.over)
            where = _rows(row for row, _ in self.over)
            told.append(f"{_lines(len(self.over))} over it, together by {most} a year ({where}).")
        else:
            told.append("None is over it.")
        for numbers, what in (
            (self.no_rate, "no rate on file"),
            (self.over_full, "more than 1.0 WTE"),
            (self.no_role, "a role that is not known here"),
        ):
            if numbers:
                told.append(f"{_lines(len(numbers))} with {what} ({_rows(numbers)}).")
        if self.unsure:
            told.append("Not every maximum used was confirmed here against the specification.")
        return " ".join(told)


def lines_of(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> tuple[SheetLine, ...]:
    """Rows as read: WTE from itself or from hours of 37.5 a week, a year's cost from itself or from a month's."""
    return tuple(
        SheetLine(number, one.get("role"), _wte(one.get("wte"), one.get("hours")), _annual(one))
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
    compared = 0
    for one in held:
        maximum = maxima.get(one.role) if one.role is not None else None
        if maximum is None or one.wte is None or one.annual is None:
            continue
        compared += 1
        most = Money(int((maximum.pence * one.wte).to_integral_value(ROUND_HALF_UP)))
        if one.annual > most:
            over.append((one.row, one.annual - most))
    return Looked(
        len(held),
        compared,
        tuple(over),
        tuple(one.row for one in held if one.role is not None and one.role not in maxima),
        tuple(one.row for one in held if one.wte is not None and one.wte > WHOLE_TIME),
        tuple(one.row for one in held if one.role is None),
        any(one.role in unsure for one in held),
    )


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number:,} lines"


_MOST_NAMED = 8


def _rows(numbers: Iterable[int]) -> str:
    """The rows by their numbers: "row 4", "rows 4, 7 and 9 more"."""
    held = [str(one) for one in numbers]
    more = f" and {len(held) - _MOST_NAMED:,} more" if len(held) > _MOST_NAMED else ""
    return f"{'row' if len(held) == 1 else 'rows'} {', '.join(held[:_MOST_NAMED])}{more}"
