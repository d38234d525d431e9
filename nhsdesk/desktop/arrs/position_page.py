"""Position: entitlement, claimed, forecast to 31 March, and what would be lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import last_place, theme
from nhsdesk.desktop.arrs import position_work
from nhsdesk.desktop.arrs.next_year_part import NextYearPart
from nhsdesk.desktop.arrs.position_tables import Breakdown, NotClaimedPart, StartersPart
from nhsdesk.desktop.arrs.position_work import Ready, Wanted
from nhsdesk.desktop.arrs.rests_on_part import RestsOnPart
from nhsdesk.desktop.arrs.scenario_part import ScenarioPart
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.page import Page, scrolled_down, when_calm
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, pill
from nhsdesk.domain import outturn
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.sections.year_position import Position

CALM_MS = 400
"""After a change the year is worked out again when nothing has changed for so long."""

FIRST_YEAR = FinancialYear(2019)
_TOTALS = (
    ("entitlement", "Entitlement"),
    ("claimed", "Claimed, uplifts included"),
    ("paid_in_all", "Paid"),
    ("committed", "Filled, not yet claimed"),
    ("forecast", "Forecast outturn"),
    ("headroom", "Headroom"),
)
_TABS = (
    "By month",
    "By role",
    "Planned starters",
    "Not claimed",
    "Scenarios",
    "Next year",
    "What it rests on",
)


class PositionPage(Page):
    """Entitlement, claimed, forecast to 31 March, and what would be lost."""

    title = "Position"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: Wanted | None = None
        self._ready: Ready | None = None
        self._job: Job | None = None
        self._turn = 0
        self._fresh = False
        self._assuming: Id | None = None
        self.year = QComboBox()
        self._as_known = label(role="quiet")
        self._under_way = label("Working out the year…", "quiet")
        self._trouble = Told()
        self.figures: dict[str, QLabel] = {}
        self._loss = label(role="field")
        self._unsure = pill("", "warn")
        self.rests_on = RestsOnPart()
        self.tabs = QTabBar()
        self.months = Breakdown(desk, "By month")
        self.roles = Breakdown(desk, "By role")
        self.starters = StartersPart(desk)
        self.not_claimed = NotClaimedPart()
        self.scenarios = ScenarioPart(desk)
        self.next_year = NextYearPart(desk)
        self._parts: tuple[QWidget, ...] = (
            self.months, self.roles, self.starters, self.not_claimed, self.scenarios, self.next_year,
            self.rests_on,
        )  # fmt: skip
        self._calm = when_calm(self, self._keep_up, CALM_MS)
        self._lay_out()
        self._connect()

    # ---- what the window asks

    def shown(self) -> None:
        """The year as the file holds it now."""
        self._offer_years()
        if not self._fresh or self._of_another_day():
            self._work_out()
        self.scenarios.allow()

    def selection_words(self) -> str:
        """The year with its forecast and headroom."""
        if self._ready is None:
            return ""
        worked = self._ready.position.outturn
        left = "" if worked.headroom is None else f", {worked.headroom} headroom"
        return f"{worked.year}: {worked.forecast} forecast outturn{left}"

    # ---- keeping up

    def _changed(self, _: object) -> None:
        self._fresh = False
        if self.isVisible():
            self._calm.start()

    def _keep_up(self) -> None:
        if self.isVisible() and not self._fresh:
            self._work_out()

    def _of_another_day(self) -> bool:
        return self._wanted is None or self._wanted.known_on != self.desk.database.today()

    def _offer_years(self) -> None:
        """From the first year of the scheme to the next; this year to begin with."""
        this = FinancialYear.of(self.desk.database.today())
        years = [
            str(FinancialYear(year)) for year in range(this.first_year + 1, FIRST_YEAR.first_year - 1, -1)
        ]
        if years != [self.year.itemText(n) for n in range(self.year.count())]:
            first = last_place.year_of(
                self.desk.layout, self.desk.database.head.copy, self.desk.database.today()
            )
            was = self.year.currentText() or str(first)
            self.year.clear()
            self.year.addItems(years)
            self.year.setCurrentIndex(max(self.year.findText(was), 0))

    def _work_out(self) -> None:
        """Starts anew; what is under way is thrown away."""
        self._turn += 1
        if self._job is not None:
            self._job.cancel()
        turn, database = self._turn, self.desk.database
        year = FinancialYear.parse(self.year.currentText())
        self._wanted = wanted = Wanted(year, database.today(), self._assuming)
        self._fresh = True
        self._under_way.setText(f"Working out {wanted.year}…")
        job = self.desk.background.start(
            f"Working out {wanted.year}",
            lambda _: position_work.work_out(database, wanted),
            lambda ready: self._arrived(turn, ready),
            failed=lambda sentence: self._refused(turn, sentence),
        )
        self._job = None if job.over else job

    def _assume(self, scenario: Id | None) -> None:
        self._assuming = scenario
        self._work_out()

    def _over(self, job: Job) -> None:
        if job is self._job and job.cancelled:
            self._refused(self._turn, "The year was not worked out: it was cancelled. Choose the year again.")
        self.scenarios.allow()

    def _arrived(self, turn: int, ready: Ready) -> None:
        if turn != self._turn:
            return
        self._job, self._ready = None, ready
        self._under_way.setText("")
        self._trouble.tell("")
        self._show(ready)
        self.selection_changed.emit()

    def _refused(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self._job, self._fresh = None, False
            self._under_way.setText("")
            self._trouble.tell(sentence)

    # ---- showing it

    def _show(self, ready: Ready) -> None:
        position = ready.position
        self._as_known.setText(f"As known on {day_words(ready.wanted.known_on)}")
        self._show_totals(position)
        self.rests_on.show_position(position)
        self._tell_what_is_unsure(position)
        self.months.show_months(position.outturn)
        self.roles.show_roles(position.outturn)
        self.starters.show_position(position)
        self.not_claimed.show_position(position)
        self.scenarios.show_ready(ready)
        self.next_year.show_ready(ready)
        self.tabs.setTabText(2, _with_count(_TABS[2], len(position.starters)))
        self.tabs.setTabText(3, _with_count(_TABS[3], len(position.outturn.not_claimed)))
        self.tabs.setTabText(4, _with_count(_TABS[4], len(ready.compared)))
        self.tabs.setTabText(6, _with_count(_TABS[6], len(outturn.problems(position.outturn))))

    def _tell_what_is_unsure(self, position: Position) -> None:
        """In a word beside the figures; the tab of what they rest on has it whole."""
        points = len(outturn.problems(position.outturn))
        self._unsure.setText(counted(points, "point to know", "points to know"))
        self._unsure.setVisible(bool(points))

    def _show_totals(self, position: Position) -> None:
        worked = position.outturn
        amounts = {name: getattr(worked, name) for name, _ in _TOTALS[1:]}
        amounts["entitlement"] = worked.entitlement.amount
        for name, shown in self.figures.items():
            shown.setText(_figure(name, amounts[name], worked.complete))
        self._loss.setText(position.loss.words)

    # ---- how it is laid out

    def _connect(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.background.ended.connect(self._over)
        self.desk.background.began.connect(lambda _: self.scenarios.allow())
        self.year.activated.connect(lambda _: self._work_out())
        self.tabs.currentChanged.connect(self._turn_to)
        self.rests_on.wanted.connect(self.desk.show)
        for part in (self.months, self.roles):
            part.opened.connect(self._bring_to_sight)
        self.next_year.assumed.connect(self._assume)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        column.addLayout(self._made_heading())
        column.addWidget(self._trouble)
        column.addWidget(self._made_totals())
        column.addWidget(self.tabs)
        for number, (words, part) in enumerate(zip(_TABS, self._parts, strict=True)):
            self.tabs.addTab(words)
            column.addWidget(part)
            part.setVisible(number == 0)
        column.addStretch(1)
        self._unsure.hide()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Parts of the position")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled_down(inside)
        whole.addWidget(self._area)

    def _made_heading(self) -> QHBoxLayout:
        self.year.setAccessibleName("Financial year")
        named = label("Financial year", "field", wrap=False)
        named.setBuddy(self.year)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label("Position", "h1", wrap=False))
        line.addWidget(self._as_known, 1, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._unsure)
        line.addWidget(self._under_way)
        line.addWidget(named)
        line.addWidget(self.year)
        return line

    def _made_totals(self) -> QFrame:
        made, stack = card("ARRS forecast outturn")
        held = QWidget()
        flow = Flow()
        flow.setSpacing(theme.px(28))
        held.setLayout(flow)
        for name, words in _TOTALS:
            one = QWidget()
            column = QVBoxLayout(one)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            self.figures[name] = label(role="big", wrap=False)
            column.addWidget(self.figures[name])
            column.addWidget(label(words, "quiet", wrap=False))
            flow.addWidget(one)
        self._loss.setProperty("role", "h2")
        stack.addWidget(held)
        stack.addWidget(self._loss)
        return made

    def _bring_to_sight(self, part: QWidget) -> None:
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def _turn_to(self, number: int) -> None:
        for at, part in enumerate(self._parts):
            part.setVisible(at == number)


def _with_count(words: str, count: int) -> str:
    return f"{words} {count:,}" if count else words


def _figure(name: str, amount: Money | None, complete: bool) -> str:
    """An amount; where figures are missing, what it can be at least or at most."""
    if amount is None:
        return "Not known"
    if complete or name not in ("committed", "forecast", "headroom"):
        return str(amount)
    return f"{'at most' if name == 'headroom' else 'at least'} {amount}"
