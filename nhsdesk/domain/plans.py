"""Plans with their benefit, money and gates; and links to named teams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    derived,
    flag,
    link,
    money,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.slipping import days_late


class PlanStatus(Choice):
    """How far a plan has come. It goes live only with a purpose and all gates met."""

    DRAFT = "draft"
    AGREED = "agreed"
    LIVE = "live"
    STOPPED = "stopped"
    DONE = "done"

    @property
    def tone(self) -> Tone:
        """Live is good; the rest asks for nothing."""
        return Tone.GOOD if self is PlanStatus.LIVE else Tone.GREY


@record(
    title="Plan",
    plural="Plans",
    prefix="PL",
    columns=("title", "purpose", "status", "cost", "funded", "gap", "owner"),
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

    gap = derived("Not funded", lambda plan, rules, today: funding_gap(plan), uses=("cost", "funded"))


def funding_gap(plan: Plan) -> Money | None:
    """Cost less what is funded; None while the cost is not known. Money not yet known counts as none promised."""
    return None if plan.cost is None else plan.cost - (plan.funded or Money())


_BENEFIT = {
    "benefit": "the benefit",
    "measure": "its measure",
    "baseline": "the baseline",
    "actual": "what was reached",
    "measured_on": "the day it was measured",
}


def benefit_lacks(plan: Plan) -> tuple[str, ...]:
    """What is not yet known of its benefit: the benefit, measure, baseline, what was reached, and when."""
    return tuple(words for name, words in _BENEFIT.items() if not getattr(plan, name))


def benefit_words(plan: Plan) -> str:
    """The benefit as a paper tells it: never as shown before it was measured against a baseline."""
    if not plan.benefit:
        return "No benefit is written down."
    lacks = benefit_lacks(plan)
    if lacks:
        return f"{plan.benefit}: not yet shown; not yet known: {_listed(lacks)}."
    assert plan.measured_on is not None
    told = f"{plan.measure} from {plan.baseline} to {plan.actual}, measured on {day_words(plan.measured_on)}"
    return f"{plan.benefit}: {told}."


@record(
    title="Milestone",
    plural="Milestones",
    prefix="MS",
    columns=("what", "original", "revised", "done_on", "slippage"),
)
class Milestone(Record):
    """One step of a plan with its first date, its date now, and when it was done."""

    plan: Id = parent("Plan", "Plan")
    what: str = text("What")
    original: date = day("First date", lean=Lean.NEXT)
    revised: date | None = day("Date now", default=None)
    done_on: date | None = day("Done on", default=None, lean=Lean.LAST)

    slippage = derived(
        "Days late",
        lambda milestone, rules, today: slippage(milestone, today),
        uses=("original", "revised", "done_on"),
    )


def slippage(milestone: Milestone, today: date) -> int:
    """By how many days a milestone is late; less than nought is early."""
    return days_late(milestone.original, milestone.revised, milestone.done_on, today)


def latest(milestones: Iterable[Milestone], today: date) -> int:
    """By how many days a plan is late: those of its latest milestone; nought where none is."""
    return max((slippage(one, today) for one in milestones), default=0)


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


def unmet(gates: Iterable[Gate], today: date) -> tuple[Gate, ...]:
    """Gates that are not met by a day; one to be met on a day to come is not."""
    return tuple(one for one in gates if one.met_on is None or one.met_on > today)


def why_not_live(plan: Plan, gates: Iterable[Gate], today: date) -> tuple[Problem, ...]:
    """What keeps a plan from going live: no purpose, or a gate that is not met."""
    found = []
    if not (plan.purpose or "").strip():
        found.append(
            Problem(
                f"{plan.ref}: it has no purpose yet. Write one.", Weight.MUST_FIX, "plan", plan.id, "purpose"
            )
        )
    for gate in unmet(gates, today):
        when = f" (to be met on {day_words(gate.met_on)})" if gate.met_on is not None else ""
        told = f"{plan.ref}: the gate “{gate.what}” is not met{when}."
        found.append(Problem(told, Weight.MUST_FIX, "gate", gate.id, "met_on"))
    return tuple(found)


def problems(plan: Plan, gates: Iterable[Gate], today: date) -> tuple[Problem, ...]:
    """What is wrong with a plan that somebody has set live all the same."""
    return why_not_live(plan, gates, today) if plan.status is PlanStatus.LIVE else ()


@record(
    title="Team link",
    plural="Team links",
    prefix="TL",
    columns=("team", "link_role", "practice", "rhythm", "last_contact", "quiet"),
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

    quiet = derived("Days since", lambda link, rules, today: days_quiet(link, today), uses=("last_contact",))


def days_quiet(link: TeamLink, today: date) -> int | None:
    """Days since the last contact; None where none is known."""
    return None if link.last_contact is None else max(0, (today - link.last_contact).days)


def out_of_touch(links: Iterable[TeamLink], days: int, today: date) -> tuple[TeamLink, ...]:
    """Teams with whom there was no contact for so many days or more, or none that is known; the longest first."""
    held = [(days_quiet(one, today), one) for one in links]
    found = [(quiet, one) for quiet, one in held if quiet is None or quiet >= days]
    return tuple(
        one
        for _, one in sorted(found, key=lambda pair: (-(_NEVER if pair[0] is None else pair[0]), pair[1].id))
    )


_NEVER = timedelta.max.days


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
