"""The NWRS page as somebody works with it: take in, look, open, note, answer, settle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from nhsdesk.commands import data_sets
from nhsdesk.desktop import asking
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from tests.desktop.desk_side import Person
from tests.desktop.screen import table, unnamed

HEADINGS = (
    "Unique identifier", "Last name", "Detailed staff role", "Contracted weekly hours", "Are they still working here",
    "Record status",
)  # fmt: skip
ROWS = (
    ("11", "Secretname", "Paramedic", "37.5", "Yes", "Submitted"),
    ("12", "Secretname", "Enhanced Practice Nurse", "22.5", "Yes", "Submitted"),
    ("13", "Secretname", "Peer Support Worker", "30", "Yes", "Submitted"),
)
POSTS, SIZE = "Posts beside the NWRS", "Staff by role beside PCNs of our size"


@pytest.fixture
def there(person: Person) -> Person:
    """Somebody on the page."""
    person.goes_to("ARRS", "NWRS")
    return person


def takes_in(person: Person, *rows: tuple[str, ...]) -> None:
    person.clicks("Take in an NWRS export…")
    person.pastes("\n".join("\t".join(row) for row in (HEADINGS, *rows)))
    person.clicks("Take these rows in")


def outcomes(person: Person) -> dict[str, str]:
    return {row[0] or row[5]: row[2] for row in table(person.window, POSTS)}


def shown(person: Person, name: str) -> QTableView:
    return next(
        one
        for one in person.window.findChildren(QTableView)
        if one.accessibleName() == name and one.isVisible()
    )


def test_before_anything_is_taken_in_posts_are_listed_with_what_is_noted(there: Person) -> None:
    assert there.sees("Nothing is compared yet")
    assert there.sees("Due 30 November 2026: the NWRS is extracted at midnight.")
    assert outcomes(there)["P-013"] == "Noted as not on NWRS"


def test_a_pasted_export_shows_what_differs_first_and_keeps_no_name(there: Person) -> None:
    takes_in(there, *ROWS)
    assert there.sees("Taken in as DS-")
    found = outcomes(there)
    assert next(iter(found.values())) != "Agrees"
    assert found["P-010"] == "Agrees"
    assert found["P-015"] == "Hours differ"
    assert found["Peer Support Worker"] == "Role is not in the crosswalk"
    assert not any("Secretname" in cell for row in table(there.window, POSTS) for cell in row)
    assert there.undoes.startswith("Undo")


def test_a_workbook_is_chosen_and_left_again(
    there: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "export.xlsx")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: tmp_path / "export.xlsx")
    there.clicks("Take in an NWRS export…")
    there.clicks("Choose a file…")
    assert there.sees("3 rows in export.xlsx")
    there.clicks("Leave them")
    with there.database.read() as reader:
        assert reader.all(DataSet, kind=DataSetKind.NWRS_EXPORT) == ()


def test_enter_on_a_row_opens_its_post(there: Person) -> None:
    takes_in(there, *ROWS)
    posts = shown(there, POSTS)
    row = next(n for n, cells in enumerate(table(there.window, POSTS)) if cells[0] == "P-015")
    posts.setFocus()
    posts.setCurrentIndex(posts.model().index(row, 0))
    assert there.sees("P-015: Hours differ. 30 hours here, 22.5 hours on NWRS.")
    QTest.keyClick(posts, Qt.Key.Key_Return)
    there.waits()
    assert there.shown == "P-015"


def test_a_row_without_a_post_says_so(there: Person) -> None:
    takes_in(there, *ROWS)
    posts = shown(there, POSTS)
    row = next(n for n, cells in enumerate(table(there.window, POSTS)) if not cells[0])
    posts.setCurrentIndex(posts.model().index(row, 0))
    there.clicks("Open the post")
    assert there.told == "This row of the NWRS has no post here."


def test_all_that_agree_are_noted_at_once_and_undone_at_once(there: Person) -> None:
    takes_in(there, *ROWS)
    there.clicks("Note 1 post that agrees as on NWRS")
    assert there.sees("1 post is noted as on NWRS, looked at today.")
    with there.database.read() as reader:
        noted = reader.by_ref("P-010")
    assert isinstance(noted, Post)
    assert noted.nwrs_ref == "11"
    there.presses("Ctrl+Z")
    with there.database.read() as reader:
        before = reader.by_ref("P-010")
    assert isinstance(before, Post)
    assert before.nwrs_ref is None


def test_only_what_does_not_agree_can_be_shown(there: Person) -> None:
    takes_in(there, *ROWS)
    there.clicks("Only what does not agree")
    assert "P-010" not in outcomes(there)
    assert there.status == f"{len(table(there.window, POSTS))} lines shown"


def test_a_check_is_answered_and_kept_for_its_month(there: Person) -> None:
    takes_in(there, *ROWS)
    there.turns_to("Month-end check")
    assert there.sees("1 post whose hours differ: P-015.")
    there.clicks("Answer yes where nothing speaks against it")
    assert there.reads("Leavers are marked as left") == "Yes"
    assert there.reads("Hours agree with the contracts") == "Not answered"
    there.writes("Hours agree with the contracts", "No")
    there.clicks("Keep the November 2026 check")
    assert there.sees("The check for November 2026 was taken on 20 November 2026.")
    with there.database.read() as reader:
        (kept,) = reader.all(NwrsCheck)
    assert (kept.leavers, kept.hours_agree, kept.director) == (True, False, None)


def test_answers_not_yet_kept_are_kept_when_another_month_is_looked_at(there: Person) -> None:
    there.turns_to("Month-end check")
    there.writes("Leavers are marked as left", "Yes")
    there.writes("Month", "October 2026 (M7)")
    assert there.reads("Leavers are marked as left") == "Not answered"
    there.writes("Month", "November 2026 (M8)")
    assert there.reads("Leavers are marked as left") == "Yes"


def test_a_change_elsewhere_leaves_answers_that_are_not_kept(there: Person) -> None:
    there.turns_to("Month-end check")
    there.writes("Remarks on the check", "<b>Two</b> are away")
    with there.database.change("Elsewhere") as change:
        change.add(Crosswalk(nwrs_role="Elsewhere"))
    there.waits()
    assert there.reads("Remarks on the check") == "<b>Two</b> are away"
    there.clicks("Keep the November 2026 check")


def test_a_role_that_nobody_settled_stands_first_and_is_settled(there: Person) -> None:
    takes_in(there, *ROWS)
    there.turns_to("Crosswalk (1)")
    lines = shown(there, "Crosswalk")
    assert table(there.window, "Crosswalk")[0][:3] == ["Peer Support Worker", "Not settled", "1"]
    lines.setCurrentIndex(lines.model().index(0, 0))
    assert there.reads("Role on NWRS") == "Peer Support Worker"
    there.writes("Counts as", "Other role agreed with the ICB")
    there.writes("Who says so", "ICB, 1 May 2026")
    there.clicks("Settle this line")
    assert there.sees("Every role of our rows is settled.")
    there.clicks("Count it as shipped")
    assert there.sees("1 role of our rows is not settled, and counted as nothing.")


def test_what_is_missing_for_the_comparison_by_size_is_told(there: Person) -> None:
    there.turns_to("PCNs of your size")
    assert there.sees("Take in the PCN workforce and practice list sizes") or there.sees(
        "Choose your PCN first"
    )


def test_a_real_pcn_stands_beside_pcns_of_its_size(there: Person, workforce: Path, list_sizes: Path) -> None:
    for path in (workforce, list_sizes):
        data_sets.adopt(there.database, data_sets.preview(path))
    with there.database.change("Choose") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, ods_code="U96599"))
    there.waits()
    there.turns_to("PCNs of your size")
    assert there.sees(
        "You have 33.01 WTE in ARRS roles, 5.49 for each 10,000 patients; the middle one of 421 PCNs"
    )
    assert table(there.window, SIZE)[0][0] == "All ARRS roles"


def test_every_part_is_named_for_a_screen_reader(there: Person) -> None:
    takes_in(there, *ROWS)
    for tab in ("Reconciliation", "PCNs of your size", "Month-end check", "Crosswalk (1)"):
        there.turns_to(tab)
        assert there.window.page is not None
        assert unnamed(there.window.page.page) == [], tab
    QApplication.processEvents()
