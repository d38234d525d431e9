"""Views of registers, kept in the file under their names for everybody who opens it."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.register_views import Arrangement, fields_of
from nhsdesk.domain.saved_views import SavedView
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


def of_register(reader: Reader, kind: RecordKind) -> list[SavedView]:
    """The views of a register, by name."""
    found = (one for one in reader.all(SavedView) if one.register == kind.name)
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def named(reader: Reader, kind: RecordKind, name: str) -> SavedView | None:
    """The view of a register by its name, without regard to capitals."""
    wanted = _alike(name)
    return next((one for one in of_register(reader, kind) if _alike(one.name) == wanted), None)


def save(database: Database, kind: RecordKind, name: str, shown: Arrangement) -> SavedView | Problem:
    """Keeps how a register is shown under a name, in place of what that name kept before, as one step."""
    words = " ".join(name.split())
    if not words:
        return Problem("Give the view a name, so that others know it.", field="name")
    with database.read() as reader:
        before = named(reader, kind, words)
    fields = fields_of(shown)
    if before is not None:
        changed = replace(before, **fields)
        if changed != before:
            with database.change(f"Change view “{before.name}” of {kind.nouns}") as change:
                change.put(changed)
        return changed
    with database.change(f"Save view “{words}” of {kind.nouns}") as change:
        return change.add(SavedView(name=words, register=kind.name, **fields))


def remove(database: Database, view: SavedView) -> None:
    """Takes a view out for everybody. Undo brings it back."""
    with database.change(f"Remove view “{view.name}”") as change:
        change.remove(view)


def _alike(name: str) -> str:
    return " ".join(name.split()).casefold()
