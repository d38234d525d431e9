"""The page about the PCN file: what it is, taking in published files, backups, proof, copies, what is unfinished."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from nhsdesk.commands import data_sets, files, networks
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.about_panel import size_words
from nhsdesk.desktop.file.file_page import FilePage
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.organisations import ListSize, Organisation, Practice
from nhsdesk.store import drafts
from nhsdesk.store.backups import Backup
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.desktop.screen import button, buttons, dress, field, press, read, table, unnamed

TAKEN_IN = "Published numbers taken in"


class Shown:
    """The page over an open file, and what it said to the window."""

    def __init__(self, qtbot: QtBot, database: Database, background: Background) -> None:
        dress()
        self.desk = Desk(database, background, KeptLayout())
        self.warned: list[str] = []
        self.wanted: list[tuple[str, int]] = []
        self.desk.warned.connect(self.warned.append)
        self.desk.wanted.connect(lambda kind, id_: self.wanted.append((kind, id_)))
        self.page = FilePage(self.desk)
        qtbot.addWidget(self.page)
        self.page.resize(1130, 900)
        self.page.show()
        self.page.shown()

    def take_in(self, monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
        monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
        press(self.page, "Take in an NHS file…")


@pytest.fixture
def shown(qtbot: QtBot, database: Database) -> Iterator[Shown]:
    made = Shown(qtbot, database, Background(inline=True))
    yield made
    assert made.warned == []
    made.desk.close()


# ---- what it is


def test_it_says_whose_file_it_is_where_it_lies_and_what_it_holds(shown: Shown, database: Database) -> None:
    told = read(shown.page)
    assert "Eastfield PCN, whose code is not known yet" in told
    assert field(shown.page, "Where the PCN file lies").text() == str(database.path)
    assert "A, the only one" in told
    assert "Ann Archer" in told
    assert "Nothing is left unfinished." in told
    assert shown.page.selection_words().endswith("1 step")


def test_it_follows_what_others_write(shown: Shown, database: Database) -> None:
    with database.change("Rename") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, name="Westfield <i>PCN</i>"))
    assert "Westfield <i>PCN</i>" in read(shown.page)


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (812_345, "812 kB"), (4_200_000, "4.2 MB"), (1_234_567_890, "1,234.6 MB")],
)
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert size_words(size) == words


# ---- taking in a file


def test_nothing_is_written_until_the_preview_is_accepted(
    shown: Shown, database: Database, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = database.head.position
    shown.take_in(monkeypatch, practice_map)
    assert "6,139 practices in 1,298 PCNs, as of 1 July 2026.\n52 practices belong to no PCN." in read(
        shown.page
    )
    assert "Nothing has been written yet." in read(shown.page)
    press(shown.page, "Leave it")
    assert "Nothing was taken in." in read(shown.page)
    assert database.head.position == before


def test_an_accepted_file_stands_in_the_list_with_its_date_rows_and_sha(
    shown: Shown, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.take_in(monkeypatch, practice_map)
    press(shown.page, "Take it in")
    (row,) = table(shown.page, TAKEN_IN)
    assert row[:6] == [
        "DS-001", "Practices and their PCNs", "1 July 2026", "6,139", practice_map.name,
        data_sets.preview(practice_map).sha256[:12],
    ]  # fmt: skip
    assert "Taken in as DS-001: 6,139 rows." in read(shown.page)


def test_the_same_file_again_says_as_what_it_was_taken_in(
    shown: Shown, database: Database, practice_map: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_sets.adopt(database, data_sets.preview(practice_map))
    shown.take_in(monkeypatch, Path(shutil.copy(practice_map, tmp_path / "again.csv")))
    assert "This very file was taken in before, as DS-001. There is nothing to do." in read(shown.page)
    assert "Take it in" not in [one.text() for one in buttons(shown.page)]


def test_a_file_undone_meanwhile_may_be_taken_in_again(
    shown: Shown, database: Database, workforce: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.take_in(monkeypatch, workforce)
    press(shown.page, "Take it in")
    shown.take_in(monkeypatch, workforce)
    database.undo()
    assert button(shown.page, "Take it in").isEnabled()


def test_a_file_that_is_none_of_them_is_refused_beside_the_button(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rota.csv").write_text("Monday,Tuesday\nAnn,Bea\n", encoding="utf-8")
    shown.take_in(monkeypatch, tmp_path / "rota.csv")
    assert "rota.csv is none of the files this program takes in" in read(shown.page)


def test_a_cancelled_file_leaves_nothing(
    qtbot: QtBot, database: Database, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = Background()
    shown = Shown(qtbot, database, background)
    shown.take_in(monkeypatch, practice_map)
    background.wait()
    background.began.connect(lambda job: job.cancel())
    press(shown.page, "Take it in")
    background.wait()
    with database.read() as reader:
        assert reader.all(DataSet) == ()
    assert table_is_hidden(shown)
    assert button(shown.page, "Take it in").isEnabled()
    shown.desk.close()


def table_is_hidden(shown: Shown) -> bool:
    return not any(
        one.isVisibleTo(shown.page)
        for one in shown.page.findChildren(QTableView)
        if one.accessibleName() == TAKEN_IN
    )


def test_rows_already_under_way_are_taken_back_when_it_is_cancelled(
    database: Database, practice_map: Path
) -> None:
    seen, told = data_sets.preview(practice_map), []

    class Stop(Exception):
        pass

    def tell(done: int, of: int) -> None:
        told.append((done, of))
        if done >= 3_000:
            raise Stop

    before = database.head.position
    with pytest.raises(Stop):
        data_sets.adopt(database, seen, tell)
    assert told[-1] == (3_000, 6_139)
    assert database.head.position == before
    assert data_sets.adopt(database, seen, lambda done, of: told.append((done, of))).rows == 6_139
    assert told[-1] == (6_139, 6_139)


# ---- choosing our PCN again


def test_a_file_that_knows_only_its_name_learns_its_pcn_from_the_practices(
    shown: Shown, database: Database, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.take_in(monkeypatch, practice_map)
    press(shown.page, "Take it in")
    assert "Which PCN is yours?" in read(shown.page)
    press(shown.page, "Choose this PCN")
    assert "mark it in the list" in read(shown.page)
    QTest.keyClicks(field(shown.page, "Find your PCN"), "north stockton")
    QTest.keyClick(field(shown.page, "Find your PCN"), Qt.Key.Key_Return)
    with database.read() as reader:
        assert len(reader.all(Practice)) == 3
    assert "This file is of Eastfield PCN (U07032), with 3 practices." in read(shown.page)


def test_list_sizes_come_in_by_choosing_again(
    qtbot: QtBot,
    tmp_path: Path,
    clock: Clock,
    practice_map: Path,
    list_sizes: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "North.nhsdesk"
    database = networks.begin(path, None, data_sets.preview(practice_map), "U07032", "Ann Archer", clock)
    shown = Shown(qtbot, database, Background(inline=True))
    shown.take_in(monkeypatch, list_sizes)
    press(shown.page, "Take it in")
    press(shown.page, "Choose North Stockton PCN again")
    with database.read() as reader:
        assert reader.all(ListSize)
    press(shown.page, "Choose our PCN again…")
    assert button(shown.page, "Choose North Stockton PCN again").isVisible()
    press(shown.page, "Choose North Stockton PCN again")
    assert "This file is of North Stockton PCN (U07032), with 3 practices and their list sizes." in read(
        shown.page
    )
    shown.desk.close()


def test_a_code_that_is_not_in_the_newest_file_asks_which_pcn_it_is_now(
    shown: Shown, database: Database, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.change("Give it a code") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, ods_code="U00001"))
    shown.take_in(monkeypatch, practice_map)
    press(shown.page, "Take it in")
    assert "U00001 is not in the newest file" in read(shown.page)
    assert field(shown.page, "Find your PCN").isVisible()


# ---- looking after it


def test_a_backup_is_made_in_the_chosen_folder_and_remembered(
    shown: Shown, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Backups"
    monkeypatch.setattr(asking, "choose_folder", lambda *_: folder)
    assert "No folder for backups has been chosen" in read(shown.page)
    press(shown.page, "Back up now…")
    newest = files.newest_backup(database, folder)
    assert isinstance(newest, Backup)
    assert f"Backed up and proved whole: {newest.path.name}" in read(shown.page)
    assert f"Last backup in {folder}: 20 November 2026, 09:30." in read(shown.page)


def test_a_backup_that_cannot_be_made_says_why(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "not a folder").write_text("", encoding="utf-8")
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path / "not a folder")
    press(shown.page, "Back up now…")
    assert "is a file, not a folder. Nothing was written. Choose a folder." in read(shown.page)


def test_the_file_is_proved_in_words(shown: Shown) -> None:
    press(shown.page, "Prove the file")
    assert "1 step and 1 copy were looked through: all is whole." in read(shown.page)


def test_a_copy_is_handed_out_under_a_letter_of_its_own(
    shown: Shown, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "For Bea.nhsdesk"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    press(shown.page, "Hand out a copy…")
    assert f"Copy B was made: {target}." in read(shown.page)
    assert "A, one of 2 that were made so far" in read(shown.page)
    with files.open_for_work(target, "Bea Brown", clock) as copy:
        assert copy.head.letter == "B"


def test_a_copy_is_never_written_over_a_file(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Theirs.nhsdesk"
    target.write_text("theirs", encoding="utf-8")
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    press(shown.page, "Hand out a copy…")
    assert "Theirs.nhsdesk is already there. It was left as it is." in read(shown.page)
    assert target.read_text(encoding="utf-8") == "theirs"


# ---- what is not finished


def test_what_is_not_finished_is_listed_as_typed_and_opens_its_entry(
    shown: Shown, database: Database
) -> None:
    with database.change("Add") as change:
        held = change.add(Commitment(title="Weekly huddle"))
    drafts.keep(database, "commitment", str(held.id), "due", "end of <b>June</b>?")
    drafts.keep(database, "post", "new 1", "contracted", "about 20")
    drafts.keep(database, "commitment", "12345", "due", "soon")
    shown.page.shown()
    told = read(shown.page)
    assert f"“By when” of {held.ref}, Weekly huddle" in told
    assert "end of <b>June</b>?" in told
    assert "(ARRS post, not added yet)" in told
    assert "“By when” of an entry that was removed" in told
    assert "Typed by Ann Archer, 20 November 2026, 09:30" in told
    press(shown.page, "Open")
    assert shown.wanted == [("commitment", held.id)]


# ---- a file that may only be read


def test_a_file_to_be_read_says_why_nothing_can_be_written(
    qtbot: QtBot,
    sample: Path,
    clock: Clock,
    practice_map: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = Shown(qtbot, files.open_to_read(sample, "Bea Brown", clock), Background(inline=True))
    told = read(shown.page)
    assert "This is the sample. Everything in it is made up" in told
    assert "was opened to read only. No copy can be handed out from it." in told
    assert not button(shown.page, "Hand out a copy…").isEnabled()
    shown.take_in(monkeypatch, practice_map)
    assert not button(shown.page, "Take it in").isEnabled()
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path / "Backups")
    press(shown.page, "Back up now…")
    assert "Backed up and proved whole" in read(shown.page)
    shown.desk.close()


# ---- everyone can use it


def test_every_button_has_words_and_is_large_enough(shown: Shown) -> None:
    for one in buttons(shown.page):
        assert one.text() or one.accessibleName()
        assert min(one.width(), one.height()) >= 24, one.text()


def test_whatever_the_keyboard_reaches_has_a_name(
    shown: Shown, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.take_in(monkeypatch, practice_map)
    assert unnamed(shown.page) == []
    press(shown.page, "Take it in")
    assert unnamed(shown.page) == []


def test_tab_leaves_every_table(shown: Shown, practice_map: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.take_in(monkeypatch, practice_map)
    press(shown.page, "Take it in")
    for one in shown.page.findChildren(QTableView):
        assert not one.tabKeyNavigation()
        assert one.accessibleName()
