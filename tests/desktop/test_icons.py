from __future__ import annotations

import time
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from nhsdesk import paths
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.theme import Look

FOLDER = paths.resources() / "icons"
NAMES = [
    "app", "today", "commitments", "arrs", "support", "meetings", "neighbourhoods", "papers", "file",
    "search", "undo", "redo", "add", "remove", "columns", "filter", "print", "save", "folder", "open",
    "history", "back", "forward", "close", "copy", "edit", "link", "lock", "warning", "problem", "ok",
    "late", "clock", "info", "sample", "backup", "import", "export", "refresh", "chevron-down",
    "chevron-right", "chevron-up", "check", "more", "person", "document", "settings", "cancel", "sort-up",
    "sort-down", "zoom-in", "zoom-out", "page-next", "page-previous", "contrast",
]  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply(qapp, Look.LIGHT, 100)
    yield qapp
    theme.apply(qapp, Look.LIGHT, 100)
    qapp.setStyleSheet("")


def colours(pixmap: QPixmap) -> set[str]:
    """The colours that are laid on fully."""
    image = pixmap.toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name().upper() for colour in points if colour.alpha() == 255}


def test_the_folder_holds_exactly_the_pictures_that_have_names() -> None:
    assert {file.stem for file in FOLDER.glob("*.svg")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_drawn_on_the_grid(name: str, app: QApplication) -> None:
    drawn = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 24 24"
    assert QSvgRenderer(QByteArray(drawn.encode())).isValid()
    image = icons.icon(name).pixmap(QSize(24, 24), 4.0).toImage()
    touched = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 128
    ]
    assert len(touched) > 200
    edge = image.width() - 3
    assert all(2 <= x <= edge and 2 <= y <= edge for x, y in touched), "keep half a pixel free at the border"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "app"])
def test_pictures_are_of_one_hand(name: str) -> None:
    root = ElementTree.parse(FOLDER / f"{name}.svg").getroot()
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "2"
    assert root.get("stroke-linecap") == "round"
    parts = list(root.iter())[1:]
    assert {part.get("fill") for part in parts} <= {None, "currentColor"}
    assert {part.get("stroke") for part in parts} <= {None, "none"}


def test_a_picture_has_the_colour_of_its_tone(app: QApplication) -> None:
    assert colours(icons.icon("file").pixmap(24, 24)) == {theme.LIGHT.ink}
    assert colours(icons.icon("file", "bad").pixmap(24, 24)) == {theme.LIGHT.bad}


def test_a_picture_is_as_sharp_as_the_screen(app: QApplication) -> None:
    for scale in (1.0, 1.25, 1.5, 2.0, 3.0):
        pixmap = icons.icon("today").pixmap(QSize(20, 20), scale)
        assert pixmap.size() == QSize(20, 20) * scale
        assert pixmap.devicePixelRatio() == scale


def test_a_picture_nobody_drew_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("spaceship")


def test_a_tone_nobody_chose_is_refused(app: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.icon("file", "mauve")


def test_what_cannot_be_used_is_faint(app: QApplication) -> None:
    pixmap = icons.icon("file").pixmap(QSize(24, 24), QIcon.Mode.Disabled)
    assert colours(pixmap) == {theme.shade("faint").upper()}


def test_what_is_checked_takes_the_accent(app: QApplication) -> None:
    pixmap = icons.icon("file", "quiet").pixmap(QSize(24, 24), QIcon.Mode.Normal, QIcon.State.On)
    assert colours(pixmap) == {theme.LIGHT.accent_dark}


def test_a_main_button_with_the_focus_shows_its_picture_on_yellow(app: QApplication) -> None:
    pixmap = icons.icon("file", "on_accent").pixmap(QSize(24, 24), QIcon.Mode.Active)
    assert colours(pixmap) == {theme.shade("go_ink").upper()}


def test_pictures_follow_the_look(app: QApplication) -> None:
    plain = icons.icon("file")
    button, action = QPushButton("File"), QAction("File")
    icons.put(button, "file")
    icons.put(action, "file", "bad")
    theme.apply(app, Look.DARK, 100)
    assert colours(plain.pixmap(24, 24)) == {theme.DARK.ink}
    assert colours(button.icon().pixmap(24, 24)) == {theme.DARK.ink}
    assert colours(action.icon().pixmap(24, 24)) == {theme.DARK.bad}


def test_pictures_follow_the_zoom(app: QApplication) -> None:
    button = QToolButton()
    icons.put(button, "undo")
    assert button.iconSize() == QSize(20, 20)
    theme.apply(app, Look.LIGHT, 150)
    assert button.iconSize() == QSize(30, 30)


def test_a_button_that_is_gone_is_forgotten(app: QApplication) -> None:
    button = QPushButton("File")
    icons.put(button, "file")
    before = len(icons._put)
    del button
    theme.apply(app, Look.DARK, 100)
    assert len(icons._put) < before


def test_a_picture_may_be_changed_by_qt_without_harm(app: QApplication) -> None:
    copy = QIcon(icons.icon("file"))
    other = QPixmap(8, 8)
    other.fill(QColor("red"))
    copy.addPixmap(other)
    assert colours(copy.pixmap(24, 24)) == {theme.LIGHT.ink}


def test_drawing_costs_next_to_nothing(app: QApplication) -> None:
    made = [icons.icon(name) for name in NAMES]
    began = time.perf_counter()
    for each in made:
        each.pixmap(QSize(20, 20), 2.0)
    assert (time.perf_counter() - began) / len(made) < 0.005  # a slow computer; 0.3 ms is usual
