"""The last steps of a paper: chosen a place for, written, kept as sent; and where it went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from nhsdesk.desktop import asking
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.making import Wanted, make
from nhsdesk.domain.composed import ComposedBriefing
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Paper

if TYPE_CHECKING:  # loaded when the first paper is made
    from nhsdesk.commands.papers import Made

FOLDER = "papers.folder"
_KINDS = {".xlsx": "Excel workbook (*.xlsx)", ".pdf": "PDF (*.pdf)"}


class Saving(QObject):
    """Asks where, writes, and says where the file went."""

    saved = Signal(str)
    """A sentence with the path of what was written."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self.path: Path | None = None
        """The file saved last."""

    def choose(self, title: str, name: str, paper: Paper[Any]) -> Path | None:
        """Where to write a paper; None where the person thought better of it."""
        from nhsdesk.commands import papers

        folder = Path(self._desk.layout.word(FOLDER) or self._desk.database.path.parent)
        target = asking.choose_file(self._parent, title, folder, name, _KINDS[papers.ending(paper)])
        if target is not None:
            self._desk.layout.keep_word(FOLDER, str(target.parent))
        return target

    def send(self, made: Made, target: Path, *, acknowledged: bool) -> None:
        """Writes a paper and keeps it as sent; where that is refused, it says why."""
        from nhsdesk.commands import papers

        database = self._desk.database
        sent: SentPaper | None = self._desk.attempt(
            lambda: papers.issue(database, made, target, acknowledged=acknowledged)
        )
        if sent is not None:
            beside = ", with a copy for a browser beside it" if papers.has_page(made) else ""
            self._tell(target, f"{sent.title}: saved as {target}{beside}, and kept as {sent.ref}.")

    def draft(self, wanted: Wanted, target: Path) -> None:
        """Makes a paper marked as a draft beside the window, and writes it."""
        database = self._desk.database
        self._desk.background.start(
            "Making the draft",
            lambda job: make(database, wanted, job),
            lambda made: self._write_draft(made, target),
            failed=self._desk.warn,
        )

    def working_copy(self, made: Made, target: Path) -> None:
        """Writes a return to work in."""
        from nhsdesk.commands import papers

        def write() -> bool:
            papers.save_working_copy(self._desk.database, made, target)
            return True

        if self._desk.attempt(write, False):
            told = f"Working copy saved as {target}. Its headings stay in sight, and it is not kept as sent."
            self._tell(target, told)

    def left_out(self, briefing: ComposedBriefing, target: Path) -> None:
        """Writes the sheet of what readers of a composed briefing do not get."""
        from nhsdesk.commands import composing, whole_files

        database = self._desk.database

        def write() -> bool:
            sheet = composing.left_out_sheet(composing.make(database, briefing))
            whole_files.write_whole(database, target, lambda out: out.write(sheet))
            return True

        if self._desk.attempt(write, False):
            self._tell(target, f"What is left out of {briefing.title}: saved as {target}. It is for us only.")

    def again(self, sent: SentPaper, target: Path) -> None:
        """Writes out a paper as it was sent."""
        from nhsdesk.commands import papers

        database = self._desk.database
        if self._desk.attempt(lambda: papers.write_again(database, sent.ref, target)) is not None:
            self._tell(target, f"{sent.title}: {sent.ref} saved again as it was sent, as {target}.")

    def email(self, sent: SentPaper) -> None:
        """Asks where, and writes a draft of an e-mail with a paper attached as it was sent."""
        from nhsdesk.commands import papers

        folder = Path(self._desk.layout.word(FOLDER) or self._desk.database.path.parent)
        name = f"{Path(sent.kept.name).stem}.eml"
        title = f"Save a draft e-mail with {sent.ref}"
        target = asking.choose_file(self._parent, title, folder, name, "E-mail draft (*.eml)")
        if target is None:
            return

        def write() -> bool:
            papers.email_draft(self._desk.database, sent, target)
            return True

        if self._desk.attempt(write, False):
            told = "Nothing is sent: open it in your mail program, add who it is for, and send it from there."
            self._tell(target, f"Draft e-mail with {sent.ref} saved as {target}. {told}")

    def open_folder(self) -> None:
        """Opens the folder of the file saved last."""
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))

    def copy_path(self) -> None:
        """Puts the path of the file saved last on the clipboard."""
        if self.path is not None:
            QGuiApplication.clipboard().setText(str(self.path))
            self._desk.say(f"Copied: {self.path}")

    def _write_draft(self, made: Made, target: Path) -> None:
        from nhsdesk.commands import papers

        def write() -> bool:
            papers.save_draft(self._desk.database, made, target)
            return True

        if self._desk.attempt(write, False):
            self._tell(target, f"Draft saved as {target}. It is marked DRAFT, and not kept as sent.")

    def _tell(self, target: Path, sentence: str) -> None:
        self.path = target
        self._desk.say(sentence)
        self.saved.emit(sentence)
