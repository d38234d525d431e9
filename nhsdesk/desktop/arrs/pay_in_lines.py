"""The lines of a block as they would be taken in: what to look at first, and a question for a row that wants one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nhsdesk.desktop.arrs.pay_in_fields import ChoiceField
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.money import Money
from nhsdesk.domain.pay_in import Difference
from nhsdesk.domain.pay_matching import How
from nhsdesk.domain.problems import Weight
from nhsdesk.sections.pay_seen import Seen, SeenLine

_HEADINGS = (
    "Row", "Post", "Month before", "Look at", "Salary", "Employer NI", "Pension", "Fees", "Total", "Its pay",
    "As they name it",
)  # fmt: skip
_FIGURES = (4, 5, 6, 7, 8)
_ROWS_SHOWN = 12
_LEAVE_OUT = "none of ours: leave the row out"
_RANKS = {Weight.MUST_FIX: 0, Weight.ACKNOWLEDGE: 1, Weight.NOTE: 2}
_WORTH_A_LOOK = (Difference.UP, Difference.DOWN, Difference.NEW)


class PayInLines(QWidget):
    """What stands in the way first, then what changed, then the rest."""

    said = Signal(int, object)
    """A row's number, and the post it is for or None for none of ours."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._order: list[SeenLine] = []
        self._short = label()
        self._gone = label(role="help")
        self._sum = label(role="help")
        self.table = CellsTable("Lines matched to posts", _HEADINGS, _FIGURES, _ROWS_SHOWN)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._ask_of_current())
        self._question = self._made_question()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        for part in (self._short, self._question, self.table, self._gone, self._sum):
            stack.addWidget(part)

    def show_seen(self, seen: Seen) -> None:
        """Shows what taking it in would do."""
        self._seen = seen
        self._order = sorted(seen.lines, key=_rank)
        self._short.setText(in_short(seen))
        self._gone.setText(_gone_words(seen))
        self._gone.setVisible(bool(seen.gone))
        self._sum.setText(seen.reconciled.words)
        self.table.show_cells(tuple(_cells(one) for one in self._order))
        self._ask(seen.open[0] if seen.open else None)

    def take_focus(self) -> None:
        """Goes to the question that is open."""
        self._which.box.setFocus()

    # ---- one row

    def _made_question(self) -> QFrame:
        made = QFrame()
        made.setObjectName("card")
        self._asked = label()
        self._which = ChoiceField("Which post is it for?", 32)
        self._use = button("Use it for this row", "check")
        self._use.clicked.connect(self._answer)
        line = Flow()
        line.setSpacing(12)
        line.addWidget(self._which)
        line.addWidget(self._use)
        stack = QVBoxLayout(made)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.addWidget(self._asked)
        stack.addLayout(line)
        made.hide()
        return made

    def _ask_of_current(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._order):
            self._ask(self._order[row])

    def _ask(self, line: SeenLine | None) -> None:
        self._question.setVisible(line is not None)
        if line is None or self._seen is None:
            return
        self._row = line.match.line.number
        self._asked.setText(_question_words(line))
        likely = set(line.match.offered)
        posts = sorted(self._seen.offered, key=lambda post: (post.id not in likely, post.ref))
        offered = [(post.words, post.id) for post in posts]
        self._which.offer([*offered, (_LEAVE_OUT, None)], line.post.id if line.post else None)
        if likely:
            self._which.box.setCurrentIndex(0)
        self._use.setText(f"Use it for row {self._row:,}")

    def _answer(self) -> None:
        self.said.emit(self._row, self._which.value())


def _rank(one: SeenLine) -> tuple[int, int, int]:
    weight = min((_RANKS[problem.weight] for problem in one.problems), default=3)
    return (weight if weight < 2 else 2, one.compared.difference not in _WORTH_A_LOOK, one.match.line.number)


def _cells(one: SeenLine) -> tuple[str, ...]:
    line, figures = one.match.line, one.match.line.figures
    post = one.post.words if one.post else "to be said" if one.match.asked else "none of ours"
    compared = one.compared.words if one.post else ""
    return (
        f"{line.number:,}",
        post,
        compared,
        " ".join(problem.sentence for problem in one.problems),
        *map(_amount, figures.parts),
        _amount(figures.cost),
        _pay_words(one),
        line.label or line.payroll_ref or line.post_ref,
    )


def _amount(amount: Money | None) -> str:
    return "" if amount is None else str(amount)


def _pay_words(one: SeenLine) -> str:
    if one.change.add:
        return f"changes to {one.change.add[0].salary}"
    if one.change.put:
        return f"put right to {one.change.put[0].salary}"
    return "as it is" if one.post else ""


def _question_words(line: SeenLine) -> str:
    sent = line.match.line
    named = sent.label or sent.payroll_ref or sent.post_ref
    what = ", ".join(
        words for words in (f"“{named[:60]}”" if named else "", _amount(sent.figures.cost)) if words
    )
    told = " ".join(problem.sentence for problem in line.problems if problem.weight is Weight.MUST_FIX)
    if not told:
        by = f", by {line.match.how.value}" if line.match.how not in (None, How.SAID, How.BEFORE) else ""
        told = f"It is for {line.post.words}{by}." if line.post else "It is for none of our posts."
    return f"Row {sent.number:,} ({what}): {told}" if what else f"Row {sent.number:,}: {told}"


def in_short(seen: Seen) -> str:
    """How much of it is for our posts, what changed, and what must be said first."""
    matched = len(seen.matched)
    told = [f"{counted(matched, 'row is', 'rows are')} for posts of ours, of {len(seen.lines):,}."]
    if seen.open:
        told.append(f"{counted(len(seen.open), 'row', 'rows')} must be decided on first.")
    by_kind = [
        (sum(one.compared.difference is difference for one in seen.matched), difference.value)
        for difference in (Difference.NEW, Difference.UP, Difference.DOWN)
    ]
    changed = ", ".join(f"{number:,} {word}" for number, word in by_kind if number)
    if changed:
        told.append(f"Beside the month before: {changed}.")
    pay = sum(bool(one.change) for one in seen.lines)
    told.append(f"The pay of {counted(pay, 'post', 'posts')} will follow." if pay else "No pay changes.")
    return " ".join(told)


def _gone_words(seen: Seen) -> str:
    if not seen.gone:
        return ""
    named = "; ".join(f"{one.post.words} ({_amount(one.compared.before)})" for one in seen.gone[:8])
    more = f"; and {len(seen.gone) - 8} more" if len(seen.gone) > 8 else ""
    return f"Gone since the month before: {named}{more}."
