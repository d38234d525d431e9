"""Tries the window of an installed copy: opened on a PCN file, a field typed into, the change found in the file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, qInstallMessageHandler

from nhsdesk.commands import files
from nhsdesk.desktop import start
from nhsdesk.desktop.line_edit import LineEdit
from nhsdesk.desktop.places import PLACES, place_of
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.window import Window
from nhsdesk.domain.commitments import Commitment
from nhsdesk.settings import Settings
from nhsdesk.store.database import Clock

WHO = "Self-test"
_TYPED = "Typed by the self-test"
_OFFSCREEN = "propagateSizeHints"
"""What the platform without a screen says each time a window is given a size."""


def run(path: Path, clock: Clock) -> tuple[str, ...]:
    """What is wrong with the window, in sentences; nothing where all is well."""
    if sys.platform.startswith("linux") and not start.has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    complaints: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _where, words: complaints.append(words))
    try:
        faults = _tried(path, clock)
    finally:
        qInstallMessageHandler(before)
    return (*faults, *(f"Qt says: {words}" for words in complaints if _OFFSCREEN not in words))


def _tried(path: Path, clock: Clock) -> tuple[str, ...]:
    window = start.made_window(start.application(), Preferences(Settings(who=WHO)), clock)
    try:
        window.take_over(files.open_for_work(path, WHO, clock))
        window.show()
        return (*_places(window), *_typing(window))
    finally:
        window.close()
        window.deleteLater()
        _settle()


def _settle() -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 200)


def _places(window: Window) -> tuple[str, ...]:
    faults = []
    for number, place in enumerate(PLACES):
        window.go_to(number)
        window.background.wait()
        _settle()
        if window.page is None or window.page.title != place.title:
            faults.append(f"The page “{place.title}” does not open.")
        if window.message:
            faults.append(f"The page “{place.title}” says: {window.message}")
    return tuple(faults)


def _typing(window: Window) -> tuple[str, ...]:
    assert window.desk is not None
    database = window.desk.database
    with database.read() as reader:
        first = next(iter(reader.all(Commitment)), None)
    at = place_of(Commitment.KIND.name)
    if first is None or at is None:
        return ("There is no commitment to type into.",)
    window.show_record(Commitment.KIND.name, first.id)
    form = next((one for one in window.findChildren(LineEdit, "title") if one.isVisible()), None)
    if form is None:
        return ("The form of a commitment does not open.",)
    form.setFocus()
    form.setText(_TYPED)
    form.typed.emit()
    form.left.emit()
    _settle()
    with database.read() as reader:
        now = reader.get(Commitment, first.id)
    return () if now.title == _TYPED else ("What is typed into a form does not reach the file.",)
