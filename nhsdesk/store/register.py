"""A register: which entries of a kind are listed, in which order, narrowed by words and by values.

It holds ids only; whoever shows it fetches the entries in sight. Order and narrowing are asked of the file where it
can answer them, and of keys worked out once where it cannot (titles of what is linked, derived columns).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from nhsdesk import resources
from nhsdesk.domain import kinds, local_rules
from nhsdesk.domain.fields import Derived, Field, Record, RecordKind
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.rules import Rules
from nhsdesk.store import schema
from nhsdesk.store.database import Database, Notice
from nhsdesk.store.reading import Reader, in_parts

REF = "ref"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Entries whose field or derived column holds one of these; None among them means empty."""

    column: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class NotAfter:
    """Entries whose day has come by then."""

    column: str
    day: date


Chosen = OneOf | NotAfter


@dataclass(frozen=True, slots=True)
class Order:
    """By which column, and whether from the last to the first. Empty entries come last either way."""

    column: str = REF
    descending: bool = False


class Register:
    """The entries of a kind, or of those that belong to one record, ordered and narrowed."""

    def __init__(self, database: Database, kind: RecordKind, owner: Id | None = None) -> None:
        self.kind = kind
        self.ids: list[Id] = []
        self.total = 0
        self.order = Order()
        self.words = ""
        self.chosen: tuple[Chosen, ...] = ()
        self._database = database
        self._owner = owner
        self._titles: dict[Id, str] = {}
        self._searched: dict[Id, str] = {}
        self._derived: dict[str, dict[Id, Any]] = {}
        self._whole: list[Id] | None = None
        """All ids in the order asked, before narrowing by words; None while they have to be read again."""
        self._out_of_date = False
        """Whether entries changed since they were put in order and narrowed, and kept their places."""

    @property
    def owner(self) -> Id | None:
        """The record that all of them belong to, if any."""
        return self._owner

    # ---- asked by a person

    def belong_to(self, owner: Id) -> None:
        """Lists what belongs to another record."""
        self._owner = owner
        self._searched.clear()
        self.open()

    def open(self) -> None:
        """Reads the ids, in the order and narrowed as asked."""
        with self._database.read() as reader:
            self._whole = self._ordered(reader)
            self._narrow(reader)

    def sort(self, order: Order) -> None:
        """Puts the entries in another order."""
        self.order = order
        self.open()

    def narrow(self, words: str, chosen: tuple[Chosen, ...] = ()) -> None:
        """Lists only entries that hold all of the words, in any field that holds words, and the chosen values."""
        again = self._whole is None or self._out_of_date or chosen != self.chosen
        further = not again and _goes_on_from(self.words, words)
        self.words, self.chosen = words, chosen
        with self._database.read() as reader:
            if again:
                self._whole = self._ordered(reader)
            self._narrow(reader, self.ids if further else None)

    def prepare(self, some: int = 300) -> bool:
        """Works ahead, for some entries, on what filtering and ordering will ask; False when all is ready."""
        todo = self._not_yet(self._searched, some)
        if todo:
            with self._database.read() as reader:
                self._read_words(reader, todo)
            return True
        for column in self.kind.derived:
            held = self._derived.setdefault(column.name, {})
            todo = self._not_yet(held, some)
            if todo:
                held.update(dict.fromkeys(todo))  # one removed meanwhile is not asked for again
                with self._database.read() as reader:
                    held.update(self._work_out(reader, column, todo))
                return True
        return False

    def _not_yet(self, held: Mapping[Id, Any], some: int) -> list[Id]:
        """The next entries not held. They are worked on in order, so that most of those held stand first."""
        whole = self._whole or []
        later = islice(whole, min(len(held), len(whole)), None)
        return list(dict.fromkeys(islice((id_ for id_ in chain(later, whole) if id_ not in held), some)))

    # ---- word of changes

    def renew(self, notice: Notice) -> bool:
        """Takes in what a commit changed; True when entries came or went, so that the list is another.

        An entry that was only changed keeps its place until somebody sorts or filters again: what a person has just
        typed into must not jump away under their hands.
        """
        self._titles_may_have_changed(notice)
        changed = notice.changed.get(self.kind.name, frozenset())
        if LocalRule.KIND.name in notice.changed:
            self._derived.clear()
            self._out_of_date = True
        if not changed:
            return False
        known: tuple[dict[Id, Any], ...] = (self._searched, *self._derived.values())
        for held in known:
            for id_ in changed:
                held.pop(Id(id_), None)
        with self._database.read() as reader:
            if not self._comes_or_goes(reader, changed):
                self._out_of_date = True
                return False
            self._whole = self._ordered(reader)
            before = self.ids
            self._narrow(reader)
        return self.ids != before

    def comes_or_goes(self, changed: frozenset[int]) -> bool:
        """Whether one of the changed entries is there and not listed, or the other way round."""
        if not changed:
            return False
        with self._database.read() as reader:
            return self._comes_or_goes(reader, changed)

    def a_day_has_passed(self) -> None:
        """Works out again what depends on the day."""
        self._derived.clear()
        self._out_of_date = True

    # ---- values for cells

    def derived(self, name: str, ids: Sequence[Id]) -> dict[Id, Any]:
        """The values of a derived column for some entries."""
        held = self._derived.setdefault(name, {})
        if any(id_ not in held for id_ in ids):
            with self._database.read() as reader:
                self._all_derived(reader, name, ids)
        return {id_: held[id_] for id_ in ids if id_ in held}

    def derive(self, records: Collection[Record]) -> None:
        """Works out the derived columns of entries that somebody has read whole."""
        with self._database.read() as reader:
            rules, today = self._rules(reader), self._database.today()
        for column in self.kind.derived:
            worked_out = {record.id: column.work_out(record, rules, today) for record in records}
            self._derived.setdefault(column.name, {}).update(worked_out)

    def stored(self, names: Sequence[str], ids: Sequence[Id]) -> list[Sequence[Any]]:
        """For some entries, in no order: the id, and what each of those fields holds as the file keeps it."""
        with self._database.read() as reader:
            return list(self._columns(reader, names, ids))

    def titles(self, ids: Iterable[Id]) -> dict[Id, str]:
        """Reference and title of linked records, by id."""
        wanted = [id_ for id_ in ids if id_ not in self._titles]
        if wanted:
            with self._database.read() as reader:
                self._learn_titles(reader, wanted)
        return self._titles

    # ---- inside

    def _learn_titles(self, reader: Reader, ids: Iterable[Id]) -> Mapping[Id, str]:
        self._titles.update(titles_of(reader, [id_ for id_ in ids if id_ not in self._titles]))
        return self._titles

    def _comes_or_goes(self, reader: Reader, changed: frozenset[int]) -> bool:
        held = set(self._whole or ())
        there = self._those_listed(reader, changed)
        return not there <= held or any(id_ in held for id_ in changed - there)

    def _those_listed(self, reader: Reader, ids: Iterable[int]) -> set[int]:
        table = schema.RECORD_TABLES[self.kind.name]
        found: set[int] = set()
        for part in in_parts(ids):
            asked = select(table.c.id).where(table.c.id.in_(part), *self._of_the_owner())
            found.update(reader.connection.execute(asked).scalars())
        return found

    def _of_the_owner(self) -> tuple[ColumnElement[bool], ...]:
        owner = self.kind.owner
        if self._owner is None or owner is None:
            return ()
        return (schema.RECORD_TABLES[self.kind.name].c[owner.name] == self._owner,)

    def _ordered(self, reader: Reader) -> list[Id]:
        self._out_of_date = False
        table = schema.RECORD_TABLES[self.kind.name]
        asked = select(table.c.id).where(*self._of_the_owner())
        by_value: list[OneOf] = []
        for one in self.chosen:
            if self.kind.derived_column(one.column) is None:
                asked = asked.where(_where(self.kind, one))
            elif isinstance(one, OneOf):
                by_value.append(one)
        asked, key = self._in_order(reader, asked)
        ids = _ids(reader, asked)
        counted = select(func.count()).select_from(table).where(*self._of_the_owner())
        self.total = int(reader.connection.execute(counted).scalar_one()) if self.chosen else len(ids)
        for chosen in by_value:
            values = self._all_derived(reader, chosen.column, ids)
            ids = [id_ for id_ in ids if values[id_] in chosen.values]
        return ids if key is None else _sorted(ids, key(ids), self.order.descending)

    def _in_order(
        self, reader: Reader, asked: Select[Any]
    ) -> tuple[Select[Any], Callable[[list[Id]], Mapping[Id, Any]] | None]:
        """The question with its order, or with none and what gives the keys to order by."""
        table, name = schema.RECORD_TABLES[self.kind.name], self.order.column
        if name == REF:
            return asked.order_by(table.c.id.desc() if self.order.descending else table.c.id), None
        if self.kind.derived_column(name) is not None:
            return asked.order_by(table.c.id), lambda ids: _keys(self._all_derived(reader, name, ids))
        field = self.kind.field(name)
        if isinstance(field.kind, kinds.LinkTo):
            return asked.order_by(table.c.id), lambda ids: self._linked_titles(reader, field)
        column = table.c[name]
        if isinstance(field.kind, kinds.Text | kinds.SeveralOf | kinds.OneFile):
            return asked.order_by(table.c.id), lambda ids: self._worded(reader, field)
        key = _order_key(field, column)
        directed = key.desc() if self.order.descending else key
        return asked.order_by(column.is_(None), directed, table.c.id), None

    def _linked_titles(self, reader: Reader, field: Field) -> dict[Id, Any]:
        table = schema.RECORD_TABLES[self.kind.name]
        asked = select(table.c.id, table.c[field.name]).where(table.c[field.name].is_not(None))
        named = {Id(id_): Id(target) for id_, target in _rows(reader, asked)}
        titles = self._learn_titles(reader, set(named.values()))
        return {
            id_: titles[target].split(" ", 1)[-1].casefold()
            for id_, target in named.items()
            if target in titles
        }

    def _worded(self, reader: Reader, field: Field) -> dict[Id, Any]:
        """Words without regard to capitals: SQLite knows only those of English, and stops at a null."""
        table, words = schema.RECORD_TABLES[self.kind.name], worder(field, {})
        asked = select(table.c.id, table.c[field.name]).where(table.c[field.name].is_not(None))
        return {Id(id_): words(stored).casefold() for id_, stored in _rows(reader, asked)}

    def _all_derived(self, reader: Reader, name: str, ids: Sequence[Id]) -> dict[Id, Any]:
        held = self._derived.setdefault(name, {})
        missing = [id_ for id_ in ids if id_ not in held]
        if missing:
            column = self.kind.derived_column(name)
            assert column is not None
            held.update(self._work_out(reader, column, missing))
        return held

    def _work_out(self, reader: Reader, column: Derived, ids: Sequence[Id]) -> Iterator[tuple[Id, Any]]:
        """The column for those entries, from the fields it uses and nothing else."""
        rules, today = self._rules(reader), self._database.today()
        blank = {field.name: field.kind.load(None) for field in self.kind.fields}
        loads = [(name, self.kind.field(name).kind.load) for name in column.uses]
        cls, work_out = self.kind.cls, column.work_out
        for id_, *held in self._columns(reader, column.uses, ids):
            for (name, load), value in zip(loads, held, strict=True):
                blank[name] = load(value)
            yield Id(id_), work_out(cls(**blank), rules, today)

    def _rules(self, reader: Reader) -> Rules:
        return local_rules.in_force(
            reader.counting(LocalRule), self._database.today(), resources.bank_holidays()
        )

    def _columns(self, reader: Reader, names: Sequence[str], ids: Sequence[Id]) -> Iterator[Sequence[Any]]:
        table = schema.RECORD_TABLES[self.kind.name]
        asked = select(table.c.id, *(table.c[name] for name in names))
        if len(ids) * 4 > self.total:
            if len(ids) == self.total and not self._owner:
                yield from _rows(reader, asked)
                return
            wanted = set(ids)
            yield from (row for row in _rows(reader, asked) if row[0] in wanted)
            return
        for part in in_parts(ids):
            yield from _rows(reader, asked.where(table.c.id.in_(part)))

    # ---- narrowing by words

    def _narrow(self, reader: Reader, among: list[Id] | None = None) -> None:
        whole = (self._whole or []) if among is None else among
        wanted = self.words.casefold().split()
        if not wanted:
            self.ids = list(whole)
            return
        self._read_words(reader, whole)
        held = self._searched
        for word in wanted:
            whole = [id_ for id_ in whole if word in held[id_]]
        self.ids = whole

    def _read_words(self, reader: Reader, ids: list[Id]) -> None:
        missing = [id_ for id_ in ids if id_ not in self._searched]
        if not missing:
            return
        self._searched.update(dict.fromkeys(missing, ""))  # one removed meanwhile is found by no words
        fields = [field for field in self.kind.fields if _holds_words(field)]
        rows = list(self._columns(reader, (REF, *(field.name for field in fields)), missing))
        links = [place for place, field in enumerate(fields, 2) if isinstance(field.kind, kinds.LinkTo)]
        self._learn_titles(reader, {row[place] for row in rows for place in links} - {None})
        worded = [worder(field, self._titles) for field in fields]
        for id_, ref, *stored in rows:
            parts = [word(value) for word, value in zip(worded, stored, strict=True) if value is not None]
            self._searched[Id(id_)] = "\n".join((str(ref), *parts)).casefold()

    def _titles_may_have_changed(self, notice: Notice) -> None:
        for ids in notice.changed.values():
            for id_ in ids:
                if self._titles.pop(Id(id_), None) is not None:
                    self._searched.clear()
                    self._out_of_date = True


def _goes_on_from(before: str, words: str) -> bool:
    """Whether whatever holds the words held those before: somebody has typed on."""
    longer = words.casefold().split()
    return bool(before) and all(any(old in new for new in longer) for old in before.casefold().split())


def titles_of(reader: Reader, ids: Iterable[int]) -> dict[Id, str]:
    """Reference and title of records of any kinds, by id."""
    names, by_kind = schema.given_names.c, dict[str, list[Id]]()
    for part in in_parts(ids):
        for id_, kind in reader.connection.execute(select(names.id, names.kind).where(names.id.in_(part))):
            by_kind.setdefault(kind, []).append(Id(id_))
    found: dict[Id, str] = {}
    for kind_name, listed in by_kind.items():
        for id_, record in reader.several(KINDS[kind_name].cls, listed).items():
            title = record.title_words()
            found[id_] = record.ref if title == record.ref else f"{record.ref} {title}"
    return found


def _rows(reader: Reader, asked: Select[Any]) -> list[Any]:
    """All rows of a question."""
    rows: list[Any] = cursor(reader, asked).fetchall()
    return rows


def cursor(reader: Reader, asked: Select[Any]) -> Any:
    """The driver's own cursor over the rows of a question: for long columns it is several times quicker."""
    raw = reader.connection.connection.driver_connection
    assert raw is not None
    made = asked.compile(reader.connection, compile_kwargs={"render_postcompile": True})
    return raw.execute(str(made), [made.params[name] for name in made.positiontup or ()])


def _ids(reader: Reader, asked: Select[Any]) -> list[Id]:
    # One row at a time: a hundred thousand of them held at once would have Python look through all it holds.
    return [row[0] for row in cursor(reader, asked)]


def _where(kind: RecordKind, chosen: Chosen) -> ColumnElement[bool]:
    field = kind.field(chosen.column)
    column = schema.RECORD_TABLES[kind.name].c[field.name]
    if isinstance(chosen, NotAfter):
        return column <= field.kind.store(chosen.day)
    stored = [field.kind.store(value) for value in chosen.values if value is not None]
    asked: ColumnElement[bool] = column.in_(stored)
    return asked | column.is_(None) if None in chosen.values else asked


def _order_key(field: Field, column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(field.kind, kinds.OneOf):
        places = {choice.value: place for place, choice in enumerate(field.kind.choices)}
        return case(places, value=column, else_=len(places))
    return column


def _keys(values: Mapping[Id, Any]) -> dict[Id, Any]:
    """Something to order by for each value: a choice by its place in its list, words without regard to capitals."""
    return {id_: key_of(value) for id_, value in values.items() if value is not None}


def key_of(value: Any) -> Any:
    """Something to order a value by."""
    if isinstance(value, Choice):
        return list(type(value)).index(value)
    return value.casefold() if isinstance(value, str) else value


def _sorted(ids: list[Id], keys: Mapping[Id, Any], descending: bool) -> list[Id]:
    filled = sorted((id_ for id_ in ids if id_ in keys), key=lambda id_: keys[id_], reverse=descending)
    return filled + [id_ for id_ in ids if id_ not in keys]


def _holds_words(field: Field) -> bool:
    return field.kind.searched or isinstance(field.kind, kinds.LinkTo)


def worder(field: Field, titles: Mapping[Id, str]) -> Callable[[Any], str]:
    """What gives the words of a stored value."""
    if isinstance(field.kind, kinds.LinkTo):
        return lambda stored: titles.get(stored, "")
    if isinstance(field.kind, kinds.OneOf):
        words = {choice.value: choice.words for choice in field.kind.choices}
        return lambda stored: words.get(stored, "")
    if isinstance(field.kind, kinds.Text):
        return str
    return lambda stored: field.kind.words(field.kind.load(stored))
