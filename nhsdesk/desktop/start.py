"""Starts the window: the application, its look, and the file it is to open."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nhsdesk import log, paths, settings
from nhsdesk.desktop import icons, last_place, theme
from nhsdesk.desktop.background import OUR_MISTAKE
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.window import Window
from nhsdesk.errors import Unwritable
from nhsdesk.store.database import Clock

NO_DISPLAY = (
    "There is no display here to show a window on. Nothing was changed. Run it at a desktop, or use the commands: "
    "nhsdesk --help."
)


def has_display() -> bool:
    """Whether a window can be shown: on Linux some display has to be named."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(path: Path | None, clock: Clock) -> int:
    """Shows the window until it is closed. Raises a sentence where there is no display."""
    if not has_display():
        raise Unwritable(NO_DISPLAY)
    log.start(paths.log_folder())
    app = application()
    preferences = Preferences(settings.load(paths.settings_file()), paths.settings_file())
    window = made_window(app, preferences, clock)
    sys.excepthook = lambda kind, error, trace: _our_mistake(window, error, trace)
    path = path or last_place.file_at_start(KeptLayout(preferences.held.layout))
    if path is not None:
        window.open(path)
    window.show()
    if preferences.held.problem is not None:
        window.tell(preferences.held.problem.sentence)
    QTimer.singleShot(0, _collect_again)
    code = app.exec()
    log.stop()
    return int(code)


def _collect_again() -> None:
    """Once the window is there: what has been made until now is looked through no more."""
    gc.freeze()
    gc.enable()


def application() -> QApplication:
    """The one application of this process."""
    held = QApplication.instance()
    app = held if isinstance(held, QApplication) else QApplication(["nhsdesk"])
    app.setApplicationName("nhsdesk")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("nhsdesk")
    app.setWindowIcon(QIcon(icons.icon("app")))
    return app


def made_window(app: QApplication, preferences: Preferences, clock: Clock) -> Window:
    """The window as this person wants it to look."""
    look = next((one for one in theme.Look if one.value == preferences.held.look), theme.Look.SYSTEM)
    theme.apply(app, look, preferences.held.zoom)
    return Window(preferences, clock)


def _our_mistake(window: Window, error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program: logged without its words, told once, and the window stays."""
    log.mistake(error.with_traceback(trace))
    if window.desk is not None:
        window.desk.warn(OUR_MISTAKE.format(name=type(error).__name__))
