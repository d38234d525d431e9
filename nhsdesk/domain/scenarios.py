"""Scenarios: "a pharmacist from February", or next year with a pay award, kept beside the plan and never in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    financial_year,
    hours,
    link,
    long_text,
    money,
    parent,
    percentage,
    record,
    text,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.problems import Problem, Weight


@record(
    title="Scenario",
    plural="Scenarios",
    prefix="SN",
    columns=("title", "year", "award", "maximum_rise"),
)
class Scenario(Record):
    """What if: posts that are not yet decided, and what is assumed of pay and maxima."""

    title: str = text("Name")
    year: FinancialYear | None = financial_year("Year", default=None)
    award: Decimal | None = percentage("Pay award assumed", default=None)
    award_from: date | None = day("Pay award from", default=None, lean=Lean.THIS_YEAR)
    increments: Decimal | None = percentage("Increments assumed", default=None)
    maximum_rise: Decimal | None = percentage("Rise of the maxima assumed", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Scenario post",
    plural="Scenario posts",
    prefix="SX",
    columns=("role", "posts", "hours", "starts", "ends", "salary", "base"),
)
class ScenarioPost(Record):
    """A post of a scenario: one or several alike."""

    scenario: Id = parent("Scenario", "Scenario")
    role: Role = choice("Role", Role)
    posts: int | None = count("How many", default=1)
    hours: Hours = hours("Hours a week")
    starts: date = day("From", lean=Lean.NEXT)
    ends: date | None = day("To", default=None, lean=Lean.NEXT)
    salary: Money = money("Salary a month")
    base: Id | None = link("Practice base", "Practice", default=None)
    employer: Id | None = link("Employer", "Organisation", default=None)
    portal_label: str | None = text("Portal label", default=None)


MOST_ALIKE = 100
"""Posts that one entry may stand for; more is a slip of the keyboard."""


def problem(one: ScenarioPost) -> Problem | None:
    """Why a scenario's post can have no figure, whatever the rates."""
    if one.posts is not None and not 0 <= one.posts <= MOST_ALIKE:
        return _wrong(one, f"stands for {one.posts:,} posts: give a number from 0 to {MOST_ALIKE}.", "posts")
    if one.salary.pence < 0:
        return _wrong(one, "has a salary below nothing. Give what is paid a month.", "salary")
    if one.ends is not None and one.ends < one.starts:
        return _wrong(one, "ends before it starts. Put one of the two days right.", "ends")
    return None


def _wrong(one: ScenarioPost, sentence: str, field: str) -> Problem:
    name = one.ref or "The post"
    return Problem(f"{name} {sentence}", Weight.ACKNOWLEDGE, "scenario_post", one.id, field)
