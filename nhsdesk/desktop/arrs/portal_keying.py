"""Typing a claim into the portal: field after field in the portal's order, each copied by one key, ticked when done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import claims
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import label
from nhsdesk.domain import portal
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import ClaimLine
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.portal import PortalField
from nhsdesk.sections.claim_month import MonthView

NOT_BEGUN = "Begin the claim first: its lines are kept then, and ticked here as you type them."


class PortalKeying(QWidget):
    """Lines on the left with what is still to be typed; the fields of the current one on the right."""

    all_typed = Signal()
    """The last line that was still to be typed is ticked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: MonthView | None = None
        self._posts: dict[Id, Post] = {}
        self._shown: Id | None = None
        """The line whose fields stand there; told anew, it keeps its place."""
        self._left = label(role="h2")
        self.lines = PlainTable("Lines to type", ("Line", "Typed"), stretched=0)
        self.fields = PlainTable("Fields in the portal's order", ("Field", "Value"), stretched=1)
        self.copy = QPushButton("Copy and go on")
        self.tick = QPushButton("Typed")
        self._lay_out()
        self.lines.chosen.connect(self._show_fields)
        self.lines.opened.connect(lambda _: self.fields.setFocus(Qt.FocusReason.OtherFocusReason))
        self.fields.opened.connect(lambda _: self._copy_current())
        self.copy.clicked.connect(self._copy_current)
        self.tick.clicked.connect(self._tick_current)

    def show_month(self, seen: MonthView) -> None:
        """The month's lines with their ticks, in the order of the portal's labels."""
        self._seen = seen
        with self._desk.database.read() as reader:
            self._posts = reader.several(Post, {line.post for line in seen.lines})
        lines = self._ordered()
        self.lines.show_rows(
            [(line.id, (_label(line), "typed" if line.keyed else "to type")) for line in lines]
        )
        open_ = sum(not line.keyed for line in lines)
        if seen.claim is None:
            self._left.setText(NOT_BEGUN)
        elif open_:
            self._left.setText(f"{open_} of {len(lines)} still to type")
        else:
            self._left.setText(f"All {len(lines)} are typed")
        self._allow()

    def _ordered(self) -> list[ClaimLine]:
        lines = self._seen.lines if self._seen is not None else ()
        return sorted(lines, key=lambda line: (_label(line).casefold(), line.id))

    def _line(self) -> ClaimLine | None:
        key = self.lines.current
        return next((line for line in self._ordered() if line.id == key), None)

    def _show_fields(self, _: object = None) -> None:
        line = self._line()
        found = self._fields(line) if line is not None else ()
        self.fields.show_rows([((n, one.value), (one.label, one.value)) for n, one in enumerate(found)])
        if found and line is not None and line.id != self._shown:
            self.fields.setCurrentCell(0, 0)
        self._shown = None if line is None else line.id
        self._allow()

    def _fields(self, line: ClaimLine) -> tuple[PortalField, ...]:
        post = self._posts.get(line.post)
        if post is None or self._seen is None:
            return ()
        nothing = Money()
        return portal.fields(
            post, _label(line), self._seen.month, line.hours or Hours(), line.salary or nothing,
            line.employer_ni or nothing, line.employer_pension or nothing, line.fees or nothing,
        )  # fmt: skip

    def _copy_current(self) -> None:
        key = self.fields.current
        if key is None:
            return
        number, value = key
        QGuiApplication.clipboard().setText(value)
        name = self.fields.words(self.fields.currentRow())[0]
        self._desk.say(f"{name} was copied: {value or 'nothing, leave it blank'}.")
        if number + 1 < self.fields.rowCount():
            self.fields.setCurrentCell(number + 1, 0)
        else:
            self.tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick_current(self) -> None:
        line = self._line()
        if line is None or self._seen is None:
            return
        row = self.lines.currentRow()
        database = self._desk.database
        done = self._desk.attempt(lambda: claims.tick(database, line, typed=not line.keyed))
        if done is not None and not line.keyed:
            self.lines.setCurrentCell(min(row + 1, self.lines.rowCount() - 1), 0)
            self.fields.setFocus(Qt.FocusReason.OtherFocusReason)
            if all(one.keyed or one.id == line.id for one in self._seen.lines):
                self.all_typed.emit()

    def _allow(self) -> None:
        line = self._line()
        sealed = self._seen is None or self._seen.submitted
        may = line is not None and not sealed and not self._desk.database.read_only_because
        self.tick.setEnabled(may)
        self.tick.setText("Not typed after all" if line is not None and line.keyed else "Typed, next post")
        self.copy.setEnabled(line is not None)

    def _lay_out(self) -> None:
        icons.put(self.copy, "copy")
        icons.put(self.tick, "check")
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.fields, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.copy)
        row.addWidget(self.tick)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addWidget(
            label(
                "Enter copies a field and goes to the next. Figures have no commas and no pound sign.", "help"
            )
        )
        split = Split()
        split.addWidget(self.lines)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        for table in (self.lines, self.fields):
            table.setMinimumWidth(theme.px(120))
            table.setMinimumHeight(theme.px(140))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._left)
        column.addWidget(split, 1)


def _label(line: ClaimLine) -> str:
    return line.label or line.ref
