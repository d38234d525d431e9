"""Words made fit for a spreadsheet's cells and names, losing little and nothing in silence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

LONGEST_TEXT = 32_767
"""The most a cell holds, in the halves of UTF-16 that spreadsheets count."""

LONGEST_SHEET_NAME = 31

_LINE_BREAK = re.compile(r"\r\n?")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b\x0c\x0e-\x1f])")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*")
_FORMULA_LIKE = tuple("=+-@|%\t\n＝＋－＠")


def sheet_text(text: str) -> str:
    """The text as a cell's XML must spell it, at most 32,767 long; what is cut off is counted at the end.

    Line breaks become line feeds, the only ones a cell shows. Control characters are written `_xHHHH_`, as
    the format asks, and a typed `_xHHHH_` is written `_x005F_xHHHH_`: spreadsheets and calamine give both back
    as typed, while openpyxl shows the escapes. What no XML can hold, such as half a character, becomes U+FFFD.
    """
    text = _NO_CHARACTER.sub("\ufffd", _LINE_BREAK.sub("\n", text))
    spelt = _escape(text)
    return spelt if _length(spelt) <= LONGEST_TEXT else _cut(text)


def text_length(text: str) -> int:
    """How much of the longest text these words take up, in their cell's XML."""
    return _length(_escape(_NO_CHARACTER.sub("\ufffd", _LINE_BREAK.sub("\n", text))))


def starts_like_a_formula(text: str) -> bool:
    """True where a spreadsheet would take the text for a formula once a person edits its cell."""
    return text.startswith(_FORMULA_LIKE)


def one_line(text: str) -> str:
    """For titles, headings and properties: one line, without the characters XML forbids."""
    return _CONTROL.sub("", _NO_CHARACTER.sub("\ufffd", " ".join(text.split())))


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """A name a spreadsheet accepts for each one wanted: 31 long at most, no two alike in any case."""
    taken = {"history"}  # kept by Excel for itself
    return [_unlike(_sheet_name(name), taken, LONGEST_SHEET_NAME, " ") for name in wanted]


def table_names(wanted: Iterable[str]) -> list[str]:
    """A name for each table: letters, digits and underscores, not like a cell's address, no two alike."""
    taken: set[str] = set()
    return [_unlike(_table_name(name), taken, 100, "_") for name in wanted]


def _escape(text: str) -> str:
    guarded = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", guarded)


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str) -> str:
    """As much of the beginning as fits with the note that says how much is missing."""
    room = LONGEST_TEXT - len(f" [cut: {len(text)} more characters]")
    kept = bisect_right(range(LONGEST_TEXT), room, key=lambda length: _length(_escape(text[:length]))) - 1
    return f"{_escape(text[:kept])} [cut: {len(text) - kept} more characters]"


def _sheet_name(name: str) -> str:
    plain = _NOT_IN_A_SHEET_NAME.sub(" ", one_line(name))
    return _shortened(" ".join(plain.split()), LONGEST_SHEET_NAME).strip("' ") or "Sheet"


def _table_name(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")[:90] or "Table"
    return f"Table_{plain}" if plain[0].isdigit() or _CELL_LIKE.fullmatch(plain) else plain


def _unlike(name: str, taken: set[str], longest: int, gap: str) -> str:
    """The name, or the name with the first number from 2 that nobody has; it is then taken."""
    chosen, number = name, 2
    while chosen.casefold() in taken:
        ending = f"{gap}{number}"
        chosen, number = _shortened(name, longest - len(ending)) + ending, number + 1
    taken.add(chosen.casefold())
    return chosen


def _shortened(name: str, longest: int) -> str:
    while _length(name) > longest:
        name = name[:-1]
    return name
