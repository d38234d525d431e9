"""How two states of one workbook differ, cell by cell: a blank and a filled one, what was sent and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from nhsdesk.documents.refusals import damaged
from nhsdesk.documents.template_book import Book
from nhsdesk.documents.template_plan import Difference
from nhsdesk.documents.template_rows import formula_of
from nhsdesk.documents.template_sheet import Sheet, SheetCell
from nhsdesk.documents.template_values import Held, held
from nhsdesk.documents.template_xml import reference
from nhsdesk.documents.template_zip import XML_ERRORS

MOST_DIFFERENCES = 10_000


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
    alike = before.same_words(after)
    for name in dict.fromkeys((*before.entries, *after.entries)):
        old, new = _side(before, name), _side(after, name)
        title = new.title or old.title
        if not (alike and old.part == new.part):
            yield from _of_sheet(title, old, new, alike=alike)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two states of a sheet; without cells where the workbook has no such sheet."""

    book: Book
    title: str = ""
    part: bytes = b""
    sheet: Sheet | None = None

    def rows(self) -> list[int]:
        return self.sheet.row_numbers if self.sheet else []

    def row(self, number: int) -> Mapping[int, SheetCell]:
        row = self.sheet.row(number) if self.sheet else None
        return {} if row is None else row.cells

    def row_bytes(self, number: int) -> bytes:
        return self.sheet.row_without_results(number) if self.sheet else b""

    def shared(self) -> dict[str, tuple[int, int, str] | None]:
        """By number, where the words of each formula stand that several cells share, and the words."""
        return {one: _origin(self.sheet, one) for one in self.sheet.shared_formulas} if self.sheet else {}


def _side(book: Book, name: str) -> _Side:
    entry = book.entries.get(name)
    if entry is None:
        return _Side(book)
    return _Side(book, entry.name, book.package.part(entry.part), book.sheet(entry))


def _of_sheet(name: str, old: _Side, new: _Side, *, alike: bool) -> Iterator[Difference]:
    """Rows whose bytes are the same, and mean the same, are not taken apart."""
    shared_alike = old.shared() == new.shared()
    for number in sorted({*old.rows(), *new.rows()}):
        row = old.row_bytes(number)
        if alike and row == new.row_bytes(number) and (shared_alike or b"shared" not in row):
            continue
        before, after = old.row(number), new.row(number)
        for column in sorted({*before, *after}):
            then, now = before.get(column), after.get(column)
            if not _same_formula(old, then, new, now):
                was, is_ = _held(old, then), _held(new, now)
                if was != is_:
                    yield Difference(name, reference(number, column), was[0], is_[0], by_formula=is_[1])


def _same_formula(old: _Side, then: SheetCell | None, new: _Side, now: SheetCell | None) -> bool:
    """Whether both are written alike, so that their words need not be worked out."""
    if then is None or now is None or not old.sheet or not new.sheet:
        return False
    before, after = old.sheet.formula(then), new.sheet.formula(now)
    if before is None or before != after:
        return False
    number = before[1].get("si", "")
    return bool(before[0]) or _origin(old.sheet, number) == _origin(new.sheet, number)


def _origin(sheet: Sheet, number: str) -> tuple[int, int, str] | None:
    cell = sheet.shared_formulas.get(number)
    formula = sheet.formula(cell) if cell else None
    return (cell.row, cell.column, formula[0]) if cell and formula else None


def _held(side: _Side, cell: SheetCell | None) -> tuple[Held, bool]:
    """What a cell holds, or the words of its formula; nothing for what a formula in another cell puts there."""
    if cell is None or side.sheet is None or not cell.inner:
        return None, False
    words = formula_of(side.sheet, cell)
    if words is not None:
        return f"={words}", True
    if any(one.holds(cell.row, cell.column) for one in side.sheet.spread):
        return None, False
    return held(side.book, side.sheet, cell), False
