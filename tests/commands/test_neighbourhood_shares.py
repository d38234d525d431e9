"""Shares pasted: names and codes found, whole or refused as a whole, one step, twice without harm."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nhsdesk import errors
from nhsdesk.commands import blocks, neighbourhood_shares
from nhsdesk.domain import blocks as rules
from nhsdesk.domain.areas import Area, NeighbourhoodShare, Tier
from nhsdesk.domain.blocks import Reading
from nhsdesk.domain.organisations import Practice
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.factories import HOSTILE

ON = date(2026, 10, 1)
WHOLE = "Practice\tNeighbourhood\tShare\nWeir Bank Practice\tMillbrook\t71%\nE00003\tCanal side\t29\n"


@pytest.fixture(autouse=True)
def known(database: Database) -> None:
    with database.change("Add") as change:
        change.add(Practice(name="Weir Bank Practice", ods_code="E00003"))
        for name in ("Millbrook", "Canal Side"):
            change.add(Area(name=name, tier=Tier.NEIGHBOURHOOD))
        change.add(Area(name="Millbrook", tier=Tier.PLACE))


def reading(words: str) -> Reading:
    wanted = neighbourhood_shares.WANTED
    block = blocks.from_text(words, wanted)
    return rules.look(block, wanted, rules.guess(block, wanted, {}), AS_OF)


def looked(database: Database, words: str, on: date | None = ON) -> neighbourhood_shares.Seen:
    with database.read() as reader:
        return neighbourhood_shares.look(reader, reading(words), on, "Address count")


def shares(database: Database) -> list[tuple[Decimal, date, str | None]]:
    with database.read() as reader:
        return [(one.share, one.counted_on, one.source) for one in reader.all(NeighbourhoodShare)]


def test_practices_and_neighbourhoods_are_found_by_name_and_code_and_taken_in_once(
    database: Database,
) -> None:
    before = database.head.number
    assert neighbourhood_shares.take_in(database, reading(WHOLE), ON, "Address count", {}) == 2
    assert neighbourhood_shares.take_in(database, reading(WHOLE), ON, "", {}) == 0
    assert database.head.number == before + 1
    assert shares(database) == [(Decimal(71), ON, "Address count"), (Decimal(29), ON, "Address count")]
    database.undo()
    assert shares(database) == []


def test_a_count_of_the_same_day_takes_the_place_of_the_one_before(database: Database) -> None:
    neighbourhood_shares.take_in(database, reading(WHOLE), ON, "", {})
    all_here = "Practice\tNeighbourhood\tShare\nE00003\tMillbrook\t100\n"
    assert neighbourhood_shares.take_in(database, reading(all_here), ON, "", {}) == 2
    assert [one[0] for one in shares(database)] == [Decimal(100)]


def test_shares_that_make_no_whole_are_refused_as_a_whole(database: Database) -> None:
    short = WHOLE.replace("29", "28")
    (told,) = looked(database, short).problems
    assert told.sentence == (
        "Weir Bank Practice, counted on 1 October 2026: its shares make 99%, 1% lacking. Put the shares right."
    )
    with pytest.raises(errors.Incomplete, match=r"were not taken in\. Weir Bank Practice, counted on"):
        neighbourhood_shares.take_in(database, reading(short), ON, "", {})
    assert shares(database) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Nowhere\tMillbrook\t100", "Row 2: “Nowhere” is no practice of this file."),
        ("E00003\tNowhere\t100", "Row 2: “Nowhere” is no neighbourhood of this file."),
        ("\tMillbrook\t100", "Row 2: it names no practice."),
        ("E00003\tMillbrook\t", "Row 2: it gives no share."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_number(database: Database, row: str, words: str) -> None:
    seen = looked(database, f"Practice\tNeighbourhood\tShare\n{row}\n")
    assert (seen.may, seen.problems[0].sentence) == (False, words)


def test_rows_without_a_day_need_one(database: Database) -> None:
    assert looked(database, WHOLE, None).problems[0].sentence == (
        "Row 2: it is not said on which day it was counted."
    )
    dated = (
        WHOLE.replace("Share\n", "Share\tCounted on\n")
        .replace("71%", "71%\t29/02/2024")
        .replace("29\n", "29\t29/02/2024\n")
    )
    assert {one.counted_on for one in looked(database, dated, None).shares} == {date(2024, 2, 29)}


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_pasted_is_told_and_nothing_breaks(database: Database, words: str) -> None:
    flat = " ".join(words.split())
    try:
        may = looked(database, f"Practice\tNeighbourhood\tShare\n{flat}\tMillbrook\t100\n").may
    except errors.DeskError:
        may = False
    assert not may


def test_ten_thousand_rows_are_looked_at(database: Database) -> None:
    rows = "E00003\tMillbrook\t1\n" * 10_000
    seen = looked(database, f"Practice\tNeighbourhood\tShare\n{rows}")
    assert len(seen.shares) == 10_000
    assert len(seen.problems) == 1
