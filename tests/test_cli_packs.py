"""A pack goes from one file to another without a window."""

from __future__ import annotations

from pathlib import Path

from nhsdesk.commands import files
from nhsdesk.domain.meetings import MeetingSeries
from tests.conftest import Clock, Command, refused
from tests.made_once import network


def test_a_pack_is_told_line_by_line_written_looked_at_and_adopted(
    nhsdesk: Command, tmp_path: Path, clock: Clock
) -> None:
    ours = network(tmp_path / "Ours.nhsdesk", clock)
    theirs = network(tmp_path / "Theirs.nhsdesk", clock)
    with files.open_for_work(ours, "Ann", clock) as database, database.change("Fill") as change:
        change.add(MeetingSeries(title="Board", rhythm="monthly"))
        change.add(MeetingSeries(title="Eastfield PCN board"))
    told = nhsdesk("pcn-pack", "make", ours, "--all")
    assert "MT-001  Meeting series: Series: Board; How often: monthly" in told.out
    assert "Nothing was written" in told.out
    assert "names our PCN (Eastfield PCN)" in told.err
    out = tmp_path / "Templates.nhsdesk-pack"
    assert "1 line." in nhsdesk("pcn-pack", "make", ours, "--all", "--name", "Templates", "--out", out).out
    assert "New: Meeting series" in nhsdesk("pcn-pack", "look", theirs, out).out
    taken = nhsdesk("pcn-pack", "adopt", theirs, out, "--from", "Westfield PCN")
    assert taken.out == "1 line taken over. Until you confirm them they count nowhere.\n"
    assert "nothing to take over" in nhsdesk("pcn-pack", "adopt", theirs, out, "--from", "Westfield PCN").out
    assert "Held already" in nhsdesk("pcn-pack", "look", theirs, out).out
    assert "is no entry that a pack can hold" in refused(nhsdesk("pcn-pack", "make", ours, "C-999"))
