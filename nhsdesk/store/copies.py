"""Which copy of a PCN file this is: its number, its letter, and how a second copy gets its own.

Two chains of steps never go on under one number: a number is drawn anew when a file is made, handed out as a copy,
restored from a backup, or opened elsewhere as a second copy.
"""

from __future__ import annotations

import json
import secrets
import socket
import string
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from nhsdesk import errors
from nhsdesk.store import schema
from nhsdesk.store.head import tell_of_itself, told_of_itself

if TYPE_CHECKING:
    from nhsdesk.store.database import Database

FIRST_LETTER = "A"


def next_letter(parent: str, taken: Collection[str]) -> str:
    """The next free letter under a parent: A gives B to Z, then AA to AZ; B gives BA to BZ."""
    letters = string.ascii_uppercase
    offered = (
        [*letters[1:], *(f"A{one}" for one in letters)]
        if parent == FIRST_LETTER
        else [parent + x for x in letters]
    )
    for letter in offered:
        if letter not in taken:
            return letter
    raise errors.CannotExchange(
        f"No more copies can be made from copy {parent}: it has given out {len(offered)}. Nothing was changed. "
        "Make the copy from another one."
    )


def draw(
    connection: Connection, parent: int | None, born: str, born_after: bytes, taken: Collection[str] = ()
) -> tuple[int, str]:
    """A number nobody has and the next letter under the parent that is not `taken`, kept in the list of copies."""
    known = {row.number: row.letter for row in connection.execute(select(schema.copies))}
    number = 0
    while number == 0 or number in known:
        number = secrets.randbits(31)
    letter = FIRST_LETTER if parent is None else next_letter(known[parent], {*known.values(), *taken})
    row = {"number": number, "letter": letter, "parent": parent, "born": born, "born_after": born_after}
    connection.execute(schema.copies.insert(), row)
    return number, letter


def become(connection: Connection, number: int) -> None:
    """Has the file go on under another copy's number, its own counting begun anew."""
    tell_of_itself(connection, "copy", str(number))
    tell_of_itself(connection, "numbering", json.dumps({"counter": 0, "refs": {}}))


def become_new_copy(database: Database, why: str, taken: Collection[str] = ()) -> str:
    """Draws a number for this file, as a copy of the one it was; gives the letter. A step that seals marks it.

    `taken` are letters that others are known to have.
    """
    with database.writing() as connection:
        head = database.head
        number, letter = draw(
            connection, head.copy, database.now().isoformat(), _newest_hash(connection), taken
        )
        become(connection, number)
        database.read_head_again(connection)
        label = f"Became copy {letter}: {why}"
        database.append_changes(connection, (), "copy", label, sealing=True)
    return letter


def hand_out(database: Database, letter_for: str) -> tuple[int, str]:
    """Gives a number and letter to a copy about to be handed out, so that this copy knows of it."""
    with database.writing() as connection:
        born = database.now().isoformat()
        number, letter = draw(connection, database.head.copy, born, b"")
        step = database.append_changes(
            connection, (), "copy", f"Handed out copy {letter}{letter_for}", sealing=True
        )
        table = schema.copies
        connection.execute(table.update().where(table.c.number == number).values(born_after=step.hash))
    return number, letter


def home(path: Path) -> str:
    """This computer and path, as a file remembers where it was last written."""
    return json.dumps([socket.gethostname(), str(path.resolve())])


def moved_from(connection: Connection, path: Path) -> tuple[str, str] | None:
    """Computer and path where the file was last written, when that is not here."""
    told = told_of_itself(connection, "home")
    if told is None or told == home(path):
        return None
    try:
        machine, where = map(str, json.loads(told))
    except (ValueError, TypeError):
        return "another computer", "a file whose place cannot be read"
    return machine, where


def _newest_hash(connection: Connection) -> bytes:
    steps = schema.steps.c
    found = connection.execute(select(steps.hash).order_by(steps.position.desc()).limit(1)).scalar()
    return bytes(found or b"")


def leave_home(connection: Connection) -> None:
    """Has the file forget where it was written, so that the first place it is opened becomes its home."""
    table = schema.about_file
    connection.execute(table.delete().where(table.c.key == "home"))
