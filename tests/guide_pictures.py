"""Takes the pictures of the guide from the sample, as the window shows it: docs/guide/pictures.

    python -m tests.guide_pictures [FOLDER]

Nothing is shown on the screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from nhsdesk.commands import files, sample
from nhsdesk.desktop import start
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.theme import Look
from nhsdesk.desktop.window import Window
from nhsdesk.settings import Settings

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "guide" / "pictures"
WHO = "Ann Archer"
SIZE = (1180, 700)
OLD_SHEET = """\
What we have promised\t\t\t
Commitment\tAsked by\tDeadline\tCost
Care home rounds\tICB\t31-Mar-27\t£8,000.00
Learning disability checks\tICB\tend of March\t-
Total\t\t\t£8,000.00
"""


def clock() -> datetime:
    """The sample's day."""
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def _types(window: Window, words: str) -> None:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, words)


def today(window: Window) -> None:
    """The day."""


def search(window: Window) -> None:
    """Something looked for."""
    window.begin_search()
    _types(window, "claim")


def quick_add(window: Window) -> None:
    """A line as understood, before it is saved."""
    window.at_hand.begin_adding()
    _types(window, "action WF starter list 5 Dec")


def close_a_year(window: Window) -> None:
    """The steps of a year's end, and the first of them."""
    window.show_page("PCN file", "Close a year")


def request_clocks(window: Window) -> None:
    """A support request below the list, with its clocks."""
    window.show_page("Support and funds", "Requests and clocks")


def old_spreadsheet(window: Window) -> None:
    """An old sheet that was pasted, before anything is written."""
    window.show_page("Commitments", "Commitments")
    list_ = QApplication.focusWidget()
    assert list_ is not None
    QApplication.clipboard().setText(OLD_SHEET)
    QTest.keySequence(list_, QKeySequence.StandardKey.Paste)


PICTURES: tuple[Callable[[Window], None], ...] = (
    today, search, quick_add, close_a_year, request_clocks, old_spreadsheet,
)  # fmt: skip


def main(folder: Path) -> None:
    """Takes them all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as passing:
        record = Path(passing) / "Sample PCN.nhsdesk"
        sample.create(record, None, WHO, clock).close()
        for picture in PICTURES:
            settings = Settings(who=WHO, look=Look.LIGHT.value)
            window = start.made_window(start.application(), Preferences(settings), clock)
            window.resize(*SIZE)
            window.show()
            window.take_over(files.open_for_work(record, WHO, clock))
            window.activateWindow()
            _settle(window)
            picture(window)
            _settle(window)
            taken = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            taken.save(str(folder / f"{picture.__name__.replace('_', '-')}.png"))
            window.close()
            window.deleteLater()


def _settle(window: Window) -> None:
    """Lets what was asked be done, and what follows a moment later."""
    loop = QEventLoop()
    for _ in range(2):
        QTimer.singleShot(400, loop.quit)
        loop.exec()
        window.background.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
