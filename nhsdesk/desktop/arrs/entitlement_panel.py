"""What the PCN is entitled to in a year: the ARRS, its other income, what practices are paid, each with its working."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.desktop import last_place, theme
from nhsdesk.desktop.arrs.asked_field import AskedField
from nhsdesk.desktop.arrs.confirm_form import ConfirmForm
from nhsdesk.desktop.arrs.list_sizes_form import ListSizesForm
from nhsdesk.desktop.arrs.sums_paste import SumsPaste
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import entitlement as rules
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import entitlement
from nhsdesk.sections.entitlement import Facts, StreamFacts

_HEADINGS = ("For", "Pounds a head", "Base", "Counted on", "Heads", "Amount", "How sure", "Source")
_FIGURES = (1, 4, 5)
_DAY = Sum.KIND.field("confirmed_on").kind


class EntitlementPanel(QWidget):
    """One year at a time, as it was known on a day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: Facts | None = None
        self._year = QComboBox()
        self._year.setAccessibleName("Financial year")
        now = FinancialYear.of(desk.database.today()).first_year
        for first in range(entitlement.FIRST_YEAR.first_year, now + 2):
            self._year.addItem(str(FinancialYear(first)))
        today = desk.database.today()
        self._year.setCurrentText(str(last_place.year_of(desk.layout, desk.database.head.copy, today)))
        self._year.currentIndexChanged.connect(lambda _: self.refresh())
        self._known = AskedField("As known on", "Sums published later do not count.", 280)
        self._known.show_words(day_words(desk.database.today()))
        self._known.done.connect(self.refresh)
        self._amount, self._told, self._working = label(role="big"), label(), label(role="quote")
        self._problems = label(role="problem")
        self._other = CellsTable("Other income of the PCN", _HEADINGS, _FIGURES)
        self._practices = CellsTable("Paid to the practices", _HEADINGS, _FIGURES)
        self._other_told, self._practices_told, self._steps = label(), label(), label(role="quote")
        self._sizes = ListSizesForm(desk)
        self.sums = SumsPaste(desk)
        self._outcome = Told("")
        self.form = ConfirmForm(desk, "sum a head", "sums a head", self._to_confirm)
        for signal in (self.form.confirmed, self._sizes.added, self.sums.added):
            signal.connect(self._done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        for part in (self._of_arrs(), self._of_others(), self._confirming(), self.sums):
            whole.addWidget(part)
        whole.addStretch(1)

    def _of_arrs(self) -> QWidget:
        framed, stack = card("ARRS entitlement")
        named = label("Financial year", "field", wrap=False)
        named.setBuddy(self._year)
        beside = QVBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(named)
        beside.addWidget(self._year)
        beside.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addLayout(beside)
        line.addWidget(self._known, 1)
        line.addStretch(1)
        stack.addLayout(line)
        for part in (self._amount, self._told, self._working, self._problems, self._sizes):
            stack.addWidget(part)
        return framed

    def _of_others(self) -> QWidget:
        framed, stack = card("Other income of the PCN")
        for part in (self._other_told, self._other, self._practices_told, self._practices, self._steps):
            stack.addWidget(part)
        return framed

    def _confirming(self) -> QWidget:
        made = QWidget()
        stack = QVBoxLayout(made)
        stack.setContentsMargins(0, 0, 0, theme.px(4))
        stack.addWidget(self.form)
        stack.addWidget(self._outcome)
        return made

    def refresh(self) -> None:
        """Works the year out anew."""
        known_on = self._day()
        if known_on is None:
            return
        with self._desk.database.read() as reader:
            facts = self._facts = entitlement.gather(reader, self._chosen(), known_on)
        self._show_arrs(facts)
        self._show_others(facts)
        sentences = [problem.sentence for problem in facts.problems]
        self._problems.setText("\n".join(sentences))
        self._problems.setVisible(bool(sentences))
        self._sizes.ask_for(facts)
        self.form.refresh()
        self.sums.refresh()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        self.form.allow()
        self._sizes.allow()
        self.sums.allow()

    def take_focus(self) -> None:
        """Puts the cursor where work begins."""
        self._year.setFocus()

    def _chosen(self) -> FinancialYear:
        return FinancialYear.parse(self._year.currentText())

    def _day(self) -> date | None:
        today, words = self._desk.database.today(), self._known.words.strip()
        read = _DAY.read(words, today) if words else today
        self._known.tell(read.sentence if isinstance(read, Problem) else "")
        return read if isinstance(read, date) else None

    def _show_arrs(self, facts: Facts) -> None:
        self._amount.setText(str(facts.arrs) if facts.arrs is not None else "No figure")
        self._told.setText(_arrs_words(facts))
        self._told.setVisible(bool(self._told.text()))
        self._working.setText("\n".join(facts.arrs_working))
        self._working.setVisible(bool(facts.arrs_working))

    def _show_others(self, facts: Facts) -> None:
        self._other.show_cells(tuple(_cells(one) for one in facts.of_pcn))
        self._practices.show_cells(tuple(_cells(one) for one in facts.of_practices))
        self._other_told.setText(_together("Together", facts.other, facts.of_pcn) + _minutes(facts))
        self._practices_told.setText(
            _together("Paid to the practices, never income of the PCN:", facts.practices, facts.of_practices)
        )
        steps = [
            f"{one.name}: {'; '.join(one.working)}"
            for one in (*facts.of_pcn, *facts.of_practices)
            if one.working
        ]
        self._steps.setText("\n".join(steps))
        self._steps.setVisible(bool(steps))

    def _to_confirm(self) -> tuple[Id, ...]:
        streams = self._facts.streams if self._facts is not None else ()
        return tuple(Id(int(one.sum_id)) for one in streams if not one.confirmed and not one.superseded)

    def _done(self, sentence: str) -> None:
        self.refresh()
        self._outcome.tell(sentence)
        self._year.setFocus()


def _arrs_words(facts: Facts) -> str:
    told = []
    if facts.arrs is not None:
        told.append(
            f"A straight-line twelfth is {rules.a_month(facts.arrs)}. A month may claim more: the year's sum binds."
        )
    told += [
        f"Not confirmed: {one.name} ({one.confidence.lower()}; {one.source})."
        for one in facts.of_arrs
        if not one.confirmed
    ]
    return " ".join(told)


def _together(begins: str, amount: Money | None, streams: tuple[StreamFacts, ...]) -> str:
    if not streams:
        return f"{begins} nothing that is on file for this year."
    return f"{begins} {amount if amount is not None else 'no figure, because one below has none'}."


def _minutes(facts: Facts) -> str:
    minutes = facts.access_minutes
    if minutes is None:
        return ""
    return f" Enhanced access is {rules.plain(minutes)} minutes a week: 60 for each 1,000 adjusted patients."


def _cells(one: StreamFacts) -> tuple[str, ...]:
    return (
        one.name,
        f"£{rules.plain(one.per_head)}",
        one.base.words,
        day_words(one.counted_on),
        rules.plain(one.heads) if one.heads is not None else "",
        str(one.amount) if one.amount is not None else "No figure",
        "Confirmed" if one.confirmed else f"Not confirmed: {one.confidence.lower()}",
        f"{one.ref}: {one.source}",
    )
