"""Risk map: the open risks on a square of five by five and as a list, and a new score noted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nhsdesk.commands import risks as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.commitments.risk_map import Cell, RiskMap
from nhsdesk.desktop.commitments.risk_score import RiskScoring
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.sections import risks as section
from nhsdesk.sections.risks import Facts, RiskFacts

_HEADINGS = ("Risk", "What may happen", "Score", "Trend", "Target", "Review on")


class _BesideOrBelow(QWidget):
    """Two parts beside each other where there is room for both, else one below the other."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._parts = (first, second)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(12))
        for part, stretch in zip(self._parts, (5, 2), strict=True):
            self._box.addWidget(part, stretch)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider part alone: they can always stand below each other."""
        wide = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(wide, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        both = sum(part.minimumSizeHint().width() for part in self._parts) + self._box.spacing()
        side = QBoxLayout.Direction.LeftToRight
        self._box.setDirection(side if event.size().width() >= both else QBoxLayout.Direction.TopToBottom)


class RisksPage(FollowingPage):
    """The square, beside it the chosen risk, and below them the list of all that is open or of one cell."""

    title = "Risk map"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._facts = Facts((), (), ())
        self._cell: Cell | None = None
        self._build()

    # ---- what the window asks

    def take_focus(self) -> None:
        self.map.setFocus(Qt.FocusReason.OtherFocusReason)

    def selection_words(self) -> str:
        return section.summary(self._facts.lines)

    # ---- looking

    def look(self) -> None:
        seen = self.desk.attempt(lambda: commands.view(self.desk.database))
        if seen is None:
            return
        if not self._facts.lines and seen.lines and seen.lines[0].score is not None:
            self.map.go_to(seen.lines[0].likelihood or 1, seen.lines[0].consequence or 1)
        self._facts = seen
        self._summary.setText(section.summary(seen.lines))
        self.map.show_risks(seen.lines)
        unscored = sum(line.score is None for line in seen.lines)
        self._unscored.setText(
            f"{counted(unscored, 'risk has', 'risks have')} no score and no place on the map."
        )
        self._unscored.setVisible(bool(unscored))
        self._offer()
        self._show_list()
        self.selection_changed.emit()

    def _offer(self) -> None:
        """A register with nothing in it is offered what others have named."""
        offered = self.desk.attempt(lambda: commands.starters(self.desk.database), ())
        self._starter.setVisible(bool(offered))
        words = " ".join(f"“{one.event}.”" for one in offered)
        self._offered.setText(
            f"The register is empty. Others have named this: {words} It comes without a score, and its words are yours "
            "to change."
        )
        self.take.setEnabled(not self.desk.database.read_only_because)

    def _show_list(self) -> None:
        lines = [
            line for line in self._facts.lines if self._cell in (None, (line.likelihood, line.consequence))
        ]
        words = counted(len(lines), "risk", "risks")
        if self._cell is None:
            self._listed.setText(f"All that is open: {words}")
        else:
            self._listed.setText(f"Likelihood {self._cell[0]}, consequence {self._cell[1]}: {words}")
        self.all.setVisible(self._cell is not None)
        self.table.show_rows([(Id(int(line.id)), _cells(line)) for line in lines])

    # ---- doing

    def _list_cell(self, likelihood: int, consequence: int) -> None:
        self._cell = (likelihood, consequence)
        self._show_list()
        if self.table.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.say(self._listed.text())

    def _list_all(self) -> None:
        self._cell = None
        self._show_list()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, risk: Id | None) -> None:
        self.scoring.show_risk(next((line for line in self._facts.lines if line.id == str(risk)), None))

    def _take(self) -> None:
        added = self.desk.attempt(lambda: commands.add_starters(self.desk.database), ())
        if added:
            self.look_now()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk.say(f"{added[0].ref} is in the register. Undo takes it out again.")

    # ---- how it is laid out

    def _build(self) -> None:
        self._summary = label(role="quiet")
        self.map = RiskMap()
        self.map.asked.connect(self._list_cell)
        self._unscored = label(role="quiet")
        self._listed = label(role="h2")
        self.all = button("Show all", "back")
        self.all.clicked.connect(lambda _=False: self._list_all())
        self.scoring = RiskScoring(self.desk)
        self.scoring.opened.connect(lambda risk: self.desk.show("risk", risk))
        self.table = PlainTable("Open risks", _HEADINGS, stretched=1)
        self.table.setMinimumWidth(theme.px(190))
        self.table.setMinimumHeight(theme.px(112))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda risk: self.desk.show("risk", risk))
        self.take = button("Add this risk", "add", primary=True)
        self.take.clicked.connect(lambda _=False: self._take())
        self._starter, self._offered = self._starter_card()
        self._lay_out()

    def _starter_card(self) -> tuple[QFrame, QLabel]:
        made, stack = card("Begin the register")
        offered = label()
        stack.addWidget(offered)
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addStretch(1)
        stack.addLayout(row)
        made.hide()
        return made, offered

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(6)
        column.addWidget(label("Risk map", "h1"))
        column.addWidget(self._summary)
        column.addWidget(self._starter)
        column.addWidget(_BesideOrBelow(self._square(), self.scoring), 3)
        row = QHBoxLayout()
        row.addWidget(self._listed, 1)
        row.addWidget(self.all)
        column.addLayout(row)
        column.addWidget(self.table, 2)

    def _square(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        told = "Likelihood from 5 at the top down to 1, consequence from 1 at the left to 5"
        column.addWidget(label(told, "field"))
        column.addWidget(self.map, 1)
        column.addWidget(label("1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme", "help"))
        column.addWidget(self._unscored)
        return whole


def _cells(line: RiskFacts) -> tuple[str, ...]:
    return (
        f"{line.ref} (restricted)" if line.restricted else line.ref,
        line.event,
        line.band.words if line.score is None else f"{line.score} {line.band.value}",
        line.trend,
        section.target_words(line),
        section.review_words(line),
    )
