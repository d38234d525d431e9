"""Neighbourhood teams: live only with a purpose and all gates met, their size by whose rule, their slippage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from nhsdesk.domain import local_rules, rules, teams
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.plans import Gate, Plan
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamStatus

TODAY = date(2026, 11, 20)
TEAM = NeighbourhoodTeam(
    id=Id(1), ref="INT-001", name="Millbrook INT", purpose="One plan for people with frailty", population=52_300,
    headcount=Decimal("94.0"), go_live=date(2027, 1, 11), plan=Id(2),
)  # fmt: skip
PLAN = Plan(id=Id(2), ref="PL-001", title="Start the team")
MET = Gate(id=Id(3), plan=PLAN.id, what="Data agreement signed", met_on=date(2026, 11, 1))
OPEN = Gate(id=Id(4), plan=PLAN.id, what="Lead named")


def test_a_team_goes_live_only_with_a_purpose_and_every_gate_met() -> None:
    assert teams.why_not_live(TEAM, PLAN, (MET,), TODAY) == ()
    stops = teams.why_not_live(
        replace(TEAM, purpose=" "), PLAN, (MET, OPEN, replace(MET, met_on=date(2026, 11, 21))), TODAY
    )
    assert [one.sentence for one in stops] == [
        "It has no purpose yet. Write one.",
        "The gate “Lead named” is not met.",
        "The gate “Data agreement signed” is not met.",
    ]


def test_its_size_is_compared_with_the_local_rule_and_whose_it_is() -> None:
    assert teams.size_words(TEAM, Rules()) == (
        "52,300 residents, within 50,000 to 100,000 (North West London, 2024)",
        "94 staff, where about 100 are spoken of (North West London, 2024)",
    )
    small = replace(TEAM, population=47_900, headcount=None)
    assert teams.size_words(small, Rules()) == (
        "47,900 residents, fewer than 50,000 (North West London, 2024)",
        "It is not known how many staff it has",
    )
    assert teams.outside_size(small, Rules())
    large = replace(TEAM, population=104_000)
    assert teams.size_words(large, Rules())[0] == (
        "104,000 residents, more than 100,000 (North West London, 2024)"
    )


def test_each_neighbourhood_may_settle_rules_of_its_own() -> None:
    settled = [
        LocalRule(id=Id(n), ref=f"LR-{n:03}", key=key, value=value, starts=date(2026, 4, 1))
        for n, (key, value) in enumerate(
            [
                ("teams.least_residents@N-004", "30000"),
                ("teams.most_residents@N-004", "50000"),
                ("teams.size_source@N-004", "Fuller, 2022"),
                ("arrs.back_months@N-004", "3"),
                ("teams.staff@", "3"),
            ]
        )
    ]
    held = local_rules.in_force(settled, TODAY, frozenset())
    assert teams.size_words(TEAM, held, "N-004")[0] == "52,300 residents, more than 50,000 (Fuller, 2022)"
    assert not teams.outside_size(TEAM, held, "N-005")
    assert [one.record for one in local_rules.problems(settled)] == [Id(3), Id(4)]
    assert rules.readable("teams.most_residents", "100000")


def test_slippage_counts_from_the_day_first_planned() -> None:
    assert teams.slippage(TEAM, TODAY) == 0
    moved = replace(TEAM, revised_go_live=date(2027, 2, 1))
    assert teams.slippage(moved, TODAY) == 21
    assert teams.go_live_words(moved, TODAY) == (
        "To go live on 1 February 2027 (first planned for 11 January 2027), 21 days late"
    )
    assert teams.slippage(TEAM, date(2027, 1, 14)) == 3
    live = replace(TEAM, status=TeamStatus.LIVE, live_since=date(2027, 1, 10))
    assert teams.go_live_words(live, date(2027, 3, 1)) == "Live since 10 January 2027, 1 day early"
    assert teams.slippage(replace(TEAM, go_live=None), TODAY) is None


def test_a_rural_team_is_told_with_its_longest_way() -> None:
    assert (
        teams.travel_words(TEAM) == "It is not said whether it is rural; the longest travel time is not known"
    )
    assert teams.travel_words(replace(TEAM, rural=True, longest_travel=55)) == (
        "Rural; the longest travel time is 55 minutes"
    )


def test_a_team_live_though_it_may_not_be_is_told() -> None:
    live = replace(TEAM, status=TeamStatus.LIVE)
    told = [one.sentence for one in teams.problems(live, PLAN, (OPEN,), Rules(), TODAY)]
    assert told == ["INT-001 is live, but: The gate “Lead named” is not met."]
