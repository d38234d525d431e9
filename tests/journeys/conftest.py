"""The program as a person starts it, with settings of nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk import paths, settings
from nhsdesk.desktop import start
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.window import Window
from tests.conftest import Clock
from tests.journeys.typist import Typist

SitsDown = Callable[[Clock], Typist]


@pytest.fixture
def sits_down(qtbot: QtBot, own_home: Path) -> Iterator[SitsDown]:
    """Starts the program as a person does."""
    opened: list[Window] = []

    def start_(clock: Clock) -> Typist:
        preferences = Preferences(settings.load(paths.settings_file()), paths.settings_file())
        window = start.made_window(start.application(), preferences, clock)
        opened.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return Typist(window, qtbot)

    yield start_
    for window in opened:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
