"""A chart in the window: it is painted, told in words, follows the look, and takes hostile words as they are."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import theme
from nhsdesk.desktop.chart_view import ChartView
from nhsdesk.documents.model import BarLook, Chart, Level, Series
from nhsdesk.domain.money import Money
from tests.desktop.screen import dress, table, unnamed

HOSTILE = "<b>=1+1</b> & " + "long " * 2_000


def chart(name: str = "One", *, sideways: bool = False) -> Chart:
    names = (name, "Two", "Three")
    return Chart(
        "A_chart",
        "A chart, in pounds",
        "Name",
        names,
        names,
        (
            Series("Full", BarLook.FULL, (Money(100_00), None, Money(300_00))),
            Series("Striped", BarLook.STRIPED, (Money(50_00), Money(10_00), Money())),
            Series("Outlined", BarLook.OUTLINED, (None, Money(200_00), Money(1))),
        ),
        "It shows three.",
        None if sideways else Level("A line", Money(150_00)),
        sideways,
    )


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    dress()
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_chart(chart())
    QApplication.processEvents()
    return made


def colours(view: ChartView) -> set[str]:
    image: QImage = view.drawing.grab().toImage()
    step = 2
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), step)
        for y in range(0, image.height(), step)
    }


def test_it_is_painted_in_the_colours_of_the_look(view: ChartView) -> None:
    assert theme.tokens().accent.lower() in colours(view)


def test_it_says_what_it_shows_to_whoever_does_not_see_it(view: ChartView) -> None:
    said = QAccessible.queryAccessibleInterface(view.drawing)
    assert said.text(QAccessible.Text.Name) == "A chart, in pounds"
    assert said.text(QAccessible.Text.Description) == "It shows three. Press Enter for the numbers."
    assert unnamed(view) == []


def test_its_numbers_come_and_go_with_the_box(view: ChartView) -> None:
    view.numbers.click()
    assert table(view, "The numbers of A chart, in pounds") == [
        ["One", "£100.00", "£50.00", "not given"],
        ["Two", "not given", "£10.00", "£200.00"],
        ["Three", "£300.00", "£0.00", "£0.01"],
    ]
    assert len(QApplication.topLevelWidgets()) >= 1
    assert view.table is not None
    assert not view.table.isWindow()
    view.show_chart(chart("Another"))
    assert table(view, "The numbers of A chart, in pounds")[0][0] == "Another"
    view.numbers.click()
    assert view.table is not None
    assert not view.table.isVisible()


@pytest.mark.parametrize("sideways", [False, True])
def test_hostile_words_are_drawn_as_they_are(view: ChartView, sideways: bool) -> None:
    view.show_chart(chart(HOSTILE, sideways=sideways))
    assert colours(view)
    view.resize(330, 200)
    assert colours(view)


def test_a_chart_of_nothing_is_no_mistake(view: ChartView) -> None:
    view.show_chart(Chart("Empty", "Empty", "Name", (), (), (), "Nothing.", sideways=True))
    assert colours(view)
    view.numbers.click()
    assert view.table is not None
    assert view.table.rowCount() == 0
