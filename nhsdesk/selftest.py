"""Proves that a copy of the program works where it is installed: new file, every return, every briefing, exchange."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from nhsdesk import resources
from nhsdesk.commands import files, papers, sample
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store.database import Clock

WHO = "Self-test"
_BEGINS = {".xlsx": b"PK\x03\x04", ".pdf": b"%PDF-"}


def run(clock: Clock, keep: Path | None, tell: Callable[[str], object]) -> int:
    """Tells each thing proved; gives 0, or 1 when something is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="nhsdesk-selftest-") as passing:
        folder = keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        faults = _faults(folder, clock, tell)
    for fault in faults:
        tell(f"FAULT: {fault}")
    tell("The program works." if not faults else f"{len(faults)} faults.")
    return 1 if faults else 0


def _faults(folder: Path, clock: Clock, tell: Callable[[str], object]) -> list[str]:
    faults: list[str] = []
    with sample.create(folder / "Self-test.nhsdesk", None, WHO, clock) as database:
        tell("A new file was made.")
        as_of = resources.sample()["about"]["as_of"]
        for paper in papers.PAPERS:
            asked = papers.asked_of(database, sample.CLAIM_MONTH, as_of)
            made = papers.make(database, paper, asked)
            ending = ".xlsx" if paper in papers.RETURNS else ".pdf"
            target = folder / f"{paper.key}{ending}"
            papers.issue(database, made, target, acknowledged=True)
            if not target.read_bytes().startswith(_BEGINS[ending]):
                faults.append(f"{paper.title} is not a {ending} file.")
            tell(f"{paper.title} was made.")
        with database.change("Add a commitment") as change:
            change.add(Commitment(title="Self-test"))
        undone = database.undo()
        tell(f"Undone: {undone.label}.")
        backup = files.back_up(database, folder)
        faults += files.check(database).faults
        tell("The file is whole.")
    restored = files.restore(backup, folder / "Restored.nhsdesk", WHO, clock)
    tell(f"A backup was restored as copy {restored.letter}.")
    return faults
