"""Likely NHS numbers in words: found, graded and masked. The number itself is never kept and never given back.

    found = find("Rang pt 450 557 7104 again")
    found[0].masked         xxx xxx 71xx
    found[0].grade          Grade.HIGH

The check digit alone would raise an alarm at one in eleven numbers of ten digits. So ten digits on their own count
only in the ranges given out in England, and a number that is called something else (invoice, order, phone) does not
count at all. Ranges and check digit: NHS Data Dictionary, "NHS number".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from nhsdesk.domain.problems import Problem, Weight


class _Pattern:
    """A pattern that is compiled when it is first asked: hardly anything that is written comes so far."""

    def __init__(self, words: str, flags: int = 0) -> None:
        self._words, self._flags = words, flags

    def __call__(self) -> re.Pattern[str]:
        return re.compile(self._words, self._flags)  # which remembers it


_GAP = "[ \t\u00a0\u2007\u2009\u202f]{1,2}"
_CANDIDATE = _Pattern(
    rf"(?<![\d£$€])(?<!\d[.,/-])(?:(\d{{3}})({_GAP}|[.\-\u2010\u2011\u2013]?)(\d{{3}})\2(\d{{4}})|(\d{{6}}){_GAP}(\d{{4}}))"
    r"(?![\w/%]|[-.,]\d|[ \t]\d)",
    re.ASCII,
)
_MAY_BE = re.compile(rf"\d{{3}}(?:{_GAP}|.)?\d{{3}}(?:{_GAP}|.)?\d{{4}}", re.ASCII)
"""Cheap, and true of everything that could be one: most entries are done after this."""

_AROUND = 40
_SAYS_SO = _Pattern(
    r"(?:(?<![a-z])(?:nhs|chi|h\s?&\s?c|hcn|health and care|patient|pt)(?![a-z])"
    r"(?:[\s:.,#=_(-]|\b(?:no|nos|num|nr|id|number|numbers|is)\b)*)$",
    re.IGNORECASE,
)
"""What says of the number just behind it that it is one."""
_NEAR = _Pattern(
    r"\b(?:nhs n(?:o|um|umber|r)s?|patients?|pts?|dob|d\.o\.b|date of birth|born|chi|h&c)\b", re.IGNORECASE
)
_OTHER = (
    r"(?:invoices?|inv|credit note|purchase[ -]orders?|orders?|p\.?o\.?s?|requisitions?|grn|remittances?|remit|bacs|"
    r"payments?|cheques?|vouchers?|batch|accounts?|acc|a/c|sort code|iban|vat|utr|tax|suppliers?|vendor|customer|"
    r"esr|employees?|assignments?|payroll|telephone|tel|phone|mobile|mob|fax|bleep|switchboard|extension|ext|zoom|"
    r"teams|webex|meeting id|conference id|webinar|passcode|pin|isbn|company|charity|serial|licence|asset|ticket|"
    r"tracking|gbp|£)"
)
_CALLED_OTHER = _Pattern(
    rf"(?:(?<!\w){_OTHER}(?:[\s:.,;#=&/_()+-]|\b(?:no|nos|num|nr|id|number|numbers|ref|refs|reference|references|"
    r"advice|report|code|line|is|was|and|or)\b|\b\d{6,12}\b)*)$",
    re.IGNORECASE,
)
"""What says of the number behind it, or of each of several, that it is something else."""
_OTHER_BEHIND = _Pattern(rf"[\s(–-]{{0,3}}(?:{_OTHER}|pounds|pence)(?!\w)", re.IGNORECASE)
_DIALLED = _Pattern(r"(?:(?:\+|\b00)\s?\d{1,3}[\s().0-]*|\b44\s|\(0\)\s?|[£$€#]\s?|\b[A-Z]{1,5}[-_/]?)$")
"""The beginning of a telephone number or an amount, or letters that are part of a reference."""
_MOBILE = re.compile("7[1-57-9]")
"""How a mobile number begins from which a spreadsheet took the nought."""
_ALIKE = str.maketrans(dict.fromkeys("_+()[]{}@,;~", " ") | dict.fromkeys("–‐‑", "-"))
_EXAMPLE = "9434765919"
"""The NHS Data Dictionary's own, which people type to try the guard."""


class Grade(Enum):
    """How sure it is. What is high is refused until somebody says why it is kept; what is possible is only told."""

    HIGH = "high"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Found:
    """One likely number in a text: where it stands, how it may be shown, what it is like, how sure that is."""

    start: int
    end: int
    masked: str
    what: str
    grade: Grade


def find(text: str) -> tuple[Found, ...]:
    """The likely numbers in a text, in order."""
    return tuple(found for found, _ in _found(text)) if _MAY_BE.search(text) else ()


def find_in_name(name: str) -> tuple[Found, ...]:
    """The likely numbers in a file's name, where signs stand for spaces: "Smith_450-557-7104.pdf"."""
    if not _MAY_BE.search(name):
        return ()
    stem = name.rpartition(".")[0] or name
    return find(re.sub(r"[-.](?=\d{3})", " ", stem.translate(_ALIKE)))


def may_hold(text: str) -> bool:
    """Whether it is worth looking: false of nearly every text, and cheap."""
    return _MAY_BE.search(text) is not None


def likely(text: str) -> tuple[Found, ...]:
    """Only those found with the higher grade."""
    return tuple(found for found in find(text) if found.grade is Grade.HIGH)


def likely_in_field(label: str, words: str, *, code: bool = False) -> tuple[Found, ...]:
    """Only those of the higher grade in a field, read as the field is."""
    return tuple(found for found in in_field(label, words, code=code) if found.grade is Grade.HIGH)


def newly_likely(text: str, before: str, *, label: str = "", name: bool = False) -> tuple[Found, ...]:
    """Those of the higher grade that did not stand in the text before: what was let in once is not asked again.

    `label` is that of a field for codes, which is read with it; `name` says that the text is the name of a file.
    """
    found = find_in_name(text) if name else in_field(label, text, code=bool(label))
    high = tuple(one for one in found if one.grade is Grade.HIGH)
    if not high or not before:
        return high
    return high if set(_digits(text)) - set(_digits(before)) else ()


def masked(text: str) -> str:
    """The text with every likely number masked, of either grade: for what is shown in passing."""
    shown, at = [], 0
    for found in find(text):
        shown += [text[at : found.start], found.masked]
        at = found.end
    return "".join(shown) + text[at:]


def find_in_rows(
    headings: Sequence[str], rows: Iterable[Sequence[Any]], grade: Grade = Grade.HIGH
) -> tuple[int, str, Found] | None:
    """The first likely number in rows: its row from 1, the heading of its column, and what was found.

    A cell is read with the heading above it: ten digits under "Invoice number" are an invoice's.
    """
    for number, row in enumerate(rows, 1):
        words = [str(cell) for cell in row if type(cell) is str or type(cell) is int]
        if not words or not _MAY_BE.search("\n".join(words)):
            continue
        for place, cell in enumerate(row):
            heading = headings[place] if place < len(headings) else ""
            found = _in_cell(heading, cell)
            if found is not None and (found.grade is Grade.HIGH or grade is Grade.POSSIBLE):
                return number, heading, found
    return None


def told(label: str, found: Found) -> Problem:
    """What to say beside a field, with the number masked."""
    if found.grade is Grade.HIGH:
        sentence = (
            f"“{label}” holds what looks like an {found.what} ({found.masked}). No patient’s number is kept here. Take "
            "it out; or, if it is something else, say why it is to be kept."
        )
        return Problem(sentence, Weight.MUST_FIX)
    return Problem(
        f"“{label}” may hold an {found.what} ({found.masked}). If it is one, take it out.", Weight.NOTE
    )


def in_field(label: str, words: str, *, code: bool = False) -> tuple[Found, ...]:
    """The likely numbers in a field, the surest first.

    A code given by somebody else is read with its label: ten digits in "Invoice number" are an invoice's.
    """
    if not _MAY_BE.search(words):
        return ()
    found = find(f"{label}: {words}" if code else words)
    return tuple(sorted(found, key=lambda one: one.grade is not Grade.HIGH))


def beside(label: str, words: str, *, code: bool = False) -> Problem | None:
    """What to say beside a field for the words in it; None where there is nothing to say."""
    found = in_field(label, words, code=code)
    return told(label, found[0]) if found else None


# ---- inside


def _in_cell(heading: str, cell: Any) -> Found | None:
    if type(cell) is not str and type(cell) is not int:
        return None
    return next(iter(in_field(heading, str(cell), code=True)), None)


def _digits(text: str) -> Iterator[str]:
    """The likely numbers themselves, for comparing within one call."""
    yield from (number for _, number in _found(text))
    yield from (number for _, number in _found(re.sub(r"[-.](?=\d{3})", " ", text.translate(_ALIKE))))


def _found(text: str) -> Iterator[tuple[Found, str]]:
    for match in _CANDIDATE().finditer(text):
        parts = [part for part in match.group(1, 3, 4, 5, 6) if part]
        number = "".join(parts)
        what = _what(number) if _adds_up(number) else None
        if what is None:
            continue
        grade = _grade(text, match, number, what)
        if grade is not None:
            mask = f"xxx xxx {number[-4:-2]}xx"
            yield Found(match.start(), match.end(), mask, what, grade), number


def _grade(text: str, match: re.Match[str], number: str, what: str) -> Grade | None:
    before = text[max(0, match.start() - 2 * _AROUND) : match.start()]
    behind = text[match.end() : match.end() + _AROUND]
    if _SAYS_SO().search(before):
        return Grade.HIGH
    if _CALLED_OTHER().search(before) or _DIALLED().search(before):
        return None
    near = bool(_NEAR().search(before[-_AROUND:]) or _NEAR().search(behind))
    spaced = bool(match[2]) and match[2].isspace()
    ours = what == _OURS or number == _EXAMPLE or number.startswith("999")
    if near:
        return Grade.HIGH if ours or spaced else Grade.POSSIBLE
    if not ours or match[5]:
        return None
    if spaced:
        return Grade.HIGH
    return None if _OTHER_BEHIND().match(behind) or _MOBILE.match(number) else Grade.POSSIBLE


_OURS = "NHS number"


def _adds_up(number: str) -> bool:
    """Whether the tenth digit is the check digit of the nine before it, by remainders of 11."""
    if len(set(number)) == 1:
        return False
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and rest % 11 == int(number[9])


def _what(number: str) -> str | None:
    """By its range: England, Wales and the Isle of Man; Northern Ireland; for tests; or Scotland, a date of birth."""
    begins = int(number[:3])
    if 400 <= begins <= 499 or 600 <= begins <= 799 or begins >= 900:
        return _OURS if begins < 900 else "NHS number for tests"
    if 320 <= begins <= 399:
        return "Health and Care number"
    return "identity number of a patient (CHI)" if _is_day(number[:6]) else None


def _is_day(digits: str) -> bool:
    for century in (1900, 2000):
        try:
            date(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
            return True
        except ValueError:
            continue
    return False
