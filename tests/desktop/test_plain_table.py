"""A table of words takes the place of another without its columns being measured for each cell."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.plain_table import PlainTable
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
