"""One step of a year's end: how it stands and why, the entries it concerns, and what does it or where it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import duties, year_end
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.tick_table import TickTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.bodies import Seat
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.year_end import Concerned, StepTold, YearEnd, YearStep

MOST = 100
"""Entries that are listed at once; those after them come when these are done."""

_TICKED = (YearStep.POSTS, YearStep.TERMS)
"""Steps of which entries are ticked and changed together."""

_ELSEWHERE: dict[YearStep, tuple[tuple[str, str, str], ...]] = {
    YearStep.LISTS: (
        ("Take in the yearly file", "PCN file", "PCN file"),
        ("Type the counts", "ARRS", "Rates and rules"),
    ),
    YearStep.RATES: (("Open rates and rules", "ARRS", "Rates and rules"),),
    YearStep.POSTS: (("Open the posts", "ARRS", Post.KIND.plural),),
    YearStep.DUTIES: (("Open the duties’ list", "Commitments", "Lists"),),
    YearStep.TERMS: (("Open bodies and seats", "Meetings", "Bodies and seats"),),
    YearStep.CARRIED: (
        ("Open the actions", "Meetings", "Actions"),
        ("Open the requests", "Support and funds", "Requests and clocks"),
    ),
    YearStep.FILINGS: (("Open the filings", "Returns and papers", "Filings"),),
    YearStep.OUTTURN: (
        ("Open the claim month", "ARRS", "Claim month"),
        ("Open the position", "ARRS", "Position"),
    ),
}
"""Where a step is done: the words on the button, a place and its tab."""


class StepPart(QFrame):
    """The step that is chosen in the list beside it."""

    done = Signal()
    """Something was changed here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._end: YearEnd | None = None
        self._step: YearStep | None = None
        self._entries: dict[int, Concerned] = {}
        framed = QFrame()
        framed.setObjectName("card")
        stack = QVBoxLayout(framed)
        stack.setContentsMargins(16, 14, 16, 14)
        stack.setSpacing(8)
        self._heading, self._told = label(role="h2"), label()
        self._more, self._trouble = label(role="help"), Told()
        self.list = TickTable("Entries of this step", ("Ref", "What", "Stands"), wrapped=(1, 2))
        self.list.setMinimumWidth(theme.px(160))
        self.list.setMinimumHeight(theme.px(216))
        self.list.ticked_changed.connect(self.allow)
        self.list.chosen.connect(lambda _: self.allow())
        self.list.opened.connect(lambda _: self._open())
        self.to = line("Extend to")
        self.all = pressed("Tick all", "check", lambda: self.list.tick_all(True))
        self.extend = pressed("Extend what is ticked", "clock", self._extend)
        self.let_go = pressed("Let what is ticked go", "cancel", self._let_go)
        self.make_days = pressed("Make the days that are missing", "add", self._make_days, primary=True)
        self.open = pressed("Open this entry", "open", self._open)
        self._to_row = row("Extend to", self.to, self.extend, self.let_go, self.all)
        self._bulk = QWidget()
        self._bulk.setLayout(self._to_row)
        self._ways = {step: self._made_ways(step) for step in YearStep}
        stack.addWidget(self._heading)
        stack.addWidget(self._told)
        stack.addWidget(self.list, 1)
        stack.addWidget(self._more)
        stack.addWidget(self._bulk)
        held = QWidget()
        buttons = row(self.make_days, *(one for ways in self._ways.values() for one in ways), self.open)
        held.setLayout(buttons)
        stack.addWidget(held)
        stack.addWidget(self._trouble)
        stack.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def _made_ways(self, step: YearStep) -> tuple[QPushButton, ...]:
        return tuple(
            pressed(words, "open", partial(self._desk.show_page, place, tab))
            for words, place, tab in _ELSEWHERE[step]
        )

    def show_step(self, end: YearEnd, told: StepTold) -> None:
        """Shows a step in place of what stands there; what was ticked of the same step stays ticked."""
        same = told.step is self._step
        ticked = {self._entries[key].id for key in self.list.ticked} if same else set()
        if not same:
            self._trouble.tell("")
        self._end, self._step = end, told.step
        self._heading.setText(f"{told.step.words}: {told.standing.value}")
        self._told.setText(told.told)
        shown = told.entries[:MOST]
        self._entries = dict(enumerate(shown))
        rows = [(key, (one.ref, one.what, one.told)) for key, one in self._entries.items()]
        keys = {key for key, one in self._entries.items() if one.id in ticked}
        fixed = () if told.step in _TICKED else tuple(self._entries)
        self.list.offer(rows, keys, fixed)
        self.list.setColumnHidden(0, not any(one.ref for one in shown))
        self.list.setVisible(bool(shown))
        beyond = len(told.entries) - len(shown)
        self._more.setText(f"And {beyond:,} more, which are listed when these are done." if beyond else "")
        self._more.setVisible(bool(beyond))
        self._bulk.setVisible(told.step in _TICKED and bool(shown))
        self.let_go.setVisible(told.step is YearStep.POSTS)
        self.to.setPlaceholderText("Empty: no end" if told.step is YearStep.POSTS else "")
        for step, ways in self._ways.items():
            for one in ways:
                one.setVisible(step is told.step)
        self.make_days.setVisible(told.step is YearStep.DUTIES)
        self.allow()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        writes = self._desk.may_write
        ticked = writes and bool(self.list.ticked)
        self.extend.setEnabled(ticked)
        self.let_go.setEnabled(ticked)
        self.all.setEnabled(bool(self._entries))
        behind = any(one.step is YearStep.DUTIES for one in self._end.to_do) if self._end else False
        self.make_days.setEnabled(writes and behind)
        chosen = self._chosen
        self.open.setVisible(bool(self._entries))
        self.open.setEnabled(chosen is not None and bool(chosen.kind))

    @property
    def _chosen(self) -> Concerned | None:
        return self._entries.get(self.list.current)

    # ---- what the person does

    def _open(self) -> None:
        one = self._chosen
        if one is not None and one.kind:
            self._desk.show(one.kind, one.id)

    def _extend(self) -> None:
        end, ids = self._end, self._ticked()
        if end is None:
            return
        to = self._read_to(needed=self._step is YearStep.TERMS)
        if isinstance(to, Problem):
            self._trouble.tell(to.sentence)
            return
        if self._step is YearStep.POSTS:
            self._do(lambda: year_end.extend_posts(self._desk.database, end.year, ids, to))
        elif to is not None:
            self._do(lambda: year_end.extend_terms(self._desk.database, end.year, ids, to))

    def _read_to(self, *, needed: bool) -> date | Problem | None:
        """The day that was typed; none is no end, which a term is not given here."""
        kind = Seat.KIND.field("ends").kind
        read: date | Problem | None = kind.read(self.to.text(), self._desk.database.today())
        if read is None and needed:
            return Problem("Give the day to which the terms are extended. Nothing was changed.")
        return read

    def _let_go(self) -> None:
        end, ids = self._end, self._ticked()
        if end is not None:
            self._do(lambda: year_end.let_posts_go(self._desk.database, end.year, ids))

    def _make_days(self) -> None:
        def work() -> str:
            made = duties.bring_up_to_date(self._desk.database)
            gone = f", {made.removed:,} taken out" if made.removed else ""
            return f"{made.added:,} {'day was' if made.added == 1 else 'days were'} made{gone}."

        self._do(work)

    def _ticked(self) -> set[Id]:
        return {self._entries[key].id for key in self.list.ticked}

    def _do(self, work: Callable[[], str | Problem]) -> None:
        """Does it, says what came of it, and has the year looked at again."""
        told = self._desk.attempt(work)
        self._trouble.tell(told.sentence if isinstance(told, Problem) else "")
        if isinstance(told, str):
            self._desk.say(told)
            self.done.emit()
