"""One worksheet of a workbook to be filled: its cells found in its bytes, and the same bytes with some cells put anew.

Only the rows that are asked for are taken apart. What is not a cell (merges, rules, protection) is in
`template_rules.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.packages import MOST_ROWS
from nhsdesk.documents.template_areas import EVERYTHING, Area, area

MOST_FRAME_BYTES = 6_000_000
"""Of everything in a sheet but its cells."""

_MOST_KEPT_ROWS = 2_000
"""Rows taken apart that are kept for when they are asked for again."""

_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet\b" + xml.REST + rb">")
_KIND = re.compile(rb"(?:^|\s)t\s*=\s*[\"'](\w+)[\"']")
_STYLE = re.compile(rb"(?:^|\s)s\s*=\s*[\"'](\d+)[\"']")
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"'](\w+)[\"']")
_LETTERS = re.compile(rb"[A-Za-z]{1,3}")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_SPANS = re.compile(rb"(\bspans\s*=\s*[\"'])(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as its bytes have it: `rest` is its attributes, `inner` what stands in it."""

    row: int
    column: int
    rest: bytes = b""
    inner: bytes = b""

    @property
    def attributes(self) -> dict[str, str]:
        """All its attributes, by name."""
        return xml.attributes(self.rest)

    @property
    def kind(self) -> str:
        """The type of its value: n, s, str, inlineStr, b, e or d."""
        found = _KIND.search(self.rest)
        return found[1].decode() if found else "n"

    @property
    def style(self) -> int:
        """The number of its style."""
        found = _STYLE.search(self.rest)
        return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its cells by column, its attributes, its opening tag, and where each cell's bytes lie."""

    number: int
    cells: Mapping[int, SheetCell]
    attributes: Mapping[str, str]
    opening: bytes
    lies: Mapping[int, tuple[int, int]]
    after: bytes = b""
    """What stands between its last cell and its end."""


@dataclass(frozen=True, slots=True)
class Put:
    """What a cell is to hold: its type and its content's bytes; nothing at all empties it."""

    kind: str = "n"
    inner: bytes = b""
    style: int | None = None
    """For a cell that was not there."""


class Patterns:
    """What finds a worksheet's tags in its bytes, with the prefix that all of them have."""

    def __init__(self, prefix: bytes) -> None:
        p = self.p = prefix + b":" if prefix else b""
        self.data = re.compile(rb"<" + p + rb"sheetData\b" + xml.REST + rb">")
        self.data_end = b"</" + p + b"sheetData>"
        self.row = re.compile(rb"<" + p + rb"row\b(" + xml.REST + rb")>")
        self.row_end = b"</" + p + b"row>"
        self.cell = re.compile(rb"<" + p + rb"c\b(" + xml.REST + rb")>")
        self.cell_end = b"</" + p + b"c>"
        self.value = re.compile(rb"<" + p + rb"v\b" + xml.REST + rb">([^<]*)</" + p + rb"v>")
        self.formula = re.compile(
            rb"<" + p + rb"f\b(" + xml.REST + rb")(?:/>|>([^<]*)</" + p + rb"f>)"
        )  # of an empty one the rest ends in a stroke
        self.text = re.compile(rb"<" + p + rb"t\b" + xml.REST + rb">([^<]*)</" + p + rb"t>")
        self.reading = re.compile(rb"<" + p + rb"rPh\b.*?</" + p + rb"rPh>", re.DOTALL)
        self.more = re.compile(rb"<" + p + rb"extLst\b.*</" + p + rb"extLst>", re.DOTALL)
        words = (
            rb"<" + p + rb"f\b(?=[^<>]*\bt=[\"']shared[\"'])(" + xml.REST + rb")(?<!/)>[^<]+</" + p + rb"f>"
        )
        self.sharing = re.compile(rb"<" + p + rb"c\b(" + xml.REST + rb")>\s*(" + words + rb")")
        self.spread = re.compile(
            rb"<" + p + rb"f\b(?=[^>]*\bt=[\"'](?:array|dataTable)[\"'])(" + xml.REST + rb")>"
        )
        worked_out = rb"\s*<" + p + rb"f\b" + xml.REST + rb"(?:/>|>[^<]*</" + p + rb"f>)"
        result = rb"\s*<" + p + rb"v\b[^<>]*(?:/>|>[^<]*</" + p + rb"v>)"
        opening, type_ = rb"(<" + p + rb"c\b[^<>]*?)", rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')"
        self.typed_result = re.compile(
            opening + type_ + rb"([^<>]*>" + worked_out + rb")(?:" + result + rb")?"
        )
        self.result = re.compile(rb"(<" + p + rb"c\b[^<>]*>" + worked_out + rb")" + result)
        self.dimension = re.compile(rb"(<" + p + rb"dimension\b[^>]*?\bref\s*=\s*[\"'])([A-Za-z0-9:]+)")


_TYPE = re.compile(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class Sheet:
    """A worksheet's bytes; ValueError when they are put together in a way this cannot read."""

    def __init__(self, part: bytes) -> None:
        self.part = xml.plain(part)
        root = _ROOT.search(self.part)
        if root is None:
            raise ValueError("no worksheet")
        self.patterns = Patterns(root[1] or b"")
        data = self.patterns.data.search(self.part)
        if data is None:
            raise ValueError("a worksheet without rows")
        self._opens, self._starts = data.start(), data.end()
        self._ends = (
            self._starts if data[0].endswith(b"/>") else self.part.index(self.patterns.data_end, self._starts)
        )
        self._closed = data[0].endswith(b"/>")
        if self._opens + len(self.part) - self._ends > MOST_FRAME_BYTES:
            raise ValueError("more rules than can be held")
        self._rows: dict[int, SheetRow] = {}

    @cached_property
    def _index(self) -> dict[int, tuple[int, int, int]]:
        """For each row that is there: where it begins, where its opening tag ends, and where it ends."""
        found: dict[int, tuple[int, int, int]] = {}
        number, ended = 0, self._starts
        for opening in self.patterns.row.finditer(self.part, self._starts, self._ends):
            if opening.start() < ended or self.part[ended : opening.start()].strip():
                raise ValueError("something between two rows")
            given = _NUMBER.search(opening[1])
            number = int(given[1]) if given else number + 1
            ended = opening.end()
            if not opening[0].endswith(b"/>"):
                ended = self.part.index(self.patterns.row_end, ended) + len(self.patterns.row_end)
            if number in found or len(found) > MOST_ROWS:
                raise ValueError("a row twice, or too many")
            found[number] = opening.start(), opening.end(), ended
        if self.part[ended : self._ends].strip():
            raise ValueError("something after the last row")
        return found

    @cached_property
    def row_numbers(self) -> list[int]:
        """The rows that are there at all, in order."""
        return sorted(self._index)

    def row(self, number: int) -> SheetRow | None:
        """A row taken apart; None where there is none."""
        if number not in self._rows:
            if number not in self._index:
                return None
            if len(self._rows) >= _MOST_KEPT_ROWS:
                self._rows.clear()
            self._rows[number] = self._taken_apart(number)
        return self._rows[number]

    def _taken_apart(self, number: int) -> SheetRow:
        starts, opened, ends = self._index[number]
        ending = str(number).encode()
        cells: dict[int, SheetCell] = {}
        lies: dict[int, tuple[int, int]] = {}
        column = 0
        for opening in self.patterns.cell.finditer(self.part, opened, ends):
            named = _PLACE.search(opening[1])
            given = _column(named[1].removesuffix(ending)) if named else column + 1
            if not column < given <= xml.LAST_COLUMN:
                raise ValueError("a cell that is not where it says")
            column, inner, ended = given, b"", opening.end()
            if not opening[0].endswith(b"/>"):
                closing = self.part.index(self.patterns.cell_end, ended, ends)
                inner, ended = self.part[ended:closing], closing + len(self.patterns.cell_end)
            cells[column] = SheetCell(number, column, opening[1], inner)
            lies[column] = opening.start(), ended
        opening_bytes = self.part[starts:opened]
        after = self.part[max((end for _, end in lies.values()), default=opened) : ends]
        after = after.removesuffix(self.patterns.row_end)
        return SheetRow(number, cells, xml.attributes(opening_bytes), opening_bytes, lies, after)

    def row_without_results(self, number: int) -> bytes:
        """A row's bytes without what its formulas come to; nothing where there is no row."""
        if number not in self._index:
            return b""
        starts, _, ends = self._index[number]
        return self._recalculated(self.part[starts:ends])

    def cell(self, row: int, column: int) -> SheetCell | None:
        """A cell that is there, be it empty."""
        found = self.row(row)
        return None if found is None else found.cells.get(column)

    def cells(self, where: Area = EVERYTHING) -> Iterator[SheetCell]:
        """Every cell that is there in an area, row by row, without keeping the rows."""
        known = self.row_numbers
        for number in known[bisect_left(known, where.top) : bisect_right(known, where.bottom)]:
            for column, cell in (self._rows.get(number) or self._taken_apart(number)).cells.items():
                if where.left <= column <= where.right:
                    yield cell

    # ------------------------------------------------------------ what a cell holds

    def formula(self, cell: SheetCell) -> tuple[str, dict[str, str]] | None:
        """The formula's words, empty where another cell has them, and its attributes; None for a value."""
        match = self.patterns.formula.search(cell.inner)
        if match is None:
            return None
        return xml.unescaped((match[2] or b"").decode()), xml.attributes(match[1])

    def raw(self, cell: SheetCell) -> str | None:
        """What stands between `<v>` and `</v>`; None where there is nothing."""
        match = self.patterns.value.search(cell.inner)
        return None if match is None else xml.unescaped(match[1].decode())

    def inline(self, cell: SheetCell) -> str:
        """The words of a cell that keeps them itself."""
        bare = self.patterns.reading.sub(b"", cell.inner)
        return "".join(xml.unescaped(one[1].decode()) for one in self.patterns.text.finditer(bare))

    @property
    def has_formulas(self) -> bool:
        """Whether anything on the worksheet is worked out."""
        return self.patterns.formula.search(self.part, self._starts, self._ends) is not None

    @cached_property
    def spread(self) -> tuple[Area, ...]:
        """Where one formula's results spread over several cells; those of one cell hold their formula themselves."""
        rests = (one[1] for one in self.patterns.spread.finditer(self.part, self._starts, self._ends))
        found = (area(xml.attributes(rest).get("ref", "")) for rest in rests)
        return tuple(
            one for one in found if one is not None and (one.top, one.left) != (one.bottom, one.right)
        )

    @cached_property
    def shared_formulas(self) -> dict[str, SheetCell]:
        """The cell that holds the words of each formula shared by several, by the formula's number."""
        found = {}
        for one in self.patterns.sharing.finditer(self.part, self._starts, self._ends):
            number, place = xml.attributes(one[3]).get("si"), _PLACE.search(one[1])
            at = xml.place(place[1].decode()) if place else None
            if number is not None and at is not None:
                found[number] = SheetCell(*at, one[1], one[2])
        return found

    @cached_property
    def frame(self) -> bytes:
        """The worksheet without its rows."""
        p = self.patterns.p
        tail = self.part[self._ends :]
        if not self._closed:
            tail = tail[len(self.patterns.data_end) :]
        return self.part[: self._opens] + b"<" + p + b"sheetData/>" + tail

    # ------------------------------------------------------------ written again

    def rewritten(self, puts: Mapping[tuple[int, int], Put], tail: bytes | None = None) -> bytes:
        """The worksheet with these cells put, and results of formulas left out, so that they are worked out anew.

        `tail` stands for what follows the rows, where that is to be another.
        """
        rows: dict[int, dict[int, Put]] = {}
        for (row, column), put in puts.items():
            rows.setdefault(row, {})[column] = put
        pieces = [self._head(puts), self._data(rows)]
        pieces.append(self.tail if tail is None else tail)
        return b"".join(pieces)

    @property
    def tail(self) -> bytes:
        """What follows the rows."""
        return self.part[self._ends + (0 if self._closed else len(self.patterns.data_end)) :]

    def _head(self, puts: Mapping[tuple[int, int], Put]) -> bytes:
        """What comes before the rows, with the extent that the sheet will have."""
        head = self.part[: self._opens]
        match = self.patterns.dimension.search(head)
        extent = area(match[2].decode()) if match else None
        if match is None or extent is None or not puts:
            return head
        rows, columns = {row for row, _ in puts} | {extent.top, extent.bottom}, {column for _, column in puts}
        columns |= {extent.left, extent.right}
        wider = Area(min(rows), min(columns), max(rows), max(columns))
        if wider == extent:
            return head
        return head[: match.start(2)] + str(wider).encode() + head[match.end(2) :]

    def _data(self, rows: dict[int, dict[int, Put]]) -> bytes:
        p = self.patterns.p
        opening = b"<" + p + b"sheetData>" if self._closed else self.part[self._opens : self._starts]
        pieces = []
        at = self._starts
        for starts, number, ends in self._places(rows):
            pieces.append(self._recalculated(self.part[at:starts]))
            pieces.append(self._recalculated(self._written_row(number, rows[number])))
            at = ends
        pieces.append(self._recalculated(self.part[at : self._ends]))
        return opening + b"".join(pieces) + self.patterns.data_end

    def _places(self, rows: dict[int, dict[int, Put]]) -> list[tuple[int, int, int]]:
        """For each row to be written: where it goes in the bytes, its number, and where what it replaces ends."""
        known = self.row_numbers
        places = []
        at = 0
        for number in sorted(rows):
            while at < len(known) and known[at] < number:
                at += 1
            if number in self._index:
                starts, _, ends = self._index[number]
            else:
                starts = ends = self._index[known[at]][0] if at < len(known) else self._ends
            places.append((starts, number, ends))
        if places != sorted(places):
            raise ValueError("rows that are not in order")
        return places

    def _written_row(self, number: int, puts: dict[int, Put]) -> bytes:
        p = self.patterns.p
        row = self.row(number)
        if row is None:
            row = SheetRow(number, {}, {}, b'<%srow r="%d">' % (p, number), {})
        cells = {column: self.part[starts:ends] for column, (starts, ends) in row.lies.items()}
        for column, put in puts.items():
            cells[column] = self._written_cell(number, column, row.cells.get(column), put)
        opening = row.opening[:-2].rstrip() + b">" if row.opening.endswith(b"/>") else row.opening
        return (
            _spanning(opening, puts)
            + b"".join(cells[one] for one in sorted(cells))
            + row.after
            + self.patterns.row_end
        )

    def _written_cell(self, row: int, column: int, before: SheetCell | None, put: Put) -> bytes:
        """A cell with its attributes as they were, but for the type of its value."""
        p = self.patterns.p
        if before is None:
            rest = b' r="%s"' % xml.reference(row, column).encode()
            rest += b' s="%d"' % put.style if put.style else b""
        else:
            rest = _TYPE.sub(b"", before.rest.rstrip(b"/").rstrip())
        kept = self.patterns.more.search(before.inner) if before else None
        inner = put.inner + (kept[0] if kept else b"")
        kind = b"" if put.kind == "n" else b' t="%s"' % put.kind.encode()
        if not inner:
            return b"<%sc%s/>" % (p, rest)
        return b"<%sc%s%s>%s</%sc>" % (p, rest, kind, inner, p)

    def _recalculated(self, rows: bytes) -> bytes:
        return without_results(rows, self.patterns)

    def words(self, text: str) -> Put:
        """Words, kept in the cell itself, so that the list of shared ones stays as it is."""
        p = self.patterns.p
        space = b' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else b""
        return Put(
            "inlineStr", b"<%sis><%st%s>%s</%st></%sis>" % (p, p, space, xml.escaped(text).encode(), p, p)
        )

    def number(self, text: str, kind: str = "n") -> Put:
        """A number, or with kind b a yes or no, as the format writes it."""
        return Put(kind, b"<%sv>%s</%sv>" % (self.patterns.p, text.encode(), self.patterns.p))

    def formula_put(self, words: str, array: str = "") -> Put:
        """A formula whose result is worked out on opening; `array` is its cell where it works on whole areas."""
        kind = b' t="array" ref="%s"' % array.encode() if array else b""
        p = self.patterns.p
        return Put("n", b"<%sf%s>%s</%sf>" % (p, kind, xml.escaped(words).encode(), p))


def without_results(rows: bytes, patterns: Patterns) -> bytes:
    """Rows without what formulas came to when the workbook was last saved."""
    if b"<" + patterns.p + b"f" not in rows:
        return rows
    untyped = b"".join(patterns.typed_result.split(rows))  # what is kept are the groups and all between
    return b"".join(patterns.result.split(untyped))


def forgetting(part: bytes) -> bytes:
    """A whole worksheet without what its formulas came to; everything else stays the very bytes."""
    part = xml.plain(part) if b"<!" in part else xml.narrow(part)
    root = _ROOT.search(part)
    return part if root is None else without_results(part, Patterns(root[1] or b""))


@lru_cache(xml.LAST_COLUMN)
def _column(letters: bytes) -> int:
    """The number of a column; nought for what is none."""
    return xml.column_number(letters.decode()) if _LETTERS.fullmatch(letters) else 0


def _spanning(opening: bytes, puts: Mapping[int, Put]) -> bytes:
    """The row's opening tag; which columns it says to have includes those put."""
    match = _SPANS.search(opening)
    if match is None:
        return opening
    first, last = min(int(match[2]), *puts), max(int(match[3]), *puts)
    return opening[: match.start()] + b"%s%d:%d" % (match[1], first, last) + opening[match.end() :]
