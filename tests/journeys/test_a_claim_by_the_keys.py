"""A month's claim by the keys alone, from a new PCN file to the return, as the guide tells it step by step."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nhsdesk.desktop import asking
from nhsdesk.domain.arrs import Assignment, Pay, Post
from nhsdesk.domain.claimed import Claim, ClaimLine
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Practice
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of
from tests.journeys.conftest import SitsDown
from tests.journeys.guided import Does, follows
from tests.journeys.typist import Typist

A_KEY, A_THOUGHT = 0.28, 1.35
"""Seconds for a key of somebody who types as most do, and for finding out what comes next: the keystroke-level model
(Card, Moran and Newell, 1980)."""

TWO_MINUTES = 120
MOST_KEYS = 100


@pytest.fixture
def chosen(tmp_path: Path, practice_map: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person saves into; the file they open is the map of practices."""
    monkeypatch.setattr(asking, "choose_existing", lambda *_: practice_map)
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: tmp_path / name)
    return tmp_path


def test_a_manager_files_a_months_claim_in_two_minutes_as_the_guide_tells(
    sits_down: SitsDown, chosen: Path, clock: Clock
) -> None:
    one = sits_down(clock)
    a_new_file(one)
    with follows("a-year-of-claims.md", "One month’s claim, step by step", one) as step:
        a_post_with_hours_and_pay(one, step)
        its_maximum_is_confirmed(one, step)
        before, thoughts = one.keys, one.thoughts
        october_is_submitted(one, step)
        with step("Save the return"):
            one.presses_the_button("Look at the return for October 2026")
            one.presses_the_button("Save as sent…")
    keys, thoughts = one.keys - before, one.thoughts - thoughts
    assert keys <= MOST_KEYS
    assert keys * A_KEY + thoughts * A_THOUGHT <= TWO_MINUTES
    (claim,) = one.holds(Claim)
    assert isinstance(claim, Claim)
    assert claim.submitted_on == date(2026, 11, 20)
    the_return_tells_it(one, chosen / "ARRS monthly claim 2026-10.xlsx")


def a_new_file(one: Typist) -> None:
    one.presses("Return")
    one.presses_the_button("Choose NHS England's file…")
    one.tabs_to("Find your PCN")
    one.types("U07032")
    one.presses("Return", "Return")
    one.waits(lambda: one.window.desk is not None)


def a_post_with_hours_and_pay(one: Typist, step: Does) -> None:
    with step("Say whether the practice is in London"):
        one.goes_to("Neighbourhoods")
        one.waits(lambda: one.window.findChild(QWidget, "london_zone") is not None)
        one.fills("London zone", "outside")
    first = one.holds(Practice)[0]
    with step("Add the post"):
        one.goes_to("ARRS")
        one.presses("Ctrl+N")
        one.fills("Role", "Clinical pharmacist")
        one.fills("Contracted hours a week", "37.5")
        one.fills("Practice base", first.ref)
        one.fills("Start date", "1 Apr 2026")
    (post,) = one.holds(Post)
    assert isinstance(post, Post)
    assert (post.contracted, post.base, post.starts) == (Hours.of("37.5"), first.id, date(2026, 4, 1))
    with step("Give it its hours"):
        one.turns_to("Assignments")
        one.presses_the_button("Add assignment")
        one.fills("Hours a week", "37.5")
        one.fills("From", "1 Apr 2026")
        one.presses_the_button("Back to the ARRS post")
    (held,) = one.holds(Assignment)
    assert isinstance(held, Assignment)
    assert held.hours == Hours.of("37.5")
    with step("Give it its pay"):
        one.turns_to("Pay")
        one.presses_the_button("Add pay")
        one.fills("From", "1 Apr 2026")
        one.fills("Salary a month", "4,400")
    (pay,) = one.holds(Pay)
    assert isinstance(pay, Pay)
    assert pay.salary == Money.pounds("4400.00")


def its_maximum_is_confirmed(one: Typist, step: Does) -> None:
    with step("Confirm the maximum"):
        one.goes_to("ARRS", "Rates and rules")
        one.fills("Checked by", "Practice manager")
        one.fills("Page of the specification", "Table 2, page 31")
        one.presses_the_button("Confirm this maximum")
    assert "All of them are confirmed." in one.on_screen()


def october_is_submitted(one: Typist, step: Does) -> None:
    with step("Look at the month"):
        one.goes_to("ARRS", "Claim month")
        one.waits(lambda: "its additionality is not stated" in one.on_screen())
        assert "October 2026 (M7): £5,630.17" in one.on_screen()
    with step("Put right what can be"):
        one.presses_the_button("Open ARRS post")
        one.presses("F4")
        one.fills("Additionality evidence", "No pharmacist in 2019")
        one.fills("Training requirement met", "yes")
        one.goes_to("ARRS", "Claim month")
        assert "its additionality is not stated" not in one.on_screen()
    with step("Type it into the portal"):
        one.presses_the_button("Begin the October 2026 claim")
        typed = fields_copied(one)
        one.presses_the_button("Typed, next post")
    assert {"Clinical pharmacist", "37.5", "4400.00", "Yes"} <= set(typed)
    (line,) = one.holds(ClaimLine)
    assert isinstance(line, ClaimLine)
    assert line.keyed
    with step("Mark it as submitted"):
        assert name_of(QApplication.focusWidget() or one.window).startswith("I have read")
        one.presses_the_button("I have read the 1 point to be acknowledged and claim with them")
        one.presses_the_button("Mark October 2026 claim as submitted")
        one.presses_the_button("Yes, mark as submitted")


def fields_copied(one: Typist) -> list[str]:
    """Copies one field after another until the cursor leaves them."""
    copied, fields = [], QApplication.focusWidget()
    while QApplication.focusWidget() is fields:
        one.presses("Return")
        copied.append(QApplication.clipboard().text())
    return copied


def the_return_tells_it(one: Typist, path: Path) -> None:
    assert one.kept() == {"arrs-claim": path.read_bytes()}
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    rows = list(book["Claim"].iter_rows(min_row=4, values_only=True))
    (line,) = [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0] != "Total"]
    assert line["Claimed (£)"] == 5630.17
