"""The principles of a fund and every partner's answer: a matrix in which an answer is noted by keys alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from nhsdesk.commands import funds as commands
from nhsdesk.desktop import icons
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.fund_part import NONE, FundPart
from nhsdesk.desktop.funds.told import WholeTable, scrolled_column, sign
from nhsdesk.desktop.words import label
from nhsdesk.domain.funds import Answered, Ratification
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import fund_facts
from nhsdesk.sections.fund_facts import FundFacts, PrincipleFacts

_SIGNS = {"good": ("ok", "good"), "warn": ("warning", "warn"), "bad": ("late", "bad")}


class Matrix(WholeTable):
    """A row for each partner, a column for each principle; arrows go from answer to answer."""

    def __init__(self) -> None:
        super().__init__("Who has ratified what", ("Partner",), wrapped=(0,))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)

    def show_principles(self, principles: tuple[PrincipleFacts, ...]) -> None:
        """Every partner's answer to every principle, with its sign."""
        headings = ["Partner", *(one.ref for one in principles)]
        self.setColumnCount(len(headings))
        self.setHorizontalHeaderLabels(headings)
        partners = {one.partner_id: one.partner for rule in principles for one in rule.answers}
        said = [{one.partner_id: one for one in rule.answers} for rule in principles]
        rows = [
            (id_, (name, *(fund_facts.answer_words(answers[id_]) for answers in said)))
            for id_, name in partners.items()
        ]
        self.show_rows(rows)
        for at, id_ in enumerate(partners):
            for column, answers in enumerate(said, 1):
                if (item := self.item(at, column)) is not None:
                    item.setIcon(icons.icon(*_SIGNS[answers[id_].tone]))


class PrinciplesPart(FundPart):
    """The principles with what they are checked by, the matrix, and the answer to note."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._principles: tuple[PrincipleFacts, ...] = ()
        self._first = label()
        self.table = WholeTable("Principles", ("Ref", "Principle", "Checked", "In figures"), wrapped=(1, 3))
        self.table.opened.connect(lambda id_: desk.show("spend_principle", Id(int(id_))))
        self.matrix = Matrix()
        self.matrix.currentCellChanged.connect(lambda *_: self._show())
        self._lacking, self._cell = label(), label(role="h2")
        self.on = AskedField("Said on", "Empty: today.", wide=200)
        self.matrix.opened.connect(lambda _: self.on.edit.setFocus(Qt.FocusReason.OtherFocusReason))
        self.ratified = pressed("Mark as ratified", "ok", lambda: self._note(Answered.RATIFIED))
        self.refused = pressed("Mark as refused", "cancel", lambda: self._note(Answered.REFUSED))
        self.take_back = pressed("Take this answer back", "undo", self._take_back)
        rules, stack = card("Principles")
        stack.addWidget(self._first)
        stack.addWidget(self.table)
        self._answers, stack = card("Who has ratified what")
        stack.addWidget(self._lacking)
        stack.addWidget(self.matrix)
        stack.addWidget(self._cell)
        stack.addLayout(in_a_row(self.on))
        stack.addLayout(row(self.ratified, self.refused, self.take_back))
        scrolled_column(self, rules, self._answers)

    def begin_at(self) -> QWidget:
        return self.matrix if self.matrix.rowCount() else self.table

    def show_fund(self, fund: FundFacts | None) -> None:
        rules = self._principles = fund.principles if fund else ()
        none = "This fund has no principles, so nothing may be spent from it yet. Add them in the form of the fund."
        ratified = sum(bool(one.answers) and not one.lacking for one in rules)
        told = f"{ratified} of {len(rules)} ratified by all partners."
        self._first.setText(NONE if fund is None else told if rules else none)
        self.table.show_rows([(one.id, _cells(one)) for one in rules])
        sign(self.table, 2, [one.tone if one.verdict else "" for one in rules])
        self._answers.setVisible(bool(rules))
        left = f" Partners that have left: {', '.join(fund.left)}." if fund and fund.left else ""
        self._lacking.setText(
            "\n".join(f"{one.ref}: {fund_facts.ratified_words(one)}" for one in rules) + left
        )
        self.matrix.show_principles(rules)
        if self.matrix.rowCount() and self.matrix.currentColumn() < 1:
            self.matrix.setCurrentCell(max(self.matrix.currentRow(), 0), 1)
        self._show()

    def _chosen(self) -> tuple[PrincipleFacts, Id] | None:
        column, partner = self.matrix.currentColumn(), self.matrix.current
        if partner is None or not 1 <= column <= len(self._principles):
            return None
        return self._principles[column - 1], Id(int(partner))

    def _show(self) -> None:
        chosen = self._chosen()
        may = chosen is not None and self.desk.may_write
        self.ratified.setEnabled(may)
        self.refused.setEnabled(may)
        answer = None
        if chosen is not None:
            rule, partner = chosen
            answer = next((one for one in rule.answers if one.partner_id == str(partner)), None)
        if chosen is None or answer is None:
            self._cell.setText("Choose an answer in the table.")
        else:
            self._cell.setText(f"{answer.partner[:60]}, {chosen[0].ref}: {fund_facts.answer_words(answer)}")
        self.take_back.setEnabled(may and answer is not None and answer.on is not None)

    def _note(self, answer: Answered) -> None:
        chosen = self._chosen()
        read: Any = self.desk.database.today()
        if self.on.words.strip():
            read = Ratification.KIND.field("answered_on").kind.read(self.on.words, read)
        if isinstance(read, Problem):
            self.on.tell(read.sentence)
            return
        if chosen is None:
            return
        rule, partner = chosen
        noted = self.desk.attempt(
            lambda: commands.note_answer(self.desk.database, Id(int(rule.id)), partner, answer, read)
        )
        if isinstance(noted, Problem):
            self.on.tell(noted.sentence)
        elif noted is not None:
            self.on.show_words("")
            self._done(f"{rule.ref} {answer.value} on {day_words(read)} was noted.")

    def _take_back(self) -> None:
        if (chosen := self._chosen()) is not None:
            rule, partner = chosen
            taken = self.desk.attempt(
                lambda: commands.take_back_answer(self.desk.database, Id(int(rule.id)), partner)
            )
            if taken:
                self._done(f"The answer to {rule.ref} was taken back.")

    def _done(self, told: str) -> None:
        self.look()
        self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.say(told)


def _cells(one: PrincipleFacts) -> tuple[str, ...]:
    return one.ref, one.words, one.verdict or "words alone", one.checked
