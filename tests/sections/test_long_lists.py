"""A list that nobody would read to its end is cut, and says so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents.model import Bullets, Column, Figure, Paragraph, Quotation, Section, Table
from nhsdesk.sections import long_lists, policy_positions
from nhsdesk.sections.long_lists import MOST
from nhsdesk.sections.policy_positions import PositionFacts

REST = "The register lists all of them."
COUNTED = Figure("900 actions", "900", "Actions", "all")


def section(rows: int, points: int = 0, passages: int = 1) -> Section:
    table = Table("Actions", (Column("Ref"),), tuple((f"A-{n}",) for n in range(rows)))
    blocks = (table, Bullets(tuple(f"Point {n}" for n in range(points))))
    return Section(
        "Actions", (*(Paragraph(f"Passage {n}") for n in range(passages)), *blocks), figures=(COUNTED,)
    )


@given(st.integers(0, MOST), st.integers(0, MOST), st.integers(0, MOST))
def test_lists_that_somebody_reads_stay_as_they_are(rows: int, points: int, passages: int) -> None:
    whole = section(rows, points, passages)
    assert long_lists.cut(whole, REST) is whole


def test_a_longer_list_keeps_its_first_and_says_how_many_there_are_and_where() -> None:
    _, table, told, points, also = long_lists.cut(section(10_000, MOST + 1), REST).blocks
    assert isinstance(table, Table)
    assert isinstance(points, Bullets)
    assert table.rows == tuple((f"A-{n}",) for n in range(MOST))
    assert told == Paragraph(f"These are the first 200 of 10,000, in the order given. {REST}")
    assert len(points.items) == MOST
    assert also == Paragraph(f"These are the first 200 of 201, in the order given. {REST}")


def test_positions_are_counted_as_positions_and_none_is_parted_from_its_words() -> None:
    lines = tuple(
        PositionFacts(
            f"PP-{n}", f"{n}", "NHS England", f"Position {n}", "Their words", None, "A letter", True
        )
        for n in range(MOST + 1)
    )
    blocks = policy_positions.section(policy_positions.Facts(lines, ()), REST).blocks
    assert sum(isinstance(one, Quotation) for one in blocks) == MOST
    assert blocks[-1] == Paragraph(f"These are the first 200 of 201, in the order given. {REST}")
    assert isinstance(blocks[-2], Quotation)


def test_passages_are_cut_as_well_and_what_was_counted_stays() -> None:
    cut = long_lists.cut(section(3, passages=900), REST)
    passages = [block.text for block in cut.blocks if isinstance(block, Paragraph)]
    assert passages[:-1] == [f"Passage {n}" for n in range(MOST)]
    assert passages[-1].startswith("These are the first 200 of 900")
    assert cut.figures == (COUNTED,)
    assert any(isinstance(block, Table) for block in cut.blocks)
