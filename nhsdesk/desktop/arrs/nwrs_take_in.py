"""Taking in our own export from the NWRS: pasted or chosen, looked at, then kept as one step."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import workforce as commands
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.employers import Incoming

_KEPT = (
    "Only identifier, staff group, roles, hours, start and leave date, still working here and record status are kept. "
    "Names, dates of birth, national insurance numbers, gender and ethnicity are left behind before anything is shown."
)


class TakeIn(QWidget):
    """Where rows are pasted or a file is chosen; `begin` is the button that opens it, for the page to place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.begin = button("Take in an NWRS export…", "import")
        self.begin.clicked.connect(self._show_box)
        self._outcome = Told("")
        self._framed: QFrame | None = None
        """Made when it is first opened: few who look at the page take an export in."""
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(8)
        self._whole.addWidget(self._outcome)

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        self.begin.setEnabled(not self._desk.database.read_only_because)
        if self._framed is not None:
            self._allow_rows()

    def _allow_rows(self) -> None:
        ready = bool(self.box.rows()) and not self.box.missing() and not self.box.reading().unsettled
        self._accept.setEnabled(ready and self._desk.may_write)

    def _made_box(self) -> QFrame:
        framed, stack = card("Take in an NWRS export")
        self.box = BlockBox(self._desk, commands.WANTED, Incoming.NWRS)
        self._accept = button("Take these rows in", "import", primary=True)
        self._accept.clicked.connect(self._take_in)
        leave = button("Leave them", "cancel")
        leave.clicked.connect(self._put_away)
        self.box.changed.connect(self._allow_rows)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._accept)
        line.addWidget(leave)
        line.addStretch(1)
        stack.addWidget(label(_KEPT, "help"))
        stack.addWidget(self.box)
        stack.addLayout(line)
        self._allow_rows()
        return framed

    def _show_box(self) -> None:
        self._outcome.tell("")
        if self._framed is None:
            self._framed = self._made_box()
            self._whole.addWidget(self._framed)
        self._framed.show()
        self.begin.hide()
        self.box.take_focus()

    def _put_away(self) -> None:
        self.box.clear()
        if self._framed is not None:
            self._framed.hide()
        self.begin.show()
        self.begin.setFocus()

    def _take_in(self) -> None:
        source = self.box.source()
        rows, headings = self.box.rows(), self.box.headings()
        name = source.name if source else commands.PASTED
        kept = self._desk.attempt(lambda: commands.take_in(self._desk.database, rows, name, headings))
        if isinstance(kept, DataSet):
            self._put_away()
            self._outcome.tell(
                f"Taken in as {kept.ref}: {counted(kept.rows, 'row', 'rows')}. Undo takes it back."
            )
