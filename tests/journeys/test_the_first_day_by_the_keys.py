"""A PCN set up from NHS England's own files by the keys alone, as the guide tells it step by step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nhsdesk.desktop import asking
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.statements import PortalStatement
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of
from tests.journeys.conftest import SitsDown
from tests.journeys.guided import Does, follows
from tests.journeys.typist import Typist

STATEMENT = (
    "Portal label\tMonth\tLeave date\tClaimed\tPaid\n"
    "PH1\tSeptember 2026\t\t£4,400.00\t£4,400.00\n"
    "PH1\tOctober 2026\t\t£4,400.00\t£4,100.00\n"
    "PM1\tOctober 2026\t31/08/2026\t£3,000\t£3,000\n"
)
OWN = (
    "Name\tRole\tWTE\tCost a year\n"
    "Mx A\tClinical pharmacist\t0.8\t£70,000\n"
    "Mx A\tClinical pharmacist\t0.4\t£10,000\n"
)


_ENDS_LIKE_OURS = re.compile(r",U\d{4}2,").search


@pytest.fixture
def chosen(
    practice_map: Path,
    workforce: Path,
    list_sizes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The files that somebody chooses, one after the other; of the workforce the PCNs whose code ends like ours."""
    some = tmp_path / workforce.name
    heading, *rows = workforce.read_text(encoding="utf-8-sig").splitlines()
    some.write_text("\n".join((heading, *(row for row in rows if _ENDS_LIKE_OURS(row)))), encoding="utf-8")
    answers = iter((practice_map, some, list_sizes))
    monkeypatch.setattr(asking, "choose_existing", lambda *_: next(answers))


@pytest.mark.usefixtures("chosen")
def test_a_pcn_is_set_up_from_published_files_and_learns_three_things(
    sits_down: SitsDown, clock: Clock
) -> None:
    one = sits_down(clock)
    with follows("first-day.md", "Setting up your PCN, step by step", one) as step:
        a_new_file(one, step)
        our_staff(one, step)
        what_we_have(one, step)
        with step("Close for today"):
            one.presses("Ctrl+Q")
    assert not one.window.isVisible()
    again = sits_down(clock)
    again.presses("Return")
    again.waits(lambda: again.window.desk is not None)
    assert again.window.windowTitle().startswith("North Stockton")
    assert len(again.holds(Practice)) == 3


def a_new_file(one: Typist, step: Does) -> None:
    with step("Begin a new file"):
        one.tabs_to("New PCN file")
        one.presses("Return")
    with step("Choose NHS England's file"):
        one.presses_the_button("Choose NHS England's file…")
    with step("Find your PCN"):
        one.tabs_to("Find your PCN")
        one.types("u07032")
        one.presses("Down", "Up", "Return")
    with step("Say the financial year"):
        one.tabs_to("Financial year to begin with")
        one.presses("Down", "Up")
    with step("Make the file"):
        one.presses("Return")
        one.waits(lambda: one.window.desk is not None)
    ours = [found for found in one.holds(Organisation) if isinstance(found, Organisation) and found.ours]
    assert [found.ods_code for found in ours] == ["U07032"]
    with step("Read where the file belongs"):
        assert "not locked with a key" in one.window.message
        one.presses_the_button("Close this message")


def our_staff(one: Typist, step: Does) -> None:
    one.waits(lambda: "Three things to begin with" in one.on_screen())
    with step("See your staff beside PCNs of your size"):
        one.presses_the_button("NHS workforce file")
        one.presses_the_button("Choose the workforce file…")
        one.waits(lambda: "Choose the list sizes" in name_of(QApplication.focusWidget() or one.window))
        one.presses_the_button("Choose the list sizes…")
        one.waits(lambda: "PCNs of your size has" in one.on_screen())
    assert len(one.holds(DataSet)) == 3
    assert (
        "You have 22.91 WTE in ARRS roles, 4.48 for each 10,000 patients; the middle one of"
        in one.on_screen()
    )


def what_we_have(one: Typist, step: Does) -> None:
    with step("Look at the portal's statement"):
        one.presses_the_button("The portal’s statement")
        pastes(one, STATEMENT)
    assert "1 line short-paid, together by £300.00 (row 3). 1 leaver is still listed" in one.on_screen()
    with step("Look at your own spreadsheet"):
        one.presses_the_button("Your own ARRS spreadsheet")
        pastes(one, OWN)
    assert "One person has 1.2 WTE over 2 lines (rows 2, 3)." in one.on_screen()
    assert not one.holds(Post)
    assert not one.holds(PortalStatement)


def pastes(one: Typist, words: str) -> None:
    QApplication.clipboard().setText(words)
    one.tabs_to("Paste here")
    one.presses("Ctrl+V")
