"""Action logs as boards publish them: four in a row, an action plan, taken in once and twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.commands import action_logs, blocks
from nhsdesk.domain import blocks as reading
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.log_reading import Does
from nhsdesk.store.database import Database

MONTHS = (
    ("12_March_2013_10", date(2013, 3, 12)),
    ("9_April_2013_10", date(2013, 4, 9)),
    ("14_May_2013_0_10", date(2013, 5, 14)),
    ("11_June_2013_10", date(2013, 6, 11)),
)


def seen_in(
    database: Database, path: Path, day: date, body: Id | None = None
) -> tuple[action_logs.Seen, Mapping[str, str]]:
    with database.read() as reader:
        known = blocks.remembered(reader, Incoming.ACTION_LOG, None)
        block = blocks.from_file(path, action_logs.WANTED, known)
        columns = reading.guess(block, action_logs.WANTED, known)
        read = reading.look(block, action_logs.WANTED, columns, day)
        return action_logs.look(reader, body, read, day), {
            block.headings[n]: name for name, n in columns.items()
        }


def take(database: Database, path: Path, day: date) -> int:
    return action_logs.take_in(database, *seen_in(database, path, day))


@pytest.fixture
def logs(shared_data: Path) -> list[tuple[Path, date]]:
    return [(shared_data / "logs" / f"ODUG_Action_Log_{name}.tables.csv", day) for name, day in MONTHS]


def test_four_logs_in_a_row_carry_the_same_actions_over(
    database: Database, logs: list[tuple[Path, date]]
) -> None:
    assert [take(database, path, day) > 0 for path, day in logs] == [True] * 4
    with database.read() as reader:
        held = reader.all(Action)
    survey = [one for one in held if one.what.startswith("Survey of")]
    assert len(survey) == 1, "it stands in all four logs"
    assert (survey[0].owner_words, survey[0].discussed_on) == ("BB", date(2013, 6, 11))
    assert survey[0].closed_on is None
    minutes = {one.what for one in held if one.what.startswith("Circulate minutes")}
    assert len(minutes) == 4, "those of each meeting are another action"
    hmrc = next(one for one in held if one.what.startswith("Secure plan"))
    assert hmrc.closed_on == date(2013, 6, 11)
    assert all(one.owner is None and one.due is None and one.set_on is None for one in held)


def test_a_log_taken_in_again_changes_nothing_and_undoes_as_one_step(
    database: Database, logs: list[tuple[Path, date]]
) -> None:
    path, day = logs[0]
    assert take(database, path, day) == 46
    before = database.head.position
    assert take(database, path, day) == 0
    assert database.head.position == before, "no step was made"
    database.undo()
    with database.read() as reader:
        assert reader.count(Action) == 0


def test_several_owners_are_kept_and_questioned(database: Database, logs: list[tuple[Path, date]]) -> None:
    seen, _ = seen_in(database, *logs[0])
    asked = {line.match.row.owner: line.asks for line in seen.lines if line.asks}
    assert asked["TJ/JT"] == ("“TJ/JT” are several. Who leads?",)
    assert "kept as they stand: “TJ”, “TJ/JT”" in seen.problems[0].sentence


def test_an_action_plan_brings_its_updates_of_the_day(database: Database, shared_data: Path) -> None:
    path, day = shared_data / "logs" / "Action_plan_table.xlsx", date(2022, 11, 30)
    seen, _ = seen_in(database, path, day)
    assert len(seen.lines) > 20
    assert seen.count(Does.ADD) == len(seen.lines)
    take(database, path, day)
    with database.read() as reader:
        first = next(one for one in reader.all(Action) if one.what.startswith("1 - Integrated"))
        said = reader.all(ActionUpdate, action=first.id)
    assert (first.closed_on, first.owner_words) == (day, "Local Maternity System")
    assert [one.said[:15] for one in said] == ["Maternity pilot"]
    assert take(database, path, day) == 0


def test_actions_of_another_body_are_left_alone(database: Database, tmp_path: Path) -> None:
    with database.change("Add") as change:
        body = change.add(Body(name="Place Board"))
        change.add(Action(what="Send the list to everyone"))
    path = tmp_path / "log.csv"
    path.write_text("Action,Lead,Due Date,Status\nSend the list to everyone,WF,4/12/2026,Completed\n")
    seen, _ = seen_in(database, path, date(2026, 11, 18), body.id)
    assert [line.does for line in seen.lines] == [Does.ADD]


def test_a_row_that_closes_or_dates_an_action_is_told_beforehand(database: Database, tmp_path: Path) -> None:
    with database.change("Add") as change:
        change.add(Action(what="Send the list", due=date(2026, 11, 1)))
        change.add(Action(what="Write to the ICB"))
    path = tmp_path / "log.csv"
    path.write_text(
        "Action,Lead,New date,Status\nSend the list,WF,4/12/2026,Open\nWrite to the ICB,CD,,Closed\n"
    )
    seen, _ = seen_in(database, path, date(2026, 11, 18))
    assert [line.does for line in seen.lines] == [Does.UPDATE, Does.CLOSE]
