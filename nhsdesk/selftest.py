"""Proves that a copy of the program works where it is installed: new file, every return and briefing, exchange."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from nhsdesk import resources
from nhsdesk.commands import files, papers, sample
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store.database import Clock, Database

WHO = "Self-test"
_BEGINS = {".xlsx": b"PK\x03\x04", ".pdf": b"%PDF-"}


def run(clock: Clock, keep: Path | None, tell: Callable[[str], object]) -> int:
    """Tells each thing proved; gives 0, or 1 when something is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="nhsdesk-selftest-") as passing:
        faults = _faults(files.made_folder(keep or Path(passing)), clock, tell)
    for fault in faults:
        tell(f"FAULT: {fault}")
    tell("The program works." if not faults else "The program does not work as it should.")
    return 1 if faults else 0


def _faults(folder: Path, clock: Clock, tell: Callable[[str], object]) -> list[str]:
    faults: list[str] = []
    if not files.can_upgrade():
        faults.append("The steps that bring an older file up to date are not all there.")
    tell("Older files can be brought up to date.")
    with sample.create(folder / "Self-test.nhsdesk", None, WHO, clock) as database:
        tell("A new file was made.")
        faults += _papers(database, folder, tell)
        copy = folder / "Copy.nhsdesk"
        letter = files.hand_out(database, copy)
        with database.change("Add a commitment") as change:
            change.add(Commitment(title="Self-test"))
        tell(f"Undone: {database.undo().label}.")
        database.redo()
        with files.open_for_work(copy, WHO, clock) as other:
            _, taken = files.exchange_with(database, other)
        faults += [] if taken.steps else ["The second copy was given no steps."]
        tell(f"Copy {letter} was handed out and exchanged with.")
        backup = files.back_up(database, folder)
        faults += files.check(database).faults
        tell("The file is whole.")
    restored = files.restore(backup, folder / "Restored.nhsdesk", WHO, clock)
    tell(f"A backup was restored as copy {restored.letter}.")
    return faults


def _papers(database: Database, folder: Path, tell: Callable[[str], object]) -> list[str]:
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
        tell(f"{paper.title} was made.")
    return faults
