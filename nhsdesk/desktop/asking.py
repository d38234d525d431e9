"""The one way to ask for a file or a folder, so that every question looks the same.

    target = asking.choose_file(self, "Save a draft", folder, "Claim 2026-10.xlsx", "Excel workbook (*.xlsx)")

`kinds` is written as the system's own dialog has it: "Excel workbook (*.xlsx);;PDF (*.pdf)".
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

if TYPE_CHECKING:  # loaded when something is first printed
    from PySide6.QtPrintSupport import QPrinter

_ENDING = re.compile(r"\*\.([A-Za-z0-9-]+)")


def choose_file(parent: QWidget | None, title: str, folder: Path, name: str, kinds: str) -> Path | None:
    """Where to write a file; None where the person thought better of it. The ending is added where it was left out."""
    asked = QFileDialog(parent, title, str(_there(folder)), kinds)
    asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked.setFileMode(QFileDialog.FileMode.AnyFile)
    asked.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    if ending := _ENDING.search(kinds):
        asked.setDefaultSuffix(ending[1])
    asked.selectFile(name)
    return _answer(asked)


def choose_existing(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    """A file that is there; None where the person thought better of it."""
    asked = QFileDialog(parent, title, str(_there(folder)), kinds)
    asked.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(asked)


def choose_folder(parent: QWidget | None, title: str, folder: Path) -> Path | None:
    """A folder that is there; None where the person thought better of it."""
    asked = QFileDialog(parent, title, str(_there(folder)))
    asked.setFileMode(QFileDialog.FileMode.Directory)
    asked.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(asked)


def _answer(asked: QFileDialog) -> Path | None:
    chosen = asked.exec() == QDialog.DialogCode.Accepted
    files = asked.selectedFiles()
    asked.deleteLater()
    return Path(files[0]) if chosen and files else None


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that is there still."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path.home())


def choose_printer(parent: QWidget | None, pages: int) -> QPrinter | None:
    """The printer with how many copies of which pages; None where the person thought better of it."""
    from PySide6.QtPrintSupport import QPrintDialog

    from nhsdesk.desktop import printing

    chosen = printing.printer()
    asked = QPrintDialog(chosen, parent)
    asked.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    asked.setMinMax(1, max(pages, 1))
    said = asked.exec() == QDialog.DialogCode.Accepted
    asked.deleteLater()
    return chosen if said else None
