"""Scenarios beside the plan: the same year, worked out by the same engine, with and without each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk.domain import rises
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link
from nhsdesk.domain.money import Money
from nhsdesk.domain.outturn import OUTTURN, Entry, Lacking, Outturn, Standing
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.scenarios import Scenario, ScenarioPost, problem
from nhsdesk.sections import outturn, planned_posts
from nhsdesk.sections.outturn import Forecast, Material
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader

WITH_SCENARIO = OUTTURN | {Standing.SCENARIO}


@dataclass(frozen=True, slots=True)
class Thought:
    """A scenario with its posts, and the posts it was turned into."""

    scenario: Scenario
    posts: tuple[ScenarioPost, ...]
    became: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A year with a scenario in it."""

    ref: str
    id: Id
    title: str
    outturn: Outturn
    adds: Money
    """What the year comes to with it, less what it comes to without."""
    assumes: tuple[str, ...]
    became: tuple[str, ...]

    @property
    def forecast(self) -> Money:
        """The forecast outturn with it."""
        return self.outturn.sum_of(WITH_SCENARIO)

    @property
    def headroom(self) -> Money | None:
        """What the entitlement leaves with it."""
        entitled = self.outturn.entitlement.amount
        return None if entitled is None else entitled - self.forecast


def read(reader: Reader) -> tuple[Thought, ...]:
    """Every scenario in the file, in the order they were made."""
    posts: dict[Id, list[ScenarioPost]] = {}
    for one in reader.all(ScenarioPost):
        posts.setdefault(one.scenario, []).append(one)
    refs = {post.id: post.ref for post in reader.all(Post)}
    became: dict[Id, list[str]] = {}
    for link in reader.all(Link):
        if link.target in refs:
            became.setdefault(link.source, []).append(refs[link.target])
    return tuple(
        Thought(scenario, tuple(posts.get(scenario.id, ())), tuple(became.get(scenario.id, ())))
        for scenario in reader.all(Scenario)
    )


def concerns(thought: Thought, year: FinancialYear) -> bool:
    """Whether a scenario is for a year; one for no year in particular is for any."""
    return thought.scenario.year in (None, year)


def compare(material: Material, base: Outturn, thought: Thought) -> Compared:
    """The year with a scenario: pay and maxima as assumed from a day to come, and its posts beside those there are."""
    scenario, year, known_on = thought.scenario, base.year, base.known_on
    begins = _begins(scenario, year, known_on)
    with_it = base
    if scenario.award or scenario.increments or scenario.maximum_rise:
        with_it = outturn.work_out(
            replace(material, held=assumed(material.held, scenario, begins, known_on)), year, known_on
        )
    held = with_rises(material.held, scenario, begins, known_on)
    entries, lacking = posts_of(replace(material, held=held), thought, year, known_on)
    made = replace(
        with_it,
        entries=(*with_it.entries, *entries),
        lacking=(*with_it.lacking, *lacking),
        problems=(*with_it.problems, *problems(thought)),
    )
    return Compared(
        scenario.ref,
        scenario.id,
        scenario.title,
        made,
        made.sum_of(WITH_SCENARIO) - base.forecast,
        tuple(_assumes(thought, begins)),
        thought.became,
    )


def problems(thought: Thought) -> tuple[Problem, ...]:
    """What keeps posts of a scenario from having a figure, whatever the rates."""
    return tuple(told for one in thought.posts if (told := problem(one)) is not None)


def posts_of(
    material: Material, thought: Thought, year: FinancialYear, known_on: date
) -> tuple[tuple[Entry, ...], tuple[Lacking, ...]]:
    """What a scenario's posts come to in the months of a year that are not over."""
    planned, held = planned_posts.of_scenario(
        (
            replace(one, starts=max(one.starts, known_on))
            for one in thought.posts
            if one.ends is None or one.ends >= known_on
        ),
        material.held,
    )
    forecast = Forecast(material, year, known_on)
    for one in planned:
        forecast.add_planned(one, held, Standing.SCENARIO)
    return tuple(forecast.entries), tuple(forecast.lacking)


def assumed(held: Held, scenario: Scenario, begins: date, known_on: date) -> Held:
    """All posts with the pay award, increments and maxima that a scenario assumes, from a day on."""
    award = scenario.award or Decimal()
    award_from = scenario.award_from or begins
    pay = {
        post: rises.pay_raised(
            rises.pay_raised(every, scenario.increments or Decimal(), begins), award, award_from
        )
        for post, every in held.pay.items()
    }
    return replace(with_rises(held, scenario, begins, known_on), pay=pay)


def with_rises(held: Held, scenario: Scenario, begins: date, known_on: date) -> Held:
    """The maxima that a scenario assumes; where it assumes none, those there are."""
    if not scenario.maximum_rise:
        return held
    return replace(held, rates=rises.maxima_raised(held.rates, scenario.maximum_rise, begins, known_on).rates)


def _begins(scenario: Scenario, year: FinancialYear, known_on: date) -> date:
    """From when what is assumed holds where the scenario does not say: the next month, or the year to come."""
    if year.first > known_on:
        return year.first
    return Month.of(known_on).plus(1).first


def _assumes(thought: Thought, begins: date) -> Iterator[str]:
    scenario = thought.scenario
    since = day_words(scenario.award_from or begins)
    if scenario.award:
        yield f"Pay award of {_percent(scenario.award)} from {since}, assumed."
    if scenario.award or scenario.increments:
        yield "Salaries planned for starters and for the scenario's own posts are as typed."
    if scenario.increments:
        yield f"Increments of {_percent(scenario.increments)} from {day_words(begins)}, assumed."
    if scenario.maximum_rise:
        yield (
            f"Maxima {_percent(scenario.maximum_rise)} higher from {day_words(begins)}, assumed, where none is "
            "published."
        )
    for one in thought.posts:
        count = 1 if one.posts is None else one.posts
        until = "" if one.ends is None else f" to {day_words(one.ends)}"
        yield (
            f"{count} × {one.role.words}, {one.hours} hours a week, {one.salary} a month, from {day_words(one.starts)}"
            f"{until}."
        )


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"
