"""The three things a new file begins with: each ends in a sentence with a figure, and nothing was typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import asking
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.statements import PortalStatement
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here
from tests.desktop.for_everyone import told as told_of

STAFF = (
    "CENSUS_YEAR,CENSUS_MONTH,UNIQUE_IDENTIFIER,PCN_CODE,PCN_NAME,Data_source,STAFF_GROUP,STAFF_ROLE,"
    "DETAILED_STAFF_ROLE,FTE"
)
SIZES = (
    "Practice Code,Practice Name,PCN Code,PCN Name,Raw list size,Adjusted Population,PCN member January 25"
)
CODES = tuple(f"U{10_000 + n}" for n in range(22))


@pytest.fixture
def published(tmp_path: Path) -> dict[str, Path]:
    """NHS England's two files, of 22 PCNs of 50,000 patients with one pharmacist each; ours, the first, has two."""
    staff, sizes = tmp_path / "staff.csv", tmp_path / "sizes.csv"
    rows = [
        f"2026,6,{n},{code},PCN,NWRS Staff,Other,Pharmacists,Pharmacist,1"
        for n, code in enumerate((CODES[0], *CODES))
    ]
    staff.write_text("\n".join((STAFF, *rows)), encoding="utf-8")
    rows = [f"A{n:05},Practice,{code},PCN,50000,50000,Yes" for n, code in enumerate(CODES)]
    sizes.write_text("\n".join((SIZES, *rows)), encoding="utf-8")
    return {"staff": staff, "sizes": sizes}


@pytest.fixture
def beginner(newcomer: Person) -> Person:
    """Somebody with a new file of a PCN that was chosen by its code."""
    with newcomer.database.change("Choose our PCN") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, ods_code=CODES[0]))
    newcomer.waits_for_today()
    return newcomer


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)


def told(person: Person, words: str) -> str:
    return next(one for one in person.labels() if words in one)


def test_two_published_files_put_our_staff_beside_pcns_of_our_size(
    beginner: Person, published: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    beginner.clicks("NHS workforce file")
    chosen(monkeypatch, published["staff"])
    beginner.clicks("Choose the workforce file…")
    assert told(beginner, "You have").startswith(
        "You have 2.00 WTE in 1 ARRS role as of 30 June 2026; the largest is Clinical pharmacist (2.00). Take in "
        "practice list sizes"
    )
    assert beginner.focus is beginner.button("Choose the list sizes…")
    chosen(monkeypatch, published["sizes"])
    beginner.presses("Space")
    assert told(beginner, "You have").startswith(
        "You have 2.00 WTE in ARRS roles, 0.40 for each 10,000 patients; the middle one of 21 PCNs of your size has "
        "0.20."
    )
    assert beginner.focus is beginner.button("See it role by role")
    beginner.presses("Ctrl+Z", "Ctrl+Z")
    with beginner.database.read() as reader:
        assert reader.all(DataSet) == ()


def test_another_published_file_is_refused_by_its_name(
    beginner: Person, published: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    beginner.clicks("NHS workforce file")
    chosen(monkeypatch, published["sizes"])
    beginner.clicks("Choose the workforce file…")
    assert beginner.sees("sizes.csv is NHS England's file of Practice list sizes. It was not taken in here.")
    with beginner.database.read() as reader:
        assert reader.all(DataSet) == ()


def test_the_portals_statement_tells_what_it_lacks_and_nothing_is_kept(newcomer: Person) -> None:
    newcomer.waits_for_today()
    newcomer.clicks("The portal’s statement")
    newcomer.pastes(
        "Portal label\tMonth\tLeave date\tClaimed\tPaid\n"
        "PH1\tSeptember 2026\t\t£4,400.00\t£4,400.00\n"
        "PH1\t\t\t£4,400.00\t£4,100.00\n"
        "PM1\t\t31/08/2026\t£3,000\t£3,000\n"
    )
    assert newcomer.sees(
        "3 lines for September 2026 to October 2026. 5 months are missing of 2026/27 so far: April 2026 to August "
        "2026. 1 line short-paid, together by £300.00 (row 3). 1 leaver is still listed, with £3,000.00 paid for "
        "months after leaving (row 4)."
    )
    with newcomer.database.read() as reader:
        assert reader.all(PortalStatement) == ()
    newcomer.clicks("Take it in, month by month")
    assert newcomer.window.page is not None
    assert newcomer.window.page.page.title == "Statements"


def test_an_own_spreadsheet_tells_who_is_over_the_maximum_and_over_1_0_wte(newcomer: Person) -> None:
    newcomer.waits_for_today()
    before = newcomer.database.head.position
    newcomer.clicks("Your own ARRS spreadsheet")
    newcomer.pastes(
        "Name\tRole\tWTE\tCost a year\n"
        "Mx A\tClinical pharmacist\t1.2\t£500,000\n"
        "Mx B\tPlumber\t1\t£1\n"
        "Mx C\tCare coordinator\t0.8\t£1\n"
        "mx  c\tClinical pharmacist\t0.4\t£1\n"
        "Vacant\tCare coordinator\t0.8\t£1\n"
        "Vacant\tCare coordinator\t0.8\t£1\n"
    )
    found = told(newcomer, "could be compared")
    assert "lines of 6 could be compared with a maximum. 1 line over it, together by £" in found
    assert (
        "1 line with more than 1.0 WTE (row 2). 1 line with a role that is not known here (row 3)." in found
    )
    assert "One person has 1.2 WTE over 2 lines (rows 4, 5)." in found
    assert found.count("One person") == 1
    assert not newcomer.sees("Mx C")
    assert newcomer.database.head.position == before


def test_everyone_can_use_the_three_parts(newcomer: Person, qtbot: QtBot) -> None:
    newcomer.waits_for_today()
    for words in ("NHS workforce file", "The portal’s statement", "Your own ARRS spreadsheet"):
        newcomer.clicks(words)
    newcomer.pastes("Name\tRole\tWTE\tCost a year\nMx A\tClinical pharmacist\t1.2\t£500,000\n")
    faults = faults_here(newcomer, qtbot, "Today in a new file")
    assert not faults, told_of(faults)
