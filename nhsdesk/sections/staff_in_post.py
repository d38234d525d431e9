"""Who is in our posts on a day, and who held them last: what the workforce return should say. No name is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from nhsdesk.domain import post_spells
from nhsdesk.domain.arrs import Assignment, Post, Stage
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours
from nhsdesk.domain.nwrs_matching import OurStaff
from nhsdesk.sections.posts_held import Held


def our_staff(held: Held, on: date) -> tuple[OurStaff, ...]:
    """Everybody in our posts on a day, and who held them last; one line for each holder of a post."""
    busy: set[Id | None] = {
        one.holder
        for post in held.posts
        for one in held.assignments.get(post.id, [])
        if one.holder is not None and _runs(one, post, on)
    }
    return tuple(one for post in held.posts for one in _in_post(post, held, busy, on))


def _runs(one: Assignment, post: Post, on: date) -> bool:
    ends = post_spells.ending(one.ends, post)
    return one.starts <= on and (ends is None or ends >= on)


def _in_post(post: Post, held: Held, busy: set[Id | None], on: date) -> list[OurStaff]:
    assigned = held.assignments.get(post.id, [])
    if not assigned:
        return _without_assignment(post)
    now = [one for one in assigned if _runs(one, post, on)]
    before = [one for one in assigned if one.starts <= on and one not in now]
    holders = {one.holder for one in now}
    alone = [[one] for one in now if one.holder is None]
    together = [[one for one in now if one.holder == holder] for holder in _sorted(holders - {None})]
    apart = (
        len(alone) > 1
    )  # several without a holder's entry are several people; one of them after another is one
    made = [
        _staff(post, some, some if apart and some in alone else assigned, post.nwrs_ref or "")
        for some in (*alone, *together)
    ]
    gone = _sorted({one.holder for one in before} - holders - busy - {None})
    ref = "" if now else post.nwrs_ref or ""
    if not now and any(one.holder is None for one in before):
        gone.append(None)
    for holder in gone:
        last = max((one for one in before if one.holder == holder), key=lambda one: (one.starts, one.id))
        made.append(_staff(post, [last], assigned, ref))
    return made


def _sorted(holders: Iterable[Id | None]) -> list[Id | None]:
    return sorted(holders, key=lambda one: one or 0)


def _staff(post: Post, some: Sequence[Assignment], among: Iterable[Assignment], ref: str) -> OurStaff:
    """One person's line: hours together, from the first day of the holder among these."""
    holder = some[0].holder
    begun = [one.starts for one in among if one.holder == holder]
    ends = [post_spells.ending(one.ends, post) for one in some]
    until = None if None in ends else max(end for end in ends if end is not None)
    hours = sum((one.hours for one in some), Hours())
    return OurStaff(post.ref, post.id, post.title_words(), post.role, hours, min(begun), until, ref)


def _without_assignment(post: Post) -> list[OurStaff]:
    """A post said to be filled whose holder was not entered."""
    if post.stage not in (None, Stage.FILLED, Stage.ENDED) or post.starts is None or post.contracted is None:
        return []
    return [
        OurStaff(
            post.ref, post.id, post.title_words(), post.role, post.contracted, post.starts, post.ends,
            post.nwrs_ref or "",
        )
    ]  # fmt: skip
