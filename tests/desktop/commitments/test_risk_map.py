"""A manager looks at the risks on their square by the keys, scores one anew, and begins an empty register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.risks_page import RisksPage
from nhsdesk.desktop.theme import Look
from nhsdesk.domain.risks import Risk, RiskScore
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here

RISKS: tuple[dict[str, Any], ...] = (
    {
        "event": "Go-live slips",
        "likelihood": 4,
        "consequence": 3,
        "target": 6,
        "review_on": date(2026, 11, 2),
    },
    {"event": "Spend challenged", "likelihood": 3, "consequence": 4, "target": 12},
    {"event": "No vote", "likelihood": 4, "consequence": 3, "restricted": True},
    {"event": "Nobody scored it"},
    {"event": "Over long ago", "likelihood": 5, "consequence": 5, "closed_on": date(2026, 1, 1)},
)


def five_risks(database: Database) -> None:
    with database.change("Add risks") as change:
        for fields in RISKS:
            change.add(Risk(**fields))


@pytest.fixture
def manager(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Person:
    """Somebody with five risks, at the map."""
    person = opens(made_once.network(tmp_path / "Ours.nhsdesk", clock, five_risks))
    person.goes_to("Commitments", "Risk map")
    return person


def page(person: Person) -> RisksPage:
    place = person.window.page
    assert place is not None
    assert isinstance(place.page, RisksPage)
    return place.page


def rows(person: Person) -> list[tuple[str, ...]]:
    table = page(person).table
    return [table.words(row) for row in range(table.rowCount())]


def held(person: Person, ref: str) -> Risk:
    with person.database.read() as reader:
        found = reader.by_ref(ref)
    assert isinstance(found, Risk)
    return found


def settles(person: Person, qtbot: Any, fact: Callable[[], bool]) -> None:
    qtbot.waitUntil(fact)
    person.waits()


def test_each_cell_says_its_band_in_words_how_many_risks_and_which(manager: Person) -> None:
    square = page(manager).map
    assert square.words(4, 3) == "High 12\n2: RK-001, RK-003"
    assert square.words(3, 4) == "High 12\n1: RK-002"
    assert square.words(1, 1) == "Low 1"
    assert square.words(2, 3) == "Moderate 6"
    assert square.words(5, 5) == "Extreme 25"


def test_the_list_tells_trend_target_and_reviews_that_are_overdue(manager: Person) -> None:
    assert rows(manager) == [
        ("RK-001", "Go-live slips", "12 high", "first score", "6 (above)", "2 November 2026 (overdue)"),
        ("RK-002", "Spend challenged", "12 high", "first score", "12", "not set"),
        ("RK-003 (restricted)", "No vote", "12 high", "first score", "not set", "not set"),
        ("RK-004", "Nobody scored it", "Not yet scored", "not yet scored", "not set", "not set"),
    ]
    assert manager.sees(
        "4 risks are open: 3 high, 1 not yet scored. 1 is above target; 1 is overdue for review."
    )
    assert manager.sees("1 risk has no score and no place on the map.")


def test_arrows_move_over_the_square_and_enter_lists_then_opens(manager: Person) -> None:
    page(manager).take_focus()
    page(manager).map.go_to(5, 3)
    manager.presses("Down", "Return")
    assert [row[0] for row in rows(manager)] == ["RK-001", "RK-003 (restricted)"]
    assert manager.sees("Likelihood 4, consequence 3: 2 risks")
    manager.presses("Down", "Return")
    assert manager.shown == "RK-003"


def test_all_risks_come_back_after_those_of_one_cell(manager: Person) -> None:
    page(manager).take_focus()
    page(manager).map.go_to(1, 1)
    manager.presses("Return")
    assert rows(manager) == []
    assert manager.sees("Likelihood 1, consequence 1: 0 risks")
    manager.clicks("Show all")
    assert len(rows(manager)) == 4


def test_a_new_score_keeps_the_old_one_and_is_one_step(manager: Person, qtbot: Any) -> None:
    manager.writes("Likelihood", "5 almost certain")
    manager.writes("Why so", "No partner has signed")
    manager.writes("Next review on", "4 January 2027")
    manager.clicks("Note the new score")
    settles(manager, qtbot, lambda: any(row[2] == "15 extreme" for row in rows(manager)))
    now = held(manager, "RK-001")
    assert (now.likelihood, now.consequence, now.scored_on) == (5, 3, date(2026, 11, 20))
    assert (now.scored_because, now.review_on) == ("No partner has signed", date(2027, 1, 4))
    with manager.database.read() as reader:
        (before,) = reader.all(RiskScore)
    assert (before.risk, before.likelihood, before.consequence) == (now.id, 4, 3)
    assert rows(manager)[0][:4] == ("RK-001", "Go-live slips", "15 extreme", "up from 12")
    assert page(manager).map.words(5, 3) == "Extreme 15\n1: RK-001"
    assert manager.undoes == "Undo: Note a new score of RK-001"
    manager.presses("Ctrl+Z")
    settles(manager, qtbot, lambda: rows(manager)[0][2] == "12 high")
    with manager.database.read() as reader:
        assert reader.count(RiskScore) == 0


def test_a_score_that_is_not_whole_is_told_beside_it_and_not_kept(manager: Person) -> None:
    page(manager).table.go_to(held(manager, "RK-004").id)
    manager.waits()
    manager.clicks("Note the new score")
    assert manager.sees("Choose a likelihood and a consequence from 1 to 5.")
    manager.writes("Likelihood", "2 unlikely")
    manager.writes("Consequence", "3 moderate")
    manager.writes("Next review on", "when it rains")
    manager.clicks("Note the new score")
    assert manager.sees("could not be read")
    assert held(manager, "RK-004").likelihood is None


def test_words_typed_for_a_risk_stay_while_others_change_it(manager: Person, qtbot: Any) -> None:
    manager.writes("Why so", "Half a thought")
    with manager.database.change("Rename a risk") as change:
        change.put(replace(change.reader.all(Risk)[0], event="Renamed"))
    settles(manager, qtbot, lambda: rows(manager)[0][1] == "Renamed")
    assert manager.reads("Why so") == "Half a thought"


def test_an_empty_register_is_offered_the_fear_that_work_goes_elsewhere(newcomer: Person, qtbot: Any) -> None:
    newcomer.goes_to("Commitments", "Risk map")
    assert newcomer.sees("The register is empty.")
    assert newcomer.sees("A contract for work that practices do now is awarded elsewhere")
    newcomer.clicks("Add this risk")
    settles(newcomer, qtbot, lambda: len(rows(newcomer)) == 1)
    assert rows(newcomer)[0][2] == "Not yet scored"
    assert not newcomer.sees("The register is empty.")
    assert held(newcomer, "RK-001").cause == "ICBs may award neighbourhood contracts to any provider"


@pytest.mark.parametrize("look", list(Look))
def test_the_bands_keep_their_words_in_every_look(manager: Person, look: Look) -> None:
    manager.action(look.value[:1].upper() + look.value[1:]).trigger()
    manager.waits()
    assert theme.tokens()
    assert page(manager).map.words(4, 3).startswith("High 12")


def test_words_that_look_like_markup_stand_as_they_are(manager: Person, qtbot: Any) -> None:
    with manager.database.change("Add a hostile risk") as change:
        change.add(Risk(event="<b>not closed", likelihood=5, consequence=5))
    settles(manager, qtbot, lambda: len(rows(manager)) == 5)
    assert rows(manager)[0][1] == "<b>not closed"
    page(manager).table.go_to(held(manager, "RK-006").id)
    manager.waits()
    assert manager.sees("RK-006: <b>not closed")


def test_a_register_sorts_by_band_and_narrows_to_it(manager: Person) -> None:
    manager.goes_to("Commitments")
    manager.turns_to_list("Risks")
    manager.sorts_by("Score", descending=True)
    assert manager.listed("Score")[0] == "25"
    manager.sorts_by("Band")
    assert manager.listed("Band")[-1] == "Not yet scored"
    manager.narrows("Band", "High")
    assert manager.listed() == ["RK-001", "RK-002", "RK-003"]


def test_everyone_can_use_the_map_and_nothing_is_cut_off_in_large_type(manager: Person, qtbot: Any) -> None:
    faults = faults_here(manager, qtbot, "Risk map")
    for _ in range(4):
        manager.presses("Ctrl++")
        faults += faults_here(manager, qtbot, "Risk map in larger type", walk=False)
        least = manager.window.minimumSizeHint().expandedTo(manager.window.minimumSize())
        faults += [f"{least.width()} pixels are asked for"] if least.width() > SCREEN[0] else []
    assert not faults
