"""Reminders as files: a calendar file of all-day events, and a draft e-mail for each owner. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from nhsdesk.commands import reminders
from nhsdesk.commands.reminders import Letter, Made
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.papers import Audience

_FOLDER = "reminders.folder"
_READERS = (
    (Audience.PARTNERS, "Everybody: without what is restricted"),
    (Audience.OWN_BOARD, "Our own board: with what is restricted"),
)
_KINDS = "Calendar file (*.ics)"


class RemindersPart(Part):
    """The letters to be written on the left, the chosen one beside them, and what to save."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._made: Made | None = None
        self._letters: dict[object, Letter] = {}
        self.readers = QComboBox()
        self.readers.setAccessibleName("Who will read them")
        for audience, words in _READERS:
            self.readers.addItem(words, audience)
        self.readers.currentIndexChanged.connect(lambda _: self.look())
        self._first, self._trouble = label(), Told()
        self.anyway = QCheckBox("I have read this. Write them all the same")
        self.anyway.hide()
        self.list = table("Drafts", ("Owner", "Actions", "Left out"), 0, figures=(1, 2))
        self.list.chosen.connect(lambda _: self._show())
        self.letter = reading("The draft")
        self.calendar = pressed("Save a calendar file…", "save", self._save_calendar)
        self.drafts = pressed("Save the drafts in a folder…", "save", self._save_drafts)
        column = scrolled_column(self)
        column.setSpacing(8)
        column.addLayout(row("Who will read them", self.readers))
        column.addWidget(self._first)
        column.addWidget(self.list, 1)
        column.addWidget(self.letter, 1)
        column.addWidget(self._trouble)
        column.addWidget(self.anyway)
        column.addLayout(row(self.calendar, self.drafts))
        column.addWidget(
            label("Open a draft in your mail program, choose the address there and send it. A calendar file that is "
                  "opened again puts its events in place of the earlier ones. The week sheet is printed under "
                  "Returns and papers.", "help")
        )  # fmt: skip

    def begin_at(self) -> QWidget:
        return self.readers

    def look(self) -> None:
        audience = self.readers.currentData()
        self._made = self.desk.attempt(lambda: reminders.gather(self.desk.database, audience))
        letters = self._made.letters if self._made is not None else ()
        self._letters = dict(enumerate(letters))
        self._first.setText(reminders.told(self._made) if self._made is not None else "")
        self.list.show_rows(
            [(at, (one.owner, str(one.actions), str(one.left_out or ""))) for at, one in enumerate(letters)]
        )
        self.calendar.setEnabled(
            self._made is not None and bool(self._made.reminders or self._made.cancelled)
        )
        self.drafts.setEnabled(bool(letters))
        self._show()

    def _show(self) -> None:
        one = self._letters.get(self.list.current)
        self.letter.setPlainText(f"{one.subject}\n\n{one.words}" if one is not None else "")

    def _may(self, made: Made) -> bool:
        """What names a practice that must not be named is read before it goes out."""
        if not made.problems or self.anyway.isChecked():
            return True
        self._trouble.tell(" ".join(dict.fromkeys(one.sentence for one in made.problems)))
        self.anyway.show()
        self.anyway.setFocus()
        return False

    def _save_calendar(self) -> None:
        made = self._made
        if made is None or not self._may(made):
            return
        name = reminders.suggested_name(made)
        target = asking.choose_file(self, "Save a calendar file", self._folder(), name, _KINDS)
        if target is not None:
            told = f"{target.name} was written with {counted(len(made.reminders), 'event', 'events')}."
            self._done(
                lambda: reminders.write_calendar(
                    self.desk.database, made, target, acknowledged=self.anyway.isChecked()
                ),
                target.parent,
                told,
            )

    def _save_drafts(self) -> None:
        made = self._made
        if made is None or not self._may(made):
            return
        folder = asking.choose_folder(self, "Save the drafts in a folder", self._folder())
        if folder is not None:
            told = f"{counted(len(made.letters), 'draft was', 'drafts were')} written in {folder.name}."
            self._done(
                lambda: reminders.write_drafts(
                    self.desk.database, made, folder, acknowledged=self.anyway.isChecked()
                ),
                folder,
                told,
            )

    def _done(self, write: Callable[[], object], folder: Path, told: str) -> None:
        def written() -> bool:
            write()
            return True

        if self.desk.attempt(written, otherwise=False):
            self.desk.layout.keep_word(_FOLDER, str(folder))
            self._trouble.tell("")
            self.anyway.setChecked(False)
            self.anyway.hide()
            self.desk.say(told)

    def _folder(self) -> Path:
        return Path(self.desk.layout.word(_FOLDER) or Path.home())
