"""The sheet that dresses every control, and the marks inside controls.

`$ink` stands for a colour, `4u` for pixels at 100 per cent zoom, `4u-1` for one real pixel less, and `1.5em`
for a multiple of the window's type. theme.py says what the colours are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from string import Template

from PySide6.QtCore import QTemporaryDir


def write(colours: Mapping[str, str], drawn: Mapping[str, str], points: float, zoom: int) -> str:
    """The style sheet in these colours, with marks `drawn` in theirs, for type of so many points."""
    sheet = Template(_SHEET).substitute(colours, **_marks(drawn))
    sheet = re.sub(r"([\d.]+)em\b", lambda found: f"{float(found[1]) * points:.2f}pt", sheet)
    return re.sub(
        r"(\d+)u(-\d+)?\b", lambda found: f"{round(int(found[1]) * zoom / 100) + int(found[2] or 0)}px", sheet
    )


_BOX = '<rect x="4" y="4" width="16" height="16" rx="3" fill="{0}" stroke="{1}" stroke-width="1.5"/>'
_RING = '<circle cx="12" cy="12" r="8" fill="{0}" stroke="{1}" stroke-width="1.5"/>'
_BEAD = '<circle cx="12" cy="12" r="4.5" fill="{0}"/>'
_DOTS = '<path d="{0}" fill="none" stroke="{1}" stroke-width="3.5" stroke-linecap="round"/>'
_LINE = (
    '<path d="{0}" fill="none" stroke="{1}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
)
_LINES = {
    "down": "M6 9.5l6 6 6-6",
    "up": "M6 14.5l6-6 6 6",
    "right": "M9.5 6l6 6-6 6",
    "left": "M14.5 6l-6 6 6 6",
    "plus": "M12 6v12M6 12h12",
    "minus": "M6 12h12",
    "tick": "M6 12.5l4 4L18 8",
}
_TICK_IN_BOX, _DASH_IN_BOX = "M8 12.3l2.8 2.8L16 9.5", "M8 12h8"


def _marks(t: Mapping[str, str]) -> dict[str, str]:
    """The marks inside controls, drawn in these colours; a sheet can take them only from files."""
    drawings = {
        "grip": _DOTS.format("M12 4v.1M12 12v.1M12 20v.1", t["edge"]),
        "grip_flat": _DOTS.format("M4 12h.1M12 12h.1M20 12h.1", t["edge"]),
    }
    for name, line in _LINES.items():
        drawings[name] = _LINE.format(line, t["ink"])
        drawings[f"{name}_faint"] = _LINE.format(line, t["faint"])
    drawings |= _boxes("", t["card"], t["edge"], t["accent"], t["on_accent"])
    drawings |= _boxes("_faint", t["grey_back"], t["faint"], t["grey_back"], t["faint"])
    return {name: _kept(name, drawing) for name, drawing in drawings.items()}


def _boxes(ending: str, empty: str, edge: str, full: str, mark: str) -> dict[str, str]:
    rim = edge if ending else full
    return {
        f"box{ending}": _BOX.format(empty, edge),
        f"box_on{ending}": _BOX.format(full, rim) + _LINE.format(_TICK_IN_BOX, mark),
        f"box_part{ending}": _BOX.format(full, rim) + _LINE.format(_DASH_IN_BOX, mark),
        f"ring{ending}": _RING.format(empty, edge),
        f"ring_on{ending}": _RING.format(empty, rim) + _BEAD.format(rim),
    }


_folder = QTemporaryDir()
_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'


def _kept(name: str, drawing: str) -> str:
    """The drawing as a file, with a name for each colouring: Qt remembers files by their names."""
    file = Path(_folder.path()) / f"{name}-{zlib.crc32(drawing.encode()):08x}.svg"
    if not file.exists():
        file.write_text(f"{_HEAD}{drawing}</svg>", encoding="utf-8")
    return f'url("{file.as_posix()}")'


_SHEET = """
QMainWindow, QDialog, QMessageBox { background: $page; }
QScrollArea, QScrollArea > QWidget > QWidget { border: 0; background: transparent; }
QFrame#card { background: $card; border: 1px solid $line; border-radius: 8u; }
QFrame#top { background: $card; border: 0; border-bottom: 1px solid $line; }
QFrame#banner { background: $warn_back; border: 0; border-bottom: 1px solid $warn; }
QFrame#banner QLabel { color: $warn; font-weight: 600; }

QFrame#nav { background: $nav; border: 0; border-right: 1px solid $line; }
QFrame#nav QToolButton { padding: 5u 6u; text-align: left; }
QFrame#nav QToolButton:checked {
    background: $pick; color: $picked; font-weight: 600; border-left: 3px solid $accent;
    border-top-left-radius: 0; border-bottom-left-radius: 0; padding-left: 6u-2;
}
QFrame#nav QToolButton:focus { border: 2px solid $focus; padding: 5u-1 6u-1; }

QLabel[role="h1"] { font-size: 1.55em; font-weight: 700; }
QLabel[role="h2"] { font-size: 1.1em; font-weight: 600; }
QLabel[role="big"] { font-size: 1.65em; font-weight: 700; }
QLabel[role="quiet"], QLabel[role="ref"] { color: $quiet; }
QLabel[role="field"] { color: $quiet; font-size: 0.9em; font-weight: 600; }
QLabel[role="help"] { color: $quiet; font-size: 0.9em; }
QLabel[role="problem"] { color: $bad; font-weight: 600; }
QLabel[role="quote"] { border: 0; border-left: 3px solid $accent; padding-left: 12u; }
QLabel[role="banner"] {
    background: $warn_back; color: $warn; border: 1px solid $warn; border-radius: 6u; padding: 8u 12u;
}
QLabel[pill] {
    border: 1px solid $grey_rim; border-radius: 9u; padding: 1u 8u; font-size: 0.87em; font-weight: 600;
}
QLabel[pill="good"] { color: $good; background: $good_back; border-color: $good_rim; }
QLabel[pill="warn"] { color: $warn; background: $warn_back; border-color: $warn_rim; }
QLabel[pill="bad"] { color: $bad; background: $bad_back; border-color: $bad_rim; }
QLabel[pill="grey"] { color: $ink; background: $grey_back; border-color: $grey_rim; }
QLabel[pill="accent"] { color: $picked; background: $pick; border-color: $accent_rim; }

QPushButton {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: 6u; padding: 4u 12u;
    min-height: 22u;
}
QPushButton:hover { background: $grey_back; }
QPushButton:pressed, QPushButton:checked { background: $pick; color: $on_pick; border-color: $accent; }
QPushButton:focus { border: 2px solid $focus; padding: 4u-1 12u-1; }
QPushButton:disabled { background: transparent; color: $faint; border-color: $faint; }
QPushButton[primary="true"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed {
    background: $go_hover; border-color: $go_hover;
}
QPushButton[primary="true"]:focus {
    background: $go_back; color: $go_ink; border: 3px solid $go_edge; padding: 4u-2 12u-2;
}
QPushButton[primary="true"]:disabled { background: $grey_back; color: $faint; border-color: $faint; }
QPushButton[danger="true"] { color: $bad; border-color: $bad; font-weight: 600; }
QPushButton[danger="true"]:hover, QPushButton[danger="true"]:pressed { background: $bad_back; color: $bad; }
QPushButton[danger="true"]:focus { border-color: $focus; }
QPushButton[danger="true"]:disabled { color: $faint; border-color: $faint; }
QPushButton[chip="true"] { background: transparent; color: $quiet; border-radius: 14u; padding: 3u 12u; }
QPushButton[chip="true"]::menu-indicator { image: none; width: 0; }
QPushButton[chip="true"]:hover { background: $grey_back; color: $ink; }
QPushButton[chip="true"]:checked {
    background: $pick; color: $picked; border: 2px solid $accent; padding: 3u-1 12u-1;
}
QPushButton[chip="true"]:focus { border: 3px solid $focus; padding: 3u-2 12u-2; }
QPushButton[chip="true"]:disabled { color: $faint; border-color: $faint; }
QPushButton[link="true"] {
    background: $link_back; color: $accent_dark; border-color: $accent_rim; border-radius: 4u; padding: 3u 8u;
    text-align: left;
}
QPushButton[link="true"]:hover { border-color: $accent; text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid $focus; padding: 3u-1 8u-1; }
QPushButton[link="true"]:disabled { background: transparent; color: $faint; border-color: $faint; }
QPushButton::menu-indicator {
    image: $down; width: 16u; height: 16u; subcontrol-position: center right; right: 6u;
}
QDialogButtonBox QPushButton { min-width: 72u; }

QToolButton {
    background: transparent; color: $ink; border: 1px solid transparent; border-radius: 6u; padding: 3u;
    min-width: 22u; min-height: 22u;
}
QToolButton:hover { background: $grey_back; }
QToolButton:pressed, QToolButton:checked { background: $pick; color: $picked; }
QToolButton:focus { border: 2px solid $focus; padding: 3u-1; }
QToolButton:disabled { color: $faint; }
QLineEdit > QToolButton { border: 0; padding: 0; min-width: 0; min-height: 0; }
QToolButton::menu-indicator { image: $down; width: 12u; height: 12u; }
QToolButton[popupMode="1"] { padding-right: 20u; }
QToolButton::menu-button { border: 0; width: 20u; }
QToolButton::menu-arrow { image: $down; width: 12u; height: 12u; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: 4u; padding: 4u 8u;
}
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $quiet;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 22u; }
QPlainTextEdit, QTextEdit { padding: 2u 4u; }
QLineEdit#search { background: $page; border-radius: 6u; }
QLineEdit:read-only, QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"],
QAbstractSpinBox[readOnly="true"] {
    background: $page; color: $ink; border: 1px dotted $edge;
}
QLineEdit[draft="true"], QPlainTextEdit[draft="true"], QComboBox[draft="true"],
QAbstractSpinBox[draft="true"] {
    border: 1px dashed $warn; border-left: 4px solid $warn;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"],
QAbstractSpinBox[wrong="true"] {
    border: 1px solid $bad; border-left: 4px solid $bad;
}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $focus; padding: 4u-1 8u-1; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: 2u-1 4u-1; }
QLineEdit[draft="true"]:focus, QPlainTextEdit[draft="true"]:focus, QComboBox[draft="true"]:focus,
QAbstractSpinBox[draft="true"]:focus {
    border-left: 4px solid $warn;
}
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus,
QAbstractSpinBox[wrong="true"]:focus {
    border-left: 4px solid $bad;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QAbstractSpinBox:disabled {
    background: $grey_back; color: $faint; border: 1px solid $faint;
}
QAbstractItemView QLineEdit, QAbstractItemView QComboBox, QAbstractItemView QAbstractSpinBox {
    border-radius: 0; padding: 0 4u; min-height: 0;
}
QComboBox QLineEdit, QComboBox QLineEdit:focus {
    border: 0; padding: 0; background: transparent; min-height: 0;
}

QComboBox { padding-right: 28u; combobox-popup: 0; }
QComboBox::drop-down, QDateTimeEdit[calendarPopup="true"]::drop-down {
    border: 0; width: 28u; subcontrol-position: center right;
}
QComboBox::down-arrow, QDateTimeEdit[calendarPopup="true"]::down-arrow {
    image: $down; width: 16u; height: 16u;
}
QComboBox::down-arrow:disabled { image: $down_faint; }
QComboBox QAbstractItemView {
    background: $card; color: $ink; border: 1px solid $edge; selection-background-color: $pick;
    selection-color: $on_pick;
}
QAbstractSpinBox { min-height: 20u; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
    border: 0; padding: 0; background: transparent; min-height: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 28u; height: 28u; border: 0;
}
QAbstractSpinBox::up-button { subcontrol-position: center right; }
QAbstractSpinBox::down-button { subcontrol-position: center left; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $grey_back; }
QAbstractSpinBox::up-arrow { image: $plus; width: 16u; height: 16u; }
QAbstractSpinBox::down-arrow { image: $minus; width: 16u; height: 16u; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: $plus_faint; }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: $minus_faint; }

QCheckBox, QRadioButton {
    spacing: 4u; border: 2px solid transparent; border-radius: 6u; padding: 2u 6u 2u 0; min-height: 24u;
    background: transparent;
}
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox[wrong="true"], QRadioButton[wrong="true"] { border-left: 4px solid $bad; }
QCheckBox[draft="true"], QRadioButton[draft="true"] { border-left: 4px solid $warn; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator, QGroupBox::indicator {
    width: 24u; height: 24u;
}
QCheckBox::indicator, QAbstractItemView::indicator, QGroupBox::indicator { image: $box; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {
    image: $box_on;
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { image: $box_part; }
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled { image: $box_faint; }
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled { image: $box_on_faint; }
QCheckBox::indicator:indeterminate:disabled { image: $box_part_faint; }
QRadioButton::indicator { image: $ring; }
QRadioButton::indicator:checked { image: $ring_on; }
QRadioButton::indicator:disabled { image: $ring_faint; }
QRadioButton::indicator:checked:disabled { image: $ring_on_faint; }
QGroupBox { border: 0; border-top: 1px solid $line; margin-top: 24u; padding-top: 8u; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 0 8u 0 0; color: $ink; }

QTableView, QListView, QTreeView {
    background: $card; alternate-background-color: $page; border: 0; gridline-color: $line;
    selection-background-color: $pick; selection-color: $on_pick; outline: 0;
}
QTableView::item { padding: 2u 6u; border: 1px solid transparent; border-bottom: 1px solid $line; }
QListView::item, QTreeView::item { padding: 4u 6u; min-height: 20u; border: 1px solid transparent; }
QTableView::item:hover, QListView::item:hover, QTreeView::item:hover { background: $grey_back; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: $pick; color: $on_pick;
}
QTableView::item:selected { border-top: 1px solid $accent; border-bottom: 1px solid $accent; }
QListView::item:selected { border-left: 3px solid $accent; padding-left: 6u-2; }
QListView[popup="true"] { border: 1px solid $edge; }
QTableView::item:focus, QListView::item:focus, QTreeView::item:focus { border: 2px solid $focus; }
QTableView::item:focus { padding: 2u-1 6u-1; }
QListView::item:focus, QTreeView::item:focus { padding: 4u-1 6u-1; }
QHeaderView { background: $card; border: 0; }
QHeaderView::section {
    background: $card; color: $quiet; border: 0; border-bottom: 1px solid $edge; padding: 6u 22u 6u 9u;
    font-weight: 600; min-height: 18u;
}
QHeaderView::section:hover { background: $grey_back; }
QHeaderView::section:vertical { border-bottom: 1px solid $line; padding: 0 8u; }
QHeaderView::up-arrow {
    image: $up; width: 14u; height: 14u; subcontrol-origin: padding; subcontrol-position: center right;
    right: 4u;
}
QHeaderView::down-arrow {
    image: $down; width: 14u; height: 14u; subcontrol-origin: padding; subcontrol-position: center right;
    right: 4u;
}
QTableCornerButton::section { background: $card; border: 0; border-bottom: 1px solid $edge; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: $right; }
QTreeView::branch:has-children:open { image: $down; }

QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $quiet; border: 2px solid transparent;
    border-bottom: 3px solid transparent; padding: 4u 12u; min-height: 20u;
}
QTabBar::tab:hover { color: $ink; background: $grey_back; }
QTabBar::tab:selected { color: $accent_dark; border-bottom-color: $accent; }
QTabBar::tab:focus { border-color: $focus; }
QTabBar::tab:disabled { color: $faint; }
QTabBar::scroller { width: 56u; }
QTabBar QToolButton { background: $page; border-radius: 0; padding: 0; min-width: 0; min-height: 0; }
QFrame#card QTabBar QToolButton { background: $card; }
QTabBar QToolButton::left-arrow { image: $left; width: 16u; height: 16u; }
QTabBar QToolButton::right-arrow { image: $right; width: 16u; height: 16u; }
QTabBar QToolButton::left-arrow:disabled { image: $left_faint; }
QTabBar QToolButton::right-arrow:disabled { image: $right_faint; }

QMenuBar { background: $card; color: $ink; border-bottom: 1px solid $line; }
QMenuBar::item { background: transparent; padding: 6u 10u; }
QMenuBar::item:selected { background: $pick; color: $on_pick; }
QMenu { background: $card; color: $ink; border: 1px solid $edge; padding: 4u 0; }
QMenu::item { padding: 6u 24u 6u 12u; border: 1px solid transparent; }
QMenu::item:selected { background: $pick; color: $on_pick; border-color: $accent; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 12u; }
QMenu::separator { height: 1px; background: $line; margin: 4u 0; }
QMenu::right-arrow { image: $right; width: 16u; height: 16u; }
QMenu::indicator { width: 20u; height: 20u; margin-left: 6u; }
QMenu::indicator:checked { image: $tick; }
QToolTip { background: $card; color: $ink; border: 1px solid $edge; padding: 4u 8u; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 14u; }
QScrollBar:horizontal { height: 14u; }
QScrollBar::handle { background: $edge; border-radius: 4u; margin: 3u; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $quiet; }
QScrollBar::handle:vertical { min-height: 32u; }
QScrollBar::handle:horizontal { min-width: 32u; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 12u; image: $grip; }
QSplitter::handle:vertical { height: 12u; image: $grip_flat; }
QSplitter::handle:hover { background: $grey_back; }
QProgressBar {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: 4u; text-align: center;
    min-height: 20u;
}
QProgressBar::chunk { background: $chunk; border-right: 3px solid $accent; }
QStatusBar { background: $card; color: $quiet; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $quiet; padding: 0 8u; }
"""
