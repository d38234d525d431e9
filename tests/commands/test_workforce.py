"""What is done about the workforce return: one step each, taken back by one undo."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest

from nhsdesk import errors
from nhsdesk.commands import blocks, workforce
from nhsdesk.domain import blocks as pure
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.blocks import Row
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.fields import Record
from nhsdesk.domain.periods import Month
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from tests.factories import HOSTILE
from tests.sections.making import post

R = TypeVar("R", bound=Record)

NOVEMBER = Month(2026, 11)
TODAY = date(2026, 11, 20)
HEADINGS = "Unique identifier\tFirst name\tDetailed staff role\tContracted weekly hours"


def pasted(*lines: str) -> tuple[Row, ...]:
    block = blocks.from_text("\n".join((HEADINGS, *lines)), workforce.WANTED)
    return pure.read(block, workforce.WANTED, pure.guess(block, workforce.WANTED, {}), TODAY)


def labels(database: Database) -> list[str]:
    with database.read() as reader:
        return [step.label for step in queries.steps(reader)]


def every(database: Database, cls: type[R]) -> tuple[R, ...]:
    with database.read() as reader:
        return reader.all(cls)


def look(database: Database) -> workforce.Looked:
    return workforce.look(database, NOVEMBER)


# ---- our own rows


def test_pasted_rows_are_taken_in_as_one_step_and_their_columns_remembered(database: Database) -> None:
    before = len(labels(database))
    headings = {"Detailed staff role": "detailed_role"}
    kept = workforce.take_in(database, pasted("1\tSecret\tPharmacist\t37.5"), "pasted rows", headings)
    assert kept.rows == 1
    assert labels(database)[before:] == ["Adopt data set: our own NWRS export"]
    with database.read() as reader:
        assert blocks.remembered(reader, Incoming.NWRS, None) == headings
        assert "Secret" not in str(queries.rows_of_data_set(reader, kept.sha256))
    database.undo()
    assert every(database, DataSet) == ()


def test_the_same_rows_are_not_taken_in_twice(database: Database) -> None:
    rows = pasted("1\tSecret\tPharmacist\t37.5")
    first = workforce.take_in(database, rows, "a", {})
    assert workforce.take_in(database, rows, "b", {}) == first
    assert len(every(database, DataSet)) == 1


def test_rows_without_a_role_are_refused_and_nothing_is_written(database: Database) -> None:
    before = labels(database)
    with pytest.raises(errors.FileRefused, match="no row with a role"):
        workforce.take_in(database, pasted("1\tSecret\t\t37.5"), "a", {})
    assert labels(database) == before


# ---- the crosswalk


def test_a_role_is_settled_settled_otherwise_and_taken_back(database: Database) -> None:
    first = workforce.settle(database, " Peer  Support Worker ", Role.OTHER, "ICB")
    assert (first.nwrs_role, first.role, first.source) == ("Peer Support Worker", Role.OTHER, "ICB")
    again = workforce.settle(database, "peer support worker", None)
    assert (again.ref, again.role, again.source) == (first.ref, None, "ICB")
    assert len(every(database, Crosswalk)) == 1
    assert workforce.as_shipped(database, "PEER SUPPORT WORKER") == 1
    assert workforce.as_shipped(database, "PEER SUPPORT WORKER") == 0
    assert every(database, Crosswalk) == ()


def test_two_lines_for_one_role_become_one_when_it_is_settled(database: Database) -> None:
    with database.change("Add") as change:
        for role in (Role.PARAMEDIC, Role.GP):
            change.add(Crosswalk(nwrs_role="Manager", role=role))
    workforce.settle(database, "manager", Role.OTHER)
    assert [one.role for one in every(database, Crosswalk)] == [Role.OTHER]


@pytest.mark.parametrize("words", ["", "  ", "long " * 2_000])
def test_what_is_no_name_of_a_role_is_refused(database: Database, words: str) -> None:
    with pytest.raises(errors.Incomplete, match="not the name of a role"):
        workforce.settle(database, words, None)


@pytest.mark.parametrize("words", [one for one in HOSTILE if len(one) < 300])
def test_hostile_words_are_settled_as_words_and_never_stand_in_a_label(
    database: Database, words: str
) -> None:
    workforce.settle(database, words, Role.OTHER, words)
    assert labels(database)[-1] == "Settle a crosswalk line"
    assert look(database).crosswalk


# ---- the month's check


def test_a_check_is_kept_once_a_month_with_the_day_it_was_made(database: Database) -> None:
    assert workforce.check_of(database, NOVEMBER) is None
    first = workforce.take_check(database, NOVEMBER, {"leavers": True, "submitted": False}, "Two are away")
    assert (first.checked_on, first.leavers, first.submitted, first.starters) == (TODAY, True, False, None)
    again = workforce.take_check(database, NOVEMBER, {"leavers": True, "submitted": True})
    assert (again.ref, again.submitted, again.remarks) == (first.ref, True, None)
    assert workforce.check_of(database, NOVEMBER) == again
    assert labels(database)[-1] == "NWRS check for November 2026"
    database.undo()
    before = workforce.check_of(database, NOVEMBER)
    assert before is not None
    assert (before.submitted, before.remarks) == (False, "Two are away")
    assert len(every(database, NwrsCheck)) == 1


def test_a_check_without_an_answer_was_not_made_on_any_day(database: Database) -> None:
    assert workforce.take_check(database, NOVEMBER, {}, "Later").checked_on is None


# ---- posts on NWRS


def test_all_that_agree_are_noted_as_one_step_with_their_identifiers_where_they_are_sure(
    database: Database,
) -> None:
    for hours in ("37.5", "30", "30", "22.5"):
        post(database, "3000", hours)
    rows = pasted("1\tA\tPharmacist\t37.5", "2\tB\tPharmacist\t30", "3\tC\tPharmacist\t30")
    workforce.take_in(database, rows, "a", {})
    agreeing = workforce.agreeing(look(database).compared)
    before = len(labels(database))
    assert workforce.note_on_nwrs(database, agreeing, TODAY) == 3
    assert labels(database)[before:] == ["Note 3 ARRS posts as on NWRS"]
    assert [(one.on_nwrs, one.nwrs_ref, one.nwrs_checked) for one in every(database, Post)] == [
        (True, "1", TODAY),
        (True, None, TODAY),
        (True, None, TODAY),
        (None, None, None),
    ]
    assert workforce.note_on_nwrs(database, agreeing, TODAY) == 0
    database.undo()
    assert {one.on_nwrs for one in every(database, Post)} == {None}


def test_an_identifier_noted_before_is_not_lost(database: Database) -> None:
    made = post(database, "3000", nwrs_ref="77")
    workforce.note_on_nwrs(database, {made.id: ""}, TODAY)
    assert every(database, Post)[0].nwrs_ref == "77"


def test_an_empty_file_is_looked_at_without_harm(database: Database) -> None:
    seen = look(database)
    assert seen.compared.source == ""
    assert seen.compared.lines == ()
    assert len(seen.check.lines) == 6
    assert "Choose your PCN first" in workforce.beside(database).missing
