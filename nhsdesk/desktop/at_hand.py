"""What is at hand on every page and made only when it is first wanted: the line that adds anything, and the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.desktop.preferences import Preferences
from nhsdesk.store.database import Clock

if TYPE_CHECKING:
    from nhsdesk.desktop.help import Help
    from nhsdesk.desktop.quick_add import QuickAdd
    from nhsdesk.desktop.window import Window


class AtHand:
    """Starting the window costs nothing of it."""

    def __init__(self, window: Window, above: QVBoxLayout, preferences: Preferences, clock: Clock) -> None:
        self._window, self._above = window, above
        self._preferences, self._clock = preferences, clock
        self._adding: QuickAdd | None = None
        self._help: Help | None = None

    @property
    def help(self) -> Help:
        """The guide, the keys and about."""
        if self._help is None:
            from nhsdesk.desktop.help import Help

            self._help = Help(self._window, self._preferences, self._clock)
        return self._help

    def begin_adding(self) -> None:
        """Asks for one line to add anything, above the page."""
        if self._adding is None:
            from nhsdesk.desktop.quick_add import QuickAdd

            self._adding = QuickAdd(lambda: self._window.desk)
            self._above.insertWidget(1, self._adding)
        self._adding.begin()

    def let_go(self) -> None:
        """The PCN file was closed."""
        if self._adding is not None:
            self._adding.let_go()
