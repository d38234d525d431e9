"""The portal's statement on its own, before any post or claim is on file: what it lacks and what it gives away.

Nothing is compared with anything but the statement itself, and nothing is taken over from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhsdesk.domain.entry import read_month
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.sheet_rows import MOST_NAMED, lines_words, rows_words


@dataclass(frozen=True, slots=True)
class StatedLine:
    """One row of a statement. `asked` is what was approved or, where that is not said, claimed."""

    row: int
    label: str = ""
    month: Month | None = None
    ends: date | None = None
    asked: Money | None = None
    paid: Money | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """What a statement says by itself. Rows stand with the money that is missing, or was paid after leaving."""

    lines: int = 0
    year: FinancialYear | None = None
    months: tuple[Month, ...] = ()
    missing: tuple[Month, ...] = ()
    absent: tuple[tuple[str, tuple[Month, ...]], ...] = ()
    """Labels that are listed in a month before and in one after, and not in these between."""
    short: tuple[tuple[int, Money], ...] = ()
    leavers: tuple[tuple[int, Money | None], ...] = ()
    """With what was paid; None where a line does not say."""
    unpaid: int = 0
    """Lines that say what was asked for, and nothing of what was paid."""
    compared: int = 0
    """Lines that say both."""
    no_month: tuple[int, ...] = ()
    """Rows whose month could not be read."""
    not_come: tuple[int, ...] = ()
    """Rows of a month that has not begun."""

    @property
    def words(self) -> str:
        """In sentences with their figures; nothing where there is no line."""
        return " ".join(self._sentences()) if self.lines else ""

    def _sentences(self) -> Iterator[str]:
        over = f" for {_months(self.months)}" if self.months else ""
        yield f"{lines_words(self.lines)}{over}."
        yield from self._of_months()
        yield self._of_short()
        if self.leavers:
            yield self._of_leavers()
        if self.unpaid:
            yield f"{lines_words(self.unpaid)} without anything paid yet."

    def _of_months(self) -> Iterator[str]:
        if self.missing and self.year is not None:
            several = "s are" if len(self.missing) > 1 else " is"
            yield f"{len(self.missing):,} month{several} missing of {self.year} so far: {_months(self.missing)}."
        elif self.year is not None:
            yield "No month of the year so far is missing."
        for rows, what in (
            (self.no_month, "with a month that could not be read"),
            (self.not_come, "for a month that has not come"),
        ):
            if rows:
                yield f"{lines_words(len(rows))} {what} ({rows_words(rows)})."
        for label, gone in self.absent[:MOST_NAMED]:
            yield f"“{label[:40]}” is not listed for {_months(gone)}, but before and after."
        if len(self.absent) > MOST_NAMED:
            yield f"So it is with {len(self.absent) - MOST_NAMED:,} more."

    def _of_short(self) -> str:
        if self.short:
            amount, where = total(gap for _, gap in self.short), rows_words(row for row, _ in self.short)
            return f"{lines_words(len(self.short))} short-paid, together by {amount} ({where})."
        if self.compared == self.lines:
            return "No line is short-paid."
        if not self.compared:
            return "No line says both what was claimed and what was paid, so none is known to be short-paid."
        say = "says" if self.compared == 1 else "say"
        return f"Of {lines_words(self.compared)} that {say} what was claimed and paid, none is short-paid."

    def _of_leavers(self) -> str:
        amounts = [amount for _, amount in self.leavers if amount is not None]
        where = rows_words(number for number, _ in self.leavers)
        many = len(self.leavers) > 1
        listed = f"{len(self.leavers):,} leavers are" if many else "1 leaver is"
        paid = f"{total(amounts)} paid" if amounts else "no word of what was paid"
        return f"{listed} still listed, with {paid} for months after leaving ({where})."


def lines_of(rows: Iterable[tuple[int, Mapping[str, Any]]], month: Month) -> tuple[StatedLine, ...]:
    """Rows as read. A row that names no month is of the month given; one whose month cannot be read is of none."""
    return tuple(_line(number, one, month) for number, one in rows if one.get("label"))


def _line(number: int, one: Mapping[str, Any], month: Month) -> StatedLine:
    words = str(one.get("month") or "")
    told = read_month(words) if words else month
    approved = one.get("approved")
    return StatedLine(
        number,
        str(one["label"]),
        told if isinstance(told, Month) else None,
        one.get("ends"),
        one.get("claimed") if approved is None else approved,
        one.get("paid"),
    )


def look(lines: Sequence[StatedLine], today: date) -> Alone:
    """What the lines say. Months are missing of the year of the newest one begun, up to the month before today's."""
    months = tuple(sorted({one.month for one in lines if one.month is not None}))
    year = max((month.financial_year for month in months if month.first <= today), default=None)
    over = [month for month in year.months if month.last < today] if year is not None else []
    return Alone(
        lines=len(lines),
        year=year,
        months=months,
        missing=tuple(month for month in over if month not in months),
        absent=_absent(lines, months),
        short=tuple(
            (one.row, one.asked - one.paid)
            for one in lines
            if one.asked is not None and one.paid is not None and one.paid < one.asked
        ),
        leavers=tuple(
            (one.row, one.paid)
            for one in lines
            if one.month is not None and one.ends is not None and one.ends < one.month.first
        ),
        unpaid=sum(one.asked is not None and one.paid is None for one in lines),
        compared=sum(one.asked is not None and one.paid is not None for one in lines),
        no_month=tuple(one.row for one in lines if one.month is None),
        not_come=tuple(one.row for one in lines if one.month is not None and one.month.first > today),
    )


def _absent(
    lines: Sequence[StatedLine], months: Sequence[Month]
) -> tuple[tuple[str, tuple[Month, ...]], ...]:
    listed: dict[str, set[Month]] = {}
    for one in lines:
        if one.month is not None:
            listed.setdefault(one.label, set()).add(one.month)
    between = (
        (label, tuple(month for month in months if min(held) < month < max(held) and month not in held))
        for label, held in listed.items()
    )
    return tuple((label, gone) for label, gone in between if gone)


def _months(months: Sequence[Month]) -> str:
    """Months as one says them: "April 2026", "April 2026 to June 2026", "April 2026, June 2026"."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    told = (run[0].words if len(run) == 1 else f"{run[0].words} to {run[-1].words}" for run in runs)
    return ", ".join(told)
