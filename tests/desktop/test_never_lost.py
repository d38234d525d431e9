"""The disk goes away, the file is changed from outside, the program is ended: nothing is gone but the word typed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from nhsdesk.commands import files
from nhsdesk.desktop import asking
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import drafts, lock, record_file
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.desktop.desk_side import Person

ROOT = Path(__file__).parents[2]
Opened = Callable[[Path], Person]
TITLE = "Who wants it"


def of(database: Database, ref: str = "C-003") -> Commitment:
    with database.read() as reader:
        return next(one for one in reader.all(Commitment) if one.ref == ref)


@pytest.fixture
def stick(sample: Path) -> Path:
    """A folder that can be pulled out and put back, with the sample in it."""
    made = sample.parent / "stick"
    made.mkdir()
    shutil.move(sample, made / sample.name)
    return made


@pytest.fixture
def at_work(opens: Opened, stick: Path, clock: Clock) -> Person:
    """Somebody at the form of a commitment in a file on the stick."""
    # The sample was made where it lay before; the stick is where it is now.
    record_file.open_file(
        stick / "Sample.nhsdesk", "Ann Archer", clock, moved=record_file.Moved.MOVED
    ).close()
    person = opens(stick / "Sample.nhsdesk")
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    return person


def pulled_out(stick: Path) -> Path:
    return stick.rename(stick.with_name("pulled out"))


def looks(person: Person) -> None:
    """The next of the looks that the window takes every few seconds."""
    person.window.reach._timer.timeout.emit()
    person.waits()


def test_a_stick_pulled_out_is_told_and_the_word_is_there_when_it_is_back(
    at_work: Person, stick: Path
) -> None:
    person, away = at_work, pulled_out(stick)
    person.writes(TITLE, "The board")
    assert person.message.startswith(
        f"Sample.nhsdesk is no longer in {stick}: it was moved or renamed, or its disk"
    )
    assert "What you typed is kept on this computer meanwhile" in person.message
    person.clicks("Try again")
    person.goes_to("Meetings")
    assert person.sees("Try again"), "what stands in the way is true of every page"
    person.goes_to("Commitments")
    looks(person)
    assert person.sees("Try again")
    away.rename(stick)
    person.clicks("Try again")
    assert person.message == ""
    assert "Sample.nhsdesk can be written again" in person.told
    assert of(person.database).owed_to == "The board"
    assert drafts.kept(person.database) == ()


def test_a_stick_put_back_is_noticed_without_a_hand(at_work: Person, stick: Path) -> None:
    person, away = at_work, pulled_out(stick)
    person.control(TITLE).setFocus()
    person.presses("Ctrl+A")
    person.types("The boa")
    person.window.finish_all()
    away.rename(stick)
    looks(person)
    assert person.message == ""
    assert [one.words for one in drafts.kept(person.database)] == ["The boa"]
    assert person.reads(TITLE) == "The boa"
    person.types("rd")
    person.presses("Tab")
    assert of(person.database).owed_to == "The board"
    assert drafts.kept(person.database) == ()


def test_a_stick_put_back_with_another_file_is_told_without_a_hand(at_work: Person, stick: Path) -> None:
    person, path = at_work, stick / "Sample.nhsdesk"
    person.database.rest()
    older = path.read_bytes()
    with person.database.change("Change") as change:
        change.put(replace(change.reader.all(Commitment)[2], title="A newer title"))
    person.database.rest()
    away = pulled_out(stick)
    person.writes(TITLE, "The board")
    (away / path.name).write_bytes(older)
    away.rename(stick)
    looks(person)
    assert "is no longer as this window last saw it" in person.message
    assert "What you typed is kept on this computer meanwhile" in person.message
    person.clicks("Open it again")
    person.waits()
    assert [one.words for one in drafts.kept(person.database)] == ["The board"]
    person.window.setProperty("drafts expected", True)


def test_a_cell_typed_while_the_stick_is_out_is_kept_too(at_work: Person, stick: Path) -> None:
    person, away = at_work, pulled_out(stick)
    person.goes_to_cell("C-003", "What")
    person.presses("F2")
    editor = person.focus
    assert isinstance(editor, QLineEdit)
    editor.setText("A title typed in the cell")
    person.presses("Return")
    away.rename(stick)
    looks(person)
    assert [one.words for one in drafts.kept(person.database)] == ["A title typed in the cell"]
    person.window.setProperty("drafts expected", True)


def test_words_typed_while_the_stick_was_out_outlive_the_program(
    at_work: Person, stick: Path, opens: Opened
) -> None:
    person, away = at_work, pulled_out(stick)
    person.writes(TITLE, "The board")
    assert not person.window.close_file()
    assert (
        "Your words are kept on this computer and go in when the file is next opened here" in person.message
    )
    person.window.close()
    assert person.window.desk is None
    away.rename(stick)
    again = opens_as_a_person_does(opens, stick)
    assert "The words of one field, typed while the file could not be written" in again.message
    assert [one.words for one in drafts.kept(again.database)] == ["The board"]
    again.goes_to("Commitments")
    again.opens_entry("C-003")
    assert again.reads(TITLE) == "The board"
    again.control(TITLE).setFocus()
    again.presses("Return")
    assert of(again.database).owed_to == "The board"


def opens_as_a_person_does(opens: Opened, stick: Path) -> Person:
    """Opens the file on the stick from the start page."""
    other = stick.with_name("Other.nhsdesk")
    shutil.copy(stick / "Sample.nhsdesk", other)
    clock = Clock()
    record_file.open_file(other, "Ann Archer", clock, moved=record_file.Moved.SECOND_COPY).close()
    person = opens(other)
    assert person.window.close_file()
    person.window.open(stick / "Sample.nhsdesk")
    person.waits()
    return person


def test_a_copy_saved_elsewhere_is_gone_on_in_with_the_word_being_typed(
    at_work: Person, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, before = at_work, at_work.database.head.letter
    away = pulled_out(stick)
    person.writes(TITLE, "The board")
    target = tmp_path / "Saved.nhsdesk"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    person.clicks("Save a copy elsewhere…")
    assert person.database.path == target
    assert person.database.head.letter != before
    assert f"You now work in Saved.nhsdesk, in {tmp_path}, as copy" in person.message
    assert [one.words for one in drafts.kept(person.database)] == ["The board"]
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    assert person.reads(TITLE) == "The board"
    person.control(TITLE).setFocus()
    person.presses("Return")
    assert of(person.database).owed_to == "The board"
    assert (away / "Sample.nhsdesk").exists()


def test_a_file_replaced_from_outside_is_opened_again_and_the_word_waits_in_its_field(
    at_work: Person, stick: Path
) -> None:
    person, path = at_work, stick / "Sample.nhsdesk"
    person.database.rest()
    older = path.read_bytes()
    with person.database.change("Change") as change:
        change.put(replace(change.reader.all(Commitment)[2], title="A newer title"))
    person.database.rest()
    beside = path.with_suffix(".older")
    beside.write_bytes(older)
    beside.replace(path)
    person.writes(TITLE, "The board")
    assert "no longer as this window last saw it" in person.message
    assert path.read_bytes() == older
    person.clicks("Open it again")
    person.waits()
    assert of(person.database).title != "A newer title"
    assert [one.words for one in drafts.kept(person.database)] == ["The board"]
    person.window.setProperty("drafts expected", True)


def test_a_window_that_only_reads_offers_to_write_once_the_other_has_gone(
    newcomer: Person, sample: Path, clock: Clock
) -> None:
    first = files.open_for_work(sample, "Ann Archer", clock)
    newcomer.window.take_over(record_file.open_file(sample, "Ben Boyd", clock))
    newcomer.window.reach.follow.timeout.emit()
    assert not newcomer.sees("Open it to write")
    first.close()
    newcomer.window.reach.follow.timeout.emit()
    newcomer.waits()
    assert "Sample.nhsdesk is not open anywhere else any more" in newcomer.message
    newcomer.clicks("Open it to write")
    newcomer.waits()
    assert newcomer.database.read_only_because == ""


def test_before_a_session_ends_every_word_is_in_the_one_file(person: Person, sample: Path) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.control(TITLE).setFocus()
    person.presses("Ctrl+A")
    person.types("The board")
    assert person.window.reach.kept_for_the_end()
    log = sample.with_name(sample.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
    assert of(person.database).owed_to == "The board"
    assert person.window.desk is not None, "the end may yet be called off"


# ---- ended from outside, in a process of its own

_TYPING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QLineEdit
from nhsdesk.desktop import start

def typing():
    window = next(one for one in QApplication.topLevelWidgets() if hasattr(one, "go_to"))
    window.go_to(1)
    register = window.page.page
    register.table.setCurrentIndex(register.table.model().index(2, 0))
    found = lambda: [one for one in window.findChildren(QLineEdit) if one.accessibleName() == "Who wants it"]
    while not found():  # a form is built a little between two keys
        QTest.qWait(10)
    (field,) = found()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "The boa")
    print("typed", flush=True)

QTimer.singleShot(0, lambda: QTimer.singleShot(0, typing))
code = start.run(Path(sys.argv[1]), lambda: datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
print("ended", flush=True)
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs in another way")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda how: how.name)
def test_a_program_told_to_end_keeps_the_word_and_leaves_one_file(
    sample: Path, tmp_path: Path, how: signal.Signals
) -> None:
    homes = dict.fromkeys(
        ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(tmp_path / "home")
    )
    environment = {**os.environ, **homes, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    typing = subprocess.Popen(
        [sys.executable, "-c", _TYPING, str(sample)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert typing.stdout is not None
    assert typing.stdout.readline() == "typed\n"
    typing.send_signal(how)
    said = typing.stdout.read()
    code = typing.wait(30)
    typing.stdout.close()
    if how is signal.SIGKILL:
        with files.open_for_work(sample, "Ann Archer", Clock()) as database:
            assert "is whole; everything that was saved is there" in database.not_closed
        return
    assert (code, said) == (0, "ended\n")
    assert not lock.lock_path(sample).exists()
    assert not record_file.log_left(sample)
    with files.open_for_work(sample, "Ann Archer", Clock()) as database:
        assert database.not_closed == ""
        assert of(database).owed_to == "The boa"
