"""The computer shuts down, the person signs out, or a program asks this one to end: every word is kept first.

Windows, macOS and the desktops of Linux ask each program to keep what it has before a session ends, which may yet be
called off: so the words are kept and the window stays. Whoever ends the program itself, by SIGTERM, gets it closed.
"""

from __future__ import annotations

import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from nhsdesk.desktop.window import Window

_ENDING = ("SIGTERM", "SIGHUP", "SIGINT")


class ShuttingDown(QObject):
    """Listens for the end on behalf of one window."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._window = window
        app.commitDataRequest.connect(self._commit)
        app.aboutToQuit.connect(self._about_to_quit)
        if sys.platform != "win32":
            self._listen()

    def _listen(self) -> None:
        # While Qt waits no Python runs: what wakes it is a byte that the signal writes.
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for name in _ENDING:
            signal.signal(getattr(signal, name), lambda *_: None)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)

    def _end(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        self._window.end()

    def _commit(self, session: QSessionManager) -> None:
        """The session is to end: what is typed is kept; where it cannot be, the person may yet call it off."""
        if not self._window.reach.kept_for_the_end() and session.allowsInteraction():
            session.cancel()

    def _about_to_quit(self) -> None:
        self._window.close_file(losing=True)
