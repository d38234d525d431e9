"""Copies of entries: one step, new references, nothing withheld shown and nothing unconfirmed counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands.duplicates import duplicate
from nhsdesk.domain.bodies import Body, ForwardItem
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.duplicates import COPIED, at_first, left_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import MeetingSeries, SeriesItem
from nhsdesk.domain.plans import Milestone, Plan
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.taken_over import TakenOver
from nhsdesk.store.database import Database
from tests.factories import added


def test_several_are_one_step_in_their_order_and_undo_takes_all_of_it_back(database: Database) -> None:
    with database.change("Add") as change:
        held = [
            change.add(Commitment(title=words, status=Status.MET)) for words in ("Huddle", "Rota", "List")
        ]
    position = database.head.position
    made = duplicate(database, held)
    assert [one.ref for one in made] == ["C-004", "C-005", "C-006"]
    assert [(one.title, one.status) for one in made if isinstance(one, Commitment)] == [
        ("Huddle", None), ("Rota", None), ("List", None),
    ]  # fmt: skip
    assert database.head.position == position + 1
    assert database.undo().label == "Duplicate 3 commitments"
    with database.read() as reader:
        assert reader.all(Commitment) == tuple(held)


def test_copying_tells_how_far_it_has_come_and_is_stopped_with_nothing_written(database: Database) -> None:
    with database.change("Add") as change:
        held = [change.add(Commitment(title=f"Huddle {n}")) for n in range(60)]
    position, told = database.head.position, list[tuple[int, int]]()

    def stop(done: int, of: int) -> None:
        told.append((done, of))
        if done == of:  # as late as may be
            raise InterruptedError

    with pytest.raises(InterruptedError):
        duplicate(database, held, stop)
    assert told == [(0, 60), (25, 60), (50, 60), (60, 60)]
    assert database.head.position == position
    with database.read() as reader:
        assert len(reader.all(Commitment)) == 60


def test_lists_come_along_without_what_was_done(database: Database) -> None:
    with database.change("Add") as change:
        plan = change.add(Plan(title="Front door"))
        change.add(Milestone(plan=plan.id, what="Agree", original=date(2027, 1, 5), done_on=date(2026, 9, 1)))
        series = change.add(MeetingSeries(title="Board"))
        for number in (1, 2):
            change.add(SeriesItem(series=series.id, number=number, title=f"Item {number}"))
    (copy,) = duplicate(database, [plan])
    (agendas,) = duplicate(database, [series])
    with database.read() as reader:
        (milestone,) = reader.all(Milestone, plan=copy.id)
        assert (milestone.what, milestone.done_on) == ("Agree", None)
        assert [one.title for one in reader.all(SeriesItem, series=agendas.id)] == ["Item 1", "Item 2"]


def test_what_is_withheld_for_its_link_is_marked_in_its_copy(database: Database) -> None:
    with database.change("Add") as change:
        secret = change.add(Risk(event="A partner leaves", restricted=True))
        plain = change.add(Commitment(title="Cover"))
        change.add(Link(source=plain.id, target=secret.id, says=LinkKind.RELATED))
    (copy,) = duplicate(database, [plain])
    assert isinstance(copy, Commitment)
    assert copy.restricted


def test_a_copy_that_could_not_be_withheld_is_refused_and_nothing_is_written(database: Database) -> None:
    with database.change("Add") as change:
        secret = change.add(Risk(event="A partner leaves", restricted=True))
        rule = change.add(LocalRule(key="papers_days", value="5", starts=date(2026, 4, 1)))
        change.add(Link(source=rule.id, target=secret.id, says=LinkKind.RELATED))
    position = database.head.position
    with pytest.raises(errors.Incomplete, match=r"LR-001 is withheld .* Nothing was duplicated\."):
        duplicate(database, [rule])
    assert database.head.position == position


def test_what_another_pcn_gave_is_copied_only_once_confirmed(database: Database) -> None:
    with database.change("Add") as change:
        rule = change.add(LocalRule(key="papers_days", value="5", starts=date(2026, 4, 1)))
        change.add(TakenOver(on=rule.id, came_from="Northfold PCN"))
    with pytest.raises(errors.Incomplete, match="not confirmed by us"):
        duplicate(database, [rule])


def test_figures_with_a_source_of_their_own_are_not_copied(database: Database) -> None:
    with database.change("Add") as change:
        rate = added(change, Rate, confidence=RateConfidence.TYPED)
    with pytest.raises(errors.Incomplete, match=r"are not duplicated: a figure .* Nothing was duplicated\."):
        duplicate(database, [rate])


def test_what_belongs_to_a_body_is_copied_within_it(database: Database) -> None:
    with database.change("Add") as change:
        body = change.add(Body(name="Board"))
        item = change.add(ForwardItem(body=body.id, title="Winter"))
    (copy,) = duplicate(database, [item])
    assert isinstance(copy, ForwardItem)
    assert (copy.body, copy.title) == (body.id, "Winter")


def test_nothing_chosen_is_no_step(database: Database) -> None:
    position = database.head.position
    assert duplicate(database, []) == ()
    assert database.head.position == position


def test_every_kind_filled_to_the_brim_is_copied_without_what_is_its_own(database: Database) -> None:
    with database.change("Add") as change:
        shared: dict[str, Id] = {}
        plain: dict[str, Any] = {"restricted": False}
        held = [added(change, cls, made=shared) for cls in COPIED]
        for cls in RECORDS:
            if any(field.name == "restricted" for field in cls.KIND.fields):
                for one in change.reader.all(cls, restricted=True):
                    change.put(replace(one, **plain))
    for one in held:
        with database.read() as reader:
            before = reader.get(type(one), one.id)
        (copy,) = duplicate(database, [before])
        left = left_of(one.KIND)
        for field in one.KIND.fields:
            kept = at_first(type(one), field.name) if field.name in left else getattr(before, field.name)
            assert getattr(copy, field.name) == kept, f"{one.KIND.name}.{field.name}"
        assert copy.ref != before.ref
