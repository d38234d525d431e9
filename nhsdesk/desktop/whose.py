"""Whose an entry is: what came from another PCN says so beside it until somebody here has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.taken_over import AdoptedKind, TakenOver
from nhsdesk.store.database import Notice
from nhsdesk.store.reading import Reader

NOT_CONFIRMED = AdoptedKind.NOT_CONFIRMED.words


@dataclass(frozen=True, slots=True)
class Whose:
    """How an entry that was taken over stands, and where it came from."""

    words: str
    confirmed: bool
    came_from: str


def of_entry(reader: Reader, id_: Id) -> Whose | None:
    """The newest word on where an entry came from; None of one that is ours."""
    marks = reader.all(TakenOver, on=id_)
    if not marks:
        return None
    mark = marks[-1]
    confirmed = mark.standing is AdoptedKind.CONFIRMED
    return Whose(mark.standing.words, confirmed, f"From {mark.came_from}: {mark.pack or 'pack not named'}")


def changed(notice: Notice) -> bool:
    """Whether something was taken over, or confirmed."""
    return bool(notice.changed.get(TakenOver.KIND.name))
