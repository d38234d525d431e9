"""The ARRS position as a paper for our own board: its figures, its charts with their words, and the next year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from nhsdesk.briefings import position
from nhsdesk.commands import files, papers
from nhsdesk.documents.model import Chart, Table
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Audience, Diary, facts_from_json, facts_to_json
from nhsdesk.sections import years_beside
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock
from tests.sections.claiming import entitled
from tests.sections.making import maximum, post, practice

PAPER = position.PAPER


@pytest.fixture(scope="module")
def made(sample_as_made: Path) -> Iterator[papers.Made]:
    """The paper of the sample."""
    with files.open_to_read(sample_as_made, "Ann Archer", Clock()) as database:
        yield papers.make(database, PAPER, papers.asked_of(database, None, AS_OF))


@pytest.fixture(scope="module")
def text(made: papers.Made) -> str:
    """Its words in the order they are read, on one line, without the numbers of its figures."""
    document = pdfium.PdfDocument(made.content)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r" \[\d+\]", "", " ".join(" ".join(pages).split()))


def test_it_is_a_briefing_for_our_own_board_and_no_other_paper_has_its_name() -> None:
    assert PAPER in papers.BRIEFINGS
    assert PAPER.audience is Audience.OWN_BOARD
    assert len({one.key for one in papers.PAPERS}) == len(papers.PAPERS)
    assert len({one.title for one in papers.PAPERS}) == len(papers.PAPERS)


def test_it_tells_the_year_in_sum_and_what_will_be_lost(text: str) -> None:
    for words in (
        "£186,473.07 will be lost on 31 March unless it is spent.",
        "Entitlement £1,552,451.48",
        "Claimed, uplifts included £781,848.11",
        "Filled, not yet claimed £584,130.30",
        "Forecast outturn to 31 March 2027 £1,365,978.41",
        "Headroom £186,473.07",
    ):
        assert words in text


def test_its_month_chart_has_its_words_and_the_table_of_its_numbers(text: str) -> None:
    parts = (
        "ARRS by month, 2026/27, in pounds",
        "£781,848.11 is claimed for April 2026 to October 2026; £584,130.30 is forecast for what is not claimed yet. "
        "Every month is under a twelfth of the entitlement, £129,370.96.",
        "ARRS by month, 2026/27, in pounds: the numbers",
        "October 2026 £116,108.20 £0.00 £0.00",
        "March 2027 £0.00 £0.00 £116,826.06",
    )
    places = [text.find(words) for words in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_it_shows_roles_without_the_small_ones_and_adds_up(made: papers.Made) -> None:
    charts = [block for one in position.compile(made.facts).sections for block in one.blocks]
    month, role = (block for block in charts if isinstance(block, Chart))
    for chart in (month, role):
        amounts = [value for one in chart.series for value in one.values if isinstance(value, Money)]
        assert total(amounts) == Money.pounds("1365978.41")
    assert role.names == ("Clinical pharmacist", "Care coordinator", "13 other roles together")


def test_next_year_stands_beside_this_one(text: str, made: papers.Made) -> None:
    assert "2027/28 beside 2026/27" in text
    assert "2027/28: £1,503,501.48 against £1,552,451.48, assumed to be as this year's." in text
    assert "Filled posts and planned starters £1,386,049.27 £1,503,501.48 £117,452.21" in text
    assert [one.role for one in made.facts.beside.roles][-1] == "13 other roles together"


def test_what_nobody_confirmed_is_said_in_it(text: str) -> None:
    assert "The sum per head that the entitlement rests on is not confirmed." in text


def test_its_facts_can_be_kept_and_read_again(made: papers.Made) -> None:
    assert facts_from_json(PAPER, facts_to_json(made.facts)) == made.facts


def test_next_year_tells_no_more_of_a_small_group_than_this_one(database: Database) -> None:
    base = practice(database).id
    entitled(database, "1", "1000000")
    maximum(database, "36000", Role.PARAMEDIC)
    for _ in range(2):
        post(database, "9000", role=Role.PARAMEDIC, base=base)
    facts = papers.make(database, PAPER, papers.asked_of(database, None, AS_OF)).facts
    assert facts.beside.roles == ()
    assert str(72_000_00) not in facts_to_json(facts).decode()


def test_what_is_left_is_told_only_where_the_entitlement_is_known(made: papers.Made) -> None:
    unknown = replace(made.facts.beside, this_entitlement=None, next_entitlement=None)
    tables = [block for block in years_beside.section(unknown).blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows]
    assert ("Entitlement", None, None, None) in rows
    assert ("What is left of it", None, None, None) in rows


def test_it_is_due_for_the_next_meeting_of_our_own_board() -> None:
    meetings = (
        Meeting(body="Riverside PCN Board", held_on=date(2026, 12, 9)),
        Meeting(body="Place Board", held_on=date(2026, 12, 1)),
        Meeting(body="Riverside PCN Board", held_on=date(2026, 11, 4)),
    )
    assert PAPER.due(Diary(AS_OF, Rules(), (), meetings)).on == date(2026, 12, 9)
    assert PAPER.due(Diary(AS_OF, Rules())).on is None


def test_an_empty_file_makes_a_paper_that_says_so(tmp_path: Path, clock: Clock) -> None:
    with files.create(tmp_path / "Ours.nhsdesk", "Eastfield PCN", "Ann Archer", clock) as opened:
        made = papers.make(opened, PAPER, papers.asked_of(opened, None, None))
    assert made.facts.position.amount == Money()
    assert made.content.startswith(b"%PDF")
