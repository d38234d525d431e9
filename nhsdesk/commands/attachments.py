"""Keeping files: with any entry as an attachment, or in a field of it; giving them out again, taking them away.

    looked = attachments.look(path)                     refused: programs, what is not what its name says
    attachments.attach(database, record.id, looked)     one step

The bytes are kept once, however often the file is. A file larger than 25 MB is referred to by name, SHA-256, size and
place. Nothing is ever opened or run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from nhsdesk import errors
from nhsdesk.commands.whole_files import write_whole
from nhsdesk.documents.refusals import refused
from nhsdesk.domain import evidence, kept_files, kinds, patient_data
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.patient_data import Found
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: what is to be kept of it, its bytes, and what in it looks like an NHS number."""

    kept: KeptFile
    content: bytes | None
    """None for one that is only referred to."""
    problem: Problem | None = None

    @property
    def told(self) -> str:
        """What happened to it, in a sentence."""
        size = kept_files.size_words(self.kept.size)
        if self.content is None:
            return (
                f"{self.kept.name} is larger than 25 MB ({size}), so it is not kept here. Where it is was noted, and "
                "its fingerprint (SHA-256)."
            )
        return f"{self.kept.name} ({size}) is kept in the PCN file."


def look(path: Path) -> Looked:
    """Reads a file that somebody wants to keep. Raises FileRefused for one that may not be kept."""
    name = kept_files.shown_name(path.name)
    from nhsdesk.documents import inside_zips  # what reads files is loaded with the first that is kept

    hidden = patient_data.find_in_name(name)
    shown = "The file" if hidden else name
    if path.is_dir():
        raise refused(shown, "it is a folder", "Choose the files in it instead, as many as you want at once.")
    try:
        size, begins, sha256, content = _read(path)
    except OSError as error:
        advice = (
            "If it is open in another program, close it there; otherwise look where it is, and try again."
        )
        raise refused(shown, "it is not there, or may not be opened", advice) from error
    why = kept_files.why_refused(name, begins, size) or inside_zips.why_refused(content or b"")
    if why:
        raise errors.FileRefused(
            f"{shown} was not kept: {why}. Nothing has been changed. Choose another file, or ask who sent it."
        )
    lies_at = "" if content is not None else whole_letters(str(path.absolute()))
    return Looked(KeptFile(name, sha256, size, lies_at), content, _problem(name, lies_at, content))


def attach(
    database: Database, on: Id, looked: Looked, says: str | None = None, *, patient_data_reason: str = ""
) -> Attachment:
    """Keeps a file with an entry of any kind, as one step."""
    _refuse(looked, patient_data_reason)
    with database.read() as reader:
        record = reader.any_of(on)
    if record is None:
        raise errors.ChangedMeanwhile("The entry was removed meanwhile. The file was not kept.")
    with database.change(f"Add file to {record.ref}", patient_data_reason=patient_data_reason) as change:
        _keep_bytes(change, looked)
        _say_why(change, looked, patient_data_reason)
        return change.add(Attachment(on=on, kept=looked.kept, says=says or None))


def put_in(
    database: Database, kind: RecordKind, id_: Id, name: str, looked: Looked, *, patient_data_reason: str = ""
) -> Record:
    """Puts a file into a field of an entry in place of what is there, as one step.

    Of evidence, the file that was there stays with it as an earlier one.
    """
    _refuse(looked, patient_data_reason)
    with database.read() as reader:
        record = reader.get(kind.cls, id_)
    label = f"Change {kind.field(name).label} of {record.ref}"
    with database.change(label, patient_data_reason=patient_data_reason) as change:
        _keep_bytes(change, looked)
        _say_why(change, looked, patient_data_reason)
        _keep_earlier(change, record, looked.kept, database.today())
        return change.put(_with(record, name, looked.kept))


def take_out(database: Database, kind: RecordKind, id_: Id, name: str) -> None:
    """Takes the file out of a field. Undo brings it back."""
    with database.read() as reader:
        record = reader.get(kind.cls, id_)
    with database.change(f"Take {kind.field(name).label} out of {record.ref}") as change:
        change.put(_with(record, name, None))


def keep(change: Change, looked: Looked) -> KeptFile:
    """Keeps a file's bytes within a step that is open, for a field of what the step adds."""
    _refuse(looked, "")
    _keep_bytes(change, looked)
    return looked.kept


def current_words(database: Database, on: Id) -> str:
    """Which file of an evidence item is the current one; empty for other entries and where there is none."""
    with database.read() as reader:
        record = reader.any_of(on)
    return evidence.current_words(record) if isinstance(record, Evidence) else ""


def of_entry(database: Database, on: Id) -> tuple[Attachment, ...]:
    """The files kept with an entry, oldest first."""
    with database.read() as reader:
        return reader.all(Attachment, on=on)


def save_copy(database: Database, kept: KeptFile, target: Path) -> None:
    """Writes a kept file out again, byte for byte."""
    write_whole(database, target, lambda out: out.write(content_of(database, kept)))


def content_of(database: Database, kept: KeptFile) -> bytes:
    """The bytes of a kept file; a sentence where they are not here."""
    with database.read() as reader:
        content = reader.kept_bytes(kept.sha256)
    if content is None and kept.lies_at:
        raise errors.FileRefused(
            f"{kept.name} is larger than 25 MB and was not kept here. It was last at {kept.lies_at}. Look there."
        )
    if content is None:
        raise errors.FileRefused(f"{kept.name} was erased, so it cannot be written out again.")
    return content


def is_file(kind: RecordKind, name: str) -> bool:
    """Whether a field holds a file."""
    return isinstance(kind.field(name).kind, kinds.OneFile)


# ---- inside


def _with(record: Record, name: str, kept: KeptFile | None) -> Record:
    changed: dict[str, Any] = {name: kept}
    return replace(record, **changed)


def _keep_earlier(change: Change, record: Record, newer: KeptFile, today: date) -> None:
    """Evidence that showed something once is not lost when a newer file comes."""
    if isinstance(record, Evidence) and record.kept is not None and record.kept.sha256 != newer.sha256:
        change.add(Attachment(on=record.id, kept=record.kept, says=evidence.earlier_words(today)))


def _read(path: Path) -> tuple[int, bytes, str, bytes | None]:
    """Size, first bytes, SHA-256 and, where it is kept, all bytes."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        content = file.read(kept_files.MOST_BYTES + 1)
        if len(content) <= kept_files.MOST_BYTES:
            return len(content), content[: kept_files.FIRST_BYTES], _hash(content), content
        begins = content[: kept_files.FIRST_BYTES]
        size, sha256 = _rest_of(file, content)
        return size, begins, sha256, None


def _rest_of(file: BinaryIO, read: bytes) -> tuple[int, str]:
    """Size and SHA-256 of a large file, of which the beginning has been read."""
    hashed, size = hashlib.sha256(read), len(read)
    while part := file.read(1_000_000):
        hashed.update(part)
        size += len(part)
    return size, hashed.hexdigest()


def _problem(name: str, lies_at: str, content: bytes | None) -> Problem | None:
    from nhsdesk.documents.attached_words import words_of

    places: tuple[tuple[str, Callable[[], tuple[Found, ...]]], ...] = (
        ("The name of the file", lambda: patient_data.find_in_name(name)),
        ("Where the file is", lambda: patient_data.find_in_name(lies_at)),
        ("The file", lambda: patient_data.find(words_of(content or b"", name))),
    )
    for label, find in places:
        for found in find():
            if found.grade is patient_data.Grade.HIGH:
                return patient_data.told(label, found)
    return None


def _refuse(looked: Looked, reason: str) -> None:
    if looked.problem is not None and not reason.strip():
        raise errors.PatientData(f"{looked.problem.sentence} The file was not kept.", (looked.problem,))


def _keep_bytes(change: Change, looked: Looked) -> None:
    if looked.content is not None:
        change.keep_bytes(looked.kept.name, looked.content, looked.kept.sha256)


def _say_why(change: Change, looked: Looked, reason: str) -> None:
    """Has the journal say why, also where the number is in the file and not in its name."""
    if looked.problem is not None and reason.strip():
        change.watch.let_file_by()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
