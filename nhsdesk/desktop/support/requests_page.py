"""Requests and clocks: what is late, what will be late next, and the chosen request with all that may happen to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from nhsdesk.commands import support_requests
from nhsdesk.desktop import theme
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.commitments.parts import line, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page, scrolled_down
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.support.request_tabs import RequestTabs
from nhsdesk.desktop.support.step_line import StepLine
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import clock_words
from nhsdesk.domain.clocks import Stand
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.service_levels import Clock
from nhsdesk.sections.request_clocks import RequestView, forecast_order
from nhsdesk.store.database import Notice

CALM_MS = 150
MOST_ROWS = 500
"""As many as somebody reads; more are found by their words."""
MANY = 200
"""More requests than these are read beside the window."""

_EMPTY = (
    "No practice has asked for support yet. Draft a request in the list of support requests; it goes only with the "
    "words its practice has agreed to."
)
_HEADINGS = ("Ref", "Practice", "State", "Next limit", "How it stands")

_SHOWN: dict[str, Callable[[RequestView], bool]] = {
    "Open requests": lambda one: one.open,
    "Late": lambda one: one.open and bool(one.late),
    "Paused": lambda one: one.open and bool(one.waits),
    "Drafts": lambda one: one.open and one.clocks[0].stand is Stand.NOT_SENT,
    "All requests": lambda one: True,
}
_ORDERS: dict[str, Callable[[RequestView], tuple[object, ...]]] = {
    "What is late next": lambda one: forecast_order(one),
    "Practice": lambda one: (one.practice.casefold(), one.request.id),
    "State": lambda one: (one.state.value, one.request.id),
    "Newest": lambda one: (-one.request.id,),
}


class RequestsPage(Page):
    """The list above, the chosen request below it."""

    title = "Requests and clocks"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: tuple[RequestView, ...] = ()
        self._day: date | None = None
        self._job: Job | None = None
        self._chosen: Id | None = None
        self._just_done: Id | None = None
        self._finishing = False
        self._changed_ids: dict[str, set[int]] = {}
        self._build()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._look)
        desk.changed.connect(self._changed)

    # ---- what the window asks

    def shown(self) -> None:
        if any(clock.goes and clock.due_at is not None for one in self._seen for clock in one.clocks):
            self._day = None  # a limit in hours is nearer than it was
        if self._changed_ids or self._day != self.desk.database.today():
            self._look()

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return self.steps.finish_typing() and self.tabs.finish_typing()

    def selection_words(self) -> str:
        return counted(self.list.rowCount(), "request listed", "requests listed")

    # ---- looking

    def _changed(self, notice: Notice) -> None:
        for kind, ids in notice.changed.items():
            self._changed_ids.setdefault(kind, set()).update(ids)
        if self.isVisible():
            self._calm.start()

    def _look(self) -> None:
        """Reads what was changed since, and everything on the first look of a day: very many beside the window."""
        self._calm.stop()
        if self._job is not None and not self._job.over:
            return  # what was changed meanwhile is read when it ends
        database, changed, today = self.desk.database, self._changed_ids, self.desk.database.today()
        self._changed_ids = {}
        if self._day == today:
            self._take(
                self.desk.attempt(lambda: support_requests.seen_again(database, self._seen, changed)), today
            )
        elif self.desk.attempt(lambda: support_requests.number(database), 0) > MANY:
            words = "Reading the support requests"
            self._summary.setText(f"{words}…")
            self._job = self.desk.background.start(
                words, lambda _: support_requests.seen(database), lambda found: self._take(found, today)
            )
        else:
            self._take(self.desk.attempt(lambda: support_requests.seen(database)), today)

    def _take(self, found: tuple[RequestView, ...] | None, today: date) -> None:
        """Shows what was read; where nothing could be, everything is read the next time."""
        self._day = today if found is not None else None
        if found is None:
            return
        self._seen = found
        told = self.desk.attempt(lambda: support_requests.forecast(self.desk.database, found))
        open_ = sum(one.open for one in found)
        summary = (
            f"{counted(open_, 'request is', 'requests are')} open. {told.words if told is not None else ''}"
        )
        self._summary.setText(summary.strip() if found else _EMPTY)
        self._show_list()
        if self._changed_ids:
            self._calm.start()

    def _show_list(self) -> None:
        fits, wanted = _SHOWN[self.show_.currentText()], self.words.text().casefold().strip()
        rows = [one for one in self._seen if fits(one) and wanted in _found_by(one)]
        rows += [one for one in self._seen if one.request.id == self._just_done and one not in rows]
        rows.sort(key=_ORDERS[self.order.currentText()])
        self.list.show_rows([(one.request.id, _cells(one)) for one in rows[:MOST_ROWS]])
        more = len(rows) > MOST_ROWS
        self._more.setText(
            f"The first {MOST_ROWS:,} of {len(rows):,} are listed. Find the others by words." if more else ""
        )
        self._more.setVisible(more)
        self.selection_changed.emit()
        self._choose(self.list.current)

    def _choose(self, request: Id | None) -> None:
        if self._finishing or (request != self._chosen and not self._may_leave()):
            return
        if request != self._just_done:
            self._just_done = None
        self._chosen = request
        found = None
        if request is not None:
            found = self.desk.attempt(lambda: support_requests.detail(self.desk.database, request))
        self.steps.show_request(None if found is None else found.view)
        self.tabs.show_request(found)
        self.open.setEnabled(found is not None)

    def _may_leave(self) -> bool:
        """Keeps what was typed for the request chosen before; where that cannot be, it is chosen again."""
        if self._chosen not in {one.request.id for one in self._seen}:
            return True
        self._finishing = True
        try:
            if self.finish_typing():
                return True
        finally:
            self._finishing = False
        self.list.go_to(self._chosen)
        return bool(self.list.current != self._chosen)

    def _stepped(self) -> None:
        """A request that was just closed stays in sight until another is gone to: its practice is still to be told."""
        self._just_done = self._chosen
        self._look()

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show(SupportRequest.KIND.name, self.list.current)

    # ---- how it is laid out

    def _build(self) -> None:
        self._summary, self._more = label(role="quiet"), label(role="help")
        self.show_ = self._combo("Show", _SHOWN)
        self.order = self._combo("In order of", _ORDERS)
        self.words = line("Find", 200)
        self.words.textChanged.connect(lambda _: self._show_list())
        self.open = pressed("Open this request", "open", self._open)
        self.list = table("Support requests and their clocks", _HEADINGS, 1)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self._open())
        self.steps, self.tabs = StepLine(self.desk), RequestTabs(self.desk)
        self.steps.did.connect(self._stepped)
        self.tabs.did.connect(self._look)
        self._more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(6)
        column.addWidget(label(self.title, "h1"))
        column.addWidget(self._summary)
        column.addLayout(row("Show", self.show_, "In order of", self.order, "Find", self.words, self.open))
        column.addWidget(self._more)
        column.addWidget(self._halves(), 1)

    def _combo(self, name: str, choices: Iterable[str]) -> QComboBox:
        made = QComboBox()
        made.addItems(list(choices))
        made.setAccessibleName(name)
        made.setMinimumWidth(theme.px(120))
        made.currentIndexChanged.connect(lambda _: self._show_list())
        return made

    def _halves(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.steps)
        column.addWidget(self.tabs, 1)
        halves = Split(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        area = scrolled_down(below)
        area.setMinimumHeight(theme.px(190))  # in large type the page is scrolled, not this alone
        # The line has its place only once its layout has been worked out.
        self.steps.asking.connect(
            lambda: QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(self.steps.keep))
        )
        halves.addWidget(area)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        halves.setSizes([theme.px(200), theme.px(270)])
        return halves


def _found_by(one: RequestView) -> str:
    request = one.request
    return f"{request.ref} {one.practice} {request.summary or ''} {request.wanted_outcome or ''}".casefold()


def _cells(one: RequestView) -> tuple[str, ...]:
    nearest = one.next if one.open else None
    state = f"{one.state.words}, paused" if one.waits else one.state.words
    if nearest is None:
        return one.request.ref, one.practice, state, "None runs", ""
    limit = f"{_TO[nearest.clock]} by {clock_words.due(nearest)}"
    return one.request.ref, one.practice, state, limit, clock_words.short(nearest)


_TO = {Clock.ACKNOWLEDGE: "Acknowledge", Clock.OFFER: "Offer", Clock.RESOLVE: "Resolve"}
