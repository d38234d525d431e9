"""What is asked of an employer's month besides its lines: whose, which month, what sort, and what is stated of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands.pay_in import Employer
from nhsdesk.desktop import theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import label
from nhsdesk.domain import kinds
from nhsdesk.domain.employers import StatementKind, VatMarker
from nhsdesk.domain.kinds import Choice, Id, Kind
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.pay_seen import Asked

_MONTHS_BACK, _MONTHS_ON = 24, 1


class WordsField(QWidget):
    """A field with its name above it and what is wrong with its words below it."""

    left = Signal()

    def __init__(self, name: str, kind: Kind, desk: Desk, width: int = 120) -> None:
        super().__init__()
        self._kind, self._desk, self._width = kind, desk, width
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.editingFinished.connect(self._read)
        self._trouble = label(role="problem")
        self._trouble.hide()
        named = label(name, "field", wrap=False)
        named.setBuddy(self.edit)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        for part in (named, self.edit, self._trouble):
            stack.addWidget(part)
        self._at_this_zoom()
        theme.changes.made.connect(self._at_this_zoom)

    def value(self) -> Any | Problem:
        """What was meant, None for nothing, or what is wrong with it."""
        return self._kind.read(self.edit.text(), self._desk.database.today())

    def show_value(self, value: Any) -> None:
        """Writes a value in its words."""
        self.edit.setText(self._kind.words(value))
        self._read_quietly()

    def _read(self) -> None:
        self._read_quietly()
        self.left.emit()

    def _read_quietly(self) -> None:
        value = self.value()
        told = value.sentence if isinstance(value, Problem) else ""
        self._trouble.setText(told)
        self._trouble.setVisible(bool(told))
        self.edit.setAccessibleDescription(told)
        self.edit.setProperty("wrong", bool(told))
        self.edit.style().polish(self.edit)

    def _at_this_zoom(self) -> None:
        self.edit.setFixedWidth(theme.px(self._width))
        self._trouble.setMaximumWidth(theme.px(2 * self._width))


class ChoiceField(QWidget):
    """A list to choose from with its name above it."""

    chosen = Signal()

    def __init__(self, name: str, letters: int = 14) -> None:
        super().__init__()
        self.box = QComboBox()
        self.box.setAccessibleName(name)
        self.box.currentIndexChanged.connect(lambda _: self.chosen.emit())
        self.box.setMinimumContentsLength(letters)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        named = label(name, "field", wrap=False)
        named.setBuddy(self.box)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        stack.addWidget(named)
        stack.addWidget(self.box)

    def offer(self, offered: Sequence[tuple[str, Any]], current: Any = None) -> None:
        """Offers words, each with what it stands for, one of them chosen; says nothing of it."""
        with QSignalBlocker(self.box):
            self.box.clear()
            for words, value in offered:
                self.box.addItem(words if len(words) <= 60 else f"{words[:60]}…", value)
            at = next((n for n, (_, value) in enumerate(offered) if value == current), 0)
            self.box.setCurrentIndex(at if offered else -1)

    def value(self) -> Any:
        """What is chosen; None where there is nothing to choose."""
        return self.box.currentData()


def choices_of(choices: type[Choice], nothing: str = "") -> list[tuple[str, Choice | None]]:
    """A list of choices as a field offers it, with a word for none of them first."""
    made: list[tuple[str, Choice | None]] = [(nothing, None)] if nothing else []
    return [*made, *((one.words, one) for one in choices)]


def months_to_choose(today: date, due: Month | None = None) -> list[tuple[str, Month]]:
    """The months that may be asked for, the newest first."""
    this = Month.of(today)
    months = {this.plus(by) for by in range(-_MONTHS_BACK, _MONTHS_ON + 1)} | ({due} if due else set())
    return [(month.words_with_number, month) for month in sorted(months, reverse=True)]


class PayInFields(QWidget):
    """Employer, month, kind, number, total and VAT, in a row that goes on in the next line."""

    whose_changed = Signal()
    """Another employer or month."""
    stated_changed = Signal()
    """Something else that is stated."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: dict[Id, Employer] = {}
        self._total_typed = False
        self.employer, self.month = ChoiceField("Employer", 24), ChoiceField("Month", 16)
        self.kind, self.vat = ChoiceField("What it is"), ChoiceField("VAT")
        self.number = WordsField("Invoice or report number", kinds.Reference(), desk, 150)
        self.total = WordsField("Total stated", kinds.Pounds(), desk)
        self.vat_amount = WordsField("VAT charged", kinds.Pounds(), desk)
        flow = Flow()
        flow.setSpacing(12)
        flow.setContentsMargins(0, 0, 0, 0)
        self.setLayout(flow)
        for part in (
            self.employer,
            self.month,
            self.kind,
            self.number,
            self.total,
            self.vat,
            self.vat_amount,
        ):
            flow.addWidget(part)
        self.kind.offer(choices_of(StatementKind))
        self.vat.offer(choices_of(VatMarker, "not said"))
        self.employer.chosen.connect(self._choose_employer)
        self.month.chosen.connect(self.whose_changed)
        for choice in (self.kind, self.vat):
            choice.chosen.connect(self.stated_changed)
        for field in (self.number, self.total, self.vat_amount):
            field.left.connect(self.stated_changed)
        self.total.edit.textEdited.connect(self._type_total)

    def offer(self, employers: Sequence[Employer], *, afresh: bool) -> None:
        """Offers the employers; afresh it presets the one whose turn it is and its month."""
        kept = None if afresh else self.employer.value()
        self._known = {one.id: one for one in employers}
        self.employer.offer([(one.name, one.id) for one in employers], kept)
        if afresh or kept not in self._known:
            self._preset_month()

    def asked(self, replaces: Id | None = None) -> Asked | Problem | None:
        """What is asked for; a Problem where something typed cannot be read, None without an employer."""
        values: list[Any] = [field.value() for field in (self.number, self.total, self.vat_amount)]
        wrong = next((one for one in values if isinstance(one, Problem)), None)
        employer, month = self.employer.value(), self.month.value()
        if wrong is not None:
            return wrong
        if employer is None or not isinstance(month, Month):
            return None
        return Asked(
            employer,
            month,
            self.kind.value(),
            values[0],
            values[1],
            self.vat.value(),
            values[2],
            None,
            replaces,
        )

    @property
    def name(self) -> str:
        """What the chosen employer is called."""
        known = self._known.get(self.employer.value())
        return known.name if known else ""

    def state_total(self, total: Money | None) -> None:
        """Writes the total that the block itself states, unless somebody typed another."""
        if not self._total_typed:
            self.total.show_value(total)

    def forget_stated(self) -> None:
        """Empties what belonged to the statement that was taken in."""
        self._total_typed = False
        for field in (self.number, self.total, self.vat_amount):
            field.show_value(None)

    def _type_total(self, words: str) -> None:
        self._total_typed = bool(words.strip())

    def _choose_employer(self) -> None:
        self._preset_month()
        self.whose_changed.emit()

    def _preset_month(self) -> None:
        today = self._desk.database.today()
        known = self._known.get(self.employer.value())
        due = known.due if known and known.due else Month.of(today).plus(-1)
        self.month.offer(months_to_choose(today, due), due)
