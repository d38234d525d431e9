"""The year's outturn in a briefing: no small group, nothing one follows from, the underspend for our own board only."""

from __future__ import annotations

from datetime import UTC, datetime

from nhsdesk.documents import pdf
from nhsdesk.documents.model import Chart, Report, Table
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Asked, Audience, facts_to_json
from nhsdesk.sections import position
from nhsdesk.sections.position import Facts
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.sections.claiming import entitled
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


def cells(facts: Facts) -> dict[str, tuple[object, ...]]:
    (table,) = (one for one in position.section(facts).blocks if isinstance(one, Table))
    return {str(row[0]): row[1:] for row in table.rows}


def test_a_role_of_fewer_than_three_is_hidden_with_another_so_that_it_does_not_follow(
    database: Database,
) -> None:
    filled(database, {Role.PARAMEDIC: 2, Role.DIETITIAN: 3, Role.PODIATRIST: 5})
    facts = gathered(database, Audience.PARTNERS)
    rows = cells(facts)
    assert rows["Paramedic"] == ("not shown", "not shown")
    assert rows["Dietitian"] == ("not shown", "not shown")
    assert rows["Podiatrist"] == ("5", "£180,000.00")
    assert rows["All roles"] == ("10", "£360,000.00")
    kept = facts_to_json(facts).decode()
    assert str(72_000_00) not in kept
    assert str(108_000_00) not in kept


def test_where_the_total_would_tell_neither_it_nor_the_underspend_is_told_to_anybody(
    database: Database,
) -> None:
    filled(database, {Role.PARAMEDIC: 2})
    for audience in Audience:
        facts = gathered(database, audience)
        assert facts.amount is None
        assert facts.months == ()
        assert facts.underspend == ""
        assert facts.twelfth is None
        assert cells(facts)["All roles"] == ("not shown", "not shown")


def test_the_underspend_is_for_our_own_board_only(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 4, Role.PODIATRIST: 3})
    for audience in (Audience.PARTNERS, Audience.PRACTICE, Audience.PUBLIC):
        facts = gathered(database, audience)
        assert facts.amount == Money.pounds("252000")
        kept = facts_to_json(facts).decode()
        assert "lost" not in kept
        assert str(1_000_000_00) not in kept
        assert not any(isinstance(one, Chart) for one in position.section(facts).blocks)
    own = gathered(database, Audience.OWN_BOARD)
    assert own.underspend.startswith("£748,000.00 will be lost on 31 March unless it is spent.")
    assert sum(isinstance(one, Chart) for one in position.section(own).blocks) == 1


def test_no_salary_and_no_post_stands_in_what_is_kept(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 4})
    kept = facts_to_json(gathered(database, Audience.OWN_BOARD)).decode()
    assert "900000" not in kept
    assert "P-001" not in kept


def test_it_prints_with_its_chart(database: Database) -> None:
    filled(database, {Role.PARAMEDIC: 4})
    facts = gathered(database, Audience.OWN_BOARD)
    made_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    report = Report("Board paper", "", "Eastfield PCN", AS_OF, made_at, (position.section(facts),), "Foot")
    assert pdf.write(report).startswith(b"%PDF")


def test_an_empty_file_says_so(database: Database) -> None:
    facts = gathered(database, Audience.OWN_BOARD)
    assert position.section(facts).blocks[0].text == "No ARRS spend is worked out for 2026/27."  # type: ignore[union-attr]
