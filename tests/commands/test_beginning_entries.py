"""A record begun in a form: its drafts become one entry once all it must hold is there, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import entries
from nhsdesk.commands.entries import Lacking
from nhsdesk.domain import kinds, times
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, Post, Role, Scheme
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.money import Hours
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from tests.factories import added
from tests.store.telling import dump, whole_steps

KEY = f"{entries.NEW}-1"
MARKER = "Zyxwvut"


def begin(database: Database, of: RecordKind, **words: str) -> Any:
    drafts.keep_all(database, of.name, KEY, words)
    return entries.add_begun(database, of, KEY)


def typed(database: Database) -> dict[tuple[str, str], str]:
    return {(one.record, one.field): one.words for one in drafts.kept(database)}


def test_all_that_was_typed_becomes_one_record_in_one_step(database: Database) -> None:
    with database.change("Add") as change:
        base = change.add(Practice(name="Abbey Surgery"))
    position = database.head.position
    post = begin(
        database, Post.KIND, role="gp (arrs)", portal_label="GP 1", contracted="22:30", base="abbey surgery",
        starts="1/4/2027", reimbursed="50%", on_nwrs="no", scheme="other",
    )  # fmt: skip
    assert post == Post(
        id=post.id, version=1, ref="P-001", role=Role.GP, portal_label="GP 1", contracted=Hours.of("22.5"),
        base=base.id, starts=date(2027, 4, 1), reimbursed=Decimal("50.00"), on_nwrs=False, scheme=Scheme.OTHER,
    )  # fmt: skip
    assert (drafts.kept(database), database.head.position) == ((), position + 1)
    assert database.undo().label == "Add ARRS post"
    with database.read() as reader:
        assert reader.count(Post) == 0


def test_a_record_of_any_kind_can_be_begun_with_every_field_that_is_typed(database: Database) -> None:
    for cls in RECORDS:
        if any(field.given and not _can_be_typed(field) for field in cls.KIND.fields):
            continue
        with database.change("Add") as change:
            like = added(change, cls, "plain words")
        with database.read() as reader:
            words = {
                field.name: entries.words_of(reader, field, getattr(like, field.name))
                for field in cls.KIND.fields
                if _can_be_typed(field)
            }
        made = begin(database, cls.KIND, **words)
        there = {field.name: getattr(like, field.name) for field in cls.KIND.fields if _can_be_typed(field)}
        assert {name: getattr(made, name) for name in there} == there
        assert drafts.kept(database) == ()


def _can_be_typed(field: Field) -> bool:
    return not isinstance(field.kind, kinds.OneFile | kinds.Mark | times.Moment)


def test_what_must_be_given_is_told_and_nothing_is_added(database: Database) -> None:
    before = dump(database)
    made = begin(database, Assignment.KIND, starts="31/2", holder="Nobody")
    assert made == Lacking(
        (
            Problem("“Post” is needed.", kind="assignment", field="post"),
            Problem("“Hours a week” is needed.", kind="assignment", field="hours"),
            Problem("31/2 is not a day: there is no 31 in February 2026.", kind="assignment", field="starts"),
        )
    )
    assert typed(database) == {(KEY, "starts"): "31/2", (KEY, "holder"): "Nobody"}
    assert (dump(database), entries.add_begun(database, Assignment.KIND, "new-of-nothing")) == (
        before,
        Lacking(
            tuple(
                Problem(f"“{label}” is needed.", kind="assignment", field=name)
                for name, label in (("post", "Post"), ("hours", "Hours a week"), ("starts", "From"))
            )
        ),
    )


def test_a_blank_that_must_be_filled_is_lacking(database: Database) -> None:
    assert begin(database, Commitment.KIND, title="  ") == Lacking(
        (Problem("“What” cannot be left empty.", kind="commitment", field="title"),)
    )


def test_words_that_cannot_be_read_stay_as_drafts_of_the_record_that_was_added(database: Database) -> None:
    drafts.keep(database, "commitment", "new-2", "title", "Another one begun")
    drafts.keep(database, "action", KEY, "what", "Begun under the same word")
    made = begin(database, Commitment.KIND, title="Share the rota", due="31/2", owner="Nobody", status="late")
    assert made.due is None
    assert typed(database) == {
        (str(made.id), "due"): "31/2",
        (str(made.id), "owner"): "Nobody",
        ("new-2", "title"): "Another one begun",
        (KEY, "what"): "Begun under the same word",
    }
    assert entries.enter(database, Commitment.KIND, made.id, "due", "28/2/2027") is None
    assert (str(made.id), "due") not in typed(database)


def test_what_nobody_typed_holds_what_stands_there_at_first(database: Database) -> None:
    assert begin(database, Action.KIND, what="Write").started is True
    assert begin(database, Post.KIND, role="GP (ARRS)").scheme is Scheme.ARRS
    assert begin(database, Claim.KIND, month="October 2026").state is ClaimState.DRAFT
    told = {
        (cls.KIND.name, field.name): entries.default_words(cls.KIND, field)
        for cls in (Action, Post, Claim, SupportRequest)
        for field in cls.KIND.fields
    }
    assert {key: words for key, words in told.items() if words} == {
        ("action", "started"): "Yes",
        ("action", "proposed_for_closure"): "No",
        ("action", "restricted"): "No",
        ("post", "scheme"): "ARRS",
        ("claim", "state"): "Draft",
        ("support_request", "restricted"): "Yes",
    }


def test_a_field_that_was_emptied_is_empty_and_leaves_nothing_typed_behind(database: Database) -> None:
    post = begin(database, Post.KIND, role="GP (ARRS)", scheme="", band=" ", base="")
    assert (post.scheme, post.band, post.base) == (None, None, None)
    assert drafts.kept(database) == ()


def test_a_line_begun_belongs_to_what_it_was_begun_under(database: Database) -> None:
    with database.change("Add") as change:
        action = change.add(Action(what="Write"))
    made = begin(database, ActionUpdate.KIND, action=action.ref, said_on="today", said=" Said\n as typed ")
    assert (made.action, made.said_on, made.said) == (action.id, date(2026, 11, 20), " Said\n as typed ")


def test_a_line_of_what_is_sealed_is_refused_and_what_was_typed_stays(database: Database) -> None:
    with database.change("Add") as change:
        claim = change.add(Claim(month=Month(2026, 10), state=ClaimState.SUBMITTED))
        like = added(change, ClaimLine)
    before = dump(database)
    with database.read() as reader:
        words = {
            field.name: entries.words_of(reader, field, getattr(like, field.name))
            for field in ClaimLine.KIND.fields
        }
    with pytest.raises(errors.Sealed, match="October 2026 was marked as submitted"):
        begin(database, ClaimLine.KIND, **words | {"claim": claim.ref})
    assert dump(database) == before
    assert len(drafts.kept(database)) == len(words)


# ---- nothing half


@contextmanager
def stopping(database: Database, table: str, verb: str) -> Iterator[None]:
    """Everything stops at the first statement of that kind that reaches a table of the file."""

    with database.writing() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER stop BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )
    try:
        yield
    finally:
        with database.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER stop")


@pytest.mark.parametrize(
    ("table", "verb"),
    [
        ("commitment", "INSERT"),
        ("given_names", "INSERT"),
        ("drafts", "DELETE"),
        ("drafts", "UPDATE"),
        ("changes", "INSERT"),
        ("steps", "INSERT"),
    ],
)
def test_a_stop_on_the_way_leaves_nothing_half(database: Database, table: str, verb: str) -> None:
    words = {"title": "Share the rota", "due": "31/2", "status": "late"}
    drafts.keep_all(database, "commitment", KEY, words)
    before, position = dump(database), database.head.position
    with stopping(database, table, verb), pytest.raises(Exception, match="stopped"):
        entries.add_begun(database, Commitment.KIND, KEY)
    assert (dump(database), database.head.position) == (before, position)
    assert typed(database) == {(KEY, name): said for name, said in words.items()}
    made = entries.add_begun(database, Commitment.KIND, KEY)
    assert isinstance(made, Commitment)
    assert typed(database) == {(str(made.id), "due"): "31/2"}


def test_the_label_of_what_was_begun_holds_none_of_its_words(database: Database) -> None:
    for cls in (Commitment, Person, Action, Post):
        words = {field.name: MARKER for field in cls.KIND.fields if isinstance(field.kind, kinds.Text)}
        given = {"role": "GP (ARRS)"} if cls is Post else {}
        assert isinstance(begin(database, cls.KIND, **words | given), Record)
    labels = [step.label for step in whole_steps(database)[-4:]]
    assert labels == ["Add commitment", "Add person and role", "Add action", "Add ARRS post"]


def test_a_record_begun_is_as_one_that_was_added_by_hand(database: Database) -> None:
    made = begin(database, Person.KIND, role_title="Manager", name=MARKER)
    with database.change("Add") as change:
        other = change.add(Person(role_title="Manager", name=MARKER))
    assert replace(made, id=other.id, ref=other.ref) == other
