"""A backup tried: brought back into a folder of its own, opened, proved and compared, and the trial taken away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nhsdesk import errors
from nhsdesk.commands import files, histories
from nhsdesk.domain.records import KINDS
from nhsdesk.store import backups, proving, queries, record_file
from nhsdesk.store.database import Database
from nhsdesk.store.journal import Step
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Tried:
    """What a backup would give back, and what has been written since."""

    name: str
    entries: int
    steps: int
    newest: Step
    """The last step that is in it."""
    when: str
    faults: tuple[str, ...]
    missing: int
    """Steps of the open file that are not in it."""
    differing: tuple[tuple[str, int, int], ...]
    """Kinds of which the backup holds another number than the open file: plural, there, here."""

    @property
    def told(self) -> tuple[str, ...]:
        """In plain words: what was done, what would be got back, what not."""
        proved = (
            "all is whole" if not self.faults else f"{_counted(len(self.faults), 'fault', 'faults')} found"
        )
        found = [
            f"{self.name} was brought back into a folder of its own, opened and proved: {proved}. The trial was "
            "removed; the backup and the open file are as they were.",
            f"You would get back {_counted(self.entries, 'entry', 'entries')} as they stood on {self.when}, after "
            f"“{self.newest.label}” by {self.newest.who}.",
        ]
        if not self.missing:
            found.append("Nothing was written since: all that is in the open file is in the backup.")
            return (*found, *self.faults)
        found.append(
            f"{_counted(self.missing, 'step', 'steps')} written since would not come back. Back up now."
        )
        if self.differing:
            kinds = "; ".join(f"{plural} {there:,} of {here:,}" for plural, there, here in self.differing)
            found.append(f"In the backup against the open file: {kinds}.")
        return (*found, *self.faults)


def try_backup(database: Database, backup: Path) -> Tried:
    """Restores a backup as a person would, beside everything that counts. Nothing of it stays."""
    record_file.look(backup)
    with TemporaryDirectory(prefix="nhsdesk-") as folder:
        target = Path(folder) / f"Trial{record_file.SUFFIX}"
        restored, _ = backups.restore(backup, target, database.who, database.now, files.bring_up_to_date)
        with restored:
            proof = proving.prove(restored)
            with restored.read() as there, database.read() as here:
                _refuse_another_pcn(there, here, backup)
                newest = queries.steps(there, last=2)[0]  # the last of all says that it was restored
                return Tried(
                    backup.name,
                    proof.records,
                    proof.steps - 1,
                    newest,
                    histories.moment_words(newest.moment),
                    proof.faults,
                    _missing(restored, database),
                    _differing(there, here),
                )


def _refuse_another_pcn(there: Reader, here: Reader, backup: Path) -> None:
    if queries.family(there) != queries.family(here):
        raise errors.CannotExchange(
            f"{backup.name} is not a backup of this file: it is of another PCN file. The trial was removed and nothing "
            "was changed. Choose a backup of this file."
        )


def _missing(there: Database, here: Database) -> int:
    seen = there.head.seen
    return sum(max(number - seen.get(copy, 0), 0) for copy, number in here.head.seen.items())


def _differing(there: Reader, here: Reader) -> tuple[tuple[str, int, int], ...]:
    both = Counter({kind.plural: there.count(kind.cls) for kind in KINDS.values()})
    ours = {kind.plural: here.count(kind.cls) for kind in KINDS.values()}
    return tuple((plural, both[plural], number) for plural, number in ours.items() if both[plural] != number)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
