"""Plans: purpose and gates before they go live, money, benefit, days late, and teams out of touch."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import plans
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.plans import Gate, Milestone, Plan, PlanStatus, TeamLink
from nhsdesk.domain.problems import Weight

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def plan(**fields: Any) -> Plan:
    fields.setdefault("title", "Hub")
    return Plan(id=Id(1), ref="PL-001", **fields)


def gate(what: str = "Data sharing agreement signed", met_on: date | None = None) -> Gate:
    return Gate(id=Id(2), plan=Id(1), what=what, met_on=met_on)


@pytest.mark.parametrize("purpose", [None, "", "  "])
def test_no_plan_goes_live_without_a_purpose(purpose: str | None) -> None:
    (told,) = plans.why_not_live(plan(purpose=purpose), (), TODAY)
    assert told.sentence == "PL-001: it has no purpose yet. Write one."
    assert told.weight is Weight.MUST_FIX


def test_no_plan_goes_live_while_a_gate_is_not_met() -> None:
    gates = (gate(), gate("Staff in post", TODAY), gate("Room let", TODAY + DAY))
    assert [one.sentence for one in plans.why_not_live(plan(purpose="One plan"), gates, TODAY)] == [
        "PL-001: the gate “Data sharing agreement signed” is not met.",
        "PL-001: the gate “Room let” is not met (to be met on 21 November 2026).",
    ]
    assert plans.why_not_live(plan(purpose="One plan"), gates[1:2], TODAY) == ()


@pytest.mark.parametrize("status", list(PlanStatus))
def test_only_a_plan_set_live_in_its_form_is_wrong_for_its_gates(status: PlanStatus) -> None:
    told = plans.problems(plan(status=status), (gate(),), TODAY)
    assert len(told) == (2 if status is PlanStatus.LIVE else 0)


@pytest.mark.parametrize(
    ("cost", "funded", "gap"),
    [(None, None, None), (100, None, 100), (100, 30, 70), (100, 100, 0), (100, 120, -20), (None, 30, None)],
)
def test_what_is_not_funded_is_the_cost_less_the_money_promised(
    cost: int | None, funded: int | None, gap: int | None
) -> None:
    def pounds(amount: int | None) -> Money | None:
        return None if amount is None else Money.pounds(amount)

    held = plan(cost=pounds(cost), funded=pounds(funded))
    assert plans.funding_gap(held) == pounds(gap)
    assert "gap" in Plan.KIND.columns


def test_an_upfront_sum_nobody_has_promised_is_all_gap() -> None:
    """Transformation money up front and its leadership: what no body has promised is not there."""
    assert plans.funding_gap(plan(cost=Money.pounds(250_000))) == Money.pounds(250_000)


BENEFIT = {
    "benefit": "Fewer nights in hospital",
    "measure": "Nights a 1,000",
    "baseline": "212",
    "actual": "198",
    "measured_on": date(2026, 10, 31),
}


def test_a_benefit_is_shown_once_measured_against_its_baseline() -> None:
    assert plans.benefit_words(plan(**BENEFIT)) == (
        "Fewer nights in hospital: Nights a 1,000 from 212 to 198, measured on 31 October 2026."
    )


@pytest.mark.parametrize("missing", [name for name in BENEFIT if name != "benefit"])
def test_a_benefit_never_reads_as_shown_while_any_part_is_missing(missing: str) -> None:
    words = plans.benefit_words(plan(**{**BENEFIT, missing: None}))
    assert "not yet shown; not yet known: " in words
    assert len(plans.benefit_lacks(plan(**{**BENEFIT, missing: None}))) == 1
    assert plans.benefit_words(plan()) == "No benefit is written down."


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"original": TODAY}, 0),
        ({"original": TODAY - 10 * DAY}, 10),
        ({"original": TODAY + 10 * DAY}, 0),
        ({"original": TODAY + 10 * DAY, "revised": TODAY + 15 * DAY}, 5),
        ({"original": TODAY - 10 * DAY, "revised": TODAY - 5 * DAY}, 10),
        ({"original": TODAY - 10 * DAY, "done_on": TODAY - 4 * DAY}, 6),
        ({"original": TODAY + 10 * DAY, "revised": TODAY + 20 * DAY, "done_on": TODAY}, -10),
    ],
)
def test_a_milestone_is_late_by_the_days_since_its_first_date(fields: dict[str, Any], days: int) -> None:
    assert plans.slippage(Milestone(plan=Id(1), what="x", **fields), TODAY) == days


def test_a_plan_is_as_late_as_its_latest_milestone() -> None:
    steps = [Milestone(plan=Id(1), what="x", original=TODAY - n * DAY) for n in (3, 12, 1)]
    assert plans.latest(steps, TODAY) == 12
    assert plans.latest([], TODAY) == 0


@given(st.lists(st.none() | st.dates(date(2025, 1, 1), TODAY)), st.integers(0, 600))
def test_teams_out_of_touch_come_longest_first_and_those_never_met_before_all(
    contacts: list[date | None], days: int
) -> None:
    links = [TeamLink(id=Id(n), team="District nurses", last_contact=on) for n, on in enumerate(contacts, 1)]
    found = plans.out_of_touch(links, days, TODAY)
    quiet = [plans.days_quiet(one, TODAY) for one in found]
    known = [one for one in quiet if one is not None]
    assert quiet == [None] * (len(quiet) - len(known)) + sorted(known, reverse=True)
    assert all(one >= days for one in known)
    assert len(found) == sum(on is None or (TODAY - on).days >= days for on in contacts)


def test_a_lost_link_to_district_nurses_is_told_by_its_days() -> None:
    nurses = TeamLink(
        team="District nurses", link_role="Named nurse", rhythm="weekly", last_contact=date(2026, 8, 1)
    )
    assert plans.days_quiet(nurses, TODAY) == 111
    assert plans.out_of_touch([nurses], 90, TODAY) == (nurses,)
    assert plans.out_of_touch([nurses], 112, TODAY) == ()
    assert {"team", "link_role", "practice", "rhythm", "last_contact", "quiet"} <= set(TeamLink.KIND.columns)
