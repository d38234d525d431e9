"""Copies of entries as one step: each a new entry to be changed, with the lists that come along.

    duplicates.duplicate(database, commitments)             the copies in the same order
    duplicates.duplicate(database, commitments, job.tell)   of thousands, which tells how many it has copied

What a copy takes over is said in `domain/duplicates.py`. A copy is withheld from readers outside wherever what it was
copied from is, and what another PCN gave is copied only once it is confirmed by us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import figures
from nhsdesk.domain import duplicates
from nhsdesk.domain.fields import Record
from nhsdesk.papers import Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

_TOLD_EACH = 25


def duplicate(
    database: Database, records: Iterable[Record], tell: Callable[[int, int], None] = lambda done, of: None
) -> tuple[Record, ...]:
    """Copies entries of one kind. Raises a sentence where one of them may not be copied; then none is.

    What `tell` raises ends it with nothing written.
    """
    listed = tuple(records)
    if not listed:
        return ()
    kind = listed[0].KIND
    if why := duplicates.why_not(kind):
        raise errors.Incomplete(f"{why} Nothing was duplicated.")
    with database.read() as reader:
        _refuse_not_confirmed(reader, listed)
        hidden = restricted.gather(reader, Audience.PUBLIC)
    what = listed[0].ref if len(listed) == 1 else f"{len(listed):,} {kind.nouns}"
    with database.change(f"Duplicate {what}") as change:
        made = []
        for done, one in enumerate(listed):
            if done % _TOLD_EACH == 0:
                tell(done, len(listed))
            made.append(_copied(change, one, _withheld(one, hidden)))
        _refuse_shown(change.reader, listed, made, hidden)
        tell(len(listed), len(listed))
    return tuple(made)


def _copied(change: Change, record: Record, fields: dict[str, Any]) -> Record:
    made = figures.add(change, replace(duplicates.copy_of(record), **fields))
    for cls, owner in duplicates.lists_of(record.KIND):
        for one in change.reader.all(cls, **{owner: record.id}):
            _copied(change, one, {owner: made.id})
    return made


def _refuse_not_confirmed(reader: Reader, listed: tuple[Record, ...]) -> None:
    waiting = reader.not_confirmed()
    for one in listed:
        if one.id in waiting:
            raise errors.Incomplete(
                f"{one.ref} came from another PCN and is not confirmed by us, so it is not duplicated. Confirm it "
                "first, under PCN file, Packs. Nothing was duplicated."
            )


def _withheld(record: Record, hidden: Restricted) -> dict[str, Any]:
    """What is withheld for a link it has is marked itself in a copy, which has no such link."""
    marks = any(field.name == "restricted" for field in record.KIND.fields)
    return {"restricted": True} if marks and hidden.hides(record.id) else {}


def _refuse_shown(
    reader: Reader, listed: Sequence[Record], made: Sequence[Record], hidden: Restricted
) -> None:
    of_concern = [(one, copy.id) for one, copy in zip(listed, made, strict=True) if hidden.hides(one.id)]
    if not of_concern:
        return
    after = restricted.gather(reader, Audience.PUBLIC)
    for one, copy in of_concern:
        if not after.hides(copy):
            raise errors.Incomplete(
                f"{one.ref} is withheld from readers outside the PCN for what it is linked with, and a copy would not "
                f"be. Nothing was duplicated. Enter it with “New {one.KIND.noun}”."
            )
