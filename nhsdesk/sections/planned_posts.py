"""Posts nobody is in yet, as the claim engine takes them: hours and pay from the planned start, as if entered.

A planned starter and a post of a scenario become the same thing here, and go through `posts_held.work` like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.domain import scenarios
from nhsdesk.domain.arrs import Assignment, Certainty, Pay, Post, Scheme, Stage
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.scenarios import ScenarioPost
from nhsdesk.sections.posts_held import Held

RECRUITING = frozenset({Stage.PLANNED, Stage.ADVERTISED, Stage.OFFER_MADE, Stage.VACANT})


@dataclass(frozen=True, slots=True)
class Planned:
    """A post as it would be, held by somebody from its planned start on, and how many alike there are."""

    post: Post
    starts: date
    confirmed: bool
    alike: int = 1


def starting(held: Held, known_on: date, last: date) -> tuple[tuple[Planned, ...], tuple[Problem, ...], Held]:
    """The planned starters still to come, what is missing of others, and all they rest on, for the engine.

    Who is to start after the year's last day is of no concern to the year.
    """
    found: list[Planned] = []
    missing: list[Problem] = []
    assumed = _nobody(held)
    for post in held.posts:
        if post.scheme is not Scheme.ARRS or post.stage not in RECRUITING or post.planned_start is None:
            continue
        if post.planned_start > last or somebody_from(post, post.planned_start, held):
            continue
        problem = _lacks(post, known_on)
        if problem is not None:
            missing.append(problem)
            continue
        assert post.contracted is not None
        assert post.planned_salary is not None
        planned = Planned(
            replace(post, ends=_later(post.ends, post.planned_start)),
            post.planned_start,
            post.certainty is Certainty.CONFIRMED,
        )
        found.append(planned)
        _fill(assumed, planned, post.contracted, post.planned_salary)
    return tuple(found), tuple(missing), assumed


def of_scenario(posts: Iterable[ScenarioPost], held: Held) -> tuple[tuple[Planned, ...], Held]:
    """A scenario's posts with all they rest on, for the engine; those that can have no figure are left out."""
    found: list[Planned] = []
    assumed = _nobody(held)
    for one in posts:
        if scenarios.problem(one) is not None:
            continue
        post = Post(
            id=one.id,
            ref=one.ref,
            role=one.role,
            portal_label=one.portal_label,
            base=one.base,
            employer=one.employer,
            contracted=one.hours,
            ends=one.ends,
        )
        planned = Planned(post, one.starts, confirmed=False, alike=1 if one.posts is None else one.posts)
        found.append(planned)
        _fill(assumed, planned, one.hours, one.salary)
    return tuple(found), assumed


def _nobody(held: Held) -> Held:
    return replace(held, assignments={}, pay={}, back_pay={})


def _fill(held: Held, planned: Planned, hours: Hours, salary: Money) -> None:
    post = planned.post
    held.assignments[post.id] = [
        Assignment(post=post.id, hours=hours, starts=planned.starts, ends=post.ends, ref=post.ref)
    ]
    held.pay[post.id] = [Pay(post=post.id, starts=planned.starts, salary=salary, ref=post.ref)]


def somebody_from(post: Post, day: date, held: Held) -> bool:
    """Whether hours are entered for that start already, so that the post is forecast with those that are filled."""
    assigned = held.assignments.get(post.id, [])
    return any(one.ends is None or one.ends >= day for one in assigned) and not (
        post.ends is not None and post.ends < day
    )


def _later(ends: date | None, starts: date) -> date | None:
    """An end before the planned start is the last holder's."""
    return None if ends is None or ends < starts else ends


def _lacks(post: Post, known_on: date) -> Problem | None:
    assert post.planned_start is not None
    name = f"{post.ref} {post.title_words()}"
    on = day_words(post.planned_start)
    if post.planned_start <= known_on:
        told = f"{name} was to start on {on}, and nobody is in it. Give its next planned start, or enter who started."
        return Problem(told, Weight.ACKNOWLEDGE, "post", post.id, "planned_start")
    for value, field, what in (
        (post.contracted, "contracted", "contracted hours"),
        (post.planned_salary, "planned_salary", "planned salary"),
    ):
        if value is None:
            told = f"{name} is to start on {on} and has no {what}, so it is left out of the forecast."
            return Problem(told, Weight.ACKNOWLEDGE, "post", post.id, field)
    if post.planned_salary is not None and post.planned_salary.pence < 0:
        told = f"{name} has a planned salary below nothing, so it is left out of the forecast."
        return Problem(told, Weight.ACKNOWLEDGE, "post", post.id, "planned_salary")
    return None
