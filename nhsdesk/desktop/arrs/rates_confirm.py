"""Maxima in force for a day as known on a day, and one sheet that confirms them against the specification."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import rates
from nhsdesk.commands.rates import Shown
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.arrs.confirm_form import ConfirmForm
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import Rate, standing_words

_HEADINGS = (
    "Role", "London zone", "Maximum a year", "A month", "How sure", "Known today", "Published", "Valid", "Source",
)  # fmt: skip
_DAY = Rate.KIND.field("confirmed_on").kind


class ConfirmPanel(QWidget):
    """What our posts rest on first, all on demand; what nobody confirmed says so in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._all = False
        self._shown: tuple[Shown, ...] = ()
        self._on = AskedField("Maxima for the day", "", 220)
        self._known = AskedField("As known on", "Maxima published later do not count.", 280)
        for field in (self._on, self._known):
            field.show_words(day_words(desk.database.today()))
            field.done.connect(self.refresh)
        self._more = button("Show all roles", "more")
        self._more.clicked.connect(self._show_all)
        self._summary = label()
        self._table = CellsTable("Maxima in force", _HEADINGS, figures=(2, 3), most=8)
        self._missing = label(role="problem")
        self._outcome = Told("")
        self.form = ConfirmForm(desk, "maximum", "maxima", self._to_confirm)
        self.form.confirmed.connect(self._confirmed)
        framed, stack = card("Maximum reimbursable amounts")
        stack.addLayout(in_a_row(self._on, self._known))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._summary, 1)
        line.addWidget(self._more)
        stack.addLayout(line)
        for part in (self._table, self._missing, self.form, self._outcome):
            stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)
        whole.addStretch(1)

    def refresh(self) -> None:
        """Reads anew what was in force."""
        on, known_on = self._day(self._on), self._day(self._known)
        if on is None or known_on is None:
            return
        every = rates.of_day(self._desk.database, on, known_on)
        needed = tuple(one for one in every if one.needed)
        self._more.setVisible(bool(needed) and len(needed) < len(every))
        self._shown = every if self._all or not needed else needed
        self._more.setText("Show only roles we have posts in" if self._all else "Show all roles")
        self._table.show_cells(tuple(_cells(one) for one in self._shown))
        self._summary.setText(self._words(on, known_on))
        lacking = [one.then.sentence for one in self._shown if one.needed and isinstance(one.then, Problem)]
        self._missing.setText("\n".join(dict.fromkeys(lacking)))
        self._missing.setVisible(bool(lacking))
        self.form.refresh()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self.form.allow()

    def take_focus(self) -> None:
        """Puts the cursor where work begins."""
        self._on.edit.setFocus()

    def _day(self, field: AskedField) -> date | None:
        words = field.words.strip()
        read = _DAY.read(words, self._desk.database.today()) if words else self._desk.database.today()
        field.tell(read.sentence if isinstance(read, Problem) else "")
        return read if isinstance(read, date) else None

    def _words(self, on: date, known_on: date) -> str:
        maxima = [one for one in self._shown if one.rate is not None]
        if not maxima:
            return f"No maximum for {day_words(on)} was known on {day_words(known_on)}."
        told = [
            f"{counted(len(maxima), 'maximum', 'maxima')} for {day_words(on)}, as known on {day_words(known_on)}."
        ]
        unsure = len(self._to_confirm())
        told.append(f"Not confirmed: {unsure}." if unsure else "All of them are confirmed.")
        differing = sum(one.differs for one in self._shown)
        if differing:
            told.append(f"Known otherwise today: {differing}.")
        return " ".join(told)

    def _to_confirm(self) -> tuple[Id, ...]:
        return tuple(one.rate.id for one in self._shown if one.rate is not None and one.to_confirm)

    def _show_all(self) -> None:
        self._all = not self._all
        self.refresh()

    def _confirmed(self, sentence: str) -> None:
        self.refresh()
        self._outcome.tell(sentence)
        self._on.edit.setFocus()


def _cells(one: Shown) -> tuple[str, ...]:
    rate = one.rate
    zone = one.zone.words
    now = rates.amount_words(one.now) if one.differs else "The same"
    if rate is None:
        return (one.role.words, zone, "No maximum on file", "", "", now, "", "", "")
    ours = ", for our PCN only" if rate.network is not None else ""
    until = f"to {day_words(rate.valid_to)}" if rate.valid_to else "on"
    return (
        one.role.words,
        zone,
        str(rate.annual),
        str(rates.a_month(rate.annual)),
        standing_words(rate),
        now,
        day_words(rate.published_on) if rate.published_on else "not told",
        f"from {day_words(rate.valid_from)} {until}",
        f"{rate.ref}{ours}: {rate.source}",
    )
