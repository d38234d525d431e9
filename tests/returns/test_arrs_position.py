"""The forecast outturn as a workbook: its sheets, what it leaves out, when it is due, and how its facts are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from nhsdesk.commands import files, papers
from nhsdesk.documents import xlsx
from nhsdesk.domain.arrs import Holder, Post
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Audience, Diary, Due, facts_from_json, facts_to_json
from nhsdesk.resources import bank_holidays
from nhsdesk.returns import RETURNS, arrs_position
from nhsdesk.returns.arrs_position import Facts, NotClaimedFacts
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock
from tests.sections.claiming import sample_year

PAPER = arrs_position.PAPER
SHEETS = [
    "Cover_sheet", "Summary", "By_month", "By_role", "By_post", "Planned_starters", "Not_claimed", "Assumptions",
    "Maxima", "Notes",
]  # fmt: skip


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample with its year."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        sample_year(opened)
        yield opened


def facts(database: Database) -> Facts:
    with database.read() as reader:
        return arrs_position.gather(reader, papers.asked_of(database, None, AS_OF))


def sheets(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(content))


def test_it_is_among_the_returns_for_our_own_board_only() -> None:
    assert PAPER in RETURNS
    assert PAPER.key == "arrs-position"
    assert PAPER.audience is Audience.OWN_BOARD


def test_its_sheets_hold_the_year_in_sum_by_month_by_role_and_by_post(database: Database) -> None:
    book = sheets(xlsx.write(arrs_position.compile(facts(database))))
    assert book.sheet_names == SHEETS
    summary = {row[0]: row[1] for row in book.get_sheet_by_name("Summary").to_python()[4:]}
    assert summary["Entitlement"] == 1552451.48
    assert summary["Claimed, uplifts included"] == 781848.11
    assert summary["Forecast outturn"] == 1365978.41
    assert summary["Headroom"] == 186473.07
    for name, column in (("By_month", 4), ("By_role", 4), ("By_post", 6)):
        rows = book.get_sheet_by_name(name).to_python()
        assert rows[-1][0] == "Total"
        assert rows[-1][column] == 1365978.41, name
    months = book.get_sheet_by_name("By_month").to_python()
    assert [row[0] for row in months[4:6]] == ["April 2026", "May 2026"]


def test_no_name_of_a_person_and_no_salary_stands_in_it(database: Database) -> None:
    with database.change("Name a holder") as change:
        change.add(Holder(name="Zebedee Quill"))
    made = facts(database)
    kept = facts_to_json(made).decode()
    assert "Zebedee" not in kept
    assert not any(
        "alary" in column.heading
        for sheet in arrs_position.compile(made).sheets
        for column in sheet.table.columns
    )


def test_its_facts_can_be_kept_and_read_again(database: Database) -> None:
    made = facts(database)
    assert facts_from_json(PAPER, facts_to_json(made)) == made


def test_a_month_of_which_no_figure_is_known_has_no_amount(database: Database) -> None:
    known = NotClaimedFacts(Month(2026, 9), Money.pounds(21), None, "September 2026 (M6) is not claimed.")
    unknown = replace(known, month=Month(2026, 10), amount=Money(), known=False)
    made = replace(facts(database), not_claimed=(known, unknown))
    book = sheets(xlsx.write(arrs_position.compile(made)))
    amounts = [row[1] for row in book.get_sheet_by_name("Not_claimed").to_python()[4:6]]
    assert amounts == [21, "[x]"]
    assert facts_from_json(PAPER, facts_to_json(made)) == made
    assert b'"known"' not in facts_to_json(replace(made, not_claimed=(known,)))  # as it was kept before


def test_what_is_missing_must_be_acknowledged_and_never_stops_it(database: Database) -> None:
    made = papers.make(database, PAPER, papers.asked_of(database, None, AS_OF))
    assert papers.may_go_on(made)
    assert any("not confirmed" in one.sentence for one in made.problems)


def test_it_can_be_made_as_at_an_earlier_day(database: Database) -> None:
    made = papers.make_as_at(database, PAPER, papers.asked_of(database, None, AS_OF))
    assert made.facts.claimed == Money.pounds("781848.11")


def test_an_empty_file_makes_an_empty_workbook(tmp_path: Path, clock: Clock) -> None:
    with files.create(tmp_path / "Ours.nhsdesk", "Eastfield PCN", "Ann Archer", clock) as opened:
        made = papers.make(opened, PAPER, papers.asked_of(opened, None, None))
        with opened.read() as reader:
            assert reader.count(Post) == 0
    assert sheets(made.content).sheet_names == [*SHEETS[:-1], "Words", SHEETS[-1]]


# ---- when it is due


@pytest.mark.parametrize(
    ("today", "settled", "on"),
    [
        (date(2026, 11, 20), {}, date(2026, 12, 31)),
        (date(2026, 12, 31), {}, date(2026, 12, 31)),
        (date(2027, 1, 1), {}, date(2027, 12, 31)),
        (date(2027, 3, 31), {}, date(2027, 12, 31)),
        (date(2026, 11, 20), {"arrs.starters_month_day": "12-20"}, date(2026, 12, 18)),
        (date(2026, 11, 20), {"arrs.starters_month_day": "12-28"}, date(2026, 12, 24)),
        (date(2026, 11, 20), {"arrs.starters_month_day": "2-28"}, date(2027, 2, 26)),
        (date(2027, 2, 1), {"arrs.starters_month_day": "2-28"}, date(2027, 2, 26)),
    ],
)
def test_it_is_due_with_the_planned_starters_notice(today: date, settled: dict[str, str], on: date) -> None:
    due = PAPER.due(Diary(today, Rules(settled, bank_holidays())))
    assert due.on == on
    assert isinstance(due, Due)
    assert due.words.startswith("Planned starters notice by ")


def test_it_says_how_much_is_in_it(database: Database) -> None:
    made = facts(database)
    assert PAPER.in_short(made) == f"{len(made.posts)} posts"
    assert len(made.posts) >= 27
