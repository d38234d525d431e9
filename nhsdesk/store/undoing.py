"""Undo and redo over the journal: named, still there after a restart, never over what somebody changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from nhsdesk import errors
from nhsdesk.domain.kinds import Id, Stored
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, schema
from nhsdesk.store.door import Change
from nhsdesk.store.journal import ADD, PUT, REMOVE, Step, StepChange

if TYPE_CHECKING:
    from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back or done again, and what had changed since and was left as it is."""

    label: str
    left: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """The steps that Undo and Redo would work on; `stopped_by` is the sealing step in the way of Undo."""

    undo: Step | None = None
    redo: Step | None = None
    stopped_by: Step | None = None


def offers(connection: Connection, copy: int) -> Offers:
    """Reads this copy's journal from its end until both answers are known."""
    undo_step: Step | None = None
    redone: list[int] = []
    redo_number: int | None = None
    state: dict[int, bool] = {}
    only_undos = True
    for step in journal.read_steps(connection, schema.steps.c.copy == copy, newest_first=True):
        if step.sealing:
            return Offers(None, _numbered(connection, copy, redo_number), step)
        if step.kind == "undo" and step.undoes is not None:
            state.setdefault(step.undoes, False)
            if only_undos and redo_number is None:
                if step.undoes in redone:
                    redone.remove(step.undoes)
                else:
                    redo_number = step.undoes
        elif step.kind == "redo" and step.undoes is not None:
            state.setdefault(step.undoes, True)
            redone.append(step.undoes)
        elif step.kind == "change":
            only_undos = False
            if state.get(step.number, True):
                undo_step = step
                break
    return Offers(undo_step, _numbered(connection, copy, redo_number))


def _numbered(connection: Connection, copy: int, number: int | None) -> Step | None:
    if number is None:
        return None
    where = (schema.steps.c.copy == copy, schema.steps.c.number == number)
    return next(journal.read_steps(connection, *where))


def undo(database: Database) -> Undone:
    """Takes back the newest step a person made in this copy that is not undone and not sealing."""
    with database.writing() as connection:
        found = offers(connection, database.head.copy)
        if found.undo is None and found.stopped_by is not None:
            raise errors.NothingToUndo(
                f"Undo stops at “{found.stopped_by.label}”: what was sent, handed out or taken over is not taken back. "
                "Nothing was changed."
            )
        if found.undo is None:
            raise errors.NothingToUndo("There is nothing to undo.")
        return _apply(database, connection, found.undo, "undo")


def redo(database: Database) -> Undone:
    """Does again the step that was undone last."""
    with database.writing() as connection:
        found = offers(connection, database.head.copy)
        if found.redo is None:
            raise errors.NothingToUndo("There is nothing to redo.")
        return _apply(database, connection, found.redo, "redo")


def _apply(database: Database, connection: Connection, step: Step, kind: str) -> Undone:
    change = database.new_change(connection)
    written = journal.changes_of(connection, step.position)
    todays = [journal.in_todays_words(one, step.schema) for one in written]
    wanted = [_turned(one) for one in reversed(todays)] if kind == "undo" else todays
    change.as_stored_all((one.kind, one.id) for one in wanted)
    left = tuple(problem for one in wanted for problem in _bring_about(change, one))
    database.append(
        connection, change, kind, f"{kind.title()}: {step.label}", undoes=step.number, sealing=False
    )
    return Undone(step.label, left)


def _turned(change: StepChange) -> StepChange:
    """The change that takes this one back."""
    action = {ADD: REMOVE, REMOVE: ADD, PUT: PUT}[change.action]
    return StepChange(change.kind, change.id, action, change.fields, change.new, change.old, change.salts)


def _bring_about(change: Change, wanted: StepChange) -> Iterator[Problem]:
    """Asks the door for one record's change; a field that is not as it was then is left and told of."""
    kind = KINDS[wanted.kind]
    now = change.as_stored(kind, Id(wanted.id))
    if wanted.action == ADD:
        blank: dict[str, Stored] = {"ref": None, **{field.name: None for field in kind.fields}}
        change.restore(kind, wanted.id, {**blank, **dict(zip(wanted.fields, wanted.new, strict=True))})
        return
    if now is None:
        ref = change.ref_of(wanted.id)
        yield Problem(f"{ref} is no longer there and was left so.", kind=kind.name, record=wanted.id)
        return
    if wanted.action == REMOVE:
        was = dict(zip(wanted.fields, wanted.old, strict=True))
        if {name: value for name, value in now.items() if value is not None} != was:
            yield Problem(
                f"{now['ref']} has been changed since and was left.", kind=kind.name, record=wanted.id
            )
            return
        change.restore(kind, wanted.id, None)
        return
    put = dict(now)
    for n, (name, old, new) in enumerate(wanted.pairs()):
        if put[name] == old and not wanted.erased(n):
            put[name] = new
        else:
            sentence = f"“{kind.field(name).label}” of {now['ref']} has been changed since and was left."
            yield Problem(sentence, kind=kind.name, record=wanted.id, field=name)
    change.restore(kind, wanted.id, put)
