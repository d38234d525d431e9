"""The host's ledger: pasted or read from a file, looked at, and taken in as one step."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import fund_ledger as commands
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.fund_part import NONE, FundPart
from nhsdesk.desktop.funds.told import scrolled_column
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.fund_ledger import Ledger
from nhsdesk.sections.fund_facts import FundFacts

_HELP = (
    "Each row names a line of the fund, by its words or reference, with a day and what was spent or committed. What is "
    "noted already is passed over; an amount below nothing was paid back. A line the fund has not becomes a new entry "
    "without a principle."
)
_MOST_TOLD = 6


class LedgerPart(FundPart):
    """What would be noted stands above the button that notes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ledger: Ledger | None = None
        self._first = label()
        self.box = BlockBox(desk, commands.WANTED, Incoming.FUND)
        self.box.changed.connect(self._look)
        self._told = label()
        self.accept = pressed("Note this money", "import", self._take_in, primary=True)
        self.leave = pressed("Leave it", "cancel", self.box.clear)
        self._card, stack = card("The ledger of this fund")
        stack.addWidget(label(_HELP, "help"))
        stack.addWidget(self.box)
        stack.addWidget(self._told)
        stack.addLayout(row(self.accept, self.leave))
        scrolled_column(self, self._first, self._card)

    def begin_at(self) -> QWidget:
        return self.box.paste

    def show_fund(self, fund: FundFacts | None) -> None:
        self._first.setText(NONE)
        self._first.setVisible(fund is None)
        self._card.setVisible(fund is not None)
        self._look()

    def _look(self) -> None:
        fund = self.chosen
        self._ledger = None
        if fund is not None and self.box.block() is not None and not self.box.missing():
            self._ledger = self.desk.attempt(lambda: commands.look(self.desk.database, fund, self.box.rows()))
        ledger = self._ledger
        self._told.setText("" if ledger is None else _words(ledger))
        self._told.setVisible(ledger is not None)
        number = len(ledger.lines) if ledger else 0
        self.accept.setText(
            on_a_button(f"Note {counted(number, 'amount', 'amounts')}" if number else "Note this money")
        )
        self.accept.setEnabled(self.desk.may_write and bool(number))
        self.leave.setEnabled(self.box.block() is not None)

    def _take_in(self) -> None:
        ledger, fund = self._ledger, self.chosen
        if ledger is None or fund is None:
            return
        headings = self.box.headings()
        noted = self.desk.attempt(lambda: commands.take_in(self.desk.database, fund, ledger, headings))
        if noted:
            self.box.clear()
            self.desk.say(f"{counted(noted, 'amount was', 'amounts were')} noted. Undo takes them back.")


def _words(ledger: Ledger) -> str:
    lines = [f"{counted(len(ledger.lines), 'amount', 'amounts')} to note, {ledger.known} noted already."]
    if ledger.new_entries:
        named = "; ".join(ledger.new_entries[:_MOST_TOLD])
        new = counted(len(ledger.new_entries), "new entry", "new entries")
        lines.append(f"{new} without a principle: {named}.")
    lines += [f"Left out. {one}" for one in ledger.left_out[:_MOST_TOLD]]
    if len(ledger.left_out) > _MOST_TOLD:
        lines.append(f"And {len(ledger.left_out) - _MOST_TOLD:,} more rows are left out.")
    return "\n".join(lines)
