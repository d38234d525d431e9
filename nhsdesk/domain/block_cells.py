"""How one cell of a pasted block is meant: figures as payrolls print them, days as spreadsheets do, nothing at all.

A cell is words. What is not of any use here, because it tells of a person, never leaves the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any

from nhsdesk.domain import kinds, times
from nhsdesk.domain.entry import quoted, read_day
from nhsdesk.domain.money import Money, half_up, read_decimal
from nhsdesk.domain.problems import Problem

_NOTHING = {"", "-", "–", "—", "−", "n/a", "na", "nil", "none", "null"}
"""What payrolls and portals print where there is nothing."""

_FIGURES = (kinds.Pounds, kinds.Number, kinds.Count)

_NI_NUMBER = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<![\d.,])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


class DayOrder(Enum):
    """In which order a column of days in figures is written."""

    DAY_FIRST = "day first, as 30/1"
    MONTH_FIRST = "month first, as 1/30"


# ---- figures


def plain(cell: str) -> str:
    """A cell without the spaces that only lay it out."""
    return " ".join(cell.replace("\xa0", " ").split())


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing."""
    return plain(cell).casefold().removeprefix("£").strip() in _NOTHING


def figure(cell: str) -> Decimal | None:
    """A figure as payrolls print it: `£4,400.00`, `(12.50)` and `12.50-` for less than nothing; None for no figure."""
    words = plain(cell)
    if (inside := re.fullmatch(r"(£?) ?\( ?£? ?([\d,.]+) ?\)", words)) is not None:
        words = f"-{inside[2]}"
    elif (behind := re.fullmatch(r"(£? ?[\d,.]+) ?[-−]", words)) is not None:
        words = f"-{behind[1]}"
    return read_decimal(words)


def _as_figure(kind: kinds.Kind, cell: str) -> Any | Problem:
    """Money to the nearest penny and numbers to their places: a workbook holds more than it shows."""
    amount = figure(plain(cell).removesuffix("%"))
    if amount is None or amount.adjusted() > 15:
        return kind.read(cell, date.min)
    if isinstance(kind, kinds.Pounds):
        numerator, denominator = (amount * 100).as_integer_ratio()
        return Money(half_up(numerator, denominator))
    if isinstance(kind, kinds.Number):
        return amount.quantize(Decimal(1).scaleb(-kind.places), ROUND_HALF_UP)
    return kind.read(f"{amount:f}", date.min)


# ---- days

_IN_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-]?(\d{2})[/.\-]?(\d{2})")
_RUN_TOGETHER = re.compile(r"(\d{1,2})([A-Za-z]{3,9})(\d{4}|\d{2})")
_TIME_BEHIND = re.compile(r"(?:T| )\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[AaPp][Mm])?$")


def _without_time(cell: str) -> str:
    return _TIME_BEHIND.sub("", plain(cell))


def order_of(cells: Iterable[str]) -> DayOrder | None:
    """The order in which a column writes its days; None where each of them can be read both ways."""
    found = [one for cell in cells if (one := _IN_FIGURES.fullmatch(_without_time(cell))) is not None]
    firsts = sum(int(one[1]) > 12 for one in found)
    seconds = sum(int(one[2]) > 12 for one in found)
    if seconds > firsts:
        return DayOrder.MONTH_FIRST
    if firsts or all(one[1].lstrip("0") == one[2].lstrip("0") for one in found):
        return DayOrder.DAY_FIRST
    return None


def _as_day(kind: times.Day, cell: str, order: DayOrder | None, today: date) -> date | Problem:
    words = _without_time(cell)
    if (found := _YEAR_FIRST.fullmatch(words)) is not None:
        return read_day("-".join(found.groups()), today)
    if (found := _RUN_TOGETHER.fullmatch(words)) is not None:
        return read_day(" ".join(found.groups()), today)
    found = _IN_FIGURES.fullmatch(words)
    if found is None and not re.search(
        r"\d{4}|\d.*[A-Za-z]", words
    ):  # +14 and "today" are for people who type
        return Problem(f"{quoted(words)} could not be read as a day.")
    if found is None:
        return read_day(words, today, kind.lean)
    day, month, year = found.groups()
    if order is None and day.lstrip("0") != month.lstrip("0"):
        return Problem(
            f"{quoted(words)} can be read with the day or the month first. Say which for its column."
        )
    if order is DayOrder.MONTH_FIRST:
        day, month = month, day
    return read_day(f"{day}/{month}/{year}", today)


# ---- any cell


def read_cell(kind: kinds.Kind, cell: str, order: DayOrder | None, today: date) -> Any | Problem:
    """What a cell means to a field of that kind: a value, None for nothing, or what is wrong with it."""
    if not isinstance(kind, kinds.Text) and is_nothing(cell):
        return kind.read("", today)
    if isinstance(kind, _FIGURES):
        return _as_figure(kind, cell)
    if isinstance(kind, times.Day):
        return _as_day(kind, cell, order, today)
    if isinstance(kind, kinds.HoursAWeek):
        cell = re.sub(r"\s*hrs?\.?$", "", plain(cell), flags=re.IGNORECASE)
    return kind.read(plain(cell) if isinstance(kind, kinds.Text) else cell, today)


# ---- what tells of a person

_SOMEBODY = r"(?:employees?|staff|staff members?|persons?|workers?|clinicians?|practitioners?|colleagues?)"
_OF_A_PERSON = re.compile(
    rf"{_SOMEBODY}|names?(?: (?:last|first|sur|in full).*)?"
    rf"|(?:{_SOMEBODY} |full |given |middle |last |first |family |preferred )names?(?: .*)?"
    rf"|names? of .*{_SOMEBODY}|(?:.* )?(?:sur|fore)names?(?: .*)?|initials?"
    r"|(?:.* )?(?:nhs|ni|nino|national insurance) (?:no|num|numbers?)|nino|(?:ni|nhs)numbers?"
    r"|dob|date of birth|birth ?date|gender|sex|ethnicity|nationality|home address|e ?mail(?: .*)?"
    r"|(?:tele)?phone(?: .*)?|mobile(?: .*)?|sort ?code|bank(?: .*)?|account (?:no|num|number)|tax ?code"
)
"""Headings, as `heading_words` gives them, whose columns hold what is not kept."""


def heading_words(heading: str) -> str:
    """A heading as it is compared: small letters, without signs and line breaks."""
    words = heading.casefold().replace("'", "").replace("’", "").replace("£", " ")
    return " ".join(re.sub(r"[^\w%]+", " ", words.replace("_", " ")).split())


def tells_of_a_person(heading: str) -> bool:
    """Whether a column is about somebody rather than about a post: it is never kept."""
    return _OF_A_PERSON.fullmatch(heading_words(heading)) is not None


_OWN_NUMBER = re.compile(
    r"(?:.* )?(?:ni|nino|national insurance) (?:no|num|numbers?)|nino|ninumbers?|e ?mail(?: .*)?"
)
_NO_NAME = re.compile(
    r"dob|date of birth|birth ?date|gender|sex|ethnicity|nationality|home address|(?:tele)?phone(?: .*)?"
    r"|mobile(?: .*)?|sort ?code|bank(?: .*)?|account .*|tax ?code|(?:.* )?nhs .*"
)
_NOBODY = re.compile(
    r"vacan\w*.*|tb[acd]|to be .*|unfilled|nobody|none|not (?:yet )?(?:in post|recruited|appointed)|new post"
)


def identifies(heading: str) -> bool:
    """Whether a column that tells of a person holds what no two persons share."""
    return _OWN_NUMBER.fullmatch(heading_words(heading)) is not None


def names_somebody(heading: str) -> bool:
    """Whether a column that tells of a person holds a name, or part of one."""
    words = heading_words(heading)
    return not (_OWN_NUMBER.fullmatch(words) or _NO_NAME.fullmatch(words))


def is_nobody(cell: str) -> bool:
    """Whether a name says that nobody is in post."""
    words = heading_words(cell)
    return is_nothing(cell) or _NOBODY.fullmatch(words) is not None


def holds_a_persons_number(cell: str) -> bool:
    """Whether a cell holds what is an NHS number or a national insurance number by its form."""
    return _NI_NUMBER.search(cell) is not None or any(map(_is_nhs_number, _TEN_DIGITS.findall(cell)))


def _is_nhs_number(found: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (modulus 11)."""
    digits = [int(one) for one in found if one.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and check != 10
