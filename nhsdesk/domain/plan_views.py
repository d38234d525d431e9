"""Questions about plans and teams: which benefits are shown, and with whom there was no contact for long."""

from __future__ import annotations

from nhsdesk.domain import plans
from nhsdesk.domain.held import Held, Row
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import Plan, PlanStatus, TeamLink

BENEFIT_HEADINGS = ("Ref", "What", "Status", "Benefit")
TEAM_HEADINGS = ("Ref", "What", "Link role", "Last contact", "Days", "Next step")


def benefit_rows(held: Held) -> tuple[Row, ...]:
    """The plans that were not stopped, with their benefit as a paper tells it; those not yet shown first."""
    going = [one for one in held.plans if one.status is not PlanStatus.STOPPED]
    ordered = sorted(going, key=lambda one: (not plans.benefit_lacks(one), one.id))
    return tuple(Row("plan", one.id, _benefit(one)) for one in ordered)


def benefit_words(held: Held) -> str:
    """How many benefits are shown against a baseline."""
    going = [one for one in held.plans if one.status is not PlanStatus.STOPPED]
    shown = sum(not plans.benefit_lacks(one) for one in going)
    return f"{shown:,} of {len(going):,} measured against a baseline." if going else ""


def _benefit(one: Plan) -> tuple[str, ...]:
    return one.ref, one.title, one.status.words, plans.benefit_words(one)


def team_rows(held: Held) -> tuple[Row, ...]:
    """The teams out of touch for as long as the local rule says, the longest first."""
    days = held.rules.whole("commitments.out_of_touch_days")
    return tuple(
        Row("team_link", one.id, _team(held, one)) for one in plans.out_of_touch(held.teams, days, held.today)
    )


def team_words(held: Held) -> str:
    """After how long a team is listed."""
    return (
        f"No contact for {held.rules.whole('commitments.out_of_touch_days'):,} days or more, or none known."
    )


def _team(held: Held, one: TeamLink) -> tuple[str, ...]:
    quiet = plans.days_quiet(one, held.today)
    last = day_words(one.last_contact) if one.last_contact else "not yet known"
    days = "" if quiet is None else f"{quiet:,}"
    return (
        one.ref,
        one.team,
        one.link_role or "nobody yet",
        last,
        days,
        one.next_step or "No next step is noted",
    )
