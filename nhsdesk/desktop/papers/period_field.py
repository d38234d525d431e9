"""For which month, or as at which day: typed as people write it, or stepped through."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QToolButton, QWidget

from nhsdesk.desktop import icons, theme, words
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Period, read_as_at
from nhsdesk.store.database import Database

A_DAY = timedelta(days=1)


class PeriodField(QWidget):
    """The period a paper is asked for. Left alone, it is last month, or today."""

    changed = Signal()
    """Another period was given, or one that cannot be read; `problem` tells which."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._period = Period.MONTH
        self._chosen: Month | date | None = None
        self.problem = ""
        self.label = words.label(role="field", wrap=False)
        self.edit = QLineEdit()
        self.edit.editingFinished.connect(self._read)
        self.label.setBuddy(self.edit)
        self.back, self.on = QToolButton(), QToolButton()
        self.trouble = words.label(role="problem")
        self._lay_out()

    def ask_for(self, period: Period) -> None:
        """Asks for a month or a day, the usual one to begin with."""
        self._period, self._chosen = period, None
        month = period is Period.MONTH
        self.label.setText("Month" if month else "As at")
        self.edit.setAccessibleName("Month" if month else "As at")
        self.back.setAccessibleName("Month before" if month else "Day before")
        self.on.setAccessibleName("Month after" if month else "Day after")
        for button in (self.back, self.on):
            button.setToolTip(button.accessibleName())
        self.show_value()

    def choose(self, value: Month | date) -> None:
        """Asks for that month or day, where it is a month or a day that is asked for."""
        if isinstance(value, Month) == (self._period is Period.MONTH):
            self._take(value)

    @property
    def month(self) -> Month | None:
        """The month asked for, where it is a month that is asked for."""
        value = self._value()
        return value if isinstance(value, Month) else None

    @property
    def day(self) -> date | None:
        """The day asked for, where it is a day that is asked for."""
        value = self._value()
        return None if isinstance(value, Month) else value

    def show_value(self) -> None:
        """Writes the period in full; the usual one moves on with the calendar."""
        value = self._value()
        self.edit.setText(value.words if isinstance(value, Month) else day_words(value))
        self._tell("")

    def _value(self) -> Month | date:
        return self._usual() if self._chosen is None else self._chosen

    def _usual(self) -> Month | date:
        today = self._database.today()
        return Month.of(today).plus(-1) if self._period is Period.MONTH else today

    def _lay_out(self) -> None:
        self._at_this_zoom()
        theme.changes.made.connect(self._at_this_zoom)
        icons.put(self.back, "back")
        icons.put(self.on, "forward")
        self.back.clicked.connect(lambda: self._step(-1))
        self.on.clicked.connect(lambda: self._step(1))
        inside = QGridLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setHorizontalSpacing(4)
        inside.setVerticalSpacing(2)
        for place, part in enumerate((self.label, self.edit, self.back, self.on)):
            inside.addWidget(part, 0, place)
        inside.setColumnStretch(4, 1)
        inside.addWidget(self.trouble, 1, 0, 1, 5)

    def _at_this_zoom(self) -> None:
        self.edit.setFixedWidth(theme.px(168))

    def _read(self) -> None:
        text = self.edit.text()
        value = self._value()
        if text == (value.words if isinstance(value, Month) else day_words(value)):
            if self.problem:
                self._tell("")
                self.changed.emit()
            return
        month = self._period is Period.MONTH
        read = read_month(text) if month else read_as_at(text, self._database.today())
        if isinstance(read, Problem):
            self._tell(read.sentence)
            self.changed.emit()
        else:
            self._take(read)

    def _step(self, by: int) -> None:
        value = self._value()
        try:
            stepped = value.plus(by) if isinstance(value, Month) else value + by * A_DAY
        except (ValueError, OverflowError):
            return
        if isinstance(stepped, Month) or stepped <= self._database.today():
            self._take(stepped)

    def _take(self, value: Month | date) -> None:
        self._chosen = None if value == self._usual() else value
        self.show_value()
        self.changed.emit()

    def _tell(self, sentence: str) -> None:
        self.problem = sentence
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        self.edit.setProperty("wrong", bool(sentence))
        self.edit.style().polish(self.edit)
        today = self._database.today()
        value = self._value()
        self.on.setEnabled(isinstance(value, Month) or value < today)
