"""What hangs on an entry of any kind: notes, tags, and links of a kind to other entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nhsdesk.commands import entries
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind, Note, Tag
from nhsdesk.domain.problems import Problem
from nhsdesk.store import search
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link as it reads from one of its ends: "rests on D-004 The contract", or "D-004 … rests on this"."""

    link: Link
    says: str
    other: Id
    kind: str
    named: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """All that hangs on an entry but its files."""

    notes: tuple[Note, ...] = ()
    tags: tuple[Tag, ...] = ()
    links: tuple[LinkSeen, ...] = ()

    @property
    def count(self) -> int:
        """How much it is."""
        return len(self.notes) + len(self.tags) + len(self.links)


def of_entry(database: Database, id_: Id) -> Hanging:
    """What hangs on an entry: notes newest first, tags by their letters, links from it and then to it."""
    with database.read() as reader:
        notes = tuple(reversed(reader.all(Note, on=id_)))
        tags = tuple(sorted(reader.all(Tag, on=id_), key=lambda tag: tag.word.casefold()))
        from_it = [_seen(reader, one, one.target, one.says.words) for one in reader.all(Link, source=id_)]
        to_it = [
            _seen(reader, one, one.source, f"It {one.says.value} this")
            for one in reader.all(Link, target=id_)
        ]
    return Hanging(notes, tags, (*from_it, *to_it))


def _seen(reader: Reader, link: Link, other: Id, says: str) -> LinkSeen:
    record = reader.any_of(other)
    if record is None:
        return LinkSeen(link, says, other, "", "No longer there")
    return LinkSeen(link, says, other, record.KIND.name, entries.link_words(record))


def add_note(database: Database, on: Id, words: str, *, patient_data_reason: str = "") -> Note | Problem:
    """Writes a note on an entry, as one step."""
    if not words.strip():
        return Problem("Write the note first.")
    with database.change(
        f"Add note to {_ref(database, on)}", patient_data_reason=patient_data_reason
    ) as change:
        return change.add(Note(on=on, words=words))


def tag(database: Database, on: Id, word: str) -> bool:
    """Tags an entry with a word; False where it bears it already, or where there is no word."""
    wanted = " ".join(word.split()).casefold()
    with database.read() as reader:
        borne = {tag.word.casefold() for tag in reader.all(Tag, on=on)}
    if not wanted or wanted in borne:
        return False
    with database.change(f"Tag {_ref(database, on)}") as change:
        change.add(Tag(on=on, word=wanted))
    return True


def tags_in_use(database: Database) -> tuple[str, ...]:
    """Every tag of the file once, by its letters."""
    with database.read() as reader:
        return tuple(sorted({one.word for one in reader.all(Tag)}))


def link(database: Database, source: Id, says: LinkKind, words: str, remark: str = "") -> Link | Problem:
    """Links an entry with another, named by its reference, as one step."""
    if not words.strip():
        return Problem("Say which entry it is linked with: its reference, such as C-014.")
    with database.read() as reader:
        target: Any = entries.read_words(reader, Link.KIND.field("target"), words.strip(), database.today())
        if isinstance(target, Problem):
            return target
        there = [(one.target, one.says) for one in reader.all(Link, source=source)]
    if target == source:
        return Problem("An entry cannot be linked with itself. Choose another.")
    if (target, says) in there:
        return Problem("That link is there already.")
    with database.change(f"Link {_ref(database, source)}") as change:
        return change.add(Link(source=source, target=target, says=says, remark=remark.strip() or None))


def offered(database: Database, words: str) -> tuple[str, ...]:
    """Entries of any kind by their reference or words, as a link names them."""
    if not words.strip():
        return ()
    found = search.find(database, words, most=MOST_OFFERED)
    with database.read() as reader:
        records = (reader.any_of(one.id) for one in found)
        return tuple(entries.link_words(record) for record in records if record is not None)


def _ref(database: Database, id_: Id) -> str:
    with database.read() as reader:
        record = reader.any_of(id_)
    return "an entry" if record is None else record.ref
