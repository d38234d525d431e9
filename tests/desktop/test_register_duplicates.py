"""Copies of entries as a person makes them: one or several, opened to be changed, one step to take back."""

from __future__ import annotations

import pytest

from nhsdesk.desktop import register_duplicates
from nhsdesk.desktop.places import PLACES
from nhsdesk.domain import duplicates
from nhsdesk.domain.duplicates import COPIED, NEVER
from tests.desktop.desk_side import Person


def test_a_copy_is_opened_to_be_changed_and_one_undo_takes_it_back(person: Person) -> None:
    person.goes_to("Commitments")
    before = person.listed()
    person.goes_to_cell("C-001", "What")
    words = person.cell("C-001", "What")
    person.presses("Ctrl+Shift+D")
    assert person.shown == "C-026"
    assert person.cell("C-026", "What") == words
    assert person.cell("C-026", "Status") == ""
    assert person.focus is person.control("What")
    assert person.told.startswith("Duplicated 1 commitment: C-026.")
    person.writes("What", "Huddle each month")
    assert person.cell("C-026", "What") == "Huddle each month"
    assert person.cell("C-001", "What") == words
    person.presses("Ctrl+Z", "Ctrl+Z")
    assert person.listed() == before


def test_several_chosen_are_copied_as_one_step_and_chosen_then(person: Person) -> None:
    person.goes_to("Commitments")
    person.selects(["C-002", "C-004"], "What")
    person.clicks("Duplicate")
    assert person.listed()[-3:] == ["C-026", "C-027", "C-028"]
    assert person.listed("What")[-3:] == person.listed("What")[1:4]
    assert person.status.startswith("28 commitments, 3 chosen")
    assert person.undoes == "Undo: Duplicate 3 commitments"
    person.presses("Ctrl+Z")
    assert len(person.listed()) == 25


def test_many_are_copied_beside_the_window_as_one_step(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_duplicates, "AT_ONCE", 2)
    person.goes_to("Commitments")
    person.selects(["C-002", "C-004"], "What")
    begun: list[str] = []
    person.window.background.began.connect(lambda job: begun.append(job.label))
    person.presses("Ctrl+Shift+D")
    assert "Duplicating 3 commitments" in begun
    assert person.listed()[-3:] == ["C-026", "C-027", "C-028"]
    assert person.told.startswith("Duplicated 3 commitments: C-026 to C-028.")
    assert person.shown == "C-026"
    assert person.status.startswith("28 commitments, 3 chosen")
    assert person.undoes == "Undo: Duplicate 3 commitments"
    person.presses("Ctrl+Z")
    assert len(person.listed()) == 25


def test_copying_many_is_cancelled_with_nothing_written(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_duplicates, "AT_ONCE", 2)
    person.goes_to("Commitments")
    person.selects(["C-002", "C-004"], "What")
    before = person.database.head.position
    person.window.background.began.connect(lambda job: job.cancel())
    person.presses("Ctrl+Shift+D")
    assert person.database.head.position == before
    assert len(person.listed()) == 25


def test_a_copy_the_filter_hides_is_shown_all_the_same(person: Person) -> None:
    person.goes_to("Commitments")
    person.narrows("Status", "On track")
    first = person.listed()[0]
    person.goes_to_cell(first, "What")
    person.clicks("Duplicate")
    assert "C-026" in person.listed()


def test_a_kind_that_is_not_copied_says_why(person: Person) -> None:
    person.goes_to("ARRS")
    person.turns_to_list("Rates")
    person.goes_to_cell(person.listed()[0], "Ref")
    person.clicks("Duplicate")
    assert person.message.startswith("Rates are not duplicated: a figure has its own source")
    assert person.message.endswith("Nothing was duplicated.")


def test_every_register_says_whether_its_entries_are_copied() -> None:
    for place in PLACES:
        for cls in place.kinds:
            assert (cls in COPIED) != (cls in NEVER), cls.__name__
            assert (duplicates.why_not(cls.KIND) == "") == (cls in COPIED)


def test_many_entries_are_chosen_at_once_and_told_of_once(person: Person) -> None:
    person.goes_to("Commitments")
    told: list[int] = []
    person.table.chosen_changed.connect(lambda: told.append(1))
    ids = person.register.model.ids
    person.table.select_entries(ids)
    person.waits()
    assert person.status.startswith("25 commitments, 25 chosen")
    assert len(told) == 1
