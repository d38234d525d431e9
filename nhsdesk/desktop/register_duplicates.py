"""Copies of the chosen entries of a register, told in a sentence; those of many are made beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nhsdesk.desktop.background import Job
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.record_model import RecordModel, why_not
from nhsdesk.desktop.words import counted
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id

AT_ONCE = 100
"""So many entries are copied between two keys; of more, the status line tells how far it has come."""


def duplicate(
    desk: Desk, model: RecordModel, ids: Sequence[Id], show: Callable[[tuple[Id, ...]], None]
) -> None:
    """Copies entries as one step, says so and shows the copies; a copying that was cancelled writes nothing."""
    from nhsdesk.commands import duplicates

    if not ids:
        return
    if not desk.may_write:
        desk.warn(why_not(desk))
        return

    def done(made: tuple[Record, ...]) -> None:
        if made:
            desk.say(_told(model, made))
            show(tuple(one.id for one in made))

    def work(job: Job) -> tuple[Record, ...]:
        return duplicates.duplicate(desk.database, model.records(ids), job.tell)

    if len(ids) <= AT_ONCE:
        done(desk.attempt(lambda: duplicates.duplicate(desk.database, model.records(ids)), ()))
        return
    label = f"Duplicating {counted(len(ids), model.kind.noun, model.kind.nouns)}"
    if all(one.label != label for one in desk.background.jobs):  # a second press would copy them twice
        desk.background.start(label, work, done, writes=True)


def _told(model: RecordModel, made: Sequence[Record]) -> str:
    refs = made[0].ref if len(made) == 1 else f"{made[0].ref} to {made[-1].ref}"
    what = counted(len(made), model.kind.noun, model.kind.nouns)
    return (
        f"Duplicated {what}: {refs}. What was done, signed, checked or answered was left behind. Change what is "
        "other, or Undo."
    )
