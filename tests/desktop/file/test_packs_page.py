"""A pack is given line by line, taken in as not confirmed, and counts once somebody here has confirmed it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from nhsdesk.commands import taken_over
from nhsdesk.desktop import asking
from nhsdesk.desktop.file.packs_page import PacksPage
from nhsdesk.domain.meetings import MeetingSeries, SeriesItem
from nhsdesk.domain.taken_over import AdoptedKind
from tests.desktop.desk_side import Person


def page(person: Person, part: str) -> PacksPage:
    person.goes_to("PCN file", "Packs")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, PacksPage)
    return front


@pytest.fixture
def manager(newcomer: Person) -> Person:
    with newcomer.database.change("Fill") as change:
        series = change.add(MeetingSeries(title="Board", rhythm="monthly"))
        change.add(SeriesItem(series=series.id, number=1, title="Interests"))
        change.add(MeetingSeries(title="Eastfield PCN board"))
    return newcomer


def test_a_pack_goes_out_with_what_is_ticked_and_comes_in_not_confirmed(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give = page(manager, "Give").give
    assert [give.list.words(n)[0] for n in range(3)] == ["MT-001", "MT-002", "MI-001"]
    assert "names our PCN" in give.list.words(1)[3]
    assert not manager.button("Write the pack…").isEnabled()
    give.list.setFocus(Qt.FocusReason.TabFocusReason)
    manager.presses("Space")
    assert manager.sees("1 line is ticked of 3. 1 names you and stays.")
    assert manager.reads("Every word that would leave") == "Series: Board\nHow often: monthly"
    manager.presses("Down", "Space")
    assert len(give.list.ticked) == 1
    manager.writes("What the pack is called", "Templates")
    target = tmp_path / "Templates.nhsdesk-pack"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    manager.clicks("Write the pack…")
    assert manager.told == "2 lines written to Templates.nhsdesk-pack. It says nothing of you."

    with manager.database.change("Clear") as change:
        for series in change.reader.all(MeetingSeries):
            change.remove(series)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: target)
    take = page(manager, "Take one in").take
    manager.clicks("Open a pack…")
    assert [take.list.words(n)[0] for n in range(2)] == ["New", "New"]
    assert not manager.button("Take over what is ticked").isEnabled()
    manager.writes("From whom it came", "Westfield PCN")
    manager.clicks("Take over what is ticked")
    assert manager.told == "2 lines were taken over. Until you confirm them they count nowhere."
    assert manager.undoes == "Undo: Take over 2 lines from Westfield PCN"

    taken = page(manager, "Taken over").taken
    assert manager.sees("1 entry is not confirmed, and so counts nowhere.")
    (one,) = taken_over.listed(manager.database)
    manager.window.show_record("meeting_series", one.record.id)
    manager.waits()
    assert "From another PCN, not confirmed by us" in manager.labels()

    register = manager.register.table.model()
    assert register.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "From another PCN, not confirmed by us"
    )

    page(manager, "Taken over")
    taken.list.setFocus(Qt.FocusReason.TabFocusReason)
    manager.presses("Space")
    manager.clicks("Confirm what is ticked")
    assert manager.sees("Say who checked them")
    manager.writes("Who looked it up", "PCN manager")
    manager.clicks("Confirm what is ticked")
    (one,) = taken_over.listed(manager.database)
    assert one.mark.standing is AdoptedKind.CONFIRMED


def test_a_file_that_is_no_pack_is_refused_where_it_was_asked_for(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bad := tmp_path / "Bad.nhsdesk-pack").write_bytes(b"hello")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: bad)
    page(manager, "Take one in")
    manager.clicks("Open a pack…")
    assert manager.sees(
        "Bad.nhsdesk-pack was not read: it is damaged, or is no pack. Nothing has been changed."
    )
