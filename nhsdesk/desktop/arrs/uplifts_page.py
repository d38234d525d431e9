"""Uplifts: what a maximum raised afterwards adds to months already claimed, as one claim to the ICB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import uplifts
from nhsdesk.desktop.arrs.back_pay_form import BackPayForm
from nhsdesk.desktop.arrs.beside import FieldBeside
from nhsdesk.desktop.arrs.claim_note import ClaimNote
from nhsdesk.desktop.arrs.fitted_table import FittedTable
from nhsdesk.desktop.arrs.uplift_claim import UpliftClaim
from nhsdesk.desktop.arrs.uplift_waiting import UpliftWaiting
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.page import Page, scrolled_down
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import ClaimEvent, ClaimStage, ClaimState, stage_of
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.uplifts import Due, Uplift
from nhsdesk.sections import uplifts as gathered
from nhsdesk.sections.uplifts import LineFacts, UpliftFacts
from nhsdesk.store.reading import Reader

DUE_NOW = "What is due now"
_BACK = ("Post", "Portal label", "Months", "Claimed before", "Now", "To be paid back", "Why")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One uplift as the page shows it: kept, or what is due now."""

    facts: UpliftFacts
    uplift: Uplift | None
    stage: ClaimStage | None


class UpliftsPage(Page):
    """Which uplift, what it comes to, its lines, what waits, what is to be paid back, and what became of it."""

    title = "Uplifts"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: _Seen | None = None
        self._kept: tuple[Uplift, ...] = ()
        self._months: tuple[Month, Month] | None = None
        self._typed = False
        self._build()
        self._lay_out()
        desk.changed.connect(self._changed)
        desk.background.began.connect(self._allow)
        desk.background.ended.connect(self._allow)

    # ---- what the window asks

    def shown(self) -> None:
        self._look()

    def take_focus(self) -> None:
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def selection_words(self) -> str:
        seen = self._seen
        return (
            "" if seen is None else f"{seen.facts.months_words}: {seen.facts.total_of(Due.UPLIFT)} to claim"
        )

    # ---- looking

    def _changed(self, _: object) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        seen = self.desk.attempt(self._gathered)
        if seen is None:
            return
        self._seen = seen
        self._show_head(seen)
        self.claim.show_uplift(seen.facts, seen.uplift)
        self.waiting.show_uplift(seen.facts)
        back = seen.facts.of(Due.RECOVERY)
        self.back.show_rows([(line.post, _back_cells(line)) for line in back])
        self._back_card.setVisible(bool(back))
        sealed = seen.facts.submitted
        self._note_card.setVisible(sealed)
        self.note.show_claim(
            seen.uplift if sealed else None, amount=seen.facts.total_of(Due.UPLIFT), may=self.desk.may_write
        )
        self._allow()
        self.selection_changed.emit()

    def _gathered(self) -> _Seen:
        today = self.desk.database.today()
        with self.desk.database.read() as reader:
            self._list(reader.all(Uplift))
            uplift = next((one for one in self._kept if one.id == self.which.currentData()), None)
            if uplift is not None:
                facts = gathered.of_record(reader, uplift, today)
                return _Seen(facts, uplift, stage_of(reader.all(ClaimEvent, claim=uplift.id)))
            return _Seen(gathered.work_out(reader, *self._due_months(reader, today), today), None, None)

    def _due_months(self, reader: Reader, today: date) -> tuple[Month, Month]:
        """The months asked for; else those with something due; else the year so far."""
        if self._typed and self._months is not None:
            return self._months
        year = Month.of(today).financial_year.months
        self._months = gathered.suggested(reader, today) or (year[0], max(Month.of(today).plus(-1), year[0]))
        self.first.setText(self._months[0].words)
        self.last.setText(self._months[1].words)
        return self._months

    def _list(self, kept: tuple[Uplift, ...]) -> None:
        """What is due now, and every uplift kept, the newest first; a draft comes to the front of itself."""
        ordered = tuple(sorted(kept, key=lambda one: -one.id))
        if ordered == self._kept and self.which.count():
            return
        new = {one.id for one in ordered} - {one.id for one in self._kept}
        before = self.which.currentData() if self.which.count() else None
        self._kept = ordered
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(DUE_NOW, None)
        for one in ordered:
            self.which.addItem(f"{one.ref}, {one.title_words()}, {one.state.value}", int(one.id))
        longest = max(len(self.which.itemText(n)) for n in range(self.which.count()))
        self.which.setMinimumContentsLength(longest)
        drafts = [one.id for one in ordered if one.state is ClaimState.DRAFT and one.id in new]
        self.which.setCurrentIndex(max(self.which.findData(int(drafts[0]) if drafts else before), 0))
        self.which.blockSignals(False)

    def _show_head(self, seen: _Seen) -> None:
        facts = seen.facts
        self._dates.setVisible(seen.uplift is None)
        lines = facts.of(Due.UPLIFT)
        posts = counted(len(lines), "post", "posts")
        self._total.setText(f"{facts.total_of(Due.UPLIFT)} for {posts}, {facts.months_words}")
        self._told.setText("\n".join(_told(seen)))
        self._told.setVisible(bool(self._told.text()))

    def _allow(self, _: object = None) -> None:
        seen = self._seen
        if seen is None:
            return
        draft = seen.uplift is not None and not seen.facts.submitted
        may = self.desk.may_write
        self.begin.setVisible(seen.uplift is None)
        self.begin.setEnabled(may and bool(seen.facts.of(Due.UPLIFT)))
        for one in (self.again, self.throw, self.submit):
            one.setVisible(draft)
            one.setEnabled(may)
        if not draft or not may:
            self._when.hide()
        self.rise.setEnabled(not self.desk.database.read_only_because)
        self.claim.allow()
        self.waiting.allow()
        self.rising.allow()

    # ---- doing

    def _work_out(self) -> None:
        first, last = read_month(self.first.text()), read_month(self.last.text())
        wrong = next((one.sentence for one in (first, last) if isinstance(one, Problem)), "")
        if isinstance(first, Month) and isinstance(last, Month):
            if last < first:
                wrong = f"{last.words} comes before {first.words}."
            elif last > first.plus(35):
                wrong = "Choose at most 36 months at once."
            else:
                self._typed, self._months = True, (first, last)
        self._trouble.tell(wrong)
        if not wrong:
            self._look()

    def _begin(self) -> None:
        months = self._months
        if months is not None:
            made = self.desk.attempt(lambda: uplifts.begin(self.desk.database, *months))
            self._said(made, "was begun as a draft. Its lines stay until you work it out again.")

    def _again(self) -> None:
        self._with_uplift(uplifts.work_out_again, "was worked out again with what is known today.")

    def _throw(self) -> None:
        self._with_uplift(uplifts.throw_away, "was thrown away. Undo brings it back.")

    def _submit(self) -> None:
        kind = Uplift.KIND.field("submitted_on").kind
        on: Any = kind.read(self.on.text(), self.desk.database.today())
        wrong = (
            on.sentence
            if isinstance(on, Problem)
            else ""
            if on
            else "Give the day on which it was submitted."
        )
        self._trouble.tell(wrong)
        if not wrong:
            self._when.hide()
            self._with_uplift(
                lambda database, id_: uplifts.mark_submitted(database, id_, on),
                "is marked as submitted and stays as it is.",
            )

    def _with_uplift(self, work: Callable[[Any, Id], Uplift], words: str) -> None:
        uplift = self._seen.uplift if self._seen is not None else None
        if uplift is not None:
            self._said(self.desk.attempt(lambda: work(self.desk.database, uplift.id)), words)

    def _said(self, done: Uplift | None, words: str) -> None:
        if done is not None:
            self._look()
            self.desk.say(f"{done.ref} {words}")

    def _ask_when(self, asked: bool) -> None:
        self._when.setVisible(asked)
        if asked:
            self.on.setText(day_words(self.desk.database.today()))
            self.sure.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rise(self) -> None:
        if self._seen is not None:
            self.rising.open_for(self._seen.facts.first, self._seen.facts.last)

    def _open(self, ref: str) -> None:
        with self.desk.database.read() as reader:
            post = reader.by_ref(ref) if ref else None
        if isinstance(post, Post):
            self.desk.show("post", post.id)

    # ---- how it is laid out

    def _build(self) -> None:
        self.which = QComboBox()
        self.which.setAccessibleName("Which uplift")
        self.which.currentIndexChanged.connect(lambda _: self._look())
        self.first, self.last, self.on = QLineEdit(), QLineEdit(), QLineEdit()
        self._total = label(role="h2")
        self._told = label()
        self._trouble = Told()
        self.work = self._button("Work it out", "refresh", self._work_out)
        self.begin = self._button("Begin the uplift claim", "add", self._begin, primary=True)
        self.again = self._button("Work it out again", "refresh", self._again)
        self.throw = self._button("Throw the draft away", "remove", self._throw)
        self.submit = self._button("Mark the uplift as submitted…", "check", lambda: self._ask_when(True))
        self.rise = self._button("Record back-pay for many posts…", "add", self._rise)
        self.sure = self._button("Yes, mark as submitted", "check", self._submit, primary=True)
        self.claim = UpliftClaim(self.desk)
        self.claim.wanted.connect(self._open)
        self.waiting = UpliftWaiting(self.desk)
        self.waiting.wanted.connect(self._open)
        self.rising = BackPayForm(self.desk)
        self.rising.left.connect(lambda: self.rise.setFocus(Qt.FocusReason.OtherFocusReason))
        self.back = FittedTable("To be paid back", _BACK, figures=range(3, 6), stretched=6)
        self.back.opened.connect(lambda ref: self._open(ref or ""))
        stages = (ClaimStage.QUERIED, ClaimStage.APPROVED, ClaimStage.PAID, ClaimStage.WITHDRAWN)
        self.note = ClaimNote(self.desk, stages)

    def _button(
        self, words: str, picture: str, work: Callable[[], Any], *, primary: bool = False
    ) -> QPushButton:
        made = button(words, picture, primary=primary)
        made.clicked.connect(lambda _=False: work())
        return made

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(label("Uplifts", "h1"))
        column.addWidget(
            label(
                "A maximum raised afterwards, claimed once on one form to the ICB. The months' own claims stay as they "
                "are.",
                "quiet",
            )
        )
        column.addLayout(self._top())
        column.addWidget(self._head_card())
        column.addWidget(self.rising)
        column.addWidget(self.claim)
        column.addWidget(self.waiting)
        self._back_card, stack = card("To be paid back")
        stack.addWidget(label("Claimed, and more than may be claimed with what is known now. Never set against the "
                              "uplift; tell the ICB.", "help"))  # fmt: skip
        stack.addWidget(self.back)
        column.addWidget(self._back_card)
        self._note_card, stack = card("What became of it")
        stack.addWidget(self.note)
        column.addWidget(self._note_card)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled_down(inside))

    def _top(self) -> Flow:
        self._dates = QWidget()
        dates = Flow()
        dates.setSpacing(8)
        for words, edit in (("From", self.first), ("To", self.last)):
            dates.addWidget(FieldBeside(words, edit, 150))
        dates.addWidget(self.work)
        self._dates.setLayout(dates)
        top = Flow()
        top.setSpacing(8)
        named = label("Which uplift", "field", wrap=False)
        named.setBuddy(self.which)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for part in (named, self.which, self._dates):
            top.addWidget(part)
        return top

    def _head_card(self) -> QFrame:
        framed = QFrame()
        framed.setObjectName("card")
        stack = QVBoxLayout(framed)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.setSpacing(8)
        buttons = Flow()
        buttons.setSpacing(8)
        for one in (self.begin, self.again, self.submit, self.throw, self.rise):
            buttons.addWidget(one)
        stack.addWidget(self._total)
        stack.addWidget(self._told)
        stack.addLayout(buttons)
        stack.addWidget(self._when_row())
        stack.addWidget(self._trouble)
        return framed

    def _when_row(self) -> QWidget:
        """What cannot be undone is asked a second time, with the day."""
        self._when = QWidget()
        row = Flow()
        row.setSpacing(8)
        row.addWidget(FieldBeside("Submitted on", self.on, 168))
        not_yet = self._button("Not yet", "cancel", lambda: self._ask_when(False))
        row.addWidget(self.sure)
        row.addWidget(not_yet)
        column = QVBoxLayout(self._when)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(
            label("This cannot be undone: the uplift stays as it is. The program sends nothing; the form goes to the "
                  "ICB.", "help")
        )  # fmt: skip
        column.addLayout(row)
        self._when.hide()
        return self._when


def _told(seen: _Seen) -> list[str]:
    """How it stands, in sentences."""
    facts, told = seen.facts, []
    if seen.uplift is not None:
        when = f" on {day_words(facts.submitted_on)}" if facts.submitted_on else ""
        state = f"submitted{when}" if facts.submitted else "a draft"
        stage = f", {seen.stage.value}" if seen.stage else ""
        told.append(f"{facts.ref} is {state}{stage}.")
    if facts.out_of_date:
        told.append("What it rests on has changed since. Work it out again, and look at it.")
    waiting = facts.of(Due.WAITING)
    if waiting:
        whose = ", ".join(dict.fromkeys(line.employer or "ourselves" for line in waiting))
        told.append(f"{facts.total_of(Due.WAITING)} waits for back-pay to be confirmed by {whose}.")
    if seen.uplift is None and not facts.of(Due.UPLIFT):
        told.append(
            "An uplift claim can be begun when some of it is confirmed."
            if waiting
            else f"Nothing can be claimed for {facts.months_words} now, so there is no uplift claim to begin."
        )
    if facts.of(Due.RECOVERY):
        told.append(
            f"{-facts.total_of(Due.RECOVERY)} was claimed and is to be paid back; it is not set against this."
        )
    if facts.icb_total is not None:
        told.append(
            f"The ICB's figure is {facts.icb_total}{_beside(facts.total_of(Due.UPLIFT) - facts.icb_total)}."
        )
    if facts.not_claimed:
        told.append(
            f"Not claimed yet, so not counted: {', '.join(month.words for month in facts.not_claimed[:6])}."
        )
    unsure = [rate.ref for rate in facts.rates if not rate.confirmed]
    if unsure:
        told.append(f"Not confirmed against the specification: {counted(len(unsure), 'maximum', 'maxima')}.")
    return told + [one.sentence for one in facts.problems[:5]]


def _beside(gap: Money) -> str:
    if not gap:
        return ", as is ours"
    return f": ours is {gap} more" if gap > Money() else f": ours is {-gap} less"


def _back_cells(line: LineFacts) -> tuple[str, ...]:
    amounts = (str(line.was), str(line.now), str(-line.difference))
    return (line.post, line.label[:80], line.months, *amounts, line.because)
