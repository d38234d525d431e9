"""The start page: what is new, opened, tried or found again ends with an open file, or with a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from pytestqt.qtbot import QtBot

from nhsdesk import paths, settings
from nhsdesk.commands import files
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.said_once import encryption_note, with_encryption_told
from nhsdesk.desktop.start_page import StartPage
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.organisations import Organisation
from nhsdesk.settings import Settings
from nhsdesk.store.database import Database
from nhsdesk.store.record_file import is_sample
from tests.conftest import Clock
from tests.desktop.screen import button, buttons, dress, field, press, read, table, unnamed

RECORDS = Path(__file__).resolve().parents[1] / "records"


class Start:
    """A start page and what came of it."""

    def __init__(self, qtbot: QtBot, background: Background, folder: Path, clock: Clock) -> None:
        dress()
        self.kept = folder / "settings.toml"
        self.preferences = Preferences(Settings(who="Ann Archer"), self.kept)
        self.opened: list[Database] = []
        self.told: list[str] = []
        self.page = StartPage(background, self.preferences, clock)
        self.page.opened.connect(self.opened.append)
        self.page.told.connect(self.told.append)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 700)
        self.page.show()

    @property
    def file(self) -> Database:
        (one,) = self.opened
        return one

    def network(self) -> Organisation:
        with self.file.read() as reader:
            (ours,) = reader.all(Organisation, ours=True)
        return ours

    def close(self) -> None:
        for one in self.opened:
            one.close()
        self.opened.clear()


@pytest.fixture
def start(qtbot: QtBot, own_home: Path, tmp_path: Path, clock: Clock) -> Iterator[Start]:
    made = Start(qtbot, Background(inline=True), tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def ours(tmp_path: Path, clock: Clock) -> Path:
    path = tmp_path / "Eastfield.nhsdesk"
    files.create(path, "Eastfield PCN", "Ann Archer", clock).close()
    return path


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """The person's answer to every question for a file."""
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    monkeypatch.setattr(asking, "choose_file", lambda *_: path)


# ---- opening


def test_a_file_that_is_chosen_is_opened_for_work(
    start: Start, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, ours)
    press(start.page, "Open a PCN file…")
    assert start.file.path == ours
    assert not start.file.read_only_because
    assert settings.load(start.kept).recent == (ours,)


def test_thinking_better_of_it_changes_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen(monkeypatch, None)
    press(start.page, "Open a PCN file…")
    assert not start.opened
    assert not start.kept.exists()


def test_a_file_opened_before_is_one_button(start: Start, ours: Path) -> None:
    start.page.open(ours)
    start.close()
    start.page.shown()
    press(start.page, "Eastfield")
    assert start.file.path == ours


def test_a_file_that_is_gone_is_shown_as_gone_and_can_be_taken_off_the_list(start: Start, ours: Path) -> None:
    start.page.open(ours)
    start.close()
    ours.unlink()
    start.page.shown()
    assert "Not there any more" in read(start.page)
    press(start.page, "Take off the list")
    assert "Eastfield" not in read(start.page)
    assert settings.load(start.kept).recent == ()


def test_what_is_no_pcn_file_is_refused_in_a_sentence(start: Start, tmp_path: Path) -> None:
    other = tmp_path / "Letter &amp; one.nhsdesk"
    other.write_text("Dear all", encoding="utf-8")
    start.page.open(other)
    assert not start.opened
    assert "Letter &amp; one.nhsdesk is not a PCN file. It was left as it is." in read(start.page)
    assert settings.load(start.kept).recent == ()


def test_a_file_in_use_by_somebody_else_is_opened_to_read_and_says_by_whom(
    start: Start, ours: Path, clock: Clock
) -> None:
    with files.open_for_work(ours, "Bea Brown", clock):
        start.page.open(ours)
        assert "is open for writing by Bea Brown on" in start.file.read_only_because
        start.close()


def test_a_file_of_an_earlier_version_is_brought_up_to_date_and_says_so(start: Start, tmp_path: Path) -> None:
    older = Path(shutil.copy(sorted(RECORDS.glob("*.nhsdesk"))[0], tmp_path / "Older.nhsdesk"))
    start.page.open(older)
    if not start.opened:  # it was last written where it was made
        press(start.page, "It was moved here")
    (backup,) = tmp_path.glob("*.nhsdesk-backup")
    assert f"has been brought up to date. A copy as it was is beside it: {backup.name}." in start.told[0]


# ---- a file from elsewhere


def test_a_file_written_elsewhere_waits_for_a_word_and_is_left_without_one(
    start: Start, ours: Path, tmp_path: Path
) -> None:
    carried = Path(shutil.copy(ours, tmp_path / "Carried.nhsdesk"))
    before = carried.read_bytes()
    start.page.open(carried)
    assert "Was this file moved, or is it a second copy?" in read(start.page)
    assert "Carried.nhsdesk was last written on" in read(start.page)
    press(start.page, "Leave it")
    assert not start.opened
    assert carried.read_bytes() == before
    assert button(start.page, "New PCN file").isVisible()


@pytest.mark.parametrize(("word", "letter"), [("It was moved here", "A"), ("It is a second copy", "B")])
def test_a_second_copy_gets_a_letter_of_its_own_and_a_moved_file_keeps_its_letter(
    start: Start, ours: Path, tmp_path: Path, word: str, letter: str
) -> None:
    start.page.open(Path(shutil.copy(ours, tmp_path / "Carried.nhsdesk")))
    press(start.page, word)
    assert start.file.head.letter == letter


def test_a_backup_is_brought_back_under_a_name_of_its_own(
    start: Start, ours: Path, clock: Clock, tmp_path: Path
) -> None:
    with files.open_for_work(ours, "Ann Archer", clock) as database:
        backup = files.back_up(database, tmp_path / "Backups")
    before = ours.read_bytes()
    start.page.open(backup)
    assert "is a backup, not a file to work in" in read(start.page)
    press(start.page, "Bring it back")
    assert start.file.path.parent == paths.records_folder()
    assert start.file.path.stem == backup.stem
    assert start.network().name == "Eastfield PCN"
    assert ours.read_bytes() == before


# ---- the sample


def test_the_sample_is_made_once_and_opened_again_as_it_was_left(start: Start) -> None:
    press(start.page, "Look at the sample")
    assert is_sample(start.file)
    path = start.file.path
    assert path == paths.records_folder() / "Sample PCN.nhsdesk"
    with start.file.change("Add an organisation") as change:
        change.add(Organisation(name="Ours"))
    position = start.file.head.position
    start.close()
    press(start.page, "Look at the sample")
    assert (start.file.path, start.file.head.position) == (path, position)


# ---- dropping a file


def drop(start: Start, path: Path) -> bool:
    """Drops a file on the page; whether the page took it."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPointF(5, 5), *how)
    entering.ignore()
    QApplication.sendEvent(start.page, entering)
    if entering.isAccepted():
        QApplication.sendEvent(start.page, QDropEvent(QPointF(5, 5), *how))
    return entering.isAccepted()


def test_a_pcn_file_can_be_dropped(start: Start, ours: Path) -> None:
    assert drop(start, ours)
    assert start.file.path == ours


def test_nothing_else_can_be_dropped(start: Start, tmp_path: Path) -> None:
    assert not drop(start, tmp_path / "Letter.docx")
    assert not start.opened


# ---- a new file


def searched(start: Start, practice_map: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Reads NHS England's file and types into the search box."""
    chosen(monkeypatch, practice_map)
    press(start.page, "New PCN file")
    press(start.page, "Choose NHS England's file…")
    QTest.keyClicks(field(start.page, "Find your PCN"), words)


def test_a_pcn_is_found_by_one_of_its_practices_and_its_file_made_by_keyboard(
    start: Start, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(start, practice_map, monkeypatch, "queens park medical centre")
    first = table(start.page, "PCNs found")[0]
    assert first == [
        "North Stockton PCN",
        "U07032",
        "North East and North Cumbria",
        "3, with Queens Park Medical Centre",
    ]
    QTest.keyClick(field(start.page, "Find your PCN"), Qt.Key.Key_Return)
    assert "North Stockton PCN (U07032), 3 practices. Press Enter to make its file." in read(start.page)
    QTest.keyClick(button(start.page, "Make the file for North Stockton PCN"), Qt.Key.Key_Return)
    assert start.network().ods_code == "U07032"
    assert start.file.path == paths.records_folder() / "North Stockton PCN.nhsdesk"


def test_arrows_in_the_search_box_move_in_the_list(
    start: Start, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(start, practice_map, monkeypatch, "stockton pcn")
    search = field(start.page, "Find your PCN")
    first, second = (row[0] for row in table(start.page, "PCNs found")[:2])
    button(start.page, f"Make the file for {first}")
    QTest.keyClick(search, Qt.Key.Key_Down)
    button(start.page, f"Make the file for {second}")
    QTest.keyClick(search, Qt.Key.Key_Up)
    QTest.keyClick(search, Qt.Key.Key_Up)
    button(start.page, f"Make the file for {first}")


def test_nothing_is_chosen_before_something_was_typed(
    start: Start, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(start, practice_map, monkeypatch, "")
    assert len(table(start.page, "PCNs found")) == 1298
    press(start.page, "Make the PCN file")
    assert not start.opened
    assert "Type your PCN's name, code or one of its practices, and mark it in the list." in read(start.page)


def test_words_no_pcn_has_say_so(start: Start, practice_map: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched(start, practice_map, monkeypatch, "zzzz")
    assert "No PCN has these words." in read(start.page)


def test_another_published_file_is_refused_in_a_sentence(
    start: Start, list_sizes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, list_sizes)
    press(start.page, "New PCN file")
    press(start.page, "Choose NHS England's file…")
    assert "is NHS England's file of Practice list sizes. That does not say" in read(start.page)
    assert field(start.page, "Or type your PCN's name").isVisible()


def test_a_file_of_anything_else_is_refused_in_a_sentence(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rota.csv").write_text("Monday,Tuesday\nAnn,Bea\n", encoding="utf-8")
    chosen(monkeypatch, tmp_path / "rota.csv")
    press(start.page, "New PCN file")
    press(start.page, "Choose NHS England's file…")
    assert "rota.csv is none of the files this program takes in" in read(start.page)


def typed(start: Start, name: str) -> None:
    """A new file for a PCN whose name is typed."""
    press(start.page, "New PCN file")
    field(start.page, "Or type your PCN's name").setText(name)
    press(start.page, "Make the PCN file")


def test_a_typed_name_is_enough(start: Start) -> None:
    typed(start, "Eastfield PCN")
    assert start.network().name == "Eastfield PCN"
    assert start.file.path.name == "Eastfield PCN.nhsdesk"


def test_without_a_name_there_is_no_file(start: Start) -> None:
    typed(start, "   ")
    assert not start.opened
    assert "Choose NHS England's file, or type your PCN's name." in read(start.page)
    assert not paths.records_folder().exists()


@pytest.mark.parametrize(
    "name",
    ["East/West: “All” PCN", "../../etc/passwd", "x" * 300, "🎉 Party 🎉", "CON", "a\tb", "<b>Bold</b> & Co"],
)
def test_any_name_gives_a_safe_file_name_and_stays_as_typed_inside(start: Start, name: str) -> None:
    typed(start, name)
    assert start.file.path.parent == paths.records_folder()
    assert not set('<>:"/\\|?*') & set(start.file.path.name)
    assert start.network().name == name.strip()


def test_a_second_file_of_the_same_name_gets_another_and_nothing_is_written_over(start: Start) -> None:
    typed(start, "Eastfield PCN")
    first = start.file.path
    start.close()
    before = first.read_bytes()
    typed(start, "Eastfield PCN")
    assert start.file.path.name == "Eastfield PCN (2).nhsdesk"
    assert first.read_bytes() == before


def test_a_place_that_is_synchronised_is_refused_before_anything_is_written(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "OneDrive - NHS"
    drive.mkdir()
    chosen(monkeypatch, drive / "Ours.nhsdesk")
    press(start.page, "New PCN file")
    press(start.page, "Choose another place…")
    assert "is copied by OneDrive while the file is in use" in read(start.page)
    field(start.page, "Or type your PCN's name").setText("Eastfield PCN")
    press(start.page, "Make the PCN file")
    assert not start.opened
    assert list(drive.iterdir()) == []


def test_a_file_that_is_there_is_never_written_over(
    start: Start, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ours.read_bytes()
    chosen(monkeypatch, ours)
    press(start.page, "New PCN file")
    press(start.page, "Choose another place…")
    assert "Eastfield.nhsdesk is already there. It is left as it is." in read(start.page)
    field(start.page, "Or type your PCN's name").setText("Other PCN")
    press(start.page, "Make the PCN file")
    assert not start.opened
    assert ours.read_bytes() == before


def test_back_leads_back(start: Start) -> None:
    press(start.page, "New PCN file")
    press(start.page, "Back")
    assert button(start.page, "Look at the sample").isVisible()


def test_the_financial_year_to_begin_with_is_this_one_or_the_next(start: Start) -> None:
    press(start.page, "New PCN file")
    year = next(one for one in start.page.findChildren(QComboBox) if one.isVisible())
    assert [year.itemText(n) for n in range(year.count())] == ["2026/27", "2027/28"]
    assert year.accessibleName() == "Financial year to begin with"


# ---- a file to begin with


def test_a_workforce_file_to_begin_with_is_taken_in_with_the_new_file(
    start: Start, list_sizes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, list_sizes)
    press(start.page, "Begin with a file…")
    assert "is NHS England's file of Practice list sizes. It is taken in as soon as" in read(start.page)
    field(start.page, "Or type your PCN's name").setText("Eastfield PCN")
    press(start.page, "Make the PCN file")
    with start.file.read() as reader:
        assert [one.kind for one in reader.all(DataSet)] == [DataSetKind.LIST_SIZES]


def test_the_map_of_practices_to_begin_with_offers_its_pcns(
    start: Start, practice_map: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, practice_map)
    press(start.page, "Begin with a file…")
    assert len(table(start.page, "PCNs found")) == 1298


def test_a_pcn_file_to_begin_with_is_opened(
    start: Start, ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, ours)
    press(start.page, "Begin with a file…")
    assert start.file.path == ours


def test_a_spreadsheet_of_ones_own_is_told_where_it_is_looked_at(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "posts.csv").write_text("Role,WTE\nPharmacist,1\n", encoding="utf-8")
    chosen(monkeypatch, tmp_path / "posts.csv")
    press(start.page, "Begin with a file…")
    assert "Today then looks at your ARRS spreadsheet, and every list takes in its rows by paste." in read(
        start.page
    )
    assert not start.opened


# ---- said once


def test_where_a_file_without_a_key_belongs_is_said_once(start: Start, ours: Path) -> None:
    start.page.open(ours)
    assert "encrypted drive" in start.told[-1]
    start.close()
    start.told.clear()
    start.page.open(ours)
    assert start.told == []


def test_of_the_sample_it_is_not_said(start: Start) -> None:
    press(start.page, "Look at the sample")
    assert start.told == []


def test_the_note_is_for_each_file() -> None:
    one, other = Path("/a/One.nhsdesk"), Path("/a/Other.nhsdesk")
    told = with_encryption_told(Settings(), one)
    assert encryption_note(told, one) is None
    assert encryption_note(told, other) is not None
    assert with_encryption_told(told, one) == told


# ---- everyone can use it


def test_every_button_has_a_name_and_is_large_enough(start: Start, ours: Path) -> None:
    start.page.open(ours)
    start.close()
    start.page.shown()
    front = buttons(start.page)
    assert_usable(front)
    press(start.page, "New PCN file")
    made = buttons(start.page)
    assert made != front
    assert_usable(made)


def test_whatever_the_keyboard_reaches_has_a_name(
    start: Start, ours: Path, practice_map: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    start.page.open(ours)
    start.close()
    start.page.open(Path(shutil.copy(ours, tmp_path / "Carried.nhsdesk")))
    assert unnamed(start.page) == []
    press(start.page, "Leave it")
    assert unnamed(start.page) == []
    searched(start, practice_map, monkeypatch, "north")
    assert unnamed(start.page) == []


def assert_usable(shown: list[QAbstractButton]) -> None:
    for one in shown:
        assert one.text() or one.accessibleName()
        assert min(one.width(), one.height()) >= 24, one.text()


def test_the_file_last_opened_is_one_enter_away(start: Start, ours: Path) -> None:
    start.page.open(ours)
    start.close()
    start.page.shown()
    start.page.take_focus()
    QTest.keyClick(start.page.focusWidget(), Qt.Key.Key_Return)
    assert start.file.path == ours


def test_escape_leads_back(start: Start) -> None:
    press(start.page, "New PCN file")
    QTest.keyClick(start.page.focusWidget(), Qt.Key.Key_Escape)
    assert button(start.page, "Look at the sample").isVisible()


# ---- with a worker beside the window


def test_work_beside_the_window_ends_with_an_open_file(
    qtbot: QtBot,
    own_home: Path,
    tmp_path: Path,
    clock: Clock,
    practice_map: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    background = Background()
    start = Start(qtbot, background, tmp_path, clock)
    chosen(monkeypatch, practice_map)
    press(start.page, "New PCN file")
    press(start.page, "Choose NHS England's file…")
    background.wait()
    QTest.keyClicks(field(start.page, "Find your PCN"), "U07032")
    press(start.page, "Make the file for North Stockton PCN")
    background.wait()
    assert start.network().ods_code == "U07032"
    start.close()
    background.stop()
