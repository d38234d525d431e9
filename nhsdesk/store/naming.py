"""Which records others name: read from their stored links, of one kind, of several and of any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.records import KINDS
from nhsdesk.store import schema
from nhsdesk.store.journal import StepChange
from nhsdesk.store.reading import in_parts

Key = tuple[str, int]


def links_held(connection: Connection, kind_name: str, ids: Iterable[int]) -> dict[int, dict[str, Stored]]:
    """What the records with those ids that are there hold of links, by id."""
    table = schema.RECORD_TABLES[kind_name]
    columns = [table.c.id, *(table.c[f.name] for f in KINDS[kind_name].fields if _links(f.kind))]
    found: dict[int, dict[str, Stored]] = {}
    for part in in_parts(sorted(ids)):
        for row in connection.execute(select(*columns).where(table.c.id.in_(part))).mappings():
            found[row["id"]] = dict(row)
    return found


def _links(kind: kinds.Kind) -> bool:
    return isinstance(kind, kinds.LinkTo | kinds.LinksTo)


def named_by(connection: Connection, kind: RecordKind, rows: Iterable[Mapping[str, Stored]]) -> set[Key]:
    """The records that those rows name."""
    found: set[Key] = set()
    of_any_kind: set[int] = set()
    for declared in kind.fields:
        if not isinstance(declared.kind, kinds.LinkTo | kinds.LinksTo):
            continue
        for row in rows:
            held = declared.kind.load(row[declared.name])
            ids = held if isinstance(held, tuple) else () if held is None else (held,)
            if isinstance(declared.kind, kinds.About):
                of_any_kind.update(ids)
            else:
                found.update((declared.kind.target, id_) for id_ in ids)
    names = schema.given_names.c
    for part in in_parts(sorted(of_any_kind)):
        asked = select(names.kind, names.id).where(names.id.in_(part))
        found.update((row.kind, row.id) for row in connection.execute(asked))
    return found


def ids_in(record: Record) -> set[int]:
    """The ids that a record names."""
    found: set[int] = set()
    for declared in record.KIND.fields:
        if _links(declared.kind):
            held = getattr(record, declared.name)
            found.update(held if isinstance(held, tuple) else () if held is None else (held,))
    return found


def owners_of(change: StepChange) -> set[int]:
    """What a removed record belonged to."""
    owned = {f.name for f in KINDS[change.kind].fields if isinstance(f.kind, kinds.LinkTo) and f.kind.owned}
    return {old for name, old, _ in change.pairs() if name in owned and isinstance(old, int)}
