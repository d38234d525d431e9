"""Above everything: whose file it is, the search, Undo and Redo, and when it was last saved."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from nhsdesk.desktop import theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.messages import AsRoomAllows
from nhsdesk.desktop.search_box import SearchBox
from nhsdesk.desktop.undo import Undoing
from nhsdesk.desktop.words import label, on_a_button, pill
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.store import queries
from nhsdesk.store.database import LONDON


class TopBar(QFrame):
    """The name of the PCN, the search box, Undo, Redo, and "Saved 10:42"."""

    def __init__(self, window: QWidget, undoing: Undoing) -> None:
        super().__init__()
        self.setObjectName("top")
        self._desk: Desk | None = None
        self._name = AsRoomAllows("h2")
        self._name.setMinimumWidth(theme.px(120))  # a long name gives way before the search does
        self._name.setMaximumWidth(theme.px(420))
        self._sample = pill("SAMPLE", "warn")
        self._sample.hide()
        self.search = SearchBox(window)
        self.search.setMinimumWidth(theme.px(180))
        self.search.setMaximumWidth(theme.px(420))
        self._saved = label("", "quiet", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._sample)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addStretch(1)
        for action in (undoing.undo, undoing.redo):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setIconSize(QSize(theme.px(20), theme.px(20)))
            row.addWidget(button)
        row.addWidget(self._saved)

    @property
    def saved(self) -> str:
        """When the file was last written, as it is shown."""
        return self._saved.text()

    def show_desk(self, desk: Desk, *, sample: bool) -> None:
        """Tells of this file from now on."""
        self._desk = desk
        self._sample.setVisible(sample)
        self.search.search_in(desk)
        desk.changed.connect(self._look)
        self._look()

    def let_go(self) -> None:
        """Tells of no file."""
        self._desk = None
        self.search.search_in(None)

    def _look(self, _: object = None) -> None:
        desk = self._desk
        if desk is None:
            return
        with desk.database.read() as reader:
            ours = reader.all(Organisation, ours=True)
            last = queries.steps(reader, last=1)
        name = " ".join(ours[0].name[:80].split()) if ours else desk.database.path.stem
        self._name.setText(name)
        self._name.setToolTip(on_a_button(name))
        if last:
            moment = datetime.fromisoformat(last[-1].moment).astimezone(ZoneInfo(LONDON))
            today = moment.date() == desk.database.today()
            self._saved.setText(f"Saved {moment:%H:%M}" if today else f"Saved {day_words(moment.date())}")
