"""What fills a workbook: single figures and lists by name, which rows of a list, and in which order.

A mapping names what it wants in words a person can read: a figure as "Our PCN: name", a list as "ARRS monthly claim:
Claim lines" with its columns by their headings. Filters are lines such as "Status is open" or "Claimed (£) at least
100"; an order is a heading, with "the largest first" behind it where that is meant. What names something that is not
there is a Problem, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from nhsdesk.domain.entry import quoted, read_day
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight

Value = str | int | Decimal | bool | date | Money | Hours | Month | None

LARGEST_FIRST = "the largest first"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose entries can fill rows: its name, its headings, and one value of each row for each heading."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """All that can fill something, by name."""

    figures: Mapping[str, Value] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)


class Held(Enum):
    """How a filter holds a value against what it names."""

    IS_NOT = "is not"
    IS = "is"
    HAS = "contains"
    LEAST = "at least"
    MOST = "at most"
    GIVEN = "is given"
    MISSING = "is missing"


_SHORT = (Held.GIVEN, Held.MISSING)


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: the column, the test and what it is held against."""

    heading: str
    test: Held
    against: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.heading, self.test.value, self.against) if part)


def _wrong(sentence: str) -> Problem:
    return Problem(sentence, Weight.MUST_FIX)


def read_filter(line: str, headings: Sequence[str]) -> Filter | Problem:
    """A filter from its line; the longest heading that the line begins with is meant."""
    words = " ".join(line.split())
    for heading in sorted(headings, key=len, reverse=True):
        if not words.casefold().startswith(f"{heading.casefold()} "):
            continue
        rest = words[len(heading) + 1 :]
        for test in (*_SHORT, *(one for one in Held if one not in _SHORT)):
            if rest.casefold() == test.value and test in _SHORT:
                return Filter(heading, test)
            if test not in _SHORT and rest.casefold().startswith(f"{test.value} "):
                return Filter(heading, test, rest[len(test.value) + 1 :])
        tests = ", ".join(one.value for one in Held)
        return _wrong(
            f"The filter {quoted(words)} does not say how {quoted(heading)} is to be held: {tests}. Nothing was "
            "filled. Write one of these behind the heading."
        )
    return _wrong(
        f"The filter {quoted(words)} begins with no heading of the list. Nothing was filled. Its headings are: "
        f"{', '.join(headings)}."
    )


def rows_wanted(
    listing: Listing, only: str, in_order: str, today: date
) -> tuple[tuple[tuple[Value, ...], ...], tuple[Problem, ...]]:
    """The rows of a list that a mapping wants, in its order, and what is wrong with what it says."""
    filters = [read_filter(line, listing.headings) for line in only.splitlines() if line.strip()]
    problems = tuple(one for one in filters if isinstance(one, Problem))
    tests = [_holding(listing, one, today) for one in filters if isinstance(one, Filter)]
    problems += tuple(one for one in tests if isinstance(one, Problem))
    key = _order(listing, in_order)
    if isinstance(key, Problem):
        problems += (key,)
    if problems:
        return (), problems
    rows = [row for row in listing.rows if all(not isinstance(one, Problem) and one(row) for one in tests)]
    if key is not None and not isinstance(key, Problem):
        place, falling = key
        given = [row for row in rows if row[place] is not None]
        given.sort(key=lambda row: _measure(row[place]), reverse=falling)
        rows = given + [row for row in rows if row[place] is None]
    return tuple(rows), ()


def _order(listing: Listing, words: str) -> tuple[int, bool] | Problem | None:
    """Which column rows are put in the order of, and whether the largest comes first."""
    wanted = " ".join(words.split())
    if not wanted:
        return None
    falling = wanted.casefold().endswith(LARGEST_FIRST)
    heading = wanted[: -len(LARGEST_FIRST)].rstrip(" ,") if falling else wanted
    found = _place(listing, heading)
    if found is None:
        return _wrong(
            f"{listing.name} has no column {quoted(heading)} to be put in the order of. Nothing was filled. Its "
            f"headings are: {', '.join(listing.headings)}."
        )
    return found, falling


def _place(listing: Listing, heading: str) -> int | None:
    wanted = heading.casefold()
    return next((n for n, one in enumerate(listing.headings) if one.casefold() == wanted), None)


def place_of(listing: Listing, heading: str) -> int | Problem:
    """Where a column of a list stands, by its heading."""
    found = _place(listing, heading)
    if found is not None:
        return found
    return _wrong(
        f"{listing.name} has no column {quoted(heading)} any more. That column was left as it was. Choose again what "
        "fills it."
    )


def _holding(listing: Listing, asked: Filter, today: date) -> Callable[[tuple[Value, ...]], bool] | Problem:
    place = _place(listing, asked.heading)
    assert place is not None
    if asked.test in _SHORT:
        wanted = asked.test is Held.GIVEN
        return lambda row: (row[place] not in (None, "")) is wanted
    if asked.test in (Held.LEAST, Held.MOST):
        return _bounded(listing, asked, place, today)
    against = asked.against.casefold()
    if asked.test is Held.HAS:
        return lambda row: against in words_of(row[place]).casefold()
    alike = asked.test is Held.IS
    return lambda row: _same(row[place], asked.against, today) is alike


def _same(value: Value, against: str, today: date) -> bool:
    if words_of(value).casefold() == against.casefold():
        return True
    limit = _limit(value, against, today)
    return limit is not None and _measure(value) == limit


def _bounded(
    listing: Listing, asked: Filter, place: int, today: date
) -> Callable[[tuple[Value, ...]], bool] | Problem:
    sample = next((row[place] for row in listing.rows if row[place] is not None), None)
    limit = _limit(sample, asked.against, today)
    if sample is not None and limit is None:
        return _wrong(
            f"The filter {quoted(str(asked))} holds a column against something that is no amount or day of its kind. "
            "Nothing was filled. Write the amount, or a day such as 30 September 2026."
        )

    def holds(row: tuple[Value, ...]) -> bool:
        value = row[place]
        if value is None or limit is None:
            return False
        measured = _measure(value)
        return measured >= limit if asked.test is Held.LEAST else measured <= limit

    return holds


def _limit(like: Value, words: str, today: date) -> tuple[Decimal, str] | None:
    """What a value of that kind is held against; None where the words are no such value."""
    if isinstance(like, bool):
        return None
    if isinstance(like, date | Month):
        read = read_day(words, today)
        if isinstance(read, Problem):
            return None
        return _measure(Month.of(read) if isinstance(like, Month) else read)
    if isinstance(like, int | Decimal | Money | Hours):
        try:
            amount = Decimal(words.replace(",", "").replace("£", "").strip())
        except InvalidOperation:
            return None
        return (amount, "") if amount.is_finite() else None
    return None


def _measure(value: Value) -> tuple[Decimal, str]:
    """By what values of one column are put in order: amounts by size, days by day, everything else by its letters."""
    match value:
        case bool():
            return Decimal(int(value)), ""
        case int() | Decimal():
            return Decimal(value), ""
        case Money():
            return Decimal(value.pence) / 100, ""
        case Hours():
            return Decimal(value.seconds) / 3600, ""
        case Month():
            return Decimal(value.first.toordinal()), ""
        case date():
            return Decimal(value.toordinal()), ""
        case _:
            return Decimal(0), words_of(value).casefold()


def words_of(value: Value) -> str:
    """A value as words, for filters and for cells that hold nothing else."""
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case Month():
            return value.words
        case Money() | Hours():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def figures_of(listing: Listing) -> dict[str, Value]:
    """What a list comes to: how many rows it has, and the total of each column of amounts."""
    found: dict[str, Value] = {f"{listing.name}: number of rows": len(listing.rows)}
    for place, heading in enumerate(listing.headings):
        values = [row[place] for row in listing.rows]
        total = _total(values)
        if total is not None:
            found[f"{listing.name}: {heading}: total"] = total
    return found


def _total(values: Sequence[Value]) -> Value:
    """The sum of a column that holds amounts of one kind in every row; None of any other, for it would say less."""
    if not values or any(value is None or isinstance(value, bool) for value in values):
        return None
    if all(isinstance(value, Money) for value in values):
        return Money(sum(value.pence for value in values if isinstance(value, Money)))
    if all(isinstance(value, int) for value in values):
        return sum(value for value in values if isinstance(value, int))
    if all(isinstance(value, int | Decimal) for value in values):
        return sum((Decimal(value) for value in values if isinstance(value, int | Decimal)), Decimal(0))
    return None
