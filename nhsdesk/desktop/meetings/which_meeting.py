"""The box that says which meeting a page is about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from nhsdesk.commands import meetings as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.domain import agendas
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting

_KEPT = "meetings.chosen"


class WhichMeeting(QComboBox):
    """All meetings, the latest first; begins at the one looked at last, else at the next to come."""

    picked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ids: list[Id] = []
        self.setAccessibleName("Meeting")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(160))
        self.activated.connect(lambda _: self._pick())

    @property
    def id(self) -> Id | None:
        """The chosen meeting; None where there is none."""
        at = self.currentIndex()
        return self._ids[at] if 0 <= at < len(self._ids) else None

    def fill(self) -> None:
        """Lists the meetings as the file holds them, the chosen one kept."""
        before = self._desk.layout.word(_KEPT)
        found = commands.all_meetings(self._desk.database)
        self._ids = [one.id for one in found]
        self.blockSignals(True)
        self.clear()
        self.addItems([f"{one.ref} {one.title_words()}" for one in found])
        refs = [one.ref for one in found]
        self.setCurrentIndex(refs.index(before) if before in refs else self._next(found))
        self.blockSignals(False)

    def choose(self, meeting: Id) -> None:
        """Turns to a meeting."""
        self.fill()
        if meeting in self._ids:
            self.setCurrentIndex(self._ids.index(meeting))
            self._pick()

    def stay_at(self, meeting: Meeting) -> None:
        """Goes back to a meeting whose words cannot be left yet."""
        self._desk.layout.keep_word(_KEPT, meeting.ref)
        self.fill()

    def _pick(self) -> None:
        self._desk.layout.keep_word(_KEPT, self.currentText().split(" ")[0])
        self.picked.emit()

    def _next(self, found: tuple[Meeting, ...]) -> int:
        today = self._desk.database.today()
        coming = [
            n for n, one in enumerate(found) if one.held_on >= today and not agendas.has_been(one, today)
        ]
        return coming[-1] if coming else 0
