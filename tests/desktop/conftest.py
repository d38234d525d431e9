"""A window as a person finds it, which fails the test that leaves something open behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop import start, theme
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.window import Window
from nhsdesk.settings import Settings
from nhsdesk.store import drafts
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person, left_open

Opened = Callable[[Path], Person]


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Deletes what a test leaves: a change of look would dress all of it again, test after test."""
    yield
    if isinstance(QApplication.instance(), QApplication):
        for one in QApplication.topLevelWidgets():
            one.deleteLater()
        QApplication.sendPostedEvents(None, 52)


@pytest.fixture
def preferences(own_home: Path) -> Preferences:
    """Preferences of nobody else, kept in memory."""
    return Preferences(Settings(who="Ann Archer", look=theme.Look.LIGHT.value))


@pytest.fixture
def opens(qtbot: QtBot, clock: Clock, preferences: Preferences) -> Iterator[Opened]:
    """Opens a PCN file in a window. At the end the window must be at rest."""
    made: list[Person] = []

    def open_(path: Path) -> Person:
        window = start.made_window(start.application(), preferences, clock)
        window.resize(1366, 768)
        window.show()
        person = Person(window)
        made.append(person)
        window.take_over(files.open_for_work(path, preferences.held.who, clock))
        assert window.desk is not None
        window.desk.warned.connect(person.warned.append)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        person.waits()
        return person

    yield open_
    for person in made:
        _close(person, qtbot)


@pytest.fixture
def person(opens: Opened, sample: Path) -> Person:
    """Somebody at the window with the sample open."""
    return opens(sample)


@pytest.fixture
def newcomer(opens: Opened, tmp_path: Path, clock: Clock) -> Person:
    """Somebody at the window with a new file that holds nothing but the PCN's name."""
    return opens(made_once.network(tmp_path / "Ours.nhsdesk", clock))


def _close(person: Person, qtbot: QtBot) -> None:
    window: Window = person.window
    assert not left_open()
    qtbot.waitUntil(lambda: not _left_under_way(window), timeout=10_000)
    if window.desk is not None:
        database = window.desk.database
        assert not database.changing, "a transaction was left open"
        if not database.read_only_because:
            assert drafts.kept(database) == () or window.property("drafts expected")
    mistakes = [words for words in person.warned if words.startswith("The program made a mistake")]
    assert not mistakes
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)  # what is to be deleted is deleted before the next window


def _left_under_way(window: Window) -> list[str]:
    """Work that somebody began and that has not come to its end, such as a preview that follows a change.

    Today is gathered a moment after it came to the front, and a large file looked through some seconds after it was
    opened, whatever the test was about.
    """
    labels = [job.label for job in window.background.jobs]
    return [one for one in labels if not one.startswith("Looking at ") and one != "Looking through the file"]
