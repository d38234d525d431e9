"""How the entries of a register stand in a spreadsheet's cells, and what is typed there read back.

    value_in(field, value)             what the cell holds: an amount, a day, or words
    alike(field, said, value)          whether a cell still says what the entry holds
    typed(field, said)                 its words, as they are typed into the field

A cell never says more than a spreadsheet can keep: 15 digits, 32,000 letters, no control characters. What it loses of a
value is no change of the value when it comes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any

from nhsdesk.domain import entry, kinds, patient_data, times
from nhsdesk.domain.blocks import as_words
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money, read_decimal
from nhsdesk.domain.periods import Month

LONGEST = 32_000
"""Letters of a text that a cell takes, with room for what is said of the rest."""

KEPT_BACK = "[kept back: it looks like an NHS number]"

COUNTED = (kinds.Pounds, kinds.Number, kinds.Count, kinds.HoursAWeek, kinds.Minutes)
"""Kinds of field whose cells hold a number."""

_DIGITS = Context(prec=15)
_BREAKS = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_LETTER = re.compile("[\ud800-\udfff\ufffd-\uffff]")
_UNITS = re.compile(r"\s*(?:%|minutes?|hours?|h)\s*$", re.I)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):00(?:\.0+)?")
_MARK = re.compile(r"id ([1-9]\d{0,18})")
_HEADING = re.compile(
    r"(?P<title>.+) in nhsdesk \(leave as it is\), step (?P<step>\d+) (?P<hash>[0-9a-f]{8})"
)


# ---- which entry a row is, and of when


@dataclass(frozen=True, slots=True)
class Origin:
    """Which kind of entries a sheet holds, and the step of the journal after which they stood so."""

    title: str
    step: int
    hash: str

    @property
    def heading(self) -> str:
        """The heading of the column that says which entry a row is."""
        return f"{self.title} in nhsdesk (leave as it is), step {self.step} {self.hash}"


def origin_in(heading: str) -> Origin | None:
    """What the heading of that column says; None for any other heading."""
    found = _HEADING.fullmatch(" ".join(heading.split()))
    return None if found is None else Origin(found["title"], int(found["step"]), found["hash"])


def mark_of(id_: Id) -> str:
    """The id of an entry as text that no spreadsheet takes for a number: a number would lose its last digits."""
    return f"id {id_}"


def id_in(mark: str) -> Id | None:
    """The id that a mark says; None where it says none."""
    found = _MARK.fullmatch(" ".join(mark.split()))
    return Id(int(found[1])) if found is not None and int(found[1]) <= kinds.LARGEST else None


def heading_of(field: Field) -> str:
    """The heading of a field's column, with its unit; pounds are said by whoever writes the sheet."""
    match field.kind:
        case kinds.Number(unit="%"):
            return f"{field.label} (%)"
        case kinds.Minutes():
            return f"{field.label} (minutes)"
        case _:
            return field.label


def choices_of(field: Field) -> tuple[str, ...]:
    """What may be chosen in a cell, where there is a list of it."""
    match field.kind:
        case kinds.OneOf(choices=choices):
            return tuple(choice.words for choice in choices)
        case kinds.Flag():
            return ("Yes", "No")
        case _:
            return ()


def headed(kind: RecordKind, heading: str) -> Field | None:
    """The field whose column has that heading, with or without its unit."""
    wanted = _plainly(heading.removesuffix("(£)"))
    for field in kind.fields:
        if wanted in (_plainly(heading_of(field)), _plainly(field.label)):
            return field
    return None


def _plainly(words: str) -> str:
    return " ".join(words.split()).casefold()


# ---- what a cell holds


def value_in(field: Field, value: Any) -> Any:
    """What the cell of a value holds: Money, Hours, a number, a day or a month as they are, all else as words.

    Links are words already. None is an empty cell.
    """
    if value is None:
        return None
    if isinstance(field.kind, (*COUNTED, times.Day, times.InMonth)):
        return value if _fits(value) else field.kind.words(value)
    words = value if isinstance(value, str) else field.kind.words(value)
    if patient_data.likely_in_field(field.label, words, code=isinstance(field.kind, kinds.Reference)):
        return KEPT_BACK
    return plain(words) or None


def plain(words: str) -> str:
    """Words as a cell and a line of separated text can keep them; how much was cut off stands at the end."""
    kept = _NO_LETTER.sub("?", _CONTROL.sub("", _BREAKS.sub("\n", words)))
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST]} [cut: {len(kept) - LONGEST:,} more letters]"


def was_cut(words: str) -> bool:
    """Whether a cell could not take the whole of the words."""
    return len(words) > LONGEST


def _fits(value: Any) -> bool:
    """Whether a spreadsheet can keep an amount: up to 15 digits before the point."""
    match value:
        case Money():
            return abs(value.pence) < 10**15
        case Hours():
            return abs(value.seconds) < 10**15
        case int():
            return abs(value) < 10**15
        case Decimal():
            return abs(value) < Decimal(10**15)
        case _:
            return True


# ---- what a cell says


def typed(field: Field, said: str) -> str:
    """The words of a cell as they are typed into the field: without the first of a month or the seconds of a time."""
    words = said.strip()
    match field.kind:
        case times.InMonth() if _ISO_DAY.fullmatch(words):
            return words[:7]
        case times.InMonth():
            return words.replace("-", " ") if re.fullmatch(r"[A-Za-z]{3,9}-\d{2,4}", words) else words
        case times.TimeOfDay() if found := _SECONDS.fullmatch(words):
            return found[1]
        case kinds.LongText():
            return said
        case _:
            return words


def alike(field: Field, said: str, value: Any) -> bool:
    """Whether a cell says what the value's cell would say. `value` is that of `value_in`, with links as words."""
    wanted = _said(field, value)
    if said in wanted or _key(field, said) in {_key(field, one) for one in wanted}:
        return True
    return isinstance(field.kind, kinds.Text) and isinstance(value, str) and _made_of(said, value)


def _made_of(said: str, words: str) -> bool:
    """Whether a spreadsheet that opened separated text made this of words: a day of "August 2026", 7 of "007"."""
    if _ISO_DAY.fullmatch(said):
        month, day = entry.read_month(words), entry.read_day(words, _SOME_DAY)
        return said in (str(day), month.first.isoformat() if isinstance(month, Month) else "")
    return said.isdigit() and words.isdigit() and said == words.lstrip("0")


def _said(field: Field, value: Any) -> tuple[str, ...]:
    """A value's words as a workbook gives them back, and as separated text does."""
    match value:
        case None:
            return ("",)
        case Money():
            return (as_words(value.exact),)
        case Hours():
            return (as_words(_DIGITS.divide(Decimal(value.seconds), 3600)), str(value))
        case Month():
            return (value.first.isoformat(), str(value), value.words)
        case date():
            return (value.isoformat(), field.kind.words(value))
        case _:
            return (as_words(value),)


def _key(field: Field, said: str) -> str:
    """What two cells that say the same have in common."""
    words = typed(field, plain(said)).strip()
    if isinstance(field.kind, COUNTED):
        amount = read_decimal(_UNITS.sub("", words))
        return words if amount is None else f"{_DIGITS.create_decimal(amount).normalize() + 0:f}"
    if isinstance(field.kind, times.Day | times.InMonth) and words:
        read = field.kind.read(words, _SOME_DAY)
        return str(read) if isinstance(read, date | Month) else words.casefold()
    if isinstance(field.kind, kinds.LinkTo):
        return words.split()[0].casefold() if words else ""
    if isinstance(field.kind, kinds.OneOf | kinds.SeveralOf | kinds.LinksTo | kinds.Flag):
        return _plainly(words.replace(";", ","))
    return words


_SOME_DAY = date(2026, 4, 1)
"""A day without its year is never written by us, and is typed anew by whoever writes it."""
