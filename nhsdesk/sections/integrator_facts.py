"""An integrator as papers and pages show it on a day, and the sentences they tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import BarLook, Event, Timeline
from nhsdesk.domain import integrator_rules
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

UNKNOWN = integrator_rules.UNKNOWN


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """One of the four answers: the body or "unknown", and where just that is written."""

    question: str
    who: str
    where: str
    evidenced: bool


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step with its first and present day, and how late it is."""

    ref: str
    id: str
    step: str
    original: date
    revised: date | None
    done_on: date | None
    slip: str
    where: str


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """A partner, with its sector and part."""

    ref: str
    id: str
    name: str
    sector: str
    part: str
    only_a_sector: bool
    where: str


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """A function, who leads it, how it stands and how well it is to be done."""

    ref: str
    id: str
    name: str
    lead: str
    status: str
    tone: str
    service_level: str


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """What it is chosen by, with our own score."""

    ref: str
    id: str
    criterion: str
    score: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """What is said to move from one body to another."""

    ref: str
    id: str
    function: str
    told: str
    quotation: str
    where: str


@dataclass(frozen=True, slots=True)
class DoesFacts:
    """One body: the part it takes, what it holds, and what it leads."""

    name: str
    part: str
    holds: str
    leads: str


@dataclass(frozen=True, slots=True)
class IntegratorFacts:
    """One integrator as at a day. Selection criteria are there for our own board only."""

    ref: str
    id: str
    name: str
    place: str
    status: str
    hosting: str
    in_service_of: str
    approved_by: str
    held: tuple[HeldFacts, ...]
    host_sector: str
    steps: tuple[StepFacts, ...]
    partners: tuple[PartnerFacts, ...]
    gp_provider: str
    functions: tuple[FunctionFacts, ...]
    does: tuple[DoesFacts, ...]
    criteria: tuple[CriterionFacts, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class StanceFacts:
    """What an organisation says to a joint bid, and what is next with it. Our own board only."""

    ref: str
    id: str
    who: str
    stance: str
    next: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The integrators, what moves between bodies, what is withheld, and who is wrongly named as deciding."""

    integrators: tuple[IntegratorFacts, ...]
    transfers: tuple[TransferFacts, ...]
    withheld: tuple[str, ...]
    deciding: tuple[Problem, ...]
    stances: tuple[StanceFacts, ...] = ()


# ---- words


def held_words(one: HeldFacts) -> str:
    """One of the four answers with its evidence, or that it is unknown, or that evidence is missing."""
    if one.who == UNKNOWN:
        return f"{one.question}: unknown" + (f" ({one.where})" if one.evidenced else "")
    return f"{one.question}: {one.who} ({one.where if one.evidenced else integrator_rules.MISSING})"


def step_words(one: StepFacts) -> str:
    """A step with its days and how late it is."""
    return f"{one.step}: {step_days(one)}"


def step_days(one: StepFacts) -> str:
    """The first and the present day of a step, and how late it is."""
    if one.done_on is not None:
        now = f"done on {day_words(one.done_on)}"
    else:
        now = f"now {day_words(one.revised)}" if one.revised else "not done"
    return f"first set for {day_words(one.original)}, {now}, {one.slip}"


def steps_timeline(one: IntegratorFacts, today: date) -> Iterator[Timeline]:
    """Each step from the day first set to the day it has or had; nothing where no step has a day."""
    if not one.steps:
        return
    late = sum(step.done_on is None and (step.revised or step.original) < today for step in one.steps)
    done = sum(step.done_on is not None for step in one.steps)
    overdue = f"{late} not done though its day is over" if late else "none is overdue"
    yield Timeline(
        name=f"Steps_of_{one.ref}",
        title=f"Steps of {one.ref}",
        unit="Step",
        events=tuple(_event(step, today) for step in one.steps),
        today=today,
        says=(
            f"{done} of {len(one.steps)} {'step is' if done == 1 else 'steps are'} done, {overdue}. "
            "A bar goes from the day first set to the day the step was done or is now set for: full is "
            "done, striped is late, outlined is to come."
        ),
    )


def _event(step: StepFacts, today: date) -> Event:
    now = step.done_on or step.revised or step.original
    if step.done_on is not None:
        look = BarLook.FULL
    else:
        look = BarLook.STRIPED if now < today else BarLook.OUTLINED
    state = "done" if step.done_on is not None else "not done"
    told = (
        f"{state} {day_words(step.done_on)}"
        if step.done_on is not None
        else f"{state}, set for {day_words(now)}"
    )
    return Event(step.step, min(step.original, now), max(step.original, now), f"{told}, {step.slip}", look)


def in_short(one: IntegratorFacts) -> str:
    """Name, place, status and steps in a paragraph."""
    steps = "; ".join(step_words(step) for step in one.steps) or "no dates are recorded"
    return (
        f"{one.ref} {one.name}. Place: {one.place}. Status: {one.status.lower()}. Hosting: {one.hosting.lower()}. "
        f"In service of: {one.in_service_of}. Approved by: {one.approved_by}. {steps}. A board decides; an integrator "
        "supports it."
    )


def partner_name(one: PartnerFacts) -> str:
    """A partner's name; of one that is only a sector, that nobody has said which organisation it is."""
    return f"{one.name} (named only as a sector)" if one.only_a_sector else one.name
