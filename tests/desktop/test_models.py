"""The model of a register keeps its promises to Qt, whatever is sorted, narrowed, added, removed or undone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.grouped_rows import Heading
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Pay, Post, Role
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import NEW
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.store.database import Database
from nhsdesk.store.register import OneOf, Order
from tests.conftest import Clock

GENERIC: tuple[type[Record], ...] = (Post, Commitment, SupportRequest, Action, Practice)


@pytest.fixture
def desk(qtbot: QtBot, database: Database) -> Iterator[Desk]:
    yield from _desk(database)


@pytest.fixture
def sample_desk(qtbot: QtBot, sample: Path, clock: Clock) -> Iterator[Desk]:
    yield from _desk(files.open_for_work(sample, "Ann Archer", clock))


def _desk(database: Database) -> Iterator[Desk]:
    desk = Desk(database, Background(inline=True), KeptLayout())
    mistakes: list[str] = []
    desk.warned.connect(mistakes.append)
    yield desk
    assert mistakes == []
    desk.close()


def sound(tester: ModelTester, model: RecordModel) -> None:
    """Fails now, or at any later signal of the model, when it breaks a promise."""
    tester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def first(desk: Desk, cls: type[Record]) -> Record:
    with desk.database.read() as reader:
        return reader.all(cls)[0]


@pytest.mark.parametrize("cls", GENERIC, ids=lambda cls: cls.__name__)
def test_an_empty_register_is_a_sound_model(
    desk: Desk, cls: type[Record], qtmodeltester: ModelTester
) -> None:
    sound(qtmodeltester, RecordModel(desk, cls.KIND))


@pytest.mark.parametrize("cls", GENERIC, ids=lambda cls: cls.__name__)
def test_the_sample_stays_a_sound_model_whatever_is_done_to_it(
    sample_desk: Desk, cls: type[Record], qtmodeltester: ModelTester
) -> None:
    desk, kind = sample_desk, cls.KIND
    model = RecordModel(desk, kind)
    sound(qtmodeltester, model)
    for column in model.columns:
        model.sort_by(Order(column.name, descending=True))
    model.narrow("a", ())
    model.narrow("no such words", ())
    assert model.rowCount() == 0
    model.narrow("", ())
    there = list(model.ids)
    with desk.database.change("Add") as change:
        added = change.add(replace(first(desk, cls), id=NEW, version=0, ref=""))
    assert set(model.ids) == {*there, added.id}
    with desk.database.change("Remove") as change:
        change.remove(added)
    assert set(model.ids) == set(there)
    desk.database.undo()
    assert added.id in model.ids
    desk.database.undo()
    desk.database.redo()
    assert added.id in model.ids
    sound(qtmodeltester, model)


def test_a_list_that_belongs_to_a_post_is_a_sound_model_and_holds_nothing_else(
    sample_desk: Desk, qtmodeltester: ModelTester
) -> None:
    with sample_desk.database.change("A post of which nothing was claimed") as change:
        post = change.add(Post(role=Role.PARAMEDIC))
        for month in (4, 10):
            change.add(Pay(post=post.id, starts=date(2026, month, 1), salary=Money(400_000)))
    model = RecordModel(sample_desk, Pay.KIND, post.id)
    sound(qtmodeltester, model)
    with sample_desk.database.read() as reader:
        assert model.ids == [one.id for one in reader.all(Pay) if one.post == post.id]
    with sample_desk.database.change("Remove the post") as change:
        change.remove(post)
    assert model.rowCount() == 0


def _grouping(model: RecordModel, name: str) -> float:
    """Seconds of work that grouping takes, whatever else the machine does."""
    model.group_by("")
    before = time.process_time()
    model.group_by(name)
    return time.process_time() - before


def _headings(model: RecordModel) -> list[Heading]:
    return [one for row in range(model.rowCount()) if (one := model.heading_at(row)) is not None]


def test_ten_thousand_entries_are_a_sound_model_that_fetches_only_what_is_looked_at(
    desk: Desk, qtmodeltester: ModelTester
) -> None:
    statuses = list(Status)
    with desk.database.change("Many") as change:
        for n in range(10_000):
            due = date(2024, 1, 1) + timedelta(days=n % 1_500)
            change.add(Commitment(title=f"Commitment {n}", status=statuses[n % len(statuses)], due=due))
    model = RecordModel(desk, Commitment.KIND)
    model.index(5_000, 1).data()
    assert len(model._records) <= 64
    assert min(_grouping(model, "due") for _ in range(3)) < 0.1
    assert model.rowCount() == 10_000 + len({one.words for one in _headings(model)})
    model.group_by("")
    model.sort_by(Order("status", descending=True))
    model.narrow("commitment 99", (OneOf("status", (Status.LATE, Status.MET)),))
    assert 0 < model.rowCount() < 200
    sound(qtmodeltester, model)
    desk.database.undo()
    assert model.rowCount() == model.total == 0


def test_every_cell_says_the_same_to_eyes_and_ears(sample_desk: Desk) -> None:
    model = RecordModel(sample_desk, Action.KIND)
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
            shown = index.data()
            assert isinstance(shown, str), model.columns[column].label
            assert bool(spoken) == bool(shown)


def test_a_selection_held_by_qt_is_of_no_other_entry_after_one_came_or_went(sample_desk: Desk) -> None:
    model = RecordModel(sample_desk, Commitment.KIND)
    kept = QPersistentModelIndex(model.index(5, 1))
    words = kept.data()
    with sample_desk.database.change("Remove the first") as change:
        change.remove(first(sample_desk, Action))
    assert kept.data() == words
    with sample_desk.database.change("Add") as change:
        change.add(Post(role=Role.PARAMEDIC))
        change.add(Commitment(title="One more"))
    assert not kept.isValid() or kept.data() == words
