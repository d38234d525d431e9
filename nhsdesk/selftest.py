"""Proves that a copy of the program works where it is installed: files, papers, exchange, older forms, the window."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from nhsdesk import resources
from nhsdesk.commands import files, papers, sample
from nhsdesk.documents import sealed, text, xlsx_lint
from nhsdesk.domain.commitments import Commitment
from nhsdesk.errors import DeskError, Unwritable
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.record_file import SUFFIX, Moved

WHO = "Self-test"
_BEGINS = {".xlsx": b"PK\x03\x04", ".pdf": b"%PDF-"}
_TRIAL = "nhsdesk.desktop.trial"

Tell = Callable[[str], object]


def run(clock: Clock, keep: Path | None, records: Path | None, tell: Tell) -> int:
    """Tells each thing proved; gives 0, or 1 when something is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="nhsdesk-selftest-") as passing:
        folder = files.made_folder(keep or Path(passing))
        faults = _work(folder, clock, tell)
        if records is not None:
            faults += _older_files(records, folder, clock, tell)
        faults += _window(folder / f"Self-test{SUFFIX}", clock, tell)
    for fault in faults:
        tell(f"FAULT: {fault}")
    tell("The program works." if not faults else "The program does not work as it should.")
    return 1 if faults else 0


# ------------------------------------------------------------------ the work of a day


def _work(folder: Path, clock: Clock, tell: Tell) -> list[str]:
    faults: list[str] = []
    if not files.can_upgrade():
        faults.append("The steps that bring an older file up to date are not all there.")
    tell("Older files can be brought up to date.")
    with sample.create(folder / f"Self-test{SUFFIX}", None, WHO, clock) as database:
        tell("A new file was made.")
        faults += _papers(database, folder, tell)
        copy = folder / f"Copy{SUFFIX}"
        letter = files.hand_out(database, copy)
        tell(f"Undone: {_added_and_undone(database)}.")
        database.redo()
        with files.open_for_work(copy, WHO, clock) as other:
            _, taken = files.exchange_with(database, other)
        faults += [] if taken.steps else ["The second copy was given no steps."]
        tell(f"Copy {letter} was handed out and exchanged with.")
        backup = files.back_up(database, folder)
        faults += files.check(database).faults
        tell("The file is whole.")
    restored = files.restore(backup, folder / f"Restored{SUFFIX}", WHO, clock)
    tell(f"A backup was restored as copy {restored.letter}.")
    return faults + _sealed(tell)


def _sealed(tell: Tell) -> list[str]:
    """What is handed over under a passphrase opens with it and with no other."""
    under = sealed.seal(WHO.encode(), "self test passphrase")
    try:
        sealed.unseal(under, "another passphrase", "Self-test")
    except DeskError:
        tell("A file was sealed under a passphrase.")
        opened = sealed.unseal(under, "self test passphrase", "Self-test")
        return [] if opened == WHO.encode() else ["What was sealed under a passphrase does not come back."]
    return ["A file under a passphrase opens with another."]


def _added_and_undone(database: Database) -> str:
    """Adds an entry and takes it back; gives what the step was called."""
    with database.change("Add a commitment") as change:
        change.add(Commitment(title="Self-test"))
    return database.undo().label


def _papers(database: Database, folder: Path, tell: Tell) -> list[str]:
    faults: list[str] = []
    as_of = resources.sample()["about"]["as_of"]
    for paper in papers.PAPERS:
        made = papers.make(database, paper, papers.asked_of(database, sample.CLAIM_MONTH, as_of))
        ending = ".xlsx" if paper in papers.RETURNS else ".pdf"
        target = folder / f"{paper.key}{ending}"
        sent = papers.issue(database, made, target, acknowledged=True)
        if not target.read_bytes().startswith(_BEGINS[ending]):
            faults.append(f"{paper.title} is not a {ending} file.")
        if papers.remake(database, sent) != made.content:
            faults.append(f"{paper.title} does not come out alike when it is made again.")
        if ending == ".xlsx":
            faults += [f"{paper.title}: {one}." for one in xlsx_lint.faults(made.content)]
        if ending == ".pdf" and not text.read(target).has_words:
            faults.append(f"{paper.title} cannot be read as a document from outside is.")
        tell(f"{paper.title} was made.")
    return faults


# ------------------------------------------------------------------ files of earlier forms


def _older_files(records: Path, folder: Path, clock: Clock, tell: Tell) -> list[str]:
    """Brings copies of the files in a folder up to date; the files themselves are only read."""
    found = sorted(records.glob(f"*{SUFFIX}"))
    if not found:
        return [f"There is no file ending in {SUFFIX} in {records}, so none could be brought up to date."]
    copies = files.made_folder(folder / "Brought up to date")
    faults: list[str] = []
    for path in found:
        try:
            told = _older_file(path, copies / path.name, clock)
        except DeskError as refused:
            told = [str(refused)]
        except OSError as error:
            told = [f"{path.name} could not be copied ({type(error).__name__}). It was left as it is."]
        if not told:
            tell(f"{path.name} was brought up to date and is whole.")
        faults += told
    return faults


def _older_file(path: Path, copy: Path, clock: Clock) -> list[str]:
    """Opens a copy for work, as a person would, changes it and takes that back."""
    if copy.exists():
        raise Unwritable(
            f"{copy} is already there. It was left as it is. Choose another folder to keep it in."
        )
    for end in ("", "-wal"):  # what was last written may lie beside a file that was not closed
        beside = path.with_name(path.name + end)
        if beside.exists():
            shutil.copyfile(beside, copy.with_name(copy.name + end))
    with files.open_for_work(copy, WHO, clock, Moved.MOVED) as database:
        before = files.check(database)
        _added_and_undone(database)
        after = files.check(database)
    faults = [f"{path.name}: {fault}" for fault in dict.fromkeys((*before.faults, *after.faults))]
    if after.records != before.records:
        faults.append(f"{path.name}: an entry that was added and taken back is still there.")
    return faults


# ------------------------------------------------------------------ the window


def _window(path: Path, clock: Clock, tell: Tell) -> list[str]:
    """Opens a file in the window and edits a field of it, as a person does."""
    try:
        trial = import_module(_TRIAL)
    except ModuleNotFoundError as missing:
        if missing.name not in (_TRIAL, _TRIAL.rpartition(".")[0]):
            raise
        tell("No window is part of this copy.")
        return []
    faults: tuple[str, ...] = trial.run(path, clock)
    if not faults:
        tell("The window was opened and a field edited.")
    return list(faults)
