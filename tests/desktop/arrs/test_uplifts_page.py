"""Uplifts as a manager works with them: what is due, what waits, the ICB's figures, and one claim submitted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from nhsdesk.domain.arrs import BackPay
from nhsdesk.domain.claimed import ClaimEvent, ClaimState
from nhsdesk.domain.money import Money
from nhsdesk.domain.uplifts import Uplift, UpliftLine
from tests.desktop import screen
from tests.desktop.desk_side import Person
from tests.sections.withdrawing import withdraw_uplift


@pytest.fixture
def at(person: Person) -> Person:
    """Somebody on the page."""
    withdraw_uplift(person.database)
    person.goes_to("ARRS", "Uplifts")
    return person


def page(person: Person) -> QWidget:
    assert person.window.page is not None
    return person.window.page.page


def kept(person: Person) -> tuple[Uplift, ...]:
    with person.database.read() as reader:
        return reader.all(Uplift)[1:]


def test_the_samples_uplift_is_worked_out_and_what_waits_stands_apart(at: Person) -> None:
    assert at.sees("£5,056.45 for 20 posts, April 2026 to July 2026")
    assert at.sees("£1,002.84 waits for back-pay to be confirmed by")
    assert screen.table(page(at), "To be claimed")[0][:6] == [
        "P-001", "Clinical pharmacist 1", "4", "£24,332.00", "£24,700.76", "£368.76"
    ]  # fmt: skip
    assert len(screen.table(page(at), "Waiting for back-pay")) == 5
    assert at.reads("How it is worked out").startswith(
        "April 2026: £6,175.19 now, £6,083.00 claimed before (CL-001)"
    )


def test_other_months_can_be_worked_out(at: Person) -> None:
    at.writes("To", "April 2026")
    at.clicks("Work it out")
    assert at.sees("posts, April 2026")
    at.writes("To", "March 2026")
    at.clicks("Work it out")
    assert at.sees("March 2026 comes before April 2026.")


def test_an_employers_word_moves_its_posts_into_the_uplift(at: Person) -> None:
    at.clicks("Confirm it for P-005")
    assert at.sees("Give the day on which it was paid to the people.")
    at.writes("Paid to the people on", "12/11/2026")
    at.clicks("Confirm it for all of Wexmere Voluntary Forum (2)")
    assert at.sees("£5,403.33 for 22 posts")
    assert len(screen.table(page(at), "Waiting for back-pay")) == 3
    assert at.undoes == "Undo: Confirm 2 back-pay entries as paid"


def test_an_uplift_is_begun_compared_with_the_icbs_and_submitted(at: Person) -> None:
    at.clicks("Begin the uplift claim")
    assert at.sees("UP-002 is a draft.")
    at.writes("ICB's figure", "368.00", leave=False)
    at.presses("Return")
    assert screen.table(page(at), "To be claimed")[0][6:8] == ["£368.00", "£0.76"]
    at.control("Paste the ICB's figures here").setFocus()
    at.pastes("P-001\t368.76\nClinical pharmacist 2\t£333.36\nNobody\t5")
    assert at.sees("2 figures, £702.12 in all. Nothing is written yet. Of no post here: “Nobody”.")
    at.clicks("Write 2 figures beside ours")
    assert screen.table(page(at), "To be claimed")[1][6:8] == ["£333.36", "£0.00"]
    at.writes("ICB's figure in all", "5,056.45")
    at.clicks("Write the total down")
    assert at.sees("The ICB's figure is £5,056.45, as is ours.")
    at.clicks("Mark the uplift as submitted…")
    at.writes("Submitted on", "2/10/2026")
    at.clicks("Yes, mark as submitted")
    (one,) = kept(at)
    assert one.state is ClaimState.SUBMITTED
    assert at.sees("UP-002 is submitted on 2 October 2026.")
    at.writes("Amount", "5,056.45")
    at.clicks("Note that it was paid")
    with at.database.read() as reader:
        (event,) = reader.all(ClaimEvent, claim=one.id)
    assert event.amount == Money.pounds("5056.45")


def test_after_it_was_submitted_only_what_waits_is_due(at: Person) -> None:
    at.clicks("Begin the uplift claim")
    at.clicks("Mark the uplift as submitted…")
    at.clicks("Yes, mark as submitted")
    at.writes("Which uplift", "What is due now")
    assert at.sees("£0.00 for 0 posts")
    assert at.sees("£1,002.84 waits")
    assert at.sees("An uplift claim can be begun when some of it is confirmed.")
    assert not at.button("Begin the uplift claim").isEnabled()


def test_a_draft_is_thrown_away_and_comes_back_with_undo(at: Person) -> None:
    at.clicks("Begin the uplift claim")
    at.clicks("Throw the draft away")
    assert kept(at) == ()
    at.presses("Ctrl+Z")
    assert len(kept(at)) == 1


def test_a_draft_says_when_it_is_out_of_date(at: Person) -> None:
    at.clicks("Begin the uplift claim")
    at.writes("Paid to the people on", "12/11/2026")
    at.clicks("Confirm it for P-005")
    assert at.sees("What it rests on has changed since. Work it out again, and look at it.")
    at.clicks("Work it out again")
    assert not at.sees("What it rests on has changed since.")
    assert at.sees("£5,272.37 for 21 posts")


def test_back_pay_is_recorded_for_many_posts_after_a_look(at: Person) -> None:
    at.clicks("Record back-pay for many posts…")
    at.writes("Rise (%)", "2")
    assert at.sees("P-001 Clinical pharmacist 1 has back-pay on file for these days already: BP-001")
    at.writes("Tick the posts of", "GP (ARRS)", leave=False)
    at.presses("Return")
    at.writes("Tick the posts of", "GP (ARRS)")
    assert screen.table(page(at), "Back-pay as it would be recorded") == [
        ["P-012", "GP (ARRS) 1", "1 April 2026", "31 July 2026", "£6,500.00", "£6,630.00"]
    ]
    with at.database.read() as reader:
        before = reader.count(BackPay)
    at.clicks("Record back-pay for 1 post")
    with at.database.read() as reader:
        assert reader.count(BackPay) == before + 1
    assert at.sees("to be confirmed by")


def test_a_rise_that_is_none_is_told(at: Person) -> None:
    at.clicks("Record back-pay for many posts…")
    at.writes("Rise (%)", "150")
    assert at.sees("A rise is more than 0% and at most 50%. Check it.")
    assert not at.button("Record back-pay for 0 posts").isEnabled()
    at.clicks("Leave it")


def test_a_file_without_claims_says_that_nothing_is_due(newcomer: Person) -> None:
    newcomer.goes_to("ARRS", "Uplifts")
    assert newcomer.sees("Nothing can be claimed for these months now.")
    assert newcomer.sees("so there is no uplift claim to begin.")
    assert not newcomer.button("Begin the uplift claim").isEnabled()
    with newcomer.database.read() as reader:
        assert reader.all(UpliftLine) == ()
