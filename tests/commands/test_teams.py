"""A team goes live by one rule, whichever way it is written: button, form, cell, list, paste, undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk import errors
from nhsdesk.commands import entries, teams
from nhsdesk.domain.areas import Area, Tier
from nhsdesk.domain.plans import Gate, Plan
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamStatus
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

KIND = NeighbourhoodTeam.KIND
WHY = "INT-001 did not go live. The gate “Lead named” is not met. Put this right, then try again."


@pytest.fixture
def team(database: Database) -> NeighbourhoodTeam:
    with database.change("Add") as change:
        area = change.add(Area(name="Millbrook", tier=Tier.NEIGHBOURHOOD))
        plan = change.add(Plan(title="Start"))
        change.add(Gate(plan=plan.id, what="Lead named"))
        made = NeighbourhoodTeam(
            name="Millbrook INT", purpose="One plan", plan=plan.id, neighbourhood=area.id, population=52_300
        )
        return change.add(made)


def now(database: Database) -> NeighbourhoodTeam:
    with database.read() as reader:
        return reader.all(NeighbourhoodTeam)[0]


def meet(database: Database, on: date) -> None:
    with database.change("Meet") as change:
        (gate,) = change.reader.all(Gate)
        change.put(replace(gate, met_on=on))


def test_a_form_a_list_and_a_button_are_refused_alike_while_a_gate_is_not_met(
    database: Database, team: NeighbourhoodTeam
) -> None:
    typed = entries.enter(database, KIND, team.id, "status", "live")
    listed = entries.enter_for_all(database, KIND, [team.id], "status", "live")
    assert [one.sentence for one in (typed, listed) if isinstance(one, Problem)] == [WHY, WHY]
    with pytest.raises(errors.Incomplete) as refused:
        teams.go_live(database, team.id)
    assert str(refused.value) == f"{WHY} Nothing was changed."
    with database.read() as reader:
        assert drafts.of_record(reader, KIND.name, str(team.id))["status"].words == "live"
    assert now(database) == team


def test_a_new_team_is_not_begun_as_live_without_a_purpose(database: Database) -> None:
    drafts.keep_all(database, KIND.name, "new 1", {"name": "Canal INT", "status": "live"})
    lacking = entries.add_begun(database, KIND, "new 1")
    assert isinstance(lacking, entries.Lacking)
    assert [(one.field, one.sentence) for one in lacking.problems] == [
        (
            "status",
            "Canal INT did not go live. It has no purpose yet. Write one. Put this right, then try again.",
        )
    ]


def test_a_gate_to_be_met_tomorrow_is_not_met(database: Database, team: NeighbourhoodTeam) -> None:
    meet(database, date(2026, 11, 21))
    with pytest.raises(errors.Incomplete):
        teams.go_live(database, team.id)
    meet(database, AS_OF)
    assert teams.go_live(database, team.id).live_since == AS_OF


def test_a_team_without_a_purpose_does_not_go_live_and_does_not_lose_it_while_live(
    database: Database, team: NeighbourhoodTeam
) -> None:
    meet(database, AS_OF)
    entries.enter(database, KIND, team.id, "purpose", "")
    with pytest.raises(errors.Incomplete, match=r"It has no purpose yet\. Write one\."):
        teams.go_live(database, team.id)
    entries.enter(database, KIND, team.id, "purpose", "One plan")
    teams.go_live(database, team.id)
    assert isinstance(entries.enter(database, KIND, team.id, "purpose", ""), Problem)
    assert now(database).status is TeamStatus.LIVE


def test_a_gate_and_the_status_may_be_written_in_one_step(
    database: Database, team: NeighbourhoodTeam
) -> None:
    with database.change("Both") as change:
        (gate,) = change.reader.all(Gate)
        change.put(replace(team, status=TeamStatus.LIVE))
        change.put(replace(gate, met_on=AS_OF))
    assert now(database).status is TeamStatus.LIVE


def test_undo_brings_back_a_team_that_was_live(database: Database, team: NeighbourhoodTeam) -> None:
    meet(database, AS_OF)
    teams.go_live(database, team.id)
    with database.change("Pause, and the gate is open again") as change:
        (gate,) = change.reader.all(Gate)
        change.put(replace(change.reader.get(NeighbourhoodTeam, team.id), status=TeamStatus.PAUSED))
        change.put(replace(gate, met_on=None))
    database.undo()
    assert now(database).status is TeamStatus.LIVE


def test_a_live_team_goes_on_being_written_while_a_gate_is_open_again(
    database: Database, team: NeighbourhoodTeam
) -> None:
    meet(database, AS_OF)
    teams.go_live(database, team.id)
    with database.change("Open again") as change:
        change.put(replace(change.reader.all(Gate)[0], met_on=None))
    entries.enter(database, KIND, team.id, "remarks", "Told the board")
    (seen,) = teams.views(database)
    assert [one.sentence for one in seen.problems] == [
        "INT-001 is live, but: The gate “Lead named” is not met."
    ]


def test_a_neighbourhood_settles_its_own_sizes_as_one_step(
    database: Database, team: NeighbourhoodTeam
) -> None:
    assert teams.views(database)[0].size[0] == (
        "52,300 residents, within 50,000 to 100,000 (North West London, 2024)"
    )
    before = database.head.number
    own = {
        "teams.least_residents": "30,000",
        "teams.most_residents": "50,000",
        "teams.size_source": "Fuller, 2022",
    }
    assert teams.settle(database, "N-001", own, AS_OF, "Place board") == ()
    assert database.head.number == before + 1
    assert teams.views(database)[0].size[0] == "52,300 residents, more than 50,000 (Fuller, 2022)"
    assert teams.sizes(database, "N-002")["teams.most_residents"] == "100000"
    wrong = teams.settle(database, "N-001", {"teams.staff": "many"}, AS_OF, " ")
    assert [one.sentence for one in wrong] == [
        "About how many staff is a neighbourhood team to have? 0 where nothing is said. A whole number from 0 to "
        "9,999.",
        "Say who agreed it.",
    ]
