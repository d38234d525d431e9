"""Which sheets' formulas look at sheets that were filled, so that what they came to is no longer true.

A sheet that names another, a table on it or a name that stands for a place on it, depends on it as a whole, and on all
that it depends on. INDIRECT, OFFSET and areas over several sheets may look anywhere.
"""

from __future__ import annotations

import re

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_book import Book, SheetEntry

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f\b" + xml.REST + rb"(?<!/)>([^<]*)</")
_ANYWHERE = ("indirect(", "offset(")


def dependents(book: Book, filled: set[str]) -> tuple[SheetEntry, ...]:
    """The sheets that look at filled ones, given by their parts, and were not filled themselves."""
    looks = {
        entry.part: _looks_at(book, entry) for entry in book.entries.values() if entry.part not in filled
    }
    known = set(filled)
    while more := {part for part, at in looks.items() if part not in known and at & known}:
        known |= more
    return tuple(entry for entry in book.entries.values() if entry.part in known - filled)


def _looks_at(book: Book, entry: SheetEntry) -> set[str]:
    """The parts of the sheets that a sheet's formulas look at."""
    formulas = "\n".join(formulas_in(book.package.part(entry.part))).casefold()
    if not formulas:
        return set()
    if any(one in formulas for one in (*_ANYWHERE, *(f"{name}:" for name in book.entries))):
        return {one.part for one in book.entries.values()}
    words = formulas + "\n" + "\n".join(_named(book, formulas))
    at = {one.part for one in book.entries.values() if _is_named(one.name, words)}
    return at | {
        one.part
        for table in book.tables
        if f"{table.name.casefold()}[" in words and (one := book.entry(table.sheet)) is not None
    }


def formulas_in(part: bytes) -> list[str]:
    """The words of all formulas of a worksheet's cells, or of a chart."""
    part = xml.narrow(part)
    ends = part.rfind(b"sheetData>")  # what follows are rules, whose formulas have no results
    rows = part if ends < 0 else part[:ends]
    return xml.unescaped(b"\n".join(_FORMULA.findall(rows)).decode("utf-8", "replace")).split("\n")


def _is_named(sheet: str, words: str) -> bool:
    quoted = sheet.casefold().replace("'", "''")
    return f"{quoted}'!" in words or f"{quoted}!" in words


def _named(book: Book, formulas: str) -> list[str]:
    """What the workbook's names that stand in formulas stand for themselves, and the names in those."""
    found: dict[str, str] = {}
    words = formulas
    while more := [one for one in book.names if one.name not in found and _is_word(one.name, words)]:
        found |= {one.name: one.words.casefold() for one in more}
        words = "\n".join(one.words.casefold() for one in more)
    return list(found.values())


def _is_word(name: str, words: str) -> bool:
    """Whether a name stands in formulas by itself, and not as a piece of another."""
    lower = name.casefold()
    return lower in words and re.search(rf"(?<![\w.]){re.escape(lower)}(?![\w.(])", words) is not None
