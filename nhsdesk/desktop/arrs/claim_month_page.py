"""Claim month: the month to be claimed, post by post, from what it comes to until it was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.commands import claims
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.arrs.claim_after import ClaimAfter
from nhsdesk.desktop.arrs.claim_posts import ClaimPosts, totals_words
from nhsdesk.desktop.arrs.claim_year import ClaimYear
from nhsdesk.desktop.arrs.portal_keying import PortalKeying
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.page import Page, when_calm
from nhsdesk.desktop.papers.problem_list import ProblemList
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button, pill
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.sections.claim_month import MonthView

_RETURN = "arrs-claim"


class ClaimMonthPage(Page):
    """The months on the left; the one in front with what stands in its way, its posts, the portal, what followed."""

    title = "Claim month"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._month = claims.usual_month(desk.database)
        self._seen: MonthView | None = None
        self._unsaid: frozenset[str] = frozenset()
        self._stale = True
        self._build()
        self._calm = when_calm(self, self._look)
        desk.changed.connect(self._changed)

    # ---- what the window asks

    def shown(self) -> None:
        if self._stale:
            self._look()

    def take_focus(self) -> None:
        self.year.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def selection_words(self) -> str:
        return "" if self._seen is None else f"{self._month.words}: {totals_words(self._seen)}"

    # ---- looking

    def show_month(self, month: Month) -> None:
        """Brings a month to the front."""
        if month != self._month:
            self._month = month
            self.read_them.setChecked(False)
            self._trouble.tell("")
        self._look()

    def _changed(self, _: object) -> None:
        self._stale = True
        if self.isVisible():
            self._calm.start()

    def _look(self) -> None:
        self._stale = False
        seen = self.desk.attempt(lambda: claims.view(self.desk.database, self._month))
        if seen is None:
            return
        self._seen = seen
        self.year.show_month(self._month)
        self._heading.setText(f"{self._month.words_with_number}: {seen.total}")
        self._show_state(seen)
        self._show_problems(seen)
        self.posts.show_month(seen)
        self.keying.show_month(seen)
        self.after.show_month(seen)
        self._allow(seen)
        self.selection_changed.emit()

    def _show_state(self, seen: MonthView) -> None:
        while (item := self._state.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        words, tone = "not begun", "grey"
        if seen.stage is not None:
            words, tone = seen.stage.value, seen.stage.tone.value
        elif seen.claim is not None:
            words, tone = seen.claim.state.value, "accent" if seen.submitted else "warn"
        self._state.addWidget(pill(words[:1].upper() + words[1:], tone))

    def _show_problems(self, seen: MonthView) -> None:
        stops = claims.why_not_submitted(self.desk.database, seen)
        notes = tuple(one for one in seen.problems if one.weight is Weight.NOTE)
        found: tuple[Problem, ...] = (*stops, *claims.to_acknowledge(seen), *notes)
        if seen.submitted:
            found = tuple(
                one for one in seen.problems if one.kind == "claim" and one.weight is not Weight.MUST_FIX
            )
        self.problems.show_problems(found)
        self.problems.setVisible(bool(found))
        unsaid = frozenset(one.sentence for one in found if one.weight is Weight.ACKNOWLEDGE)
        if unsaid - self._unsaid:  # what came up since the box was ticked has not been read
            self.read_them.setChecked(False)
        self._unsaid = unsaid
        count = sum(one.weight is Weight.ACKNOWLEDGE for one in found)
        words = counted(count, "point", "points")
        self.read_them.setText(f"I have read the {words} to be acknowledged and claim with them")
        self.read_them.setVisible(bool(count) and not stops and not seen.submitted)

    def _allow(self, seen: MonthView) -> None:
        may = not self.desk.database.read_only_because
        short = self._month.words
        self.begin.setVisible(seen.claim is None or seen.submitted)
        words = f"Begin the {short} claim"
        if seen.claim is not None:
            words = f"Begin a claim that supersedes {seen.claim.ref}"
        self.begin.setText(on_a_button(words))
        self.begin.setEnabled(may and bool(seen.now.lines))
        self.bring_up.setVisible(bool(seen.out_of_date))
        self.bring_up.setText(
            f"Take today's figures ({counted(len(seen.out_of_date), 'post differs', 'posts differ')})"
        )
        self.bring_up.setEnabled(may)
        self.throw.setVisible(seen.claim is not None and not seen.submitted)
        self.throw.setEnabled(may)
        self.to_return.setVisible(seen.submitted)
        self.to_return.setText(on_a_button(f"Look at the return for {short}"))
        self.submit.setVisible(not seen.submitted)
        self.submit.setText(on_a_button(f"Mark {short} claim as submitted"))
        unread = not self.read_them.isHidden() and not self.read_them.isChecked()
        self.submit.setEnabled(may and not claims.why_not_submitted(self.desk.database, seen) and not unread)
        if seen.submitted or not self.submit.isEnabled():
            self._ask_when(False)

    def _go_on(self) -> None:
        """All is typed: the next thing to do comes to hand."""
        self._look()
        to_do: QPushButton | QCheckBox = self.submit
        if not self.read_them.isHidden() and not self.read_them.isChecked():
            to_do = self.read_them
        if to_do.isEnabled():
            to_do.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, _: bool) -> None:
        if self._seen is not None:
            self._allow(self._seen)

    # ---- doing

    def _begin(self) -> None:
        claim = self.desk.attempt(lambda: claims.begin(self.desk.database, self._month))
        if claim is not None:
            self._look()
            self.desk.say(f"{claim.ref} was begun for {self._month.words}.")
            self.tabs.setCurrentWidget(self.keying)
            self.keying.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_up(self) -> None:
        claim = self._claim()
        if claim is None:
            return
        changed = self.desk.attempt(lambda: claims.bring_up_to_date(self.desk.database, claim))
        if changed is not None:
            self._look()
            self.desk.say(f"{counted(changed, 'line was', 'lines were')} brought up to date.")

    def _throw(self) -> None:
        claim = self._claim()
        if claim is None:
            return
        gone = self.desk.attempt(lambda: claims.throw_away(self.desk.database, claim))
        if gone is not None:
            self._look()
            self.desk.say(f"The draft {claim.ref} was thrown away. Undo brings it back.")

    def _claim(self) -> Claim | None:
        return self._seen.claim if self._seen is not None else None

    def _ask_when(self, asked: bool) -> None:
        self._when.setVisible(asked)
        if asked:
            self.on.setText(day_words(self.desk.database.today()))
            self._trouble.tell("")
            self.sure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        today = self.desk.database.today()
        on: Any = Claim.KIND.field("submitted_on").kind.read(self.on.text(), today)
        if not isinstance(on, date):
            self._trouble.tell(
                on.sentence if isinstance(on, Problem) else "Give the day on which it was submitted."
            )
            return
        claim = self.desk.attempt(
            lambda: claims.mark_submitted(
                self.desk.database, self._month, on, acknowledged=self.read_them.isChecked()
            )
        )
        if claim is not None:
            self._look()
            self.desk.say(f"{claim.ref} is marked as submitted and stays as it is.")
            self.to_return.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- how it is laid out

    def _build(self) -> None:
        self.year = ClaimYear(self.desk)
        self.year.wanted.connect(self.show_month)
        self._heading = label(role="h1")
        self._state = QHBoxLayout()
        self.begin = self._button("", "add", self._begin)
        self.bring_up = self._button("", "refresh", self._bring_up)
        self.throw = self._button("Throw the draft away", "remove", self._throw)
        self.submit = self._button("", "check", lambda: self._ask_when(True))
        self.submit.setProperty("primary", "true")
        self.to_return = self._button("", "papers", lambda: self.desk.show_period(_RETURN, self._month))
        self.problems = ProblemList()
        self.problems.wanted.connect(self.desk.show)
        self.read_them = QCheckBox()
        self.read_them.toggled.connect(self._read)
        self.problems.inside.addWidget(self.read_them)
        self._trouble = Told()
        self._when = self._when_row()
        self.posts = ClaimPosts()
        self.posts.wanted.connect(self.desk.show)
        self.keying = PortalKeying(self.desk)
        self.keying.all_typed.connect(self._go_on)
        self.after = ClaimAfter(self.desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Parts of the claim")
        for part, words in (
            (self.posts, "Posts"), (self.keying, "Type into the portal"), (self.after, "What became of it"),
        ):  # fmt: skip
            self.tabs.addTab(part, words)
        self._lay_out()

    def _button(self, words: str, picture: str, work: Any) -> QPushButton:
        made = QPushButton(words)
        made.setAutoDefault(True)
        icons.put(made, picture, "on_accent" if picture == "check" else "ink")
        made.clicked.connect(lambda _=False: work())
        return made

    def _when_row(self) -> QWidget:
        """What cannot be undone is asked a second time, with the day."""
        whole = QWidget()
        row = Flow()
        row.setSpacing(8)
        named = label("Submitted on", "field", wrap=False)
        self.on = QLineEdit()
        self.on.setAccessibleName("Submitted on")
        self.on.setFixedWidth(theme.px(168))
        named.setBuddy(self.on)
        self.sure = self._button("Yes, mark as submitted", "check", self._submit)
        self.sure.setProperty("primary", "true")
        self.sure.setAccessibleDescription("This cannot be undone: its lines then stay as they are.")
        not_yet = self._button("Not yet", "cancel", lambda: self._ask_when(False))
        for part in (named, self.on, self.sure, not_yet):
            row.addWidget(part)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(
            label(
                "This cannot be undone. The lines stay as they are with the maxima used; a later claim can supersede "
                "them. The program sends nothing: the portal does.",
                "help",
            )
        )
        column.addLayout(row)
        whole.hide()
        return whole

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(theme.px(12), 0, 0, 0)
        inside.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._heading, 1)
        top.addLayout(self._state)
        buttons = Flow()
        buttons.setSpacing(8)
        for one in (self.to_return, self.begin, self.bring_up, self.throw, self.submit):
            buttons.addWidget(one)
        inside.addLayout(top)
        inside.addWidget(self.problems)
        inside.addLayout(buttons)
        inside.addWidget(self._when)
        inside.addWidget(self._trouble)
        inside.addWidget(self.tabs, 1)
        split = Split()
        split.addWidget(self.year)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(250), theme.px(870)])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.addWidget(split, 1)
