"""What falls due, closes, expires or comes round again, in one list by day; and people nobody has confirmed lately."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain import duties
from nhsdesk.domain.commitments import Result, due_now, is_over
from nhsdesk.domain.consultations import SOON
from nhsdesk.domain.held import Held, Row
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person, Sector
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import PlanStatus

HEADINGS = ("Day", "In", "What", "What happens", "Ref")
PEOPLE_HEADINGS = ("Ref", "Role", "Organisation", "Confirmed")


@dataclass(frozen=True, slots=True)
class Closing:
    """One day to come, or past and not dealt with."""

    day: date
    kind: str
    id: Id
    ref: str
    what: str
    happens: str


def closing(held: Held) -> tuple[Closing, ...]:
    """All within the days of the local rule, and what is late, the soonest first."""
    until = held.today + timedelta(days=held.rules.whole("commitments.closing_days"))
    found = (one for part in (_commitments, _duties, _windows, _agreements, _plans) for one in part(held))
    return tuple(
        sorted((one for one in found if one.day <= until), key=lambda one: (one.day, one.kind, one.id))
    )


def rows(held: Held) -> tuple[Row, ...]:
    """The list as rows to open."""
    return tuple(_row(held, one) for one in closing(held))


def _row(held: Held, one: Closing) -> Row:
    cells = (day_words(one.day), away(one.day, held.today), one.what, one.happens, one.ref)
    return Row(one.kind, one.id, cells)


def shaped_rows(held: Held) -> tuple[Row, ...]:
    """All that can still be shaped, however far off its last day is, the soonest first."""
    windows = sorted(_windows(held), key=lambda one: (one.day, one.kind, one.id))
    return tuple(_row(held, one) for one in windows)


def shaped_words(held: Held) -> str:
    """How many close within a fortnight."""
    soon = sum(one.day - held.today <= SOON for one in _windows(held))
    return f"{soon:,} of them within a fortnight." if soon else ""


def away(day: date, today: date) -> str:
    """How far off a day is."""
    days = (day - today).days
    if days == 0:
        return "today"
    number = f"{abs(days):,} {'day' if abs(days) == 1 else 'days'}"
    return number if days > 0 else f"{number} late"


def _commitments(held: Held) -> Iterator[Closing]:
    for one in held.commitments:
        due = due_now(one)
        if due is None or is_over(one) or one.came_to is Result.PARKED:
            continue
        moved = f", moved from {day_words(one.due)}" if one.due is not None and one.due != due else ""
        yield Closing(due, "commitment", one.id, one.ref, one.title, f"Falls due{moved}")


def _duties(held: Held) -> Iterator[Closing]:
    for one in held.occurrences:
        duty = held.duties.get(one.duty)
        if duty is not None and one.still_to_do:
            rule = duties.rule_words(duty)
            told = f"Comes round: {rule[:1].lower()}{rule[1:]}. {duties.shown(one)}"
            yield Closing(one.falls_on, "occurrence", one.id, duty.ref, duty.title, told)


def _windows(held: Held) -> Iterator[Closing]:
    for window in held.windows:
        if window.closes >= held.today:
            by = f" Decided by {window.decided_by}." if window.decided_by else ""
            told = f"Can be shaped until then.{by}"
            yield Closing(window.closes, "decision_window", window.id, window.ref, window.what, told)
    for one in held.consultations:
        if one.closes is not None and one.closes >= held.today:
            decided = one.decided_on is not None and one.decided_on < one.closes
            told = "Consultation closes" + (", though it is decided already" if decided else "")
            yield Closing(one.closes, "consultation", one.id, one.ref, one.title, told)
    for offer in held.variations:
        if offer.decide_by is not None and offer.decide_by >= held.today:
            yield Closing(
                offer.decide_by,
                "local_variation",
                offer.id,
                offer.ref,
                offer.title,
                "Practices decide by then",
            )


def _agreements(held: Held) -> Iterator[Closing]:
    for one in held.agreements:
        if one.expires is not None and one.expires >= held.today:
            yield Closing(one.expires, "agreement", one.id, one.ref, one.title, "Agreement expires")
        if one.review_on is not None and one.review_on >= held.today and one.review_on != one.expires:
            yield Closing(
                one.review_on, "agreement", one.id, one.ref, one.title, "Agreement is to be reviewed"
            )


def _plans(held: Held) -> Iterator[Closing]:
    plans = {one.id: one for one in held.plans}
    for step in held.milestones:
        plan = plans.get(step.plan)
        if plan is None or step.done_on is not None or plan.status in (PlanStatus.STOPPED, PlanStatus.DONE):
            continue
        day = step.revised or step.original
        yield Closing(day, "milestone", step.id, plan.ref, f"{plan.title}: {step.what}", "Milestone")


# ---- people


def icb_changed_on(held: Held) -> date | None:
    """The last day on which an ICB ended or one took its place; None where none did."""
    icbs = [one for one in held.organisations.values() if one.sector is Sector.ICB]
    successors = {one.successor for one in icbs if one.successor is not None}
    days = [one.valid_to for one in icbs]
    days += [one.valid_from for one in held.organisations.values() if one.id in successors]
    return max((day for day in days if day is not None and day <= held.today), default=None)


def not_confirmed(held: Held) -> tuple[Person, ...]:
    """People at the ICB, old or new, who are still there and were not confirmed since it changed."""
    changed = icb_changed_on(held)
    if changed is None:
        return ()
    return tuple(one for one in _at_the_icb(held) if one.confirmed_on is None or one.confirmed_on <= changed)


def _at_the_icb(held: Held) -> Iterable[Person]:
    icbs = {one.id for one in held.organisations.values() if one.sector is Sector.ICB}
    icbs |= {
        one.successor for one in held.organisations.values() if one.id in icbs and one.successor is not None
    }
    for person in held.people.values():
        if person.organisation in icbs and (person.ends is None or person.ends >= held.today):
            yield person


def people_rows(held: Held) -> tuple[Row, ...]:
    """The people as rows to open, by their roles."""
    return tuple(
        Row("person", one.id, (one.ref, one.role_title, _organisation(held, one), _confirmed(one)))
        for one in not_confirmed(held)
    )


def people_words(held: Held) -> str:
    """Since when, or that no change is entered."""
    changed = icb_changed_on(held)
    if changed is None:
        return "No change of the ICB is entered. Give the ICB its last day, or its successor, among the organisations."
    return f"The ICB changed on {day_words(changed)}."


def _organisation(held: Held, one: Person) -> str:
    found = held.organisations.get(one.organisation) if one.organisation is not None else None
    return found.name if found else ""


def _confirmed(one: Person) -> str:
    return day_words(one.confirmed_on) if one.confirmed_on else "never"
