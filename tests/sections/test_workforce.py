"""Our posts beside the workforce return, gathered from the file: own export, published file, and PCNs of our size."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from nhsdesk.commands import data_sets, files
from nhsdesk.domain.arrs import Assignment, Holder, Post, Role, Stage
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours
from nhsdesk.domain.nwrs_matching import Finding
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from nhsdesk.imports import nwrs_export
from nhsdesk.sections import nwrs_check, pcns_of_our_size, posts_held, staff_in_post, workforce
from nhsdesk.sections.workforce import in_short
from nhsdesk.store import data_sets as store
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.sections.making import post

ON = date(2026, 11, 30)
NOVEMBER = Month(2026, 11)
CODE = "U96599"


def export(database: Database, *rows: dict[str, Any]) -> None:
    """An own export of these rows, each a pharmacist of 37.5 hours but for what is given."""
    usual = {
        "identifier": "", "staff_group": None, "staff_role": None, "detailed_role": "Pharmacist", "contracted": 135_000,
        "average": None, "starts": None, "left": None, "still_here": True, "status": "Submitted", "service": False,
    }  # fmt: skip
    held = [tuple((usual | row)[name] for name in nwrs_export.NAMES) for row in rows]
    kept = [(str(n), None, values) for n, values in enumerate(held)]
    with database.change("Adopt") as change:
        described = DataSet(
            kind=DataSetKind.NWRS_EXPORT, file_name="x.csv", rows=len(kept), read_at=database.now(),
            sha256=nwrs_export.sha256(kept, database.today()),
        )  # fmt: skip
        store.adopt(change, described, nwrs_export.NAMES, kept)


def gathered(database: Database, on: date = ON) -> workforce.Facts:
    with database.read() as reader:
        return workforce.gather(reader, on)


def staff(database: Database, on: date = ON) -> list[tuple[str, str, date, date | None]]:
    with database.read() as reader:
        found = staff_in_post.our_staff(posts_held.read(reader), on)
    return [(one.post, str(one.hours), one.starts, one.ends) for one in found]


def assign(database: Database, made: Post, hours: str, **fields: Any) -> None:
    with database.change("Assign") as change:
        change.add(Assignment(post=made.id, hours=Hours.of(hours), **fields))


def empty_post(database: Database, **fields: Any) -> Post:
    with database.change("Add a post") as change:
        return change.add(Post(role=Role.CLINICAL_PHARMACIST, **fields))


def holders(database: Database, count: int) -> list[Id]:
    with database.change("Add holders") as change:
        return [change.add(Holder(name=f"Name {n}")).id for n in range(count)]


# ---- who is in post


def test_a_change_of_hours_is_one_person_and_no_leaver(database: Database) -> None:
    made = empty_post(database)
    assign(database, made, "22.5", starts=date(2025, 4, 1), ends=date(2026, 10, 31))
    assign(database, made, "30", starts=date(2026, 11, 1))
    assert staff(database) == [("P-001", "30", date(2025, 4, 1), None)]


def test_a_post_shared_by_two_is_two_people(database: Database) -> None:
    made = empty_post(database)
    for holder in holders(database, 2):
        assign(database, made, "18.75", starts=date(2025, 4, 1), holder=holder)
    assert [hours for _, hours, _, _ in staff(database)] == ["18.75", "18.75"]


def test_two_employments_of_one_holder_in_a_post_are_one_person(database: Database) -> None:
    made, (holder,) = empty_post(database), holders(database, 1)
    for _ in range(2):
        assign(database, made, "18.75", starts=date(2025, 4, 1), holder=holder)
    assert [hours for _, hours, _, _ in staff(database)] == ["37.5"]


def test_who_was_followed_by_another_has_left_and_who_moved_to_another_post_has_not(
    database: Database,
) -> None:
    first, second = empty_post(database), empty_post(database)
    leaver, mover, later = holders(database, 3)
    assign(database, first, "30", starts=date(2025, 4, 1), ends=date(2026, 8, 31), holder=leaver)
    assign(database, first, "37.5", starts=date(2026, 9, 1), holder=later)
    assign(database, second, "15", starts=date(2025, 4, 1), ends=date(2026, 8, 31), holder=mover)
    third = empty_post(database)
    assign(database, third, "15", starts=date(2026, 9, 1), holder=mover)
    assert [(ref, hours, ends) for ref, hours, _, ends in staff(database)] == [
        ("P-001", "37.5", None),
        ("P-001", "30", date(2026, 8, 31)),
        ("P-003", "15", None),
    ]


def test_a_post_ends_its_assignments_and_a_planned_start_is_not_there_yet(database: Database) -> None:
    ended = empty_post(database, ends=date(2026, 8, 21))
    assign(database, ended, "37.5", starts=date(2025, 4, 1))
    planned = empty_post(database, stage=Stage.OFFER_MADE, contracted=Hours.of("37.5"))
    assign(database, planned, "37.5", starts=date(2027, 1, 4))
    assert staff(database) == [("P-001", "37.5", date(2025, 4, 1), date(2026, 8, 21))]


def test_a_filled_post_without_an_assignment_has_its_contracted_hours(database: Database) -> None:
    empty_post(database, stage=Stage.FILLED, contracted=Hours.of("30"), starts=date(2025, 4, 1))
    empty_post(database, stage=Stage.VACANT, contracted=Hours.of("30"), starts=date(2025, 4, 1))
    assert [(ref, hours) for ref, hours, _, _ in staff(database)] == [("P-001", "30")]


# ---- beside an own export


def test_posts_missing_there_and_staff_missing_here_are_told_with_their_roles(database: Database) -> None:
    post(database, "4000")
    post(database, "2000", "30", Role.CARE_COORDINATOR)
    export(database, {"identifier": "1"}, {"identifier": "2", "detailed_role": "Paramedic"})
    facts = gathered(database)
    assert facts.own
    assert [(line.post, line.nwrs_role, line.state) for line in facts.lines] == [
        ("P-001", "Pharmacist", "Agrees"),
        ("P-002", "", "Not on NWRS"),
        ("", "Paramedic", "On NWRS, no post here"),
    ]
    assert in_short(facts) == (
        "Of 2 posts 1 agree with the NWRS and 1 do not; 1 of its 2 rows have no post here."
    )


def test_one_of_several_rows_is_never_shown_as_if_it_were_known(database: Database) -> None:
    post(database, "4000")
    export(database, *({"identifier": str(n)} for n in range(3)))
    line, *others = gathered(database).lines
    assert (line.state, line.identifier) == ("Agrees, one of 3", "")
    assert "one of 3 rows" in line.said
    assert [other.state for other in others] == ["On NWRS, no post here"] * 2


def test_by_role_people_and_wte_are_added_up_before_rounding(database: Database) -> None:
    for _ in range(3):
        post(database, "500", "12.5")
    third = 45_000
    export(database, *({"identifier": str(n), "contracted": third} for n in range(3)))
    facts = gathered(database)
    assert [(one.role, one.posts, one.wte, one.people, one.nwrs_wte) for one in facts.roles] == [
        ("Clinical pharmacist", 3, Decimal("1.00"), 3, Decimal("1.00"))
    ]
    assert facts.whole.wte == Decimal("1.00")


def test_what_is_settled_here_decides_what_a_role_counts_as(database: Database) -> None:
    post(database, "4000", role=Role.OTHER)
    export(database, {"detailed_role": "Manager"})
    assert [line.state for line in gathered(database).lines] == ["Not on NWRS"]
    with database.change("Settle") as change:
        change.add(Crosswalk(nwrs_role="manager", role=Role.OTHER, source="ICB, 1 May 2026"))
    facts = gathered(database)
    assert [line.state for line in facts.lines] == ["Agrees"]
    assert [(one.counts_as, one.settled_here) for one in facts.crosswalk] == [
        ("Other role agreed with the ICB", True)
    ]


def test_the_newest_export_counts(database: Database) -> None:
    post(database, "4000")
    export(database, {"contracted": 100})
    export(database, {})
    assert gathered(database).lines[0].agrees


# ---- the month's check


def check(database: Database) -> dict[str, tuple[str, bool]]:
    with database.read() as reader:
        facts = nwrs_check.gather(reader, NOVEMBER, workforce.gather(reader, ON))
    return {line.name: (line.known, line.doubtful) for line in facts.lines}


def test_beside_each_line_of_the_check_stands_what_is_known(database: Database) -> None:
    post(database, "4000", nwrs_ref="1", ends=date(2026, 11, 10))
    post(database, "4000", "30", nwrs_ref="2")
    post(database, "4000", starts=date(2026, 11, 2), nwrs_ref="3")
    export(
        database,
        {"identifier": "1"},
        {"identifier": "2", "contracted": 81_000, "status": "In progress"},
        {"detailed_role": "Physiotherapist", "service": True, "contracted": 40_500},
    )
    assert check(database) == {
        "leavers": ("1 leaver still listed: P-001.", True),
        "starters": ("1 starter not yet there: P-003.", True),
        "hours_agree": ("1 post whose hours differ: P-002.", True),
        "contracted": ("1 contracted service, 11.25 hours a week. 1 of them without a post here.", True),
        "director": ("No clinical director is listed.", True),
        "submitted": ("1 row is not “Submitted”, so not counted.", True),
    }


def test_where_nothing_is_wrong_the_check_says_so(database: Database) -> None:
    post(database, "4000")
    export(database, {}, {"detailed_role": "Clinical Director – Medical"})
    assert check(database) == {
        "leavers": ("No leaver of ours is still listed.", False),
        "starters": ("Every post filled here has its row.", False),
        "hours_agree": ("No hours differ.", False),
        "contracted": ("No contracted service is listed.", False),
        "director": ("1 clinical director is listed.", False),
        "submitted": ("All 2 rows count.", False),
    }


def test_without_an_export_the_check_knows_leavers_and_starters_of_the_month(database: Database) -> None:
    post(database, "4000", ends=date(2026, 11, 10))
    post(database, "4000", starts=date(2026, 11, 2))
    post(database, "4000", on_nwrs=False)
    known = check(database)
    assert known["leavers"] == ("Left in the month: P-001.", False)
    assert known["starters"] == ("Started in the month: P-002. Noted as not on NWRS: P-003.", True)
    assert known["hours_agree"] == ("No own export is taken in, so it is not known.", False)


def test_the_check_is_due_on_the_last_day_and_says_the_last_working_day_before_it(database: Database) -> None:
    with database.read() as reader:
        compared = workforce.gather(reader, ON)
        november = nwrs_check.gather(reader, NOVEMBER, compared)
        october = nwrs_check.gather(reader, Month(2026, 10), compared)
    assert november.due_words == "Due 30 November 2026: the NWRS is extracted at midnight."
    assert october.due_words.endswith("The last working day before it is 30 October 2026.")


def test_the_answers_kept_for_the_month_are_shown(database: Database) -> None:
    with database.change("Check") as change:
        change.add(NwrsCheck(month=NOVEMBER, checked_on=ON, leavers=True, submitted=False))
    with database.read() as reader:
        facts = nwrs_check.gather(reader, NOVEMBER, workforce.gather(reader, ON))
    assert [line.answer for line in facts.lines] == [True, None, None, None, None, False]


# ---- the published files


def chosen(database: Database, *files: Path, code: str = CODE) -> None:
    for path in files:
        data_sets.adopt(database, data_sets.preview(path))
    with database.change("Choose") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, ods_code=code))


def published(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as read:
        yield from csv.DictReader(read)


def test_without_an_own_export_the_published_file_is_compared_by_role_as_of_its_day(
    database: Database, workforce: Path
) -> None:
    post(database, "4000")
    post(database, "4000", starts=date(2026, 7, 1))
    chosen(database, workforce)
    facts = gathered(database)
    rows = [row for row in published(workforce) if row["PCN_CODE"] == CODE]
    assert (facts.day, facts.rows, facts.own) == (date(2026, 6, 30), len(rows), False)
    pharmacists = [row for row in rows if row["DETAILED_STAFF_ROLE"] == "Pharmacist"]
    line = next(one for one in facts.roles if one.role == "Clinical pharmacist")
    assert (line.posts, line.wte) == (1, Decimal("1.00"))
    assert line.people == len({row["UNIQUE_IDENTIFIER"] for row in pharmacists})
    fte = sum((Decimal(row["FTE"]) for row in pharmacists), Decimal())
    assert abs(line.nwrs_wte + line.services_wte - fte) <= Decimal("0.01")
    assert in_short(facts).startswith("On 30 June 2026 there were 1.00 WTE in posts here and ")
    assert [(one.post, one.state) for one in facts.lines] == [
        ("P-001", "Nothing is noted"),
        ("P-002", "Nothing is noted"),
    ]


def beside(database: Database) -> pcns_of_our_size.Facts:
    with database.read() as reader:
        return pcns_of_our_size.gather(reader)


def test_staff_by_role_of_a_real_pcn_stand_beside_pcns_of_its_size(
    database: Database, workforce: Path, list_sizes: Path, practice_map: Path
) -> None:
    chosen(database, workforce, list_sizes, practice_map)
    began = perf_counter()
    facts = beside(database)
    assert perf_counter() - began < 3
    assert (facts.missing, facts.within, facts.without_rows) == ("", 20, 27)
    assert facts.pcns > 300
    coordinators = [row for row in published(workforce) if row["DETAILED_STAFF_ROLE"] == "Care Coordinator"]
    fte = sum((Decimal(row["FTE"]) for row in coordinators if row["PCN_CODE"] == CODE), Decimal())
    adjusted = sum(
        (Decimal(row["Adjusted Population"]) for row in published(list_sizes) if row["PCN Code"] == CODE),
        Decimal(),
    )
    line = next(one for one in facts.lines if one.role is Role.CARE_COORDINATOR)
    assert facts.population == adjusted
    assert abs(line.ours - fte * 10_000 / adjusted) <= Decimal("0.005")
    assert line.lower <= line.median <= line.upper
    assert facts.in_short.startswith(f"You have {facts.lines[0].wte} WTE in ARRS roles, ")
    assert "27 PCNs without any row in the file are left out, not counted as none." in facts.notes


def test_a_pcn_that_has_no_rows_is_compared_by_its_own_posts(
    database: Database, workforce: Path, list_sizes: Path, practice_map: Path
) -> None:
    there = {row["PCN_CODE"] for row in published(workforce)}
    absent = sorted({row["PCN Code"] for row in published(list_sizes)} - there - {"", "no_data"})[0]
    post(database, "4000")
    chosen(database, workforce, list_sizes, practice_map, code=absent)
    facts = beside(database)
    assert facts.ours_from_posts
    assert facts.without_rows == 27
    line = next(one for one in facts.lines if one.role is Role.CLINICAL_PHARMACIST)
    assert line.wte == Decimal("1.00")


def test_no_other_pcn_is_told_of_by_itself(database: Database, workforce: Path, list_sizes: Path) -> None:
    chosen(database, workforce, list_sizes)
    told = repr(beside(database))
    codes = {row["PCN_CODE"] for row in published(workforce)} - {CODE}
    names = {row["PCN_NAME"] for row in published(workforce)}
    assert not [one for one in (*codes, *names) if one in told]


@pytest.mark.parametrize(
    ("kinds", "words"),
    [((), "the PCN workforce and practice list sizes"), (("workforce",), "practice list sizes,")],
)
def test_what_is_missing_for_the_comparison_is_told(
    database: Database, request: pytest.FixtureRequest, kinds: tuple[str, ...], words: str
) -> None:
    chosen(database, *(request.getfixturevalue(kind) for kind in kinds))
    assert words in beside(database).missing


def test_without_a_pcn_chosen_it_is_asked_for(database: Database) -> None:
    assert "Choose your PCN first" in beside(database).missing


def test_the_leaver_of_the_sample_is_found_among_rows_of_its_role_and_hours(
    sample: Path, clock: Clock
) -> None:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        coordinator = {"detailed_role": "Care Coordinator"}
        export(opened, *[coordinator] * 3, coordinator | {"contracted": 108_000})
        assert [line.post for line in gathered(opened).of(Finding.LEAVER)] == ["P-021"]
