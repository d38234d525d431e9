"""A register written out as a workbook or as separated text, from which changes can be brought back.

    view = View(kind, ids, columns)          what is shown, in its order
    save(database, view, target)             by the ending of the target: .xlsx or .csv

Every row ends in a mark that says which entry it is, under a heading that says after which step of the journal all
stood so; `register_changes` reads both. A register is written for whoever works with it, as the window shows it: it is
no paper for others, and its cover says what in it is restricted or tells of persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import whole_files
from nhsdesk.documents import separated
from nhsdesk.documents.model import Cell, CellKind, Column, Paragraph, Report, Section, Sheet, Table, Workbook
from nhsdesk.domain import kinds, register_cells, times
from nhsdesk.domain.fields import Derived, Field, Record, RecordKind
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.register_cells import KEPT_BACK, Origin
from nhsdesk.store import drafts, queries, record_file
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader
from nhsdesk.store.register import REF, Register, titles_of

ENDINGS = (".xlsx", ".csv")

_KINDS: tuple[tuple[type[kinds.Kind], CellKind], ...] = (
    (kinds.Pounds, CellKind.MONEY),
    (kinds.Number, CellKind.DECIMAL),
    (kinds.Count, CellKind.WHOLE),
    (kinds.Minutes, CellKind.WHOLE),
    (kinds.HoursAWeek, CellKind.HOURS),
    (times.Day, CellKind.DAY),
    (times.InMonth, CellKind.MONTH),
)
_WORKED_OUT: tuple[tuple[type, CellKind], ...] = (
    (Money, CellKind.MONEY),
    (Hours, CellKind.HOURS),
    (Month, CellKind.MONTH),
    (Decimal, CellKind.DECIMAL),
    (date, CellKind.DAY),
    (int, CellKind.WHOLE),
)


@dataclass(frozen=True, slots=True)
class View:
    """A register as it is shown: which entries in which order, which columns, and how it was narrowed, in words."""

    kind: RecordKind
    ids: tuple[Id, ...]
    columns: tuple[str, ...]
    total: int
    narrowed: str = ""
    ordered: str = ""


def whole(database: Database, kind: RecordKind, words: str = "", *, every_column: bool = False) -> View:
    """All entries of a kind that hold the words, as their register shows them at first."""
    register = Register(database, kind)
    register.open()
    total = len(register.ids)
    register.narrow(words)
    every = (*(one.name for one in kind.fields), *(one.name for one in kind.derived))
    first = kind.columns or tuple(one.name for one in kind.fields[:6])
    columns = tuple(dict.fromkeys((*first, *every))) if every_column else first
    return View(kind, tuple(register.ids), columns, total, f"with the words “{words}”" if words else "")


def suggested_name(view: View, day: date) -> str:
    """A name for its file: "Commitments 2026-11-20.xlsx"."""
    return f"{view.kind.plural} {day.isoformat()}.xlsx"


def save(database: Database, view: View, target: Path) -> None:
    """Writes what is shown as the kind of file that the target's ending says."""
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise errors.Unwritable(
            f"{target.name} was not written: a register goes into an Excel workbook (.xlsx) or separated text (.csv). "
            "Choose a name with one of these endings."
        )
    content = as_workbook(database, view) if ending == ".xlsx" else as_text(database, view)
    whole_files.write_whole(database, target, lambda out: out.write(content))


def as_workbook(database: Database, view: View) -> bytes:
    """The register as a workbook: a cover that says what is shown, and a table to work in."""
    from nhsdesk.documents import xlsx

    told = _tell(database, view)
    kind = view.kind
    intro = (
        f"This worksheet holds one table. Change cells or add rows below, and bring it back to {kind.plural}."
    )
    table = Table(kind.plural, told.columns, told.rows, to_fill=True)
    sheet = Sheet(kind.plural, kind.plural, intro, table)
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    title = f"{kind.plural}, {told.network}" if told.network else kind.plural
    made = database.now()
    book = Workbook(
        title, f"As at {day_words(database.today())}", told.network or "nhsdesk", made, told.cover, (sheet,),
        mark=mark, working_copy=True,
    )  # fmt: skip
    return xlsx.write(book)


def as_text(database: Database, view: View) -> bytes:
    """The register as separated text, under the same headings."""
    told = _tell(database, view)
    headings = tuple(column.label_with_unit for column in told.columns)
    return separated.written((headings, *told.rows))


def as_pages(database: Database, view: View) -> bytes:
    """The register as pages to print, which say what is shown and as at when. What fits beside one another is shown."""
    from nhsdesk.documents import pdf, pdf_table

    told, kind, today = _tell(database, view), view.kind, database.today()
    shown = [n for n, column in enumerate(told.columns) if not column.hidden]
    beside, over = shown[: pdf_table.MOST_COLUMNS], shown[pdf_table.MOST_COLUMNS :]
    rows = tuple(tuple(row[n] for n in beside) for row in told.rows)
    table = Table(kind.plural, tuple(told.columns[n] for n in beside), rows)
    left = f"Too many columns to stand beside one another; left out: {', '.join(told.columns[n].label for n in over)}."
    words = (*told.shown, *((left,) if over else ()))
    report = Report(
        title=kind.plural,
        subtitle=f"As at {day_words(today)}",
        organisation=told.network,
        day=today,
        created=database.now(),
        sections=(Section(kind.plural, (*(Paragraph(one) for one in words), table)),),
        footer=f"{kind.plural}, as at {day_words(today)}. For whoever works with it; no paper for others.",
        mark="SAMPLE" if record_file.is_sample(database) else "",
    )
    return pdf.write(report)


@dataclass(frozen=True, slots=True)
class _Told:
    """A register's columns and rows, with what the cover says of them."""

    network: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cover: tuple[str, ...]
    shown: tuple[str, ...]
    """Of the cover, what is said on pages too."""


def _tell(database: Database, view: View) -> _Told:
    kind = view.kind
    register = Register(database, kind)
    register.open()
    with database.read() as reader:
        found = reader.several(kind.cls, view.ids)
        records = [found[id_] for id_ in view.ids if id_ in found]
        origin = origin_now(reader, kind)
        columns = [
            _ref(records),
            *(_column(reader, register, name, records) for name in view.columns if name != REF),
        ]
        columns.append(
            (Column(origin.heading, hidden=True), [register_cells.mark_of(one.id) for one in records])
        )
        typed = drafts.of_kind(reader, kind.name)
        ours = reader.all(Organisation, ours=True)
    cells = tuple(zip(*(held for _, held in columns), strict=True))
    network = ours[0].name if ours else ""
    drafted = sum(len(typed.get(str(one.id), ())) for one in records)
    cover = tuple(_cover(database, view, records, cells, drafted, origin.step))
    shown = (f"{_shown(view, len(records))} {_in_order(view)}", *_careful(view, records, cells, drafted))
    return _Told(network, tuple(column for column, _ in columns), cells, cover, shown)


def origin_now(reader: Reader, kind: RecordKind) -> Origin:
    """The kind, and the newest step of the journal."""
    step = queries.position(reader)
    return Origin(kind.title, step, queries.step_mark(reader, step))


# ---- columns


def _ref(records: Sequence[Record]) -> tuple[Column, list[Cell]]:
    return Column("Ref"), [one.ref for one in records]


def _column(
    reader: Reader, register: Register, name: str, records: Sequence[Record]
) -> tuple[Column, list[Cell]]:
    derived = register.kind.derived_column(name)
    if derived is not None:
        return _worked_out(register, derived, records)
    field = register.kind.field(name)
    return column_of(field, cells_of(reader, field, records))


def column_of(field: Field, cells: list[Any]) -> tuple[Column, list[Any]]:
    """The column of a field and its cells: all of words where one has more digits than a spreadsheet keeps."""
    column = _kept_in(field, cells)
    if column.kind is CellKind.TEXT:
        cells = [cell if cell is None or isinstance(cell, str) else field.kind.words(cell) for cell in cells]
    return column, cells


def cells_of(reader: Reader, field: Field, records: Sequence[Record]) -> list[Any]:
    """What the cells of a field's column hold, for each of the records."""
    values = [getattr(one, field.name) for one in records]
    words = linked_words(reader, field, values)
    return [register_cells.value_in(field, value) for value in (values if words is None else words)]


def linked_words(reader: Reader, field: Field, values: Sequence[Any]) -> list[str | None] | None:
    """The words of links, as they are typed: the reference, and of a single one its title; None for other fields."""
    if isinstance(field.kind, kinds.LinkTo):
        titles = titles_of(reader, {one for one in values if one is not None})
        return [None if one is None else titles.get(one, "") for one in values]
    if isinstance(field.kind, kinds.LinksTo):
        titles = titles_of(reader, {one for held in values for one in held})
        return ["; ".join(titles[one].split(" ", 1)[0] for one in held if one in titles) for held in values]
    return None


def _kept_in(field: Field, cells: Iterable[Any]) -> Column:
    worded = any(isinstance(cell, str) for cell in cells)
    kind = next((to for of, to in _KINDS if isinstance(field.kind, of)), CellKind.TEXT)
    places = field.kind.places if isinstance(field.kind, kinds.Number) else 2
    heading = register_cells.heading_of(field)
    if isinstance(field.kind, kinds.Pounds):
        heading = f"{heading} (£)" if "£" not in heading else heading
    return Column(heading, CellKind.TEXT if worded else kind, places, register_cells.choices_of(field))


def _worked_out(register: Register, derived: Derived, records: Sequence[Record]) -> tuple[Column, list[Cell]]:
    values = register.derived(derived.name, [one.id for one in records])
    cells = [values.get(one.id) for one in records]
    there = [cell for cell in cells if cell is not None]
    for of, to in _WORKED_OUT:
        if there and all(isinstance(cell, of) and not isinstance(cell, bool) for cell in there):
            return Column(derived.label, to), list(cells)
    return Column(derived.label), [_words(cell) for cell in cells]


def _words(value: Any) -> str | None:
    if value is None:
        return None
    return value.words if isinstance(value, Choice) else register_cells.plain(str(value))


# ---- what the cover says


def _cover(
    database: Database, view: View, records: Sequence[Record], cells: Sequence[tuple[Cell, ...]], drafted: int,
    step: int,
) -> Iterator[str]:  # fmt: skip
    kind = view.kind
    yield f"From {database.path.name}, as at {day_words(database.today())}, after step {step:,} of its journal."
    yield f"{_shown(view, len(records))} {_in_order(view)}"
    yield (
        "To bring changes back: change cells, add rows below, save the file, and choose Bring back from Excel in the "
        "register. What would change is shown first. Entries that are not in the file stay as they are."
    )
    yield (
        "A hidden column at the end says which entry each row is. Leave it, and sort whole rows only. In a new row it "
        "stays empty, and so does Ref."
    )
    worked_out = [one.label for name in view.columns if (one := kind.derived_column(name)) is not None]
    if worked_out:
        yield f"Worked out by the program, and not read back: {', '.join(worked_out)}."
    yield from _careful(view, records, cells, drafted)


def _careful(
    view: View, records: Sequence[Record], cells: Sequence[tuple[Cell, ...]], drafted: int
) -> Iterator[str]:
    """What whoever passes the file on should know."""
    yield "This is a file to work in. Send others a return or a briefing, from which what they may not see is left out."
    restricted = sum(bool(getattr(one, "restricted", False)) for one in records)
    if restricted:
        entries = "1 entry is" if restricted == 1 else f"{restricted:,} entries are"
        yield f"{entries} restricted and stand here whole."
    private = [one.label for one in view.kind.fields if one.private and one.name in view.columns]
    if private:
        yield f"Tells of persons: {', '.join(private)}."
    held_back = sum(cell == KEPT_BACK for row in cells for cell in row)
    if held_back:
        counted = "1 cell was" if held_back == 1 else f"{held_back:,} cells were"
        yield f"{counted} kept back, because what they hold looks like an NHS number."
    if drafted:
        counted = "1 field has" if drafted == 1 else f"{drafted:,} fields have"
        yield f"{counted} words typed that are not yet in the file; here stands what is."


def _shown(view: View, shown: int) -> str:
    kind = view.kind
    if shown == view.total and not view.narrowed:
        return f"All {shown:,} {kind.nouns if shown != 1 else kind.noun}."
    how = f", {view.narrowed}" if view.narrowed else ""
    return f"{shown:,} of {view.total:,} {kind.nouns}{how}."


def _in_order(view: View) -> str:
    return f"In the order of {view.ordered or 'Ref, first to last'}."
