"""The tree by keyboard, as at a day, and an ICB taken in from the file that was read in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QTreeWidgetItem

from nhsdesk.desktop.neighbourhoods.areas_page import AreasPage
from nhsdesk.domain.areas import Area, Tier
from nhsdesk.domain.organisations import Practice
from tests.desktop.desk_side import Person


def page(person: Person, part: str = "Tree") -> AreasPage:
    person.goes_to("Neighbourhoods", "Areas")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, AreasPage)
    return front


def lines(front: AreasPage) -> list[str]:
    tree, found = front.tree.tree, list[str]()
    at: QTreeWidgetItem | None = tree.topLevelItem(0)
    while at is not None:
        found.append(at.text(0))
        at = tree.itemBelow(at)
    return found


def test_each_line_says_its_tier_and_whose_definition_it_is(person: Person) -> None:
    front = page(person)
    assert lines(front)[:7] == [
        "London (region)",
        "NHS South Riverside London ICB (fictional) (system)",
        "Wexmere (place)",
        "Canal Side (neighbourhood)",
        "Millbrook (neighbourhood)",
        "Millbrook INT (neighbourhood team)",
        "Millbrook Green PCN (sample) (PCN)",
    ]
    front.tree.tree.setFocus()
    person.presses("Down", "Down", "Down")
    current = front.tree.tree.currentItem()
    assert current is not None
    assert (
        current.text(1)
        == "Both banks of the canal; defined by Wexmere Together Partnership Board on 18 March 2026"
    )


def test_arrows_close_and_open_a_line_and_enter_shows_its_entry(person: Person) -> None:
    front = page(person)
    front.tree.tree.setFocus()
    person.presses("Left")
    assert len(lines(front)) == 1
    person.presses("Right", "Down", "Down", "Return")
    assert person.shown == "N-003"


def test_another_day_shows_the_areas_of_that_day(person: Person) -> None:
    front = page(person)
    with person.database.change("Merge") as change:
        (place,) = change.reader.all(Area, tier=Tier.PLACE)
        new = change.add(
            Area(name="Greater Wexmere", tier=Tier.PLACE, within=place.within, valid_from=date(2027, 4, 1))
        )
        change.put(replace(place, valid_to=date(2027, 3, 31), successor=new.id))
    person.waits()
    person.writes("As at", "1/4/2027")
    assert "Greater Wexmere (place)" in lines(front)
    assert "Wexmere (place)" not in lines(front)
    assert "Millbrook (neighbourhood)" in lines(front)
    person.writes("As at", "no day")
    assert person.sees("“no day” could not be read as a day.")
    person.clicks("As at today")
    assert "Wexmere (place)" in lines(front)


def test_an_icb_is_looked_at_and_taken_in_and_undone(person: Person) -> None:
    front = page(person, "Take in an ICB")
    offered = front.icb.icb.itemText(1)
    person.writes("ICB", offered, leave=False)
    assert person.reads("What would come in").startswith(
        "NHS South Riverside London Integrated Care Board (fictional), as of 1 July 2026: "
    )
    with person.database.read() as reader:
        before = reader.count(Practice)
    if front.icb.take.isEnabled():
        person.clicks("Take it in")
    assert "all of it is here already. Nothing would change." in person.reads("What would come in")
    assert not front.icb.take.isEnabled()
    with person.database.read() as reader:
        assert reader.count(Practice) == before


def test_a_file_with_nothing_says_what_belongs_here(newcomer: Person) -> None:
    front = page(newcomer)
    assert lines(front) == ["Eastfield PCN (PCN)"]
    page(newcomer, "Take in an ICB")
    assert newcomer.sees("No file of practices and PCNs has been read in.")
