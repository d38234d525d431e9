"""A page of parts about one entry of several, chosen above them; with only one there is nothing to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout

from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Made, Part, PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.kinds import Id

Listed = Callable[[], Sequence[tuple[Id, str]]]
"""What may be chosen: the id of each and its words."""


class ChosenPart(Part):
    """A part about the entry that is chosen above; None while there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chosen: Id | None = None


class ChosenPage(PartsPage):
    """The choice stays with the entry when others come or go."""

    def __init__(self, desk: Desk, name: str, listed: Listed, parts: Sequence[tuple[str, Made]]) -> None:
        super().__init__(desk, parts)
        self._listed = listed
        self.which = QComboBox()
        self.which.setAccessibleName(name)
        self.which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.which.setMinimumWidth(theme.px(160))
        self.which.activated.connect(lambda _: self._choose())
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.which)

    def look(self) -> None:
        self._offer()
        super().look()

    def _offer(self) -> None:
        every = self.desk.attempt(self._listed, ())
        before = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        for id_, words in every:
            self.which.addItem(words, id_)
        ids = [id_ for id_, _ in every]
        self.which.setCurrentIndex(ids.index(before) if before in ids else 0 if ids else -1)
        self.which.blockSignals(False)
        self.which.setVisible(len(ids) > 1)
        self._tell_parts()

    def _was_made(self, part: Part) -> None:
        super()._was_made(part)
        self._tell(part)

    def _tell(self, part: Part) -> None:
        if isinstance(part, ChosenPart):
            part.chosen = self.which.currentData()

    def _tell_parts(self) -> None:
        for part in self._parts():
            self._tell(part)

    def _choose(self) -> None:
        self._tell_parts()
        self._unseen |= set(self._parts())
        super().look()
