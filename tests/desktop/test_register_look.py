"""What of a register is in sight on a small screen."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTabBar, QToolButton

from nhsdesk.desktop.column_widths import narrowest
from nhsdesk.desktop.delegates import may_be_a_status, pill_words
from nhsdesk.desktop.record_model import TONE, RecordModel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.tool_row import ToolButton
from tests.desktop.desk_side import Person, visible
from tests.desktop.for_everyone import SCREEN

REGISTERS = (
    ("Commitments", ""), ("ARRS", ""), ("Support and funds", ""), ("Meetings", "Decisions"), ("Neighbourhoods", ""),
)  # fmt: skip


@pytest.fixture
def at_a_small_screen(person: Person) -> Person:
    person.window.resize(*SCREEN)
    return person


def pages_of(person: Person) -> list[RecordTable]:
    tables = []
    for place, tab in REGISTERS:
        person.goes_to(place, tab)
        tables.append(person.register.table)
    return tables


def test_references_headings_and_statuses_are_whole(at_a_small_screen: Person) -> None:
    for table in pages_of(at_a_small_screen):
        model, measure = cast(RecordModel, table.model()), table.fontMetrics().horizontalAdvance
        heads = table.horizontalHeader()
        for number, column in enumerate(model.columns):
            if table.isColumnHidden(number):
                continue
            assert max(map(measure, column.label.split())) < table.columnWidth(number) - 16, column.label
            lines = -(-measure(column.label) // max(table.columnWidth(number) - 24, 1))
            assert heads.height() >= min(lines, 3) * heads.fontMetrics().lineSpacing(), column.label
        assert all(measure(f"{model.data(model.index(n, 0))}") < table.columnWidth(0) - 12 for n in range(3))
        for number, column in enumerate(model.columns[:7]):
            cells = [model.index(n, number) for n in range(min(model.rowCount(), 12))]
            shown = [
                pill_words(one) for one in cells if may_be_a_status(column) and one.data(TONE) is not None
            ]
            if number and not table.isColumnHidden(number):
                assert all(min(measure(one), 140) < table.columnWidth(number) - 30 for one in shown), shown


def test_buttons_keep_one_row_and_their_names(at_a_small_screen: Person) -> None:
    person = at_a_small_screen
    person.goes_to("Support and funds")
    buttons = [one for one in person.register.findChildren(ToolButton) if one.isVisible()]
    assert len({one.mapTo(person.register, QPoint()).y() for one in buttons}) == 1
    alone = [one for one in buttons if one.alone]
    assert alone
    assert not any(one.text() in ("Remove", "New support request") for one in alone)
    assert all(one.toolTip() == one.text() for one in alone)
    person.window.resize(1920, 1080)
    person.waits()
    assert not any(one.alone or one.toolTip() == one.text() for one in buttons)


def test_the_tabs_of_a_place_stay_in_sight(at_a_small_screen: Person) -> None:
    person = at_a_small_screen
    person.presses("Ctrl++")
    person.presses("Ctrl++")
    for place, tab in (("ARRS", "Uplifts"), ("Meetings", "Take minutes"), ("Commitments", "Risk map")):
        person.goes_to(place, tab)
        (bar,) = (one for one in visible(person.window, QTabBar) if one.objectName() == "places")
        assert bar.visibleRegion().boundingRect().height() == bar.height(), tab


def test_the_arrows_beside_tabs_are_whole_and_large_enough(at_a_small_screen: Person) -> None:
    person = at_a_small_screen
    person.window.resize(1000, 600)
    person.goes_to("Commitments")
    (bar,) = (one for one in visible(person.window, QTabBar) if one.accessibleName().startswith("Pages of"))
    arrows = visible(bar, QToolButton)
    assert len(arrows) == 2
    for one in arrows:
        assert bar.rect().contains(one.geometry())
        assert one.width() >= 24
        assert one.height() >= 24


def test_a_heading_gets_the_least_width_in_which_no_word_is_lost() -> None:
    words = [30, 30, 80, 80, 40, 80]  # Was the general practice seat present?
    assert narrowest(words) == 140
    assert narrowest(words, lines=9) == 80
    assert narrowest([]) == 0
