"""The month-end check: each line with what is known beside it, and the answer somebody gives."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
)

from nhsdesk.commands import workforce as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.nwrs_panel import Panel
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.long_words import Whole
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label, on_a_button
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.workforce import CHECK_LINES, NwrsCheck, check_label
from nhsdesk.sections.nwrs_check import Facts

_ANSWERS: tuple[tuple[str, bool | None], ...] = (("Not answered", None), ("Yes", True), ("No", False))


class CheckPanel(Panel):
    """Six lines and a remark, kept as one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._month: Month | None = None
        self._held: tuple[tuple[bool | None, ...], str] = ((), "")
        self._answers: dict[str, QComboBox] = {}
        self._known: dict[str, QLabel] = {}
        self._state = label(role="quiet")
        self._keep = button("Keep the check", "save", primary=True)
        self._keep.clicked.connect(self._keep_check)
        self._likely = button("Answer yes where nothing speaks against it", "check")
        self._likely.clicked.connect(self._answer_likely)
        self._remarks = QPlainTextEdit()
        self._remarks.setAccessibleName("Remarks on the check")
        self._remarks.setTabChangesFocus(True)
        self._remarks.setFixedHeight(theme.px(72))
        self._remarks.textChanged.connect(self.allow)
        self._outcome = Told("")
        self._lay_out()

    def show_facts(self, facts: Facts) -> None:
        """Shows a month's check; answers that are not kept yet stay while it is the same month."""
        self._facts = facts
        unkept = self._month == facts.month and self._is_changed()
        if self._month != facts.month:
            self._outcome.tell("")
        self._month = facts.month
        self._held = (tuple(line.answer for line in facts.lines), facts.remarks)
        for line in facts.lines:
            self._known[line.name].setText(line.known)
            self._answers[line.name].setAccessibleDescription(line.known)
        if not unkept:
            for line in facts.lines:
                box = self._answers[line.name]
                box.blockSignals(True)
                box.setCurrentIndex([answer for _, answer in _ANSWERS].index(line.answer))
                box.blockSignals(False)
            self._remarks.blockSignals(True)
            self._remarks.setPlainText(facts.remarks)
            self._remarks.blockSignals(False)
        when = f"was taken on {day_words(facts.checked_on)}" if facts.checked_on else "is not taken yet"
        self._state.setText(f"The check for {facts.month.words} {when}.")
        self._keep.setText(on_a_button(f"Keep the {facts.month.words} check"))
        self.allow()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        because = self._desk.database.read_only_because
        for box in self._answers.values():
            box.setEnabled(not because)
        self._remarks.setReadOnly(bool(because))
        self._keep.setEnabled(self._is_changed() and self._desk.may_write)
        self._likely.setEnabled(not because)

    def finish(self) -> bool:
        """Keeps what was answered; False where that could not be done."""
        return not self._is_changed() or self._kept() is not None

    def _is_changed(self) -> bool:
        return self._month is not None and (self._given(), self._remarks.toPlainText()) != self._held

    def _given(self) -> tuple[bool | None, ...]:
        return tuple(_ANSWERS[self._answers[name].currentIndex()][1] for name in CHECK_LINES)

    def _kept(self) -> NwrsCheck | None:
        month = self._month
        if month is None:
            return None
        answers = dict(zip(CHECK_LINES, self._given(), strict=True))
        remarks = self._remarks.toPlainText()
        kept = self._desk.attempt(lambda: commands.take_check(self._desk.database, month, answers, remarks))
        if not isinstance(kept, NwrsCheck):
            return None
        self._held = (self._given(), remarks)
        self.allow()
        return kept

    def _keep_check(self) -> None:
        kept = self._kept()
        if kept is not None:
            self._outcome.tell(f"The check is kept as {kept.ref}. Undo takes it back.")

    def _answer_likely(self) -> None:
        for line in self._facts.lines:
            box = self._answers[line.name]
            if not line.doubtful and line.known_well and box.currentIndex() == 0:
                box.setCurrentIndex(1)

    # ---- how it is laid out

    def _lay_out(self) -> None:
        framed, stack = card("Before the extract")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, name in enumerate(CHECK_LINES):
            box = QComboBox()
            box.setAccessibleName(check_label(name))
            box.addItems([words for words, _ in _ANSWERS])
            box.currentIndexChanged.connect(self.allow)
            named = Whole(check_label(name), "")
            named.setBuddy(box)
            self._answers[name], self._known[name] = box, Whole("", "quiet")
            grid.addWidget(named, row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(self._known[name], row, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        remarks = label("Remarks", "field", wrap=False)
        remarks.setBuddy(self._remarks)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._keep)
        line.addWidget(self._likely)
        line.addStretch(1)
        stack.addLayout(grid)
        stack.addWidget(remarks)
        stack.addWidget(self._remarks)
        stack.addLayout(line)
        stack.addWidget(self._outcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._state)
        column.addWidget(framed)
        column.addStretch(1)
