"""Which of our roles each role of the NWRS counts as: as shipped, as settled here, or not settled by anybody."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from nhsdesk.commands import workforce as commands
from nhsdesk.desktop.arrs.nwrs_panel import Panel
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import NEW
from nhsdesk.domain.workforce import CountsAs, Crosswalk, folded
from nhsdesk.sections.workforce import Facts

_HEADINGS = ("Role on NWRS", "Counts as", "Rows of ours", "Settled here", "Source")
_ROWS_SHOWN = 8
_NONE = "Not an ARRS role"
_ROLES: tuple[Role | None, ...] = (None, *sorted(Role, key=lambda role: role.words))


class CrosswalkPanel(Panel):
    """The lines, unsettled ones first, and below them what to settle."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._roles: list[str] = []
        self._settled: dict[str, CountsAs] = {}
        self._sentence = label(role="h2")
        self.table = CellsTable("Crosswalk", _HEADINGS, (2,), _ROWS_SHOWN)
        self.table.selectionModel().currentRowChanged.connect(self._marked)
        self._role = QLineEdit()
        self._role.setAccessibleName("Role on NWRS")
        self._role.textChanged.connect(self.allow)
        self._counts_as = QComboBox()
        self._counts_as.setAccessibleName("Counts as")
        self._counts_as.addItems([_NONE if role is None else role.words for role in _ROLES])
        self._source = QLineEdit()
        self._source.setAccessibleName("Who says so")
        self._settle = button("Settle this line", "save", primary=True)
        self._settle.clicked.connect(self._settle_line)
        self._take_back = button("Count it as shipped", "undo")
        self._take_back.clicked.connect(self._as_shipped)
        self._outcome = Told("")
        self._lay_out()

    def show_facts(self, facts: Facts, lines: tuple[CountsAs, ...]) -> None:
        """Shows the crosswalk in force; a role of our rows that is not in it stands first."""
        counted_rows = {folded(one.nwrs_role): one.rows for one in facts.crosswalk}
        self._settled = {folded(line.nwrs_role): line for line in lines}
        unsettled = [(one.nwrs_role, "Not settled", f"{one.rows:,}", "No", "") for one in facts.unknown]
        known = [
            (
                line.nwrs_role, line.role_words, f"{counted_rows.get(folded(line.nwrs_role), 0):,}",
                "No" if line.entry == NEW else "Yes", line.source,
            )
            for line in lines
        ]  # fmt: skip
        rows = (*unsettled, *known)
        self._roles = [row[0] for row in rows]
        self.table.show_cells(rows)
        many = len(unsettled)
        self._sentence.setText(
            f"{counted(many, 'role of our rows is', 'roles of our rows are')} not settled, and counted as nothing."
            if many
            else "Every role of our rows is settled."
            if facts.rows
            else "No rows of ours are taken in. These are the roles known so far."
        )
        self.allow()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        words = self._role.text()
        line = self._settled.get(folded(words))
        self._settle.setEnabled(bool(words.strip()) and self._desk.may_write)
        self._take_back.setEnabled(line is not None and line.entry != NEW and self._desk.may_write)

    def _marked(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._roles):
            return
        words = self._roles[row]
        line = self._settled.get(folded(words))
        self._role.setText(words)
        self._counts_as.setCurrentIndex(0 if line is None else _ROLES.index(line.role))
        self._source.setText(line.source if line is not None and line.entry != NEW else "")

    def _settle_line(self) -> None:
        role = _ROLES[max(self._counts_as.currentIndex(), 0)]
        words, source = self._role.text(), self._source.text()
        kept = self._desk.attempt(lambda: commands.settle(self._desk.database, words, role, source))
        if isinstance(kept, Crosswalk):
            counts = _NONE if kept.role is None else kept.role.words
            self._outcome.tell(f"{kept.ref} is settled: it counts as “{counts}”. Undo takes it back.")

    def _as_shipped(self) -> None:
        words = self._role.text()
        if self._desk.attempt(lambda: commands.as_shipped(self._desk.database, words), 0):
            self._outcome.tell("What was settled here is taken back. Undo brings it again.")

    # ---- how it is laid out

    def _lay_out(self) -> None:
        framed, stack = card("Settle what a role counts as")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        fields = ((self._role, "Role on NWRS"), (self._counts_as, "Counts as"), (self._source, "Who says so"))
        for column, (field, words) in enumerate(fields):
            named = label(words, "field", wrap=False)
            named.setBuddy(field)
            grid.addWidget(named, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._settle)
        line.addWidget(self._take_back)
        line.addStretch(1)
        stack.addLayout(grid)
        stack.addLayout(line)
        stack.addWidget(self._outcome)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 8, 0)
        whole.setSpacing(8)
        for part in (self._sentence, self.table, framed):
            whole.addWidget(part)
        whole.addStretch(1)
