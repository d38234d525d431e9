"""Who lives where: each practice's patients by neighbourhood, those outside ours, and shares that make no whole."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import neighbourhood_shares as commands
from nhsdesk.desktop.commitments.parts import Part, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import neighbourhood_shares as rules
from nhsdesk.domain.neighbourhood_shares import Part as ShareOf
from nhsdesk.domain.neighbourhood_shares import Spread, percent
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.footprint import Mismatch

_NONE = (
    "No share is written down. Paste them under “Take in shares”, or add them to a practice in its own form."
)
_MOST_TOLD = 5


class SharesPart(Part):
    """The sum above, a line for each practice and neighbourhood below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sum, self._first, self._wrong = label(role="h2"), label(), Told()
        self.list = table(
            "Practices by neighbourhood",
            ("Practice", "List", "Neighbourhood", "Share", "Patients", "Outside ours", "Counted on"),
            0,
            2,
            figures=(1, 3, 4),
        )
        self.list.opened.connect(self._open_key)
        self.open = pressed("Open this practice", "open", lambda: self._open_key(self.list.current))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for part in (self._sum, self._first, self._wrong):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.open))
        words = "Patients are the share of the registered list as counted last, rounded to whole people."
        column.addWidget(label(words, "help"))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        seen = commands.mismatch(self.desk.database)
        rows = [line for one in seen.spreads for line in _rows(one, seen)]
        self.list.show_rows(rows)
        self._sum.setText(_sum(seen))
        straddling = sum(one.straddles for one in seen.spreads)
        self._first.setText(
            f"{counted(straddling, 'list straddles', 'lists straddle')} a border." if rows else _NONE
        )
        told = [one.sentence for one in seen.problems[:_MOST_TOLD]]
        if len(seen.problems) > _MOST_TOLD:
            told.append(f"And {len(seen.problems) - _MOST_TOLD:,} more.")
        self._wrong.tell(" ".join(told))
        self.open.setEnabled(bool(rows))

    def _open_key(self, key: Any) -> None:
        if key is not None:
            self.desk.show("practice", key[0])


def _sum(seen: Mismatch) -> str:
    if not any(one.parts for one in seen.spreads):
        return "Nothing counted yet"
    if not seen.own:
        return "It is not said which neighbourhood our PCN belongs to"
    number = rules.outside(seen.spreads)
    where = " and ".join(sorted(seen.neighbourhoods[one] for one in seen.own))
    if number is None:
        return f"How many patients live outside {where} is not known"
    return f"{counted(number, 'patient lives', 'patients live')} outside {where}"


def _rows(one: Spread, seen: Mismatch) -> list[tuple[Any, tuple[str, ...]]]:
    name = seen.practices[one.practice]
    listed = "not known" if one.listed is None else f"{one.listed:,.0f}"
    if not one.parts:
        return [((one.practice, 0), (name, listed, "not counted yet", "", "", "", ""))]
    counted_on = day_words(one.counted_on) if one.counted_on is not None else ""
    return [
        ((one.practice, n), (name, listed, *_part(part, seen), counted_on))
        for n, part in enumerate(one.parts)
    ]


def _part(part: ShareOf, seen: Mismatch) -> tuple[str, ...]:
    patients = "not known" if part.patients is None else f"{part.patients:,}"
    outside = {True: "✕ outside", False: "● ours", None: "? not known"}[part.outside]
    return seen.neighbourhoods.get(part.neighbourhood, "not listed"), percent(part.share), patients, outside
