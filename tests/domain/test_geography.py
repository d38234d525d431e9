"""Where a practice lies on any day: memberships, successors, rings and gaps, each told and none a stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import geography
from nhsdesk.domain.areas import Area, AreaMembership, NetworkMembership, Tier
from nhsdesk.domain.geography import Geography, Node
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamStatus

DAY = date(2026, 11, 20)
REGION = Area(id=Id(1), ref="N-001", name="London", tier=Tier.REGION)
SYSTEM = Area(id=Id(2), ref="N-002", name="Wexshire ICB", tier=Tier.SYSTEM, within=REGION.id)
PLACE = Area(id=Id(3), ref="N-003", name="Wexmere", tier=Tier.PLACE, within=SYSTEM.id)
HOOD = Area(id=Id(4), ref="N-004", name="Millbrook", tier=Tier.NEIGHBOURHOOD, within=PLACE.id)
PCN = Organisation(id=Id(10), name="Eastfield PCN", sector=Sector.PCN, ours=True)
PRACTICE = Practice(id=Id(20), ref="PR-001", name="Alder House", network=PCN.id)
IN_HOOD = AreaMembership(id=Id(30), within=HOOD.id, network=PCN.id)


def held(*areas: Area, members: tuple[AreaMembership, ...] = (IN_HOOD,), **more: object) -> Geography:
    return Geography.of(areas or (REGION, SYSTEM, PLACE, HOOD), (PCN,), (PRACTICE,), members, **more)  # type: ignore[arg-type]


def lines(nodes: tuple[Node, ...]) -> list[str]:
    return [line for node in nodes for line in (f"{node.tier} {node.name}", *lines(node.children))]


def test_a_practice_is_followed_to_its_pcn_neighbourhood_place_system_and_region() -> None:
    chain = held().chain(PRACTICE, DAY)
    assert chain.network == PCN
    assert [[one.name for one in chain.at(tier)] for tier in Tier] == [
        ["Millbrook"],
        ["Wexmere"],
        ["Wexshire ICB"],
        ["London"],
    ]
    assert chain.told == ()


def test_a_merged_icb_ends_on_its_last_day_and_its_successor_takes_over_the_next() -> None:
    merged = Area(
        id=Id(5), name="West and North ICB", tier=Tier.SYSTEM, within=REGION.id, valid_from=date(2026, 4, 1)
    )
    ended = replace(SYSTEM, valid_to=date(2026, 3, 31), successor=merged.id)
    file = held(REGION, ended, merged, PLACE, HOOD)
    assert file.chain(PRACTICE, date(2026, 3, 31)).at(Tier.SYSTEM) == (ended,)
    assert file.chain(PRACTICE, date(2026, 4, 1)).at(Tier.SYSTEM) == (merged,)
    assert file.chain(PRACTICE, date(2026, 4, 1)).at(Tier.REGION) == (REGION,)


def test_an_area_that_ended_without_a_successor_is_told_and_what_lies_above_is_not_guessed() -> None:
    file = held(REGION, SYSTEM, replace(PLACE, valid_to=date(2026, 3, 31)), HOOD)
    chain = file.chain(PRACTICE, DAY)
    assert chain.at(Tier.NEIGHBOURHOOD) == (HOOD,)
    assert chain.at(Tier.SYSTEM) == ()
    assert chain.told == ("Wexmere ended on 31 March 2026 and names no successor.",)
    assert file.gaps(chain) == (Tier.PLACE, Tier.SYSTEM, Tier.REGION)


def test_areas_that_lie_in_each_other_are_told_and_stop_nothing() -> None:
    file = held(replace(PLACE, within=HOOD.id), HOOD)
    told = file.chain(PRACTICE, DAY).told
    assert (
        told[-1]
        == "These areas lie in each other: Millbrook and Wexmere. Say of one of them in which it lies."
    )
    assert sorted(lines(geography.tree(file, DAY)))[:2] == ["PCN Eastfield PCN", "neighbourhood Millbrook"]


def test_successors_in_a_ring_are_told() -> None:
    one = replace(HOOD, valid_to=date(2026, 1, 1), successor=PLACE.id)
    other = replace(PLACE, valid_to=date(2026, 1, 1), successor=HOOD.id)
    told = held(one, other).chain(PRACTICE, DAY).told
    assert told == (
        "Millbrook and Wexmere: each names another as its successor, in a ring. Say which of them took over.",
    )


def test_a_tier_that_is_not_larger_than_what_lies_in_it_is_told() -> None:
    told = held(replace(HOOD, tier=Tier.SYSTEM), PLACE, SYSTEM, REGION).chain(PRACTICE, DAY).told
    assert "Millbrook (system) lies in Wexmere (place), which is not a larger tier." in told


def test_a_practice_is_in_the_pcn_it_belonged_to_on_that_day() -> None:
    before = Organisation(id=Id(11), name="Westfield PCN", sector=Sector.PCN)
    moved = (
        NetworkMembership(id=Id(40), practice=PRACTICE.id, network=before.id, valid_to=date(2024, 2, 29)),
        NetworkMembership(id=Id(41), practice=PRACTICE.id, network=PCN.id, valid_from=date(2024, 3, 2)),
    )
    file = Geography.of((), (PCN, before), (PRACTICE,), (), moved)
    assert file.chain(PRACTICE, date(2024, 2, 29)).network == before
    alone = file.chain(PRACTICE, date(2024, 3, 1))
    assert (alone.network, alone.told) == (None, ("Alder House belongs to no PCN on 1 March 2024.",))
    assert file.chain(PRACTICE, date(2024, 3, 2)).network == PCN


def test_a_practice_in_two_pcns_at_once_is_told() -> None:
    other = Organisation(id=Id(11), name="Westfield PCN", sector=Sector.PCN)
    both = (
        NetworkMembership(id=Id(40), practice=PRACTICE.id, network=other.id),
        NetworkMembership(id=Id(41), practice=PRACTICE.id, network=PCN.id, valid_from=date(2026, 1, 1)),
    )
    chain = Geography.of((), (PCN, other), (PRACTICE,), (), both).chain(PRACTICE, DAY)
    assert chain.network == PCN
    assert chain.told[0] == "Alder House stands in 2 PCNs on 20 November 2026; the one it joined last counts."


def test_a_pcn_of_which_nobody_said_where_it_lies_is_told() -> None:
    told = held(members=()).chain(PRACTICE, DAY).told
    assert told == ("It is not said in which area Eastfield PCN lies on 20 November 2026.",)


def test_every_line_of_the_tree_bears_its_tier_beside_its_name() -> None:
    team = NeighbourhoodTeam(
        id=Id(50), name="Millbrook INT", neighbourhood=HOOD.id, status=TeamStatus.FORMING
    )
    assert lines(geography.tree(held(teams=(team,)), DAY)) == [
        "region London",
        "system Wexshire ICB",
        "place Wexmere",
        "neighbourhood Millbrook",
        "neighbourhood team Millbrook INT",
        "PCN Eastfield PCN",
        "practice Alder House",
    ]


def test_an_area_is_told_with_who_defined_it_and_when() -> None:
    assert geography.definition_words(HOOD) == "not defined here"
    defined = replace(HOOD, definition="Three wards", defined_by="Place board", defined_on=date(2026, 3, 18))
    assert geography.definition_words(defined) == "Three wards; defined by Place board on 18 March 2026"


def test_ten_thousand_areas_below_each_other_are_walked_and_shown() -> None:
    areas = [
        Area(id=Id(n), name=f"Area {n}", tier=Tier.PLACE, within=Id(n + 1) if n < 10_000 else None)
        for n in range(1, 10_001)
    ]
    file = Geography.of(areas, (PCN,), (PRACTICE,), (replace(IN_HOOD, within=Id(1)),))
    assert len(file.climb(Id(1), DAY, [])) == 10_000
    assert len(lines(geography.tree(file, DAY))) == 10_002


ids = st.integers(1, 6).map(Id)
days = st.dates(date(2024, 2, 27), date(2024, 3, 3))


@st.composite
def areas(draw: st.DrawFn) -> list[Area]:
    return [
        Area(
            id=Id(n),
            name=f"Area {n}",
            tier=draw(st.sampled_from(Tier)),
            within=draw(st.none() | ids),
            successor=draw(st.none() | ids),
            valid_from=draw(st.none() | days),
            valid_to=draw(st.none() | days),
        )
        for n in range(1, draw(st.integers(0, 6)) + 1)
    ]


@given(areas(), st.lists(ids, max_size=3), days)
def test_however_areas_name_each_other_each_valid_one_stands_in_the_tree_once(
    drawn: list[Area], within: list[Id], on: date
) -> None:
    members = [AreaMembership(id=Id(30 + n), within=one, network=PCN.id) for n, one in enumerate(within)]
    file = Geography.of(drawn, (PCN,), (PRACTICE,), members)
    file.chain(PRACTICE, on)
    shown = [line for line in lines(geography.tree(file, on)) if " Area " in line]
    assert sorted(shown) == sorted(
        f"{one.tier.value} {one.name}" for one in drawn if geography.valid(one, on)
    )


@pytest.mark.parametrize("tier", Tier)
def test_what_begins_later_is_not_there_yet(tier: Tier) -> None:
    coming = Area(id=Id(1), name="Coming", tier=tier, valid_from=DAY + timedelta(days=1))
    file = held(coming, members=(replace(IN_HOOD, within=coming.id),))
    assert file.chain(PRACTICE, DAY).told == ("Coming begins on 21 November 2026.",)
    assert file.chain(PRACTICE, DAY + timedelta(days=1)).at(tier) == (coming,)
