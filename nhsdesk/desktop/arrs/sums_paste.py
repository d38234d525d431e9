"""Sums a head pasted as a table: what each row becomes is looked at before any is taken in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import rates
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.blocks import Row, Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.sum_table import NEEDED, JudgedSum, SumsTold

_KNOWN_BY = {
    "stream": ("for", "stream", "money", "funding", "what for"),
    "part": ("part",),
    "year": ("year", "financial year"),
    "per_head": (
        "pounds a head a year",
        "pounds a head",
        "per head",
        "a head",
        "rate",
        "amount per head",
        "per patient",
    ),
    "base": ("base", "population", "list"),
    "counted_on": ("counted on", "count date", "as at", "date"),
    "paid_to": ("paid to", "payee"),
}
WANTED = tuple(
    Wanted(name, Sum.KIND.field(name).label, Sum.KIND.field(name).kind, headings, needed=name in NEEDED)
    for name, headings in _KNOWN_BY.items()
)
_HELP = (
    "Copy the sums with their headings: For, Year, Pounds a head a year, Base, Counted on; Part and Paid to where they "
    "matter. Words are as in the register of sums. Sums are taken in unconfirmed; those on file are never changed, but "
    "superseded on the day these were published."
)


class SumsPaste(QWidget):
    """Paste, say when it was published and where it is written, look, and take it in as one step."""

    added = Signal(str)
    """What was added, in a sentence."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._judged: tuple[JudgedSum, ...] = ()
        self.box = BlockBox(desk, WANTED, Incoming.RATES)
        self.published = AskedField("Sums published on", "", 220, "26 March 2026")
        self.source = AskedField(
            "Where the sums are written", "", 420, "Network Contract DES 2026/27, section 10"
        )
        self._told = label()
        self._take = button("Add sums a head", "add")
        self._take.clicked.connect(self._take_in)
        self.box.changed.connect(self.refresh)
        for field in (self.published, self.source):
            field.done.connect(self.refresh)
        framed, stack = card("Paste sums a head")
        line = QHBoxLayout()
        line.addWidget(self._take)
        line.addStretch(1)
        stack.addWidget(label(_HELP, "help"))
        stack.addWidget(self.box)
        stack.addLayout(in_a_row(self.published, self.source))
        stack.addWidget(self._told)
        stack.addLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)
        self.refresh()

    def refresh(self) -> None:
        """Looks anew at what was pasted, beside what is on file now."""
        rows = [(row.number, row.values) for row in self.box.rows()]
        told = self._said(quiet=not rows)
        self._judged = rates.judge_sums(self._desk.database, rows, told) if told is not None else ()
        self._told.setText("\n".join(_sentences(self.box.rows(), self._judged)))
        self._told.setVisible(bool(self._judged))
        taken = sum(one.takes for one in self._judged)
        words = counted(taken, "sum a head", "sums a head") if taken else "sums a head"
        self._take.setText(on_a_button(f"Add {words}"))
        self.allow()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self._take.setEnabled(any(one.takes for one in self._judged) and self._desk.may_write)

    def _said(self, *, quiet: bool) -> SumsTold | None:
        told = rates.told_of_sums(self._desk.database, self.published.words, self.source.words)
        wrong = {} if isinstance(told, SumsTold) or quiet else {one.field: one.sentence for one in told}
        self.published.tell(wrong.get("published_on", ""))
        self.source.tell(wrong.get("source", ""))
        return told if isinstance(told, SumsTold) else None

    def _take_in(self) -> None:
        judged = self._judged
        taken = self._desk.attempt(lambda: rates.take_sums(self._desk.database, judged))
        if taken:
            self.box.clear()
            words = counted(taken, "sum a head", "sums a head")
            self.added.emit(f"Added {words}, not yet confirmed. Undo takes them back.")


def _sentences(rows: Sequence[Row], judged: Sequence[JudgedSum]) -> list[str]:
    """What the table comes to; of a row with a word that cannot be read, that word."""
    if not judged:
        return []
    unread = {row.number: [problem.sentence for problem in row.problems] for row in rows if row.problems}
    told = [f"{rates.totals(judged)}."]
    for one in judged:
        told += unread.get(one.row) or [f"Row {one.row}: {problem.sentence}" for problem in one.told]
    return told[:_MOST_TOLD]


_MOST_TOLD = 9
