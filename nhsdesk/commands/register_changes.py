"""A register's file brought back: each row beside its entry, what would change, and taken in as one step.

    seen = look(database, path)              nothing is written
    take_in(database, seen)                  the changes and additions, as one step that Undo takes back

The file says after which step of the journal it was written. A cell that was changed there is a change; one that was
changed here since is left as it is; one that was changed on both sides is a conflict, which is shown and not written
unless somebody says so. What cannot be read or may not be changed is told, row by row, and the rest comes in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nhsdesk.commands import entries, figures, register_files, register_sheet
from nhsdesk.commands.register_sheet import Brought, Row
from nhsdesk.domain import kinds, lineage, register_cells, revised_dates, times
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.fields import Field, Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import MinutesVersion
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.requests import RequestCopy
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.errors import DeskError
from nhsdesk.store import drafts, queries
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

OF_THE_PROGRAM: tuple[type[Record], ...] = (
    SentPaper,
    DataSet,
    RequestCopy,
    MinutesVersion,
    ClosedYear,
)
"""Kinds that nobody writes by hand."""

_READ_ONLY = (kinds.OneFile, times.Moment)


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that was changed in the file: its field, the words here and there, and the value they come to."""

    field: Field
    before: str
    after: str
    value: Any


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it would be taken in: the entry it changes or adds, what was changed on both sides, what is told."""

    number: int
    ref: str
    record: Record | None = None
    edits: tuple[Edit, ...] = ()
    conflicts: tuple[Edit, ...] = ()
    added: Record | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it would be taken in, to be looked at first; rows that change nothing and tell nothing are left out."""

    name: str
    brought: Brought
    lines: tuple[Line, ...]
    told: tuple[str, ...]
    pasted: bool = False
    """Whether it was pasted, and is no file."""

    @property
    def where(self) -> str:
        """What the rows stand in, as a sentence says it."""
        return "what was pasted" if self.pasted else "the file"

    @property
    def changed(self) -> int:
        """How many entries would be changed without a word on conflicts."""
        return sum(bool(line.edits) for line in self.lines)

    @property
    def added(self) -> int:
        """How many entries would be added."""
        return sum(line.added is not None for line in self.lines)

    @property
    def conflicts(self) -> int:
        """How many fields were changed on both sides."""
        return sum(len(line.conflicts) for line in self.lines)

    @property
    def refused(self) -> int:
        """How many rows have something that is not taken."""
        return sum(bool(line.told) for line in self.lines)


def look(database: Database, path: Path) -> Seen:
    """Each row of a register's file beside its entry. Raises FileRefused for a file that is no register of ours."""
    brought = register_sheet.read(path)
    with database.read() as reader, _as_written(database, reader, brought) as then:
        lines = _telling(_Looking(database, reader, then, brought))
    told = brought.told
    if then is None:
        told += (
            "It was written from another file or copy, so that what was changed here since cannot be told: every "
            "difference is shown as changed on both sides.",
        )
    return Seen(path.name, brought, lines, told)


def look_at(database: Database, brought: Brought, name: str) -> Seen:
    """Pasted rows beside the entries as they stand now."""
    with database.read() as reader:
        lines = _telling(_Looking(database, reader, reader, brought))
    return Seen(name, brought, lines, brought.told, pasted=True)


def _telling(looking: _Looking) -> tuple[Line, ...]:
    """The lines that change something or tell something."""
    return tuple(line for line in looking.lines() if line.edits or line.conflicts or line.added or line.told)


@contextmanager
def _as_written(database: Database, reader: Reader, brought: Brought) -> Iterator[Reader | None]:
    """The file as it was when the register was written; None where it was not written from this copy."""
    step = brought.origin.step
    if queries.step_mark(reader, step) != brought.origin.hash:
        yield None
    elif step == queries.position(reader):
        yield reader
    else:
        past = database.as_at(step)
        try:
            with past.read() as then:
                yield then
        finally:
            past.close()


def take_in(database: Database, seen: Seen, *, overwrite: bool = False) -> int:
    """Takes a file in as one step; how many entries were changed or added. `overwrite` takes its word in conflicts."""
    kind, done = seen.brought.kind, 0
    label = f"Paste {kind.nouns}" if seen.pasted else f"Bring {kind.nouns} back from a file"
    with database.change(label) as change:
        for line in seen.lines:
            taken = line.edits + (line.conflicts if overwrite else ())
            if line.record is not None and taken:
                change.put(_with(line.record, taken))
                done += 1
            elif line.added is not None:
                figures.add(change, line.added)
                done += 1
        for line in seen.lines:
            for edit in line.edits + (line.conflicts if overwrite else ()):
                assert line.record is not None
                drafts.forget(change.reader.connection, kind.name, str(line.record.id), edit.field.name)
    return done


def _with(record: Record, edits: Sequence[Edit]) -> Record:
    """An entry with its fields as they stand in the file, and what follows from it."""
    return revised_dates.counted(record, replace(record, **{edit.field.name: edit.value for edit in edits}))


# ---- looking


class _Looking:
    """The rows of one file beside the entries here, and beside those of the day it was written."""

    def __init__(self, database: Database, reader: Reader, then: Reader | None, brought: Brought) -> None:
        self.reader, self.kind, self.brought = reader, brought.kind, brought
        self.today = database.today()
        ids = {id_ for row in brought.rows if (id_ := register_cells.id_in(row.mark)) is not None}
        self.records: Mapping[Id, Record] = reader.several(self.kind.cls, ids)
        self.cells = _cells(reader, brought, self.records)
        self.knows = then is not None
        before: Mapping[Id, Record] = self.records
        self.cells_then = self.cells
        if then is not None and then is not reader:
            before = then.several(self.kind.cls, ids)
            self.cells_then = _cells(then, brought, before)
        self.then = before
        self.marks = Counter(row.mark for row in brought.rows)
        self.linked: dict[tuple[str, str], Any] = {}
        self.named: dict[str, dict[Id, Id | None]] = {}
        self.alike_by: dict[str, dict[Any, list[Record]]] = {}

    def lines(self) -> Iterator[Line]:
        """What each row comes to."""
        for row in self.brought.rows:
            if row.mark:
                yield self._of_an_entry(row)
            else:
                yield self._new(row)

    # ---- entries that are there

    def _of_an_entry(self, row: Row) -> Line:
        id_ = register_cells.id_in(row.mark)
        record = self.records.get(id_) if id_ is not None else None
        why_not = self._not_of(row, id_, record)
        if record is None or why_not:
            return Line(row.number, row.ref, told=(why_not,))
        found, told = self._differences(row, record)
        edits = [edit for edit in found if self._same_since(record, edit.field)]
        conflicts = [edit for edit in found if edit not in edits]
        if found and (why_not := self._refused(row, record, edits)):
            return Line(row.number, record.ref, record, told=(*told, why_not))
        return Line(row.number, record.ref, record, tuple(edits), tuple(conflicts), told=tuple(told))

    def _not_of(self, row: Row, id_: Id | None, record: Record | None) -> str:
        """Why a row is none of the entries here; empty where it is one."""
        if id_ is None:
            return "Its mark in the last column was changed, so it is not known which entry it is. Export it again."
        if record is None:
            given = self.reader.kind_of(id_)
            if given is not None and given is not self.kind:
                return f"Its mark is that of a {given.noun}, and not of a {self.kind.noun}."
            return "Its entry was removed since, or was never in this file. The recycle bin brings it back."
        if row.ref and row.ref.casefold() != record.ref.casefold():
            return (
                f"It says {row.ref}, and its mark is that of {record.ref}: the rows may have been sorted without their "
                "last column. Export it again."
            )
        return ""

    def _differences(self, row: Row, record: Record) -> tuple[list[Edit], list[str]]:
        found: list[Edit] = []
        told: list[str] = []
        for field in self.brought.fields:
            said, key = row.said[field.name], (record.id, field.name)
            if register_cells.alike(field, said, self.cells.get(key)):
                continue
            if self.knows and register_cells.alike(field, said, self.cells_then.get(key)):
                continue  # changed here since, and left alone there
            value = self._value(field, said, record)
            if isinstance(value, Problem):
                told.append(f"{field.label}: {value.sentence}")
            elif value != getattr(record, field.name):
                before = entries.words_of(self.reader, field, getattr(record, field.name))
                found.append(Edit(field, before, entries.words_of(self.reader, field, value), value))
        return found, told

    def _same_since(self, record: Record, field: Field) -> bool:
        """Whether a field stands here as it stood when the file was written."""
        before = self.then.get(record.id)
        return (
            self.knows and before is not None and getattr(before, field.name) == getattr(record, field.name)
        )

    def _value(self, field: Field, said: str, record: Record) -> Any | Problem:
        """What a changed cell comes to for an entry, or why it is not taken."""
        held = getattr(record, field.name)
        if isinstance(field.kind, kinds.LinkTo) and field.kind.owned:
            return Problem("An entry stays with what it belongs to. It was left as it is.")
        if isinstance(held, str) and register_cells.was_cut(held):
            return Problem("It is too long for a cell, where it was cut short. Change it in the entry.")
        value = self._read(field, said, entries.words_of(self.reader, field, held))
        if isinstance(value, Problem):
            return value
        try:
            figures.refuse_fixed(self.reader, record, field.name, value)
        except DeskError as refused:
            return Problem(str(refused))
        return self._no_ring(field, record.id, value)

    def _read(self, field: Field, said: str, before: str = "") -> Any | Problem:
        """The value of a cell's words, or what is wrong with them."""
        if isinstance(field.kind, _READ_ONLY):
            return Problem("It can only be changed in the entry. It was left as it is.")
        if said.strip() == register_cells.KEPT_BACK:
            return Problem("What stands here was kept back from the file. It was left as it is.")
        words = register_cells.typed(field, said)
        if (stopped := entries.stopped(field, words, before)) is not None:
            return stopped
        if not isinstance(field.kind, kinds.LinkTo):
            return entries.read_words(self.reader, field, words, self.today)
        key = field.kind.target, words
        if key not in self.linked:
            self.linked[key] = entries.read_words(self.reader, field, words, self.today)
        return self.linked[key]

    def _no_ring(self, field: Field, id_: Id, value: Any) -> Any | Problem:
        """What follows or replaces another of its kind never comes back to itself, whatever the rows say together."""
        own = isinstance(field.kind, kinds.LinkTo) and field.kind.target == self.kind.name
        if not own or value is None:
            return value
        if field.name not in self.named:
            every = self.reader.all(self.kind.cls)
            self.named[field.name] = {one.id: getattr(one, field.name) for one in every}
        named = self.named[field.name]
        if lineage.would_ring(named, id_, value):
            return Problem("It would come back to itself. Choose another.")
        named[id_] = value
        return value

    def _refused(self, row: Row, record: Record, edits: Sequence[Edit]) -> str:
        """Why nothing of a row is taken; empty where it is."""
        if self.marks[row.mark] > 1:
            return f"{record.ref} stands in several rows of the file, so that nothing of this one was taken."
        if isinstance(record, OF_THE_PROGRAM):
            return f"{self.kind.plural} are written by the program. It was left as it is."
        sealed = entries.sealed(self.reader, record)
        if sealed is not None:
            return f"{sealed} It was left as it is."
        after = _with(record, edits)
        if after.sealed() is not None:
            return (
                "After this nothing in it could be changed any more. Do it in its form. It was left as it is."
            )
        problem = after.refused(record, self.reader, self.today)
        return f"{problem.sentence} It was left as it is." if problem is not None else ""

    # ---- rows that are new

    def _new(self, row: Row) -> Line:
        if row.ref:
            why = (
                f"{row.ref} is the reference of no {self.kind.noun} here. In a new row Ref stays empty."
                if not self.brought.origin.hash
                else f"It says {row.ref} and has no mark in the last column. In a new row Ref stays empty, too."
            )
            return Line(row.number, row.ref, told=(why,))
        values: dict[str, Any] = {}
        told: list[str] = []
        for field in self.brought.fields:
            said = row.said[field.name]
            if not said.strip():
                continue
            value = self._read(field, said)
            if isinstance(value, Problem):
                told.append(f"{field.label}: {value.sentence}")
            else:
                values[field.name] = value
        record, why_not = self._added(values)
        if why_not:
            told.append(why_not)
        return Line(row.number, "", added=None if why_not else record, told=tuple(told))

    def _added(self, values: Mapping[str, Any]) -> tuple[Record | None, str]:
        """The entry that a row adds, or why it adds none."""
        if issubclass(self.kind.cls, OF_THE_PROGRAM):
            return None, f"{self.kind.plural} are written by the program. It was not added."
        lacking = [
            one.label
            for one in self.kind.fields
            if one.given and one.name not in values and not entries.has_default(self.kind, one)
        ]
        if lacking:
            return None, f"It was not added: {', '.join(f'“{one}”' for one in lacking)} must be given."
        known = self._as_known(values)
        if known is not None:
            return None, f"It is here already, as {known.ref}, and was not added again."
        record = self.kind.cls(**values)
        return record, self._why_not_added(record)

    def _why_not_added(self, record: Record) -> str:
        if record.sealed() is not None:
            return "Nothing in it could be changed any more. Begin it in its form. It was not added."
        sealed = entries.sealed(self.reader, record)
        if sealed is not None:
            return f"{sealed} It was not added."
        problem = record.refused(None, self.reader, self.today)
        if problem is not None:
            return f"{problem.sentence} It was not added."
        try:
            figures.refuse_added(self.reader, record)
        except DeskError as refused:
            return str(refused)
        return ""

    def _as_known(self, values: Mapping[str, Any]) -> Record | None:
        """An entry that says all of a new row already: it was added when the file was brought back before."""
        if not values:
            return None
        first = next(iter(values))
        if first not in self.alike_by:
            held: dict[Any, list[Record]] = {}
            for one in self.reader.all(self.kind.cls):
                held.setdefault(getattr(one, first), []).append(one)
            self.alike_by[first] = held
        for one in self.alike_by[first].get(values[first], ()):
            if all(getattr(one, name) == value for name, value in values.items()):
                return one
        return None


def _cells(reader: Reader, brought: Brought, records: Mapping[Id, Record]) -> dict[tuple[Id, str], Any]:
    """What the cells of those entries hold, by entry and field."""
    held = list(records.values())
    return {
        (record.id, field.name): cell
        for field in brought.fields
        for record, cell in zip(held, register_files.cells_of(reader, field, held), strict=True)
    }
