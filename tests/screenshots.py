"""Photographs every page from the sample: both sizes, light and dark, 100 and 150 per cent.

    python -m tests.screenshots FOLDER [words]      only pictures whose name holds the words

For the eyes of whoever changed a page. Nothing is shown on the screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QTabWidget

from nhsdesk.commands import files, sample
from nhsdesk.desktop import start
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.theme import Look
from nhsdesk.desktop.window import Window
from nhsdesk.settings import Settings

WHO = "Ann Archer"
SIZES = ((1366, 768), (1920, 1080))
LOOKS = (Look.LIGHT, Look.DARK)
ZOOMS = (100, 150)


def clock() -> datetime:
    """The sample's day."""
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def main(folder: Path, words: str) -> None:
    """Takes them all, or those whose name holds the words."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as passing:
        record = Path(passing) / "Sample PCN.nhsdesk"
        sample.create(record, None, WHO, clock).close()
        for look in LOOKS:
            for zoom in ZOOMS:
                for size in SIZES:
                    _take(folder, words, record, look, zoom, size)


def _take(folder: Path, words: str, record: Path, look: Look, zoom: int, size: tuple[int, int]) -> None:
    kind = f"{size[0]}x{size[1]}-{look.value}-{zoom}"
    settings = Settings(who=WHO, look=look.value, zoom=zoom, recent=(record,))
    window = start.made_window(start.application(), Preferences(settings), clock)
    window.resize(*size)
    window.show()
    for name in _pages(window, record):
        shot = f"{name}-{kind}".replace(" ", "-").lower()
        if words in shot:
            _settle(window)
            window.grab().save(str(folder / f"{shot}.png"))
            print(folder / f"{shot}.png")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)


def _pages(window: Window, record: Path) -> Iterator[str]:
    """Brings each page to the front and gives its name."""
    yield "start"
    window.start_page.make_new()
    yield "start new"
    window.take_over(files.open_for_work(record, WHO, clock))
    for number, place in enumerate(PLACES):
        window.go_to(number)
        _settle(window)
        assert window.page is not None
        for at, tab in enumerate(place.titles):
            window.page.turn_to(at)
            _settle(window)
            yield place.title if at == 0 else f"{place.title} {tab}"
            register = window.page.page
            if isinstance(register, RegisterPage) and place.tabs[at] is place.registers[0]:
                yield from _panel(window, register, f"{place.title} {tab}")


def _panel(window: Window, register: RegisterPage, name: str) -> Iterator[str]:
    """The further parts of the chosen entry, and a new one."""
    for tabs in register.panel.findChildren(QTabWidget):
        for number in range(1, tabs.count()):
            tabs.setCurrentIndex(number)
            _settle(window)
            yield f"{name} {tabs.tabText(number)}"
    register.begin_new()
    yield f"{name} new"


def _settle(window: Window) -> None:
    """Lets what was asked be done, and what follows a moment later."""
    loop = QEventLoop()
    from PySide6.QtCore import QTimer

    for _ in range(2):
        QTimer.singleShot(120, loop.quit)
        loop.exec()
        window.background.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), " ".join(sys.argv[2:]))
