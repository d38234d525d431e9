"""The register as a person works in it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nhsdesk.domain.actions import Brag
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.entry import read_day
from nhsdesk.domain.money import Money
from nhsdesk.store.register import Order
from tests.conftest import AS_OF
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person


def test_a_cell_typed_into_is_in_the_file_and_undo_takes_it_back(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "By when")
    person.presses("F2")
    person.types("30/1/2027")
    person.presses("Return")
    assert person.listed("By when")[2] == "30 Jan 2027"
    person.presses("Ctrl+Z")
    assert person.listed("By when")[2] == "11 Dec 2026"
    assert person.told == "Undone: Change By when of C-003."


def test_a_new_commitment_is_added_once_its_words_are_given(newcomer: Person) -> None:
    newcomer.goes_to("Commitments")
    assert newcomer.sees("None yet.")
    newcomer.clicks("New commitment")
    newcomer.writes("What", "Offer enhanced access")
    assert newcomer.listed("What") == ["Offer enhanced access"]
    assert newcomer.told == "C-001 was added."


def test_words_filter_the_register(person: Person) -> None:
    person.goes_to("Commitments")
    person.writes("Filter commitments by words", "footprint", leave=False)
    assert person.listed() == ["C-003"]
    assert person.status == "1 of 25 commitments, 1 chosen"
    person.clicks("Show all")
    assert len(person.listed()) == 25


# ---- typing into cells


def test_enter_f2_or_a_letter_begins_and_escape_leaves_the_cell_as_it_was(person: Person) -> None:
    person.goes_to("Commitments")
    undoes = person.undoes
    for begin in ("Return", "F2", "x"):
        person.goes_to_cell("C-003", "Who wants it")
        person.presses(begin)
        person.types("Somebody else")
        person.presses("Escape")
        assert person.cell("C-003", "Who wants it") == "Wexmere Together Partnership Board"
    assert person.undoes == undoes


def test_tab_takes_a_cell_into_the_file_and_goes_on_in_the_next(person: Person) -> None:
    person.goes_to("ARRS")
    person.goes_to_cell("P-003", "Contracted hours a week")
    person.presses("F2")
    person.types("22:30")
    person.presses("Tab")
    assert person.cell("P-003", "Contracted hours a week") == "22.5"
    person.types("PR-001")
    person.presses("Return")
    assert person.cell("P-003", "Practice base") == "Alder House Surgery"
    assert person.cell("P-004", "Practice base") != "Alder House Surgery"


def test_cells_take_days_money_and_hours_as_people_write_them(person: Person) -> None:
    person.goes_to("Commitments")
    for typed, shown in (
        ("30/1", "30 Jan 2027"), ("30 Jan", "30 Jan 2027"), ("+14", "4 Dec 2026"), ("next Fri", "27 Nov 2026"),
    ):  # fmt: skip
        person.types_into_cell("C-003", "By when", typed)
        assert person.cell("C-003", "By when") == shown
    for typed in ("4,400", "£4400.00"):
        person.types_into_cell("C-003", "Funding", "")
        person.types_into_cell("C-003", "Funding", typed)
        assert person.cell("C-003", "Funding") == "£4,400.00"
    for typed in ("22.5", "22:30"):
        person.types_into_cell("C-003", "Unfunded hours a week", "")
        person.types_into_cell("C-003", "Unfunded hours a week", typed)
        assert person.cell("C-003", "Unfunded hours a week") == "22.5"
    assert person.undoes == "Undo: Change Unfunded hours a week of C-003"


def test_a_choice_and_a_link_are_chosen_in_their_cells(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "Status")
    person.presses("F2", "End", "Return")
    assert person.cell("C-003", "Status") == "Closed"
    person.types_into_cell("C-003", "Owner", "R-003")
    assert person.cell("C-003", "Owner") == "PCN manager"


def test_words_a_cell_cannot_read_stay_in_it_and_in_the_form_and_outlive_the_window(
    person: Person, opens: Opened, sample: Path
) -> None:
    person.goes_to("Commitments")
    typed = {"By when": "after Easter", "Funding": "a lot", "Unfunded hours a week": "most days"}
    for column, words in typed.items():
        person.types_into_cell("C-003", column, words)
        assert "could not be read" in person.told
    person.window.close_file()
    again = opens(sample)
    again.window.setProperty("drafts expected", True)
    again.goes_to("Commitments")
    assert {column: again.cell("C-003", column) for column in typed} == typed
    again.opens_entry("C-003")
    assert {name: again.reads(name) for name in typed} == typed
    assert again.beside("By when").startswith(
        "Not yet in the file. “after Easter” could not be read as a day."
    )


def test_words_a_cell_cannot_read_show_at_once_in_the_form_beside_it_and_the_other_way_round(
    person: Person,
) -> None:
    person.window.setProperty("drafts expected", True)
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.types_into_cell("C-003", "By when", "after Easter")
    assert person.reads("By when") == "after Easter"
    person.writes("By when", "before Whitsun")
    assert person.cell("C-003", "By when") == "before Whitsun"
    person.types_into_cell("C-003", "By when", "30/1/2027")
    assert person.reads("By when") == "30 January 2027"


def test_delete_clears_what_is_selected_and_words_not_yet_in_the_file(person: Person) -> None:
    person.goes_to("Commitments")
    person.types_into_cell("C-002", "By when", "after Easter")
    person.selects(["C-001", "C-003"], "By when")
    person.presses("Delete")
    assert person.listed("By when")[:3] == ["", "", ""]
    assert person.undoes == "Undo: Change By when of 3 commitments"
    person.types_into_cell("C-002", "By when", "after Whitsun")
    person.goes_to_cell("C-002", "By when")
    person.presses("Delete")
    assert person.cell("C-002", "By when") == ""


def test_a_field_that_is_needed_is_not_cleared(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "What")
    person.presses("Delete")
    assert person.message == "“What” cannot be left empty. Nothing was changed."
    assert person.cell("C-003", "What") == "Evidence our view on the footprint decision"


def test_control_and_semicolon_write_today(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "By when")
    person.presses("Ctrl+;")
    assert person.cell("C-003", "By when") == "20 Nov 2026"
    person.opens_entry("C-003")
    person.control("Read on").setFocus()
    person.presses("Ctrl+;", "Tab")
    assert person.cell("C-003", "Read on") == "20 Nov 2026"


def test_fill_down_is_one_step_and_undo_keeps_what_was_selected(person: Person) -> None:
    person.goes_to("Commitments")
    before = person.listed("By when")
    person.selects(["C-002", "C-005"], "By when")
    person.presses("Ctrl+D")
    assert person.listed("By when")[:6] == [before[0], *["31 Mar 2027"] * 4, before[5]]
    assert person.undoes == "Undo: Change By when of 3 commitments"
    assert person.status.startswith("25 commitments, 4 chosen")
    person.presses("Ctrl+Z")
    assert person.listed("By when") == before
    assert person.status.startswith("25 commitments, 4 chosen")


def test_a_field_is_changed_for_all_chosen_as_one_step_that_says_how_many(person: Person) -> None:
    person.goes_to("Commitments")
    before = person.listed("Owner")
    person.selects(["C-001", "C-006"], "What")
    person.clicks("Change for all chosen")
    person.chooses_for_all("Owner", "R-003")
    person.clicks("Change 6 commitments")
    assert person.listed("Owner")[:6] == ["PCN manager"] * 6
    assert person.undoes.startswith("Undo: Change Owner of ")
    assert person.undoes.endswith(" commitments")
    person.presses("Ctrl+Z")
    assert person.listed("Owner") == before


def test_what_no_field_can_read_changes_none_of_those_chosen(person: Person) -> None:
    person.goes_to("Commitments")
    before = person.listed("By when")
    person.selects(["C-001", "C-003"], "What")
    person.clicks("Change for all chosen")
    person.chooses_for_all("By when", "after Easter")
    person.clicks("Change 3 commitments")
    assert "“after Easter” could not be read as a day." in person.message
    assert person.message.endswith("Nothing was changed.")
    assert person.listed("By when") == before
    person.clicks("Cancel")


def test_removing_several_is_one_step_and_they_come_back_in_their_places(person: Person) -> None:
    person.goes_to("Meetings")
    person.selects(["A-001", "A-003"], "Action")
    person.clicks("Remove")
    assert person.listed()[0] == "A-004"
    assert person.undoes == "Undo: Remove 3 actions"
    person.presses("Ctrl+Z")
    assert person.listed()[:4] == ["A-001", "A-002", "A-003", "A-004"]


def test_what_others_name_is_not_removed_and_says_which_they_are(person: Person) -> None:
    person.goes_to("Commitments", "Source documents")
    person.goes_to_cell("D-001", "Ref")
    person.clicks("Remove")
    assert "C-" in person.message
    assert "D-001" in person.listed()


# ---- copying


def test_copied_cells_come_out_in_a_spreadsheet_as_they_went_in(newcomer: Person) -> None:
    words = ('say "when"', "=1+1", "a\tb", "one\ntwo", "-5 of 6", "@home", "+44 20 7946 0000", "plain")
    with newcomer.database.change("Fill") as change:
        for one in words:
            change.add(Commitment(title=one, owed_to="hidden from sight", funding=Money(-440_000)))
    newcomer.goes_to("Commitments")
    newcomer.table.setColumnHidden(newcomer.table.model().columnCount() - 1, True)
    newcomer.presses("Ctrl+A")
    for number, column in enumerate(newcomer.register.model.columns):
        newcomer.table.setColumnHidden(number, column.label not in ("Ref", "What", "Funding"))
    rows = list(csv.reader(io.StringIO(newcomer.copies()), dialect="excel-tab"))
    assert [row[0] for row in rows] == [f"C-00{n}" for n in range(1, 9)]
    assert [row[1] for row in rows] == [
        'say "when"', "'=1+1", "a\tb", "one\ntwo", "'-5 of 6", "'@home", "'+44 20 7946 0000", "plain",
    ]  # fmt: skip
    assert {row[2] for row in rows} == {str(Money(-440_000))}
    assert {len(row) for row in rows} == {3}
    assert newcomer.told == "Copied 8 rows."


def test_copied_cells_keep_the_order_of_columns_moved_by_the_person(person: Person) -> None:
    person.goes_to("Commitments")
    person.table.horizontalHeader().moveSection(1, 0)
    person.clicks_cells("C-003", "Ref", "What")
    assert person.copies() == "Evidence our view on the footprint decision\tC-003"


# ---- order


def test_every_column_sorts_both_ways_with_empty_cells_last(person: Person) -> None:
    for place in ("ARRS", "Meetings", "Commitments"):
        person.goes_to(place)
        model = person.register.model
        refs = sorted(person.listed())
        for column in model.columns:
            orders = []
            for descending in (False, True):
                model.sort_by(Order(column.name, descending))
                cells = person.listed(column.label)
                filled = [one for one in cells if one]
                assert cells == [*filled, *[""] * (len(cells) - len(filled))], column.label
                assert sorted(person.listed()) == refs
                orders.append(filled)
            assert orders[0] != orders[1] or len(set(orders[0])) < 2, column.label


def test_days_amounts_choices_links_and_worked_out_words_sort_by_what_they_mean(person: Person) -> None:
    person.goes_to("Meetings")
    brags = list(dict.fromkeys(_sorted_by(person, "BRAG")))
    assert brags == [one.words for one in Brag if one.words in brags]
    days = [_day(one) for one in _sorted_by(person, "Original date") if one]
    assert days == sorted(days)
    owners = [one.casefold() for one in _sorted_by(person, "Owner") if one]
    assert owners == sorted(owners)
    person.goes_to("Commitments")
    statuses = list(dict.fromkeys(one for one in _sorted_by(person, "Status") if one))
    assert statuses == [one.words for one in Status if one.words in statuses]
    person.goes_to("ARRS")
    shares = [float(one.strip("%")) for one in _sorted_by(person, "Neighbourhood work planned") if one]
    assert shares == sorted(shares)
    assert len(set(shares)) > 1


def _day(words: str) -> date:
    day = read_day(words, AS_OF)
    assert isinstance(day, date)
    return day


def _sorted_by(person: Person, column: str) -> list[str]:
    person.sorts_by(column)
    return person.listed(column)


def test_an_entry_just_changed_keeps_its_place_until_the_list_is_sorted_again(person: Person) -> None:
    person.goes_to("Commitments")
    person.sorts_by("By when")
    before = person.listed()
    person.types_into_cell(before[0], "By when", "1/1/2030")
    assert person.listed() == before
    person.sorts_by("By when", descending=True)
    assert person.listed()[0] == before[0]


# ---- narrowing


def test_words_chips_of_choice_day_and_worked_out_column_narrow_together(person: Person) -> None:
    person.goes_to("Meetings")
    person.narrows("BRAG", "Red: overdue or revised twice", "Green: on course")
    chosen = person.listed("BRAG")
    assert chosen
    assert {one.split(":")[0] for one in chosen} == {"Red", "Green"}
    person.narrows("Original date", "today")
    days = [_day(one) for one in person.listed("Original date")]
    assert 0 < len(days) < len(chosen)
    assert max(days) <= AS_OF
    first = person.listed()[0]
    person.writes("Filter actions by words", first.lower(), leave=False)
    assert person.listed() == [first]
    person.clicks("Show all actions, without filters")
    assert len(person.listed()) == 30


def test_a_chip_finds_what_is_not_given(person: Person) -> None:
    person.goes_to("Commitments")
    person.types_into_cell("C-003", "Status", "")
    person.goes_to_cell("C-003", "Status")
    person.presses("Delete")
    person.narrows("Status", "not given")
    assert person.listed() == ["C-003"]
    person.narrows("Status", "At risk")
    assert {"", "At risk"} == set(person.listed("Status"))


def test_words_are_found_in_any_field_that_holds_words_and_in_what_it_names(person: Person) -> None:
    person.goes_to("Commitments")
    for words, ref in (
        ("realign FOOTPRINT", "C-003"), ("c-017", "C-017"), ("Evidence Wexmere", "C-003"),
    ):  # fmt: skip
        person.writes("Filter commitments by words", words, leave=False)
        assert ref in person.listed()
    person.writes("Filter commitments by words", person.cell("C-003", "Owner"), leave=False)
    assert "C-003" in person.listed()
    person.writes("Filter commitments by words", "nothing of the sort", leave=False)
    assert person.sees("Nothing here is as the filter asks.")


def test_an_entry_added_while_narrowed_is_shown_once_it_is_as_asked(person: Person) -> None:
    person.goes_to("Commitments")
    person.writes("Filter commitments by words", "footprint", leave=False)
    with person.database.change("Elsewhere") as change:
        change.add(Commitment(title="Another footprint"))
        change.add(Commitment(title="Nothing of it"))
    person.waits()
    assert person.listed("What") == ["Evidence our view on the footprint decision", "Another footprint"]
    assert person.status.startswith("2 of 27 commitments")


# ---- as it was left


def test_columns_widths_order_and_the_place_are_as_they_were_left(
    person: Person, opens: Opened, sample: Path
) -> None:
    person.goes_to("Meetings")
    person.clicks("Columns")
    person.chooses("Evidence")
    person.clicks("Columns")
    person.chooses("Meeting")
    person.table.setColumnWidth(1, 333)
    person.sorts_by("BRAG", descending=True)
    order = person.listed()
    shown = _columns_in_sight(person)
    person.window.close()
    again = opens(sample)
    assert again.listed() == order
    assert _columns_in_sight(again) == shown
    assert "Evidence" in shown
    assert "Meeting" not in shown
    assert again.table.columnWidth(1) == 333


def _columns_in_sight(person: Person) -> list[str]:
    return [
        one.label for n, one in enumerate(person.register.model.columns) if not person.table.isColumnHidden(n)
    ]


def test_the_entry_at_hand_stays_at_hand_when_others_come_go_and_come_back(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-010", "By when")
    with person.database.change("Elsewhere") as change:
        change.add(Commitment(title="One more"))
    person.waits()
    assert person.table.currentIndex().data() == person.cell("C-010", "By when")
    person.presses("Ctrl+Z")
    assert "C-026" not in person.listed()
    assert person.table.model().index(person.table.currentIndex().row(), 0).data() == "C-010"


def test_an_empty_register_says_what_belongs_there_and_how_to_begin(newcomer: Person) -> None:
    newcomer.goes_to("Support and funds")
    assert newcomer.sees("What one practice asks for.")
    assert newcomer.sees("“New support request” or Ctrl+N enters the first.")
    newcomer.presses("Ctrl+N")
    assert newcomer.control("Practice").hasFocus()


def test_a_selection_tells_its_number_and_its_sums(person: Person) -> None:
    person.goes_to("ARRS")
    person.selects(["P-001", "P-003"], "Portal label")
    assert person.status == "29 ARRS posts, 3 chosen, 105 hours a week, 2.80 WTE"


def test_a_cell_being_typed_into_goes_into_the_file_when_the_page_or_the_window_is_left(
    person: Person, opens: Opened, sample: Path
) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "Who wants it")
    person.presses("F2")
    person.types("The board")
    person.goes_to("Meetings")
    person.goes_to("Commitments")
    assert person.cell("C-003", "Who wants it") == "The board"
    person.goes_to_cell("C-003", "In words, and why")
    person.presses("F2")
    person.types("Met")
    person.window.close()
    again = opens(sample)
    again.goes_to("Commitments")
    assert again.cell("C-003", "In words, and why") == "Met"


def test_a_heading_that_is_clicked_sorts_and_chooses_nothing(person: Person) -> None:
    person.goes_to("Commitments")
    person.goes_to_cell("C-003", "By when")
    before = person.status
    heading = person.table.horizontalHeader()
    at = person.table._model.columns.index(
        next(c for c in person.table._model.columns if c.label == "By when")
    )
    middle = QPoint(heading.sectionViewportPosition(at) + 20, heading.height() // 2)
    QTest.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    person.waits()
    assert person.status == before
    assert person.listed("By when")[0] == "30 Oct 2026"


def test_undo_stops_at_the_sample_itself(person: Person) -> None:
    assert not person.window.undoing.undo.isEnabled()
    assert person.window.undoing.undo.toolTip() == "Undo stops at “Fill the sample”"
