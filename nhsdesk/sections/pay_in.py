"""What an employer's lines are matched to and compared with: posts as they stood in a month, and the month before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import post_spells
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claims import ClaimLine, HoursSpell, Maximum, PaySpell, work_out
from nhsdesk.domain.employers import EmployerLine, EmployerStatement
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.pay_changes import Whose
from nhsdesk.domain.pay_matching import Figures, KnownPost
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rules import Rules
from nhsdesk.sections import posts_held
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader

_NO_LIMIT = (Maximum(date.min, None, Money(1), "", 10_000),)
"""Stands for a maximum where only the cost is asked for."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a month's lines of one employer rest on."""

    employer: Id
    month: Month
    known_on: date
    rules: Rules
    held: Held
    posts: tuple[KnownPost, ...]
    before: dict[Id, Figures]
    """What each post of this employer came to in the month before, as it was sent, else as it is entered."""
    taken: tuple[EmployerStatement, ...]
    """What was taken in from this employer for this month."""
    taken_posts: dict[Id, str]
    """Posts in what was taken in, with the reference of the statement."""

    @property
    def by_id(self) -> dict[Id, KnownPost]:
        """The posts by their ids."""
        return {post.id: post for post in self.posts}


def gather(
    reader: Reader, employer: Id, month: Month, known_on: date, settled: Rules, replaces: Id | None = None
) -> Facts:
    """Reads posts, earlier lines and what was taken in before; leaves out a statement that is to be replaced."""
    held = posts_held.read(reader)
    statements = [one for one in reader.all(EmployerStatement, employer=employer) if one.id != replaces]
    lines = _lines_of(reader, statements)
    taken = tuple(one for one in statements if one.month == month)
    last = [one for one in statements if one.month == month.plus(-1)]
    called = _called(lines, {one.id for one in statements})
    posts = tuple(_known(post, month, held, called) for post in held.posts)
    before = (
        _sent_before(lines, last) if last else _entered(employer, month.plus(-1), known_on, held, settled)
    )
    refs = {one.id: one.ref for one in taken}
    taken_posts = {
        one.post: refs[one.statement] for one in lines if one.post is not None and one.statement in refs
    }
    return Facts(employer, month, known_on, settled, held, posts, before, taken, taken_posts)


def _lines_of(reader: Reader, statements: Sequence[EmployerStatement]) -> tuple[EmployerLine, ...]:
    if not statements:
        return ()
    wanted = {one.id for one in statements}
    return tuple(one for one in reader.all(EmployerLine) if one.statement in wanted)


def figures_of(line: EmployerLine) -> Figures:
    """The amounts of a line that was taken in."""
    return Figures(line.salary, line.employer_ni, line.employer_pension, line.fees, line.total)


def _sent_before(lines: Iterable[EmployerLine], last: Sequence[EmployerStatement]) -> dict[Id, Figures]:
    wanted = {one.id for one in last}
    found: dict[Id, Figures] = {}
    for line in lines:
        if line.statement in wanted and line.post is not None:
            sent = figures_of(line)
            found[line.post] = found[line.post].plus(sent) if line.post in found else sent
    return found


def _entered(employer: Id, month: Month, known_on: date, held: Held, settled: Rules) -> dict[Id, Figures]:
    found: dict[Id, Figures] = {}
    for post in held.posts:
        if employer in _employers(post, month, held):
            entered = expected(post, month, known_on, held, settled)
            if entered is not None:
                found[post.id] = entered
    return found


def last_taken(reader: Reader) -> dict[Id, Month]:
    """The last month that was taken in from each employer."""
    found: dict[Id, Month] = {}
    for one in reader.all(EmployerStatement):
        found[one.employer] = max(one.month, found.get(one.employer, one.month))
    return found


def employing(reader: Reader, month: Month) -> dict[Id, int]:
    """How many posts each organisation employs in a month."""
    held = posts_held.read(reader)
    found: dict[Id, int] = {}
    for post in held.posts:
        if post.ends is None or post.ends >= month.first:
            for employer in _employers(post, month, held):
                found[employer] = found.get(employer, 0) + 1
    return found


# ---- posts


@dataclass(frozen=True, slots=True)
class _Called:
    refs: dict[Id, set[str]]
    labels: dict[Id, set[str]]


def _called(lines: Iterable[EmployerLine], statements: set[Id]) -> _Called:
    """What this employer's earlier lines called each post."""
    made = _Called({}, {})
    for line in lines:
        if line.post is None or line.statement not in statements:
            continue
        if line.payroll_ref:
            made.refs.setdefault(line.post, set()).add(line.payroll_ref)
        if line.label:
            made.labels.setdefault(line.post, set()).add(line.label)
    return made


def _known(post: Post, month: Month, held: Held, called: _Called) -> KnownPost:
    there = [one for one in held.assignments.get(post.id, []) if _in_month(one.starts, one.ends, post, month)]
    # Somebody who has left is still paid, and payroll still names them.
    people = {one.holder for one in held.assignments.get(post.id, []) if one.starts <= month.last}
    refs = {
        ref: id_ for id_ in people if id_ is not None and (ref := held.holders[id_].payroll_ref) is not None
    }
    whole = [one for one in there if one.starts <= month.first]
    return KnownPost(
        post.id,
        post.ref,
        post.title_words(),
        refs,
        _employers(post, month, held),
        bool(there),
        whole[0].hours if len(there) == len(whole) == 1 else None,
        frozenset(called.refs.get(post.id, ())),
        frozenset(called.labels.get(post.id, ())),
    )


def _in_month(starts: date, ends: date | None, post: Post, month: Month) -> bool:
    last = post_spells.ending(ends, post)
    return starts <= month.last and (last is None or last >= month.first)


def _employers(post: Post, month: Month, held: Held) -> frozenset[Id]:
    """The post's own employer, and those of whoever shares it under another."""
    others = {
        one.employer
        for one in held.assignments.get(post.id, [])
        if one.employer is not None and _in_month(one.starts, one.ends, post, month)
    }
    return frozenset(others | ({post.employer} if post.employer is not None else set()))


# ---- what a month comes to by what is entered


def expected(
    post: Post,
    month: Month,
    known_on: date,
    held: Held,
    settled: Rules,
    who: Whose | None = None,
) -> Figures | None:
    """What a post costs in a month by what is entered, whatever its maximum; None where nothing can be worked out."""
    hours, spells = _spells(post, known_on, held, settled, who)
    result = work_out(month, hours, spells, _NO_LIMIT, held.on_costs)
    if not isinstance(result, ClaimLine):
        return None
    amounts = result.amounts
    return Figures(amounts.salary, amounts.employer_ni, amounts.employer_pension, amounts.fees)


def whole_month(post: Post, month: Month, known_on: date, held: Held, settled: Rules, who: Whose) -> bool:
    """Whether the same hours and the same pay hold from the first day of a month to its last."""
    hours, spells = _spells(post, known_on, held, settled, who)
    inside = [one for one in hours if post_spells.overlaps(one, month)]
    paid = [
        one for one in spells if one.starts <= month.last and (one.ends is None or one.ends >= month.first)
    ]
    return (
        bool(inside)
        and all(_covers(one, month) for one in inside)
        and all(_covers(one, month) for one in paid)
    )


def _covers(spell: HoursSpell | PaySpell, month: Month) -> bool:
    return spell.starts <= month.first and (spell.ends is None or spell.ends >= month.last)


def _spells(
    post: Post,
    known_on: date,
    held: Held,
    settled: Rules,
    who: Whose | None,
) -> tuple[list[HoursSpell], list[PaySpell]]:
    hours, spells = posts_held.spells(post, known_on, held, settled)
    if who is None:
        return hours, spells
    key = "/".join(str(one) for one in (who.holder, who.employer) if one is not None)
    named = {one.employment for one in hours}
    if key not in named and len(named) == 1:
        key = named.pop()
    return [one for one in hours if one.employment == key], [one for one in spells if one.employment == key]
