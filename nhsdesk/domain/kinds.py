"""The kinds of field: how each is stored, worded and read from what a person typed.

Stored form: a whole number, a text, or None; so that a value is exact in the file, in the journal and on its way
to another copy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, NewType

from nhsdesk.domain import entry
from nhsdesk.domain.money import Hours, Money, half_up, read_decimal
from nhsdesk.domain.periods import FinancialYear, Month, Quarter, day_words
from nhsdesk.domain.problems import Problem

Id = NewType("Id", int)
"""Which record it is: a copy number of 31 bits and a counter of 32, never given twice."""

NEW = Id(0)
"""The id of a record not yet in a file."""

Stored = int | str | None
LARGEST = 2**63 - 1


class Choice(Enum):
    """One of a short list of words. The value is kept in the file; `words` is shown."""

    @property
    def words(self) -> str:
        """As shown to a person."""
        text = str(self.value)
        return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file kept in the PCN file (its bytes under the SHA-256) or, when larger than 25 MB, only referred to."""

    name: str
    sha256: str
    size: int
    lies_at: str = ""


class Kind:
    """What a field holds. The class below each name is the whole of what the program knows about it."""

    column = "TEXT"
    holds: type | tuple[type, ...] = str
    searched = False

    def store(self, value: Any) -> Stored:
        """The stored form of a value. A value of another type is our own mistake: TypeError."""
        if value is None:
            return None
        if not isinstance(value, self.holds) or (isinstance(value, bool) and self.holds is not bool):
            raise TypeError(f"{type(self).__name__} does not hold {type(value).__name__}")
        return self._store(value)

    def load(self, stored: Stored) -> Any:
        """The value of a stored form."""
        return None if stored is None else self._load(stored)

    def words(self, value: Any) -> str:
        """As a person reads it; empty for nothing."""
        return "" if value is None else self._words(value)

    def read(self, text: str, today: date) -> Any | Problem:
        """The value a person meant, None for nothing typed, or a Problem that says what to write."""
        return None if not text.strip() else self._read(text, today)

    def _store(self, value: Any) -> Stored:
        return str(value)

    def _load(self, stored: Any) -> Any:
        return stored

    def _words(self, value: Any) -> str:
        return str(value)

    def _read(self, text: str, today: date) -> Any | Problem:
        raise NotImplementedError


def _whole(text: str, what: str) -> int | Problem:
    number = read_decimal(text)
    if number is None or number != number.to_integral_value() or abs(number) > LARGEST:
        return Problem(f"“{text}” could not be read as {what}. Write a whole number such as 1,250.")
    return int(number)


class Text(Kind):
    """One line of words."""

    searched = True

    def _read(self, text: str, today: date) -> Any | Problem:
        return text.strip()


class LongText(Text):
    """Words of any length, with line breaks, kept exactly as typed."""

    def _read(self, text: str, today: date) -> Any | Problem:
        return text


class Private(Text):
    """Words about a person: kept out of logs, labels and papers, searched apart."""


class Reference(Text):
    """A short code somebody else gave, such as an ODS code or a publication number."""


class Pounds(Kind):
    """Money, in whole pence."""

    column = "INTEGER"
    holds = Money

    def _store(self, value: Money) -> Stored:
        return value.pence

    def _load(self, stored: int) -> Money:
        return Money(stored)

    def _read(self, text: str, today: date) -> Money | Problem:
        amount = read_decimal(text)
        if amount is None:
            return Problem(f"“{text}” could not be read as an amount. Write it as 4,400 or £4,400.00.")
        if amount * 100 != (amount * 100).to_integral_value() or abs(amount) * 100 > LARGEST:
            return Problem(f"“{text}” is not pounds and whole pence. Write it as 4,400.00.")
        return Money.pounds(amount)


@dataclass(frozen=True)
class Number(Kind):
    """An exact number with so many decimal places, stored as a scaled whole number."""

    places: int = 0
    unit: str = ""
    column = "INTEGER"
    holds = Decimal

    def _store(self, value: Decimal) -> Stored:
        scaled = value.scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"more than {self.places} decimal places")
        return int(scaled)

    def _load(self, stored: int) -> Decimal:
        return Decimal(stored).scaleb(-self.places)

    def _words(self, value: Decimal) -> str:
        return f"{value:,.{self.places}f}{self.unit}"

    def _read(self, text: str, today: date) -> Decimal | Problem:
        number = read_decimal(text.strip().removesuffix("%"))
        if number is None:
            return Problem(f"“{text}” could not be read as a number. Write it as 27.668.")
        scaled = number.scaleb(self.places)
        if scaled != scaled.to_integral_value() or abs(scaled) > LARGEST:
            return Problem(f"“{text}” has more than {self.places} decimal places.")
        return number.quantize(Decimal(1).scaleb(-self.places))


class Count(Kind):
    """How many: a whole number."""

    column = "INTEGER"
    holds = int

    def _store(self, value: int) -> Stored:
        return value

    def _words(self, value: int) -> str:
        return f"{value:,}"

    def _read(self, text: str, today: date) -> int | Problem:
        return _whole(text, "a number")


class HoursAWeek(Kind):
    """Hours a week, in whole seconds."""

    column = "INTEGER"
    holds = Hours

    def _store(self, value: Hours) -> Stored:
        return value.seconds

    def _load(self, stored: int) -> Hours:
        return Hours(stored)

    def _read(self, text: str, today: date) -> Hours | Problem:
        words = text.strip().lower().removesuffix("hours").removesuffix("h").strip()
        hours, colon, minutes = words.partition(":")
        if colon and hours.isdigit() and minutes.isdigit() and len(minutes) == 2 and int(minutes) < 60:
            return Hours(int(hours) * 3600 + int(minutes) * 60)
        amount = read_decimal(words) if not colon else None
        if amount is None or amount < 0 or amount > 1000:
            return Problem(f"“{text}” could not be read as hours. Write it as 22.5 or 22:30.")
        return Hours(half_up(int(amount * 10**6) * 3600, 10**6))


class Minutes(Kind):
    """A length of time in minutes."""

    column = "INTEGER"
    holds = int

    def _store(self, value: int) -> Stored:
        return value

    def _words(self, value: int) -> str:
        return f"{value} minutes"

    def _read(self, text: str, today: date) -> int | Problem:
        hours, colon, minutes = text.strip().partition(":")
        if colon and hours.isdigit() and minutes.isdigit() and int(minutes) < 60:
            return int(hours) * 60 + int(minutes)
        return _whole(text.strip().lower().removesuffix("minutes").strip(), "minutes")


class Day(Kind):
    """A calendar day."""

    holds = date

    def store(self, value: Any) -> Stored:
        """ISO form; a moment is not a day."""
        if isinstance(value, datetime):
            raise TypeError("Day does not hold a moment")
        return super().store(value)

    def _store(self, value: date) -> Stored:
        return value.isoformat()

    def _load(self, stored: str) -> date:
        return date.fromisoformat(stored)

    def _words(self, value: date) -> str:
        return day_words(value)

    def _read(self, text: str, today: date) -> date | Problem:
        return entry.read_day(text, today)


class TimeOfDay(Kind):
    """A time on a London clock."""

    holds = time

    def _store(self, value: time) -> Stored:
        return value.isoformat("minutes")

    def _load(self, stored: str) -> time:
        return time.fromisoformat(stored)

    def _words(self, value: time) -> str:
        return value.isoformat("minutes")

    def _read(self, text: str, today: date) -> time | Problem:
        return entry.read_time(text)


class Moment(Kind):
    """An instant, in UTC, to the microsecond."""

    holds = datetime

    def _store(self, value: datetime) -> Stored:
        if value.tzinfo is None:
            raise TypeError("a moment needs its time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def _load(self, stored: str) -> datetime:
        return datetime.fromisoformat(stored)

    def _words(self, value: datetime) -> str:
        return f"{day_words(value.date())}, {value:%H:%M} UTC"

    def _read(self, text: str, today: date) -> datetime | Problem:
        return entry.read_moment(text)


class InMonth(Kind):
    """A calendar month."""

    holds = Month

    def _load(self, stored: str) -> Month:
        return Month.parse(stored)

    def _words(self, value: Month) -> str:
        return value.words

    def _read(self, text: str, today: date) -> Month | Problem:
        return entry.read_month(text)


class InQuarter(Kind):
    """A quarter of a financial year."""

    holds = Quarter

    def _load(self, stored: str) -> Quarter:
        return Quarter.parse(stored)

    def _read(self, text: str, today: date) -> Quarter | Problem:
        return entry.read_quarter(text)


class InYear(Kind):
    """A financial year."""

    holds = FinancialYear

    def _load(self, stored: str) -> FinancialYear:
        return FinancialYear.parse(stored)

    def _read(self, text: str, today: date) -> FinancialYear | Problem:
        return entry.read_financial_year(text)


def _matching(text: str, choices: type[Choice]) -> Choice | Problem:
    wanted = " ".join(text.split()).casefold()
    for choice in choices:
        if wanted in (str(choice.value).casefold(), choice.words.casefold()):
            return choice
    known = ", ".join(choice.words for choice in choices)
    return Problem(f"“{text}” is not one of: {known}.")


@dataclass(frozen=True)
class OneOf(Kind):
    """One of a list of choices."""

    choices: type[Choice]
    searched = True

    @property
    def holds(self) -> type:  # type: ignore[override]
        """The choices' own class."""
        return self.choices

    def _store(self, value: Choice) -> Stored:
        return str(value.value)

    def _load(self, stored: str) -> Choice:
        return self.choices(stored)

    def _words(self, value: Choice) -> str:
        return value.words

    def _read(self, text: str, today: date) -> Choice | Problem:
        return _matching(text, self.choices)


@dataclass(frozen=True)
class SeveralOf(Kind):
    """Several of a list of choices, kept in the list's own order."""

    choices: type[Choice]
    holds = tuple
    searched = True

    def _store(self, value: tuple[Choice, ...]) -> Stored:
        held = [str(choice.value) for choice in self.choices if choice in value]
        return json.dumps(held) if held else None

    def _load(self, stored: str) -> tuple[Choice, ...]:
        return tuple(self.choices(word) for word in json.loads(stored))

    def load(self, stored: Stored) -> Any:
        """An empty tuple for nothing."""
        return () if stored is None else self._load(str(stored))

    def _words(self, value: tuple[Choice, ...]) -> str:
        return ", ".join(choice.words for choice in value)

    def read(self, text: str, today: date) -> Any | Problem:
        """Choices separated by commas or semicolons."""
        read = [_matching(part, self.choices) for part in text.replace(";", ",").split(",") if part.strip()]
        wrong = next((part for part in read if isinstance(part, Problem)), None)
        return wrong if wrong is not None else tuple(choice for choice in self.choices if choice in read)


class Flag(Kind):
    """Yes or no."""

    column = "INTEGER"
    holds = bool

    def _store(self, value: bool) -> Stored:
        return int(value)

    def _load(self, stored: int) -> bool:
        return bool(stored)

    def _words(self, value: bool) -> str:
        return "Yes" if value else "No"

    def _read(self, text: str, today: date) -> bool | Problem:
        word = text.strip().casefold()
        if word in ("yes", "y", "true", "1"):
            return True
        if word in ("no", "n", "false", "0"):
            return False
        return Problem(f"“{text}” could not be read as Yes or No.")


@dataclass(frozen=True)
class LinkTo(Kind):
    """The id of the one record this cannot do without. An owned record goes with its owner."""

    target: str
    owned: bool = False
    column = "INTEGER"
    holds = int

    def _store(self, value: int) -> Stored:
        if not 0 < value <= LARGEST:
            raise ValueError("a link needs a record that is in the file")
        return int(value)

    def _load(self, stored: int) -> Id:
        return Id(stored)

    def _read(self, text: str, today: date) -> Problem:
        return Problem(f"“{text}” names no {self.target} here. Choose one from the list.")


class About(LinkTo):
    """The id of a record of any kind; this one goes with it."""

    def __init__(self) -> None:
        super().__init__(target="", owned=True)


@dataclass(frozen=True)
class LinksTo(Kind):
    """The ids of several records, in order, as text so that no reader rounds them."""

    target: str
    holds = tuple

    def _store(self, value: tuple[int, ...]) -> Stored:
        return json.dumps([str(one) for one in value]) if value else None

    def load(self, stored: Stored) -> Any:
        """An empty tuple for nothing."""
        return () if stored is None else tuple(Id(int(one)) for one in json.loads(str(stored)))

    def _words(self, value: tuple[int, ...]) -> str:
        return f"{len(value)} {self.target}"

    def _read(self, text: str, today: date) -> Problem:
        return Problem(f"“{text}” names no {self.target} here. Choose from the list.")


class OneFile(Kind):
    """A kept file, or a reference to a larger one."""

    holds = KeptFile

    def _store(self, value: KeptFile) -> Stored:
        return json.dumps([value.name, value.sha256, value.size, value.lies_at], ensure_ascii=False)

    def _load(self, stored: str) -> KeptFile:
        return KeptFile(*json.loads(stored))

    def _words(self, value: KeptFile) -> str:
        return value.name

    def _read(self, text: str, today: date) -> Problem:
        return Problem("A file is added with the Add file button.")
