"""Statements: the portal's statement beside what was claimed, line by line, and what became of the claim."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import statements
from nhsdesk.desktop.arrs.claim_note import ClaimNote
from nhsdesk.desktop.arrs.fitted_table import FittedTable
from nhsdesk.desktop.arrs.statement_taking import StatementTaking
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.page import Page, scrolled_down
from nhsdesk.desktop.papers.period_field import PeriodField
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.claimed import ClaimStage
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.statements import Compared, Finding
from nhsdesk.papers import Period
from nhsdesk.sections import statements as gathered
from nhsdesk.sections.statements import MonthStatement, statement_words
from nhsdesk.sections.uplifts import LineFacts

_HEADINGS = (
    "Post", "Portal label", "In words", "We claimed", "Paid", "Paid less\nclaimed", "Statement\nsays", "Approved",
)  # fmt: skip
_BACK = ("Post", "Portal label", "Months", "Claimed before", "Now", "To be paid back", "Why")
_GRAVEST = list(Finding)
_NONE_YET = (
    "No statement for {month} was taken in. Copy it from the claims portal, or choose the file the ICB sent, and it is "
    "laid beside the claim post by post."
)


class StatementsPage(Page):
    """A month, what its statement comes to in sentences, and the lines it rests on."""

    title = "Statements"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: MonthStatement | None = None
        self._lines: tuple[Compared, ...] = ()
        self._posts: dict[str, Id] = {}
        self.period = PeriodField(desk.database)
        self.period.ask_for(Period.MONTH)
        self.period.changed.connect(self._look)
        self.begin = button("Take in a statement…", "import", primary=True)
        self.begin.clicked.connect(self._begin)
        self.taking = StatementTaking(desk)
        self.taking.left.connect(self._taken)
        self._build()
        self._lay_out()
        desk.changed.connect(self._changed)
        desk.background.began.connect(self._allow)
        desk.background.ended.connect(self._allow)

    # ---- what the window asks

    def shown(self) -> None:
        self.period.show_value()
        self._look()

    def take_focus(self) -> None:
        self.period.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def selection_words(self) -> str:
        seen = self._seen
        if seen is None or seen.reconciled is None:
            return ""
        sums = seen.reconciled.totals
        return f"{seen.month.words}: claimed {sums.claimed}, paid {sums.paid}"

    # ---- looking

    def _changed(self, _: object) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        month = self.period.month
        if month is None or self.period.problem:
            return
        seen = self.desk.attempt(lambda: self._gathered(month))
        if seen is None:
            return
        self._seen = seen
        if not self.taking.isHidden():
            self.taking.show_month(month)
        self._show_head(seen)
        self._show_lines(seen)
        self._show_back(seen.recoveries)
        self._show_note(seen)
        self._allow()
        self.selection_changed.emit()

    def _gathered(self, month: Month) -> MonthStatement:
        with self.desk.database.read() as reader:
            found = gathered.gather(reader, month, self.desk.database.today())
        self._posts = {f"{post.ref} {post.title_words()}": post.id for post in found.posts}
        if [self.which.itemText(n) for n in range(self.which.count())] != list(self._posts):
            self.which.clear()
            self.which.addItems(list(self._posts))
        return found

    def _show_head(self, seen: MonthStatement) -> None:
        parts = []
        if seen.claim is not None:
            stage = seen.stage.value if seen.stage else seen.claim.state.value
            parts.append(f"Claim {seen.claim.ref}, {stage}.")
        if seen.statement is not None:
            parts.append(f"Statement {statement_words(seen.statement)}.")
        if seen.others:
            older = ", ".join(statement_words(one) for one in seen.others)
            parts.append(f"Taken in before and not counted: {older}.")
        self._head.setText(f"{seen.month.words_with_number}")
        self._which.setText(" ".join(parts))
        told = seen.told or (() if seen.statement else (_NONE_YET.format(month=seen.month.words),))
        self._told.setText("\n".join(told))

    def _show_lines(self, seen: MonthStatement) -> None:
        every = seen.reconciled.lines if seen.reconciled else ()
        self._lines = tuple(sorted(every, key=lambda line: _GRAVEST.index(line.findings[0])))
        self.table.show_rows([(n, _cells(line)) for n, line in enumerate(self._lines)])
        if not self._lines:
            self._offer(None)

    def _show_back(self, lines: tuple[LineFacts, ...]) -> None:
        self.back.show_rows([(line.post, _back_cells(line)) for line in lines])
        self._back_card.setVisible(bool(lines))

    def _show_note(self, seen: MonthStatement) -> None:
        sums = seen.reconciled.totals if seen.reconciled else None
        told = " ".join(gathered.query_words(seen))
        self.note.show_claim(
            seen.claim, amount=sums.paid if sums and sums.paid else None, told=told, may=self.desk.may_write
        )
        claim = seen.claim
        if claim is None:
            words = "No claim for this month is on file."
        elif not seen.may_be_noted:
            words = f"{claim.ref} is a draft. What becomes of it is noted once it is marked as submitted."
        else:
            when = f" on {day_words(claim.submitted_on)}" if claim.submitted_on else ""
            words = (
                f"{claim.ref} was submitted{when}. It stays as it is; what became of it is written beside it."
            )
        self.note.standing.setText(words)

    def _allow(self, _: object = None) -> None:
        self.begin.setEnabled(not self.desk.database.read_only_because)
        self.match.setEnabled(self.desk.may_write)
        self.taking.allow()
        if self._seen is not None:
            self._show_note(self._seen)

    # ---- doing

    def _begin(self) -> None:
        if self.period.month is not None:
            self.taking.open_for(self.period.month)

    def _taken(self) -> None:
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, row: int | None) -> None:
        """Offers to say which post a line is for."""
        line = self._lines[row] if row is not None and row < len(self._lines) else None
        one = line is not None and len(line.lines) == 1
        self._matching.setVisible(one)
        if line is None or not one:
            return
        self._match_words.setText(f"The statement's line “{line.label[:60]}” is for the post")
        names = {id_: name for name, id_ in self._posts.items()}
        self.which.setCurrentText(names.get(line.post or Id(0), ""))
        self._trouble.tell("")

    def _match(self) -> None:
        row = self.table.current
        post = self._posts.get(self.which.currentText())
        if row is None:
            return
        if post is None:
            self._trouble.tell("Choose a post from the list.")
            return
        line = self._lines[row].lines[0]
        done = self.desk.attempt(lambda: statements.match_line(self.desk.database, line, post))
        if done is not None:
            self.desk.say(f"The line was matched to {self.which.currentText()}.")

    def _open(self, row: int | None) -> None:
        line = self._lines[row] if row is not None else None
        if line is not None and line.post is not None:
            self.desk.show("post", line.post)

    def _open_back(self, ref: str | None) -> None:
        post = next((id_ for name, id_ in self._posts.items() if ref and name.startswith(f"{ref} ")), None)
        if post is not None:
            self.desk.show("post", post)

    # ---- how it is laid out

    def _build(self) -> None:
        self._head = label(role="h2")
        self._which = label(role="quiet")
        self._told = label()
        self.table = FittedTable("Statement beside the claim", _HEADINGS, figures=range(3, 8), stretched=2)
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(self._open)
        self._match_words = label(role="field")
        self.which = QComboBox()
        self.which.setEditable(True)
        self.which.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.which.setAccessibleName("Post the line is for")
        if (found := self.which.completer()) is not None:
            found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.match = button("Match it to this post", "link")
        self.match.clicked.connect(self._match)
        self._trouble = Told()
        self.back = FittedTable("To be paid back", _BACK, figures=range(3, 6), stretched=6)
        self.back.opened.connect(self._open_back)
        self.note = ClaimNote(self.desk, (ClaimStage.QUERIED, ClaimStage.PAID))

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(label("Statements", "h1"))
        top = QHBoxLayout()
        top.addWidget(self.period)
        top.addStretch(1)
        top.addWidget(self.begin)
        column.addLayout(top)
        column.addWidget(self.taking)
        column.addWidget(self._month_card())
        self._back_card, stack = card("To be paid back")
        stack.addWidget(
            label(
                "Months of this year that claimed more than they may with what is known now. The claims stay as they "
                "were; tell the ICB.",
                "help",
            )
        )
        stack.addWidget(self.back)
        column.addWidget(self._back_card)
        noted, stack = card("What became of the claim")
        stack.addWidget(self.note)
        column.addWidget(noted)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled_down(inside))

    def _month_card(self) -> QFrame:
        framed = QFrame()
        framed.setObjectName("card")
        stack = QVBoxLayout(framed)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.setSpacing(8)
        for part in (self._head, self._which, self._told, self.table):
            stack.addWidget(part)
        self._matching = QWidget()
        inner = QVBoxLayout(self._matching)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        row = Flow()
        row.setSpacing(8)
        self.which.setMinimumContentsLength(34)
        row.addWidget(self.which)
        row.addWidget(self.match)
        inner.addWidget(self._match_words)
        inner.addLayout(row)
        inner.addWidget(self._trouble)
        stack.addWidget(self._matching)
        return framed


def _cells(line: Compared) -> tuple[str, ...]:
    ours, paid, theirs, approved = map(_amount, (line.ours, line.paid, line.theirs, line.approved))
    gap = "" if Finding.AGREES in line.findings or line.ours is None else str(-line.gap)
    return (line.ref or "none", line.label[:80], line.words, ours, paid, gap, theirs, approved)


def _amount(amount: Money | None) -> str:
    return "" if amount is None else str(amount)


def _back_cells(line: LineFacts) -> tuple[str, ...]:
    amounts = (str(line.was), str(line.now), str(-line.difference))
    return (line.post, line.label[:80], line.months, *amounts, line.because)
