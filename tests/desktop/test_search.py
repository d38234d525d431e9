"""The search for everything, with the keyboard alone: pages, commands, papers, entries, and words inside files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nhsdesk.commands import attachments, files
from nhsdesk.desktop.search_box import SearchBox
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person

Opens = Callable[[Path], Person]


def box(person: Person) -> SearchBox:
    found = person.window.findChild(SearchBox)
    assert isinstance(found, SearchBox)
    return found


def looks_for(person: Person, words: str) -> list[str]:
    """What is shown for these words, headings and reasons included."""
    search = box(person)
    if search.found:
        person.presses("Escape")
    person.presses("Ctrl+K")
    person.types(words)
    person._until(lambda: bool(search.found) and not search.found[0].startswith("Reading the file"))
    person.waits()
    return search.shown


@pytest.fixture
def filled(opens: Opens, tmp_path: Path, clock: Clock) -> Person:
    path = made_once.network(tmp_path / "Ours.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as database, database.change("Fill") as change:
        change.add(Commitment(title="Share the rota", paraphrase="Agreed at the huddle on Tuesday"))
        change.add(Action(what="Ask for the rota"))
        change.add(Action(what="Ask again for the rota"))
    return opens(path)


def test_a_page_is_gone_to_by_its_words_whichever_place_it_is_in(filled: Person) -> None:
    assert looks_for(filled, "claim mon")[:2] == ["Go to", "Go to ARRS: Claim month"]
    filled.presses("Return")
    assert filled.window.page is not None
    assert filled.window.page.page.title == "Claim month"
    looks_for(filled, "risks")
    filled.presses("Return")
    assert filled.register.kind.plural == "Risks"


def test_a_command_is_done_and_a_paper_is_brought_to_the_front(filled: Person) -> None:
    assert "Larger type\nCtrl++" in looks_for(filled, "larger")
    filled.presses("Return")
    assert filled.window._preferences.held.zoom == 125
    looks_for(filled, "week sheet for our")
    filled.presses("Return")
    assert filled.status.startswith("Week sheet for our own board")


def test_buttons_of_the_page_in_front_are_offered_too(filled: Person) -> None:
    assert "Week sheet\nOn this page" in looks_for(filled, "week sheet")
    filled.presses("Escape")


def test_entries_stand_under_their_kinds_with_why_they_were_found(filled: Person) -> None:
    shown = looks_for(filled, "rota")
    assert [one for one in shown if one in ("Commitments", "Actions")] == ["Actions", "Commitments"]
    shown = looks_for(filled, "huddle")
    assert "Commitment: C-001 Share the rota\nAgreed at the huddle on Tuesday" in shown
    filled.presses("Return")
    assert filled.shown == "C-001"


def test_arrows_pass_over_headings_and_come_round(filled: Person) -> None:
    looks_for(filled, "rota")
    lines = len(box(filled).found)
    filled.presses(*["Down"] * lines, "Up", "Down", "Return")
    assert filled.shown == "A-001"


def test_what_was_opened_last_is_offered_before_anything_is_typed(filled: Person) -> None:
    looks_for(filled, "A-002")
    filled.presses("Return")
    filled.goes_to("Today")
    filled.presses("Ctrl+K")
    assert box(filled).shown == ["Opened last", "Action: A-002 Ask again for the rota"]
    filled.types("rota")
    filled._until(lambda: len(box(filled).found) > 1)
    assert box(filled).found[:2] == ["Action: A-002 Ask again for the rota", "Action: A-001 Ask for the rota"]
    filled.presses("Escape")


def test_what_stands_inside_an_attached_file_is_found(filled: Person, tmp_path: Path) -> None:
    letter = tmp_path / "Letter.txt"
    letter.write_text("Dear all,\nthe dispensary moves to Weir Bank in March.\n", encoding="utf-8")
    with filled.database.read() as reader:
        commitment = reader.all(Commitment)[0]
    attachments.attach(filled.database, commitment.id, attachments.look(letter))
    filled.waits()
    filled.presses("Ctrl+K")
    filled.waits()
    shown = looks_for(filled, "dispensary")
    assert shown[-2:] == [
        "Inside files",
        "Letter.txt, with C-001 Share the rota\nthe dispensary moves to Weir Bank in March.",
    ]
    filled.presses("Up", "Return")
    assert filled.shown == "C-001"


def test_nothing_found_is_said(filled: Person) -> None:
    assert looks_for(filled, "zzxq") == ["Nothing was found for “zzxq”."]
    filled.presses("Escape")
    assert box(filled).found == []
