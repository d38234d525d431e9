"""A copy for somebody else, with a letter of its own, and the copies that this file knows of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import copies, files
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.new_file import KINDS
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label

FIRST = (
    "A copy is this whole file under a letter of its own, for somebody who works elsewhere. Its new entries carry the "
    "letter (C-B7). What either of you writes is exchanged later; nothing is overwritten in silence. It holds all "
    "that this file holds: hand it only to whoever may see all of it, on an encrypted drive."
)


class GivePart(Part):
    """What a copy is, where it goes, and which there are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._outcome, self._trouble = Told(""), Told()
        self.hand_out = pressed("Hand out a copy…", "copy", self._ask)
        self.list = table(
            "Copies this file knows", ("Copy", "Made from", "Made", "Newest step known here"), 3
        )
        column = scrolled_column(self)
        column.addWidget(label(FIRST))
        column.addLayout(row(self.hand_out))
        column.addWidget(self._outcome)
        column.addWidget(self._trouble)
        column.addWidget(self.list, 1)

    def begin_at(self) -> QWidget:
        return self.hand_out

    def look(self) -> None:
        self.hand_out.setEnabled(self.desk.may_write)
        known = copies.known_copies(self.desk.database)
        self.list.show_rows([(one.letter, (one.told, one.parent, one.made, one.newest)) for one in known])

    def _ask(self) -> None:
        path = self.desk.database.path
        target = asking.choose_file(self, "Hand out a copy", path.parent, f"{path.stem} copy.nhsdesk", KINDS)
        if target is None:
            return
        self._tell("", "")
        database = self.desk.database
        self.desk.background.start(
            "Making the copy",
            lambda _: (files.hand_out(database, target), target),
            self._made,
            writes=True,
            failed=lambda sentence: self._tell("", sentence),
        )

    def _made(self, given: tuple[str, Path]) -> None:
        letter, target = given
        self._tell(f"Copy {letter} was made: {target}. Give it to whoever works with you.", "")
        self.look()

    def _tell(self, done: str, trouble: str) -> None:
        self._outcome.tell(done)
        self._trouble.tell(trouble)
