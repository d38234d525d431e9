"""What may be claimed as an uplift: our figure of each post, its working, and the ICB's figure beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from nhsdesk.commands import icb_figures, uplifts
from nhsdesk.commands.icb_figures import Figures
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.beside import FieldBeside
from nhsdesk.desktop.arrs.fitted_table import FittedTable
from nhsdesk.desktop.block_box import PasteField
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.uplifts import Due, Uplift, UpliftLine
from nhsdesk.sections.uplifts import LineFacts, UpliftFacts

_HEADINGS = (
    "Post", "Portal label", "Months", "Claimed\nbefore", "Now", "Difference", "ICB's\nfigure", "Ours less\nthe ICB's",
    "Back-pay\npaid on",
)  # fmt: skip

_ICB = (6, 7)


class UpliftClaim(QFrame):
    """The lines of one uplift that are claimed, with the ICB's figures typed or pasted while it is a draft."""

    wanted = Signal(str)
    """The reference of a post somebody wants to see."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._uplift: Uplift | None = None
        self._lines: dict[str, LineFacts] = {}
        self._pasted: Figures | None = None
        self._none = label(role="help")
        self.table = FittedTable("To be claimed", _HEADINGS, figures=range(3, 8), stretched=1)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda ref: self.wanted.emit(ref or ""))
        self._steps_of = label(role="field")
        self.steps = QPlainTextEdit()
        self.steps.setReadOnly(True)
        self.steps.setTabChangesFocus(True)
        self.steps.setAccessibleName("How it is worked out")
        self._lay_out()

    def show_uplift(self, facts: UpliftFacts, uplift: Uplift | None) -> None:
        """The lines, of a kept uplift or of what is due now."""
        self._uplift = uplift
        lines = facts.of(Due.UPLIFT)
        self._lines = {line.post: line for line in lines}
        told = any(line.icb is not None for line in lines)
        for column in _ICB:
            self.table.setColumnHidden(column, not told)
        self.table.show_rows([(line.post, _cells(line)) for line in lines])
        self._none.setText("Nothing can be claimed for these months now." if not lines else "")
        self._none.setVisible(not lines)
        for part in (self._steps_of, self.steps):
            part.setVisible(bool(lines))
        self._icb.setVisible(uplift is not None and not facts.submitted)
        if uplift is not None and not self.all_told.hasFocus():
            self.all_told.setText("" if facts.icb_total is None else str(facts.icb_total))
        self.allow()

    def allow(self) -> None:
        """Keeps what can be pressed to what can be done just now."""
        may = self._desk.may_write
        for one in (self.write, self.write_all, self.paste):
            one.setEnabled(may)
        self.take.setEnabled(may and self._pasted is not None and bool(self._pasted.by_post))

    # ---- inside

    def _choose(self, ref: str | None) -> None:
        line = self._lines.get(ref or "")
        self.steps.setPlainText("\n".join(line.working) if line else "")
        self._steps_of.setText(f"How {line.post} {line.label[:60]} is worked out" if line else "")
        self._named.setText(f"ICB's figure for {line.post}" if line else "ICB's figure")
        self.figure.setText("" if line is None or line.icb is None else str(line.icb))

    def _write(self) -> None:
        line, uplift = self._lines.get(self.table.current or ""), self._uplift
        if line is None or uplift is None:
            return
        amount: Any = self._amount(self.figure)
        if isinstance(amount, Problem):
            return
        done = self._desk.attempt(
            lambda: uplifts.note_icb_figures(self._desk.database, uplift.id, {Id(int(line.post_id)): amount})
        )
        if done is not None:
            self._desk.say(f"The ICB's figure for {line.post} was written down.")
            self._next_row()

    def _next_row(self) -> None:
        """So that a list of figures is typed with Enter after each."""
        row = self.table.currentRow() + 1
        if row < self.table.rowCount():
            self.table.setCurrentCell(row, 0)
            self.figure.setFocus(Qt.FocusReason.OtherFocusReason)
            self.figure.selectAll()

    def _write_all(self) -> None:
        uplift = self._uplift
        amount: Any = self._amount(self.all_told)
        if uplift is None or isinstance(amount, Problem):
            return
        done = self._desk.attempt(lambda: uplifts.note_icb_total(self._desk.database, uplift.id, amount))
        if done is not None:
            self._desk.say("The ICB's figure in all was written down.")

    def _amount(self, edit: QLineEdit) -> Any:
        read = UpliftLine.KIND.field("icb").kind.read(edit.text(), self._desk.database.today())
        self._trouble.tell(read.sentence if isinstance(read, Problem) else "")
        return read

    def _paste(self, words: str) -> None:
        database = self._desk.database

        def read() -> Figures:
            with database.read() as reader:
                return icb_figures.read(reader, words, database.today())

        self._pasted = self._desk.attempt(read)
        found = self._pasted
        if found is not None:
            count = counted(len(found.by_post), "figure", "figures")
            told = f"{count}, {found.total} in all. Nothing is written yet."
            self._seen.setText(" ".join((told, *found.told)))
            self._seen.show()
            self.take.show()
            self.take.setText(on_a_button(f"Write {count} beside ours"))
        self.allow()

    def _take(self) -> None:
        uplift, found = self._uplift, self._pasted
        if uplift is None or found is None:
            return
        done = self._desk.attempt(
            lambda: uplifts.note_icb_figures(self._desk.database, uplift.id, found.by_post)
        )
        if done is not None:
            self._pasted = None
            self._seen.hide()
            self.take.hide()
            self._desk.say(f"{counted(done, 'figure was', 'figures were')} written beside ours.")
            self.allow()

    def _lay_out(self) -> None:
        self.steps.setFixedHeight(theme.px(150))
        self._icb = QWidget()
        self.figure, self.all_told = QLineEdit(), QLineEdit()
        self.figure.returnPressed.connect(self._write)
        one = FieldBeside("ICB's figure", self.figure, 130)
        self._named = one.named
        self.write = button("Write it down", "check")
        self.write.clicked.connect(self._write)
        in_all = FieldBeside("ICB's figure in all", self.all_told, 130)
        self.write_all = button("Write the total down", "check")
        self.write_all.clicked.connect(self._write_all)
        self.paste = PasteField()
        self.paste.setAccessibleName("Paste the ICB's figures here")
        self.paste.setPlaceholderText("Or paste the ICB's figures here: a post and an amount in each row")
        self.paste.given.connect(self._paste)
        self.take = button("Write the figures beside ours", "import")
        self.take.clicked.connect(self._take)
        self._seen = label(role="help")
        self._seen.hide()
        self.take.hide()
        self._trouble = Told()
        row = Flow()
        row.setSpacing(8)
        for part in (one, self.write, in_all, self.write_all):
            row.addWidget(part)
        below = Flow()
        below.addWidget(self.take)
        inner = QVBoxLayout(self._icb)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(row)
        inner.addWidget(self._trouble)
        inner.addWidget(self.paste)
        inner.addWidget(self._seen)
        inner.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (
            label("To be claimed", "h2"), self._none, self.table, self._steps_of, self.steps, self._icb,
        ):  # fmt: skip
            column.addWidget(widget)


def _cells(line: LineFacts) -> tuple[str, ...]:
    icb = "" if line.icb is None else str(line.icb)
    beside = "" if line.beside_icb is None else str(line.beside_icb)
    left = f" (left on {day_words(line.left_on)})" if line.left_on else ""
    paid = "" if line.back_paid_on is None else day_words(line.back_paid_on)
    sums = (str(line.was), str(line.now), str(line.difference), icb, beside)
    return (line.post, line.label[:80], str(line.month_count or ""), *sums, paid + left)
