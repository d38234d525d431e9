"""A table of words takes the place of another without its columns being measured for each cell."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.neighbourhoods.tree_part import AreaTree
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.wrapped_table import WrappedTable
from tests.desktop import screen


class Measured(PlainTable):
    """Counts how often the width of a column is asked for."""

    count = 0

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802
        self.count += 1
        return super().sizeHintForColumn(column)


def test_columns_are_measured_once_for_all_rows(qtbot: QtBot) -> None:
    screen.dress()
    table = Measured("Posts", ("Post", "Label", "Cost"), figures=(2,), stretched=1)
    qtbot.addWidget(table)
    table.show()
    for label in ("Paramedic", "Podiatrist"):
        QApplication.processEvents()
        table.count = 0
        table.show_rows([(n, (f"P-{n:03}", f"{label} {n}", "£5,112.65")) for n in range(100)])
    assert table.count < 20
    assert table.words(99) == ("P-099", "Podiatrist 99", "£5,112.65")
    width = table.columnWidth(0)
    table.show_rows([(0, ("a reference much longer than before", "", ""))])
    assert table.columnWidth(0) > width


def test_headings_of_columns_that_share_the_room_are_whole_in_a_narrow_window(qtbot: QtBot) -> None:
    screen.dress()
    table = WrappedTable("Contracts", ("Ref", "Core general practice", "Held by\nwhom"), wrapped=(1, 2))
    qtbot.addWidget(table)
    table.show_rows([(1, ("K-001", "Silent", "not yet known"))])
    table.resize(160, 200)
    table.show()
    QApplication.processEvents()
    measure = table.horizontalHeader().fontMetrics().horizontalAdvance
    assert table.columnWidth(1) > measure("Core general practice") + 20
    assert table.columnWidth(2) > measure("Held by") + 20
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(1200, 200)
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(1) + table.columnWidth(2) > 900


def test_three_rows_are_in_sight_below_the_headings_however_little_room_there_is(qtbot: QtBot) -> None:
    screen.dress()
    table = WrappedTable("Agenda items", ("No", "Item"), wrapped=(1,))
    table.keep_in_sight()
    qtbot.addWidget(table)
    table.show()
    table.show_rows([(n, (str(n), "Ratify")) for n in range(5)])
    table.resize(600, 1)
    QApplication.processEvents()
    last = table.visualRect(table.model().index(2, 1))
    assert table.viewport().rect().contains(last)


def test_the_heading_of_what_is_meant_is_whole_and_the_tree_scrolled_for_it(qtbot: QtBot) -> None:
    screen.dress()
    tree = AreaTree()
    qtbot.addWidget(tree)
    tree.resize(500, 300)
    tree.show()
    tree.show_nodes(())
    QApplication.processEvents()
    heads = tree.header()
    assert heads.sectionSize(1) > heads.fontMetrics().horizontalAdvance(tree.headerItem().text(1))
    assert tree.horizontalScrollBar().maximum() > 0
    tree.resize(1_200, 300)
    QApplication.processEvents()
    assert tree.horizontalScrollBar().maximum() == 0
    assert heads.length() == tree.viewport().width()
