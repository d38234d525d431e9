"""No plan goes live without a purpose or with a gate open, and one set live in its form is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk import errors
from nhsdesk.commands import plans as commands
from nhsdesk.domain.plans import Gate, Plan, PlanStatus
from nhsdesk.store.database import Database


def plan(database: Database, gates: tuple[str, ...] = (), **fields: object) -> Plan:
    with database.change("Add a plan") as change:
        made = change.add(Plan(title="Hub", **fields))  # type: ignore[arg-type]
        for what in gates:
            change.add(Gate(plan=made.id, what=what))
    return made


def status(database: Database, of: Plan) -> PlanStatus:
    with database.read() as reader:
        return reader.get(Plan, of.id).status


def test_going_live_is_refused_with_each_reason_in_words(database: Database) -> None:
    held = plan(database, ("Data sharing agreement signed", "Room let"))
    with pytest.raises(errors.Incomplete) as refused:
        commands.go_live(database, held.id)
    assert str(refused.value) == (
        "PL-001 did not go live and was left as it is. It has no purpose yet. Write one. The gate “Data sharing "
        "agreement signed” is not met. The gate “Room let” is not met. Put this right, then try again."
    )
    assert status(database, held) is PlanStatus.DRAFT


def test_a_plan_with_purpose_and_all_gates_met_goes_live_in_one_step(database: Database) -> None:
    held = plan(database, ("Room let",), purpose="One plan for each person")
    with database.change("Meet the gate") as change:
        change.put(replace(change.reader.all(Gate)[0], met_on=date(2026, 11, 1)))
    assert commands.why_not_live(database, held.id) == ()
    assert commands.go_live(database, held.id).status is PlanStatus.LIVE
    database.undo()
    assert status(database, held) is PlanStatus.DRAFT


def test_a_plan_set_live_in_its_form_is_told_with_its_open_gates(database: Database) -> None:
    plan(database, ("Not asked of a draft",))
    live = plan(database, ("Room let",), purpose="x", status=PlanStatus.LIVE)
    told = commands.problems(database)
    assert [one.sentence for one in told] == [f"{live.ref}: the gate “Room let” is not met."]
