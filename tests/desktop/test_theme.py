from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields

import pytest
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStyleOptionSpinBox,
    QToolButton,
    QWidget,
)

from nhsdesk.desktop import stylesheet, theme
from nhsdesk.desktop.theme import Look

CHOSEN = {Look.LIGHT: theme.LIGHT, Look.DARK: theme.DARK, Look.CONTRAST: theme.CONTRAST}

BACKS = ("page", "card", "nav", "pick", "grey_back")
WORDS = [
    *[("ink", back) for back in (*BACKS, "good_back", "warn_back", "bad_back")],
    *[("quiet", back) for back in BACKS],
    *[("accent", back) for back in BACKS],
    *[("accent_dark", back) for back in BACKS],
    *[(word, back) for word in ("good", "warn", "bad") for back in (*BACKS, f"{word}_back")],
    ("on_accent", "accent"),
    ("on_accent", "accent_dark"),
    ("on_pick", "pick"),
    ("picked", "pick"),
    ("accent_dark", "link_back"),
    ("ink", "chunk"),
    ("go_ink", "go_back"),
]
SHAPES = [(edge, back) for edge in ("edge", "focus", "accent") for back in BACKS]


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, Look.LIGHT, 100)
    qapp.setStyleSheet("")


def brightness(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", CHOSEN)
def test_words_can_be_read(app: QApplication, look: Look) -> None:
    theme.apply(app, look, 100)
    assert less_than(4.5, WORDS) == []


@pytest.mark.parametrize("look", CHOSEN)
def test_edges_and_pictures_can_be_seen(app: QApplication, look: Look) -> None:
    theme.apply(app, look, 100)
    assert less_than(3, SHAPES) == []


def less_than(least: float, pairs: list[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """The shades that stand out too little from what they stand on in the look in force, and how much they do."""
    found = ((one, back, contrast(theme.shade(one), theme.shade(back))) for one, back in pairs)
    return [(one, back, ratio) for one, back, ratio in found if ratio < least]


@pytest.mark.parametrize("look", CHOSEN)
def test_a_main_button_that_has_the_focus_stands_out(app: QApplication, look: Look) -> None:
    theme.apply(app, look, 100)
    assert contrast(theme.shade("go_edge"), theme.shade("page")) >= 3
    assert theme.shade("go_back") != theme.shade("accent")


def test_every_colour_is_a_colour() -> None:
    for tokens in CHOSEN.values():
        assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in asdict(tokens).values())


@pytest.mark.parametrize("look", CHOSEN)
def test_a_chosen_look_is_in_force(app: QApplication, look: Look) -> None:
    theme.apply(app, look, 100)
    assert theme.tokens() == CHOSEN[look]
    assert app.palette().color(QPalette.ColorRole.Window).name().upper() == CHOSEN[look].page


def test_controls_are_the_same_on_every_system(app: QApplication) -> None:
    theme.apply(app, Look.LIGHT, 100)
    app.setStyleSheet("")
    assert app.style().name() == "fusion"


def test_days_and_money_are_written_as_in_britain(app: QApplication) -> None:
    theme.apply(app, Look.LIGHT, 100)
    assert QLocale().name() == "en_GB"


# ---------------------------------------------------------------- the sheet


def test_the_sheet_asks_for_no_colour_it_does_not_have(app: QApplication) -> None:
    theme.apply(app, Look.LIGHT, 100)
    sheet = app.styleSheet()
    assert "$" not in sheet
    assert not re.search(r"\du\b|\dem\b", sheet)
    assert all(part.count("{") == 1 for part in sheet.split("}")[:-1])


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("look", CHOSEN)
def test_qt_understands_the_sheet(
    app: QApplication, look: Look, zoom: int, capfd: pytest.CaptureFixture[str]
) -> None:
    theme.apply(app, look, zoom)
    button = QPushButton("Print")
    button.ensurePolished()
    assert "stylesheet" not in capfd.readouterr().err.lower()


def test_the_sheet_grows_with_the_zoom() -> None:
    shades = dict.fromkeys((each.name for each in fields(theme.Tokens)), "#000000")
    shades |= dict.fromkeys(("on_pick", "picked", "faint", "chunk", "link_back"), "#000000")
    shades |= dict.fromkeys(("go_back", "go_ink", "go_edge", "go_hover"), "#000000")
    shades |= dict.fromkeys(("grey_rim", "accent_rim", "good_rim", "warn_rim", "bad_rim"), "#000000")
    small, large = (stylesheet.write(shades, shades, 11.0 * zoom / 100, zoom) for zoom in (100, 200))
    assert "QScrollBar:vertical { width: 14px; }" in small
    assert "QScrollBar:vertical { width: 28px; }" in large
    assert "font-size: 17.05pt" in small
    assert "font-size: 34.10pt" in large


# ---------------------------------------------------------------- sizes


def controls() -> list[QWidget]:
    chip, link, main = QPushButton("All open 25"), QPushButton("C-003"), QPushButton("New post")
    chip.setProperty("chip", True)
    link.setProperty("link", True)
    main.setProperty("primary", True)
    tool = QToolButton()
    tool.setAutoRaise(True)
    search = QComboBox()
    search.setEditable(True)
    return [
        QPushButton("Print"), chip, link, main, tool, QLineEdit(), QComboBox(), search, QSpinBox(),
        QDateEdit(), QCheckBox(), QCheckBox("Done"), QRadioButton(), QRadioButton("Light"),
    ]  # fmt: skip


@pytest.mark.parametrize("zoom", [100, 125, 150, 200])
@pytest.mark.parametrize("which", range(14))
def test_no_control_is_too_small_to_hit(app: QApplication, which: int, zoom: int) -> None:
    theme.apply(app, Look.LIGHT, zoom)
    control = controls()[which]
    control.ensurePolished()
    least = control.sizeHint().expandedTo(control.minimumSizeHint())
    assert least.height() >= round(28 * zoom / 100)
    assert least.width() >= round(24 * zoom / 100)


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_the_cross_that_empties_a_line_stands_within_it(app: QApplication, zoom: int) -> None:
    theme.apply(app, Look.LIGHT, zoom)
    line = QLineEdit("reablement")
    line.setClearButtonEnabled(True)
    line.ensurePolished()
    line.resize(300, line.sizeHint().height())
    line.show()
    app.processEvents()
    (cross,) = (one.geometry() for one in line.findChildren(QToolButton))
    assert line.rect().contains(cross)
    assert abs(cross.center().y() - line.rect().center().y()) <= 1


@pytest.mark.parametrize("look", CHOSEN)
def test_a_control_keeps_its_size_when_the_focus_comes(app: QApplication, look: Look) -> None:
    theme.apply(app, look, 100)
    for control in controls():
        control.ensurePolished()
        control.resize(control.sizeHint())
        before = control.sizeHint()
        control.setFocus()
        assert control.sizeHint() == before


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_box_itself_is_large_enough(app: QApplication, kind: type[QAbstractButton]) -> None:
    theme.apply(app, Look.LIGHT, 100)
    box = kind()
    box.ensurePolished()
    box.resize(box.sizeHint())
    option = QStyleOptionButton()
    option.initFrom(box)
    marks = {
        QCheckBox: (QStyle.SubElement.SE_CheckBoxIndicator, QStyle.SubElement.SE_CheckBoxClickRect),
        QRadioButton: (QStyle.SubElement.SE_RadioButtonIndicator, QStyle.SubElement.SE_RadioButtonClickRect),
    }
    for part in marks[kind]:
        size = box.style().subElementRect(part, option, box).size()
        assert size.boundedTo(QSize(24, 24)) == QSize(24, 24)


def test_the_steps_of_a_number_are_large_enough(app: QApplication) -> None:
    theme.apply(app, Look.LIGHT, 100)
    number = QSpinBox()
    number.ensurePolished()
    number.resize(160, number.sizeHint().height())
    option = QStyleOptionSpinBox()
    number.initStyleOption(option)
    up, down, words = (
        number.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, number)
        for part in (
            QStyle.SubControl.SC_SpinBoxUp,
            QStyle.SubControl.SC_SpinBoxDown,
            QStyle.SubControl.SC_SpinBoxEditField,
        )
    )
    assert up.size().boundedTo(QSize(24, 24)) == QSize(24, 24)
    assert down.size().boundedTo(QSize(24, 24)) == QSize(24, 24)
    assert not up.intersects(down)
    assert not words.adjusted(0, 0, -1, 0).intersects(up)
    assert not words.intersects(down)


def test_scroll_bars_can_be_caught(app: QApplication) -> None:
    theme.apply(app, Look.LIGHT, 100)
    bar = QScrollBar(Qt.Orientation.Vertical)
    bar.ensurePolished()
    assert bar.sizeHint().width() >= 12


@pytest.mark.parametrize(("asked", "given"), [(50, 100), (100, 100), (150, 150), (200, 200), (400, 200)])
def test_zoom_stays_between_100_and_200(app: QApplication, asked: int, given: int) -> None:
    theme.apply(app, Look.LIGHT, asked)
    assert app.font().pointSizeF() >= 11 * given / 100
    assert theme.px(28) == round(28 * given / 100)


# ---------------------------------------------------------------- the system


def test_a_high_contrast_palette_of_the_system_is_not_painted_over(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_system_is_high_contrast", lambda _: True)
    theme.apply(app, Look.SYSTEM, 100)
    assert app.palette() == QPalette()
    assert not re.search(r"#[0-9A-Fa-f]{6}", app.styleSheet())
    assert theme.tokens().ink == app.palette().color(QPalette.ColorRole.Text).name()


def test_the_window_follows_the_system_while_it_runs(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(app, Look.SYSTEM, 125)
    seen: list[theme.Tokens] = []
    link = theme.changes.made.connect(lambda: seen.append(theme.tokens()))
    monkeypatch.setattr(theme, "_chosen", lambda *_: theme.DARK)
    hints = app.styleHints()
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    theme.changes.made.disconnect(link)
    assert seen == [theme.DARK]
    assert theme.px(100) == 125


def test_a_look_of_our_own_stays_when_the_system_changes(app: QApplication) -> None:
    theme.apply(app, Look.SYSTEM, 100)
    theme.apply(app, Look.CONTRAST, 100)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens() == theme.CONTRAST


def test_a_poor_typeface_of_the_system_is_replaced(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(theme, "_AS_GOOD", ())
    theme.apply(app, Look.LIGHT, 100)
    assert app.font().family() == "Open Sans"


def test_a_good_typeface_of_the_system_is_kept(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    theme.apply(app, Look.LIGHT, 100)
    assert app.font().family() != "Open Sans"


def test_qt_may_be_asked_things_all_day(app: QApplication) -> None:
    assert all(sys.getrefcount(shared) > 1_000_000_000 for shared in (None, True, False))
