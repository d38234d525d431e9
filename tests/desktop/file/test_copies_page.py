"""A copy is handed out, looked at before it is exchanged, and what both changed is chosen field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.care_panel import CarePanel
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.money import Money
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.desktop.desk_side import Person
from tests.desktop.screen import dress, press, read
from tests.store.files import bytes_of


def put(database: Database, **fields: Any) -> None:
    with database.change("Change the hub") as change:
        (held,) = change.reader.all(Commitment)
        change.put(replace(held, **fields))


def funding(database: Database) -> Money | None:
    with database.read() as reader:
        (held,) = reader.all(Commitment)
        return held.funding


def test_two_copies_meet_in_the_window(
    newcomer: Person, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = newcomer.database, tmp_path / "Jo.nhsdesk"
    with mine.change("Begin") as change:
        change.add(Commitment(title="Hub", funding=Money(50_00)))
    newcomer.goes_to("PCN file", "Copies")
    newcomer.turns_to("Hand out")
    monkeypatch.setattr(asking, "choose_file", lambda *_: other)
    newcomer.clicks("Hand out a copy…")
    assert newcomer.sees("Copy B was made")
    with files.open_for_work(other, "Jo Bell", clock) as theirs:
        put(theirs, funding=Money(70_00), owed_to="The board")
    put(mine, funding=Money(60_00))
    (tmp_path / "stick").mkdir()
    other = other.rename(tmp_path / "stick" / other.name)
    before = bytes_of(other)

    newcomer.turns_to("Exchange")
    assert not newcomer.button("Exchange").isEnabled()
    monkeypatch.setattr(asking, "choose_existing", lambda *_: other)
    newcomer.clicks("Look at another copy…")
    assert newcomer.sees("Nothing is written yet. 1 thing was changed on both sides.")
    assert newcomer.sees("To copy A (here): Commitments: 1 changed.")
    page: Any = newcomer.window.page.page if newcomer.window.page is not None else None
    to, what, _, _, who = page.exchange.list.words(0)
    assert (to, what) == ("A (here)", "Changed")
    assert who.startswith("Jo Bell, copy B, 20 November 2026")
    assert bytes_of(other) == before

    newcomer.clicks("Exchange")
    assert newcomer.sees("Jo.nhsdesk")  # it asks how the copy came here
    assert bytes_of(other) == before
    newcomer.clicks("It was moved here")
    assert newcomer.sees("1 choice waits for you.")
    _, field, base, ours, theirs_, now = page.choose.list.words(0)
    assert (field, base, now) == ("Funding", "£50.00", "£50.00")
    assert ours.startswith("£60.00 (Ann Archer, copy A")
    assert theirs_.startswith("£70.00 (Jo Bell, copy B")
    page.choose.box.setFocus(Qt.FocusReason.TabFocusReason)
    newcomer.presses("End", "Home", "Down")
    newcomer.clicks("Choose")
    assert funding(mine) == Money(70_00)
    assert newcomer.sees("Nothing waits to be chosen")
    newcomer.presses("Ctrl+Z")
    newcomer.turns_to("Hand out")
    newcomer.turns_to("Changed on both sides")
    assert newcomer.sees("1 choice waits for you.")
    assert funding(mine) == Money(50_00)
    newcomer.clicks("Choose mine for all")
    assert funding(mine) == Money(60_00)

    with mine.read() as reader:
        (held,) = reader.all(Commitment)
    newcomer.window.show_record("commitment", held.id)
    newcomer.turns_to("History")
    assert newcomer.sees("Jo Bell, copy B")
    assert newcomer.sees("Ann Archer, copy A")


@pytest.fixture
def care(qtbot: QtBot, database: Database) -> Iterator[CarePanel]:
    dress()
    desk = Desk(database, Background(inline=True), KeptLayout())
    panel = CarePanel(desk)
    qtbot.addWidget(panel)
    panel.refresh()
    panel.show()
    yield panel
    desk.close()


def test_the_newest_backup_is_tried_and_said_in_plain_words(
    care: CarePanel, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path / "backups")
    press(care, "Back up now…")
    put_new(database)
    position = database.head.position
    press(care, "Try the newest backup")
    told = read(care)
    assert "brought back into a folder of its own, opened and proved: all is whole." in told
    assert "1 step written since would not come back. Back up now." in told
    assert "In the backup against the open file: Commitments 0 of 1." in told
    assert database.head.position == position


def put_new(database: Database) -> None:
    """A commitment that no backup holds."""
    with database.change("Add") as change:
        change.add(Commitment(title="Since"))
