"""The line below a register: what is shown, or what is chosen of it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QSizePolicy

from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.words import counted
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.kinds import HoursAWeek, Minutes, Pounds
from nhsdesk.domain.money import Hours

_SOON_MS = 120
"""A little after the list has come to rest, so that no key waits for sums."""

_AMOUNTS = (Pounds, HoursAWeek, Minutes)


def has_amounts(kind: RecordKind) -> bool:
    """Whether a register of the kind shows at first any column that can be summed."""
    return any(isinstance(one.kind, _AMOUNTS) for one in kind.fields if one.name in kind.columns)


class TotalsLine(QLabel):
    """How many entries are shown, and the sums of the columns of money and hours in sight."""

    def __init__(self, model: RecordModel, table: RecordTable) -> None:
        super().__init__()
        self._model, self._table = model, table
        self.setProperty("role", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(12, 4, 12, 6)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.tell)
        for signal in (model.modelReset, model.dataChanged, table.chosen_changed):
            signal.connect(self._soon.start)
        table.horizontalHeader().sectionResized.connect(self._soon.start)
        self._soon.start()

    def show_line(self, shown: bool) -> None:
        """Shows the line or hides it."""
        self.setVisible(shown)
        self._soon.start()

    def tell(self) -> None:
        """Says what there is now."""
        if self.isHidden():
            return
        kind, chosen = self._model.kind, self._table.selected_ids()
        several = len(chosen) > 1
        ids = chosen if several else self._model.ids
        shown = set(self._table.shown_columns())
        fields = [one for one in kind.fields if one.name in shown and isinstance(one.kind, _AMOUNTS)]
        sums = self._model.sums([one.name for one in fields], ids)
        said = "; ".join(_words(fields, sums))
        count = counted(len(ids), kind.noun, kind.nouns)
        about = f"Totals of {count} {'chosen' if several else 'shown'}"
        self.setText(f"{about}: {said}" if said else about)


def _words(fields: list[Field], sums: dict[str, Any]) -> Iterator[str]:
    for field in fields:
        value = sums.get(field.name)
        if value is None:
            continue
        told = f"{field.label.lower()} {field.kind.words(value)}"
        yield f"{told} ({value.wte:.2f} WTE)" if isinstance(value, Hours) else told
