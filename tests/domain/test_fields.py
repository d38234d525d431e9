"""A field declared once is in the table, the history, the headings, the reading of typed words and the search."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Optional

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine
from sqlalchemy.schema import CreateTable

from nhsdesk.commands import histories
from nhsdesk.domain import fields, kinds
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    derived,
    flag,
    hours,
    link,
    links,
    long_text,
    money,
    number,
    parent,
    private,
    record,
    several,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.rules import Rules
from nhsdesk.store import schema, search
from nhsdesk.store.journal import Step, difference
from nhsdesk.store.queries import Entry
from nhsdesk.store.reading import Reader, record_of, stored_of

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 20)


class Colour(Choice):
    """A colour."""

    RED = "red"
    BLUE = "blue"


def is_late(room: Room, rules: Rules, today: date) -> bool:
    """Whether its day is past."""
    return room.due is not None and room.due < today


@record(title="Room", plural="Rooms", prefix="RM")
class Room(Record):
    """A kind of record made up here."""

    name: str = text("Name")
    building: Id = parent("Building", "SupportRequest")
    keeper: str | None = private("Keeper", default=None)
    area: Decimal | None = number("Area in square metres", places=2, default=None)
    due: date | None = day("Painted by", default=None, help="When the painters are due.")
    open_hours: Hours | None = hours("Hours open a week", default=None)
    rent: Optional[Money] = money("Rent a month", default=None)  # noqa: UP045 - the older way of writing it counts too
    colours: tuple[Colour, ...] = several("Colours", Colour, default=())
    neighbours: tuple[Id, ...] = links("Next to", "Room", default=())
    door: Colour | None = choice("Colour of the door", Colour, default=None)
    lift: bool = flag("Has a lift", default=False)
    remarks: str | None = long_text("Remarks", default=None)
    leads_to: Id | None = link("Leads to", "Room", default=None)

    late = derived("Late", is_late, uses=("due",))


KIND = Room.KIND


def test_a_kind_knows_its_names_and_the_fields_it_was_declared_with() -> None:
    assert (KIND.name, KIND.title, KIND.plural, KIND.prefix, KIND.cls) == (
        "room",
        "Room",
        "Rooms",
        "RM",
        Room,
    )
    assert [field.name for field in KIND.fields][:3] == ["name", "building", "keeper"]
    assert [one.name for one in KIND.derived] == ["late"]
    assert KIND.owner is not None
    assert (KIND.owner.name, KIND.owner.kind) == ("building", kinds.LinkTo("support_request", owned=True))
    with pytest.raises(KeyError, match="room has no field colour"):
        KIND.field("colour")


def test_a_field_that_may_not_be_none_must_be_given_and_every_other_may_be_empty() -> None:
    assert [field.name for field in KIND.fields if field.given] == ["name", "building", "lift"]
    bare = Room(name="Hall", building=Id(7))
    assert [getattr(bare, f.name) for f in KIND.fields if not f.given] == [None] * 5 + [
        (),
        (),
        None,
        None,
        None,
    ]


def test_a_field_declared_once_is_found_everywhere() -> None:
    field = KIND.field("due")
    # headings of tables, forms and workbooks, with what a form says beside it
    assert (field.label, field.help) == ("Painted by", "When the painters are due.")
    # the table
    made = schema.record_table(KIND, MetaData())
    assert (made.c.due.type.__class__.__name__, made.c.due.nullable) == ("Text", True)
    # typed words, in a form or in a mapped column of a file
    by_label = {one.label: one for one in KIND.fields}
    assert by_label["Painted by"].kind.read("30/1", TODAY) == date(2027, 1, 30)
    assert by_label["Painted by"].kind.read("31/2", TODAY) == Problem(
        "31/2 is not a day: there is no 31 in February 2026."
    )
    # history
    before = Room(name="Hall", building=Id(7), due=date(2027, 1, 30))
    told = history_of(before, replace(before, due=date(2027, 2, 1), area=Decimal("12.50")))
    assert told == ("Area in square metres: nothing → 12.50", "Painted by: 30 January 2027 → 1 February 2027")
    # search, but for private words
    words = search.words_of(
        replace(before, ref="RM-001", keeper="Ann", remarks="North side", colours=(Colour.RED,))
    )
    assert words.split("\n") == ["RM-001", "Hall", "Red", "North side"]
    assert search.private_words_of(replace(before, keeper="Ann")) == "Ann"


def history_of(before: Room, after: Room) -> tuple[str, ...]:
    change = difference(KIND.name, 7, stored_of(before), stored_of(after))
    assert change is not None
    step = Step(1, 1, "", "", schema.SCHEMA_NUMBER, "", "change", "")
    with create_engine("sqlite://").connect() as nothing:
        return histories.change_words(Reader(nothing), KIND, Entry(step, change))


def test_private_words_stay_out_of_history_and_of_the_logged_form() -> None:
    before = Room(name="Hall", building=Id(7))
    assert history_of(before, replace(before, keeper="Ann")) == ("Keeper: changed",)
    assert "Ann" not in repr(replace(before, keeper="Ann"))
    assert "keeper" not in repr(before)


def test_a_derived_column_is_worked_out_and_never_stored() -> None:
    room = Room(name="Hall", building=Id(7), due=date(2026, 11, 19))
    assert KIND.derived[0].work_out(room, Rules(), TODAY) is True
    assert "late" not in stored_of(room)
    assert "late" not in schema.record_table(KIND, MetaData()).c


def test_a_record_of_every_kind_of_field_comes_back_exactly_from_its_stored_form() -> None:
    full = Room(
        id=Id(kinds.LARGEST), version=3, ref="RM-001", name="Hall\x00", building=Id(2**62 + 1), keeper="\u202eAnn",
        area=Decimal("0.93"), due=TODAY, open_hours=Hours(60_000), rent=Money(-1), colours=(Colour.RED, Colour.BLUE),
        neighbours=(Id(2**63 - 2), Id(1)), door=Colour.BLUE, lift=True, remarks="x" * 10_000, leads_to=Id(9),
    )  # fmt: skip
    row = {"id": full.id, "version": full.version, **stored_of(full)}
    assert record_of(KIND, row) == full


def test_the_table_is_written_as_any_database_understands_it() -> None:
    tables = MetaData()
    Table("support_request", tables, Column("id", Integer, primary_key=True))
    written = str(CreateTable(schema.record_table(KIND, tables)))
    for line in ("name TEXT NOT NULL", "building BIGINT NOT NULL", "area BIGINT", "lift BIGINT NOT NULL"):
        assert line in written


def test_records_do_not_change() -> None:
    room = Room(name="Hall", building=Id(7))
    with pytest.raises(FrozenInstanceError):
        room.name = "Attic"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError, FrozenInstanceError)):
        room.colour = "red"  # type: ignore[attr-defined]
    assert room == Room(name="Hall", building=Id(7))


def test_a_record_is_known_by_its_first_words_that_are_not_private() -> None:
    assert Room(name="Hall", building=Id(7)).title_words() == "Hall"

    @record(title="Key", plural="Keys", prefix="K")
    class Key(Record):
        """Only private words."""

        holder: str | None = private("Holder", default=None)
        spare: bool | None = flag("Spare", default=None)

    assert Key(ref="K-001", holder="Ann").title_words() == "K-001"


def test_every_specifier_makes_the_field_it_says() -> None:
    @record(title="All", plural="All of them", prefix="ALL")
    class All(Record):
        """One field of each specifier."""

        text: str | None = fields.text("a", default=None)
        long_text: str | None = fields.long_text("b", default=None)
        private: str | None = fields.private("c", default=None)
        reference: str | None = fields.reference("d", default=None)
        money: Money | None = fields.money("e", default=None)
        number: Decimal | None = fields.number("f", places=9, default=None)
        percentage: Decimal | None = fields.percentage("g", default=None)
        count: int | None = fields.count("h", default=None)
        hours: Hours | None = fields.hours("i", default=None)
        minutes: int | None = fields.minutes("j", default=None)
        day: date | None = fields.day("k", default=None)
        time_of_day: object = fields.time_of_day("l", default=None)
        moment: object = fields.moment("m", default=None)
        month: object = fields.month("n", default=None)
        quarter: object = fields.quarter("o", default=None)
        financial_year: object = fields.financial_year("p", default=None)
        choice: Colour | None = fields.choice("q", Colour, default=None)
        several: tuple[Colour, ...] = fields.several("r", Colour, default=())
        flag: bool | None = fields.flag("s", default=None)
        link: Id | None = fields.link("t", "SupportRequest", default=None)
        links: tuple[Id, ...] = fields.links("u", "SupportRequest", default=())
        file: object = fields.file("v", default=None)

    made = {field.name: type(field.kind).__name__ for field in All.KIND.fields}
    assert made == {
        "text": "Text", "long_text": "LongText", "private": "Private", "reference": "Reference", "money": "Pounds",
        "number": "Number", "percentage": "Number", "count": "Count", "hours": "HoursAWeek", "minutes": "Minutes",
        "day": "Day", "time_of_day": "TimeOfDay", "moment": "Moment", "month": "InMonth", "quarter": "InQuarter",
        "financial_year": "InYear", "choice": "OneOf", "several": "SeveralOf", "flag": "Flag", "link": "LinkTo",
        "links": "LinksTo", "file": "OneFile",
    }  # fmt: skip
    assert All.KIND.field("link").kind == kinds.LinkTo("support_request")


PLANTED = """
from datetime import date
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.money import Hours

Post()
Post(role="GP")
Post(role=Role.GP, contracted=37.5)
Post(role=Role.GP, banding="7")
post = Post(role=Role.GP, contracted=Hours.of(30), starts=date(2026, 4, 1))
post.band = "7"
Action("Write")
Post(role=Role.GP).band.upper()
"""
FOUND = {
    7: 'Missing named argument "role"',
    8: 'Argument "role" to "Post" has incompatible type "str"; expected "Role"',
    9: 'Argument "contracted" to "Post" has incompatible type "float"',
    10: 'Unexpected keyword argument "banding"',
    12: 'Property "band" defined in "Post" is read-only',
    13: "Too many positional arguments",
    14: 'Item "None" of "str | None" has no attribute "upper"',
}


def test_the_type_checker_finds_a_missing_field_a_wrong_type_and_a_write(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(PLANTED, encoding="utf-8")
    asked = [
        sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", str(tmp_path / "cache"),
        "--no-error-summary", "planted.py",
    ]  # fmt: skip
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    answer = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    told: dict[int, str] = {}
    for line in answer.stdout.splitlines():
        if line.startswith("planted.py:"):
            told[int(line.split(":")[1])] = told.get(int(line.split(":")[1]), "") + line
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert set(told) == set(FOUND), answer.stdout
    for number_, words in FOUND.items():
        assert words in told[number_]


@pytest.mark.parametrize("cls", RECORDS)
def test_every_kind_is_declared_soundly(cls: type[Record]) -> None:
    labels = [field.label for field in cls.KIND.fields]
    assert len(labels) == len(set(labels))
    assert all(label[:1].isupper() and label.strip() == label for label in labels)
    assert cls.__doc__
    for one in cls.KIND.derived:
        for name in one.uses:
            cls.KIND.field(name)
    assert cls.KIND.cls is cls


def test_columns_and_headings_that_name_no_field_are_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="key has no colour"):

        @record(title="Key", plural="Keys", prefix="K", columns=("name", "colour"))
        class Key(Record):
            """A key."""

            name: str = text("Name")

    with pytest.raises(ValueError, match="lock has no age, colour"):

        @record(title="Lock", plural="Locks", prefix="L", columns=("age",), groups={"How it looks": "colour"})
        class Lock(Record):
            """A lock."""

            name: str = text("Name")


def test_columns_and_headings_are_kept_in_the_order_given_and_may_be_derived() -> None:
    @record(
        title="Door",
        plural="Doors",
        prefix="DR",
        columns=("late", "name"),
        groups={"When": "due", "What": "name"},
    )
    class Door(Record):
        """A door."""

        name: str = text("Name")
        due: date | None = day("Painted by", default=None)
        late = derived("Late", is_late, uses=("due",))

    assert Door.KIND.columns == ("late", "name")
    assert Door.KIND.groups == (("When", "due"), ("What", "name"))
    assert (KIND.columns, KIND.groups) == ((), ())


def test_a_derived_column_is_known_by_its_name() -> None:
    late = KIND.derived_column("late")
    assert late is not None
    assert (late.label, late.uses, late.name) == ("Late", ("due",), "late")
    assert KIND.derived_column("due") is None
    assert KIND.derived_column("") is None


@pytest.mark.parametrize(
    ("title", "plural", "noun", "nouns"),
    [
        ("Support request", "Support requests", "support request", "support requests"),
        ("ARRS post", "ARRS posts", "ARRS post", "ARRS posts"),
        ("Pay", "Pay", "pay", "pay"),
        ("X", "Xs", "x", "xs"),
    ],
)
def test_a_title_stands_inside_a_sentence_as_its_noun(title: str, plural: str, noun: str, nouns: str) -> None:
    made = dataclasses.replace(KIND, title=title, plural=plural)
    assert (made.noun, made.nouns) == (noun, nouns)


@pytest.mark.parametrize("cls", RECORDS)
def test_every_kind_has_columns_and_headings_that_are_there_and_no_field_under_two(cls: type[Record]) -> None:
    kind = cls.KIND
    fields_, derived_ = {one.name for one in kind.fields}, {one.name for one in kind.derived}
    assert set(kind.columns) <= fields_ | derived_
    assert len(set(kind.columns)) == len(kind.columns)
    stands_above = [first for _, first in kind.groups]
    assert set(stands_above) <= fields_
    assert len(set(stands_above)) == len(stands_above) == len({heading for heading, _ in kind.groups})
    order = [field.name for field in kind.fields]
    assert stands_above == sorted(stands_above, key=order.index)
    assert not stands_above or stands_above[0] == order[0]
    assert not fields_ & derived_
    assert not (fields_ | derived_) & {"id", "version", "ref"}


@pytest.mark.parametrize("cls", RECORDS)
def test_every_kind_tells_what_it_is_in_two_sentences_at_most(cls: type[Record]) -> None:
    told = " ".join((cls.__doc__ or "").split())
    assert told.endswith(".")
    assert told[:1].isupper()
    assert "`" not in told
    assert 1 <= len(re.findall(r"[.!?](?= |$)", told)) <= 2
    assert len(told) <= 160
