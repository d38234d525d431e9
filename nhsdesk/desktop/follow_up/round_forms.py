"""The forms of a round: saved for those missing, and read in when they come back, looked at before anything is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from nhsdesk.commands import attachments, round_forms
from nhsdesk.commands.attachments import Looked
from nhsdesk.commands.round_forms import Answered
from nhsdesk.desktop import asking
from nhsdesk.desktop.answer_preview import AnswerPreview
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file_field import ANY_FILE, last_folder
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted
from nhsdesk.sections.rounds import RoundView

FOLDER = "rounds.folder"
"""Where drafts and forms were last saved, kept for this computer."""
_KINDS = "Excel workbook (*.xlsx)"


class RoundForms(QWidget):
    """Two buttons, and below them the reply that was read and is not yet taken in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: RoundView | None = None
        self._answered: Answered | None = None
        self.save = pressed("Save forms for those missing…", "save", self._save)
        self.read = pressed("Read a form in…", "import", self._read)
        self.preview = AnswerPreview("Take in the reply")
        self.preview.taken.connect(self._take_in)
        self._told = Told("")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addLayout(row(self.save, self.read))
        stack.addWidget(self.preview)
        stack.addWidget(self._told)

    def show_round(self, view: RoundView | None) -> None:
        """The round whose forms would be saved; a form that comes back is known by itself."""
        self._view = view
        self.save.setEnabled(view is not None and bool(view.standing.missing) and not view.standing.closed)
        self.read.setEnabled(self._desk.may_write)

    # ---- inside

    def _save(self) -> None:
        view = self._view
        if view is None:
            return
        folder = asking.choose_folder(self, "Save the forms in a folder", self._folder())
        if folder is None:
            return
        written = self._desk.attempt(lambda: round_forms.write_forms(self._desk.database, view, folder))
        if written is not None:
            self._desk.layout.keep_word(FOLDER, str(folder))
            forms = counted(len(written), "form was", "forms were")
            self._desk.say(f"{forms} written in {folder.name}, each as Excel and as a page to print.")

    def _read(self) -> None:
        path = asking.choose_existing(self, "Choose the form that came back", self._folder(), _KINDS)
        if path is None:
            return
        self._desk.layout.keep_word(FOLDER, str(path.parent))
        self._forget()
        found = self._desk.attempt(lambda: round_forms.look(self._desk.database, path))
        if found is not None:
            self._answered = found
            self.preview.show_answer(
                (_opening(found), *found.notes), found.changes, found.wrong, may=found.may_be_taken_in
            )
            QTimer.singleShot(0, self, self._into_sight)

    def _into_sight(self) -> None:
        """The page is scrolled to what was read, once it has its room."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.preview)

    def _take_in(self) -> None:
        found = self._answered
        if found is None:
            return
        file = self._file_of(found)
        if found.wants_file and file is None:
            return
        done = self._desk.attempt(lambda: round_forms.take_in(self._desk.database, found, file))
        if done is not None:
            self._forget()
            self._told.tell(
                f"The reply of {found.who} to {found.view.round.ref} was noted, as one step. Undo takes it back."
                if done
                else f"The reply of {found.who} to {found.view.round.ref} was taken in already."
            )

    def _file_of(self, found: Answered) -> Looked | None:
        """The file that came with the form, where the reply is one."""
        if not found.wants_file:
            return None
        named = f"Choose the file that came with it: {found.read.file}"
        path = asking.choose_existing(self, named, last_folder(self._desk), ANY_FILE)
        return None if path is None else self._desk.attempt(lambda: attachments.look(path))

    def _forget(self) -> None:
        self._answered = None
        self.preview.clear()
        self._told.tell("")

    def _folder(self) -> Path:
        return Path(self._desk.layout.word(FOLDER) or Path.home())


def _opening(found: Answered) -> str:
    whose = f"{found.who} to {found.view.round.ref}, {found.view.round.ask}"
    end = "" if whose.endswith(("?", ".", "!")) else "."
    if found.read_before:
        return f"Taken in already: the reply of {whose}{end}"
    if not found.may_be_taken_in and not found.wrong:
        return f"Noted already: the reply of {whose}{end}"
    return f"A reply of {whose}{end}"
