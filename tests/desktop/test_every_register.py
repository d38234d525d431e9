"""Every register alike: what one can do, all can, made from the fields of their kind and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files, register_files, saved_views
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import READ_ONLY
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.places import PLACES, Place
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.domain import kinds, times
from nhsdesk.domain.duplicates import COPIED
from nhsdesk.domain.fields import Record
from nhsdesk.domain.register_views import Arrangement
from nhsdesk.store.held_values import may_be_listed
from tests.conftest import Clock
from tests.desktop.desk_side import visible

EVERY = pytest.mark.parametrize("place", [one for one in PLACES if one.kinds], ids=lambda place: place.title)

SOME = 2
"""Registers of a place whose forms are made as well: making one takes a quarter of a second."""


@pytest.fixture
def desk(qtbot: QtBot, sample: Path, clock: Clock) -> Iterator[Desk]:
    """The sample on a desk; whatever stood in the way is told at the end."""
    made = Desk(files.open_for_work(sample, "Ann Archer", clock), Background(inline=True), KeptLayout())
    mistakes: list[str] = []
    made.warned.connect(mistakes.append)
    yield made
    assert mistakes == []
    made.close()


def registers(desk: Desk, place: Place, qtbot: QtBot) -> Iterator[RegisterPage]:
    """Each register of a place, as it opens."""
    for cls in place.kinds:
        page = RegisterPage(desk, cls.KIND)
        qtbot.addWidget(page)
        page.resize(1_200, 700)
        page.show()
        yield page
        page.close()


def buttons(page: RegisterPage) -> list[str]:
    return [one.text().replace("&&", "&") for one in visible(page, QAbstractButton)]


def of_names(page: RegisterPage) -> list[str]:
    """The fields a register shows at first."""
    return list(page.kind.columns or [field.name for field in page.kind.fields][:6])


@EVERY
def test_columns_chips_groups_totals_and_what_one_can_do(desk: Desk, place: Place, qtbot: QtBot) -> None:
    for page in registers(desk, place, qtbot):
        kind, model, table = page.kind, page.model, page.table
        menu = table.column_menu()
        offered = [one.text().replace("&&", "&") for one in menu.actions() if one.isCheckable()]
        menu.close()
        assert offered == [one.label for one in model.columns]
        said = buttons(page)
        for words in ("Columns", "Print…", "Export…", "Change for all chosen", "Duplicate", "Remove"):
            assert words in said, (kind.name, words)
        assert f"New {kind.noun}" in said
        for field in (kind.field(name) for name in of_names(page) if kind.derived_column(name) is None):
            narrows = isinstance(field.kind, kinds.OneOf | kinds.Flag | times.Day) or may_be_listed(
                kind, field
            )
            assert narrows == (f"{field.label}: any" in said), (kind.name, field.name)
        every = len(model.ids)
        for column in page.views._groups():
            model.group_by(column.name)
            assert len(model.ids) == every
            counted = sum(one.count for row in range(model.rowCount()) if (one := model.heading_at(row)))
            assert counted == every, (kind.name, column.name)
        model.group_by("")
        page.totals.show_line(True)
        page.totals.tell()
        assert page.totals.text().startswith(f"Totals of {every:,} ")


@EVERY
def test_a_cell_may_be_typed_into_unless_nobody_types_it(desk: Desk, place: Place, qtbot: QtBot) -> None:
    for page in registers(desk, place, qtbot):
        model = page.model
        for number, column in enumerate(model.columns if model.ids else ()):
            may = bool(model.flags(model.index(0, number)) & Qt.ItemFlag.ItemIsEditable)
            field = column.field
            owned = field is not None and isinstance(field.kind, kinds.LinkTo) and field.kind.owned
            assert may == (field is not None and not isinstance(field.kind, READ_ONLY) and not owned)
        assert (
            not page.table.tabKeyNavigation()
        )  # Tab leaves the table, and goes on in cells being typed into


@EVERY
def test_a_view_is_kept_in_the_file_and_comes_back_as_it_was(desk: Desk, place: Place, qtbot: QtBot) -> None:
    for page in registers(desk, place, qtbot):
        views, first = page.views, page.views.arrangement()
        groups = [one.name for one in views._groups()]
        columns = tuple(one.name for one in page.model.columns)
        wanted = Arrangement(
            ("ref", *columns[:0:-1]),
            "a",
            (),
            (),
            columns[-1],
            True,
            groups[-1] if groups else "",
            not first.totals,
        )
        assert views.arrange(wanted) == ()
        assert views.arrangement() == wanted
        views._save("As I like it")
        views._at_first()
        assert views.arrangement() == first
        with desk.database.read() as reader:
            (kept,) = saved_views.of_register(reader, page.kind)
        views._open_view(kept)
        assert views.arrangement() == wanted
        views._toggle_default()
        if page.kind is place.kinds[0].KIND:
            again = RegisterPage(desk, page.kind)
            qtbot.addWidget(again)
            assert again.views.arrangement() == wanted


@EVERY
def test_what_is_printed_and_exported_says_how_it_was_narrowed_and_as_at_when(
    desk: Desk, place: Place, qtbot: QtBot
) -> None:
    for page in registers(desk, place, qtbot):
        page.filters.line.setText("a")
        view = page._view()
        assert view.ids == tuple(page.model.ids)
        assert view.narrowed == "with the words “a”"
        cover = _words_of(register_files.as_workbook(desk.database, view))
        assert "with the words “a”" in cover, page.kind.name
        assert "20 November 2026" in cover, page.kind.name


def _words_of(content: bytes) -> str:
    """The words that stand in the first sheet of a workbook."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    return "\n".join(
        str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell
    )


@EVERY
def test_entries_are_duplicated_removed_and_brought_back_from_the_bin(
    desk: Desk, place: Place, qtbot: QtBot
) -> None:
    with desk.database.read() as reader:
        filled = tuple(cls for cls in place.kinds if cls in COPIED and reader.ids(cls))
    # What a copy holds is tried with every kind in tests/commands; here, that the buttons of a place do it.
    for page in registers(desk, replace(place, tabs=filled[:SOME]), qtbot):
        model = page.model
        before, position = list(model.ids), desk.database.head.position
        page.table.go_to(before[0])
        QTest.mouseClick(_button(page, "Duplicate"), Qt.MouseButton.LeftButton)
        (copy,) = set(model.ids) - set(before)
        assert desk.database.head.position == position + 1
        assert page.table.current_id() == copy
        assert page.panel.form is not None
        assert page.panel.form.id == copy
        QTest.mouseClick(_button(page, "Remove"), Qt.MouseButton.LeftButton)
        assert model.ids == before
        page.views.bin_wanted.emit()
        bin_ = next(one for one in page.findChildren(QPushButton) if one.text() == "Bring back")
        assert bin_.isVisible()
        QTest.mouseClick(bin_, Qt.MouseButton.LeftButton)
        assert set(model.ids) == {*before, copy}, page.kind.name


def _button(page: RegisterPage, words: str) -> QAbstractButton:
    return next(one for one in visible(page, QAbstractButton) if one.text() == words)


def test_every_register_says_in_words_what_belongs_there(qtbot: QtBot, desk: Desk) -> None:
    said: set[type[Record]] = {cls for place in PLACES for cls in place.kinds if (cls.__doc__ or "").strip()}
    assert said == {cls for place in PLACES for cls in place.kinds}
