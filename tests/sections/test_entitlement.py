"""The year's entitlement from a real file: the practices' counts of that very day, whose income it is, known when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nhsdesk.commands import files
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import facts_to_json
from nhsdesk.sections import entitlement
from nhsdesk.sections.entitlement import Facts
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.sections import making

YEAR, NOW, DAY = FinancialYear(2026), date(2026, 11, 20), date(2026, 1, 1)
LISTS = {
    "Abbey Surgery": {ListBase.WEIGHTED: "20350", ListBase.REGISTERED: "21000", ListBase.ADJUSTED: "20005"},
    "Mill Lane": {ListBase.WEIGHTED: "22000", ListBase.REGISTERED: "22120", ListBase.ADJUSTED: "22000"},
}


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """A new file, with the sums a head that come with the program."""
    path = made_once.network(tmp_path / "Ours.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as opened:
        yield opened


@pytest.fixture
def ours(database: Database) -> Database:
    """A file with two practices whose lists come to the worked examples' populations."""
    with database.read() as reader:
        pcn = reader.all(Organisation, ours=True)[0].id
    for name, sizes in LISTS.items():
        practice = making.practice(database, name, network=pcn)
        for base, patients in sizes.items():
            count(database, practice.id, base, patients)
    return database


def count(database: Database, practice: Id, base: ListBase, patients: str, on: date = DAY) -> None:
    with database.change("Count") as change:
        change.add(ListSize(practice=practice, base=base, counted_on=on, patients=Decimal(patients)))


def gathered(database: Database, year: FinancialYear = YEAR, known_on: date = NOW) -> Facts:
    with database.read() as reader:
        return entitlement.gather(reader, year, known_on)


def test_the_arrs_entitlement_is_the_sum_a_head_times_the_practices_weighted_lists(ours: Database) -> None:
    facts = gathered(ours)
    assert facts.arrs == Money.pounds("1171739.80")
    assert facts.arrs_working[-1] == "£27.668 × 42,350 = £1,171,739.80"
    assert facts.arrs_working[0] == "PR-001 Abbey Surgery: 20,350"


def test_other_income_is_apart_and_what_practices_are_paid_is_never_in_it(ours: Database) -> None:
    facts = gathered(ours)
    assert facts.other == Money.pounds("131070.06") + Money.pounds("373970.52")
    assert facts.practices == Money.pounds("74578.35")
    assert not {one.sum_id for one in facts.of_practices} & {one.sum_id for one in facts.of_pcn}
    assert facts.access_minutes == Decimal("2520.3")


def test_a_year_that_was_superseded_has_no_figure_now_and_had_one_then(ours: Database) -> None:
    with ours.read() as reader:
        practices = sorted({one.practice for one in reader.all(ListSize)})
    for practice, patients in zip(practices, ("20000", "22000"), strict=True):
        count(ours, practice, ListBase.WEIGHTED, patients, date(2025, 1, 1))
    then = gathered(ours, FinancialYear(2025), date(2025, 6, 1))
    assert then.arrs == Money.pounds("1118502.00")
    now = gathered(ours, FinancialYear(2025))
    assert now.arrs is None
    assert any("its successor is not on file" in problem.sentence for problem in now.problems)
    with ours.read() as reader:
        assert isinstance(entitlement.arrs(reader, FinancialYear(2025), NOW), Problem)
        assert entitlement.arrs(reader, YEAR, NOW) == Money.pounds("1171739.80")


def test_a_practice_without_that_days_count_leaves_no_figure_and_is_named(ours: Database) -> None:
    with ours.read() as reader:
        pcn = reader.all(Organisation, ours=True)[0].id
    third = making.practice(ours, "Third", network=pcn)
    count(ours, third.id, ListBase.WEIGHTED, "7100", date(2025, 4, 1))
    facts = gathered(ours)
    assert facts.arrs is None
    assert facts.other is None
    told = next(one.sentence for one in facts.problems if one.sentence.startswith("ARRS"))
    assert f"{third.ref} Third (nearest: 7,100 on 1 April 2025)" in told
    with ours.read() as reader:
        lacking = entitlement.lacking(reader, ListBase.WEIGHTED, DAY, YEAR)
    assert [one.id for one in lacking] == [third.id]


def test_practices_of_another_pcn_and_closed_ones_are_not_counted(ours: Database) -> None:
    with ours.read() as reader:
        pcn = reader.all(Organisation, ours=True)[0].id
    elsewhere = making.practice(ours, "Elsewhere")
    count(ours, elsewhere.id, ListBase.WEIGHTED, "9000")
    closed = making.practice(ours, "Closed", network=pcn, valid_to=date(2026, 3, 31))
    count(ours, closed.id, ListBase.WEIGHTED, "9000")
    assert gathered(ours).arrs == Money.pounds("1171739.80")


def test_a_file_without_practices_has_no_figure_and_does_not_fail(database: Database) -> None:
    facts = gathered(database)
    assert facts.arrs is None
    assert "no practice of this PCN is on file" in facts.problems[0].sentence


def test_a_year_nobody_published_has_no_figure_and_says_what_to_do(ours: Database) -> None:
    facts = gathered(ours, FinancialYear(2031))
    assert facts.arrs is None
    assert [one.sentence for one in facts.problems] == [
        "No ARRS sum a head for 2031/32 was known on 20 November 2026. Add it from the specification."
    ]


def test_the_first_year_is_nine_months_of_two_roles(ours: Database) -> None:
    facts = gathered(ours, FinancialYear(2019))
    assert facts.arrs == Money.pounds("53942.25")
    assert facts.arrs_working == ("(£37,810.00 + £34,113.00) × 9 of 12 months = £53,942.25",)
    assert facts.problems == ()


def test_sums_nobody_confirmed_are_named_as_such(ours: Database) -> None:
    told = entitlement.check(gathered(ours))
    assert told[-1].weight is Weight.ACKNOWLEDGE
    assert told[-1].sentence.startswith(
        "5 of the 5 sums a head are not confirmed against the specification: SU-"
    )


def test_the_facts_can_be_kept_with_a_paper(ours: Database) -> None:
    assert b"1171739.8" in facts_to_json(gathered(ours)) or b"117173980" in facts_to_json(gathered(ours))
