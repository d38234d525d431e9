"""Two copies of one PCN file: what an exchange would bring, tried on copies of both, and the exchange itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nhsdesk import errors
from nhsdesk.commands import files, histories
from nhsdesk.commands.entries import link_words
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.records import KINDS
from nhsdesk.store import backups, exchange, queries, record_file
from nhsdesk.store.database import Database
from nhsdesk.store.exchange import Taken
from nhsdesk.store.journal import ADD, REMOVE, Step
from nhsdesk.store.merging import EXISTENCE, KEPT
from nhsdesk.store.queries import Entry
from nhsdesk.store.reading import Reader
from nhsdesk.store.record_file import Moved

NEW, CHANGED, REMOVED = "New", "Changed", "Removed"
_WORDS = {ADD: NEW, REMOVE: REMOVED}


@dataclass(frozen=True, slots=True)
class Coming:
    """One entry that an exchange would change in one of the two copies, and who did it, in which copy, when."""

    to: str
    """The letter of the copy that it would come to."""
    what: str
    kind: RecordKind
    entry: str
    words: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an exchange of two copies would come to. Neither was written to."""

    mine: str
    theirs: str
    coming: tuple[Coming, ...]
    conflicts: tuple[str, ...]
    """What was changed on both sides, each in a sentence."""
    held: tuple[Mapping[int, int], Mapping[int, int]]
    """The newest step of each copy that this file and the other held when they were looked at."""

    def counts(self, to: str) -> tuple[str, ...]:
        """What would come to one copy by kind: "Commitments: 2 new, 1 changed"."""
        found: dict[str, dict[str, int]] = {}
        for one in self.coming:
            if one.to == to:
                of_kind = found.setdefault(one.kind.plural, dict.fromkeys((NEW, CHANGED, REMOVED), 0))
                of_kind[one.what] += 1
        return tuple(
            f"{plural}: {', '.join(f'{n:,} {what.lower()}' for what, n in of_kind.items() if n)}"
            for plural, of_kind in found.items()
        )


def look_ahead(database: Database, other: Path) -> Preview:
    """Exchanges a copy of each file in a folder of its own, tells what came of it, and takes the folder away."""
    _refuse_itself(database, other)
    record_file.look(other)
    with TemporaryDirectory(prefix="nhsdesk-") as folder:
        tried = [_beside(database, path, Path(folder) / name) for path, name in _named(database.path, other)]
        try:
            mine, theirs = tried[0], tried[1]
            before = mine.head.position, theirs.head.position
            held = exchange.known(mine), exchange.known(theirs)
            taken = exchange.exchange(mine, theirs)
            coming = (*_coming(mine, before[0]), *_coming(theirs, before[1]))
            told = files.conflict_words(mine, taken[0].conflicts)
            return Preview(mine.head.letter, theirs.head.letter, coming, told, held)
        finally:
            for one in tried:
                one.close()


def _named(mine: Path, other: Path) -> tuple[tuple[Path, str], ...]:
    return (mine, f"mine{record_file.SUFFIX}"), (other, f"other{record_file.SUFFIX}")


def _beside(database: Database, source: Path, target: Path) -> Database:
    backups.copy_proved(source, target)
    return record_file.open_file(target, database.who, database.now, moved=Moved.MOVED)


def _refuse_itself(database: Database, other: Path) -> None:
    if database.path.resolve() == other.resolve():
        raise errors.CannotExchange(
            "A file cannot exchange with itself. Nothing was done. Choose the other copy."
        )


def _coming(database: Database, since: int) -> Iterator[Coming]:
    with database.read() as reader:
        letters = queries.letters(reader)
        arrived: dict[int, list[Step]] = {}
        made: list[Entry] = []
        for entry in queries.changed_since(reader, since):
            if entry.step.effect and entry.step.kind != KEPT:
                made.append(entry)
            elif not entry.step.effect:
                arrived.setdefault(entry.change.id, []).append(entry.step)
        for entry in made:
            change, kind = entry.change, KINDS[entry.change.kind]
            by = dict.fromkeys(histories.origin(step, letters) for step in arrived.get(change.id, ()))
            words = "; ".join(_told(reader, kind, entry))
            what = _WORDS.get(change.action, CHANGED)
            yield Coming(database.head.letter, what, kind, _entry(reader, change.id), words, tuple(by))


def _told(reader: Reader, kind: RecordKind, entry: Entry) -> tuple[str, ...]:
    """Each field that differs; of a new entry what stands in it, since there was nothing before."""
    words = histories.change_words(reader, kind, entry)
    added = entry.change.action == ADD
    return tuple(one.replace(": nothing → ", ": ", 1) for one in words[1:]) if added else words


def _entry(reader: Reader, id_: int) -> str:
    found = reader.any_of(id_)
    return queries.ref_of(reader, id_) if found is None else link_words(found)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange came to here and in the other copy."""

    letter: str
    here: Taken
    there: Taken

    @property
    def fields(self) -> int:
        """How many fields were changed on both sides."""
        return sum(one.field != EXISTENCE for one in self.here.conflicts)


def exchange_file(database: Database, other: Path, seen: Preview, moved: Moved = Moved.NOT_SAID) -> Exchanged:
    """Opens the copy that was looked at and has both give each other what each lacks.

    `errors.Moved` asks how it came here. What was not looked at is not exchanged.
    """
    _refuse_itself(database, other)
    _refuse_unseen(database, seen.held[0])
    with files.open_for_work(other, database.who, database.now, moved) as theirs:
        _refuse_unseen(theirs, seen.held[1])
        here, there = files.exchange_with(database, theirs)
        return Exchanged(theirs.head.letter, here, there)


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """A copy that this file knows of, and the newest of its steps that came here."""

    letter: str
    told: str
    parent: str
    made: str
    newest: str


def known_copies(database: Database) -> tuple[KnownCopy, ...]:
    """Every copy of this PCN's file that this one has heard of, this one among them."""
    with database.read() as reader:
        letters = queries.letters(reader)
        found = []
        for one in queries.copies_known(reader):
            newest = queries.newest_of(reader, one.number)
            found.append(
                KnownCopy(
                    one.letter,
                    f"{one.letter} (this one)" if one.number == database.head.copy else one.letter,
                    "" if one.parent is None else letters[one.parent],
                    histories.moment_words(one.born),
                    "none yet"
                    if newest is None
                    else f"“{newest.label}”, {histories.origin(newest, letters)}",
                )
            )
        return tuple(found)


def _refuse_unseen(database: Database, held: Mapping[int, int]) -> None:
    now = exchange.known(database)
    if any(now.get(copy) != number for copy, number in held.items()):
        raise errors.CannotExchange(
            f"{database.path.name} has changed since it was looked at. Nothing was exchanged. "
            "Look at the other copy again."
        )
