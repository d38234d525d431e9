"""Keeping a commissioner's blank workbook, and saying what fills which of its cells; and its newer versions.

workbook = workbook_mapping.keep(database, path, "Place return")
workbook_mapping.map_cell(database, workbook.id, "Summary", "C4", fills="Our PCN: name")
workbook_mapping.map_list(database, workbook.id, "Staff", "A6", "ARRS monthly claim: Claim lines", {"A": "Post"})
newer = workbook_mapping.look_at_newer(database, workbook, path)
workbook_mapping.take_over_newer(database, newer, "2027/28", settled={})
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from nhsdesk import errors
from nhsdesk.documents import template, template_print
from nhsdesk.documents.template_print import Comparison, Fate, Found, MappedPlace, Print
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.filings import ReturnToMake
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

ENDINGS = (".xlsx", ".xlsm")
MOST_TOLD = 5
M = TypeVar("M", MappedCell, MappedList, MappedColumn)


def keep(
    database: Database, path: Path, name: str, published_by: Id | None = None, edition: str | None = None
) -> WorkbookToFill:
    """Keeps a blank workbook under a name, once it was read and found sound. Raises FileRefused."""
    content = template.read(path)
    if path.suffix.lower() not in ENDINGS:
        raise errors.FileRefused(
            f"{path.name} was not kept: only .xlsx and .xlsm workbooks can be filled in place. Nothing has been "
            "changed. Open it in Excel, save it as .xlsx, and keep that."
        )
    fingerprint = template_print.print_of(content, path.name).as_text()
    refuse_second(database, name)
    shown = whole_letters(path.name)
    with database.change(f"Keep the workbook {quoted(name)}") as change:
        kept = change.keep_bytes(shown, content, _hash(content))
        return change.add(
            WorkbookToFill(
                name=name,
                published_by=published_by,
                edition=edition,
                received_on=database.today(),
                blank=kept,
                fingerprint=fingerprint,
            )
        )


def named(database: Database, name: str) -> WorkbookToFill:
    """A workbook by its name or reference; a sentence naming those there are where there is none."""
    with database.read() as reader:
        every = reader.all(WorkbookToFill)
    wanted = name.strip().casefold()
    for one in every:
        if wanted in (one.name.casefold(), one.ref.casefold()):
            return one
    known = ", ".join(one.name for one in every) or "none yet"
    raise errors.PaperRefused(f"There is no workbook to fill called {quoted(name)}. There are: {known}.")


def map_cell(
    database: Database,
    workbook: Id,
    sheet: str,
    cell: str,
    *,
    fills: str = "",
    words: str = "",
    heading: str = "",
) -> MappedCell:
    """Says what fills a cell; what was said of that cell before gives way. One step."""
    with database.change(f"Fill {cell} of {quoted(sheet)}") as change:
        for before in change.reader.all(MappedCell, workbook=workbook):
            if (before.sheet, before.cell) == (sheet, cell):
                change.remove(before)
        return change.add(
            MappedCell(
                workbook=workbook, sheet=sheet, cell=cell, heading=heading or None, fills=fills or None,
                words=words or None,
            )
        )  # fmt: skip


def map_list(
    database: Database,
    workbook: Id,
    sheet: str,
    header: str,
    fills: str,
    columns: Mapping[str, str],
    *,
    headings: Mapping[str, str] | None = None,
    always: Mapping[str, str] | None = None,
    table: str = "",
    only: str = "",
    in_order: str = "",
) -> MappedList:
    """Says which list fills the rows below a heading, and which of its columns each letter is. One step.

    `always` are the letters that hold the same words in every row.
    """
    with database.change(f"Fill the rows below {header} of {quoted(sheet)}") as change:
        for before in change.reader.all(MappedList, workbook=workbook):
            if (before.sheet, before.header) == (sheet, header):
                change.remove(before)
        listed = change.add(
            MappedList(
                workbook=workbook, sheet=sheet, header=header, table=table or None, fills=fills, only=only or None,
                in_order=in_order or None,
            )
        )  # fmt: skip
        for letter, column in columns.items():
            found = (headings or {}).get(letter)
            change.add(MappedColumn(table=listed.id, column=letter, heading=found, fills=column))
        for letter, words in (always or {}).items():
            found = (headings or {}).get(letter)
            change.add(MappedColumn(table=listed.id, column=letter, heading=found, words=words))
        return listed


# ---- a newer version


@dataclass(frozen=True, slots=True)
class Newer:
    """A newer version of a mapped workbook: its bytes, what became of every mapped place, and what each place fills."""

    workbook: WorkbookToFill
    name: str
    content: bytes
    fingerprint: Print
    compared: Comparison
    mapped: tuple[MappedCell | MappedList, ...]
    """What stands at each place of the comparison, in its order."""

    @property
    def to_settle(self) -> tuple[int, ...]:
        """The numbers of the places that a person must say something of."""
        asked = (Fate.UNSURE, Fate.GONE)
        return tuple(n for n, one in enumerate(self.compared.places) if one.fate in asked or one.missing)


def look_at_newer(database: Database, workbook: WorkbookToFill, path: Path) -> Newer:
    """Holds a newer version against the one that was mapped; nothing is written. Raises FileRefused."""
    content = template.read(path)
    fingerprint = template_print.print_of(content, path.name)
    with database.read() as reader:
        cells = reader.all(MappedCell, workbook=workbook.id)
        mapped: tuple[MappedCell | MappedList, ...] = (*cells, *reader.all(MappedList, workbook=workbook.id))
        places = [_place_of(reader, one) for one in mapped]
        before = _fingerprint_of(reader, workbook)
    return Newer(
        workbook,
        path.name,
        content,
        fingerprint,
        template_print.compare(before, fingerprint, places),
        mapped,
    )


def take_over_newer(
    database: Database, newer: Newer, edition: str | None, settled: Mapping[int, MappedPlace | None]
) -> WorkbookToFill:
    """Keeps a newer version with its mapping, in one step: what is where it was or surely moved goes over.

    `settled` says of every place that is not sure where it is now, or None to leave it out. Nothing is guessed: a
    place nobody has said anything of refuses the whole.
    """
    unsaid = [n for n in newer.to_settle if n not in settled]
    if unsaid:
        told = " ".join(newer.compared.places[n].told for n in unsaid[:MOST_TOLD])
        raise errors.PaperRefused(
            f"The newer version of {newer.workbook.name} was not taken over: say first of "
            f"{len(unsaid):,} of its places where they are now, or leave them out. {told}"
        )
    old = newer.workbook
    with database.change(f"Take over a newer version of {quoted(old.name)}") as change:
        kept = change.keep_bytes(whole_letters(newer.name), newer.content, _hash(newer.content))
        made = change.add(
            replace(
                old, id=NEW, version=0, ref="", edition=edition, received_on=database.today(), blank=kept,
                fingerprint=newer.fingerprint.as_text(), replaced_by=None,
            )
        )  # fmt: skip
        for number, (mapped, found) in enumerate(zip(newer.mapped, newer.compared.places, strict=True)):
            now = settled[number] if number in settled else found.now[0]
            if now is not None:
                _move(change, made.id, mapped, now, found)
        earlier = (
            f"{old.name}, {old.edition}"
            if old.edition
            else f"{old.name}, until {day_words(database.today())}"
        )
        change.put(replace(old, name=earlier, replaced_by=made.id))
        for rule in change.reader.all(ReturnToMake, workbook=old.id):
            change.put(replace(rule, workbook=made.id))
        return made


def _move(
    change: Change, workbook: Id, mapped: MappedCell | MappedList, now: MappedPlace, found: Found
) -> None:
    if isinstance(mapped, MappedCell):
        change.add(_anew(mapped, workbook=workbook, sheet=now.sheet, cell=now.cell))
        return
    listed = change.add(
        _anew(mapped, workbook=workbook, sheet=now.sheet, header=now.cell, table=now.table or mapped.table)
    )
    letters = {heading.casefold(): letter for letter, heading in now.columns}
    for column in change.reader.all(MappedColumn, table=mapped.id):
        heading = (column.heading or "").casefold()
        if column.heading in found.missing:
            continue
        change.add(_anew(column, table=listed.id, column=letters.get(heading, column.column)))


def _anew(record: M, **now: object) -> M:
    """A record like another, to be added beside it."""
    return replace(record, id=NEW, version=0, ref="", **now)  # type: ignore[arg-type]


def _place_of(reader: Reader, mapped: MappedCell | MappedList) -> MappedPlace:
    if isinstance(mapped, MappedCell):
        return MappedPlace(mapped.sheet, mapped.cell)
    columns = reader.all(MappedColumn, table=mapped.id)
    headings = tuple((one.column, one.heading or "") for one in columns if one.heading)
    return MappedPlace(mapped.sheet, mapped.header, headings, mapped.table or "")


def _fingerprint_of(reader: Reader, workbook: WorkbookToFill) -> Print:
    """As it was kept, or from the blank where what was kept is no fingerprint."""
    with suppress(ValueError):
        return Print.of_text(workbook.fingerprint or "")
    blank = reader.kept_bytes(workbook.blank.sha256) if workbook.blank else None
    if blank is None or workbook.blank is None:
        return Print()
    return template_print.print_of(blank, workbook.blank.name)


def refuse_second(database: Database, name: str) -> None:
    """A name is kept once, so that what is asked for by it is sure."""
    with database.read() as reader:
        if any(one.name.casefold() == name.strip().casefold() for one in reader.all(WorkbookToFill)):
            raise errors.PaperRefused(
                f"A workbook to fill is already called {quoted(name)}. Nothing was changed. Give this one another name."
            )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
