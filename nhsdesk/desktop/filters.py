"""What narrows a register: words, and chips made from the fields whose columns it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any, get_type_hints

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import Derived, Field, RecordKind
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.register_views import value_words
from nhsdesk.store.held_values import HeldValue, held_values, may_be_listed
from nhsdesk.store.register import Chosen, NotAfter, OneOf

_BY = ((0, "today"), (7, "in 7 days"), (14, "in 14 days"), (30, "in 30 days"), (90, "in 90 days"))

_SHOWN = 6
"""Fields that a register shows at first of a kind that names no columns."""

_NOT_GIVEN = ((None, "not given"),)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A chip: the column it asks of, its heading, and the values it offers with their words."""

    column: str
    label: str
    offers: tuple[tuple[Any, str], ...] = ()
    by_day: bool = False
    field: Field | None = None
    """The field whose values are looked up in the file, of links and of months."""


class FilterBar(QWidget):
    """A line for words and a row of chips. `changed` after each letter and each choice."""

    changed = Signal()

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self._desk = desk
        self._kind = kind
        self._held: dict[str, tuple[HeldValue, ...]] = {}
        """What was looked up in the file, by column."""
        self._chosen: dict[str, set[Any]] = {}
        self._by_day: dict[str, int] = {}
        self._chips: dict[str, tuple[QPushButton, _Asked]] = {}
        self.line = QLineEdit()
        self.line.setPlaceholderText("Filter")
        self.line.setAccessibleName(f"Filter {kind.nouns} by words")
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumWidth(theme.px(180))
        self.line.setMaximumWidth(theme.px(300))
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self._clear = QPushButton("Show all")
        icons.put(self._clear, "cancel", "quiet")
        self._clear.setAccessibleName(f"Show all {kind.nouns}, without filters")
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        row = Flow()
        self.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line)
        for asked in _asked_of(kind):
            row.addWidget(self._chip(asked))
        row.addWidget(self._clear)
        self._row = row
        self.changed.connect(self._dress)

    def add(self, part: QWidget) -> None:
        """Puts a part behind the chips."""
        self._row.addWidget(part)

    @property
    def words(self) -> str:
        """The words every listed entry holds."""
        return self.line.text()

    def chosen(self) -> tuple[Chosen, ...]:
        """The values every listed entry holds."""
        today = self._desk.database.today()
        by_value = (OneOf(column, tuple(values)) for column, values in self._chosen.items() if values)
        by_day = (NotAfter(column, today + timedelta(days=days)) for column, days in self._by_day.items())
        return (*by_value, *by_day)

    def described(self) -> str:
        """What the list is narrowed to, for whoever reads it on paper."""
        said = [f"with the words “{self.words}”"] if self.words else []
        said += [button.text().replace("&&", "&") for button, _ in self._chips.values() if button.isChecked()]
        return ", ".join(said)

    def arranged(self) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, int], ...]]:
        """What is chosen, as a saved view keeps it: columns with values, and columns with days from today."""
        values = ((name, value) for name, values in self._chosen.items() for value in values)
        kept = sorted((name, self._kept_words(name, value)) for name, value in values)
        return tuple(kept), tuple(sorted(self._by_day.items()))

    def arrange(
        self, words: str, values: Iterable[tuple[str, str]], within: Iterable[tuple[str, int]]
    ) -> tuple[str, ...]:
        """Narrows to what a saved view keeps; a sentence for each of it that cannot be chosen here any more."""
        told = []
        self._chosen.clear()
        self._by_day.clear()
        for name, kept in values:
            _, asked = self._chips.get(name, (None, None))
            offers = self._by_kept_words(name, asked) if asked is not None else {}
            if kept in offers:
                self._chosen.setdefault(name, set()).add(offers[kept])
            else:
                told.append(f"It filters by “{kept}”, which {name} does not offer.")
        for name, days in within:
            _, asked = self._chips.get(name, (None, None))
            if asked is not None and asked.by_day and days in {value for value, _ in asked.offers}:
                self._by_day[name] = days
            else:
                told.append(f"It filters by {name} within {days} days, which is not offered.")
        self.line.blockSignals(True)
        self.line.setText(words)
        self.line.blockSignals(False)
        self.changed.emit()
        return tuple(told)

    def clear(self) -> None:
        """Shows everything again."""
        self._chosen.clear()
        self._by_day.clear()
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self.changed.emit()

    def _chip(self, asked: _Asked) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("chip", "true")
        chip.setCheckable(True)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        chip.clicked.connect(lambda: self._dress_chip(chip, asked))  # a click alone does not choose anything
        menu = QMenu(chip)
        menu.setAccessibleName(asked.label)
        menu.aboutToShow.connect(lambda: self._offer(menu, asked))
        chip.setMenu(menu)  # so that a screen reader says it opens a menu
        self._chips[asked.column] = (chip, asked)
        self._dress_chip(chip, asked)
        return chip

    def _offer(self, menu: QMenu, asked: _Asked) -> None:
        menu.clear()
        for value, words in self._offers_of(asked, anew=True):
            action = QAction(on_a_button(words), menu)
            action.setCheckable(True)
            action.setChecked(self._is_chosen(asked, value))
            action.triggered.connect(self._chooser(asked, value))
            menu.addAction(action)

    def _offers_of(self, asked: _Asked, *, anew: bool = False) -> tuple[tuple[Any, str], ...]:
        if asked.field is None:
            return asked.offers
        if anew or asked.column not in self._held:
            with self._desk.database.read() as reader:
                self._held[asked.column] = held_values(reader, self._kind, asked.field)
        found = tuple((one.value, one.words) for one in self._held[asked.column])
        return (*found, *asked.offers)

    def _kept_words(self, name: str, value: Any) -> str:
        kept = {one.value: one.kept for one in self._held.get(name, ())}
        return kept.get(value) or value_words(value)

    def _by_kept_words(self, name: str, asked: _Asked) -> dict[str, Any]:
        return {self._kept_words(name, value): value for value, _ in self._offers_of(asked, anew=True)}

    def _chooser(self, asked: _Asked, value: Any) -> Callable[[bool], None]:
        def choose(on: bool) -> None:
            if asked.by_day:
                self._by_day.pop(asked.column, None)
                if on:
                    self._by_day[asked.column] = value
            elif on:
                self._chosen.setdefault(asked.column, set()).add(value)
            else:
                self._chosen.get(asked.column, set()).discard(value)
            self.changed.emit()

        return choose

    def _is_chosen(self, asked: _Asked, value: Any) -> bool:
        if asked.by_day:
            return bool(self._by_day.get(asked.column) == value)
        return value in self._chosen.get(asked.column, ())

    def _dress(self) -> None:
        for chip, asked in self._chips.values():
            self._dress_chip(chip, asked)
        self._clear.setVisible(bool(self.words or self.chosen()))

    def _dress_chip(self, chip: QPushButton, asked: _Asked) -> None:
        chosen = asked.by_day or self._chosen.get(asked.column)
        offers = self._offers_of(asked) if chosen else ()
        words = [said for value, said in offers if self._is_chosen(asked, value)]
        chip.setChecked(bool(words))
        said = ("by " if asked.by_day else "") + " or ".join(words) if words else "any"
        chip.setText(on_a_button(f"{asked.label}: {said if len(said) < 40 else f'{len(words)} chosen'}"))


def _asked_of(kind: RecordKind) -> Iterator[_Asked]:
    """The chips of a kind in the order of its columns: choices, yes and no, days, months, and whom or what it names."""
    fields = {field.name: field for field in kind.fields}
    for name in kind.columns or tuple(fields)[:_SHOWN]:
        column = kind.derived_column(name)
        if column is not None:
            yield from _of_derived(column)
            continue
        field = fields[name]
        if isinstance(field.kind, times.Day):
            yield _Asked(name, field.label, _BY, by_day=True)
            continue
        if may_be_listed(kind, field):
            yield _Asked(name, field.label, () if field.given else _NOT_GIVEN, field=field)
            continue
        offers: tuple[tuple[Any, str], ...] = ()
        if isinstance(field.kind, kinds.OneOf):
            offers = _offers(field.kind.choices)
        elif isinstance(field.kind, kinds.Flag):
            offers = ((True, "Yes"), (False, "No"))
        if offers:
            yield _Asked(name, field.label, offers if field.given else (*offers, *_NOT_GIVEN))


def _of_derived(column: Derived) -> Iterator[_Asked]:
    given = choices_of(column)
    if given is not None:
        yield _Asked(column.name, column.label, _offers(given))


def choices_of(column: Derived) -> type[Choice] | None:
    """The choices of which a derived column gives one; None where it gives something else."""
    given = (
        get_type_hints(column.work_out).get("return") if hasattr(column.work_out, "__annotations__") else None
    )
    return given if isinstance(given, type) and issubclass(given, Choice) else None


def _offers(choices: type[Enum]) -> tuple[tuple[Any, str], ...]:
    return tuple((choice, choice.words) for choice in choices if isinstance(choice, Choice))
