"""Taking over what the starter library holds, line by line, into a real PCN file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from nhsdesk import resources
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.library import LibraryDocument, LibraryReading
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change


@dataclass(frozen=True, slots=True)
class Offered:
    """One line of the library beside what the file has of it."""

    key: str
    document: LibraryDocument
    reading: LibraryReading | None
    """None for the document itself."""
    taken: str
    """The reference of what was taken over from it; empty where it is not here yet."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many were added."""

    documents: int
    commitments: int


def offered(database: Database) -> tuple[Offered, ...]:
    """Every document of the library, each with the lines read from it below it."""
    with database.read() as reader:
        documents, commitments = reader.all(SourceDocument), reader.all(Commitment)
    found: list[Offered] = []
    for one in resources.library():
        held = _held(one, documents)
        found.append(Offered(one.key, one, None, held.ref if held else ""))
        for reading in one.readings:
            taken = reading.taken_as(held.id, commitments) if held else None
            found.append(Offered(reading.key, one, reading, taken.ref if taken else ""))
    return tuple(found)


def adopt(database: Database, chosen: Collection[str]) -> Adopted:
    """Adds the chosen lines, each with its document, as one step. What is here already is not added again."""
    added: set[str] = set()
    commitments = 0
    with database.change("Take over from the library") as change:
        for one in resources.library():
            readings = [reading for reading in one.readings if reading.key in chosen]
            if one.key not in chosen and not readings:
                continue
            held = _held(one, change.reader.all(SourceDocument))
            if held is None:
                held = change.add(one.document())
                added.add(one.key)
            known = change.reader.all(Commitment, document=held.id)
            for reading in readings:
                if reading.taken_as(held.id, known) is None:
                    change.add(reading.commitment(held))
                    commitments += 1
        _join(change, added)
    return Adopted(len(added), commitments)


def _held(one: LibraryDocument, documents: Collection[SourceDocument]) -> SourceDocument | None:
    """The document as the file has it: by its key, or because somebody had entered it before."""
    for held in documents:
        if held.library_key == one.key or (held.library_key is None and _alike(held, one)):
            return held
    return None


def _alike(held: SourceDocument, one: LibraryDocument) -> bool:
    same_reference = one.publication_ref is not None and held.publication_ref == one.publication_ref
    return same_reference or held.title.casefold() == one.title.casefold()


def _join(change: Change, added: set[str]) -> None:
    """Joins documents just added to those they come from and supersede; what somebody parted later stays parted."""
    documents = {one.library_key: one for one in change.reader.all(SourceDocument) if one.library_key}
    for one in resources.library():
        held = documents.get(one.key)
        before, older = documents.get(one.comes_from or ""), documents.get(one.supersedes or "")
        if held is None or added.isdisjoint(filter(None, (one.key, one.comes_from, one.supersedes))):
            continue
        now = held
        if before is not None and now.comes_from is None:
            now = replace(now, comes_from=before.id)
        if older is not None and now.supersedes is None:
            now = replace(now, supersedes=older.id)
            if older.status is not DocumentStatus.REPLACED:
                change.put(replace(older, status=DocumentStatus.REPLACED))
        if now != held:
            change.put(now)
