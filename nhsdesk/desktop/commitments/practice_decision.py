"""The decision of one practice, step by step: the offer, facts and reasons, scored risks, what its partners decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTabWidget, QVBoxLayout, QWidget

from nhsdesk.commands import entries, sign_up
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import line, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.record_form import RecordForm
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import sign_up_decisions
from nhsdesk.domain.contracts import Decided, SignUpDecision, SignUpRisk
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.sign_up import PracticeView, VariationView

_WHOLE = SignUpDecision.KIND
_REASONED = ("facts", "reasons_for", "reasons_against", "baseline", "offered")
_REASONS = replace(
    _WHOLE,
    fields=tuple(_WHOLE.field(name) for name in _REASONED),
    groups=(("Facts", "facts"), ("For and against", "reasons_for"), ("For this practice alone", "baseline")),
)
"""The part of a decision that is thought over before it is taken."""

_NO_CONSENT = "To lean towards it is no consent. A consent bears its day and the role that signed."
_NOT_BEGUN = "Begin the decisions first: each practice then has its own form here."


class PracticeDecision(QWidget):
    """Four steps on tabs; the same step stays in front from practice to practice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: PracticeView | None = None
        self._shown: Id | None = None
        self._noted: tuple[Any, ...] | None = None
        self.heading = label(role="h2")
        self.offer = reading("What the offer comes to")
        self.reasons = RecordForm(desk, _REASONS)
        self.reasons.setMinimumHeight(theme.px(120))
        self.reasons.vanished.connect(self.reasons.rest)
        self.copy = pressed("Copy these facts to the other practices", "copy", self._copy)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Steps of the decision")
        for part, words in (
            (self.offer, "The offer"),
            (self._reasons(), "1 Facts, for, against"),
            (scrolled_down(self._risks()), "2 Risks"),
            (scrolled_down(self._decision()), "3 Decision"),
        ):
            self.tabs.addTab(part, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.tabs, 1)

    # ---- for the page

    def show_offer(self, seen: VariationView | None, today: date) -> None:
        """What the whole offer comes to, and what is wrong with it."""
        if seen is None:
            self.offer.setPlainText("")
            return
        offer = seen.variation
        lines = [
            f"{offer.title}. {seen.where}.", f"Clauses varied: {offer.clauses or 'not yet known'}.", "",
            *seen.uplift.working,
        ]  # fmt: skip
        problems = [*seen.offer_problems(), *seen.decision_problems(today)]
        if problems:
            lines += ["", "To look at:", *(f"• {problem.sentence}" for problem in problems)]
        self.offer.setPlainText("\n".join(lines))

    def show_practice(self, seen: PracticeView | None) -> None:
        """The form of one practice; what is being typed stays where it is."""
        self._seen = seen
        decision = None if seen is None else seen.decision
        id_ = None if decision is None else decision.id
        if id_ != self._shown:
            self.finish_typing()
            self._shown = id_
            self._trouble.tell("")
            self._risk_trouble.tell("")
            if id_ is None:
                self.reasons.rest()
            else:
                self.reasons.show_entry(id_)
        self._fill_decision(decision)
        self._show(seen, decision)

    def finish_typing(self) -> bool:
        """Brings what is being typed into the file."""
        return self._shown is None or self.reasons.finish_typing()

    def take_focus(self) -> None:
        """Puts the cursor where the step in front begins."""
        if self.tabs.currentIndex() == 1 and self._shown is not None:
            self.reasons.focus_first()
            return
        begin = (self.offer, self.reasons, self.what, self.decided)[self.tabs.currentIndex()]
        begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, seen: PracticeView | None, decision: SignUpDecision | None) -> None:
        today = self._desk.database.today()
        name = seen.practice.name if seen is not None else ""
        if seen is not None and decision is not None:
            self.heading.setText(f"{name}: {sign_up_decisions.how_far_words(decision, seen.risks, today)}")
            self._stands.setText(f"{sign_up_decisions.decided_words(decision, today)}.")
        else:
            self.heading.setText(f"{name}. {_NOT_BEGUN}" if name else "")
            self._stands.setText("")
        risks = () if seen is None else seen.risks
        self.risks.show_rows([(one.id, (one.what, sign_up_decisions.risk_words(one))) for one in risks])
        self.reasons.setVisible(decision is not None)
        may = decision is not None and not self._desk.database.read_only_because
        for control in (self.copy, self.what, self.likelihood, self.consequence, self.add, self.decided, self.on,
                        self.role, self.note):  # fmt: skip
            control.setEnabled(may)
        self.remove.setEnabled(may and bool(risks))

    # ---- facts

    def _reasons(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.reasons, 1)
        column.addLayout(row(self.copy))
        return whole

    def _copy(self) -> None:
        if not self.finish_typing() or self._shown is None:
            return
        id_ = self._shown

        def copied() -> tuple[int, int]:
            with self._desk.database.read() as reader:
                decision = reader.get(SignUpDecision, id_)
            return sign_up.copy_facts(self._desk.database, decision)

        done = self._desk.attempt(copied)
        if done is not None:
            kept = f" {counted(done[1], 'keeps its', 'keep their')} own." if done[1] else ""
            self._desk.say(f"The facts were copied to {counted(done[0], 'practice', 'practices')}.{kept}")

    # ---- risks

    def _risks(self) -> QWidget:
        self.risks = table("Risks of this decision", ("What may happen", "Score"), 0)
        self.risks.opened.connect(lambda id_: self._desk.show("sign_up_risk", id_))
        self.what = line("What may happen", 420)
        self.what.setMinimumWidth(theme.px(160))
        self.likelihood, self.consequence = _scale("Likelihood"), _scale("Consequence")
        self.add = pressed("Add this risk", "add", self._add_risk)
        self.remove = pressed("Remove the chosen risk", "remove", self._remove_risk)
        self._risk_trouble = Told()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.risks, 1)
        column.addLayout(row("What may happen", self.what))
        column.addLayout(
            row(
                "Likelihood, 1 to 5",
                self.likelihood,
                "Consequence, 1 to 5",
                self.consequence,
                self.add,
                self.remove,
            )
        )
        column.addWidget(self._risk_trouble)
        return whole

    def _add_risk(self) -> None:
        decision = self._seen.decision if self._seen is not None else None
        if decision is None:
            return
        likelihood, consequence = self.likelihood.currentIndex() + 1, self.consequence.currentIndex() + 1
        added = self._desk.attempt(
            lambda: sign_up.add_risk(self._desk.database, decision, self.what.text(), likelihood, consequence)
        )
        self._risk_trouble.tell(added.sentence if isinstance(added, Problem) else "")
        if isinstance(added, SignUpRisk):
            self.what.clear()
            self._desk.say(f"{sign_up_decisions.risk_words(added)} was added.")
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_risk(self) -> None:
        chosen = (
            next((one for one in self._seen.risks if one.id == self.risks.current), None)
            if self._seen
            else None
        )
        if chosen is not None:
            self._desk.attempt(lambda: entries.remove(self._desk.database, chosen))

    # ---- the decision

    def _decision(self) -> QWidget:
        self._stands = label(role="h2")
        self.decided = QComboBox()
        self.decided.setAccessibleName("What the partners decided")
        self.decided.addItems([one.words for one in Decided])
        self.on, self.role = line("Said or signed on"), line("Signed by, as a role", 240)
        self.note = pressed("Note the decision", "check", self._note)
        self._trouble = Told()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(sign_up_decisions.WHOSE))
        column.addWidget(self._stands)
        column.addLayout(row("What the partners decided", self.decided))
        column.addLayout(row("Said or signed on", self.on))
        column.addLayout(row("Signed by, as a role", self.role))
        column.addLayout(row(self.note))
        column.addWidget(self._trouble)
        column.addWidget(label(_NO_CONSENT, "help"))
        column.addStretch(1)
        return whole

    def _fill_decision(self, decision: SignUpDecision | None) -> None:
        """Shows what is noted; what is being typed stays unless the file came to hold something else."""
        noted = None
        if decision is not None:
            noted = (
                decision.id, decision.decided, decision.indicated_on, decision.signed_on, decision.signatory_role
            )  # fmt: skip
        if noted == self._noted:
            return
        self._noted = noted
        self.decided.setCurrentIndex(0 if decision is None else list(Decided).index(decision.decided))
        on = None if decision is None else decision.signed_on or decision.indicated_on
        self.on.setText(day_words(on) if on is not None else "")
        self.role.setText((decision.signatory_role or "") if decision is not None else "")

    def _note(self) -> None:
        decision = self._seen.decision if self._seen is not None else None
        if decision is None:
            return
        database = self._desk.database
        on: Any = _WHOLE.field("signed_on").kind.read(self.on.text(), database.today())
        if isinstance(on, Problem):
            self._trouble.tell(on.sentence)
            return
        decided = list(Decided)[self.decided.currentIndex()]
        noted = self._desk.attempt(lambda: sign_up.note(database, decision, decided, on, self.role.text()))
        self._trouble.tell(noted.sentence if isinstance(noted, Problem) else "")
        if isinstance(noted, SignUpDecision):
            self._noted = (
                None  # what stands there is in the file; the next look shows what the file then holds
            )
            self._desk.say(f"{sign_up_decisions.decided_words(noted, database.today())}.")


def _scale(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(f"{name}, 1 to 5")
    made.addItems([str(score) for score in range(1, 6)])
    return made
