"""A watchdog that notes for how long the window did not look at the keyboard, and what was being done meanwhile.

    watchdog = Watchdog(window)
    watchdog.presses("opening the claim month", "Ctrl+3")
    watchdog.until("gathering", lambda: page.is_ready)
    assert watchdog.blocked == {}

What counts is the time for which the window's own thread was at work, as the system tells it, between two turns of its
event loop: whatever else the machine is doing takes none of it away. Work beside the window does not count, as long as
it leaves the thread alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nhsdesk.desktop.window import Window
from tests.desktop.by_keyboard import strike

MOST_MS = 100
"""For so long the window may be at work at a stretch; beyond it a person notices."""

AT_LEAST = 5
"""Turns of the event loop after which what was done counts as followed up."""

PATIENCE = 30
"""Seconds after which something that goes on counts as endless."""


@dataclass
class Watchdog:
    """Notes how long the window's thread was at work at a stretch, in ms, by what was being done."""

    window: Window
    most_ms: float = MOST_MS
    blocked: dict[str, float] = field(default_factory=dict)
    longest: dict[str, float] = field(default_factory=dict)
    """The longest stretch of everything that was done, also of what blocked nothing."""

    def does(self, what: str, work: Callable[[], object]) -> None:
        """Something a person does, and all that follows until the window is at rest."""
        self._stretch(what, work)
        self.until(what, lambda: True)

    def presses(self, what: str, *keys: str) -> None:
        for one in keys:
            self.does(f"{what} ({one})", partial(strike, one, self.window))

    def types(self, what: str, words: str) -> None:
        for letter in words:
            focus = QApplication.focusWidget()
            assert focus is not None, f"{what}: nothing has the focus"
            self.does(f"{what} (“{letter}” of “{words}”)", partial(QTest.keyClicks, focus, letter))

    def until(self, what: str, is_so: Callable[[], object]) -> None:
        """Lets the window go on for some turns, until something is so and nothing is under way."""
        tick = QTimer()
        tick.start(5)
        end = time.monotonic() + PATIENCE
        turns = 0
        while turns < AT_LEAST or self.window.background.jobs or not is_so():
            assert time.monotonic() < end, f"{what}: it does not come to an end"
            self._stretch(what, _one_turn)
            turns += 1
        tick.stop()

    def _stretch(self, what: str, work: Callable[[], object]) -> None:
        before = time.thread_time()
        work()
        taken = (time.thread_time() - before) * 1_000
        self.longest[what] = max(taken, self.longest.get(what, 0))
        if taken > self.most_ms:
            self.blocked[what] = self.longest[what]


def _one_turn() -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
