"""Making and opening PCN files, backing them up, bringing them back, and exchanging with another copy."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhsdesk import errors, resources
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.records import KINDS, RECORDS
from nhsdesk.store import queries, record_file, schema, whereabouts
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.reading import Reader
from nhsdesk.store.record_file import Moved
from nhsdesk.store.whereabouts import Place

if TYPE_CHECKING:
    # What is not needed to open a file is loaded when it is: a window is waited for.
    from nhsdesk.store.backups import Backup
    from nhsdesk.store.exchange import Taken
    from nhsdesk.store.merging import Conflict
    from nhsdesk.store.proving import Proof


def create(path: Path, network: str, who: str, clock: Clock, *, sample: bool = False) -> Database:
    """A new PCN file that knows its PCN's name and the shipped maxima and sums a head, none of them confirmed."""
    if not network.strip():
        raise errors.Incomplete("A PCN file needs the name of its PCN. Nothing was written.")
    database = record_file.create(path, who, clock, sample=sample)
    try:
        with database.change("Begin the file") as change:
            change.sealing = True
            change.add(Organisation(name=network.strip(), sector=Sector.PCN, ours=True))
            for figure in (*resources.rates(), *resources.sums()) if not sample else ():
                change.add(figure)
    except BaseException:
        database.close()
        path.unlink(missing_ok=True)
        raise
    return database


def open_for_work(path: Path, who: str, clock: Clock, moved: Moved = Moved.NOT_SAID) -> Database:
    """Opens a file for writing, brought up to date if it is older; a sentence when it can only be read."""
    database = record_file.open_file(path, who, clock, moved=moved, upgrade=bring_up_to_date)
    if database.read_only_because:
        why = database.read_only_because
        database.close()
        raise errors.RecordInUse(f"{why} Nothing was written.")
    return database


@dataclass(frozen=True, slots=True)
class Opening:
    """A file that was opened, and what there is to tell in sentences beside what it tells of itself."""

    database: Database
    told: tuple[str, ...]


def open_as_it_may_be(path: Path, who: str, clock: Clock, moved: Moved = Moved.NOT_SAID) -> Opening:
    """Opens a file for writing, or to read only where it is in use elsewhere.

    The database itself says why it may only be read, and whether whoever had it last closed it.
    """
    older = record_file.look(path).schema < schema.SCHEMA_NUMBER
    before = _backups_beside(path) if older else frozenset()
    database = record_file.open_file(path, who, clock, moved=moved, upgrade=bring_up_to_date)
    told = [*warnings_of(path)]
    if older:
        made = sorted(_backups_beside(path) - before)
        told.insert(
            0,
            f"{path.name} was of an earlier version of the program and has been brought up to date. A copy as it was "
            f"is beside it: {', '.join(made)}.",
        )
    return Opening(database, tuple(told))


def _backups_beside(path: Path) -> frozenset[str]:
    from nhsdesk.store import backups

    return frozenset(one.name for one in path.parent.glob(f"*{backups.SUFFIX}"))


def open_to_read(path: Path, who: str, clock: Clock) -> Database:
    """Opens a file to look at."""
    return record_file.open_to_read(path, who, clock)


def bring_up_to_date(path: Path, from_schema: int, who: str, clock: Clock) -> None:
    """Brings a file of an earlier version to today's form; a copy as it was is left beside it."""
    from nhsdesk.store import upgrade

    upgrade.upgrade(path, from_schema, who, clock)


def can_upgrade() -> bool:
    """Whether the steps that bring an older file up to date are all there."""
    from nhsdesk.store import upgrade

    return upgrade.leads_to() == schema.SCHEMA_NUMBER


def place_for(path: Path) -> Place:
    """Whether a new file may lie there: why not, or what to be warned of. Nothing is written."""
    if path.exists():
        return Place(
            f"{path.name} is already there. It is left as it is. Choose another name or another folder."
        )
    return whereabouts.looked_at(path)


def warnings_of(path: Path) -> tuple[str, ...]:
    """What to be warned of where a file lies, such as a disk that can be taken out."""
    return tuple(filter(None, [whereabouts.looked_at(path).warning]))


def named_for(network: str) -> str:
    """A file name for a PCN's name that every computer takes: "North & South: West" gives "North & South West"."""
    whole = unicodedata.normalize("NFC", network)
    kept = "".join(letter if _may_name_a_file(letter) else " " for letter in whole)
    short = " ".join(kept.split()).encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    name = short or "PCN"
    return f"{name} PCN" if name.split(".")[0].strip().upper() in _NAMES_OF_DEVICES else name


_LONGEST_NAME = 120
"""Bytes: a backup's name is longer by some fifty, and no computer takes more than 255."""

_NAMES_OF_DEVICES = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)),
}


def _may_name_a_file(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" or letter in " -_.,'’()&+"


def free_place(folder: Path, network: str) -> Path:
    """Where a new file of that PCN may lie in a folder: under its name, with a number where one is there already."""
    from nhsdesk.store import backups

    return backups.free(folder / f"{named_for(network)}{record_file.SUFFIX}")


@dataclass(frozen=True, slots=True)
class About:
    """What a PCN file is, for whoever looks after it."""

    network: str
    code: str
    size: int
    entries: int
    steps: int
    letter: str
    copies: int
    sample: bool


def about(database: Database) -> About:
    """Whose file it is, how large, what it holds and which copy it is."""
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)
        entries = reader.count(*RECORDS)
        steps, copies = queries.position(reader), len(queries.letters(reader))
    name, code = (ours[0].name, ours[0].ods_code or "") if ours else ("", "")
    size, sample = database.path.stat().st_size, record_file.is_sample(database)
    return About(name, code, size, entries, steps, database.head.letter, copies, sample)


def newest_backup(database: Database, folder: Path) -> Backup | None:
    """The newest backup of the file in a folder; None where there is none, or no such folder."""
    from nhsdesk.store import backups

    try:
        return next(iter(backups.found_in(folder, database.path.stem)), None)
    except OSError:
        return None


def back_up(database: Database, folder: Path) -> Path:
    """A checked copy in a folder; older ones there are thinned by age."""
    from nhsdesk.store import backups

    return backups.make(database, made_folder(folder))


def made_folder(folder: Path) -> Path:
    """A folder to write in, made where there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise errors.Unwritable(
            f"{folder} is a file, not a folder. Nothing was written. Choose a folder."
        ) from None
    except OSError as error:
        raise errors.Unwritable(
            f"The folder {folder} could not be made. Nothing was written. Choose a place where you may write."
        ) from error
    return folder


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the restored file is, which copy it became, and where the file it replaced was put."""

    path: Path
    letter: str
    aside: Path | None


def restore(backup: Path, target: Path, who: str, clock: Clock) -> Restored:
    """Brings a backup back as the working file."""
    from nhsdesk.store import backups

    if not target.parent.is_dir():
        raise errors.Unwritable(
            f"There is no folder {target.parent}. Nothing was restored. Make the folder first."
        )
    database, aside = backups.restore(backup, target, who, clock, bring_up_to_date)
    with database:
        return Restored(target, database.head.letter, aside)


def exchange_with(mine: Database, theirs: Database) -> tuple[Taken, Taken]:
    """Two copies give each other what each lacks."""
    from nhsdesk.store import exchange

    if mine.path.resolve() == theirs.path.resolve():
        raise errors.CannotExchange(
            "A file cannot exchange with itself. Nothing was done. Choose the other copy."
        )
    return exchange.exchange(mine, theirs)


def check(database: Database) -> Proof:
    """Proves the whole file: its pages, its links, its chain of steps, its values."""
    from nhsdesk.store import proving

    return proving.prove(database)


def hand_out(database: Database, target: Path) -> str:
    """A second copy for somebody else; gives its letter."""
    from nhsdesk.store import backups

    return backups.hand_out(database, target)


def conflict_words(database: Database, conflicts: tuple[Conflict, ...]) -> tuple[str, ...]:
    """What was changed on both sides, in sentences: field, what it was, what each side made of it."""
    with database.read() as reader:
        return tuple(_conflict_words(reader, conflict) for conflict in conflicts)


def _conflict_words(reader: Reader, conflict: Conflict) -> str:
    from nhsdesk.store.merging import EXISTENCE

    kind, ref = KINDS[conflict.kind], queries.ref_of(reader, conflict.id)
    letters = queries.letters(reader)
    who = " and ".join(f"{side.who} in copy {letters[side.copy]}" for side in conflict.heads)
    if conflict.field == EXISTENCE:
        return f"{ref} was removed or sealed in one copy and used in another ({who}). Look at it and decide."
    field = kind.field(conflict.field)
    if field.private:
        return f"“{field.label}” of {ref} was changed on both sides ({who}). Look at it and decide."
    sides = "; ".join(
        f"{letters[s.copy]}: {field.kind.words(field.kind.load(s.value)) or 'nothing'}"
        for s in conflict.heads
    )
    base = field.kind.words(field.kind.load(conflict.base)) or "nothing"
    return (
        f"“{field.label}” of {ref} was changed on both sides. It was {base}. {sides}. Look at it and decide."
    )
