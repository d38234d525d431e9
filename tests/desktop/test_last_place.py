"""Where somebody was is where they are when the program is started again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from nhsdesk.desktop import last_place
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.domain.periods import FinancialYear
from tests.desktop.desk_side import Person

JANUARY, LATER = date(2027, 1, 5), date(2028, 6, 1)
Opens = Callable[[Path], Person]


def test_page_and_entry_are_as_they_were_left(person: Person, opens: Opens, sample: Path) -> None:
    person.goes_to("ARRS", "ARRS posts")
    person.goes_to_cell("P-003", "Ref")
    person.goes_to("Support and funds")
    person.turns_to_list("Fund entries")
    person.window.close()
    again = opens(sample)
    again.waits()
    assert again.window.page is not None
    assert again.window.page.title == "Support and funds"
    assert again.reads("Which list") == "Fund entries"
    again.goes_to("ARRS")
    assert again.window.page.tab_words == "ARRS posts"
    again._until(lambda: again.shown == "P-003")


def test_a_paper_opens_whatever_page_of_its_place_was_in_front(person: Person) -> None:
    person.goes_to("Returns and papers", "Filings")
    person.window.show_paper("week-sheet-own")
    person.waits()
    assert person.status.startswith("Week sheet for our own board")


def test_what_is_no_longer_offered_or_is_no_entry_leads_to_the_first() -> None:
    layout = KeptLayout({"last.ARRS": "Gone", "last.post": "x" * 9, "start.file": "/nowhere/at all.nhsdesk"})
    assert last_place.number_of(layout, "ARRS", ("Claim month", "Position")) == 0
    assert last_place.entry_of(layout, "post") is None
    assert last_place.file_at_start(layout) is None


def test_the_file_to_open_at_each_start_is_chosen_in_the_menu(
    person: Person, preferences: Preferences
) -> None:
    words = "Open this file whenever nhsdesk starts"
    command = next(one for one in person.window.menus.commands() if one.words == words)
    command.run()
    assert person.told == "From now on nhsdesk opens this file when it starts on this computer."
    assert last_place.file_at_start(KeptLayout(preferences.held.layout)) == person.database.path
    command.run()
    assert last_place.file_at_start(KeptLayout(preferences.held.layout)) is None


def test_pages_of_a_year_begin_with_the_year_chosen_until_it_is_over() -> None:
    layout = KeptLayout()
    last_place.keep_year(layout, 7, FinancialYear(2027))
    years = [last_place.year_of(layout, copy, day) for copy, day in ((7, JANUARY), (8, JANUARY), (7, LATER))]
    assert years == [FinancialYear(2027), FinancialYear(2026), FinancialYear(2028)]
    layout.keep_word("year.7", "soon")
    assert last_place.year_of(layout, 7, JANUARY) == FinancialYear(2026)
