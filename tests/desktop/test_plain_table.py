"""A table of words takes the place of another without its columns being measured for each cell."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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
