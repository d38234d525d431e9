"""Opens a PCN file for the window, or tells what a person has to say first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhsdesk import errors, paths

if TYPE_CHECKING:
    from nhsdesk.desktop.preferences import Preferences
    from nhsdesk.store.database import Clock, Database
    from nhsdesk.store.record_file import Moved

BACKUP = ".nhsdesk-backup"
SAMPLE = "Sample PCN.nhsdesk"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The open file with what there is to tell of it; or why it is asked where the file belongs."""

    path: Path
    database: Database | None
    told: tuple[str, ...] = ()
    moved: str = ""
    sample: bool = False


def opened(path: Path, who: str, clock: Clock, moved: Moved | None = None) -> Outcome:
    """Opens a file as it may be; one last written elsewhere waits for a person's word."""
    from nhsdesk.commands import files, out_of_reach
    from nhsdesk.store.record_file import Moved, is_sample

    try:
        found = files.open_as_it_may_be(path, who, clock, moved or Moved.NOT_SAID)
    except errors.Moved as asked:
        return Outcome(path, None, moved=str(asked))
    back = out_of_reach.told_of(out_of_reach.bring_in(found.database))
    told = (*found.told, *filter(None, [back]))
    return Outcome(path, found.database, told, sample=is_sample(found.database))


def at_once(path: Path, who: str, clock: Clock) -> Outcome | None:
    """Opens a file that is ready to be opened, which takes no time; None where anything is to be said or done first."""
    from nhsdesk.store import record_file, schema

    try:
        ready = path.suffix != BACKUP and record_file.look(path).schema == schema.SCHEMA_NUMBER
        return opened(path, who, clock) if ready else None
    except errors.DeskError:
        return None


def settled(preferences: Preferences, outcome: Outcome) -> tuple[str, ...]:
    """Remembers a file that was opened; what there is to tell of it, in sentences."""
    from nhsdesk import settings
    from nhsdesk.desktop import said_once

    held = settings.remembered(preferences.held, outcome.path)
    note = None if outcome.sample else said_once.encryption_note(held, outcome.path)
    if note is not None:
        held = said_once.with_encryption_told(held, outcome.path)
    not_kept = preferences.keep(held)
    return tuple(filter(None, (*outcome.told, note, not_kept)))


def made(database: Database) -> Outcome:
    """A file just made."""
    from nhsdesk.commands import files

    return Outcome(database.path, database, files.warnings_of(database.path))


def sample_opened(who: str, clock: Clock) -> Outcome:
    """The sample's own file, made where there is none yet."""
    path = paths.records_folder() / SAMPLE
    if path.exists():
        return opened(path, who, clock)
    from nhsdesk.commands import files, sample

    files.made_folder(path.parent)
    return Outcome(path, sample.create(path, None, who, clock), sample=True)


def restored(backup: Path, who: str, clock: Clock) -> Outcome:
    """A backup brought back as a file to work in, under a name of its own: nothing is replaced."""
    from nhsdesk.commands import files

    folder = files.made_folder(paths.records_folder())
    target = files.free_place(folder, backup.name.removesuffix(BACKUP))
    done = files.restore(backup, target, who, clock)
    outcome = opened(done.path, who, clock)
    told = (
        f"{backup.name} was brought back as {target.name}, copy {done.letter}. The backup was left as it is."
    )
    return Outcome(done.path, outcome.database, (told, *outcome.told))
