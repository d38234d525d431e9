"""How a form comes to be: the fields in sight at once, the others a few at a time between two keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.form_line import Line, end_of, made_line
from nhsdesk.desktop.words import label
from nhsdesk.domain.fields import Field, RecordKind

AT_ONCE = 8
"""Fields made together: about what is in sight."""


class BuiltForm(QScrollArea):
    """The fields of a kind, one below the other, each with its label, its help and what is wrong with it."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self.kind = kind
        self._desk = desk
        self._lines: dict[str, Line] = {}
        self._unbuilt = list(kind.fields)
        self._building = QTimer(self)
        self._building.setInterval(0)
        self._building.timeout.connect(self._build_more)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _line_added(self, line: Line) -> None:
        """Overridden: what to do with a field that has come to be."""

    def _more_built(self) -> None:
        """Overridden: fills the fields that have come to be."""

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 8, 16, 16)
        self._column.setSpacing(4)
        self._seal = label("", "banner")
        self._seal.hide()
        self._column.addWidget(self._seal)
        self._headings = {first: heading for heading, first in self.kind.groups}
        self._build_some()
        self._column.addStretch(1)
        self.setWidget(inside)

    def _go_on_building(self) -> None:
        if self._unbuilt:
            self._building.start()

    def _build_some(self) -> None:
        """The next few fields: what is in sight comes at once, the rest between two keys."""
        some, self._unbuilt = self._unbuilt[:AT_ONCE], self._unbuilt[AT_ONCE:]
        for field in some:
            if field.name in self._headings:
                self._add_heading(self._headings[field.name])
            self._add_line(field)

    def _build_more(self) -> None:
        self._build_some()
        if not self._unbuilt:
            self._building.stop()
        self._more_built()

    def _build_all(self) -> None:
        while self._unbuilt:
            self._build_more()

    def _add_heading(self, words: str) -> None:
        heading = label(words, "h2")
        heading.setContentsMargins(0, 12, 0, 4)
        self._column.insertWidget(end_of(self._column), heading)

    def _add_line(self, field: Field) -> None:
        line = made_line(field, self._desk)
        self._column.insertLayout(end_of(self._column), line.whole)
        self._lines[field.name] = line
        self._line_added(line)
