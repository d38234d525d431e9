"""A PCN is found among all of England's by whatever a person knows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk.commands import data_sets, networks
from nhsdesk.commands.networks import Lookup, Offered, folded, practice_found
from nhsdesk.store.database import Database

NORTH = Offered(
    "U07032", "North Stockton PCN", "North East", ("Queens Park Medical Centre", "St. Mary's Surgery")
)
PARKS = Offered("U58673", "Royal Parks PCN", "Northamptonshire", ("Queensview Medical Centre", "Parkside"))
QUEENS = Offered("U00003", "Queens Park and Kilburn PCN", "London", ("The Surgery",))
LOOKUP = Lookup((NORTH, PARKS, QUEENS))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("u07032", [NORTH]),
        ("  NORTH   stock ", [NORTH]),
        ("queens park", [QUEENS, NORTH, PARKS]),
        ("queens parkside", []),
        ("queens park north east", [NORTH]),
        ("st marys", [NORTH]),
        ("st. mary's", [NORTH]),
        ("queens park & kilburn", [QUEENS]),
        ("london", [QUEENS]),
        ("%", []),
        ("", [NORTH, PARKS, QUEENS]),
    ],
)
def test_the_nearest_comes_first(typed: str, found: list[Offered]) -> None:
    assert list(LOOKUP.find(typed)) == found


@pytest.mark.parametrize(
    ("one", "typed", "practice"),
    [
        (NORTH, "queens park", "Queens Park Medical Centre"),
        (NORTH, "stockton", None),
        (NORTH, "", None),
        (NORTH, "mary", "St. Mary's Surgery"),
    ],
)
def test_the_practice_by_which_a_pcn_was_found_is_told(
    one: Offered, typed: str, practice: str | None
) -> None:
    assert practice_found(one, typed) == practice


def test_words_are_compared_without_their_dress() -> None:
    assert folded("  Llanfáir  & ST. MARY’S ") == "llanfair and st marys"


def test_every_pcn_of_the_published_file_is_offered_with_its_practices(practice_map: Path) -> None:
    offered = networks.offered(data_sets.preview(practice_map))
    assert len(offered) == 1298
    assert sum(len(one.practices) for one in offered) == 6139 - 52
    (north,) = (one for one in offered if one.code == "U07032")
    assert (north.name, north.icb) == ("North Stockton PCN", "North East and North Cumbria")


def test_a_file_of_another_kind_offers_none(list_sizes: Path) -> None:
    assert networks.offered(data_sets.preview(list_sizes)) == ()


def test_a_file_taken_in_offers_the_same(database: Database, practice_map: Path) -> None:
    assert networks.offered_here(database) == ()
    seen = data_sets.preview(practice_map)
    data_sets.adopt(database, seen)
    assert networks.offered_here(database) == networks.offered(seen)
