"""A register lists the right entries in the right order: held against a plain working out of the same in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from nhsdesk import resources
from nhsdesk.domain import kinds, local_rules, times
from nhsdesk.domain.actions import Action, ActionUpdate, Brag
from nhsdesk.domain.arrs import Holder, Post, Role
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.commitments import Commitment, CommitmentKind, Status
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.kinds import Choice, Id, KeptFile
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import FinancialYear, Month, Quarter
from nhsdesk.domain.records import KINDS, RECORDS
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.teams import TeamStatus
from nhsdesk.store import record_file, schema
from nhsdesk.store.candidates import candidates
from nhsdesk.store.database import Database, Notice
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader
from nhsdesk.store.register import REF, Chosen, NotAfter, OneOf, Order, Register, titles_of
from tests.factories import HALF_A_LETTER, HOSTILE, added
from tests.store.conftest import SetClock, made

TODAY = date(2026, 11, 20)

WORDS = (
    "zebra", "Fox", "fox", "élan", "Élan", "b\x00x", "B\x00a", "Straße", "50% of_all", "İstanbul", "O'Brien said “no”",
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{STAFF OF AESCULAPIUS} 𝔸", *HOSTILE[:3],
)  # fmt: skip
TYPED = (
    "fox", "ELAN", "ÉLAN", "strasse", "ß", "%", "_", "50% _all", "'", "\x00", "b\x00", "i̇stan", "İ", "\N{MAN}", "-0",
    "clinical", "no o'brien", '"', "“", "; drop", HALF_A_LETTER, "nothing holds this", "  Fox   fox ", "alpha",
)  # fmt: skip

SOME: dict[type[kinds.Kind], tuple[Any, ...]] = {
    kinds.Pounds: (Money(0), Money(-1), Money(4_400_00), Money(99)),
    kinds.Count: (0, 10, 9, -3),
    kinds.HoursAWeek: (Hours.of(30), Hours.of("7.5"), Hours(1)),
    kinds.Minutes: (95, 100, 5),
    times.Day: (TODAY, date(2027, 1, 30), date(2026, 11, 19), date(1999, 12, 31)),
    times.TimeOfDay: (time(9, 5), time(17, 30), time(0)),
    times.InMonth: (Month(2026, 10), Month(2026, 2), Month(2025, 12)),
    times.InQuarter: (Quarter(FinancialYear(2026), 3), Quarter(FinancialYear(2025), 4)),
    times.InYear: (FinancialYear(2026), FinancialYear(2024)),
    kinds.Flag: (True, False),
    kinds.Mark: (True, False),
    kinds.LinksTo: ((),),
    kinds.OneFile: tuple(KeptFile(name, "ab" * 32, 9) for name in ("b.pdf", "A.pdf", "a “x”.pdf", "Ä.pdf")),
}


# ---- entries of every kind, and what is to be listed, worked out plainly


def some_of(change: Change, cls: type[Record], many: int = 11) -> None:
    """Entries whose fields hold different values, some alike, and nothing where nothing is allowed."""
    named: dict[str, list[Id]] = {}
    for link in (field for field in cls.KIND.fields if isinstance(field.kind, kinds.LinkTo)):
        target = link.kind.target or "person"  # type: ignore[attr-defined]
        if target not in named and target != cls.KIND.name:
            named[target] = [added(change, KINDS[target].cls, word).id for word in ("beta", "Älpha", "alpha")]
    mine = named.setdefault(cls.KIND.name, [])
    for n in range(many):
        held = {field.name: _value(field, n, place, named) for place, field in enumerate(cls.KIND.fields)}
        mine.append(change.add(cls(**held)).id)


def _value(field: Field, n: int, place: int, named: dict[str, list[Id]]) -> Any:
    if not field.given and (n + place) % 4 == 3:
        return None
    match field.kind:
        case kinds.Text():
            some: tuple[Any, ...] = WORDS
        case kinds.LinkTo(target=target):
            some = tuple(named[target or "person"]) or (None,)
        case kinds.OneOf(choices=choices):
            free = [one for one in choices if one is not TeamStatus.LIVE]  # which asks for more than a field
            some = tuple(free)[-5:][::-1]
        case kinds.SeveralOf(choices=choices):
            some = (tuple(choices)[:2], tuple(choices)[:1], ())
        case kinds.Number(places=places):
            some = tuple(Decimal(one).scaleb(-places) for one in (7, 70, -7, 0))
        case times.Moment():
            some = tuple(SetClock().moment + timedelta(hours=hours) for hours in (0, -5, 7))
        case _:
            some = SOME[type(field.kind)]
    return some[(n * (place + 1) + place) % len(some)]


def rules_on(reader: Reader, day: date) -> Rules:
    return local_rules.in_force(reader.all(LocalRule), day, resources.bank_holidays())


class Plainly:
    """What a register has to list, from all of the records and nothing else."""

    def __init__(self, db: Database, kind: RecordKind, owner: Id | None = None) -> None:
        with db.read() as reader:
            self.records = {record.id: record for record in reader.all(kind.cls)}
            if owner is not None and kind.owner is not None:
                of = kind.owner.name
                self.records = {id_: one for id_, one in self.records.items() if getattr(one, of) == owner}
            linked = {
                getattr(record, field.name)
                for record in self.records.values()
                for field in kind.fields
                if isinstance(field.kind, kinds.LinkTo)
            }
            self.linked = {id_: found for id_ in linked - {None} if (found := reader.any_of(id_))}
            self.rules = rules_on(reader, db.today())
        self.kind, self.today = kind, db.today()

    def value(self, record: Record, column: str) -> Any:
        derived = self.kind.derived_column(column)
        return derived.work_out(record, self.rules, self.today) if derived else getattr(record, column)

    def key(self, record: Record, column: str) -> Any:
        value = self.value(record, column)
        if value is None or value == ():
            return None
        if self.kind.derived_column(column):
            if isinstance(value, Choice):
                return list(type(value)).index(value)
            return value.casefold() if isinstance(value, str) else value
        if isinstance(self.kind.field(column).kind, kinds.LinkTo):
            return self.linked[value].title_words().casefold()
        if isinstance(value, Choice):
            return list(type(value)).index(value)
        if isinstance(value, KeptFile):
            return value.name.casefold()
        if isinstance(self.kind.field(column).kind, kinds.SeveralOf):
            return self.kind.field(column).kind.words(value).casefold()
        return value.casefold() if isinstance(value, str) else value

    def said(self, record: Record) -> str:
        words = [record.ref]
        for field in self.kind.fields:
            value = getattr(record, field.name)
            if value is not None and isinstance(field.kind, kinds.LinkTo):
                title = self.linked[value].title_words()
                words += [self.linked[value].ref, title]
            elif value is not None and field.kind.searched:
                words.append(field.kind.words(value))
        return "\n".join(words).casefold()

    def holds(self, record: Record, chosen: Chosen) -> bool:
        value = self.value(record, chosen.column)
        if isinstance(chosen, NotAfter):
            return value is not None and value <= chosen.day
        return value in chosen.values

    def listed(self, order: Order, words: str = "", chosen: tuple[Chosen, ...] = ()) -> list[Id]:
        held = [
            record
            for _, record in sorted(self.records.items())
            if all(word in self.said(record) for word in words.casefold().split())
            and all(self.holds(record, one) for one in chosen)
        ]
        if order.column == REF:
            return [record.id for record in (reversed(held) if order.descending else held)]
        filled = [record for record in held if self.key(record, order.column) is not None]
        filled.sort(key=lambda record: self.key(record, order.column), reverse=order.descending)
        empty = [record for record in held if self.key(record, order.column) is None]
        return [record.id for record in (*filled, *empty)]


def columns(kind: RecordKind) -> list[str]:
    return [REF, *(field.name for field in kind.fields), *(one.name for one in kind.derived)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A file with entries of every kind, which the tests only read."""
    with made(tmp_path_factory.mktemp("full") / "Full.nhsdesk", SetClock()) as db:
        for cls in RECORDS:
            with db.change("Add some") as change:
                some_of(change, cls)
        yield db


@pytest.fixture
def word(db: Database) -> list[Notice]:
    """Every notice of the file, in order."""
    told: list[Notice] = []
    db.subscribe(told.append)
    return told


def opened(db: Database, cls: type[Record], owner: Id | None = None) -> Register:
    register = Register(db, cls.KIND, owner)
    register.open()
    return register


# ---- order


@pytest.mark.parametrize("cls", RECORDS)
def test_entries_stand_in_the_order_of_any_column_from_either_end(full: Database, cls: type[Record]) -> None:
    register, plainly = opened(full, cls), Plainly(full, cls.KIND)
    assert register.ids == plainly.listed(Order())
    assert register.total == len(plainly.records) >= 11
    assert all(id_ > 2**62 for id_ in register.ids)
    for column in columns(cls.KIND):
        for descending in (False, True):
            order = Order(column, descending)
            register.sort(order)
            assert register.ids == plainly.listed(order), order


def test_words_are_ordered_without_regard_to_capitals_of_any_alphabet(db: Database) -> None:
    with db.change("Add") as change:
        for title in ("Éb", "zoo", "éa", "Zoa", "b\x00B", "b\x00a"):
            change.add(Commitment(title=title))
    register = opened(db, Commitment)
    register.sort(Order("title"))
    with db.read() as reader:
        found = [reader.get(Commitment, id_).title for id_ in register.ids]
    assert found == ["b\x00a", "b\x00B", "Zoa", "zoo", "éa", "Éb"]


# ---- narrowing


@pytest.mark.parametrize("cls", RECORDS)
def test_words_are_looked_for_in_every_field_that_holds_words(full: Database, cls: type[Record]) -> None:
    register, plainly = opened(full, cls), Plainly(full, cls.KIND)
    for typed in TYPED:
        register.narrow(typed)
        assert register.ids == plainly.listed(Order(), typed), typed


def test_words_typed_on_and_taken_back_letter_by_letter_list_the_same_as_words_typed_at_once(
    full: Database,
) -> None:
    register, plainly = opened(full, Commitment), Plainly(full, Commitment.KIND)
    for typed in ("fox alpha", "Straße%", "zebra  élan"):
        for end in (*range(1, len(typed) + 1), *range(len(typed), -1, -1)):
            register.narrow(typed[:end])
            assert register.ids == plainly.listed(Order(), typed[:end]), typed[:end]
    register.narrow("fox")
    register.narrow("zebra")
    assert register.ids == plainly.listed(Order(), "zebra")


CHOSEN: tuple[tuple[Chosen, ...], ...] = (
    (OneOf("status", (Status.MET, Status.LATE)),),
    (OneOf("status", (None,)),),
    (OneOf("status", (Status.CLOSED, None)),),
    (OneOf("status", ()),),
    (OneOf("restricted", (True,)),),
    (OneOf("funding", (Money(0), None)),),
    (OneOf("title", ("fox",)),),
    (OneOf("binds", ("Not yet known whether this binds", "Our own choice; binds nobody")),),
    (NotAfter("due", TODAY),),
    (NotAfter("due", TODAY), OneOf("kind", (CommitmentKind.DECISION, None)), OneOf("restricted", (False,))),
    (OneOf("binds", ("Not yet known whether this binds",)), NotAfter("review_on", date(2030, 1, 1))),
)


@pytest.mark.parametrize("chosen", CHOSEN)
def test_chosen_values_are_listed_alone_and_with_words_in_any_order(
    full: Database, chosen: tuple[Chosen, ...]
) -> None:
    register, plainly = opened(full, Commitment), Plainly(full, Commitment.KIND)
    for order in (Order(), Order("title", descending=True), Order("binds"), Order("owner")):
        register.sort(order)
        for typed in ("", "o", "ox"):
            register.narrow(typed, chosen)
            assert register.ids == plainly.listed(order, typed, chosen)
    register.narrow("")
    assert register.ids == plainly.listed(Order("owner"))


def test_those_of_one_owner_or_of_a_brag_are_listed(full: Database) -> None:
    register, plainly = opened(full, Action), Plainly(full, Action.KIND)
    wanted = (Brag.RED, Brag.AMBER)
    owner = next(
        one.owner
        for one in plainly.records.values()
        if isinstance(one, Action) and one.owner and plainly.value(one, "brag") in wanted
    )
    by_brag: tuple[Chosen, ...] = (OneOf("brag", wanted), OneOf("owner", (owner,)))
    for chosen in (by_brag[:1], by_brag[1:], by_brag):
        register.narrow("", chosen)
        assert register.ids == plainly.listed(Order(), "", chosen) != []


def test_a_register_of_what_belongs_to_one_record_holds_nothing_else(db: Database) -> None:
    with db.change("Add") as change:
        first, other = (change.add(Action(what=what)) for what in ("Mine", "Theirs"))
        said = [
            change.add(ActionUpdate(action=of.id, said_on=TODAY - timedelta(n), said=f"Said {n}"))
            for n, of in enumerate((first, other, first))
        ]
    register = opened(db, ActionUpdate, first.id)
    assert (register.ids, register.total) == ([said[0].id, said[2].id], 2)
    register.sort(Order("said_on"))
    assert register.ids == [said[2].id, said[0].id]
    register.narrow("theirs")
    assert register.ids == []
    register.narrow("mine")
    assert len(register.ids) == 2


def test_a_register_of_nothing_is_empty_whatever_is_asked_of_it(db: Database) -> None:
    for cls in RECORDS:
        register = opened(db, cls)
        for column in columns(cls.KIND):
            register.sort(Order(column))
        register.narrow("fox", (OneOf(columns(cls.KIND)[1], (None,)),))
        assert (register.ids, register.total, register.prepare()) == ([], 0, False)


# ---- word of changes


def test_entries_that_come_and_go_are_listed_after_word_of_them(db: Database, word: list[Notice]) -> None:
    register = opened(db, Commitment)
    with db.change("Add") as change:
        fox, hen = (change.add(Commitment(title=title)) for title in ("Fox", "Hen"))
    assert register.renew(word[-1])
    assert register.ids == [fox.id, hen.id]
    register.narrow("fox")
    with db.change("Remove") as change:
        change.remove(fox)
    assert register.renew(word[-1])
    assert (register.ids, register.total) == ([], 1)
    db.undo()
    assert register.renew(word[-1])
    assert (register.ids, register.total) == ([fox.id], 2)
    db.redo()
    assert register.renew(word[-1])
    assert register.ids == []


def test_an_entry_added_but_narrowed_out_is_counted_and_not_listed(db: Database, word: list[Notice]) -> None:
    register = opened(db, Commitment)
    register.narrow("fox", (OneOf("status", (Status.LATE,)),))
    with db.change("Add") as change:
        change.add(Commitment(title="Fox"))
        change.add(Commitment(title="Hen", status=Status.LATE))
    assert register.comes_or_goes(word[-1].changed["commitment"])
    assert not register.renew(word[-1])
    assert (register.ids, register.total) == ([], 2)


def test_a_changed_entry_keeps_its_place_until_somebody_sorts_or_filters(
    db: Database, word: list[Notice]
) -> None:
    with db.change("Add") as change:
        first, second = (change.add(Commitment(title=title, status=Status.LATE)) for title in ("ape", "bee"))
    register = opened(db, Commitment)
    register.sort(Order("title"))
    register.narrow("e", (OneOf("status", (Status.LATE,)),))
    with db.change("Change") as change:
        change.put(replace(first, title="cow", status=Status.MET))
    assert not register.renew(word[-1])
    assert register.ids == [first.id, second.id]
    register.narrow("e", register.chosen)
    assert register.ids == [second.id]
    register.narrow("")
    assert register.ids == [second.id, first.id]


def test_words_typed_on_find_an_entry_changed_meanwhile(db: Database, word: list[Notice]) -> None:
    with db.change("Add") as change:
        hen, fox = (change.add(Commitment(title=title)) for title in ("hen", "fox"))
    register = opened(db, Commitment)
    register.narrow("ox")
    assert register.ids == [fox.id]
    with db.change("Change") as change:
        change.put(replace(hen, title="another fox"))
    register.renew(word[-1])
    register.narrow("fox")
    assert register.ids == [hen.id, fox.id]


def test_a_linked_record_is_found_by_what_it_is_called_now(db: Database, word: list[Notice]) -> None:
    with db.change("Add") as change:
        manager, director = (change.add(Person(role_title=title)) for title in ("Manager", "Director"))
        one = change.add(Commitment(title="One", owner=manager.id))
        other = change.add(Commitment(title="Other", owner=director.id))
    register = opened(db, Commitment)
    register.sort(Order("owner"))
    assert register.ids == [other.id, one.id]
    register.narrow("manager")
    assert register.ids == [one.id]
    with db.change("Rename") as change:
        change.put(replace(manager, role_title="Chair"))
    assert not register.renew(word[-1])
    register.narrow("chair")
    assert register.ids == [one.id]
    assert register.titles([manager.id])[manager.id] == "R-001 Chair"
    register.narrow("manager")
    assert register.ids == []
    register.narrow("")
    assert register.ids == [one.id, other.id]


def test_what_was_removed_before_word_of_it_came_is_found_by_no_words(
    db: Database, word: list[Notice]
) -> None:
    with db.change("Add") as change:
        fox, hen = (change.add(Action(what=what)) for what in ("fox", "hen"))
    register = opened(db, Action)
    with db.change("Remove") as change:
        change.remove(fox)
    register.narrow("o")
    assert register.ids == []
    while register.prepare():
        pass
    register.renew(word[-1])
    db.undo()
    register.renew(word[-1])
    assert register.ids == [fox.id]
    assert register.derived("brag", [fox.id, hen.id]) == {fox.id: Brag.GREEN, hen.id: Brag.GREEN}


def test_what_somebody_else_wrote_meanwhile_is_taken_in_at_once(db: Database, clock: SetClock) -> None:
    with db.change("Add") as change:
        fox, hen = (change.add(Commitment(title=title)) for title in ("fox", "hen"))
    with record_file.open_to_read(db.path, "Ben Baker", clock) as reading:
        register = opened(reading, Commitment)
        register.narrow("fox")
        told: list[Notice] = []
        reading.subscribe(told.append)
        with db.change("Add") as change:
            added_ = change.add(Commitment(title="second fox"))
            change.add(Person(role_title="Fox"))
        with db.change("Change") as change:
            change.put(replace(hen, title="third fox"))
        with db.change("Remove") as change:
            change.remove(fox)
        assert reading.follow()
        assert register.renew(told[-1])
        assert (register.ids, register.total) == ([hen.id, added_.id], 2)


def test_a_day_that_passes_makes_what_was_due_red(db: Database, clock: SetClock) -> None:
    with db.change("Add") as change:
        action = change.add(Action(what="Write", due=TODAY, proposed_for_closure=True, set_on=TODAY))
    register = opened(db, Action)
    chosen = (OneOf("brag", (Brag.RED,)),)
    register.narrow("", chosen)
    assert (register.ids, register.derived("brag", [action.id])) == ([], {action.id: Brag.GREEN})
    clock.moment += timedelta(days=1)
    register.a_day_has_passed()
    assert register.derived("brag", [action.id]) == {action.id: Brag.RED}
    register.narrow("", chosen)
    assert register.ids == [action.id]


def test_a_local_rule_changes_what_is_worked_out_by_it(db: Database, word: list[Notice]) -> None:
    with db.change("Add") as change:
        action = change.add(Action(what="Write", due=TODAY + timedelta(20), started=False))
    register = opened(db, Action)
    assert register.derived("brag", [action.id]) == {action.id: Brag.GREY}
    with db.change("Settle") as change:
        change.add(LocalRule(key="brag.due_soon_days", value="30", starts=TODAY))
    register.renew(word[-1])
    assert register.derived("brag", [action.id]) == {action.id: Brag.AMBER}


# ---- many, and working ahead


def test_working_ahead_over_two_thousand_gives_the_same_answers(db: Database) -> None:
    with db.change("Add") as change:
        people = [change.add(Person(role_title=f"Role {n}")) for n in range(7)]
        for n in range(2_000):
            owner = people[n % 7].id
            change.add(
                Action(what=f"{WORDS[n % len(WORDS)]} {n}", due=TODAY - timedelta(n % 50), owner=owner)
            )
    ahead, at_once = opened(db, Action), opened(db, Action)
    slices = 0
    while ahead.prepare(500):
        slices += 1
    assert slices == 8
    assert not ahead.prepare()
    plainly = Plainly(db, Action.KIND)
    for order in (Order(), Order("owner", descending=True), Order("brag"), Order("what")):
        for typed in ("", "role 3", "fox 9"):
            for register in (ahead, at_once):
                register.sort(order)
                register.narrow(typed)
                assert register.ids == plainly.listed(order, typed)


# ---- any sequence of it


texts = st.sampled_from(["", "f", "ox", "fox", "hen", "fox hen", "role", "role b", "%", "met", "ß"])
titles = st.sampled_from(["fox", "Hen fox", "hen", "Straße", "100%", "Ox"])
days = st.none() | st.sampled_from([TODAY - timedelta(1), TODAY, TODAY + timedelta(40)])
CHOICES: tuple[tuple[Chosen, ...], ...] = (
    (),
    (OneOf("brag", (Brag.RED,)),),
    (NotAfter("due", TODAY), OneOf("started", (True,))),
    (OneOf("due", (None,)),),
)
which = st.integers(0, 5)
doings = st.one_of(
    st.tuples(st.just("add"), titles, days, st.integers(0, 2)),
    st.tuples(st.just("put"), which, titles, days),
    st.tuples(st.just("remove"), which),
    st.tuples(st.just("rename"), st.integers(0, 1), titles),
    st.tuples(st.just("undo")),
    st.tuples(st.just("narrow"), texts, st.sampled_from(CHOICES)),
    st.tuples(st.just("sort"), st.sampled_from(["ref", "what", "owner", "due", "brag"]), st.booleans()),
    st.tuples(st.just("prepare")),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with made(tmp_path_factory.mktemp("shared") / "Shared.nhsdesk", SetClock()) as db:
        with db.change("Add") as change:
            for title in ("Role a", "Role b"):
                change.add(Person(role_title=title))
        yield db


def emptied(db: Database) -> tuple[Person, ...]:
    with db.change("Remove what the last example left") as change:
        for action in change.reader.all(Action):
            change.remove(action)
        return change.reader.all(Person)


@settings(max_examples=40, deadline=None)
@given(todo=st.lists(doings, min_size=4, max_size=12))
def test_whatever_is_done_the_right_entries_are_listed(shared: Database, todo: list[tuple[Any, ...]]) -> None:
    people = emptied(shared)
    register, told, steps = opened(shared, Action), list[Notice](), 0
    end = shared.subscribe(told.append)
    try:
        for doing, *how in todo:
            before, told[:] = set(Plainly(shared, Action.KIND).records), []
            if doing == "narrow":
                register.narrow(*how)
            elif doing == "sort":
                register.sort(Order(*how))
            elif doing == "prepare":
                register.prepare()
            elif doing != "undo" or steps:
                _do(shared, people, doing, how)
                steps += -1 if doing == "undo" else len(told)
            plainly = Plainly(shared, Action.KIND)
            right = plainly.listed(register.order, register.words, register.chosen)
            listed = set(register.ids)
            anew = register.renew(told[0]) if told else False
            came, went = set(plainly.records) - before, listed - set(plainly.records)
            if anew or came or went:
                assert set(register.ids) == set(right)
            assert set(register.ids) <= set(plainly.records)
            if doing in ("narrow", "sort"):
                assert register.ids == right
        register.open()
        assert register.ids == Plainly(shared, Action.KIND).listed(
            register.order, register.words, register.chosen
        )
    finally:
        end()


def _do(db: Database, people: tuple[Person, ...], doing: str, how: list[Any]) -> None:
    if doing == "undo":
        db.undo()
        return
    with db.change(doing) as change:
        actions = change.reader.all(Action)
        if doing == "add":
            what, due, owner = how
            change.add(Action(what=what, due=due, owner=people[owner].id if owner < len(people) else None))
        elif doing == "rename":
            person = change.reader.get(Person, people[how[0]].id)
            change.put(replace(person, role_title=how[1]))
        elif actions and doing == "remove":
            change.remove(actions[how[0] % len(actions)])
        elif actions:
            change.put(replace(actions[how[0] % len(actions)], what=how[1], due=how[2]))


# ---- titles and candidates


def test_titles_are_of_records_of_any_kind_that_are_there(db: Database) -> None:
    with db.change("Add") as change:
        person = change.add(Person(role_title="Manager"))
        holder = change.add(Holder(name="Zyxwvut"))
        meeting = change.add(Meeting(body="Board", held_on=TODAY))
        gone = change.add(Person(role_title="Gone"))
    with db.change("Remove") as change:
        change.remove(gone)
    with db.read() as reader:
        told = titles_of(reader, [person.id, holder.id, meeting.id, gone.id, 2**63 - 1])
    assert told == {
        person.id: "R-001 Manager",
        holder.id: "H-001",
        meeting.id: "M-001 Board, 20 November 2026",
    }


Offered = Callable[..., list[str]]


@pytest.fixture
def offered(db: Database) -> Offered:
    with db.change("Add") as change:
        for title in ("Élan one", "élan two", "100% cover_all", "O'Brien \x00 says"):
            change.add(Commitment(title=title, status=Status.AT_RISK))
        change.add(Post(role=Role.CLINICAL_PHARMACIST))
        change.add(Meeting(body="Board", held_on=TODAY))
        change.add(Claim(month=Month(2026, 10)))

    def offer(kind: type[Record], words: str, **more: int) -> list[str]:
        with db.read() as reader:
            return candidates(reader, kind.KIND.name, words, **more)

    return offer


def test_what_is_offered_holds_all_of_the_words_in_any_capitals(offered: Offered) -> None:
    assert offered(Commitment, "") == [
        "C-001 Élan one",
        "C-002 élan two",
        "C-003 100% cover_all",
        "C-004 O'Brien \x00 says",
    ]
    assert offered(Commitment, "", most=2) == ["C-001 Élan one", "C-002 élan two"]
    assert offered(Commitment, "ÉLAN") == ["C-001 Élan one", "C-002 élan two"]
    assert offered(Commitment, "ÉLAN", most=1) == ["C-001 Élan one"]
    assert offered(Commitment, "two c-00") == ["C-002 élan two"]
    assert offered(Commitment, "at risk one") == ["C-001 Élan one"]


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("%", ["C-003"]), ("_", ["C-003"]), ("'", ["C-004"]), ("\x00", ["C-004"]), (HALF_A_LETTER, []),
        ("x" * 60_000, []),
    ],
)  # fmt: skip
def test_hostile_words_are_looked_for_as_typed(offered: Offered, typed: str, refs: list[str]) -> None:
    assert [one.split(" ", 1)[0] for one in offered(Commitment, typed)] == refs


def test_what_is_offered_is_found_by_the_title_it_is_shown_with(offered: Offered) -> None:
    for kind, words in ((Post, "pharmacist"), (Meeting, "board nov"), (Claim, "october")):
        (shown,) = offered(kind, words)
        assert offered(kind, shown) == [shown]


def test_ids_of_a_high_copy_are_kept_whole(full: Database) -> None:
    register = opened(full, Person)
    with full.read() as reader:
        table = schema.RECORD_TABLES["person"]
        stored = set(reader.connection.execute(select(table.c.id)).scalars())
    assert set(register.ids) == stored
    assert set(register.titles(register.ids)) >= stored
