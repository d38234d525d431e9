"""Where the journal of the copy in a file stands, and what a file knows of itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from nhsdesk import errors
from nhsdesk.store import schema
from nhsdesk.store.door import Numbering


@dataclass(slots=True)
class Head:
    """Where the journal of this copy stands."""

    copy: int
    letter: str
    number: int
    hash: bytes
    position: int
    seen: dict[int, int]
    numbering: Numbering

    @property
    def place(self) -> tuple[int, int, bytes]:
        """By which two files tell whether they have come equally far."""
        return self.copy, self.position, self.hash


def told_of_itself(connection: Connection, key: str) -> str | None:
    """What the file knows of itself under a key."""
    held = schema.about_file.c
    value = connection.execute(select(held.value).where(held.key == key)).scalar()
    return None if value is None else str(value)


def tell_of_itself(connection: Connection, key: str, value: str) -> None:
    """Has the file know something of itself."""
    table = schema.about_file
    changed = connection.execute(table.update().where(table.c.key == key).values(value=value))
    if not changed.rowcount:
        connection.execute(table.insert(), {"key": key, "value": value})


def keep_numbering(connection: Connection, numbering: Numbering) -> None:
    """Has the file know how far its numbers are given out."""
    tell_of_itself(
        connection, "numbering", json.dumps({"counter": numbering.counter, "refs": numbering.refs})
    )


def read_head(connection: Connection) -> Head:
    """Where the journal of the copy in this file stands."""
    copy, counter, refs = _own_numbering(connection)
    born = connection.execute(select(schema.copies).where(schema.copies.c.number == copy)).first()
    if born is None:
        raise _not_told_who()
    steps = schema.steps.c
    newest = connection.execute(select(steps.copy, func.max(steps.number)).group_by(steps.copy)).all()
    seen: dict[int, int] = {row[0]: row[1] for row in newest}
    number = seen.get(copy, 0)
    own: Any = connection.execute(
        select(steps.hash).where(steps.copy == copy, steps.number == number)
    ).scalar()
    position = int(connection.execute(select(func.max(steps.position))).scalar() or 0)
    numbering = Numbering(copy, born.letter, counter, refs)
    return Head(copy, born.letter, number, bytes(own or born.born_after), position, seen, numbering)


def _own_numbering(connection: Connection) -> tuple[int, int, dict[str, int]]:
    try:
        kept = json.loads(told_of_itself(connection, "numbering") or "{}")
        refs = {str(prefix): int(number) for prefix, number in kept.get("refs", {}).items()}
        return int(told_of_itself(connection, "copy") or 0), int(kept.get("counter", 0)), refs
    except (ValueError, TypeError, AttributeError):
        raise _not_told_who() from None


def _not_told_who() -> errors.Damaged:
    return errors.Damaged(
        "The file is damaged: it does not say which copy it is. It was left as it is. Restore the newest backup."
    )
