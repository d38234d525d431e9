"""The year's position in a briefing: no small group, nothing one follows from, the forecast for our own board only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nhsdesk.documents.model import Chart, Paragraph, Section
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Asked, Audience, facts_to_json
from nhsdesk.sections import outturn_charts, position, year_position
from nhsdesk.sections.position import Facts
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.sections.claiming import YEAR, claimed, entitled
from tests.sections.making import maximum, post, practice


def asked() -> Asked:
    return Asked(AS_OF, Month(2026, 10), datetime(2026, 11, 20, 9, tzinfo=UTC), Rules(), Rules())


def gathered(database: Database, audience: Audience) -> Facts:
    with database.read() as reader:
        return position.gather(reader, asked(), audience)


def filled(database: Database, counts: dict[Role, int]) -> None:
    base = practice(database).id
    entitled(database, "1", "1000000")
    for role, count in counts.items():
        maximum(database, "36000", role)
        for _ in range(count):
            post(database, "9000", role=role, base=base)


def roles(facts: Facts) -> dict[str, Money | None]:
    return {one.role: one.amount for one in facts.roles}


def charts(*sections: Section) -> list[Chart]:
    return [block for section in sections for block in section.blocks if isinstance(block, Chart)]


def test_a_role_of_fewer_than_three_is_hidden_with_another_so_that_it_does_not_follow(
    database: Database,
) -> None:
    filled(database, {Role.PARAMEDIC: 2, Role.DIETITIAN: 3, Role.PODIATRIST: 5})
    facts = gathered(database, Audience.OWN_BOARD)
    assert roles(facts) == {"Paramedic": None, "Dietitian": None, "Podiatrist": Money.pounds("180000")}
    assert facts.amount == Money.pounds("360000")
    kept = facts_to_json(facts).decode()
    assert str(72_000_00) not in kept
    assert str(108_000_00) not in kept


def test_the_roles_not_shown_stand_together_in_the_chart_and_are_named(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 2, Role.DIETITIAN: 3, Role.PODIATRIST: 5})
    facts = gathered(database, Audience.OWN_BOARD)
    chart = position.role_chart(facts)
    assert chart is not None
    assert chart.numbers.rows == (
        ("Podiatrist", Money.pounds("180000")),
        ("2 other roles together", Money.pounds("180000")),
    )
    assert chart.says == (
        "Podiatrist comes to most of the roles shown, £180,000.00. 2 other roles together come to £180,000.00. "
        "In all £360,000.00."
    )
    last = position.whole_sections(facts)[-1].blocks[-1]
    assert last == Paragraph(
        "Dietitian and Paramedic are not shown apart, because a group under 3 could be recognised."
    )


def test_a_role_is_as_small_as_in_its_smallest_month(database: Database) -> None:
    """Else the month in which a third starts, taken from the year, would leave what two came to before."""
    filled(database, {Role.PARAMEDIC: 2, Role.DIETITIAN: 3, Role.PODIATRIST: 5})
    post(database, "9000", role=Role.PARAMEDIC, starts=date(2026, 9, 1))
    assert roles(gathered(database, Audience.OWN_BOARD))["Paramedic"] is None


def test_where_the_total_would_tell_neither_it_nor_the_underspend_is_told_to_anybody(
    database: Database,
) -> None:
    filled(database, {Role.PARAMEDIC: 2})
    claimed(database, Month(2026, 4), date(2026, 5, 1))
    for audience in Audience:
        facts = gathered(database, audience)
        assert roles(facts) == {"Paramedic": None}
        assert facts.amount is None
        assert facts.sums is None
        assert facts.months == ()
        assert facts.underspend == ""
        assert facts.twelfth is None
    sections = position.whole_sections(gathered(database, Audience.OWN_BOARD))
    assert not charts(*sections)
    assert "So few posts are filled" in str(sections[0].blocks[0])


OTHERS = tuple(audience for audience in Audience if audience is not Audience.OWN_BOARD)


@pytest.mark.parametrize("audience", OTHERS)
def test_others_read_what_was_claimed_and_nothing_of_what_is_forecast(
    database: Database, audience: Audience
) -> None:
    filled(database, {Role.PARAMEDIC: 4, Role.PODIATRIST: 3})
    claimed(database, Month(2026, 4), date(2026, 5, 1))
    facts = gathered(database, audience)
    assert facts.amount == Money.pounds("21000")
    kept = facts_to_json(facts).decode()
    for secret in ("lost", str(1_000_000_00), str(252_000_00), str(748_000_00), str(21_000_00 * 11)):
        assert secret not in kept
    (chart,) = charts(position.claimed_section(facts))
    assert chart.title == "ARRS claimed by role, 2026/27, in pounds"
    assert chart.numbers.rows == (
        ("Paramedic", Money.pounds("12000")),
        ("Podiatrist", Money.pounds("9000")),
    )


def test_our_own_board_reads_what_would_be_lost_beside_the_months(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 4, Role.PODIATRIST: 3})
    own = gathered(database, Audience.OWN_BOARD)
    assert own.underspend.startswith("£748,000.00 will be lost on 31 March unless it is spent.")
    assert own.sums is not None
    assert own.sums.headroom == Money.pounds("748000")
    assert [chart.name for chart in charts(*position.whole_sections(own))] == [
        "ARRS_by_month",
        "ARRS_by_role",
    ]


def test_a_chart_in_the_paper_is_the_one_in_the_window(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 4, Role.PODIATRIST: 3})
    with database.read() as reader:
        seen, _ = year_position.gather(reader, YEAR, AS_OF)
    on_paper = position.month_chart(gathered(database, Audience.OWN_BOARD))
    assert on_paper == outturn_charts.by_month(seen.outturn)


def test_no_salary_and_no_post_of_a_small_group_stands_in_what_is_kept(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 4, Role.PODIATRIST: 1, Role.DIETITIAN: 2})
    facts = gathered(database, Audience.OWN_BOARD)
    assert "900000" not in facts_to_json(facts).decode()
    assert [(one.role, len(one.refs)) for one in facts.roles if one.refs] == [("Paramedic", 4)]


def test_an_empty_file_says_so(database: Database) -> None:
    own, others = (gathered(database, audience) for audience in (Audience.OWN_BOARD, Audience.PARTNERS))
    (section,) = position.whole_sections(own)
    assert section.blocks == (Paragraph("No ARRS spend is worked out for 2026/27."),)
    assert position.claimed_section(others).blocks == (Paragraph("Nothing is claimed for 2026/27 yet."),)
