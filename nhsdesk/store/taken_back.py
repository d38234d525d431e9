"""What somebody had chosen of a field changed on both sides, and then undone: it waits to be chosen again.

The list of what is not yet settled is of the exchange; this is read from the journal, so that it survives a restart and
both copies keep the same list.
"""

from __future__ import annotations

from collections.abc import Iterator

from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, merging, schema
from nhsdesk.store.journal import Step, StepChange
from nhsdesk.store.merging import EXISTENCE, KEPT, Assertion, Conflict
from nhsdesk.store.reading import Reader

LABEL = "Choose what holds: "
"""How the label of a step begins in which somebody chose."""

_OF_PEOPLE = ("change", "undo", "redo", "erase")


def conflicts(reader: Reader, copy: int) -> tuple[Conflict, ...]:
    """As they stood before the choice, of each choice in this copy that is undone and not made otherwise since."""
    found: dict[tuple[int, str], Conflict] = {}
    for step, change in _undone(reader, copy):
        for conflict in _before(reader, step, change):
            if not _said_since(reader, step, change, conflict.field):
                found[conflict.id, conflict.field] = conflict
    return tuple(found.values())


def _undone(reader: Reader, copy: int) -> Iterator[Assertion]:
    steps = schema.steps.c
    chosen = (steps.copy == copy, steps.kind == "change", steps.label.startswith(LABEL, autoescape=True))
    made = {step.number: step for step in journal.read_steps(reader.connection, *chosen)}
    if not made:
        return
    turned = (steps.copy == copy, steps.undoes.in_(made))
    last = {step.undoes: step.kind for step in journal.read_steps(reader.connection, *turned)}
    for number, step in made.items():
        if last.get(number) == "undo":
            for written in journal.changes_of(reader.connection, step.position):
                yield step, journal.in_todays_words(written, step.schema)


def _before(reader: Reader, step: Step, change: StepChange) -> Iterator[Conflict]:
    where = (
        schema.changes.c.id == change.id,
        schema.steps.c.position < step.position,
        schema.steps.c.kind.not_in(("exchange", "copy")),
    )
    said = tuple(journal.read_changes(reader.connection, *where))
    kind = KINDS[change.kind]
    for conflict in merging.as_if_there(kind, said).conflicts:
        if conflict.field in change.fields and change.action == journal.PUT:
            yield conflict
    whole = change.action == journal.REMOVE or change.fields == ("ref",)
    if whole and merging.told(said):
        yield merging.existence(kind, said)


def _said_since(reader: Reader, step: Step, change: StepChange, field: str) -> bool:
    """Whether the field was changed after the choice by anything but its undoing."""
    where = (schema.changes.c.id == change.id, schema.steps.c.position > step.position)
    for later, made in journal.read_changes(reader.connection, *where):
        of_the_choice = later.copy == step.copy and later.undoes == step.number
        touched = field == EXISTENCE or field in made.fields or made.action == journal.REMOVE
        if later.kind != KEPT and later.kind in _OF_PEOPLE and not of_the_choice and touched:
            return not _is_undone(reader, later)
    return False


def _is_undone(reader: Reader, step: Step) -> bool:
    steps = schema.steps.c
    turned = journal.read_steps(reader.connection, steps.copy == step.copy, steps.undoes == step.number)
    return [one.kind for one in turned][-1:] == ["undo"]
