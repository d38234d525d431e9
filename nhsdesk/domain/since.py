"""What has changed between two readings of the same entries: what is new, closed, slipped, and who has too much.

Both readings are what a paper told or would have told; nothing is read here. Over-committed is said of a role that has
more open entries than before while one of them is overdue or has slipped: a count, and no judgement of a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.periods import day_words


@dataclass(frozen=True, slots=True)
class Standing:
    """How one entry stood: who has it, when it was due after all revisions, and whether it was over."""

    ref: str
    what: str
    owner: str
    due: date | None
    revised: int
    over: bool
    came_to: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry and what became of it, in words."""

    ref: str
    what: str
    told: str


@dataclass(frozen=True, slots=True)
class OverCommitted:
    """A role with more open entries than before, and those of them that are late or slipped."""

    owner: str
    was: int
    now: int
    refs: tuple[str, ...]
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed, each list in the order of the second reading."""

    new: tuple[Change, ...] = ()
    closed: tuple[Change, ...] = ()
    slipped: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    """Told before and no longer listed: removed, or closed so long ago that it is told no more."""
    over_committed: tuple[OverCommitted, ...] = ()

    @property
    def none(self) -> bool:
        """Whether nothing changed."""
        return not (self.new or self.closed or self.slipped or self.gone or self.over_committed)


NOBODY = "nobody yet"


def changes(before: Iterable[Standing], now: Iterable[Standing], day: date) -> Changes:
    """The difference of two readings, the second as at a day."""
    was = {one.ref: one for one in before}
    then = tuple(now)
    here = {one.ref for one in then}
    slipped = tuple(one for one in then if one.ref in was and has_slipped(was[one.ref], one))
    return Changes(
        new=tuple(Change(one.ref, one.what, _new_words(one)) for one in then if one.ref not in was),
        closed=tuple(
            Change(one.ref, one.what, one.came_to or "closed")
            for one in then
            if one.over and one.ref in was and not was[one.ref].over
        ),
        slipped=tuple(Change(one.ref, one.what, _slip_words(was[one.ref], one)) for one in slipped),
        gone=tuple(
            Change(one.ref, one.what, "no longer listed") for one in was.values() if one.ref not in here
        ),
        over_committed=_over_committed(was.values(), then, {one.ref for one in slipped}, day),
    )


def has_slipped(before: Standing, now: Standing) -> bool:
    """Whether an open entry is due later than it was, or was revised again."""
    if now.over:
        return False
    later = before.due is not None and (now.due is None or now.due > before.due)
    return later or now.revised > before.revised


def _new_words(one: Standing) -> str:
    if one.over:
        return one.came_to or "closed"
    return f"due {day_words(one.due)}" if one.due else "no date"


def _slip_words(before: Standing, now: Standing) -> str:
    was, is_ = (day_words(one.due) if one.due else "no date" for one in (before, now))
    return f"was {was}, now {is_}" if was != is_ else f"date revised again, still {is_}"


def _over_committed(
    before: Iterable[Standing], now: tuple[Standing, ...], slipped: set[str], day: date
) -> tuple[OverCommitted, ...]:
    had: dict[str, int] = {}
    for one in before:
        had[one.owner] = had.get(one.owner, 0) + (not one.over)
    has: dict[str, list[Standing]] = {}
    for one in now:
        if not one.over and one.owner != NOBODY:
            has.setdefault(one.owner, []).append(one)
    found = []
    for owner, held in has.items():
        late = tuple(one.ref for one in held if one.ref in slipped or (one.due is not None and one.due < day))
        if late and len(held) > had.get(owner, 0):
            refs = tuple(one.ref for one in held)
            found.append(OverCommitted(owner, had.get(owner, 0), len(held), refs, late))
    return tuple(found)
