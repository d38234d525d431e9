"""A page that looks at the file when it comes to the front, and a moment after the file has changed in its sight."""

from __future__ import annotations

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, when_calm


class FollowingPage(Page):
    """What it shows is made in `look`; out of sight it only notes that the file has changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stale = True
        self._calm = when_calm(self, self.look_now)
        desk.changed.connect(self._changed)

    def shown(self) -> None:
        if self._stale:
            self.look_now()

    def look(self) -> None:
        """Shows what the file holds now."""
        raise NotImplementedError

    def look_now(self) -> None:
        """Looks without waiting for the file to come to rest."""
        self._calm.stop()
        self._stale = False
        self.look()

    def _changed(self, _: object) -> None:
        self._stale = True
        if self.isVisible():
            self._calm.start()
