"""Plans with their benefit, money and gates; and links to named teams."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    money,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money


class PlanStatus(Choice):
    """How far a plan has come. It goes live only with a purpose and all gates met."""

    DRAFT = "draft"
    AGREED = "agreed"
    LIVE = "live"
    STOPPED = "stopped"
    DONE = "done"


@record(
    title="Plan",
    plural="Plans",
    prefix="PL",
    columns=("title", "purpose", "status", "cost", "funded", "owner"),
    groups={"The plan": "title", "What it is to bring": "benefit", "Money": "cost"},
)
class Plan(Record):
    """A piece of work: its purpose, its benefit with measure and baseline, its money."""

    title: str = text("Title")
    purpose: str | None = text("Purpose", default=None, help="A plan cannot go live without one.")
    status: PlanStatus = choice("Status", PlanStatus, default=PlanStatus.DRAFT)
    owner: Id | None = link("Owner", "Person", default=None)
    benefit: str | None = text("Benefit", default=None)
    measure: str | None = text("Measure", default=None)
    baseline: str | None = text("Baseline", default=None)
    actual: str | None = text("Reached", default=None)
    measured_on: date | None = day("Measured on", default=None, lean=Lean.LAST)
    cost: Money | None = money("Cost", default=None)
    funded: Money | None = money("Funded", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


@record(
    title="Milestone",
    plural="Milestones",
    prefix="MS",
    columns=("what", "original", "revised", "done_on"),
)
class Milestone(Record):
    """One step of a plan with its first date, its date now, and when it was done."""

    plan: Id = parent("Plan", "Plan")
    what: str = text("What")
    original: date = day("First date", lean=Lean.NEXT)
    revised: date | None = day("Date now", default=None)
    done_on: date | None = day("Done on", default=None, lean=Lean.LAST)


@record(
    title="Gate",
    plural="Gates",
    prefix="GT",
    columns=("what", "met_on", "agreement", "evidence"),
)
class Gate(Record):
    """Something that must be there before a plan goes live."""

    plan: Id = parent("Plan", "Plan")
    what: str = text("What must be there")
    agreement: Id | None = link("Agreement", "Agreement", default=None)
    evidence: Id | None = link("Evidence", "Evidence", default=None)
    met_on: date | None = day("Met on", default=None, lean=Lean.LAST)


@record(
    title="Team link",
    plural="Team links",
    prefix="TL",
    columns=("team", "link_role", "practice", "rhythm", "last_contact"),
)
class TeamLink(Record):
    """A community team and the role by which a practice or the PCN reaches it."""

    team: str = text("Team")
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    link_role: str | None = text("Link role", default=None)
    practice: Id | None = link("Practice", "Practice", default=None)
    rhythm: str | None = text("Meets how often", default=None)
    last_contact: date | None = day("Last contact", default=None, lean=Lean.LAST)
    next_step: str | None = text("Next step", default=None)
