"""The bodies above; below them what the chosen one may decide, its quorum worked out, its gaps and its plan."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import bodies as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.meetings.going_out import GoingOut
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.seats import Voice
from nhsdesk.sections import bodies as section
from nhsdesk.sections.bodies import BodyView

_NONE = (
    "No board or group is entered. Add one in the list of bodies, with what it may decide and its quorum; its seats "
    "and meetings then stand beside it."
)


class BodiesPart(Part):
    """The list, and the chosen body in words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[Id, BodyView] = {}
        self._first = label()
        self.list = WrappedTable(
            "Bodies", ("Ref", "Body", "Set up as", "Quorum", "General practice"), wrapped=(1, 3)
        )
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("body", key))
        self.told = reading("What this body may decide, its quorum and its plan")
        self.open = pressed("Open this body", "open", self._open)
        self.archive = GoingOut(desk, "minutes of all its meetings", ("minutes-book", "minutes-book-own"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 2)
        column.addWidget(self.told, 3)
        column.addLayout(row(self.open, self.archive))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = commands.view(self.desk.database)
        self._seen = {one.body.id: one for one in found}
        unheard = sum(one.voice is not Voice.SPEAKS for one in found)
        told = f"{counted(len(found), 'body', 'bodies')}. "
        told += f"On {unheard} of them general practice is not heard in full."
        self._first.setText(told if found else _NONE)
        self.list.show_rows([(one.body.id, _cells(one)) for one in found])
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.list.current)
        self.told.setPlainText("" if one is None else section.words(one))
        self.open.setEnabled(one is not None)
        self.archive.show_entry(one.body.id if one is not None else None)

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("body", self.list.current)


def _cells(one: BodyView) -> tuple[str, ...]:
    form = one.body.governance.words if one.body.governance else "Not entered"
    return one.body.ref, one.body.name, form, " ".join(one.steps), one.voice.words
