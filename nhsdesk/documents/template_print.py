"""The fingerprint of a workbook to be filled, by which a newer version is known and what moved in it is found.

    print_of(content, name).as_text()                     kept with the mapping
    compare(Print.of_text(kept), print_of(newer, name), cells, lists)

A mapped cell is found by the words that stand to its left and above it, a mapped list by its headings or its table.
Where those words stand in several places the cell is unsure, and whoever maps is asked; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from functools import cached_property

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_look import Blank, SeenTable, look

MOST_HEADINGS = 4_000
"""Words that a fingerprint keeps, of visible sheets first."""
LEAST_ALIKE = 0.6
"""The share of its words that a sheet under another name must have kept to be the same one."""

_LONGEST = 80
_ROWS_AROUND = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """Words that stand in a cell, as people see them."""

    sheet: str
    cell: str
    words: str


@dataclass(frozen=True)
class Print:
    """A workbook's sheets, tables, names and headings. Two with the same digest ask for the same in the same places."""

    sheets: tuple[str, ...] = ()
    tables: tuple[SeenTable, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    """Defined names, each with the place it stands for, such as Admin!B7."""
    headings: tuple[Heading, ...] = ()
    digest: str = field(default="", compare=False)

    def as_text(self) -> str:
        """As JSON, to be kept with a mapping."""
        by_sheet: dict[str, dict[str, str]] = {}
        for one in self.headings:
            by_sheet.setdefault(one.sheet, {})[one.cell] = one.words
        kept = {
            "sheets": self.sheets,
            "tables": [asdict(one) for one in self.tables],
            "names": self.names,
            "headings": by_sheet,
            "digest": self.digest,
        }
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of_text(cls, text: str) -> Print:
        """From what `as_text` gave; ValueError for anything else."""
        try:
            kept = json.loads(text)
            tables = tuple(
                SeenTable(**one | {"columns": tuple((letters, words) for letters, words in one["columns"])})
                for one in kept["tables"]
            )
            by_sheet = kept["headings"].items()
            headings = tuple(
                Heading(sheet, cell, words) for sheet, one in by_sheet for cell, words in one.items()
            )
            names = tuple((name, place) for name, place in kept["names"])
            return cls(tuple(kept["sheets"]), tables, names, headings, kept["digest"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a fingerprint") from error

    @cached_property
    def places(self) -> dict[str, dict[tuple[int, int], str]]:
        """By sheet, the words in each cell, made alike."""
        found: dict[str, dict[tuple[int, int], str]] = {name.casefold(): {} for name in self.sheets}
        for one in self.headings:
            at = xml.place(one.cell)
            if at is not None:
                found.setdefault(one.sheet.casefold(), {})[at] = alike(one.words)
        return found

    def beside(self, sheet: str, cell: str) -> tuple[str, str]:
        """The words nearest to the left of a cell, and those nearest above it; empty where there are none."""
        at = xml.place(cell)
        placed = self.places.get(sheet.casefold(), {})
        left, above = _anchors(placed, at) if at else (None, None)
        return _of(placed, left), _of(placed, above)


def print_of(content: bytes, name: str) -> Print:
    """The fingerprint of a workbook; FileRefused where it is locked, damaged or too large."""
    return print_of_blank(look(content, name))


def print_of_blank(blank: Blank) -> Print:
    """The fingerprint of a workbook that is being looked at."""
    shown = sorted(blank.sheets, key=lambda one: one.hidden)
    headings = [
        Heading(sheet.name, cell.ref, " ".join(cell.text.split())[:_LONGEST])
        for sheet in shown
        for cell in blank.labels(sheet.name)
    ]
    names = tuple((one.name, f"{one.sheet}!{one.area}") for one in blank.names)
    sheets = tuple(one.name for one in blank.sheets)
    made = Print(sheets, blank.tables, names, tuple(headings))
    digest = hashlib.sha256(made.as_text().encode()).hexdigest()
    return Print(sheets, blank.tables, names, tuple(headings[:MOST_HEADINGS]), digest)


def likeness(old: Print, new: Print) -> float:
    """The share of the older one's sheets and headings that the newer one has as well, from 0 to 1."""
    before, after = _everything(old), _everything(new)
    return len(before & after) / len(before) if before else float(not after)


def _everything(one: Print) -> set[str]:
    return {f"sheet {alike(name)}" for name in one.sheets} | {
        alike(heading.words) for heading in one.headings
    }


def alike(words: str) -> str:
    """Words without what changes from one year's version to the next and means nothing: case, spaces, colons, stars."""
    return " ".join(words.split()).casefold().rstrip(" :*?.")


# ---------------------------------------------------------------- what became of a place


class Fate(Enum):
    """What became of a mapped place in a newer version."""

    SAME = "where it was"
    MOVED = "moved"
    UNSURE = "in more than one place"
    GONE = "no longer there"


@dataclass(frozen=True, slots=True)
class MappedPlace:
    """A mapped cell; or with `columns`, letter and heading of each, the first cell of a list's headings."""

    sheet: str
    cell: str
    columns: tuple[tuple[str, str], ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one place, and where it may be now: one place if it is sure, all that fit if not.

    `missing` names the headings of a list that the newer version does not have.
    """

    place: MappedPlace
    fate: Fate
    now: tuple[MappedPlace, ...]
    told: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """An older and a newer version of a workbook: whether they are one, sheets that came and went, and every place."""

    same: bool
    sheets_gone: tuple[str, ...]
    sheets_new: tuple[str, ...]
    sheets_renamed: tuple[tuple[str, str], ...]
    places: tuple[Found, ...]

    @property
    def settled(self) -> bool:
        """Whether every place is where it was, so that nothing need be asked."""
        return all(one.fate is Fate.SAME for one in self.places)


def compare(old: Print, new: Print, places: Sequence[MappedPlace]) -> Comparison:
    """What became of mapped places from an older to a newer version."""
    renamed = _renamed(old, new)
    names = {name.casefold(): name for name in new.sheets} | {was.casefold(): now for was, now in renamed}
    gone = tuple(name for name in old.sheets if name.casefold() not in names)
    kept = {name.casefold() for name in old.sheets} | {now.casefold() for _, now in renamed}
    came = tuple(name for name in new.sheets if name.casefold() not in kept)
    found = tuple(_found(old, new, one, names.get(one.sheet.casefold(), "")) for one in places)
    return Comparison(bool(old.digest) and old.digest == new.digest, gone, came, renamed, found)


def _renamed(old: Print, new: Print) -> tuple[tuple[str, str], ...]:
    """Sheets whose words are those of one that is no longer there under its name."""
    had, has = {name.casefold() for name in old.sheets}, {name.casefold() for name in new.sheets}
    came = [name for name in new.sheets if name.casefold() not in had]
    pairs = []
    for name in old.sheets:
        words = set(old.places.get(name.casefold(), {}).values())
        if name.casefold() in has or not words:
            continue
        likely = [one for one in came if _share(words, new.places[one.casefold()].values()) >= LEAST_ALIKE]
        if len(likely) == 1:
            pairs.append((name, likely[0]))
    return tuple(pairs)


def _share(words: set[str], others: Iterable[str]) -> float:
    return len(words & set(others)) / len(words)


def _found(old: Print, new: Print, place: MappedPlace, sheet: str) -> Found:
    if place.columns or place.table:
        return _found_list(new, place, sheet)
    if not sheet:
        return Found(
            place, Fate.GONE, (), f"The sheet “{place.sheet}” is no longer there. Map {place.cell} anew."
        )
    return _found_cell(old, new, place, sheet)


# ---------------------------------------------------------------- cells


def _found_cell(old: Print, new: Print, place: MappedPlace, sheet: str) -> Found:
    at = xml.place(place.cell)
    before, after = old.places.get(place.sheet.casefold(), {}), new.places[sheet.casefold()]
    if at is None:
        return Found(place, Fate.GONE, (), f"{place.cell} is no cell.")
    if named := _by_name(old, new, place):
        return named
    then, now = _fitting(before, before, at), _fitting(before, after, at)
    said = _said(before, at)
    whose = f"{place.cell} of “{place.sheet}”"
    if not said:
        told = f"No words stand beside or above {whose}, by which it could be found. Look whether it is still right."
        return Found(place, Fate.UNSURE, (MappedPlace(sheet, place.cell),), told)
    if not now:
        told = f"{whose} was known by “{said}”, which is no longer there. Map it anew, or leave it out."
        return Found(place, Fate.GONE, (), told)
    if at in now and len(now) == len(then) and (len(now) == 1 or now == then) and sheet == place.sheet:
        return Found(place, Fate.SAME, (MappedPlace(sheet, place.cell),), f"{whose} is where it was.")
    places = tuple(MappedPlace(sheet, xml.reference(*one)) for one in now)
    if len(now) == 1:
        told = f"{whose}, known by “{said}”, is now {places[0].cell} of “{sheet}”."
        return Found(place, Fate.MOVED, places, told)
    told = f"{whose} is known by “{said}”, which is beside {len(now)} cells now. Choose which one is meant."
    return Found(place, Fate.UNSURE, places, told)


def _by_name(old: Print, new: Print, place: MappedPlace) -> Found | None:
    """By the workbook's own name for the cell, where it has one."""
    words = f"{place.sheet}!{place.cell}".casefold()
    then = {name for name, where in old.names if where.casefold() == words}
    now = {where for name, where in new.names if name in then}
    if len(now) != 1:
        return None
    sheet, _, cell = now.pop().rpartition("!")
    same = f"{sheet}!{cell}".casefold() == words
    told = f"{place.cell} of “{place.sheet}”, named {min(then)}, is " + (
        "where it was." if same else f"now {cell}."
    )
    return Found(place, Fate.SAME if same else Fate.MOVED, (MappedPlace(sheet, cell),), told)


_Placed = dict[tuple[int, int], str]


def _anchors(placed: _Placed, at: tuple[int, int]) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where the nearest words to the left in the same row stand, and the nearest above in the same column."""
    row, column = at
    left = max((one for one in placed if one[0] == row and one[1] < column), default=None)
    above = max((one for one in placed if one[1] == column and one[0] < row), default=None)
    return left, above


def _of(placed: _Placed, at: tuple[int, int] | None) -> str:
    return "" if at is None else placed[at]


def _said(placed: _Placed, at: tuple[int, int]) -> str:
    left, above = _anchors(placed, at)
    return " / ".join(one for one in (_of(placed, left), _of(placed, above)) if one)


def _fitting(before: _Placed, after: _Placed, at: tuple[int, int]) -> list[tuple[int, int]]:
    """The cells of a sheet that lie to the same words as a cell lay to in the older one."""
    left, above = _anchors(before, at)
    by_left = _shifted(after, before, left, at)
    by_above = _shifted(after, before, above, at)
    if left is None or above is None:
        return sorted(by_above if left is None else by_left)
    if len(by_left) < 2:
        return sorted(by_left)
    both = {one for one in by_left if _of(after, _anchors(after, one)[1]) == before[above]} or by_left
    around = _around(before, at)
    alike_around = {one for one in both if _around(after, one) == around}
    return sorted(alike_around if len(alike_around) == 1 else both)


def _around(placed: _Placed, at: tuple[int, int]) -> _Placed:
    """The words of the rows above a cell, by how far they are from it: what tells one block from another like it."""
    rows = range(at[0] - _ROWS_AROUND, at[0] + 1)
    return {(row - at[0], column - at[1]): words for (row, column), words in placed.items() if row in rows}


def _shifted(
    after: _Placed, before: _Placed, anchor: tuple[int, int] | None, at: tuple[int, int]
) -> set[tuple[int, int]]:
    """The cells that lie as far from these words, wherever they stand now, as the cell lay from them then."""
    if anchor is None:
        return set()
    down, right = at[0] - anchor[0], at[1] - anchor[1]
    return {(one[0] + down, one[1] + right) for one, words in after.items() if words == before[anchor]}


# ---------------------------------------------------------------- lists


def _found_list(new: Print, place: MappedPlace, sheet: str) -> Found:
    whose = f"the table {place.table}" if place.table else f"the list under {place.cell} of “{place.sheet}”"
    if place.table:
        table = next((one for one in new.tables if one.name.casefold() == place.table.casefold()), None)
        if table is not None:
            return _with_columns(
                place, table.sheet, table.header, dict(_by_words(table.columns)), whose, table.name
            )
    if not sheet:
        return Found(place, Fate.GONE, (), f"The sheet “{place.sheet}” is no longer there. Map {whose} anew.")
    rows = _heading_rows(new.places[sheet.casefold()], place)
    if not rows:
        told = f"The headings of {whose} are no longer there. Map it anew, or leave it out."
        return Found(place, Fate.GONE, (), told, tuple(words for _, words in place.columns))
    if len(rows) > 1:
        at = xml.place(place.cell)
        if not (at and sheet == place.sheet and any(row == at[0] for row, _ in rows)):
            now = tuple(MappedPlace(sheet, f"{min(c.values())}{row}") for row, c in rows)
            told = f"The headings of {whose} stand in {len(rows)} rows now. Choose which are meant."
            return Found(place, Fate.UNSURE, now, told)
        rows = [one for one in rows if one[0] == at[0]]
    row, columns = rows[0]
    first = min(columns.values(), key=xml.column_number)
    return _with_columns(place, sheet, f"{first}{row}", columns, whose)


def _by_words(columns: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(alike(words), letters) for letters, words in columns]


def _heading_rows(placed: _Placed, place: MappedPlace) -> list[tuple[int, dict[str, str]]]:
    """The rows that have the most of a list's headings, more than half, and the letter of each."""
    wanted = {alike(words) for _, words in place.columns}
    rows: dict[int, dict[str, str]] = {}
    for (row, column), words in sorted(placed.items()):
        if words in wanted:
            rows.setdefault(row, {}).setdefault(words, xml.column_letters(column))
    most = max((len(one) for one in rows.values()), default=0)
    if 2 * most <= len(wanted):
        return []
    return [(row, columns) for row, columns in rows.items() if len(columns) == most]


def _with_columns(
    place: MappedPlace, sheet: str, header: str, columns: dict[str, str], whose: str, table: str = ""
) -> Found:
    missing = tuple(words for _, words in place.columns if alike(words) not in columns)
    kept = tuple((columns[alike(words)], words) for _, words in place.columns if alike(words) in columns)
    now = (MappedPlace(sheet, header, kept, table),)
    whose = whose[0].upper() + whose[1:]
    if missing:
        told = f"{whose} has no heading {' or '.join(f'“{one}”' for one in missing)} any more. Map it anew."
        return Found(place, Fate.UNSURE, now, told, missing)
    was, is_ = xml.place(place.cell), xml.place(header)
    same_row = was is None or (is_ is not None and was[0] == is_[0])
    if same_row and kept == place.columns and sheet.casefold() == place.sheet.casefold():
        return Found(
            place, Fate.SAME, (MappedPlace(sheet, place.cell, kept, table),), f"{whose} is where it was."
        )
    moved = ", ".join(f"“{words}” in {letters}" for letters, words in kept)
    told = f"{whose} is now under {header} of “{sheet}”: {moved}."
    return Found(place, Fate.MOVED, now, told)
