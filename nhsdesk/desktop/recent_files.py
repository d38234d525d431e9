"""The PCN files last opened: each with its folder and when it was last changed, or that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from nhsdesk.desktop.long_words import Shortened
from nhsdesk.desktop.words import label, on_a_button
from nhsdesk.domain.periods import day_words

_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Recent:
    """One file of the list: where it lies and when it was last changed; None where it is gone."""

    path: Path
    changed: datetime | None

    @property
    def when(self) -> str:
        """As shown in the list."""
        if self.changed is None:
            return "Not there any more"
        local = self.changed.astimezone(_LONDON)
        return f"Changed {day_words(local.date())}, {local:%H:%M}"


def looked_up(paths: tuple[Path, ...]) -> tuple[Recent, ...]:
    """The files with what the disk tells of them."""
    return tuple(Recent(path, _changed(path)) for path in paths)


def _changed(path: Path) -> datetime | None:
    """When the file or the log beside it was written last."""
    moments = []
    for part in (path, path.with_name(f"{path.name}-wal")):
        try:
            moments.append(part.stat().st_mtime)
        except (OSError, ValueError):
            if part is path:
                return None
    return datetime.fromtimestamp(max(moments), UTC)


class RecentFiles(QFrame):
    """The list, each file a button that opens it."""

    wanted = Signal(object)
    """The path of a file to be opened."""
    unwanted = Signal(object)
    """The path of a file to be taken off the list; the file itself is left alone."""

    def __init__(self) -> None:
        super().__init__()
        self.first: QPushButton | None = None
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(16, 14, 16, 14)
        self._stack.setSpacing(8)
        self._stack.addWidget(label("Opened lately", "h2"))
        self._rows: QWidget | None = None

    def show_files(self, paths: tuple[Path, ...]) -> None:
        """Puts up these files; hidden where there are none."""
        if self._rows is not None:
            self._stack.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self.first = None
        self._rows = QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, recent in enumerate(looked_up(paths)):
            self._add(grid, row, recent)
        self._stack.addWidget(self._rows)
        self.setVisible(bool(paths))

    def _add(self, grid: QGridLayout, row: int, recent: Recent) -> None:
        path = recent.path
        if recent.changed is not None:
            button = QPushButton(on_a_button(path.stem))
            button.setProperty("link", "true")
            button.setAutoDefault(True)
            button.setAccessibleName(f"Open {path.stem}, in {path.parent}")
            button.clicked.connect(lambda: self.wanted.emit(path))
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            self.first = self.first or button
        else:
            grid.addWidget(label(path.stem, wrap=False), row, 0)
            remove = QPushButton("Take off the list")
            remove.setAccessibleName(f"Take {path.stem} off the list")
            remove.clicked.connect(lambda: self.unwanted.emit(path))
            grid.addWidget(remove, row, 3)
        grid.addWidget(Shortened(str(path.parent), "quiet"), row, 1)
        grid.addWidget(label(recent.when, "quiet", wrap=False), row, 2)
