"""Table 2 pasted from the specification: what each figure becomes, and what is to be looked at, before it is taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import rates
from nhsdesk.commands.rates import TableWords
from nhsdesk.desktop.arrs.asked_field import AskedField, in_a_row
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain import kinds
from nhsdesk.domain.blocks import Row, Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rate_table import Judged, TableRow, TableTold
from nhsdesk.domain.rates import Rate

WANTED = (
    Wanted("title", "Role", kinds.Text(), ("role", "roles", "role title", "reimbursable role", "arrs role", "title"),
           needed=True),
    Wanted("national", "Maximum outside London", kinds.Pounds(),
           ("national", "maximum outside london", "outside london", "rest of england", "england", "maximum",
            "maximum reimbursable amount", "annual maximum reimbursable amount", "annual maximum", "amount",
            "max reimbursement gbp"), needed=True),
    Wanted("outer", "Maximum in outer London", kinds.Pounds(), ("outer london", "outer", "maximum in outer london")),
    Wanted("inner", "Maximum in inner London", kinds.Pounds(), ("inner london", "inner", "maximum in inner london")),
)  # fmt: skip
_ZONES = {"national": LondonZone.NONE, "outer": LondonZone.OUTER, "inner": LondonZone.INNER}
_HEADINGS = (
    "Row",
    "As it is titled",
    "Role and zone",
    "Maximum a year",
    "What it becomes",
    "On file",
    "Look at",
)
_HELP = (
    "Copy the table with its headings: roles, and the maxima outside London, in outer and in inner London. Figures "
    "are taken in unconfirmed; those on file are never changed, but superseded on the day this table was published."
)


class PastePanel(QWidget):
    """Paste, say from when it holds and where it is written, look, and take it in as one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.box = BlockBox(desk, WANTED, Incoming.RATES)
        self.box.without_table()
        self.box.changed.connect(self.refresh)
        self._fields = {
            "valid_from": AskedField("Valid from", "", 220),
            "valid_to": AskedField("Valid to", "", 220),
            "published_on": AskedField("Published on", "", 220, "26 March 2026"),
            "source": AskedField("Where it is written", "", 420, "Network Contract DES 2026/27, Table 2"),
        }
        for field in self._fields.values():
            field.done.connect(self.refresh)
        self._ours = QCheckBox("A local variation: for our PCN only")
        self._ours.toggled.connect(self.refresh)
        self._totals = label()
        self._table = CellsTable("Figures of the table", _HEADINGS, figures=(3,), most=8)
        self._doubts = label()
        self._take = button("Add maxima", "add", primary=True)
        self._take.clicked.connect(self._take_in)
        self._reason = label(role="help")
        self._outcome = Told("")
        self._lay_out()
        self._usual_year()

    def _lay_out(self) -> None:
        framed, stack = card("Paste Table 2")
        stack.addWidget(label(_HELP, "help"))
        stack.addWidget(self.box)
        stack.addLayout(in_a_row(*self._fields.values()))
        stack.addWidget(self._ours, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._take)
        line.addWidget(self._reason, 1)
        for part in (self._totals, self._table, self._doubts):
            stack.addWidget(part)
        stack.addLayout(line)
        stack.addWidget(self._outcome)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)
        whole.addStretch(1)

    def refresh(self) -> None:
        """Looks anew at what was pasted, beside what is on file now."""
        rows = tuple(_row(one) for one in self.box.rows())
        told = self._told(quiet=not rows)
        judged = rates.judge_table(self._desk.database, rows, told) if told is not None else ()
        wrong = [problem.sentence for one in self.box.rows() for problem in one.problems]
        self._table.show_cells(tuple(_cells(one) for one in judged))
        self._totals.setText(f"{rates.totals(judged)}." if judged else "")
        self._totals.setVisible(bool(judged))
        asked = [f"Row {one.row}, {one.title}: {each.sentence}" for one in judged for each in one.told]
        self._show_doubts([*wrong, *asked])
        taken = sum(one.takes for one in judged)
        self._take.setText(on_a_button(f"Add {counted(taken, 'maximum', 'maxima') if taken else 'maxima'}"))
        self._ready = bool(taken)
        self.allow()

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self._take.setEnabled(self._ready and self._desk.may_write)
        self._reason.setText(self._desk.database.read_only_because)

    def take_focus(self) -> None:
        """Puts the cursor where a table is pasted."""
        self.box.take_focus()

    def _usual_year(self) -> None:
        year = FinancialYear.of(self._desk.database.today())
        self._fields["valid_from"].show_words(day_words(year.first))
        self._fields["valid_to"].show_words(day_words(year.last))

    def _told(self, *, quiet: bool = False) -> TableTold | None:
        words = TableWords(
            self._fields["valid_from"].words, self._fields["valid_to"].words, self._fields["published_on"].words,
            self._fields["source"].words, self._ours.isChecked(),
        )  # fmt: skip
        told = rates.told_of_table(self._desk.database, words)
        problems = {} if isinstance(told, TableTold) or quiet else {one.field: one.sentence for one in told}
        for name, field in self._fields.items():
            field.tell(problems.get(name, ""))
        return told if isinstance(told, TableTold) else None

    def _show_doubts(self, sentences: list[str]) -> None:
        more = [f"And {len(sentences) - 8} more."] if len(sentences) > 8 else []
        begins = "To be looked at; nothing is changed for you."
        self._doubts.setText("\n".join([begins, *sentences[:8], *more]))
        self._doubts.setVisible(bool(sentences))

    def _take_in(self) -> None:
        rows, told, headings = tuple(_row(one) for one in self.box.rows()), self._told(), self.box.headings()
        if told is None:
            return
        database = self._desk.database
        taken = self._desk.attempt(lambda: rates.take_table(database, rows, told, headings))
        if taken:
            self.box.clear()
            self._outcome.tell(
                f"Added {counted(taken, 'maximum', 'maxima')}, not yet confirmed. Undo takes them back."
            )
            self.box.take_focus()


def _row(row: Row) -> TableRow:
    amounts = {zone: row.values[name] for name, zone in _ZONES.items() if row.values.get(name) is not None}
    return TableRow(row.number, row.values.get("title") or "", amounts)


def _cells(one: Judged) -> tuple[str, ...]:
    rate, held = one.rate, one.on_file
    return (
        f"{one.row}",
        one.title,
        "" if rate is None else _role_and_zone(rate),
        "" if rate is None else str(rate.annual),
        one.standing.value.capitalize(),
        "" if held is None else f"{held.ref}: {held.annual}",
        _asked(one.told),
    )


def _role_and_zone(rate: Rate) -> str:
    zone = "" if rate.zone is LondonZone.NONE else f", {rate.zone.value} London"
    return f"{rate.role.words}{zone}"


def _asked(told: tuple[Problem, ...]) -> str:
    return " ".join(one.sentence for one in told)
