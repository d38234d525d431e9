"""A manager claims a month at the window: what stands in the way, the portal, the mark, and what followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nhsdesk.commands import claims
from nhsdesk.desktop.arrs.claim_month_page import ClaimMonthPage
from nhsdesk.domain.arrs import Pay, Post, PostEvidence, Role
from nhsdesk.domain.claimed import Claim, ClaimState
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person
from tests.sections.making import post, practice

OCTOBER = Month(2026, 10)


def two_posts(database: Database) -> None:
    """Two posts under a confirmed maximum, their contracts seen."""
    with database.change("Confirm the maximum") as change:
        for rate in change.reader.all(Rate, role=Role.CLINICAL_PHARMACIST, zone=LondonZone.NONE):
            if rate.valid_from == date(2026, 4, 1):
                change.put(replace(rate, confidence=RateConfidence.CONFIRMED))
        change.add(LocalRule(key="arrs.evidence", value="contract", starts=date(2026, 4, 1)))
    base = practice(database).id
    for number, salary in ((1, "4400"), (2, "4800")):
        made = post(
            database, salary, base=base, portal_label=f"Clinical Pharmacist {number}", additionality="More",
            training_met=True,
        )  # fmt: skip
        with database.change("See the contract") as change:
            change.add(PostEvidence(post=made.id, what="contract", seen_on=date(2026, 4, 1)))


@pytest.fixture
def manager(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Person:
    """Somebody with two posts under a confirmed maximum, at the claim month."""
    person = opens(made_once.network(tmp_path / "Ours.nhsdesk", clock, two_posts))
    person.goes_to("ARRS", "Claim month")
    return person


def page(person: Person) -> ClaimMonthPage:
    place = person.window.page
    assert place is not None
    assert isinstance(place.page, ClaimMonthPage)
    return place.page


def rows(person: Person) -> list[tuple[str, ...]]:
    table = page(person).posts.table
    return [table.words(row) for row in range(table.rowCount())]


def test_the_last_month_stands_there_with_its_numbers_apart(manager: Person) -> None:
    assert manager.sees("October 2026 (M7): £11,607.25")
    assert rows(manager) == [
        ("P-001", "Clinical Pharmacist 1", "37.5", "£5,630.17", "£5,977.08", "£5,977.08", "£5,630.17", ""),
        ("P-002", "Clinical Pharmacist 2", "37.5", "£6,147.69", "£5,977.08", "£5,977.08", "£5,977.08", ""),
    ]
    assert manager.status.startswith(
        "October 2026: 2 lines: cost £11,777.86, claimed £11,607.25, borne by the PCN £170.61"
    )


def test_the_working_of_the_chosen_post_stands_below(manager: Person) -> None:
    working = manager.reads("How it is worked out")
    assert "Salary £4,400.00 a month (October 2026, PY-001) = £4,400.00" in working
    assert working.splitlines()[-1].endswith(
        "Claimed £5,630.17, the lower of cost £5,630.17 and pro rata maximum £5,977.08"
    )


def test_a_month_is_begun_typed_and_submitted_in_few_keys(manager: Person) -> None:
    manager.clicks("Begin the October 2026 claim")
    typed = []
    for _ in range(2):
        for _ in range(page(manager).keying.fields.rowCount()):
            manager.presses("Return")
            typed.append(QApplication.clipboard().text())
        manager.presses("Space")
        page(manager).show_month(OCTOBER)  # as a change notice would, in the midst of typing
    assert typed[:9] == [
        "Clinical pharmacist", "Clinical Pharmacist 1", "01/04/2026", "", "37.5", "4400.00", "597.45", "632.72", "Yes",
    ]  # fmt: skip
    assert manager.sees("All 2 are typed")
    manager.clicks("Mark October 2026 claim as submitted")
    manager.writes("Submitted on", "20 Nov 2026", leave=False)
    manager.clicks("Yes, mark as submitted")
    assert manager.told == "CL-001 is marked as submitted and stays as it is."
    seen = claims.view(manager.database, OCTOBER)
    assert seen.claim is not None
    assert (seen.claim.state, seen.claim.submitted_on) == (ClaimState.SUBMITTED, date(2026, 11, 20))
    assert manager.sees("Submitted")
    assert not page(manager).submit.isVisible()


def test_a_line_that_went_before_the_page_looked_again_is_not_ticked(manager: Person) -> None:
    manager.clicks("Begin the October 2026 claim")
    keying = page(manager).keying
    keying.lines.setCurrentCell(1, 0)
    with manager.database.change("End the other") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 2")
        change.put(replace(held, ends=date(2026, 9, 30)))
    claim = claims.view(manager.database, OCTOBER).claim
    assert claim is not None
    claims.bring_up_to_date(manager.database, claim)
    keying.tick.click()
    (told,) = manager.warned
    assert told.startswith("Clinical Pharmacist 2 is no longer a line of this claim. Nothing was ticked.")


def test_what_cannot_be_undone_is_asked_twice_and_may_be_left(manager: Person) -> None:
    manager.clicks("Mark October 2026 claim as submitted")
    assert manager.sees("This cannot be undone.")
    manager.clicks("Not yet")
    assert not manager.sees("This cannot be undone.")
    assert claims.view(manager.database, OCTOBER).claim is None


def test_a_day_that_cannot_be_read_is_told_beside_it(manager: Person) -> None:
    manager.clicks("Mark October 2026 claim as submitted")
    manager.writes("Submitted on", "31/2", leave=False)
    manager.clicks("Yes, mark as submitted")
    assert manager.sees("31/2")
    assert claims.view(manager.database, OCTOBER).claim is None


def test_one_post_is_one_line(manager: Person) -> None:
    with manager.database.change("End the other") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 2")
        change.put(replace(held, ends=date(2026, 9, 30)))
    page(manager).show_month(OCTOBER)
    assert manager.status.startswith("October 2026: 1 line: cost £5,630.17")


def test_an_unconfirmed_maximum_stands_in_the_way_first(manager: Person) -> None:
    with manager.database.change("Doubt it") as change:
        for rate in change.reader.all(Rate, confidence=RateConfidence.CONFIRMED):
            change.put(replace(rate, confidence=RateConfidence.QUOTED))
    manager.window.page.page.show_month(OCTOBER)  # type: ignore[union-attr]
    manager.waits()
    assert manager.sees("1 of the maxima used is not confirmed")
    assert not page(manager).submit.isEnabled()


def test_what_must_be_acknowledged_is_read_first(manager: Person) -> None:
    with manager.database.change("Forget") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 1")
        change.put(replace(held, additionality=None))
    page(manager).show_month(OCTOBER)
    assert not page(manager).submit.isEnabled()
    manager.clicks("I have read the 1 point to be acknowledged and claim with them")
    manager.clicks("Mark October 2026 claim as submitted")
    manager.clicks("Yes, mark as submitted")
    assert claims.view(manager.database, OCTOBER).submitted


def test_a_point_that_comes_up_after_the_others_were_read_is_to_be_read_too(manager: Person) -> None:
    def forget(number: int) -> None:
        with manager.database.change("Forget") as change:
            (held,) = change.reader.all(Post, portal_label=f"Clinical Pharmacist {number}")
            change.put(replace(held, additionality=None))
        page(manager).show_month(OCTOBER)

    forget(1)
    manager.clicks("I have read the 1 point to be acknowledged and claim with them")
    forget(2)
    assert not page(manager).read_them.isChecked()
    assert not page(manager).submit.isEnabled()


def test_another_claim_for_a_submitted_month_is_told(manager: Person) -> None:
    claims.mark_submitted(manager.database, OCTOBER, date(2026, 11, 20), acknowledged=True)
    with manager.database.change("Take in another copy") as change:
        change.add(Claim(month=OCTOBER))
    page(manager).show_month(OCTOBER)
    assert manager.sees("CL-002 is a claim for October 2026 too. CL-001 counts")
    assert not page(manager).read_them.isVisible()
    manager.clicks("Open claim")
    assert manager.shown == "CL-002"


def test_a_draft_that_is_out_of_date_says_so_and_takes_todays_figures(manager: Person) -> None:
    manager.clicks("Begin the October 2026 claim")
    with manager.database.change("Raise pay") as change:
        pay = change.reader.all(Pay)[0]
        change.put(replace(pay, salary=Money(450_000)))
    page(manager).show_month(OCTOBER)
    manager.clicks("Take today's figures (1 post differs)")
    manager.turns_to("Posts")
    assert rows(manager)[0][6] == "£5,759.55"


def test_a_query_and_a_payment_are_noted_of_a_submitted_claim(manager: Person) -> None:
    claims.mark_submitted(manager.database, OCTOBER, date(2026, 11, 20), acknowledged=True)
    page(manager).show_month(OCTOBER)
    manager.turns_to("What became of it")
    manager.writes("What happened", "Paid", leave=False)
    manager.writes("Amount, if told", "11,607.25", leave=False)
    manager.clicks("Note it")
    assert manager.told == "Paid was noted of CL-001."
    assert manager.sees("Paid")
    assert claims.year(manager.database, OCTOBER.financial_year)[6].words == "paid"


def test_another_month_is_chosen_from_the_year(manager: Person) -> None:
    page(manager).year.list.setFocus()
    manager.presses("Up")
    assert manager.sees("September 2026 (M6): £11,607.25")


def test_enter_on_a_post_opens_it(manager: Person) -> None:
    page(manager).posts.table.setFocus()
    manager.presses("Down", "Return")
    assert manager.shown == "P-002"


def test_a_file_with_nothing_in_it_says_what_is_missing(newcomer: Person) -> None:
    newcomer.goes_to("ARRS", "Claim month")
    assert newcomer.sees("No post has a line for October 2026.")
    assert not page(newcomer).begin.isEnabled()
    assert not page(newcomer).submit.isEnabled()


def test_the_sample_shows_the_year_as_it_was(person: Person) -> None:
    person.goes_to("ARRS", "Claim month")
    words = [page(person).year.list.item(n).text() for n in range(12)]
    assert words[3] == "July 2026 (M4)\nqueried, £113,228.50, paid £112,020.96"
    assert words[6] == "October 2026 (M7)\nsubmitted, £116,108.20"
    page(person).show_month(Month(2026, 7))
    person.turns_to("What became of it")
    assert person.sees(
        "CL-004 was marked as submitted on 11 August 2026, with the maxima as known on 2 August 2026."
    )
