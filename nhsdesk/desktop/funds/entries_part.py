"""The entries of a fund: what each rests on in words and sign, and money noted as it is committed or spent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from nhsdesk.commands import funds as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.fund_part import NONE, FundPart
from nhsdesk.desktop.funds.told import WholeTable, scrolled_column, sign
from nhsdesk.desktop.words import label
from nhsdesk.domain.fund_rules import Basis
from nhsdesk.domain.funds import FundEntry, FundMovement, MovementKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import fund_facts
from nhsdesk.sections.fund_facts import EntryFacts, FundFacts

_HEADINGS = ("Ref", "What for", "Rests on", "Planned", "Committed", "Spent", "Who gets it")


class EntriesPart(FundPart):
    """The entries above, what is to be known of the chosen one, and below it what happened to its money."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, EntryFacts] = {}
        self._first = label()
        self.table = WholeTable("Entries of the fund", _HEADINGS, figures=(3, 4, 5), wrapped=(1, 6))
        self.table.chosen.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self._open())
        self._told = label()
        self.open = pressed("Open this entry", "open", self._open)
        self.happened = QComboBox()
        self.happened.setAccessibleName("What happened")
        self.happened.addItems([one.words for one in MovementKind])
        self.happened.setCurrentText(MovementKind.SPENT.words)
        self.amount = AskedField("Amount", wide=160)
        self.on = AskedField("On", wide=180)
        self.theirs = AskedField("Reference", wide=200)
        self.note = pressed("Note this money", "ok", self._note, primary=True)
        framed, stack = card("Entries")
        for part in (self._first, self.table, self._told):
            stack.addWidget(part)
        stack.addLayout(row(self.open))
        self._form, form = card("Money of this entry")
        form.addWidget(self._fields())
        form.addLayout(row(self.note))
        scrolled_column(self, framed, self._form)

    def _fields(self) -> QWidget:
        chosen = QWidget()
        chosen.setMaximumWidth(theme.px(260))
        stack = QVBoxLayout(chosen)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(4)
        named = label("What happened", "field", wrap=False)
        named.setBuddy(self.happened)
        stack.addWidget(named)
        stack.addWidget(self.happened)
        stack.addStretch(1)
        made = QWidget()
        line = in_a_row(chosen, self.amount, self.on, self.theirs)
        line.setContentsMargins(0, 0, 0, 0)
        made.setLayout(line)
        return made

    def begin_at(self) -> QWidget:
        return self.table

    def show_fund(self, fund: FundFacts | None) -> None:
        entries = fund.entries if fund else ()
        self._seen = {Id(int(one.id)): one for one in entries}
        none = "Nothing is entered for this fund. Add an entry in the form of the fund or in the list of entries."
        bad = sum(one.spent_on_nothing for one in entries)
        told = f"{bad} of {len(entries)} have money spent without a ratified principle."
        self._first.setText(NONE if fund is None else told if entries else none)
        self.table.show_rows([(Id(int(one.id)), _cells(one)) for one in entries])
        sign(self.table, 2, [one.tone for one in entries])
        self._form.setVisible(bool(entries))
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.table.current)
        self._told.setText("" if one is None else _words(one))
        self.open.setEnabled(one is not None)
        self.note.setEnabled(one is not None and self.desk.may_write)

    def _open(self) -> None:
        if self.table.current is not None:
            self.desk.show(FundEntry.KIND.name, self.table.current)

    def _note(self) -> None:
        entry, today = self.table.current, self.desk.database.today()
        kind = list(MovementKind)[self.happened.currentIndex()]
        amount = self._read("amount", self.amount)
        on: Any = self._read("on", self.on) if self.on.words.strip() else today
        if entry is None or amount is None or on is None:
            return
        noted = self.desk.attempt(
            lambda: commands.note_movement(self.desk.database, entry, kind, amount, on, self.theirs.words)
        )
        if isinstance(noted, Problem):
            (self.amount if noted.field == "amount" else self.on).tell(noted.sentence)
        elif noted is not None:
            for field in (self.amount, self.on, self.theirs):
                field.show_words("")
            self.look()
            self.desk.say(f"{noted.amount} {kind.value} on {day_words(noted.on)} was noted as {noted.ref}.")
            self.amount.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, name: str, field: AskedField) -> Any:
        """What stands in a field; None where it cannot be read, which is told beside it."""
        read = FundMovement.KIND.field(name).kind.read(field.words, self.desk.database.today())
        if isinstance(read, Problem) or read is None:
            field.tell(
                read.sentence if isinstance(read, Problem) else "Give an amount, such as 1,250 or £1,250.00."
            )
            return None
        field.tell("")
        return read


def _cells(one: EntryFacts) -> tuple[str, ...]:
    planned = "not given" if one.planned is None else str(one.planned)
    rests = "Ratified" if one.basis == Basis.RATIFIED.value else "Not ratified"
    gets = f"{one.sector}, consultancy" if one.consultancy else one.sector
    return one.ref, one.what, rests, planned, str(one.committed), str(one.spent), gets


def _words(one: EntryFacts) -> str:
    lines = [f"{one.ref} {one.what}. Principle: {one.principle}.", fund_facts.footing_words(one)]
    if one.early:
        lines.append(f"{one.early} was spent before every partner had ratified it.")
    if one.consultancy is None:
        lines.append("Whether it is consultancy is not said.")
    if one.supplier:
        lines.append(f"Supplier: {one.supplier}.")
    if one.posts:
        lines.append(f"Posts it pays for: {'; '.join(one.posts)}.")
    return "\n".join(lines)
