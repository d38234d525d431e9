"""The register as a person works in it."""

from __future__ import annotations

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
