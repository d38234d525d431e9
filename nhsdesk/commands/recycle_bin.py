"""What was removed from a register, and bringing it back with what belonged to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.records import KINDS
from nhsdesk.errors import FileRefused
from nhsdesk.store import journal, queries
from nhsdesk.store.database import LONDON, Database
from nhsdesk.store.door import Change
from nhsdesk.store.journal import REMOVE, StepChange
from nhsdesk.store.queries import Entry
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Removed:
    """An entry that is no longer there: what it was called, when it was removed and by whom."""

    id: Id
    ref: str
    title: str
    when: str
    who: str


def removed(database: Database, kind: RecordKind) -> tuple[Removed, ...]:
    """The entries of a kind that were removed and have not come back, the last removed first."""
    with database.read() as reader:
        return tuple(_of(kind, entry) for entry in queries.removed(reader, kind.name))


def bring_back(database: Database, kind: RecordKind, id_: Id) -> str:
    """Brings an entry back with what was removed with it because it belonged to it, as one step; its reference.

    A link to something that is no longer there is left empty. Raises FileRefused where it must name something that is
    gone, or where what it held was erased.
    """
    with database.read() as reader:
        entry = next((one for one in queries.removed(reader, kind.name) if one.change.id == id_), None)
        if entry is None:
            raise FileRefused("It is there already. Nothing was changed.")
        belonging = _with_it(reader, entry)
        ref = str(_held(entry.change).get("ref"))
        rows = {one.id: _row(reader, one, belonging) for one in belonging.values()}
    with database.change(f"Bring back {ref}") as change:
        for one in belonging.values():
            _restore(change, one, rows[one.id])
    return ref


def _restore(change: Change, one: StepChange, row: Mapping[str, Stored]) -> None:
    kind = KINDS[one.kind]
    if change.as_stored(kind, Id(one.id)) is None:
        change.restore(kind, one.id, row)


def _of(kind: RecordKind, entry: Entry) -> Removed:
    held = _held(journal.in_todays_words(entry.change, entry.step.schema))
    said = (
        field.kind.words(field.kind.load(value))
        for field in kind.fields
        if field.kind.searched and not field.private and (value := held.get(field.name)) is not None
    )
    local = datetime.fromisoformat(entry.step.moment).astimezone(ZoneInfo(LONDON))
    when = f"{day_words(local.date())}, {local:%H:%M}"
    return Removed(Id(entry.change.id), str(held.get("ref") or ""), next(said, ""), when, entry.step.who)


def _held(change: StepChange) -> dict[str, Stored]:
    return dict(zip(change.fields, change.old, strict=True))


def _with_it(reader: Reader, entry: Entry) -> dict[int, StepChange]:
    """What the step removed of the entry and of all that belonged to it, owners first."""
    written = journal.changes_of(reader.connection, entry.step.position)
    todays = [journal.in_todays_words(one, entry.step.schema) for one in written if one.action == REMOVE]
    found = {one.id: one for one in todays if one.id == entry.change.id}
    grown = True
    while grown:
        more = {one.id: one for one in todays if one.id not in found and _owner_of(one) in found}
        grown = bool(more)
        found |= more
    return found


def _owner_of(one: StepChange) -> Stored:
    owner = KINDS[one.kind].owner
    return None if owner is None else _held(one).get(owner.name)


def _row(reader: Reader, one: StepChange, belonging: Mapping[int, StepChange]) -> dict[str, Stored]:
    """Its fields as they were, without links to what is gone."""
    kind, held = KINDS[one.kind], _held(one)
    erased = [name for n, name in enumerate(one.fields) if one.erased(n)]
    row: dict[str, Stored] = {"ref": held.get("ref")}

    def there(id_: Any) -> bool:
        return id_ in belonging or reader.any_of(id_) is not None

    for field in kind.fields:
        value = held.get(field.name)
        if isinstance(field.kind, kinds.LinkTo) and value is not None and not there(value):
            value = None
        elif isinstance(field.kind, kinds.LinksTo) and value is not None:
            value = field.kind.store(tuple(id_ for id_ in field.kind.load(value) if there(id_)))
        if value is None and field.given:
            why = "was erased" if field.name in erased else "names something that is no longer there"
            raise FileRefused(
                f"{held.get('ref')} was not brought back: its field “{field.label}” {why}. Nothing was changed."
            )
        row[field.name] = value
    return row
