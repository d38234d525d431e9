"""What a workbook lets a person type into a cell: entries of its dropdown, limits of numbers, days and lengths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from heapq import nlargest

from nhsdesk.documents import template_values as values
from nhsdesk.documents.template_areas import Area, moved_area
from nhsdesk.documents.template_book import Book, SheetEntry, Table
from nhsdesk.documents.template_rules import Rule
from nhsdesk.documents.template_values import Fitted, Held, Misfit, Value

MOST_CHOICES = 20_000

_MOST_COMPARED = 40
"""Entries compared letter by letter: those that share the most pairs of letters with what was wanted."""
_MOST_SUGGESTED = 100
"""Wrong values of one list for which the nearest are looked for."""

_SHEETED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(.+)")
_COLUMN_OF = re.compile(r"([\w.\\]+)\[\[?(?:#Data\],\[)?([^\[\]#]+)\]?\]")
_INDIRECT = re.compile(r"INDIRECT\((.+)\)", re.IGNORECASE)
_SUBSTITUTE = re.compile(r"SUBSTITUTE\(([^,]+),\s*\"([^\"]*)\",\s*\"([^\"]*)\"\)", re.IGNORECASE)
_QUOTED = re.compile(r"\"((?:[^\"]|\"\")*)\"")

Planned = Callable[[SheetEntry, int, int], Held]
"""What a cell will hold once everything is filled in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a dropdown: its words, and the value a cell gets that takes it."""

    words: str
    held: Held


class Offered:
    """The entries of one dropdown."""

    def __init__(self, entries: tuple[Choice, ...], *, worked_out: bool = False) -> None:
        self.entries = entries
        self.worked_out = worked_out
        """Whether formulas make some of them, which may come to others once the workbook is filled."""
        self._nearest: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _by_words(self) -> dict[str, Choice]:
        return {_alike(one.words): one for one in reversed(self.entries)}

    @cached_property
    def _by_value(self) -> dict[tuple[bool, Value], Choice]:
        return {(_is_yes_or_no(one.held), one.held): one for one in reversed(self.entries)}

    @cached_property
    def _pairs(self) -> dict[str, frozenset[str]]:
        return {words: _letter_pairs(words) for words in self._by_words}

    def chosen(self, value: Value) -> Choice | None:
        """The entry that a value means: the same words in whatever case, the same number or day, yes for true."""
        same = self._by_value.get((_is_yes_or_no(value), value))
        return same or self._by_words.get(_alike(values.said(value)))

    def nearest(self, value: Value) -> tuple[str, ...]:
        """Up to three entries that are nearest in their letters, the nearest first; none after many wrong values."""
        wanted = _alike(values.said(value))
        if wanted not in self._nearest and len(self._nearest) < _MOST_SUGGESTED:
            found = get_close_matches(wanted, self._like(wanted), n=3, cutoff=0.0)
            self._nearest[wanted] = tuple(self._by_words[one].words for one in found)
        return self._nearest.get(wanted, ())

    def _like(self, wanted: str) -> list[str]:
        """The entries that share the most pairs of letters with what was wanted, for their length."""
        pairs = _letter_pairs(wanted)

        def shared(words: str) -> float:
            own = self._pairs[words]
            return len(pairs & own) / (len(pairs) + len(own) or 1)

        return nlargest(_MOST_COMPARED, self._by_words, key=shared)


def _letter_pairs(words: str) -> frozenset[str]:
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _is_yes_or_no(value: Value) -> bool:
    return isinstance(value, bool)


def _alike(words: str) -> str:
    return " ".join(words.split()).casefold()


class Choices:
    """The dropdowns of one workbook; lists that several cells share are read once."""

    def __init__(self, book: Book, planned: Planned) -> None:
        self._book, self._planned = book, planned
        self._lists: dict[str, Offered] = {}
        self._areas: dict[tuple[str, Area], Offered] = {}

    def of(self, entry: SheetEntry, rule: Rule, row: int, column: int) -> Offered | None:
        """The entries a cell offers; None where a formula works them out in a way not followed here."""
        return self._resolved(rule.first, entry, rule.offset(row, column), 0)

    def _resolved(self, words: str, entry: SheetEntry, offset: tuple[int, int], depth: int) -> Offered | None:
        words = words.strip().removeprefix("=").strip()
        if depth > 5 or not words:
            return None
        if quoted := _QUOTED.fullmatch(words):
            if depth:
                return None
            return self._spelt_out(quoted[1])
        if indirect := _INDIRECT.fullmatch(words):
            named = self._named_by(indirect[1], entry, offset)
            return None if named is None else self._resolved(named, entry, (0, 0), depth + 1)
        if (place := self._place(words, entry, offset)) is not None:
            return self._listed(*place)
        if (named_words := self._defined(words, entry)) is not None:
            return self._resolved(named_words, entry, (0, 0), depth + 1)
        return self._of_table(words)

    def _spelt_out(self, words: str) -> Offered:
        if words not in self._lists:
            listed = (piece.strip() for piece in words.replace('""', '"').split(","))
            self._lists[words] = Offered(tuple(Choice(piece, piece) for piece in listed if piece))
        return self._lists[words]

    def _named_by(self, words: str, entry: SheetEntry, offset: tuple[int, int]) -> str | None:
        """What INDIRECT is given: words, a cell that holds them, or those with some replaced."""
        if quoted := _QUOTED.fullmatch(words.strip()):
            return quoted[1]
        if replaced := _SUBSTITUTE.fullmatch(words.strip()):
            inner = self._named_by(replaced[1], entry, offset)
            return None if inner is None else inner.replace(replaced[2], replaced[3])
        place = self._place(words, entry, offset)
        if place is None:
            return None
        holding = self._planned(place[0], place[1].top, place[1].left)
        return holding if isinstance(holding, str) else None

    def _place(
        self, words: str, entry: SheetEntry, offset: tuple[int, int]
    ) -> tuple[SheetEntry, Area] | None:
        if sheeted := _SHEETED.fullmatch(words):
            other = self._book.entry((sheeted[1] or sheeted[2]).replace("''", "'"))
            if other is None:
                return None
            entry, words = other, sheeted[3]
        where = moved_area(words, *offset)
        return None if where is None else (entry, where)

    def _defined(self, words: str, entry: SheetEntry) -> str | None:
        named = [one for one in self._book.names if one.name.casefold() == words.casefold()]
        here = [one for one in named if one.sheet.casefold() == entry.name.casefold()]
        return next((one.words for one in (*here, *named) if one in here or not one.sheet), None)

    def _of_table(self, words: str) -> Offered | None:
        found = _COLUMN_OF.fullmatch(words)
        table = self._table(found[1]) if found else None
        if found is None or table is None:
            return None
        wanted = found[2].replace("'", "").casefold()
        for at, column in enumerate(table.columns):
            if column.heading.replace("'", "").casefold() == wanted:
                left = table.area.left + at
                entry = self._book.entry(table.sheet)
                return (
                    self._listed(entry, Area(table.first_row, left, table.last_row, left)) if entry else None
                )
        return None

    def _table(self, name: str) -> Table | None:
        return next((one for one in self._book.tables if one.name.casefold() == name.casefold()), None)

    def _listed(self, entry: SheetEntry, where: Area) -> Offered:
        key = (entry.part, where)
        if key not in self._areas:
            sheet = self._book.sheet(entry)
            worked_out = any(sheet.formula(cell) is not None for cell in sheet.cells(where))
            self._areas[key] = Offered(tuple(self._read(entry, where)), worked_out=worked_out)
        return self._areas[key]

    def _read(self, entry: SheetEntry, where: Area) -> Iterator[Choice]:
        sheet = self._book.sheet(entry)
        seen: set[str] = set()
        for cell in sheet.cells(where):
            holding = values.held(self._book, sheet, cell)
            words = values.shown(holding, self._book.look(cell))
            if words and words not in seen and len(seen) < MOST_CHOICES:
                seen.add(words)
                yield Choice(words, holding)


# ---------------------------------------------------------------- limits


def beyond(rule: Rule, fitting: Fitted, *, from_1904: bool) -> Misfit | None:
    """Why a fitted value is outside a rule's limits; None where it is within, or the limits are not plain."""
    kind = {"whole": "a whole number", "decimal": "a number", "date": "a date", "time": "a time"}.get(
        rule.kind
    )
    if rule.kind == "textLength":
        measured = Decimal(len(values.shown(fitting.held)))
    elif kind is None:
        return None
    elif fitting.number is None or isinstance(fitting.held, bool):
        return Misfit(f"its rule asks for {kind}")
    else:
        measured = Decimal(fitting.number)
        if rule.kind == "whole" and measured != measured.to_integral_value():
            return Misfit("its rule asks for a whole number")
    first, second = _limit(rule.first), _limit(rule.second)
    if first is None or _within(rule.operator, measured, first, second):
        return None
    said = "the number of characters" if rule.kind == "textLength" else "what is typed"
    return Misfit(f"its rule asks for {said} to be {_limits(rule, first, second, from_1904=from_1904)}")


def _limit(words: str) -> Decimal | None:
    bare = words.strip()
    return Decimal(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def _within(operator: str, measured: Decimal, first: Decimal, second: Decimal | None) -> bool:
    match operator:
        case "between":
            return second is None or first <= measured <= second
        case "notBetween":
            return second is None or not first <= measured <= second
        case "equal":
            return measured == first
        case "notEqual":
            return measured != first
        case "greaterThan":
            return measured > first
        case "lessThan":
            return measured < first
        case "greaterThanOrEqual":
            return measured >= first
        case "lessThanOrEqual":
            return measured <= first
        case _:
            return True


_SAID = {
    "between": "from {} to {}", "notBetween": "not from {} to {}", "equal": "{}", "notEqual": "other than {}",
    "greaterThan": "more than {}", "lessThan": "less than {}", "greaterThanOrEqual": "{} or more",
    "lessThanOrEqual": "{} or less",
}  # fmt: skip


def _limits(rule: Rule, first: Decimal, second: Decimal | None, *, from_1904: bool) -> str:
    return _SAID[rule.operator].format(
        *("" if one is None else _limit_shown(rule.kind, one, from_1904=from_1904) for one in (first, second))
    )


def _limit_shown(kind: str, limit: Decimal, *, from_1904: bool) -> str:
    if kind == "date":
        day = values.day_of(limit, from_1904=from_1904)
        return f"{limit:f}" if day is None else values.shown(day.date())
    return f"{limit.normalize():f}"
