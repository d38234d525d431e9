"""Our staff by role beside PCNs of our size: a sentence, a table of quartiles, and what they rest on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from nhsdesk.commands import workforce as commands
from nhsdesk.desktop.arrs.nwrs_panel import Panel
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import label
from nhsdesk.domain.pcns_of_our_size import Beside
from nhsdesk.sections.pcns_of_our_size import Facts

_HEADINGS = (
    "Role", "Our WTE", "Ours per 10,000", "Lower quarter", "Middle", "Upper quarter", "Where we stand",
)  # fmt: skip
_ROWS_SHOWN = 30


class BesidePanel(Panel):
    """Worked out beside the window when it is looked at, and again after a change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self._running = False
        self._sentence = label(role="h2")
        self._under_way = UnderWay(desk.background)
        self._trouble = Told()
        self.table = CellsTable("Staff by role beside PCNs of our size", _HEADINGS, range(1, 6), _ROWS_SHOWN)
        self._notes = label(role="help")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 8, 0)
        column.setSpacing(8)
        for part in (self._sentence, self._under_way, self._trouble, self.table, self._notes):
            column.addWidget(part)
        column.addStretch(1)

    def make_stale(self) -> None:
        """Something has changed since it was worked out."""
        self._stale = True

    def keep_up(self) -> None:
        """Works it out where it is no longer what the file holds."""
        if not self._stale or self._running:
            return
        self._stale, self._running = False, True
        database = self._desk.database

        def work(_: Job) -> Facts:
            return commands.beside(database)

        job = self._desk.background.start(
            "Comparing with PCNs of our size", work, self._show, failed=self._failed
        )
        self._under_way.follow(job, may_stop=False)

    def _show(self, facts: Facts) -> None:
        self._running = False
        self._trouble.tell("")
        self._sentence.setText(facts.missing or facts.in_short)
        self.table.show_cells(tuple(_cells(line) for line in facts.lines))
        self._notes.setText("\n".join(facts.notes))
        if self._stale and self.isVisible():
            self.keep_up()

    def _failed(self, sentence: str) -> None:
        self._running, self._stale = False, True
        self._trouble.tell(sentence)


def _cells(line: Beside) -> tuple[str, ...]:
    figures = (line.wte, line.ours, line.lower, line.median, line.upper)
    return (line.role_words, *(f"{figure:,}" for figure in figures), line.standing)
