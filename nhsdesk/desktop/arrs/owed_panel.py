"""Who is owed: month and employer in a table, all of it in a sentence, and a line to note what was passed on."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import pay_in
from nhsdesk.desktop.arrs.pay_in_fields import ChoiceField, WordsField, months_to_choose
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import kinds, owed, times
from nhsdesk.domain.employers import EmployerPayment
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.money import Money
from nhsdesk.domain.owed import Owed
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Problem
from nhsdesk.errors import DeskError
from nhsdesk.sections import owed as gathered
from nhsdesk.sections.owed import Facts

_HEADINGS = (
    "Month", "Employer", "Cost", "Claimed", "Paid to payee", "Passed on", "Outstanding", "Waiting", "VAT",
)  # fmt: skip
_FIGURES = (2, 3, 4, 5, 6, 7)
_EMPLOYER = 1
_ROWS_SHOWN = 10
_YEARS_BACK = 4
_NONE = (
    "Nothing to list for this year yet. A month is listed once it is over: with its claim, or else with what its posts "
    "are worked out to cost."
)


class OwedPanel(QWidget):
    """A year at a time. Choosing a row fills the line below with what is outstanding."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: Facts | None = None
        self._job: Job | None = None
        self._to_table = False
        """Whether the cursor goes on to the table once there is one."""
        self.year = ChoiceField("Financial year")
        self.year.chosen.connect(self.refresh)
        self._short = label()
        self._missing = label(role="help")
        self._none = label(_NONE, "help")
        self.table = CellsTable("Who is owed", _HEADINGS, _FIGURES, _ROWS_SHOWN, _EMPLOYER)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._fill())
        self._employer, self._month = ChoiceField("Passed on to", 24), ChoiceField("For the month", 16)
        self._amount = WordsField("Amount passed on", kinds.Pounds(), desk)
        self._day = WordsField("Passed on", times.Day(Lean.LAST), desk, 180)
        self._note = button("Note it as passed on", "add")
        self._note.clicked.connect(self._note_payment)
        self._trouble, self._outcome = Told(), Told("")
        self._lay_out()
        self._offer_years()

    def refresh(self) -> None:
        """Adds it all up anew."""
        year, database = self.year.value(), self._desk.database
        if not isinstance(year, FinancialYear):
            return
        today = database.today()

        def work(_: Job) -> Facts:
            with database.read() as reader:
                return gathered.gather(reader, year, today)

        if self._job is not None and not self._job.over:
            self._job.cancel()
        self._job = self._desk.background.start("Adding up who is owed", work, self._show)

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self._note.setEnabled(self._desk.may_write and self._employer.value() is not None)

    def take_focus(self) -> None:
        """Puts the cursor into the table, or where there is none into the year."""
        self._to_table = self.table.isHidden()
        (self.year.box if self._to_table else self.table).setFocus()

    # ---- showing

    def _offer_years(self) -> None:
        this = FinancialYear.of(self._desk.database.today())
        years = [FinancialYear(this.first_year - back) for back in range(_YEARS_BACK)]
        self.year.offer([(str(year), year) for year in years], this)

    def _show(self, facts: Facts) -> None:
        self._facts = facts
        self._short.setText(owed.exposure(facts.rows, facts.today).words if facts.rows else "")
        self._short.setVisible(bool(facts.rows))
        self._none.setVisible(not facts.rows)
        told = counted(facts.not_worked_out, "post's month is", "months of posts are")
        self._missing.setText(
            f"{told} not in these figures, because no figure can be worked out for want of entries."
        )
        self._missing.setVisible(facts.not_worked_out > 0)
        self.table.show_cells(tuple(_cells(row, facts) for row in facts.rows))
        self._offer_payment(facts)
        if self._to_table and self.year.box.hasFocus() and facts.rows:
            self.table.setFocus()
        self._to_table = False
        self.allow()

    def _offer_payment(self, facts: Facts) -> None:
        employers = dict.fromkeys(row.employer for row in facts.rows if row.employer is not None)
        offered = [(facts.name(one), one) for one in employers]
        offered += sorted((name, id_) for id_, name in facts.names.items() if id_ not in employers)
        self._employer.offer(offered, self._employer.value())
        months = months_to_choose(facts.today)
        last = Month.of(facts.today).plus(-1)
        self._month.offer(months, self._month.value() or last)
        if not self._day.edit.text():
            self._day.show_value(facts.today)

    def _fill(self) -> None:
        """The row chosen, as a payment: what lies with the payee, else what is outstanding."""
        at = self.table.currentIndex().row()
        if self._facts is None or not 0 <= at < len(self._facts.rows):
            return
        row = self._facts.rows[at]
        if row.employer is None:
            return
        self._employer.box.setCurrentIndex(self._employer.box.findData(row.employer))
        today = self._facts.today
        self._month.offer(months_to_choose(today, row.month), row.month)
        amount = row.with_payee or row.outstanding
        self._amount.show_value(amount if amount.pence > 0 else None)

    # ---- noting

    def _note_payment(self) -> None:
        amount: Any = self._amount.value()
        day: Any = self._day.value()
        wrong = next((one for one in (amount, day) if isinstance(one, Problem)), None)
        if wrong is not None or amount is None or day is None:
            self._trouble.tell(
                wrong.sentence if wrong else "Give the amount that was passed on, and the day."
            )
            return
        payment = EmployerPayment(
            employer=self._employer.value(), month=self._month.value(), amount=amount, paid_on=day
        )
        self._trouble.tell("")
        try:
            noted = pay_in.note_payment(self._desk.database, payment)
        except DeskError as refused:
            self._trouble.tell(str(refused))
            return
        self._amount.show_value(None)
        self._outcome.tell(f"Noted as {noted.ref}: {amount} for {payment.month.words}.")

    def _lay_out(self) -> None:
        framed, stack = card("Who is owed")
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.year)
        line.addWidget(self._short, 1)
        stack.addLayout(line)
        for part in (self._none, self.table, self._missing):
            stack.addWidget(part)
        noting, inside = card("Note a payment passed on")
        fields = QWidget()
        flow = Flow()
        flow.setSpacing(12)
        flow.setContentsMargins(0, 0, 0, 0)
        fields.setLayout(flow)
        for field in (self._employer, self._month, self._amount, self._day, self._note):
            flow.addWidget(field)
        inside.addWidget(fields)
        inside.addWidget(self._trouble)
        inside.addWidget(self._outcome)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(framed)
        whole.addWidget(noting)
        whole.addStretch(1)


def _cells(row: Owed, facts: Facts) -> tuple[str, ...]:
    days = row.days(facts.today)
    return (
        row.month.words_with_number,
        facts.name(row.employer),
        str(row.cost),
        _amount(row.claimed, "not claimed"),
        _amount(row.paid, "not told"),
        str(row.passed_on) if row.passed_on else "nothing",
        str(row.outstanding),
        "" if days is None else counted(days, "day", "days"),
        ", ".join(one.words for one in row.vat) or "not said",
    )


def _amount(amount: Money | None, otherwise: str) -> str:
    return otherwise if amount is None else str(amount)
