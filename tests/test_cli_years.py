"""A year's end without a window: its steps told, and the year closed once everything left is acknowledged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhsdesk import app
from tests.conftest import Command, refused


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three weeks after the year has ended."""
    monkeypatch.setattr(app, "clock", lambda: datetime(2027, 4, 20, 9, 30, tzinfo=UTC))


def test_the_steps_are_told_with_their_figures_and_entries(nhsdesk: Command, sample: Path) -> None:
    said = nhsdesk("year-end", sample)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "4 steps are to do to close 2026/27 and open 2027/28."
    assert "List sizes at 1 January: to do" in lines
    assert "    PR-001  Alder House Surgery: No registered and no contractor weighted count" in lines
    assert any("28 posts go on into 2027/28 with nothing to copy" in one for one in lines)


def test_a_year_that_has_not_ended_says_from_when_it_can_be_closed(nhsdesk: Command, sample: Path) -> None:
    said = nhsdesk("year-end", sample, "--year", "2027-28")
    assert "2027/28 ends on 31 March 2028 and can be closed from the day after." in said.out
    assert "could not be read as a financial year" in nhsdesk("year-end", sample, "--year", "27").err


def test_a_year_is_closed_when_what_is_left_is_acknowledged(nhsdesk: Command, sample: Path) -> None:
    alone = nhsdesk("year-end", sample, "--acknowledge")
    assert "--acknowledge goes with --close. Nothing was changed." in alone.err
    assert "must be acknowledged first" in refused(nhsdesk("year-end", sample, "--close"))
    said = nhsdesk("year-end", sample, "--close", "--acknowledge").out.splitlines()
    assert said[0] == "2026/27 is closed, as YC-001. Its outturn was kept as it is known today."
    assert (
        "  Acknowledged: No ARRS sum a head for 2027/28 is on file, so its entitlement is not known." in said
    )
    told = nhsdesk("year-end", sample, "--year", "2026/27").out
    assert told.startswith("2026/27 was closed on 20 April 2027 by ")
    assert "Nothing of it is another sum today." in told
    assert "filings of closed years are set aside." in nhsdesk("filings", sample).out
