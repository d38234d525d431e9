"""The words of a register's cells as a spreadsheet takes them from the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from nhsdesk.desktop.shown_columns import Shown


def as_cell(index: QModelIndex, column: Shown) -> str:
    """The words of a cell; words that a spreadsheet would take for a formula are marked as words."""
    words = str(index.data(Qt.ItemDataRole.EditRole) or "")
    if not column.counts and words.startswith(("=", "+", "-", "@", "\t", "\r")):
        words = f"'{words}"
    if any(sign in words for sign in '\t\n\r"'):
        return '"' + words.replace('"', '""') + '"'
    return words
