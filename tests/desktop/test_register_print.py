"""A register as it will be printed, at the window."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrinter

from nhsdesk.desktop import asking
from nhsdesk.desktop.register_print import RegisterPrint
from tests.desktop.desk_side import Person


def pages_of(person: Person) -> str:
    """The words of all pages in sight, on one line."""
    (part,) = (one for one in person.window.findChildren(RegisterPrint) if one.isVisible())
    assert part.pages is not None
    return " ".join(" ".join(part.pages.text(page) for page in range(part.pages.pages)).split())


def test_what_is_shown_is_printed_with_how_it_was_narrowed_and_as_at_when(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def refuse(_: object, pages: int) -> QPrinter | None:
        asked.append(pages)
        return None

    monkeypatch.setattr(asking, "choose_printer", refuse)
    person.goes_to("Commitments")
    person.writes("Filter commitments by words", "footprint", leave=False)
    person.clicks("Print…")
    told = pages_of(person)
    for words in (
        "SAMPLE", "As at 20 November 2026", "1 of 25 commitments, with the words “footprint”.",
        "In the order of Ref, first to last.", "C-003",
    ):  # fmt: skip
        assert words in told, words
    assert "C-004" not in told
    person.presses("Ctrl+F")
    assert person.focus is not None
    assert person.focus.accessibleName() == "Find in the paper"
    person.presses("Ctrl+P")
    assert asked == [1]
    person.clicks("Back to the list")
    assert not [one for one in person.window.findChildren(RegisterPrint) if one.isVisible()]
    assert person.button("Export…").isVisible()


def test_escape_leads_back_from_the_pages_and_from_what_was_removed(person: Person) -> None:
    person.goes_to("Neighbourhoods")
    person.clicks("Print…")
    pages_of(person)
    person.presses("Escape")
    assert not [one for one in person.window.findChildren(RegisterPrint) if one.isVisible()]
    person.register.views.bin_wanted.emit()
    person.waits()
    assert not person.table.isVisible()
    person.presses("Escape")
    assert person.button("Export…").isVisible()
    assert person.table.isVisible()
