"""The host's ledger of a fund, row by row: which entry each is for, and which of its money is not noted yet.

What was noted before is passed over, as many times as it was noted, so that a ledger taken in twice changes nothing and
two equal payments of one day stay two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.blocks import Row
from nhsdesk.domain.funds import FundEntry, FundMovement, MovementKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import day_words

_Key = tuple[Id | None, MovementKind, Money, date, str]
"""By which money that is noted already is known: entry, what happened, amount, day, reference."""


@dataclass(frozen=True, slots=True)
class Line:
    """Money of one row: for an entry there is, or for a new one of these words."""

    row: int
    words: str
    entry: Id | None
    kind: MovementKind
    amount: Money
    on: date
    their_reference: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What would be noted, how much of it is noted already, and which rows are left out and why."""

    lines: tuple[Line, ...]
    known: int
    left_out: tuple[str, ...]

    @property
    def new_entries(self) -> tuple[str, ...]:
        """The words of entries that would be added, each once."""
        return tuple(dict.fromkeys(line.words for line in self.lines if line.entry is None))


def read(
    rows: Iterable[Row], entries: Sequence[FundEntry], movements: Iterable[FundMovement], today: date
) -> Ledger:
    """Lays the rows of a ledger beside the entries of a fund and the money noted for them."""
    named = _named(entries)
    noted: Counter[_Key] = Counter(
        (one.entry, one.kind, one.amount, one.on, one.their_reference or "") for one in movements
    )
    lines: list[Line] = []
    left_out: list[str] = []
    known = 0
    for row in rows:
        why_not = _why_not(row, today)
        if why_not:
            left_out.append(why_not)
            continue
        for line in _lines(row, named):
            key = (line.entry, line.kind, line.amount, line.on, line.their_reference or "")
            if line.entry is not None and noted[key] > 0:
                noted[key] -= 1
                known += 1
            else:
                lines.append(line)
    return Ledger(tuple(lines), known, tuple(left_out))


def _named(entries: Sequence[FundEntry]) -> Mapping[str, Id]:
    """Entries by reference and by words; words that two entries share name neither."""
    shared = Counter(plain(one.what) for one in entries)
    found = {plain(one.what): one.id for one in entries if shared[plain(one.what)] == 1}
    return found | {plain(one.ref): one.id for one in entries}


def plain(words: str) -> str:
    """Words as they are compared."""
    return " ".join(words.casefold().split())


def _why_not(row: Row, today: date) -> str:
    """Why a row is left out, in a sentence; empty where it is not."""
    if row.problems:
        return row.problems[0].sentence
    named, on = str(row.values.get("entry") or "").strip(), row.values.get("on")
    if not named:
        return f"Row {row.number} names no line of the fund."
    if on is None:
        return f"Row {row.number} gives no day."
    if on > today:
        return f"Row {row.number}: {day_words(on)} has not come."
    if not row.values.get("spent") and not row.values.get("committed"):
        return f"Row {row.number} gives no amount."
    return ""


def _lines(row: Row, named: Mapping[str, Id]) -> Iterator[Line]:
    words = " ".join(str(row.values["entry"]).split())
    kinds = (
        ("spent", MovementKind.SPENT, MovementKind.REFUNDED),
        ("committed", MovementKind.COMMITTED, MovementKind.RELEASED),
    )
    for name, more, less in kinds:
        amount: Money | None = row.values.get(name)
        if amount:
            yield Line(
                row.number,
                words,
                named.get(plain(words)),
                more if amount.pence > 0 else less,
                Money(abs(amount.pence)),
                row.values["on"],
                row.values.get("reference") or None,
            )
