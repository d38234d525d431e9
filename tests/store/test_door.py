"""The one door: all of a block or none of it, nothing stale, empty, sealed or still named, and no value in a label."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from nhsdesk import errors, log
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, Pay, Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment, Link, LinkKind, Note, Tag
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store.database import Database, Notice
from nhsdesk.store.door import Change
from tests.factories import HALF_A_LETTER, HIGH, added, filled
from tests.store.telling import dump, whole_steps

MARKER = "Zyxwvut"


R = TypeVar("R", bound=Record)


def one(db: Database, record: R) -> R:
    with db.change("Add") as change:
        return change.add(record)


def do(db: Database, ask: Callable[[Change], object]) -> None:
    """One change of one command."""
    with db.change("Try") as change:
        ask(change)


def test_nothing_is_written_when_a_block_raises(db: Database) -> None:
    kept = one(db, Commitment(title="Share the rota"))
    before, position, numbering = dump(db), db.head.position, db.head.numbering
    told: list[Notice] = []
    db.subscribe(told.append)

    def half(change: Change) -> None:
        change.add(Commitment(title="Another"))
        change.put(replace(kept, title="Changed"))
        change.remove(kept)
        change.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(db, half)
    assert (dump(db), db.head.position, db.head.numbering, told) == (before, position, numbering, [])
    assert one(db, Commitment(title="Next")).ref == "C-002"


def test_what_a_file_elsewhere_does_inside_a_block_is_not_said_of_this_one(
    db: Database, tmp_path: Path
) -> None:
    missing = tmp_path / "not there.txt"
    with pytest.raises(FileNotFoundError, match="not there"):
        do(db, lambda change: change.add(Person(role_title=missing.read_text(encoding="utf-8"))))
    with pytest.raises(FileNotFoundError, match="not there"), db.read():
        missing.read_text(encoding="utf-8")


def test_a_change_is_announced_once_after_its_commit_with_what_it_touched(db: Database) -> None:
    told: list[Notice] = []
    stop = db.subscribe(told.append)
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager"))
        action = change.add(Action(what="Write", owner=person.id))
        assert told == []
    stop()
    one(db, Person(role_title="Another"))
    assert told == [Notice(1, {"person": frozenset({person.id}), "action": frozenset({action.id})})]


def test_no_step_is_made_for_no_change(db: Database) -> None:
    kept = one(db, Commitment(title="Share the rota"))
    with db.change("Nothing") as change:
        assert change.put(kept) == kept
    with db.change("Nothing at all"):
        pass
    with db.change("There and back") as change:
        away = change.put(replace(kept, title="Away"))
        assert change.put(replace(away, title=kept.title)) == kept
    assert db.head.position == 1
    with db.change("Once more") as change:
        change.put(replace(kept, title="Share the rota by May"))
    assert db.head.position == 2


def test_what_put_gives_back_can_be_put_again(db: Database) -> None:
    kept = one(db, Commitment(title="One"))
    with db.change("Twice in one change") as change:
        kept = change.put(replace(kept, title="Two"))
        change.flush()
        kept = change.put(replace(kept, owed_to="the ICB"))
        assert change.reader.get(Commitment, kept.id) == kept
    with db.change("And in the next") as change:
        kept = change.put(replace(kept, title="Three"))
    with db.read() as reader:
        assert reader.get(Commitment, kept.id) == kept


def test_a_record_changed_since_it_was_read_is_not_overwritten(db: Database) -> None:
    kept = one(db, Commitment(title="Share the rota"))
    with db.change("First") as change:
        change.put(replace(kept, title="By May"))
    before = dump(db)

    def twice_from_one_reading(change: Change) -> None:
        read = change.reader.get(Commitment, kept.id)
        change.put(replace(read, title="By July"))
        change.put(replace(read, owed_to="the ICB"))

    with pytest.raises(
        errors.ChangedMeanwhile, match=r"^C-001 was changed meanwhile\. Nothing was overwritten\."
    ):
        do(db, lambda change: change.put(replace(kept, title="By June")))
    with pytest.raises(errors.ChangedMeanwhile):
        do(db, twice_from_one_reading)
    assert dump(db) == before


def test_a_record_removed_since_it_was_read_is_not_brought_back_by_a_put(db: Database) -> None:
    kept = one(db, Post(role=Role.GP))
    with db.change("Remove") as change:
        change.remove(kept)
    with pytest.raises(errors.ChangedMeanwhile, match=r"^This ARRS post was removed meanwhile\."):
        do(db, lambda change: change.put(replace(kept, band="7")))


@pytest.mark.parametrize("empty", ["", "   ", "\n\t"])
def test_a_field_that_must_be_given_is_refused_empty_in_a_sentence(db: Database, empty: str) -> None:
    kept = one(db, Action(what="Write"))
    sentence = r"^This action cannot be kept without “Action”\. Nothing was written\.$"
    with pytest.raises(errors.Incomplete, match=sentence):
        do(db, lambda change: change.put(replace(kept, what=empty)))
    paper = replace(filled(SentPaper), paper=empty, title=empty, program=empty)
    with pytest.raises(errors.Incomplete, match="“Paper” and “Title” and “Program version”"):
        do(db, lambda change: change.add(paper))


def test_half_a_letter_is_refused_in_a_sentence(db: Database) -> None:
    with (
        pytest.raises(errors.DeskError, match=r"^This commitment holds half a letter"),
        db.change("Add") as change,
    ):
        change.add(Commitment(title=HALF_A_LETTER))
    with db.change(HALF_A_LETTER) as change:
        change.add(Person(role_title="PCN manager"))
    assert whole_steps(db)[0].label == "half \ufffd a letter"


def test_commands_do_not_nest(db: Database) -> None:
    with db.change("Outer") as change:
        with pytest.raises(RuntimeError, match="do not nest"), db.change("Inner"):
            pass
        change.add(Person(role_title="PCN manager"))
    assert [step.label for step in whole_steps(db)] == ["Outer"]


def test_our_own_mistakes_are_not_taken_for_entries(db: Database) -> None:
    kept = one(db, Commitment(title="Share the rota"))
    with pytest.raises(ValueError, match="already in a file"), db.change("Add again") as change:
        change.add(kept)
    with pytest.raises(ValueError, match="add it"), db.change("Put new") as change:
        change.put(Commitment(title="New"))
    with pytest.raises(ValueError, match="cannot be removed"), db.change("Remove new") as change:
        change.remove(Commitment(title="New"))
    with pytest.raises(ValueError, match="keeps its reference"), db.change("Rename") as change:
        change.put(replace(kept, ref="C-999"))
    assert db.head.position == 1


# ---- sealed


def claim_with_line(db: Database) -> tuple[Claim, ClaimLine]:
    with db.change("Claim") as change:
        line = added(change, ClaimLine)
        return change.reader.get(Claim, line.claim), line


def test_a_submitted_claim_can_be_neither_changed_nor_removed_nor_given_other_lines(db: Database) -> None:
    claim, line = claim_with_line(db)
    with db.change("Another claim") as change:
        draft = change.add(Claim(month=Month(2026, 11)))
        loose = change.add(replace(line, id=Id(0), version=0, ref="", claim=draft.id))
    with db.change("Submit") as change:
        claim = change.put(replace(claim, state=ClaimState.SUBMITTED, submitted_on=date(2026, 11, 10)))
        line = change.put(replace(line, claimed=Money(1)))
    before, position = dump(db), db.head.position
    sentence = (
        r"^The claim for October 2026 was marked as submitted on 10 November 2026\. .* Nothing was changed\.$"
    )
    asked: list[Callable[[Change], object]] = [
        lambda change: change.put(replace(claim, state=ClaimState.DRAFT)),
        lambda change: change.remove(claim),
        lambda change: change.put(replace(line, claimed=Money(2))),
        lambda change: change.remove(line),
        lambda change: change.put(replace(line, claim=draft.id)),
        lambda change: change.put(replace(loose, claim=claim.id)),
        lambda change: change.add(replace(line, id=Id(0), version=0, ref="")),
    ]
    for ask in asked:
        with pytest.raises(errors.Sealed, match=sentence), db.change("Try") as change:
            ask(change)
    with pytest.raises(errors.NothingToUndo, match="Submit"):
        db.undo()
    assert (dump(db), db.head.position) == (before, position)


def test_a_note_may_still_hang_on_what_is_sealed(db: Database) -> None:
    paper = one(db, filled(SentPaper))
    note = one(db, Note(on=paper.id, words="Rang the ICB about it"))
    with pytest.raises(errors.Sealed, match="stays as it was sent"), db.change("Remove") as change:
        change.remove(paper)
    with db.read() as reader:
        assert reader.all(Note) == (note,)


# ---- named by others


def test_a_record_others_name_is_not_removed_and_they_are_listed(db: Database) -> None:
    with db.change("Fill") as change:
        practice = change.add(Practice(name="Abbey Surgery"))
        posts = [change.add(Post(role=Role.GP, base=practice.id, portal_label=f"GP {n}")) for n in range(3)]
    before = dump(db)
    with pytest.raises(errors.StillNamed, match="3 other entries name it: P-001, P-002, P-003") as refused:
        do(db, lambda change: change.remove(practice))
    named = [problem for problem in refused.value.problems if isinstance(problem, Problem)]
    assert [(problem.kind, problem.record) for problem in named] == [("post", post.id) for post in posts]
    assert dump(db) == before


def test_a_record_is_removed_when_the_same_step_points_the_others_elsewhere_or_removes_them(
    db: Database,
) -> None:
    with db.change("Fill") as change:
        old, new = change.add(Practice(name="Abbey")), change.add(Practice(name="Bridge"))
        moved, gone = change.add(Post(role=Role.GP, base=old.id)), change.add(Post(role=Role.GP, base=old.id))
    with db.change("Merge") as change:
        change.remove(old)
        change.put(replace(moved, base=new.id))
        change.remove(gone)
    with db.read() as reader:
        assert reader.all(Practice) == (new,)
        assert [post.base for post in reader.all(Post)] == [new.id]


def test_what_belongs_to_a_record_goes_with_it_and_comes_back_with_it(db: Database) -> None:
    with db.change("Fill") as change:
        post = change.add(Post(role=Role.GP))
        other = change.add(Person(role_title="PCN manager"))
        belongs = [
            change.add(Assignment(post=post.id, hours=Hours.of(30), starts=date(2026, 4, 1))),
            change.add(Pay(post=post.id, starts=date(2026, 4, 1), salary=Money(4_400_00))),
            change.add(Note(on=post.id, words="A note")),
            change.add(Tag(on=post.id, word="urgent")),
            change.add(Link(source=other.id, target=post.id, says=LinkKind.RELATED)),
            change.add(Link(source=post.id, target=other.id, says=LinkKind.RELATED)),
            change.add(replace(filled(Attachment), on=post.id)),
        ]
        belongs.append(change.add(Note(on=belongs[0].id, words="A note on what belongs")))
        stays = change.add(Note(on=other.id, words="Stays"))
    before = dump(db)
    with db.change("Remove") as change:
        change.remove(post)
    with db.read() as reader:
        assert not reader.there("", [post.id, *(record.id for record in belongs)])
        assert reader.there("", [other.id, stays.id]) == {other.id, stays.id}
    db.undo()
    assert dump(db) == before


def test_a_line_moved_to_another_owner_in_the_same_step_does_not_go(db: Database) -> None:
    with db.change("Fill") as change:
        old, new = change.add(Action(what="Old")), change.add(Action(what="New"))
        update = change.add(ActionUpdate(action=old.id, said_on=date(2026, 11, 1), said="Begun"))
    with db.change("Merge") as change:
        change.remove(old)
        change.put(replace(update, action=new.id))
    with db.read() as reader:
        assert [one.action for one in reader.all(ActionUpdate)] == [new.id]


@pytest.mark.parametrize("cls", [Post, Note, Action, Assignment])
def test_a_link_to_what_is_no_longer_there_is_refused_in_a_sentence(db: Database, cls: type[Record]) -> None:
    with pytest.raises(errors.StillNamed, match=r"^“.+” of \S+ names something that is no longer there\."):
        do(db, lambda change: change.add(filled(cls, named=lambda _: HIGH)))
    assert db.head.position == 0


def test_what_was_added_and_removed_in_one_step_cannot_be_named(db: Database) -> None:
    def name_what_goes(change: Change) -> None:
        practice = change.add(Practice(name="Abbey"))
        change.add(Post(role=Role.GP, base=practice.id))
        change.remove(practice)

    with pytest.raises(errors.StillNamed):
        do(db, name_what_goes)
    do(db, lambda change: change.remove(change.add(Practice(name="Abbey"))))
    assert db.head.position == 0


def test_many_are_removed_in_one_step_with_what_belongs_to_each(db: Database) -> None:
    with db.change("Fill") as change:
        actions = [change.add(Action(what=f"Action {n}")) for n in range(1_200)]
        for action in actions:
            change.add(Note(on=action.id, words="A note"))
    with db.change("Remove") as change:
        for action in actions:
            change.remove(action)
    with db.read() as reader:
        assert (reader.count(Action), reader.count(Note)) == (0, 0)


# ---- what is never told


@pytest.mark.parametrize("cls", RECORDS)
def test_no_word_of_a_record_gets_into_a_label_and_no_private_one_into_its_repr(
    db: Database, cls: type[Record], tmp_path: Path
) -> None:
    log.start(tmp_path / "log")
    with db.change(f"Add {cls.KIND.title.lower()}") as change:
        record = added(change, cls, MARKER)
    seals = db.offers().stopped_by is not None  # it, or what it names
    private = [field.name for field in cls.KIND.fields if field.private]
    for name in private:
        assert f"{name}=" not in repr(record)
    open_words: dict[str, Any] = {
        field.name: "-"
        for field in cls.KIND.fields
        if not field.private and isinstance(getattr(record, field.name), str)
    }
    assert MARKER not in repr(replace(record, **open_words))
    if not seals:
        db.undo()
        db.redo()
    if record.sealed() is None:
        with db.change(f"Remove {record.ref}") as change:
            change.remove(change.reader.get(cls, record.id))
    log.note("change kept", kind=cls.KIND.name, record=record.id)

    def fail(change: Change) -> None:
        added(change, cls, MARKER)
        raise LookupError(MARKER)

    with pytest.raises(LookupError) as failed:
        do(db, fail)
    log.mistake(failed.value)
    log.stop()
    assert not any(MARKER in step.label for step in whole_steps(db))
    logged = (tmp_path / "log" / "nhsdesk.log").read_text(encoding="utf-8")
    assert MARKER not in logged
    assert re.search(rf"\b{cls.KIND.name} {record.id}\b", logged)


def test_a_refusal_names_no_private_word(db: Database) -> None:
    with db.change("Fill") as change:
        organisation = change.add(Organisation(name="Eastfield PCN"))
        change.add(Person(role_title="PCN manager", name=MARKER, organisation=organisation.id))
    with pytest.raises(errors.StillNamed) as refused, db.change("Remove") as change:
        change.remove(organisation)
    assert MARKER not in str(refused.value)
    assert not any(MARKER in str(problem) for problem in refused.value.problems)
