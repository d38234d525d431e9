"""When the open PCN file cannot be written any more: its words brought back in later, or all of it saved elsewhere."""

from __future__ import annotations

from pathlib import Path

from nhsdesk.commands import entries
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS
from nhsdesk.errors import DeskError
from nhsdesk.store import backups, drafts, kept_beside, record_file
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.drafts import Draft
from nhsdesk.store.reading import Reader


def reach(database: Database) -> tuple[Draft, ...]:
    """Tries whether the file can be written again, and brings in what was typed meanwhile; gives that.

    Raises the sentence that says why it cannot.
    """
    database.reach()
    return bring_in(database)


def bring_in(database: Database) -> tuple[Draft, ...]:
    """Words typed while the file could not be written, brought into it as drafts; those it holds already are left."""
    return () if database.read_only_because else drafts.bring_in(database, _holds_already)


def told_of(brought: tuple[Draft, ...]) -> str:
    """What to tell of words brought back, in a sentence; empty where there were none."""
    if not brought:
        return ""
    fields = "one field" if len(brought) == 1 else f"{len(brought)} fields"
    return (
        f"The words of {fields}, typed while the file could not be written, were kept on this computer and are back in "
        "their place. They are listed at PCN file, under Not finished."
    )


def words_are_beside(database: Database) -> bool:
    """Whether words typed into the file are kept on this computer and not yet in it."""
    return bool(kept_beside.kept(database.head.copy))


def told_with_words(database: Database, refused: DeskError) -> str:
    """Why the file cannot be written, and where words typed meanwhile are, where there are any."""
    return f"{refused} {kept_beside.KEPT}" if words_are_beside(database) else str(refused)


def forget_beside(database: Database) -> None:
    """Every word is in the file: what is kept of it on this computer is old."""
    kept_beside.clear(database.head.copy)


def save_elsewhere(database: Database, target: Path, who: str, clock: Clock) -> Database:
    """All that was saved, with the words typed since, as a copy of its own that is worked in from now on."""
    before = database.head.copy
    backups.save_elsewhere(database, target)
    saved = record_file.open_file(target, who, clock, moved=record_file.Moved.SECOND_COPY)
    try:
        kept_beside.move(before, saved.head.copy)
        bring_in(saved)
    except BaseException:
        saved.close()
        raise
    return saved


def _holds_already(reader: Reader, draft: Draft) -> bool:
    kind = KINDS.get(draft.kind)
    if kind is None or not (draft.record.isascii() and draft.record.isdigit()):
        return kind is None
    record = reader.find(kind.cls, Id(int(draft.record)))
    field = next((one for one in kind.fields if one.name == draft.field), None)
    if record is None or field is None:
        return field is None
    return draft.words == entries.words_of(reader, field, getattr(record, field.name))
