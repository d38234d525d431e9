"""Help for where one is: which page of the guide tells of a page of the window, the sheet of keys, and about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

import nhsdesk
from nhsdesk import paths, resources
from nhsdesk.desktop import asking, keys_sheet
from nhsdesk.desktop.guide_places import place_in_guide
from nhsdesk.desktop.guide_window import ABOUT, ACCESS, KEYS, GuideWindow
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.errors import DeskError
from nhsdesk.store.database import Clock

if TYPE_CHECKING:
    from nhsdesk.desktop.window import Window

_START = ("first-day", "Setting up your PCN, step by step")
_KINDS = "Text (*.txt)"


class Help(QObject):
    """What the Help menu does; the guide's window is made when it is first wanted."""

    def __init__(self, window: Window, preferences: Preferences, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._preferences, self._clock = preferences, clock
        self._guide: GuideWindow | None = None

    def here(self) -> None:
        """The guide at the page that tells of what is in front."""
        page = self._window.page
        if page is None:
            self._open(*_START)
            return
        self._open(*place_in_guide(page.title, page.tab_words))

    def keys(self) -> None:
        """The sheet of keys."""
        self._open(KEYS)

    def accessibility(self) -> None:
        """What works for everyone, and what does not yet."""
        self._open(ACCESS)

    def about(self) -> None:
        """The version, what the program stands on, and the diagnostics."""
        self._open(ABOUT)

    def _open(self, key: str, heading: str = "") -> None:
        if self._guide is None:
            self._guide = GuideWindow(self._window, self._made)
            self._guide.diagnostics_wanted.connect(self._save_diagnostics)
        self._guide.open_at(key, heading)

    def _made(self, key: str) -> str:
        """The pages that are made of what there is."""
        if key == KEYS:
            return keys_sheet.sheet(self._window.menus.listed(), resources.guide())
        return about_words()

    # ---- diagnostics

    def _save_diagnostics(self) -> None:
        from nhsdesk.commands import diagnostics

        desk = self._window.desk
        target = asking.choose_file(
            self._guide, "Save diagnostics", paths.records_folder(), "nhsdesk diagnostics.txt", _KINDS
        )
        if target is None:
            return
        try:
            told = diagnostics.lines(
                self._clock(), self._preferences.held, desk.database if desk is not None else None,
                window_lines(self._window), diagnostics.log_lines(),
            )  # fmt: skip
            diagnostics.save(told, target)
        except DeskError as refused:
            self._window.tell(str(refused))
            return
        self._window.tell(
            f"The diagnostics were saved: {target.name}. No word of your PCN file stands in them."
        )


def window_lines(window: QWidget) -> tuple[str, ...]:
    """The window and its screen in numbers."""
    screen = window.screen()
    return (
        f"Qt: {PySide6.__version__}",
        f"Window: {window.width()} x {window.height()}",
        f"Screen: {screen.size().width()} x {screen.size().height()}, {screen.devicePixelRatio():g} pixels to a point",
    )


def about_words() -> str:
    """The page about the program, as the guide's pages are written."""
    from nhsdesk.commands import diagnostics

    rows = [f"| {name} | {version} | {licence} |" for name, version, licence in diagnostics.libraries()]
    return "\n".join(
        (
            "# About nhsdesk",
            "",
            f"Version {nhsdesk.__version__}. It works without a network and sends nothing. It is not a product of the "
            "NHS and has no part in caring for patients.",
            "",
            "## If something does not work",
            "",
            "*Save diagnostics* writes a text file about the program, this computer and the PCN file in numbers: "
            "versions, sizes, how many entries of each kind, and the log. No name, path or word of your PCN file "
            "stands in it. Read it before you send it.",
            "",
            "## What it stands on",
            "",
            "The texts of the licences come with the program, in its folder “licences”.",
            "",
            "| Library | Version | Licence |",
            "| --- | --- | --- |",
            *rows,
        )
    )
