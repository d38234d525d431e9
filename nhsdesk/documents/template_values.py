"""What a cell of a workbook holds, and how a value is written into it so that it follows the cell's format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.sheet_text import LONGEST_TEXT, sheet_text, text_length
from nhsdesk.documents.template_book import Book
from nhsdesk.documents.template_sheet import Put, Sheet, SheetCell
from nhsdesk.documents.template_styles import Look, Takes
from nhsdesk.domain.money import Hours, Money, read_decimal

Value = str | int | Decimal | bool | date | datetime | time | Money | Hours | None
"""What can be put into a cell: days and moments without a zone; None empties it."""

Held = str | int | Decimal | bool | date | datetime | time | None
"""What a cell is found to hold: dates as dates where its format shows them so, everything else a number or words."""

MOST_DIGITS = 15
"""Of a number that a spreadsheet keeps whole."""

_TOO_LARGE = Decimal("1E+308")

_NUMBERS = (Takes.NUMBER, Takes.MONEY, Takes.PERCENT)
_DAYS = (Takes.DAY, Takes.MOMENT)
_TIMES = (Takes.TIME, Takes.MOMENT)
_EPOCH_1900 = datetime.combine(date(1899, 12, 30), time())
_EPOCH_1904 = datetime.combine(date(1904, 1, 1), time())
_FIRST_SURE_DAY = 61
"""Before 1 March 1900 spreadsheets count a day that never was."""
_DAY_SECONDS = 86_400
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})")
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A value as a cell takes it: what it will read as, the number to be written, and what is to be told, if anything.

    A number is None for words, which are `held`.
    """

    held: Held
    number: str | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a value cannot stand in a cell, as the end of a sentence."""

    why: str


# ---------------------------------------------------------------- reading


def held(book: Book, sheet: Sheet, cell: SheetCell | None) -> Held:
    """What a cell holds as it was last saved; the result of a formula as the workbook keeps it."""
    if cell is None or not cell.inner:
        return None
    if cell.kind == "inlineStr":
        return xml.shown(sheet.inline(cell)) or None
    raw = sheet.raw(cell)
    if raw is None or raw == "":
        return None
    match cell.kind:
        case "s":
            return book.shared_words(int(raw)) or None
        case "b":
            return raw in ("1", "true")
        case "n":
            return number_held(raw, book.look(cell), from_1904=book.from_1904)
        case _:
            return xml.shown(raw)


def number_held(raw: str, look: Look, *, from_1904: bool) -> Held:
    """A number as its format shows it."""
    number = _decimal(raw)
    if number is None:
        return raw
    if look.takes in _DAYS or look.takes is Takes.TIME:
        moment = day_of(number, from_1904=from_1904)
        if moment is not None:
            return _as_taken(moment, look.takes, number)
    if number == number.to_integral_value() and abs(number) < 10**MOST_DIGITS:
        return int(number)
    return number


def _decimal(raw: str) -> Decimal | None:
    try:
        number = float(raw)
    except ValueError:
        return None
    return Decimal(repr(number)) if isfinite(number) else None


def day_of(number: Decimal, *, from_1904: bool) -> datetime | None:
    """A day's number with its part of a day, to the second."""
    if number < 0 or number > 2_958_465:
        return None
    if not from_1904 and 1 <= number < _FIRST_SURE_DAY:
        number += 1
    try:
        return (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(seconds=round(number * _DAY_SECONDS))
    except OverflowError:
        return None


def _as_taken(moment: datetime, takes: Takes, number: Decimal) -> Held:
    if takes is Takes.TIME:
        return moment.time() if number < 1 else number
    return moment if takes is Takes.MOMENT or moment.time() != time() else moment.date()


# ---------------------------------------------------------------- fitting


def fitted(value: Value, look: Look, *, from_1904: bool, ruled: str = "") -> Fitted | Misfit:
    """A value as a cell of this look takes it; `ruled` is the kind of the rule for what may be typed there."""
    takes = _taken(look.takes, ruled)
    if value is None or value == "":
        return Fitted(None)
    if isinstance(value, str):
        return _words(value, takes, from_1904=from_1904)
    if isinstance(value, bool):
        return _yes_or_no(value, takes)
    if isinstance(value, (date, time)):
        return _on_the_clock(value, takes, from_1904=from_1904)
    return _number(_exact(value), takes)


def _taken(takes: Takes, ruled: str) -> Takes:
    """A cell with no format of its own takes what its rule asks for."""
    if takes is not Takes.ANYTHING:
        return takes
    return {"whole": Takes.NUMBER, "decimal": Takes.NUMBER, "date": Takes.DAY, "time": Takes.TIME}.get(
        ruled, takes
    )


def _exact(value: int | Decimal | Money | Hours) -> Decimal:
    match value:
        case Money():
            return value.exact
        case Hours():
            return Decimal(value.seconds) / 3600
        case _:
            return Decimal(value)


def _number(number: Decimal, takes: Takes) -> Fitted | Misfit:
    if takes in _DAYS or takes is Takes.TIME:
        return Misfit(f"it takes {takes.value}, and a number would be shown as one")
    if not number.is_finite() or abs(number) >= _TOO_LARGE:
        return Misfit("that is no number a spreadsheet has")
    whole = number == number.to_integral_value()
    words = f"{number.to_integral_value() if whole else number.normalize():f}"
    if takes is Takes.WORDS:
        return Fitted(words)
    digits = words.strip("-0").replace(".", "").strip("0")
    if whole and len(digits) > MOST_DIGITS:
        return Misfit(f"a spreadsheet keeps no more than {MOST_DIGITS} digits of a number: give it as words")
    if len(digits) > MOST_DIGITS:
        number = Decimal(repr(float(number)))
        words = f"{number:f}"
    told = f"it is formatted as a percentage, and shows {number * 100:f}%" if _is_over(number, takes) else ""
    return Fitted(int(number) if whole else Decimal(repr(float(number))), words, told)


def _is_over(number: Decimal, takes: Takes) -> bool:
    """More than twice the whole, as where 25 was meant for 25%."""
    return takes is Takes.PERCENT and abs(number) > 2


def _yes_or_no(value: bool, takes: Takes) -> Fitted | Misfit:
    if takes is Takes.ANYTHING:
        return Fitted(value, str(int(value)))
    if takes is Takes.WORDS:
        return Fitted("Yes" if value else "No")
    return Misfit(f"it takes {takes.value}, not a yes or no")


def _on_the_clock(value: date | time, takes: Takes, *, from_1904: bool) -> Fitted | Misfit:
    if takes in _NUMBERS:
        return Misfit(f"it takes {takes.value}, not {'a time' if isinstance(value, time) else 'a date'}")
    if isinstance(value, time):
        return _time(value, takes)
    if takes is Takes.TIME:
        return Misfit("it takes a time, not a date")
    if takes is Takes.WORDS:
        return Fitted(british(value))
    if takes is Takes.ANYTHING:
        return Fitted(british(value), told="it is not formatted as a date, so the date was put as words")
    number = day_number(value, from_1904=from_1904)
    if number is None:
        return Fitted(
            british(value), told="its workbook counts no days as early as that, so the date was put as words"
        )
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    shown = moment if takes is Takes.MOMENT or moment.time() != time() else moment.date()
    return Fitted(shown, number)


def _time(value: time, takes: Takes) -> Fitted | Misfit:
    if takes is Takes.DAY:
        return Misfit("it takes a date, not a time")
    if takes not in _TIMES:
        return Fitted(f"{value:%H:%M}")
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    number = repr(seconds / _DAY_SECONDS)
    return Fitted(value.replace(microsecond=0) if takes is Takes.TIME else number_held(
        number, Look(takes), from_1904=False), number)  # fmt: skip


def _words(words: str, takes: Takes, *, from_1904: bool) -> Fitted | Misfit:
    if text_length(words) > LONGEST_TEXT:
        return Misfit(f"a cell holds no more than {LONGEST_TEXT:,} characters")
    if takes in _DAYS and (day := day_read(words)) is not None:
        return _on_the_clock(day, takes, from_1904=from_1904)
    if takes in _NUMBERS and (number := _number_read(words, takes)) is not None:
        return _number(number, takes)
    kept = xml.shown(sheet_text(words))
    if takes in (Takes.ANYTHING, Takes.WORDS):
        return Fitted(kept)
    return Fitted(kept, told=f"it takes {takes.value}, and was given words")


def _number_read(words: str, takes: Takes) -> Decimal | None:
    """A number that is nothing but one: what begins with a nought, such as a telephone number, stays words."""
    bare = words.strip()
    if takes is Takes.PERCENT and (share := _PERCENT.fullmatch(bare)):
        return Decimal(share[1]) / 100
    if re.match(r"[-−]?0\d", bare) or bare.startswith("+"):
        return None
    try:
        return read_decimal(bare)
    except InvalidOperation:
        return None


def day_read(words: str) -> date | None:
    """A day written 2026-11-20, 20/11/2026, 20.11.2026 or 20 November 2026."""
    bare = words.strip()
    try:
        if found := _ISO.fullmatch(bare):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _BRITISH.fullmatch(bare):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDED.fullmatch(bare):
            month = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(found[2].lower())), 0)
            return date(int(found[3]), month, int(found[1]))
    except ValueError:
        return None
    return None


def british(value: date) -> str:
    """20/11/2026, with the time of a moment after it."""
    return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"


def day_number(value: date, *, from_1904: bool) -> str | None:
    """The number a spreadsheet has for a day or moment; None for one it cannot count."""
    moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, time())
    passed = moment - (_EPOCH_1904 if from_1904 else _EPOCH_1900)
    seconds = round(passed.total_seconds())
    days, rest = divmod(seconds, _DAY_SECONDS)
    if days < (0 if from_1904 else 2):
        return None
    if not from_1904 and days < _FIRST_SURE_DAY:
        days -= 1
    return str(days) if not rest else repr(days + rest / _DAY_SECONDS)


def put(sheet: Sheet, fitting: Fitted, style: int | None) -> Put:
    """A fitted value as the worksheet writes it; the style is for a cell that was not there."""
    if fitting.held is None:
        return Put(style=style)
    if fitting.number is None:
        words = sheet.words(sheet_text(str(fitting.held)))
        return Put(words.kind, words.inner, style)
    kind = "b" if isinstance(fitting.held, bool) else "n"
    return Put(kind, sheet.number(fitting.number, kind).inner, style)


def shown(value: Held, look: Look | None = None) -> str:
    """What a person reads in a cell, near enough: days and amounts as they are written in England."""
    takes = look.takes if look else Takes.ANYTHING
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return f"{value.day} {value:%B %Y %H:%M}"
        case date():
            return f"{value.day} {value:%B %Y}"
        case time():
            return f"{value:%H:%M}"
        case int() | Decimal():
            return _figure(value, takes)
        case _:
            return value


def said(value: Value) -> str:
    """A value that is to be put into a cell, as a person would say it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value) if isinstance(value, Money | Hours) else shown(value)


def _figure(value: int | Decimal, takes: Takes) -> str:
    number = Decimal(value)
    if takes is Takes.PERCENT:
        return f"{(number * 100).normalize():f}%"
    if takes is Takes.MONEY:
        return f"{'-' if number < 0 else ''}£{abs(number):,.2f}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
