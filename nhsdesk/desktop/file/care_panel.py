"""Looking after the PCN file: backups, proof that it is whole, and copies for others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import backup_trial, files
from nhsdesk.commands.backup_trial import Tried
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.new_file import KINDS
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.times import Moment
from nhsdesk.store.proving import Proof

_FOLDER = "file.backup_folder"
_BACKUPS = "Backups (*.nhsdesk-backup);;PCN files (*.nhsdesk)"
_NO_KEY = (
    "The file is not locked with a key. Keep it, its backups and its copies on an encrypted drive (BitLocker on "
    "Windows, FileVault on a Mac)."
)


class CarePanel(QWidget):
    """What there is to do, what came of it, and when the last backup was made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._newest: Path | None = None
        framed, stack = card("Look after it")
        self._last = label()
        self._reason = label(role="help")
        self._under_way = UnderWay(desk.background)
        self._outcome = Told("")
        self._trouble = Told()
        stack.addWidget(self._last)
        stack.addLayout(self._buttons())
        for line in (self._reason, self._under_way, self._outcome, self._trouble):
            stack.addWidget(line)
        stack.addWidget(label(_NO_KEY, "help"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def refresh(self) -> None:
        """Looks the last backup up anew."""
        folder = self._folder()
        if folder is None:
            self._newest = None
            self._last.setText("No folder for backups has been chosen on this computer yet.")
        else:
            newest = files.newest_backup(self._desk.database, folder)
            self._newest = None if newest is None else newest.path
            made = "none yet" if newest is None else Moment().words(newest.made)
            self._last.setText(f"Last backup in {folder}: {made}.")
        self.allow()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        why = self._desk.database.read_only_because
        self._reason.setText(f"{why} No copy can be handed out from it." if why else "")
        self._reason.setVisible(bool(why))
        busy = bool(self._desk.background.jobs)
        self._hand_out.setEnabled(not why and not busy)
        self._back_up.setEnabled(not busy)
        self._prove.setEnabled(not busy)
        self._try_newest.setEnabled(not busy and self._newest is not None)
        self._try_one.setEnabled(not busy)

    def _buttons(self) -> Flow:
        self._back_up = button("Back up now…", "backup")
        self._prove = button("Prove the file", "check")
        self._hand_out = button("Hand out a copy…", "copy")
        self._back_up.clicked.connect(self._ask_back_up)
        self._prove.clicked.connect(self._start_proof)
        self._hand_out.clicked.connect(self._ask_hand_out)
        self._try_newest = button("Try the newest backup", "history")
        self._try_one = button("Try another backup…", "history")
        self._try_newest.clicked.connect(lambda: self._try(self._newest))
        self._try_one.clicked.connect(self._ask_try)
        line = Flow()
        line.setSpacing(12)
        for one in (self._back_up, self._prove, self._try_newest, self._try_one, self._hand_out):
            line.addWidget(one)
        return line

    # ---- backups

    def _folder(self) -> Path | None:
        held = self._desk.layout.word(_FOLDER)
        return Path(held) if held else None

    def _ask_back_up(self) -> None:
        folder = asking.choose_folder(
            self, "Where to keep backups", self._folder() or self._desk.database.path.parent
        )
        if folder is None:
            return
        self._desk.layout.keep_word(_FOLDER, str(folder))
        database = self._desk.database
        self._start("Backing up", lambda _: files.back_up(database, folder), self._backed_up)

    def _backed_up(self, made: Path) -> None:
        self.refresh()
        self._tell(f"Backed up and proved whole: {made.name}, in {made.parent}.")

    # ---- a backup tried

    def _ask_try(self) -> None:
        folder = self._folder() or self._desk.database.path.parent
        self._try(asking.choose_existing(self, "Try a backup", folder, _BACKUPS))

    def _try(self, backup: Path | None) -> None:
        if backup is None:
            return
        database = self._desk.database
        self._start(f"Trying {backup.name}", lambda _: backup_trial.try_backup(database, backup), self._tried)

    def _tried(self, tried: Tried) -> None:
        self._tell("\n".join(tried.told))

    # ---- proof

    def _start_proof(self) -> None:
        database = self._desk.database
        self._start("Proving the file", lambda _: files.check(database), self._proved)

    def _proved(self, proof: Proof) -> None:
        looked = (
            f"{counted(proof.records, 'entry', 'entries')}, {counted(proof.steps, 'step', 'steps')} and "
            f"{counted(proof.copies, 'copy', 'copies')} were looked through"
        )
        if not proof.faults:
            self._tell(f"{looked}: all is whole.")
            return
        self._tell("")
        found = counted(len(proof.faults), "fault", "faults")
        advice = "Keep this file as it is, and bring back the newest backup to compare."
        self._trouble.tell("\n".join((f"{looked}: {found}. {advice}", *proof.faults)))

    # ---- copies

    def _ask_hand_out(self) -> None:
        path = self._desk.database.path
        target = asking.choose_file(self, "Hand out a copy", path.parent, f"{path.stem} copy.nhsdesk", KINDS)
        if target is None:
            return
        database = self._desk.database
        self._start(
            "Making the copy",
            lambda _: (files.hand_out(database, target), target),
            self._handed_out,
            writes=True,
        )

    def _handed_out(self, given: tuple[str, Path]) -> None:
        letter, target = given
        self.refresh()
        self._tell(
            f"Copy {letter} was made: {target}. Give it to whoever works with you; what either of you writes can be "
            "exchanged later."
        )

    # ---- inside

    def _start(
        self, words: str, work: Callable[[Job], Any], done: Callable[[Any], None], *, writes: bool = False
    ) -> None:
        self._tell("")
        job = self._desk.background.start(words, work, done, writes=writes, failed=self._refuse)
        self._under_way.follow(job, may_stop=not writes)

    def _refuse(self, sentence: str) -> None:
        self._tell("")
        self._trouble.tell(sentence)

    def _tell(self, sentence: str) -> None:
        self._trouble.tell("")
        self._outcome.tell(sentence)
