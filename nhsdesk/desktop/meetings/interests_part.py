"""Declared interests, the one confirmed longest ago first, and the button that confirms one today."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import bodies as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain import seats
from nhsdesk.sections.bodies import InterestView

_NONE = "No interest is entered. They are asked for at each meeting and confirmed once a year."


class InterestsPart(Part):
    """The register of interests."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first = label()
        self.list = WrappedTable(
            "Interests",
            ("Ref", "Whose", "Kind", "Interest", "How it is managed", "Confirmed"),
            wrapped=(3, 4, 1),
        )
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.opened.connect(lambda key: desk.show("interest", key))
        self.confirm = pressed("Note as confirmed today", "check", self._confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.confirm))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        today = self.desk.database.today()
        found = [one for one in commands.interests(self.desk.database) if seats.in_force(one.interest, today)]
        cells = {one.interest.id: _cells(one, seats.confirmed_words(one.interest, today)) for one in found}
        stale = sum(not held[-1].startswith("confirmed") for held in cells.values())
        told = f"{counted(len(found), 'interest', 'interests')} in force; "
        told += f"{stale} to be confirmed again." if stale else "all confirmed within a year."
        self._first.setText(told if found else _NONE)
        self.list.show_rows(list(cells.items()))
        self.confirm.setEnabled(bool(found) and not self.desk.database.read_only_because)

    def _confirm(self) -> None:
        chosen = self.list.current
        if chosen is None:
            return
        done = self.desk.attempt(lambda: commands.confirm_interest(self.desk.database, chosen))
        if done is not None:
            self.desk.say(f"{done.ref} is confirmed today.")


def _cells(one: InterestView, confirmed: str) -> tuple[str, ...]:
    held = one.interest
    return held.ref, one.holder, held.kind.words, held.what, held.mitigation or "not entered", confirmed
