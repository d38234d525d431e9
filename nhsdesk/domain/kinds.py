"""The kinds of field: how each is stored, worded and read from what a person typed.

Stored form: a whole number, a text, or None; so that a value is exact in the file, in the journal and on its way
to another copy.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NewType

from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money, half_up, read_decimal
from nhsdesk.domain.problems import Problem

Id = NewType("Id", int)
"""Which record it is: a copy number of 31 bits and a counter of 32, never given twice."""

NEW = Id(0)
"""The id of a record not yet in a file."""

Stored = int | str | None
LARGEST = 2**63 - 1

_MOST_NAMED = 9
"""Of a longer list a message does not name all."""

_MOST_HOURS = Hours(1_000 * 3_600)

A_SESSION = Hours(FULL_TIME_SECONDS // 9)
"""4 hours 10 minutes: a GP's nine sessions are one whole time equivalent."""


class Tone(Enum):
    """How a status is to be read at a glance. The word always stands beside it."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    GREY = "grey"
    DONE = "accent"


class Choice(Enum):
    """One of a short list of words. The value is kept in the file; `words` is shown."""

    @property
    def tone(self) -> Tone | None:
        """How it is to be read at a glance; None for a choice that is no status."""
        return None

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
        """The stored form of a value. A value of another type is our own mistake: TypeError.

        A value that no file can keep raises ValueError: a number over 63 bits, or half a letter.
        """
        if value is None:
            return None
        if not isinstance(value, self.holds) or (isinstance(value, bool) and self.holds is not bool):
            raise TypeError(f"{type(self).__name__} does not hold {type(value).__name__}")
        stored = self._store(value)
        if isinstance(stored, str):
            stored.encode()
        elif stored is not None and abs(stored) > LARGEST:
            raise ValueError(f"{type(self).__name__} is too large to keep")
        return stored

    def load(self, stored: Stored) -> Any:
        """The value of a stored form."""
        return None if stored is None else self._load(stored)

    def words(self, value: Any) -> str:
        """As a person reads it; empty for nothing."""
        return "" if value is None else self._words(value)

    def read(self, text: str, today: date) -> Any | Problem:
        """The value a person meant, None for nothing typed, or a Problem that says what to write."""
        if whole_letters(text) != text:
            return Problem(f"{quoted(text)} holds half a letter, which no file can keep. Type it again.")
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
        return Problem(f"{quoted(text)} could not be read as {what}. Write a whole number such as 1,250.")
    return int(number)


def _scaled(value: Decimal, places: int) -> int | None:
    """A number counted in its last decimal place, exactly; None where it has more places or is too large to keep."""
    if not value.is_finite() or value.adjusted() > 20:
        return None
    numerator, denominator = value.as_integer_ratio()
    scaled, rest = divmod(numerator * 10**places, denominator)
    return None if rest or abs(scaled) > LARGEST else scaled


class Text(Kind):
    """One line of words."""

    searched = True

    def store(self, value: Any) -> Stored:
        """Itself, by a shorter way: most fields are words."""
        if type(value) is not str:
            return super().store(value)
        value.encode()
        return value

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
            return Problem(f"{quoted(text)} could not be read as an amount. Write it as 4,400 or £4,400.00.")
        pence = _scaled(amount, 2)
        if pence is None:
            return Problem(f"{quoted(text)} is not pounds and whole pence. Write it as 4,400.00.")
        return Money(pence)


@dataclass(frozen=True)
class Number(Kind):
    """An exact number with so many decimal places, stored as a scaled whole number."""

    places: int = 0
    unit: str = ""
    column = "INTEGER"
    holds = Decimal

    def _store(self, value: Decimal) -> Stored:
        scaled = _scaled(value, self.places)
        if scaled is None:
            raise ValueError(f"more than {self.places} decimal places, or too large to keep")
        return scaled

    def _load(self, stored: int) -> Decimal:
        return Decimal(stored).scaleb(-self.places)

    def _words(self, value: Decimal) -> str:
        return f"{value:,.{self.places}f}{self.unit}"

    def _read(self, text: str, today: date) -> Decimal | Problem:
        number = read_decimal(text.strip().removesuffix("%"))
        if number is None:
            return Problem(f"{quoted(text)} could not be read as a number. Write it as 27.668.")
        scaled = _scaled(number, self.places)
        if scaled is None:
            return Problem(f"{quoted(text)} has more than {self.places} decimal places, or is too large.")
        return self._load(scaled)


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
        read: Hours | None = None
        if sessions := re.fullmatch(r"(\d{1,2}(?:\.\d{1,2})?) ?sessions?", words):
            read = Hours(half_up(int(Decimal(sessions[1]) * 100) * A_SESSION.seconds, 100))
        elif clock := re.fullmatch(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?", words):
            read = Hours(int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0))
        elif (amount := read_decimal(words)) is not None and 0 <= amount <= 1000:
            read = Hours(half_up(int(amount * 10**6) * 3600, 10**6))
        if read is None or read > _MOST_HOURS:
            return Problem(f"{quoted(text)} could not be read as hours. Write it as 22.5 or 22:30.")
        return read


class Minutes(Kind):
    """A length of time in minutes."""

    column = "INTEGER"
    holds = int

    def _store(self, value: int) -> Stored:
        return value

    def _words(self, value: int) -> str:
        return f"{value} minutes"

    def _read(self, text: str, today: date) -> int | Problem:
        if clock := re.fullmatch(r"(\d{1,6}):([0-5]?\d)", text.strip()):
            return int(clock[1]) * 60 + int(clock[2])
        return _whole(text.strip().lower().removesuffix("minutes").strip(), "minutes")


def _matching(text: str, choices: type[Choice]) -> Choice | Problem:
    wanted = " ".join(text.split()).casefold()
    for choice in choices:
        if wanted in (str(choice.value).casefold(), choice.words.casefold()):
            return choice
    if len(choices) > _MOST_NAMED:
        return Problem(
            f"{quoted(text)} is not one of the {len(choices)} in the list. Choose one from the list."
        )
    known = ", ".join(choice.words for choice in choices)
    return Problem(f"{quoted(text)} is not one of: {known}.")


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
        return Problem(f"{quoted(text)} could not be read as Yes or No.")


class Mark(Flag):
    """Yes or no as what is done with an entry makes it, such as minutes made final. It is shown, and never typed."""


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
        return Problem(f"{quoted(text)} names no {self.target} here. Choose one from the list.")


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

    def read(self, text: str, today: date) -> Any | Problem:
        """An empty tuple for nothing typed."""
        return super().read(text, today) or ()

    def _words(self, value: tuple[int, ...]) -> str:
        return f"{len(value)} {self.target}" if value else ""

    def _read(self, text: str, today: date) -> Problem:
        return Problem(f"{quoted(text)} names no {self.target} here. Choose from the list.")


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
