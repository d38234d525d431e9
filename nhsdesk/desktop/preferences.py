"""This person's preferences while the program runs: read once, kept at once by whoever changes them."""

from __future__ import annotations

from pathlib import Path

from nhsdesk import settings
from nhsdesk.errors import DeskError
from nhsdesk.settings import Settings


class Preferences:
    """The preferences in force. Everybody reads `held`; `keep` is the one way to change them."""

    def __init__(self, held: Settings, path: Path | None = None) -> None:
        self.held = held
        self._path = path

    def keep(self, changed: Settings) -> str:
        """Puts changed preferences in force and writes them; the sentence where they could not be written."""
        self.held = changed
        if self._path is None:
            return ""
        try:
            settings.save(changed, self._path)
        except DeskError as refused:
            return str(refused)
        return ""
