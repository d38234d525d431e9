"""A risk scored anew keeps the score before it, and a register is begun from what others have named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nhsdesk import errors, paths, resources
from nhsdesk.commands import risks as commands
from nhsdesk.domain.risks import Risk, RiskScore
from nhsdesk.store.database import Database


def add(database: Database, risk: Risk) -> Risk:
    with database.change("Add") as change:
        return change.add(risk)


def scores(database: Database) -> list[tuple[date, int, int, str | None]]:
    with database.read() as reader:
        return [(one.scored_on, one.likelihood, one.consequence, one.remark) for one in reader.all(RiskScore)]


def test_every_score_before_is_kept_with_its_day_and_why_it_was_so(database: Database) -> None:
    risk = add(database, Risk(event="Slip", opened=date(2026, 6, 1), likelihood=2, consequence=3))
    commands.note_score(database, risk.id, 3, 3, why="Nobody signed")
    commands.note_score(database, risk.id, 4, 3)
    assert scores(database) == [
        (date(2026, 6, 1), 2, 3, None),
        (date(2026, 11, 20), 3, 3, "Nobody signed"),
    ]
    assert commands.view(database).lines[0].trend == "up from 9"


def test_a_first_score_keeps_nothing_before_it(database: Database) -> None:
    risk = add(database, Risk(event="Slip", review_on=date(2027, 1, 1)))
    noted = commands.note_score(database, risk.id, 5, 1)
    assert scores(database) == []
    assert (noted.likelihood, noted.consequence, noted.review_on) == (5, 1, date(2027, 1, 1))


@pytest.mark.parametrize(("likelihood", "consequence"), [(0, 3), (6, 3), (3, -1), (3, 10**12)])
def test_a_score_outside_the_square_is_refused_and_changes_nothing(
    database: Database, likelihood: int, consequence: int
) -> None:
    risk = add(database, Risk(event="Slip", likelihood=2, consequence=3))
    with pytest.raises(errors.DeskError, match="Nothing was changed"):
        commands.note_score(database, risk.id, likelihood, consequence)
    assert commands.view(database).lines[0].score == 6
    assert scores(database) == []


def test_one_undo_takes_back_the_new_score_and_the_kept_one(database: Database) -> None:
    risk = add(database, Risk(event="zzquietword", likelihood=2, consequence=3))
    commands.note_score(database, risk.id, 5, 5)
    undone = database.offers()
    assert "zzquietword" not in str(undone)
    database.undo()
    assert scores(database) == []
    assert commands.view(database).lines[0].score == 6


def test_contract_awarded_elsewhere_is_offered_to_an_empty_register_only(database: Database) -> None:
    (offered,) = commands.starters(database)
    assert offered.event == "A contract for work that practices do now is awarded elsewhere"
    assert offered.likelihood is offered.consequence is None
    (added,) = commands.add_starters(database)
    assert added.opened == date(2026, 11, 20)
    assert commands.starters(database) == ()
    assert commands.add_starters(database) == ()


def test_a_register_whose_risks_are_all_closed_is_not_empty(database: Database) -> None:
    risk = add(database, Risk(event="Slip"))
    with database.change("Close") as change:
        change.put(replace(risk, closed_on=date(2026, 1, 1)))
    assert commands.view(database).lines == ()
    assert commands.starters(database) == ()


def test_every_starter_risk_says_who_named_it() -> None:
    held = (paths.resources() / "risks" / "starter.csv").read_text(encoding="utf-8").splitlines()
    assert held[0].endswith(",source")
    assert len(resources.starter_risks()) == len(held) - 1
    assert all("Pulse" in line for line in held[1:])
