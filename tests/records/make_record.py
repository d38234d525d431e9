"""Makes the PCN file that stands for a released form: run once by each version, before its form is changed.

    python tests/records/make_record.py tests/records/form-1.nhsdesk

The file is the sample with a history: fields changed, undone and redone, entries removed, words erased, a claim
submitted, a paper issued, a second copy exchanged with.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from nhsdesk.commands import entries, files, papers, sample
from nhsdesk.domain.arrs import Holder
from nhsdesk.domain.claimed import Claim, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.links import Link, LinkKind, Note, Tag
from nhsdesk.domain.periods import Month
from nhsdesk.store import copies, drafts, record_file
from nhsdesk.store.database import Database


class Ticking:
    """A clock that goes on by a minute each time it is read."""

    def __init__(self) -> None:
        self._moment = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._moment += timedelta(minutes=1)
        return self._moment


def make(target: Path, folder: Path) -> None:
    """Makes the file in a passing folder and puts it at its target."""
    clock = Ticking()
    path = folder / target.name
    with sample.create(path, None, "Form keeper", clock) as database:
        _work(database)
        _issue(database, folder)
        letter = files.hand_out(database, folder / "second.nhsdesk")
        with record_file.open_file(folder / "second.nhsdesk", f"Keeper of {letter}", clock) as second:
            _change_page(second, "C-002", "p99")
            files.exchange_with(database, second)
        _change_page(database, "C-004", "p21")
        with database.writing() as connection:
            copies.leave_home(connection)
    path.replace(target)


def _work(database: Database) -> None:
    for page in ("p15", "p16"):
        _change_page(database, "C-001", page)
    database.undo()
    database.redo()
    database.undo()
    with database.change("Add a holder, a note, a tag and a link") as change:
        first, second = change.reader.all(Commitment)[:2]
        change.add(Holder(name="Marker Person", payroll_ref="MARKER-1"))
        change.add(Note(on=first.id, words="A note"))
        change.add(Tag(on=first.id, word="prevention"))
        change.add(Link(source=first.id, target=second.id, says=LinkKind.BLOCKS))
        gone = change.add(Commitment(title="Removed later", locator="p1"))
    with database.change(f"Remove {gone.ref}") as change:
        change.remove(gone)
    with database.read() as reader:
        holder = reader.all(Holder)[0]
    entries.erase(database, holder, ("payroll_ref",), "it was entered by mistake")
    drafts.keep(database, "commitment", str(first.id), "due", "31/2")
    with database.change("Submit a claim") as change:
        submitted = date(2026, 11, 10)
        change.add(Claim(month=Month(2026, 10), state=ClaimState.SUBMITTED, submitted_on=submitted))


def _change_page(database: Database, ref: str, locator: str) -> None:
    with database.read() as reader:
        commitment = reader.by_ref(ref)
    assert isinstance(commitment, Commitment)
    with database.change(f"Change Page or paragraph of {ref}") as change:
        change.put(replace(commitment, locator=locator))


def _issue(database: Database, folder: Path) -> None:
    paper = papers.named("place-board", papers.PAPERS)
    asked = papers.asked_of(database, sample.CLAIM_MONTH, date(2026, 11, 20))
    papers.issue(database, papers.make(database, paper, asked), folder / "briefing.pdf", acknowledged=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as passing:
        make(Path(sys.argv[1]), Path(passing))
