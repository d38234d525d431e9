"""Each part of the pages of neighbourhoods by keyboard and screen reader, and in large type on a small screen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here, told

PARTS = (
    ("Areas", "Tree"),
    ("Areas", "Take in an ICB"),
    ("Shares and borders", "Take in shares"),
    ("Shares and borders", "Appraisals"),
    ("Teams and hubs", "Teams"),
    ("Teams and hubs", "Service coverage"),
)


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize(("tab", "part"), PARTS)
def test_every_control_is_named_reached_and_nothing_is_cut_off(
    person: Person, qtbot: QtBot, tab: str, part: str, zoom: int
) -> None:
    for _ in range((zoom - 100) // 25):
        person.presses("Ctrl++")
    person.window.resize(*SCREEN)
    person.goes_to("Neighbourhoods", tab)
    person.turns_to(part)
    faults = faults_here(person, qtbot, f"{tab} {part}", walk=zoom == 100)
    assert not faults, told(faults)
