"""Today: what is due and late for whoever looks, meetings and papers, money, questions, and what others changed.

It is gathered beside the window once the page has been in front for a moment, part by part; whoever passes through does
not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.today_list import TodayList
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import today as rules
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.today import Line, Opens

if TYPE_CHECKING:  # loaded when the page is first gathered
    from nhsdesk.commands.today import Looker
    from nhsdesk.desktop.today_money import TodayMoney
    from nhsdesk.sections.today import Changed, MoneyFacts

EVERYBODY = "Everybody"
LOOKING = "Looking at the PCN file…"
_NARROW = 880
"""Below so many pixels at 100 % all cards stand in one column."""
_NOT_LOOKED = "Not all of this was looked up: it was cancelled. Go to another page and back to look again."
_FROM_NOW = "What others change, or a merge brings, is listed here from now on."


class TodayPage(FollowingPage):
    """The page the window opens on."""

    title = "Today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._looker: Looker | None = None
        self._me: Id | None = None
        self._due: tuple[Line, ...] = ()
        self._jobs: list[Job] = []
        self._turn = 0
        self._looked_on = desk.database.today()
        self._position = 0
        self._told: dict[str, str] = {}
        self._money: TodayMoney | None = None
        self.day, self.short, self.looking = label("", "h1"), label("", "quiet"), label("", "help")
        self.me = QComboBox()
        self.me.setAccessibleName("Whose work is shown")
        self.me.addItem(EVERYBODY, None)
        self.me.activated.connect(self._chosen)
        self.sheet = button("Week sheet", "print")
        self.sheet.clicked.connect(lambda: desk.show_paper("week-sheet-own"))
        self.needs = self._list("What needs you", "Nothing is overdue, and nothing is due by next Sunday.")
        self.papers = self._list(
            "Papers and meetings", "No paper is to be sent, and nobody meets, by next Sunday."
        )
        self.questions = self._list("Questions without an answer", "No question waits for an answer.")
        self.changes = self._list("What others changed", "Nothing by others since you last looked.", "Who")
        self.seen = button("I have seen these", "check")
        self.seen.clicked.connect(self._saw)
        self._lay_out()
        desk.background.ended.connect(self._over)

    # ---- what the window asks

    def shown(self) -> None:
        today = self.desk.database.today()
        self.day.setText(f"{rules.WEEKDAYS[today.weekday()]} {day_words(today)}")
        if self._stale or self._looked_on != today:
            self._stale = True
            self._say(LOOKING)
            self._calm.start()

    def take_focus(self) -> None:
        self.me.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_now(self) -> None:
        """Looks if the page is in front still."""
        if self.isVisible():
            super().look_now()

    def look(self) -> None:
        """Gathers every part beside the window, the quickest first."""
        from nhsdesk.commands import today

        self._stop()
        database = self.desk.database
        self._looked_on = database.today()
        self._say(LOOKING)
        self._gather("who looks", lambda: today.looker(database), self._show_looker)
        self._gather("what is due", lambda: today.due(database), self._show_due)
        self._gather("papers and meetings", lambda: today.papers_and_meetings(database), self._show_papers)
        self._gather("questions", lambda: today.questions(database), self._show_questions)
        seen = self.desk.layout.word(self._key)
        since = int(seen) if seen.isdecimal() else None
        self._gather("what others changed", lambda: today.changed(database, since), self._show_changes)
        self._gather("money", lambda: today.money(database), self._show_money)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes on does not wait; the page looks again when it comes back."""
        super().hideEvent(event)
        if self._jobs:
            self._stop()
            self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if self.width() < theme.px(_NARROW) else beside)

    # ---- gathering

    def _gather(self, what: str, work: Callable[[], Any], show: Callable[[Any], None]) -> None:
        turn = self._turn

        def done(found: Any) -> None:
            if turn == self._turn:
                show(found)

        job = self.desk.background.start(f"Looking at {what}", lambda _: work(), done)
        if not job.over:
            self._jobs.append(job)

    def _stop(self) -> None:
        self._turn += 1
        for job in self._jobs:
            job.cancel()
        self._jobs.clear()

    def _over(self, job: Job) -> None:
        if job not in self._jobs:
            return
        if job.cancelled:
            self._stop()
            self._stale = True
            self._say(_NOT_LOOKED)
            return
        self._jobs.remove(job)
        if not self._jobs:
            self._say("")

    def _say(self, words: str) -> None:
        """What is under way, or that it was given up; nothing where all is shown."""
        self.looking.setText(words)
        self.looking.setVisible(bool(words))

    # ---- who looks

    def _show_looker(self, found: Looker) -> None:
        if found == self._looker:
            return
        self._looker = found
        kept = self.desk.layout.word(f"today.me.{found.family}")
        self.me.clear()
        self.me.addItem(EVERYBODY, None)
        for role in found.roles:
            self.me.addItem(role.title, role.id)
            if role.ref == kept:
                self.me.setCurrentIndex(self.me.count() - 1)
        self._me = self.me.currentData()
        if found.new and not self._first.count():
            from nhsdesk.desktop.first.card import FirstCard

            self._first.addWidget(FirstCard(self.desk))
        if (item := self._first.itemAt(0)) is not None and (begun := item.widget()) is not None:
            begun.setVisible(found.new)

    def _chosen(self) -> None:
        self._me = self.me.currentData()
        if self._looker is None:
            return
        ref = next((one.ref for one in self._looker.roles if one.id == self._me), "")
        self._keep(f"today.me.{self._looker.family}", ref)
        self._show_due(self._due)

    # ---- showing it

    def _show_due(self, found: tuple[Line, ...]) -> None:
        self._due = found
        today = self.desk.database.today()
        near = rules.pressing(found, today)
        mine = rules.for_me(near, self._me)
        self.needs.show_lines(mine, rules.left_out(near, self._me).words)
        self._tell("due", rules.in_short(mine, today))

    def _show_papers(self, found: tuple[Line, ...]) -> None:
        self.papers.show_lines(found)
        number = sum(one.stands_for for one in found if one.opens.paper)
        self._tell("papers", f"{counted(number, 'paper', 'papers')} to send." if number else "")

    def _show_questions(self, found: tuple[Line, ...]) -> None:
        self.questions.show_lines(found)

    def _show_money(self, facts: MoneyFacts | None) -> None:
        self.money_card.setVisible(facts is not None)
        lost = facts.lost if facts is not None else None
        self._tell(
            "money", f"{lost} would be lost on 31 March." if lost is not None and lost.pence > 0 else ""
        )
        if facts is None:
            return
        if self._money is None:
            from nhsdesk.desktop.today_money import TodayMoney

            self._money = TodayMoney()
            self._money.opened.connect(self._open)
            self._money_stack.addWidget(self._money)
        self._money.show_facts(facts)

    # ---- what others changed

    @property
    def _key(self) -> str:
        """Under what this computer keeps how far this copy was seen."""
        return f"today.seen.{self.desk.database.head.copy}"

    def _show_changes(self, found: Changed) -> None:
        self._position = found.position
        after = "And more before these." if found.more else ""
        if not self.desk.layout.word(self._key):
            after = _FROM_NOW
            self._keep(self._key, str(found.position))
        if found.unsettled:
            fields = counted(found.unsettled, "field was", "fields were")
            after = f"{fields} changed on both sides. Settle it under PCN file. {after}".strip()
        self.changes.show_lines(found.lines, after)
        self.seen.setVisible(bool(found.lines))
        changes = counted(len(found.lines), "change", "changes")
        self._tell("changes", f"{changes} by others since you last looked." if found.lines else "")

    def _saw(self) -> None:
        self._keep(self._key, str(self._position))
        self.changes.show_lines(())
        self.seen.hide()
        self._tell("changes", "")
        self.changes.setFocus()
        self.desk.say("Noted. What others change from now on is listed here.")

    def _keep(self, name: str, word: str) -> None:
        """Keeps a word on this computer at once."""
        self.desk.layout.keep_word(name, word)
        self.desk.layout.write()

    def _tell(self, part: str, words: str) -> None:
        self._told[part] = words
        self.short.setText(" ".join(filter(None, map(self._told.get, ("due", "papers", "money", "changes")))))

    def _open(self, opens: Opens) -> None:
        if opens.paper:
            self.desk.show_paper(opens.paper)
        elif opens.place:
            self.desk.show_page(opens.place, opens.tab)
        elif opens.kind:
            self.desk.show(opens.kind, opens.id)
        else:
            self.desk.say("What it touched is no longer in the PCN file.")

    # ---- how it is laid out

    def _list(self, name: str, empty: str, first: str = "Ref") -> TodayList:
        made = TodayList(name, empty, first)
        made.opened.connect(self._open)
        return made

    def _lay_out(self) -> None:
        self.money_card, self._money_stack = card("ARRS this year")
        self.money_card.hide()
        self._first = QVBoxLayout()
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, (_framed("Needs you", self.needs), self.money_card)),
            (
                right,
                (
                    _framed("Papers and meetings", self.papers),
                    _framed("Questions without an answer", self.questions),
                    _framed("Changed by others since you last looked", self.changes, self.seen),
                ),
            ),
        ):
            column.setSpacing(16)
            if column is left:
                column.addLayout(self._first)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
        inside = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 8, 8)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 3)
        self._columns.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 16, 8)
        whole.setSpacing(8)
        whole.addLayout(self._head())
        whole.addWidget(self.short)
        whole.addWidget(self.looking)
        whole.addWidget(scrolled_down(inside), 1)
        self.seen.hide()

    def _head(self) -> QHBoxLayout:
        named = label("For", "field", wrap=False)
        named.setBuddy(self.me)
        self.me.setMinimumContentsLength(18)
        self.me.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        controls = Flow()
        controls.setSpacing(8)
        controls.setAlignment(Qt.AlignmentFlag.AlignRight)
        for one in (named, self.me, self.sheet):
            controls.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(self.day, 1)
        row.addLayout(controls, 1)
        return row


def _framed(title: str, *parts: QWidget) -> QFrame:
    framed, stack = card(title)
    for part in parts:
        stack.addWidget(part)
    return framed
