"""What the position's figures rest on: what they lack, with the way to each entry, and what they assume."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.desktop.arrs.position_tables import framed
from nhsdesk.desktop.papers.problem_list import ProblemList
from nhsdesk.desktop.words import label
from nhsdesk.domain import outturn
from nhsdesk.domain.problems import Weight
from nhsdesk.sections.year_position import Position


class RestsOnPart(QWidget):
    """What the figures lack, each with the way to its entry, and what they assume."""

    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._problems = ProblemList()
        self._assumes = label()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._problems)
        whole.addWidget(framed(label("What the forecast assumes", "h2"), self._assumes))
        self._problems.wanted.connect(self.wanted.emit)

    def show_position(self, position: Position) -> None:
        """Nothing here stops anybody from reading the figures: all of it is for information."""
        told = outturn.problems(position.outturn)
        self._problems.show_problems([replace(one, weight=Weight.NOTE) for one in told])
        self._assumes.setText("\n".join(position.loss.assumes))
