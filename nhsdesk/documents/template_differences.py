"""How two states of one workbook differ, cell by cell: a blank and a filled one, what was sent and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from nhsdesk.documents.refusals import damaged
from nhsdesk.documents.template_book import Book, SheetEntry
from nhsdesk.documents.template_plan import Difference
from nhsdesk.documents.template_rows import formula_of
from nhsdesk.documents.template_sheet import Sheet, SheetCell
from nhsdesk.documents.template_values import Held, held
from nhsdesk.documents.template_xml import reference
from nhsdesk.documents.template_zip import XML_ERRORS

MOST_DIFFERENCES = 10_000

_Compared = tuple[Held, bool]


def differences(old: tuple[bytes, str], new: tuple[bytes, str]) -> tuple[Difference, ...]:
    """Every cell that holds something else in the new workbook, by sheet, row and column; each given with its name.

    Formulas are compared by their words, since what they come to is worked out anew by whoever opens them. Sheets are
    known by their names; those of only one workbook are compared with nothing. At most 10,000 are told.
    """
    before, after = Book(*old), Book(*new)
    try:
        return tuple(islice(_all(before, after), MOST_DIFFERENCES))
    except XML_ERRORS as error:
        raise damaged(new[1]) from error


def _all(before: Book, after: Book) -> Iterator[Difference]:
    for name in dict.fromkeys((*before.entries, *after.entries)):
        old, new = before.entries.get(name), after.entries.get(name)
        named = (new or old).name if new or old else name  # type: ignore[union-attr]
        if not (old and new and _is_same(before, old, after, new)):
            yield from _of_sheet(named, _cells(before, old), _cells(after, new))


def _is_same(before: Book, old: SheetEntry, after: Book, new: SheetEntry) -> bool:
    """Byte for byte, as most sheets of a filled workbook are."""
    return before.package.part(old.part) == after.package.part(new.part) and before.same_words(after)


def _cells(book: Book, entry: SheetEntry | None) -> dict[tuple[int, int], _Compared]:
    if entry is None:
        return {}
    sheet = book.sheet(entry)
    found = ((cell.row, cell.column, _compared(book, sheet, cell)) for cell in sheet.cells() if cell.inner)
    return {(row, column): one for row, column, one in found if one[0] is not None}


def _compared(book: Book, sheet: Sheet, cell: SheetCell) -> _Compared:
    words = formula_of(sheet, cell)
    return (held(book, sheet, cell), False) if words is None else (f"={words}", True)


def _of_sheet(
    name: str, old: dict[tuple[int, int], _Compared], new: dict[tuple[int, int], _Compared]
) -> Iterator[Difference]:
    nothing: _Compared = (None, False)
    for at in sorted(old.keys() | new.keys()):
        before, after = old.get(at, nothing), new.get(at, nothing)
        if before != after:
            yield Difference(name, reference(*at), before[0], after[0], by_formula=after[1])
