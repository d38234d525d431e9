"""The decisions on an offer: what it comes to, how far each practice is, and each practice's own form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.commands import sign_up
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, row, table
from nhsdesk.desktop.commitments.practice_decision import PracticeDecision
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain import sign_up as rules
from nhsdesk.domain import sign_up_decisions
from nhsdesk.domain.contracts import LocalVariation
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.sign_up import PracticeView, VariationView

NEXT_KEY = "F8"
_NONE = (
    "No offer is listed. Add one to the list of local variations, with what is offered and the national entitlement "
    "beside it; every practice then decides on it here."
)


class DecisionsPart(Part):
    """An offer above, its practices on the left, the form of the chosen one on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offers: tuple[LocalVariation, ...] = ()
        self._seen: VariationView | None = None
        self.offer = QComboBox()
        self.offer.setAccessibleName("Offer")
        self.offer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.offer.setMinimumWidth(theme.px(160))
        self.offer.activated.connect(lambda _: self._look_at_offer())
        self._comes_to, self._stands = label(role="h2"), label()
        self.begin = pressed("Begin the decisions", "add", self._begin)
        self.next = pressed(f"Next practice ({NEXT_KEY})", "forward", self.go_on)
        self.open = pressed("Open this offer", "open", self._open)
        self.practices = table("Practices", ("Practice", "Decided", "How far"), 0)
        self.practices.chosen.connect(lambda _: self._show_practice())
        self.form = PracticeDecision(desk)
        shortcut = QShortcut(QKeySequence(NEXT_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.go_on)
        self._lay_out()

    def begin_at(self) -> QWidget:
        return self.practices

    def finish_typing(self) -> bool:
        return self.form.finish_typing()

    # ---- looking

    def look(self) -> None:
        before = self._chosen()
        self._offers = sign_up.variations(self.desk.database)
        self.offer.blockSignals(True)
        self.offer.clear()
        self.offer.addItems([f"{one.ref} {one.title}" for one in self._offers])
        ids = [one.id for one in self._offers]
        if before is not None and before.id in ids:
            self.offer.setCurrentIndex(ids.index(before.id))
        self.offer.blockSignals(False)
        self._look_at_offer()

    def _chosen(self) -> LocalVariation | None:
        at = self.offer.currentIndex()
        return self._offers[at] if 0 <= at < len(self._offers) else None

    def _look_at_offer(self) -> None:
        chosen, today = self._chosen(), self.desk.database.today()
        self._seen = None if chosen is None else sign_up.view(self.desk.database, chosen.id)
        seen = self._seen
        self._comes_to.setText(seen.uplift.words if seen is not None else "No offer yet")
        self._stands.setText(_NONE if seen is None else _stands(seen, self.desk))
        cells = [] if seen is None else [(_key(one), _cells(one, self.desk)) for one in seen.practices]
        self.practices.show_rows(cells)
        lacking = 0 if seen is None else len(seen.not_begun)
        self.begin.setVisible(bool(lacking))
        self.begin.setText(on_a_button(f"Begin the decisions of {counted(lacking, 'practice', 'practices')}"))
        self.begin.setEnabled(not self.desk.database.read_only_because)
        self.open.setEnabled(seen is not None)
        self.next.setEnabled(seen is not None and len(seen.practices) > 1)
        self.form.show_offer(seen, today)
        self._show_practice()

    def _show_practice(self) -> None:
        seen = self._seen
        found = (
            None
            if seen is None
            else next((one for one in seen.practices if _key(one) == self.practices.current), None)
        )
        self.form.show_practice(found)

    # ---- doing

    def go_on(self) -> None:
        """Brings the next practice to the front, after the last the first again; the same step stays open."""
        if self.practices.rowCount() and self.form.finish_typing():
            following = (self.practices.currentRow() + 1) % self.practices.rowCount()
            self.practices.setCurrentCell(following, 0)
            self.form.take_focus()

    def _begin(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        begun = self.desk.attempt(lambda: sign_up.begin(self.desk.database, chosen))
        if begun is not None:
            self._look_at_offer()
            self.desk.say(f"{counted(begun, 'decision was', 'decisions were')} begun.")
            self.practices.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.desk.show("local_variation", chosen.id)

    def _lay_out(self) -> None:
        split = Split()
        split.addWidget(self.practices)
        split.addWidget(self.form)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(380), theme.px(640)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        named = label("Offer", "field", wrap=False)
        named.setBuddy(self.offer)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(named)
        top.addWidget(self.offer, 1)
        column.addLayout(top)
        column.addWidget(self._comes_to)
        column.addWidget(self._stands)
        column.addLayout(row(self.begin, self.next, self.open))
        column.addWidget(split, 1)


def _stands(seen: VariationView, desk: Desk) -> str:
    offer, today = seen.variation, desk.database.today()
    private = ""
    if rules.is_private(offer, today) and offer.private_until is not None:
        private = f" Private until {day_words(offer.private_until)}."
    return f"{rules.deadline_words(offer, today)}. {seen.tally.words}{private}"


def _key(one: PracticeView) -> tuple[int, int]:
    return one.practice.id, one.decision.id if one.decision is not None else 0


def _cells(one: PracticeView, desk: Desk) -> tuple[str, ...]:
    if one.decision is None:
        return one.practice.name, "Not begun", ""
    today = desk.database.today()
    decided = sign_up_decisions.decided_words(one.decision, today).partition(",")[0].partition(":")[0]
    consent = "Consent signed" if sign_up_decisions.has_consented(one.decision, today) else decided
    far = sign_up_decisions.how_far_words(one.decision, one.risks, today).partition(";")[0]
    return one.practice.name, consent, far
