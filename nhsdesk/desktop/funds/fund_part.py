"""Where a fund stands: whose money it is, what is left, who gets it, and what wants a look."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import funds as commands
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.chart_view import ChartView
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.chosen import ChosenPart
from nhsdesk.desktop.funds.told import Lines, ToLookAt, scrolled_column
from nhsdesk.desktop.words import label, pill
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.money import Money, total
from nhsdesk.sections import fund_facts
from nhsdesk.sections.fund_facts import UNKNOWN, FundFacts

NONE = (
    "No fund is recorded. Add it to the list of funds, with its partners, its principles and its entries. What you do "
    "not know stays unknown."
)


class FundPart(ChosenPart):
    """A part about the fund that was chosen on its page."""

    def look(self) -> None:
        facts = commands.view(self.desk.database)
        self.show_fund(next((one for one in facts.funds if one.id == str(self.chosen)), None))

    def show_fund(self, fund: FundFacts | None) -> None:
        """Shows the chosen fund; None where none is recorded."""
        raise NotImplementedError


class StandingPart(FundPart):
    """Whose money it is, each question for itself, and what is left of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first, self._title = label(NONE), label(role="h2", wrap=False)
        self._whose, self._money, self._gets = Lines(), Lines(), label()
        self._late = pill("", "bad")
        self.open = pressed("Open this fund", "open", self._open)
        self.chart = ChartView()
        self.to_look_at = ToLookAt(desk)
        self._head, stack = card("Whose money it is")
        stack.addLayout(row(self._title, self.open))
        stack.addWidget(self._whose)
        self._left, stack = card("What is left")
        stack.addWidget(self._late)
        stack.addWidget(self._money)
        self._chart, stack = card("Who gets it")
        stack.addWidget(self._gets)
        stack.addWidget(self.chart)
        scrolled_column(self, self._first, self._head, self._left, self._chart, self.to_look_at)

    def begin_at(self) -> QWidget:
        return self.open if self.open.isVisible() else self.to_look_at.table

    def show_fund(self, fund: FundFacts | None) -> None:
        for part in (self._head, self._left, self._chart, self.to_look_at):
            part.setVisible(fund is not None)
        self._first.setVisible(fund is None)
        if fund is None:
            return
        self._title.setText(f"{fund.ref} {fund.name[:80]}")
        asked = (
            ("Holder", fund.holder),
            ("Held on behalf of", fund.held_for),
            ("Beneficiary", fund.beneficiary),
            ("Accountable body", fund.accountable_body),
        )
        self._whose.show_lines(
            [
                ("Purpose", "", f"{fund.purpose}, {fund.year}"),
                *(
                    (question, "Unknown" if answer == UNKNOWN else "", _said(answer))
                    for question, answer in asked
                ),
                ("Where it is written", "", fund.where),
            ]
        )
        unratified = total(one.spent for one in fund.entries if one.spent_on_nothing)
        self._late.setText(f"{unratified} spent without a ratified principle")
        self._late.setVisible(bool(unratified))
        self._money.show_lines(_money(fund))
        self._gets.setText(fund_facts.sector_words(fund))
        self._chart.setVisible(bool(fund.entries))
        if fund.entries:
            self.chart.show_chart(fund_facts.sector_chart(fund))
        self.to_look_at.show_problems(fund.problems)

    def _open(self) -> None:
        if self.chosen is not None:
            self.desk.show(Fund.KIND.name, self.chosen)


def _said(answer: str) -> str:
    return "Nobody has said so on file." if answer == UNKNOWN else answer


def _money(fund: FundFacts) -> list[tuple[str, str, str]]:
    over = "Over" if fund.free is not None and fund.free.pence < 0 else ""
    return [
        ("Value", "" if fund.value is not None else "Unknown", _amount(fund.value)),
        ("Planned", "", str(fund.planned)),
        ("Spent", "", str(fund.spent)),
        ("Balance", "" if fund.balance is not None else "Unknown", _amount(fund.balance)),
        ("Committed, not yet spent", "", str(fund.committed)),
        ("Neither spent nor committed", over, _amount(fund.free)),
        ("At the end of the year", "", fund.year_end),
    ]


def _amount(money: Money | None) -> str:
    return "No value is given." if money is None else str(money)
