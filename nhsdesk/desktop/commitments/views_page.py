"""Views: questions about all commitments on the left, each with its count; on the right the entries that answer it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.commands import commitments, duties
from nhsdesk.desktop import theme
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.answers_table import AnswersTable
from nhsdesk.desktop.commitments.new_commitment import FourAnswersPanel
from nhsdesk.desktop.commitments.row_actions import RowActions
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.commitment_views import VIEWS, View
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.held import Held, Row
from nhsdesk.store.database import Database

MOST_ROWS = 500
"""A longer answer is read in the register, which filters; here it is told how many more there are."""


LOOKING = "Looking at all commitments…"


@dataclass(frozen=True, slots=True)
class _Answered:
    """What all questions rest on, the answers to each, and how many duties are behind."""

    held: Held
    answers: dict[str, tuple[Row, ...]]
    behind: int


def _answered(database: Database) -> _Answered:
    held = commitments.held(database)
    return _Answered(held, {view.title: view.rows(held) for view in VIEWS}, duties.behind(database))


class ViewsPage(FollowingPage):
    """The questions, the answers to the chosen one, and a new commitment in four answers."""

    title = "Views"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._held: Held | None = None
        self._job: Job | None = None
        self._answers: dict[str, tuple[Row, ...]] = {}
        self._tables: dict[str, AnswersTable] = {}
        self._build()

    # ---- what the window asks

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def selection_words(self) -> str:
        rows = self._answers.get(self.view.title, ())
        return f"{self.view.title}: {counted(len(rows), 'entry', 'entries')}"

    @property
    def view(self) -> View:
        """The question in front."""
        return VIEWS[max(self.list.currentRow(), 0)]

    @property
    def table(self) -> AnswersTable:
        """The answers in front."""
        return self._tables[self.view.title]

    # ---- looking

    def look(self) -> None:
        """Asks all questions beside the window; what was answered before stays in sight meanwhile."""
        if self._job is not None:
            self._job.cancel()
        if self._held is None:
            self._more.setText(LOOKING)
        database = self.desk.database
        self._job = self.desk.background.start(
            "Looking at all commitments", lambda _: _answered(database), self._show
        )

    def _show(self, found: _Answered) -> None:
        self._held, self._answers = found.held, found.answers
        for at, view in enumerate(VIEWS):
            if (item := self.list.item(at)) is not None:
                number = len(self._answers[view.title])
                item.setText(f"{view.title}: {number:,}")
        self.actions_.show_behind(found.behind)
        self._show_answers()

    def _show_answers(self) -> None:
        if self._held is None:
            return
        view, rows = self.view, self._answers[self.view.title]
        if view.title not in self._tables:
            self._tables[view.title] = self._new_table(view)
        table = self._tables[view.title]
        self._stack.setCurrentWidget(table)
        self._heading.setText(view.title)
        self._asks.setText(view.asks)
        says = view.says(self._held)
        self._says.setText(says)
        self._says.setVisible(bool(says))
        table.show_rows([((row.kind, row.id), row.cells) for row in rows[:MOST_ROWS]])
        more = len(rows) - MOST_ROWS
        told = f"And {more:,} more. Filter the register to see them." if more > 0 else ""
        self._more.setText(told or ("" if rows else "Nothing answers this question."))
        self._more.setVisible(bool(self._more.text()))
        self.selection_changed.emit()

    def _new_table(self, view: View) -> AnswersTable:
        table = AnswersTable(f"{view.title}: answers", view.headings)
        table.chosen.connect(self.actions_.show_entry)
        table.opened.connect(lambda entry: self.desk.show(*entry))
        self._stack.addWidget(table)
        return table

    # ---- doing

    def _begin(self) -> None:
        if self.desk.may_write:
            self.four.begin()

    def _added(self, made: Commitment) -> None:
        self.look_now()
        self.desk.say(f"{made.ref} was added. What is not yet known of it waits under Half-known.")

    # ---- how it is laid out

    def _build(self) -> None:
        self.new = button("New commitment", "add", primary=True)
        self.new.setToolTip("Ctrl+N")
        self.new.setEnabled(not self.desk.database.read_only_because)
        self.new.clicked.connect(lambda _=False: self._begin())
        keys = QShortcut(QKeySequence("Ctrl+N"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._begin)
        self.four = FourAnswersPanel(self.desk)
        self.four.added.connect(self._added)
        self.four.left.connect(lambda: self.new.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list = QListWidget()
        self.list.setAccessibleName("Questions about commitments")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(theme.px(150))
        self.list.setMinimumHeight(theme.px(120))
        for view in VIEWS:
            self.list.addItem(QListWidgetItem(view.title))
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _: self._show_answers())
        self._heading, self._asks = label(role="h1"), label(role="quiet")
        self._says, self._more = label(), label(role="quiet")
        self._stack = QStackedWidget()
        self.actions_ = RowActions(self.desk)
        self.actions_.did.connect(self.look_now)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(12, 8, 12, 12)
        inside.addWidget(label("Questions", "h2"))
        inside.addWidget(self.list, 1)
        right = _AsHighAsItsLines()
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.px(12), 0, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self.new, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self._asks)
        column.addWidget(self.four)
        column.addWidget(self._says)
        column.addWidget(self._stack, 1)
        column.addWidget(self._more)
        column.addWidget(self.actions_)
        split = Split()
        split.addWidget(left)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(250), theme.px(870)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 12)
        whole.addWidget(split, 1)


class _AsHighAsItsLines(QWidget):
    """Never lower than its buttons and sentences need when they go on in the next line: a splitter does not ask."""

    def minimumSizeHint(self) -> QSize:
        least, inside = super().minimumSizeHint(), self.layout()
        if inside is None or not inside.hasHeightForWidth():
            return least
        return least.expandedTo(QSize(0, inside.minimumHeightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
