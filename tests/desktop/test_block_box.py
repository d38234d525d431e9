"""A block is pasted, its columns are chosen, what is wrong stands beside its row, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from nhsdesk.commands import blocks
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain import kinds, times
from nhsdesk.domain.blocks import Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.money import Money
from nhsdesk.store.database import Database
from tests.desktop import screen

WANTED = (
    Wanted("label", "Post", kinds.Text(), ("post",)),
    Wanted("salary", "Salary", kinds.Pounds(), ("salary",), needed=True),
    Wanted("starts", "Start date", times.Day(Lean.LAST), ("start date",)),
)


@pytest.fixture
def box(database: Database, qtbot: QtBot) -> Iterator[BlockBox]:
    screen.dress()
    desk = Desk(database, Background(inline=True), KeptLayout())
    made = BlockBox(desk, WANTED, Incoming.PAYROLL)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.take_focus()
    yield made
    made.hide()


def paste(box: BlockBox, words: str) -> None:
    QApplication.clipboard().setText(words)
    box.paste.paste()


def choose(box: BlockBox, name: str, words: str) -> None:
    (combo,) = (one for one in box.findChildren(QComboBox) if one.accessibleName() == name)
    combo.setCurrentIndex(combo.findText(words))


def test_what_is_pasted_is_shown_row_by_row_and_not_kept_in_the_field(box: BlockBox) -> None:
    paste(box, "Post\tSalary\tSurname\r\nPharmacist\t4,400\tBloggs\r\nGP\tmuch\tDoe\r\n")
    assert box.paste.toPlainText() == ""
    rows = screen.table(box, "Rows read")
    assert rows[0][:3] == ["2", "Pharmacist", "£4,400.00"]
    assert (
        rows[1][-1] == "Row 3, Salary: “much” could not be read as an amount. Write it as 4,400 or £4,400.00."
    )
    assert "2 rows in what was pasted. Nothing is written yet." in screen.read(box)
    assert "Bloggs" not in screen.read(box)


def test_words_in_which_nothing_is_known_are_not_said_to_be_read_as_anything(box: BlockBox) -> None:
    paste(box, "one\ttwo\nthree\tfour")
    assert "Say which column holds: " in screen.read(box)
    assert "Read as" not in screen.read(box)


def test_nothing_is_written_by_pasting(box: BlockBox, database: Database) -> None:
    before = database.head.position
    paste(box, "Post\tSalary\nPharmacist\t4,400")
    assert database.head.position == before


def test_a_column_is_chosen_where_it_could_not_be_told(box: BlockBox) -> None:
    paste(box, "Post\tTo claim\nPharmacist\t4,400")
    assert box.missing() == ("Salary",)
    assert "Say which column holds: Salary." in screen.read(box)
    choose(box, "Column for Salary", "To claim")
    assert box.missing() == ()
    assert box.rows()[0].values["salary"] == Money.pounds(4400)
    assert box.headings() == {"Post": "label", "To claim": "salary"}


def test_a_column_goes_to_the_field_it_was_chosen_for_last(box: BlockBox) -> None:
    paste(box, "Post\tSalary\nPharmacist\t4,400")
    choose(box, "Column for Post", "Salary")
    assert box.missing() == ("Salary",)


def test_a_column_that_arrows_only_pass_by_stays_where_it_was(box: BlockBox) -> None:
    paste(box, "Salary\tPost\tMore\n4,400\tPharmacist\t5")
    (combo,) = (one for one in box.findChildren(QComboBox) if one.accessibleName() == "Column for Salary")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert box.columns.chosen() == {"salary": 1}
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert box.columns.chosen() == {"label": 1, "salary": 2}


def test_a_wrong_guess_that_was_put_right_is_remembered_as_holding_nothing(
    box: BlockBox, database: Database
) -> None:
    paste(box, "Post\tSalary\tNet\nPharmacist\t4,400\t4,000")
    choose(box, "Column for Salary", "Net")
    assert box.headings() == {"Post": "label", "Net": "salary", "Salary": ""}
    with database.change("Take it in") as change:
        blocks.remember(change, Incoming.PAYROLL, None, box.headings())
    box.clear()
    paste(box, "Net\tSalary\tPost\n4,000\t4,400\tPharmacist")
    assert box.rows()[0].values["salary"] == Money.pounds(4000)
    assert box.columns.isHidden()


def test_days_that_can_be_read_both_ways_are_asked_about_once_for_the_column(box: BlockBox) -> None:
    paste(box, "Post\tSalary\tStart date\nPharmacist\t4,400\t01/04/2026\nGP\t1\t05/10/2026")
    assert box.rows()[0].values["starts"] is None
    choose(box, "Order of days for Start date", "Day first, as 30/1".lower())
    assert [row.values["starts"] for row in box.rows()] == [date(2026, 4, 1), date(2026, 10, 5)]


def test_a_file_is_chosen_or_pasted_as_a_file(
    box: BlockBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "October.csv"
    path.write_text('Post,Salary\nPharmacist,"4,400"\n')
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    screen.press(box, "Choose a file…")
    assert (box.source(), len(box.rows())) == (path, 1)
    box.clear()
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path))])
    box.paste.insertFromMimeData(copied)
    assert (box.source(), len(box.rows())) == (path, 1)


def test_a_file_that_cannot_be_read_is_told_here_and_leaves_nothing(box: BlockBox, tmp_path: Path) -> None:
    paste(box, "Post\tSalary\nPharmacist\t4,400")
    box.take_file(tmp_path / "gone.xlsx")
    assert "gone.xlsx was not read: it is not there" in screen.read(box)
    assert box.rows() == ()
    assert box.block() is None


def test_what_is_typed_is_read_when_the_field_is_left(box: BlockBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.paste, "Post,Salary")
    QTest.keyClick(box.paste, Qt.Key.Key_Return)
    QTest.keyClicks(box.paste, "GP,1")
    screen.button(box, "Choose a file…").setFocus()
    qtbot.waitUntil(lambda: len(box.rows()) == 1)


def test_everything_in_it_has_a_name(box: BlockBox) -> None:
    paste(box, "Post\tSalary\tStart date\nPharmacist\t4,400\t01/04/2026")
    assert screen.unnamed(box) == []


def test_five_thousand_rows_are_shown_at_once(box: BlockBox) -> None:
    paste(box, "Post\tSalary\n" + "\n".join(f"Post {n}\t{n}.00" for n in range(5_000)))
    assert len(screen.table(box, "Rows read")) == 5_000
