"""A year's position whole: its outturn, what would be lost, who is to start, and what was not claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import post_spells, rates, starters, underspend
from nhsdesk.domain.arrs import Assignment, Certainty, Post, Role, Scheme
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.outturn import COMMITTED, STARTERS, Outturn, Standing
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.starters import Starter
from nhsdesk.domain.underspend import Example, Loss
from nhsdesk.domain.working_days import ONE_DAY
from nhsdesk.sections import outturn, planned_posts, posts_held
from nhsdesk.sections.outturn import Material
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Position:
    """What the page and the paper show of a year."""

    outturn: Outturn
    loss: Loss
    starters: tuple[Starter, ...]
    notice_due: date


def gather(reader: Reader, year: FinancialYear, known_on: date) -> tuple[Position, Material]:
    """A year as it was known on a day, with the material for scenarios."""
    material = outturn.read(reader, year, known_on)
    return of_material(material, year, known_on), material


def of_material(material: Material, year: FinancialYear, known_on: date) -> Position:
    """The same from what was read already."""
    worked = outturn.work_out(material, year, known_on)
    rules = material.rules(known_on)
    weeks = rules.whole("arrs.recruit_weeks")
    example = _example(material.held, underspend.next_start(known_on, year, weeks), known_on)
    return Position(
        worked,
        underspend.loss(worked, weeks, example),
        tuple(_starters(material.held, worked)),
        starters.notice_due(year, rules),
    )


# ---- who is to start


def _starters(held: Held, worked: Outturn) -> Iterator[Starter]:
    found = [*_planned(held, worked), *_entered(held, worked)]
    yield from sorted(found, key=lambda one: (not one.confirmed, one.starts, one.post))


def _planned(held: Held, worked: Outturn) -> Iterator[Starter]:
    """Posts with a planned start in the year, whether or not all is there for a figure."""
    starting = planned_posts.starting(held, worked.known_on, worked.year.last)[0]
    figures = {planned.post.id for planned in starting}
    for post in held.posts:
        starts = post.planned_start
        recruited = post.scheme is Scheme.ARRS and post.stage in planned_posts.RECRUITING
        if recruited and starts is not None and _to_come(starts, worked):
            if planned_posts.somebody_from(post, starts, held):
                continue
            amount = _amount(worked, post, starts, STARTERS) if post.id in figures else None
            sure = post.certainty is Certainty.CONFIRMED
            yield _starter(post, starts, post.contracted, sure, amount)


def _entered(held: Held, worked: Outturn) -> Iterator[Starter]:
    """Posts whose hours are entered from a day to come on, with nobody in them the day before."""
    for post in held.posts:
        if post.scheme is not Scheme.ARRS:
            continue
        for one in held.assignments.get(post.id, []):
            if _to_come(one.starts, worked) and not _held_before(one, held.assignments[post.id]):
                sure = post.certainty is not Certainty.PLANNED
                yield _starter(
                    post, one.starts, one.hours, sure, _amount(worked, post, one.starts, COMMITTED)
                )


def _to_come(starts: date, worked: Outturn) -> bool:
    return worked.known_on < starts <= worked.year.last


def _held_before(one: Assignment, every: list[Assignment]) -> bool:
    """Whether it only goes on from hours that the same person, as far as is known, had before."""
    before = one.starts - ONE_DAY
    return any(
        other.starts <= before and (other.ends is None or other.ends >= before)
        for other in every
        if other.holder == one.holder
    )


def _starter(post: Post, starts: date, hours: Hours | None, sure: bool, amount: Money | None) -> Starter:
    stage = post.stage.words if post.stage is not None else ""
    return Starter(post.ref, post.id, post.title_words(), post.role.words, starts, hours, sure, stage, amount)


def _amount(worked: Outturn, post: Post, starts: date, standings: frozenset[Standing]) -> Money | None:
    """What it comes to from the start on; None where a month has no figure."""
    first = Month.of(starts)
    if any(gap.post_id == post.id and gap.month >= first for gap in worked.lacking):
        return None
    return total(
        one.amount
        for one in worked.entries
        if one.post_id == post.id and one.month >= first and one.standing in standings
    )


# ---- the example of what a post would use


def _example(held: Held, month: Month | None, known_on: date) -> Example | None:
    """A whole post of the role with most hours in post, at the maximum of the zone most of them are in."""
    if month is None:
        return None
    in_post = {post.id: _hours_on(post, held, known_on) for post in held.posts if post.scheme is Scheme.ARRS}
    sums: dict[str, Hours] = {}
    for post in held.posts:
        if in_post.get(post.id, Hours()):
            sums[post.role.value] = sums.get(post.role.value, Hours()) + in_post[post.id]
    commonest = underspend.commonest(sums)
    if commonest is None:
        return None
    role = Role(commonest)
    zone = _zone([post for post in held.posts if post.role is role and in_post.get(post.id)], held)
    if zone is None:
        return None
    rate = rates.in_force(held.rates, role, zone, month.first, known_on)
    return None if isinstance(rate, Problem) else Example(role.words, rate.annual)


def _hours_on(post: Post, held: Held, day: date) -> Hours:
    found = Hours()
    for one in held.assignments.get(post.id, []):
        ends = post_spells.ending(one.ends, post)
        if one.covers is None and one.starts <= day and (ends is None or ends >= day):
            found = found + one.hours
    return found


def _zone(posts: list[Post], held: Held) -> LondonZone | None:
    known = [zone for post in posts if isinstance(zone := posts_held.zone_of(post, held), LondonZone)]
    return max(LondonZone, key=known.count) if known else None
