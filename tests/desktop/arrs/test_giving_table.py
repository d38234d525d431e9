"""A table whose less needed columns give way where there is no room, so that nothing is scrolled sideways."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.arrs.claim_posts import ClaimPosts
from nhsdesk.desktop.arrs.giving_table import GivingTable

ROWS = [
    (n, (f"P-{n:03}", "Social prescribing link worker of three practices", "37.5", "£6,175.19", "£6,666.67"))
    for n in range(40)
]


@pytest.fixture
def table(qtbot: QtBot) -> GivingTable:
    made = GivingTable(
        "Posts",
        ("Post", "Label", "Hours", "Cost", "Pro rata\nmaximum"),
        figures=(2, 3, 4),
        stretched=1,
        giving=(2, 3),
    )
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.show()
    return made


def hidden(table: GivingTable) -> list[int]:
    return [column for column in range(table.columnCount()) if table.isColumnHidden(column)]


def wide(table: GivingTable, room: int) -> None:
    """Gives the table room for all its columns and so much more, or less."""
    table.resize(sum(table._wide) + table.width() - table.viewport().width() + room, 400)


def test_columns_give_way_one_after_the_other_and_come_back(table: GivingTable) -> None:
    found = []
    for room in (20, -5, -5 - table._wide[2], 20):
        wide(table, room)
        found.append(hidden(table))
    assert found == [[], [2], [2, 3], []]


def test_what_gave_way_is_told_by_its_heading(table: GivingTable, qtbot: QtBot) -> None:
    wide(table, 20)
    with qtbot.waitSignal(table.gave_way) as told:
        wide(table, -5 - table._wide[2])
    assert told.args == [["Hours", "Cost"]]


def test_words_that_wrap_are_not_cut_when_their_column_narrows(table: GivingTable, qtbot: QtBot) -> None:
    wide(table, 400)
    one_line = table.rowHeight(0)
    wide(table, -20)
    qtbot.waitUntil(lambda: table.rowHeight(0) > one_line)


def test_the_claim_says_where_the_figures_stand_for_which_there_is_no_room(qtbot: QtBot) -> None:
    posts = ClaimPosts()
    qtbot.addWidget(posts)
    posts.table.show_rows([(n, ("P-001", "Paramedic", "37.5", *["£6,175.19"] * 5)) for n in range(3)])
    posts.show()
    posts.resize(1200, 700)
    assert not posts._hidden.isVisible()
    posts.resize(260, 700)
    said = "No room here for hours and maximum: the working of each post has them."
    qtbot.waitUntil(lambda: posts._hidden.isVisible() and posts._hidden.text() == said)
