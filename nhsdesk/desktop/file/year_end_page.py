"""Close a year, open the next: the steps in their order, the chosen one beside them, and the year closed at the end.

The year is looked at beside the window; whoever passes through does not wait for it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import year_end
from nhsdesk.commands.year_end import Seen
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.fitted_table import FittedTable
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.year_end_closing import ClosingPart
from nhsdesk.desktop.file.year_end_step import StepPart
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.pills import TONE, PillDelegate
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.year_end import StepTold, YearStep

LOOKING = "Looking at the year…"
_NARROW = 780
"""Below so many pixels at 100 % the chosen step stands below the list."""
_STANDS = 1


class YearEndPage(FollowingPage):
    """Every step with how it stands; what is to do is done here, or on the page that the button leads to."""

    title = "Close a year"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Seen | None = None
        self._job: Job | None = None
        self._turn = 0
        self._looked_on = desk.database.today()
        self.year = QComboBox()
        self.year.setAccessibleName("Financial year")
        self.year.activated.connect(lambda _: self.look_now())
        self._short, self._looking, self._trouble = label("", "quiet"), label("", "help"), Told()
        self.steps = FittedTable("Steps", ("Step", "Stands"), most=len(YearStep))
        self.steps.setItemDelegateForColumn(_STANDS, PillDelegate(self.steps))
        self.steps.chosen.connect(lambda _: self._show_step())
        self.step = StepPart(desk)
        self.closing = ClosingPart(desk)
        for part in (self.step, self.closing):
            part.done.connect(self._again)
        self.closing.asked.connect(self._bring_to_sight)
        theme.changes.made.connect(self._keep_width)
        desk.background.began.connect(lambda _: self._allow())
        desk.background.ended.connect(self._over)
        self._lay_out()

    # ---- what the window asks

    def shown(self) -> None:
        if self._stale or self._looked_on != self.desk.database.today():
            self.look_now()

    def take_focus(self) -> None:
        self.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def selection_words(self) -> str:
        """How the year stands."""
        return self._seen.end.words if self._seen is not None else ""

    def look_now(self) -> None:
        """Looks if the page is in front still."""
        if self.isVisible():
            super().look_now()

    def look(self) -> None:
        self._stop()
        database, year = self.desk.database, self._wanted
        self._looked_on, turn = database.today(), self._turn
        self._say(LOOKING)
        job = self.desk.background.start(
            "Looking at the year’s end",
            lambda _: year_end.see(database, year),
            lambda seen: self._arrived(turn, seen),
            failed=lambda sentence: self._refused(turn, sentence),
        )
        self._job = None if job.over else job

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes on does not wait; the page looks again when it comes back."""
        super().hideEvent(event)
        if self._job is not None:
            self._stop()
            self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if self.width() < theme.px(_NARROW) else beside)

    # ---- looking

    @property
    def _wanted(self) -> FinancialYear | None:
        """The year that was chosen; None before there is a choice."""
        chosen = self.year.currentText()
        return FinancialYear.parse(chosen) if chosen else None

    def _again(self) -> None:
        """Looks once more after something was done here, whether or not the file tells of it."""
        self._stale = True
        self._calm.start()

    def _stop(self) -> None:
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _over(self, job: Job) -> None:
        if job is self._job and job.cancelled:
            self._refused(self._turn, "The year was not looked at: it was cancelled. Choose the year again.")
        self._allow()

    def _refused(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self._job, self._stale = None, True
            self._say("")
            self._trouble.tell(sentence)

    def _arrived(self, turn: int, seen: Seen) -> None:
        if turn != self._turn:
            return
        self._job, self._seen = None, seen
        self._say("")
        self._trouble.tell("")
        self._show(seen)
        self.selection_changed.emit()

    def _say(self, words: str) -> None:
        self._looking.setText(words)
        self._looking.setVisible(bool(words))

    # ---- showing it

    def _show(self, seen: Seen) -> None:
        end = seen.end
        self.year.clear()
        self.year.addItems([str(year) for year in seen.years])
        if self.year.findText(str(end.year)) < 0:
            self.year.addItem(str(end.year))
        self.year.setCurrentText(str(end.year))
        self._short.setText(end.words)
        rows = [
            (one.step, (f"{n} {one.step.words}", one.standing.words)) for n, one in enumerate(end.steps, 1)
        ]
        self.steps.show_rows(rows)
        for at, one in enumerate(end.steps):
            if (item := self.steps.item(at, _STANDS)) is not None:
                item.setData(TONE, one.standing.tone)
        self._keep_width()
        self._show_step()
        self.closing.show_year(seen)

    def _keep_width(self) -> None:
        """No step and no word of how it stands is cut off beside the chosen step."""
        wanted = sum(self.steps.sizeHintForColumn(column) for column in range(self.steps.columnCount()))
        self.steps.setMinimumWidth(wanted + theme.px(24))

    def _show_step(self) -> None:
        told = self._chosen
        self.step.setVisible(told is not None)
        if told is not None and self._seen is not None:
            self.step.show_step(self._seen.end, told)

    @property
    def _chosen(self) -> StepTold | None:
        steps = self._seen.end.steps if self._seen is not None else ()
        return next((one for one in steps if one.step is self.steps.current), None)

    def _allow(self) -> None:
        self.step.allow()
        self.closing.allow()

    def _bring_to_sight(self, part: QWidget) -> None:
        """Once what has come to stand there has found its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    # ---- how it is laid out

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        column.addLayout(self._made_heading())
        for one in (self._short, self._looking, self._trouble):
            column.addWidget(one)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._made_list(), 2)
        self._columns.addWidget(self.step, 3)
        column.addLayout(self._columns)
        column.addWidget(self.closing)
        column.addStretch(1)
        self.step.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled_down(inside)
        whole.addWidget(self._area)

    def _made_list(self) -> QFrame:
        framed, stack = card("Steps")
        stack.addWidget(self.steps)
        stack.addStretch(1)
        return framed

    def _made_heading(self) -> QHBoxLayout:
        named = label("Financial year", "field", wrap=False)
        named.setBuddy(self.year)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label("Close a year, open the next", "h1"), 1)
        line.addWidget(named)
        line.addWidget(self.year)
        return line
