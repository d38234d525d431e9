"""Plans: what keeps one from going live, and going live."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk import errors
from nhsdesk.domain import plans
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.plans import Gate, Plan, PlanStatus
from nhsdesk.domain.problems import Problem
from nhsdesk.store.database import Database


def why_not_live(database: Database, plan: Id) -> tuple[Problem, ...]:
    """What keeps a plan from going live today; nothing where it may."""
    with database.read() as reader:
        held = reader.get(Plan, plan)
        return plans.why_not_live(held, reader.all(Gate, plan=held.id), database.today())


def problems(database: Database) -> tuple[Problem, ...]:
    """What is wrong with plans that somebody has set live in their form: no purpose, or a gate that is not met."""
    with database.read() as reader:
        gates: dict[Id, list[Gate]] = {}
        for gate in reader.all(Gate):
            gates.setdefault(gate.plan, []).append(gate)
        today = database.today()
        live = reader.all(Plan, status=PlanStatus.LIVE)
        return tuple(found for one in live for found in plans.problems(one, gates.get(one.id, ()), today))


def go_live(database: Database, plan: Id) -> Plan:
    """Sets a plan live; refused, with the reasons in words, without a purpose or while a gate is not met."""
    stops = why_not_live(database, plan)
    with database.read() as reader:
        ref = reader.get(Plan, plan).ref
    if stops:
        reasons = " ".join(_alone(one.sentence, ref) for one in stops)
        raise errors.Incomplete(
            f"{ref} did not go live and was left as it is. {reasons} Put this right, then try again."
        )
    with database.change(f"Set {ref} live") as change:
        return change.put(replace(change.reader.get(Plan, plan), status=PlanStatus.LIVE))


def _alone(sentence: str, ref: str) -> str:
    """A sentence without the reference that another already gave."""
    words = sentence.removeprefix(f"{ref}: ")
    return words[:1].upper() + words[1:]
