"""A desk over the sample, the page as a person finds it, and the answers to questions for a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from nhsdesk.commands import claims, files
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.papers.papers_page import PapersPage
from nhsdesk.domain.periods import Month
from nhsdesk.store.database import Database
from tests.conftest import Clock

Shown = Callable[[Database], PapersPage]


@dataclass
class Heard:
    """What the window was told."""

    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    wanted: list[tuple[str, int]] = field(default_factory=list)


@dataclass
class Answers:
    """The file a person chooses, and what they were asked."""

    folder: Path
    name: str = ""
    """Another name than the one suggested."""
    refuse: bool = False
    meanwhile: Callable[[], object] = lambda: None
    titles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def choose(self, _: object, title: str, folder: Path, name: str, kinds: str) -> Path | None:
        self.titles.append(title)
        self.names.append(name)
        self.meanwhile()
        return None if self.refuse else self.folder / (self.name or name)


@pytest.fixture(autouse=True, scope="session")
def look(qapp: QApplication) -> None:
    """The look people see, in which every control has its size."""
    theme.apply(qapp, theme.Look.LIGHT, 100)


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Answers:
    folder = tmp_path / "sent"
    folder.mkdir()
    given = Answers(folder)
    monkeypatch.setattr(asking, "choose_file", given.choose)
    return given


@pytest.fixture
def sample_desk(sample: Path, clock: Clock, qtbot: QtBot) -> Iterator[Desk]:
    """The sample, open at a desk that does its work at once, with October being claimed once more."""
    desk = Desk(files.open_for_work(sample, "Ann Archer", clock), Background(inline=True), KeptLayout())
    claims.begin(desk.database, Month(2026, 10))
    yield desk
    desk.close()


@pytest.fixture
def heard(sample_desk: Desk) -> Heard:
    found = Heard()
    sample_desk.said.connect(found.said.append)
    sample_desk.warned.connect(found.warned.append)
    sample_desk.wanted.connect(lambda kind, id_: found.wanted.append((kind, id_)))
    return found


@pytest.fixture
def page(sample_desk: Desk, heard: Heard, answers: Answers, qtbot: QtBot) -> PapersPage:
    """The page in front, the claim picked."""
    return in_front(sample_desk, qtbot)


def in_front(desk: Desk, qtbot: QtBot) -> PapersPage:
    """The page of a desk, shown."""
    page = PapersPage(desk)
    qtbot.addWidget(page)
    page.resize(1106, 650)
    page.show()
    page.shown()
    return page


def pressed(page: QWidget, text: str) -> QAbstractButton:
    """The button with those words, as it stands in front; it must be there once."""
    found = [
        button
        for button in page.findChildren(QAbstractButton)
        if button.text() == text and button.isVisibleTo(page.window())
    ]
    assert len(found) == 1, (text, [button.text() for button in found])
    return found[0]


def press(page: QWidget, text: str) -> None:
    """Presses the button with those words, which must be possible."""
    button = pressed(page, text)
    assert button.isEnabled(), text
    button.click()
