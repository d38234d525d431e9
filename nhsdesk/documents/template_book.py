"""A workbook to be filled: its sheets, names, tables, shared words and styles, each read when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.refusals import damaged, refused
from nhsdesk.documents.template_areas import Area, area
from nhsdesk.documents.template_rules import Frame
from nhsdesk.documents.template_sheet import Patterns, Sheet, SheetCell
from nhsdesk.documents.template_styles import Look, Styles
from nhsdesk.documents.template_zip import XML_ERRORS, Package

_NAMED_STYLES = re.compile(
    rb"<((?:[\w.-]+:)?(?:cellStyleXfs|cellStyles|dxfs))\b" + xml.REST + rb"(?<!/)>.*?</\1>", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One worksheet: its name, the part that holds it, and whether a person sees it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name, what it stands for as written, and the one sheet it holds for, or empty."""

    name: str
    words: str
    sheet: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; `formula` where every row works it out."""

    heading: str
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table: its sheet, its area with headings and totals, and its columns from the left."""

    name: str
    sheet: str
    part: str
    area: Area
    columns: tuple[TableColumn, ...]
    headings: int = 1
    totals: int = 0
    outside: bool = False
    """True when its rows come from a query."""

    @property
    def first_row(self) -> int:
        """Of its rows, without the headings."""
        return self.area.top + self.headings

    @property
    def last_row(self) -> int:
        """Of its rows, without the totals."""
        return self.area.bottom - self.totals


class Book:
    """A workbook taken apart as far as somebody has asked; FileRefused where it is damaged."""

    def __init__(self, data: bytes, name: str) -> None:
        self.package = Package(data, name)
        self.name = name
        self._sheets: dict[str, Sheet] = {}
        self._frames: dict[str, Frame] = {}
        self._pivots: dict[str, tuple[Area, ...]] = {}
        try:
            self._read(self.package.tree(self.package.workbook))
        except XML_ERRORS as error:
            raise damaged(name) from error
        if not self.entries:
            advice = "Open it in Excel, and see whether it is the file you meant."
            raise refused(name, "it has no worksheets", advice)

    def _read(self, root: Any) -> None:
        kinds = {id_: (kind, part) for kind, id_, part in self.package.relations(self.package.workbook)}
        listed = []
        self.entries: dict[str, SheetEntry] = {}
        for one in xml.found(root, "sheet"):
            title = one.get("name", "")
            listed.append(title)
            id_ = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            kind, part = kinds.get(id_, ("", ""))
            if kind == "worksheet" and part in self.package:
                self.entries[title.casefold()] = SheetEntry(
                    title, part, one.get("state", "visible") != "visible"
                )
        properties = next(xml.found(root, "workbookPr"), None)
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.names = tuple(_names(root, listed))
        self._kinds = dict(kinds.values())

    # ------------------------------------------------------------ parts

    def entry(self, sheet: str) -> SheetEntry | None:
        """The worksheet of this name, in whatever case it is written, and with what spaces around it."""
        return self.entries.get(sheet.casefold()) or self.entries.get(sheet.strip().casefold())

    def sheet(self, entry: SheetEntry) -> Sheet:
        """A worksheet's cells."""
        if entry.part not in self._sheets:
            try:
                self._sheets[entry.part] = Sheet(self.package.part(entry.part))
                _ = self._sheets[entry.part].row_numbers
            except XML_ERRORS as error:
                raise self.unreadable(entry) from error
        return self._sheets[entry.part]

    def frame(self, entry: SheetEntry) -> Frame:
        """A worksheet's merges, rules and protection."""
        if entry.part not in self._frames:
            try:
                self._frames[entry.part] = Frame(xml.tree(self.sheet(entry).frame))
            except XML_ERRORS as error:
                raise self.unreadable(entry) from error
        return self._frames[entry.part]

    def unreadable(self, entry: SheetEntry) -> Exception:
        """For a worksheet that is broken, or larger than can be filled."""
        what = f"its sheet “{entry.name}” is damaged, or holds more rows or rules than can be filled in"
        advice = "Open it in Excel, save it as a new .xlsx file, and use that; or ask for the file again."
        return refused(self.name, what, advice)

    @cached_property
    def styles(self) -> Styles:
        """How its cells look."""
        try:
            return Styles(self._styles_tree(), self._tree("theme"))
        except XML_ERRORS as error:
            raise damaged(self.name) from error

    def _styles_tree(self) -> Any | None:
        """Without the named styles, of which thousands may have gathered, and which say nothing of a cell."""
        part = self._kinds.get("styles", "")
        if part not in self.package:
            return None
        return xml.tree(_NAMED_STYLES.sub(b"", xml.narrow(self.package.part(part))))

    def _tree(self, kind: str) -> Any | None:
        part = self._kinds.get(kind, "")
        return self.package.tree(part) if part in self.package else None

    @cached_property
    def _shared(self) -> list[tuple[int, int]]:
        """Where each of the shared words lies in their part."""
        p = self._shared_patterns.p
        return [one.span() for one in re.finditer(_item(p), self._shared_part)]

    @cached_property
    def _shared_part(self) -> bytes:
        part = self._kinds.get("sharedStrings", "")
        if part not in self.package:
            return b""
        try:
            return xml.plain(self.package.part(part))
        except XML_ERRORS as error:
            raise damaged(self.name) from error

    @cached_property
    def _shared_patterns(self) -> Patterns:
        root = re.search(rb"<(?:([\w.-]+):)?sst\b", self._shared_part)
        return Patterns((root[1] if root else None) or b"")

    def same_words(self, other: Book) -> bool:
        """Whether both have the same shared words, byte for byte."""
        return self._shared_part == other._shared_part

    def shared_words(self, number: int) -> str:
        """The shared words of this number; ValueError where there are none."""
        if not 0 <= number < len(self._shared):
            raise ValueError("no such words")
        starts, ends = self._shared[number]
        patterns = self._shared_patterns
        bare = patterns.reading.sub(b"", self._shared_part[starts:ends])
        return xml.shown("".join(xml.unescaped(one[1].decode()) for one in patterns.text.finditer(bare)))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every Excel table, sheet by sheet."""
        try:
            return tuple(
                table
                for entry in self.entries.values()
                for kind, _, part in self.package.relations(entry.part)
                if kind == "table"
                and part in self.package
                and (table := self._table(entry, part)) is not None
            )
        except XML_ERRORS as error:
            raise damaged(self.name) from error

    def _table(self, entry: SheetEntry, part: str) -> Table | None:
        root = self.package.tree(part)
        where = area(root.get("ref", ""))
        if where is None:
            return None
        columns = tuple(
            TableColumn(xml.shown(one.get("name", "")), one.findtext("{*}calculatedColumnFormula") or "")
            for one in xml.found(root, "tableColumn")
        )
        name = root.get("displayName") or root.get("name", "")
        headings, totals = int(root.get("headerRowCount", "1")), int(root.get("totalsRowCount", "0"))
        return Table(
            name, entry.name, part, where, columns, headings, totals, root.get("tableType") == "queryTable"
        )

    def pivots(self, entry: SheetEntry) -> tuple[Area, ...]:
        """Where pivot tables stand, which put their own figures there."""
        if entry.part not in self._pivots:
            self._pivots[entry.part] = self._read_pivots(entry)
        return self._pivots[entry.part]

    def _read_pivots(self, entry: SheetEntry) -> tuple[Area, ...]:
        found = []
        for kind, _, part in self.package.relations(entry.part):
            if kind == "pivotTable" and part in self.package:
                place = next(xml.found(self.package.tree(part), "location"), None)
                found.append(None if place is None else _with_filters(area(place.get("ref", "")), place))
        return tuple(one for one in found if one is not None)

    # ------------------------------------------------------------ cells

    def look(self, cell: SheetCell | None) -> Look:
        """How a cell looks."""
        return self.styles.look(cell.style if cell else 0)

    def style_of(self, entry: SheetEntry, row: int, column: int) -> int:
        """The style of a cell, also of one that is not there yet: its row's, or its column's."""
        sheet = self.sheet(entry)
        found = sheet.row(row)
        if found is not None:
            if column in found.cells:
                return found.cells[column].style
            if found.attributes.get("customFormat") in ("1", "true"):
                return int(found.attributes.get("s", "0"))
        return self.frame(entry).column_style(column)

    def is_hidden(self, entry: SheetEntry, row: int, column: int) -> bool:
        """Whether a person does not see the cell, though the sheet be shown."""
        return self.hides_row(entry, row) or self.frame(entry).hides_column(column)

    def hides_row(self, entry: SheetEntry, row: int) -> bool:
        """Whether a person does not see the row."""
        found = self.sheet(entry).row(row)
        if found is None:
            return self.frame(entry).hides_unwritten_rows
        return found.attributes.get("hidden") in ("1", "true")


def _item(p: bytes) -> bytes:
    return rb"<" + p + rb"si\b" + xml.REST + rb"(?:/>|(?<!/)>(?s:.*?)</" + p + rb"si>)"


def _with_filters(where: Area | None, place: Any) -> Area | None:
    """A pivot table with the filters that stand above it, and the empty row between."""
    above = int(place.get("rowPageCount", "0"))
    return replace(where, top=max(1, where.top - above - 1)) if where and above else where


def _names(root: Any, listed: list[str]) -> Iterator[Name]:
    for one in xml.found(root, "definedName"):
        local = one.get("localSheetId")
        sheet = listed[int(local)] if local is not None and int(local) < len(listed) else ""
        yield Name(one.get("name", ""), one.text or "", sheet, one.get("hidden") in ("1", "true"))
