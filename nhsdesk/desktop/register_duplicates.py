"""Copies of the chosen entries of a register, told in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.record_model import RecordModel, why_not
from nhsdesk.desktop.words import counted
from nhsdesk.domain.kinds import Id


def duplicate(desk: Desk, model: RecordModel, ids: Sequence[Id]) -> tuple[Id, ...]:
    """Copies entries as one step and says so; gives the copies, none where that was refused."""
    from nhsdesk.commands import duplicates

    if not ids:
        return ()
    if not desk.may_write:
        desk.warn(why_not(desk))
        return ()
    made = desk.attempt(lambda: duplicates.duplicate(desk.database, model.records(ids)), ())
    if made:
        refs = made[0].ref if len(made) == 1 else f"{made[0].ref} to {made[-1].ref}"
        what = counted(len(made), model.kind.noun, model.kind.nouns)
        desk.say(
            f"Duplicated {what}: {refs}. What was done, signed, checked or answered was left behind. Change what is "
            "other, or Undo."
        )
    return tuple(one.id for one in made)
