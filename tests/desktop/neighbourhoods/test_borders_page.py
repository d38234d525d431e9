"""Who lives where, shares pasted, and the appraisal with its window, options and flag."""

from __future__ import annotations

from nhsdesk.desktop.neighbourhoods.borders_page import BordersPage
from nhsdesk.domain.areas import NeighbourhoodShare
from tests.desktop.desk_side import Person


def page(person: Person, part: str) -> BordersPage:
    person.goes_to("Neighbourhoods", "Shares and borders")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, BordersPage)
    return front


def test_a_pcn_that_straddles_sees_its_patients_by_neighbourhood(person: Person) -> None:
    front = page(person, "Who lives where").shares
    assert person.sees("3,758 patients live outside Millbrook")
    assert person.sees("3 lists straddle a border.")
    assert front.list.words(8) == (
        "Weir Bank Practice", "9,120", "Canal Side", "29%", "2,645", "✕ outside", "1 January 2026",
    )  # fmt: skip


def test_shares_are_pasted_looked_at_and_taken_in_or_refused_as_a_whole(person: Person) -> None:
    front = page(person, "Take in shares").taking
    front.box.paste.setFocus()
    head = "Practice\tNeighbourhood\tShare\n"
    person.pastes(head + "Weir Bank Practice\tMillbrook\t60\nWeir Bank Practice\tCanal Side\t39\n")
    assert person.sees("its shares make 99%, 1% lacking. Put the shares right.")
    assert not front.take.isEnabled()
    front.box.paste.setFocus()
    person.pastes(head + "Weir Bank Practice\tMillbrook\t60\nWeir Bank Practice\tCanal Side\t40\n")
    person.writes("Counted on", "1/11/2026")
    person.clicks("Take in these shares")
    assert person.told == "2 shares were taken in."
    assert page(person, "Who lives where").shares.list.words(8)[3:5] == ("40%", "3,648")
    person.database.undo()
    with person.database.read() as reader:
        assert reader.count(NeighbourhoodShare) == 9


def test_options_stand_side_by_side_with_the_days_left_and_what_was_decided_early(person: Person) -> None:
    front = page(person, "Appraisals").appraisals
    assert person.sees("The consultation closes on 11 December 2026, 21 days left")
    assert person.sees(
        "FA-001: it was decided on 18 March 2026, before the consultation closes on 11 December 2026."
    )
    assert [front.options.words(n)[0].partition(":")[0] for n in range(3)] == [
        "Realign the PCN",
        "Arrangement across teams",
        "No change, with evidence",
    ]
    person.clicks("Open this appraisal")
    assert person.shown == "FA-001"


def test_a_file_with_nothing_says_what_belongs_here(newcomer: Person) -> None:
    page(newcomer, "Who lives where")
    assert newcomer.sees("No share is written down.")
    newcomer.turns_to("Appraisals")
    assert newcomer.sees("No appraisal is written down.")


def test_a_name_is_read_whole_in_large_type_on_a_small_screen(person: Person) -> None:
    for _ in range(2):
        person.presses("Ctrl++")
    table = page(person, "Who lives where").shares.list
    assert table.words(1)[0] == "Chandler Road Surgery"
    words = table.fontMetrics()
    assert words.horizontalAdvance(table.words(1)[0]) > table.columnWidth(0) - 2 * 14
    assert table.rowHeight(1) >= 2 * words.lineSpacing()
