"""Typing into one field: kept when it can be read, left as typed when it cannot, never half of either."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nhsdesk import errors
from nhsdesk.commands import entries
from nhsdesk.domain import kinds, times
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.fields import Field, Record, links
from nhsdesk.domain.fields import record as declared
from nhsdesk.domain.kinds import Id, KeptFile, LinksTo
from nhsdesk.domain.links import Note, Tag
from nhsdesk.domain.meetings import AgendaItem
from nhsdesk.domain.money import Hours
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from tests.examples import examples
from tests.factories import HALF_A_LETTER, added, values
from tests.store.telling import dump, whole_steps

TODAY = date(2026, 11, 20)


@pytest.fixture
def held(database: Database) -> Commitment:
    with database.change("Add") as change:
        return change.add(Commitment(title="Offer enhanced access"))


def now(database: Database, held: Commitment) -> Commitment:
    with database.read() as reader:
        return reader.get(Commitment, held.id)


def test_a_readable_day_is_kept_as_one_step_that_undo_takes_back(
    database: Database, held: Commitment
) -> None:
    assert entries.enter(database, Commitment.KIND, held.id, "due", "31/3/2027") is None
    assert now(database, held).due is not None
    assert database.undo().label == "Change By when of C-001"
    assert now(database, held).due is None


def test_words_that_cannot_be_read_stay_as_a_draft_and_go_when_put_right(
    database: Database, held: Commitment
) -> None:
    told = entries.enter(database, Commitment.KIND, held.id, "due", "31/2")
    assert isinstance(told, Problem)
    assert (told.kind, told.record, told.field) == ("commitment", held.id, "due")
    (draft,) = drafts.kept(database)
    assert (draft.words, draft.field, draft.who) == ("31/2", "due", "Ann Archer")
    position = database.head.position
    assert entries.enter(database, Commitment.KIND, held.id, "due", "28/2/2027") is None
    assert drafts.kept(database) == ()
    assert database.head.position == position + 1


def test_a_field_that_must_be_given_is_not_emptied(database: Database, held: Commitment) -> None:
    told = entries.enter(database, Commitment.KIND, held.id, "title", "   ")
    assert told is not None
    assert told.sentence == "“What” cannot be left empty."
    assert now(database, held).title == "Offer enhanced access"


def test_typing_the_same_again_is_no_step(database: Database, held: Commitment) -> None:
    position = database.head.position
    assert entries.enter(database, Commitment.KIND, held.id, "title", "Offer enhanced access") is None
    assert database.head.position == position


def test_what_others_name_is_not_removed_and_they_are_listed(database: Database, held: Commitment) -> None:
    with database.change("Add") as change:
        action = change.add(Action(what="Write", commitment=held.id))
        owner = change.add(Person(role_title="Manager"))
    told = entries.remove(database, held)
    assert [problem.record for problem in told] == [action.id]
    assert now(database, held)
    removable: list[Record] = [owner, action]
    for record in removable:
        assert entries.remove(database, record) == ()
    assert entries.remove(database, held) == ()


# ---- reading words, and giving them back


def read(database: Database, field: Field, words: str) -> Any:
    with database.read() as reader:
        return entries.read_words(reader, field, words, TODAY)


def words_of(database: Database, field: Field, value: Any) -> str:
    with database.read() as reader:
        return entries.words_of(reader, field, value)


def round_about(field: Field) -> bool:
    """Whether what stands in the field can be typed: no moment or mark, no file and no link."""
    return not isinstance(
        field.kind, times.Moment | kinds.Mark | kinds.OneFile | kinds.LinkTo | kinds.LinksTo
    )


TYPED = sorted(
    {repr(one.kind): one for cls in RECORDS for one in cls.KIND.fields if round_about(one)}.items()
)
OTHERS = [
    Field("one", "One", kind)
    for kind in (
        kinds.Minutes(),
        times.TimeOfDay(),
        times.InQuarter(),
        times.InYear(),
        kinds.Number(9),
        kinds.SeveralOf(Status),
        kinds.SeveralOf(Role),
    )
]


def by_kind(field: Field) -> str:
    return type(field.kind).__name__


@pytest.mark.parametrize("field", [field for _, field in TYPED] + OTHERS, ids=by_kind)
@settings(max_examples=examples(10, 100), deadline=None)
@given(data=st.data())
def test_reading_the_words_of_a_value_gives_the_value_back(field: Field, data: st.DataObject) -> None:
    value = data.draw(values(field.kind))
    assume(not (isinstance(value, date) and value.year < 1000))
    assume(not (isinstance(value, Hours) and value > Hours.of(1000)))
    words = field.kind.words(value)
    outside = not isinstance(field.kind, kinds.LongText) and isinstance(value, str)
    assert field.kind.read(words, TODAY) == (value.strip() if outside else value)


@pytest.mark.parametrize("seconds", [0, 1, 36, 60_001, 60_060, 3_600_000])
def test_hours_of_odd_seconds_can_be_read_as_they_are_shown(database: Database, seconds: int) -> None:
    field = Post.KIND.field("contracted")
    assert read(database, field, words_of(database, field, Hours(seconds))) == Hours(seconds)


def test_nothing_is_the_words_of_nothing_and_reads_as_nothing(database: Database) -> None:
    for cls in RECORDS:
        for field in cls.KIND.fields:
            assert words_of(database, field, None if not _listed(field) else ()) == ""
            for blank in ("", "  ", "\t\n"):
                value = read(database, field, blank)
                if field.given:
                    assert value == Problem(f"“{field.label}” cannot be left empty.")
                else:
                    assert value == (() if _listed(field) else None)


def _listed(field: Field) -> bool:
    return isinstance(field.kind, kinds.SeveralOf | LinksTo)


def test_half_a_letter_is_refused_in_every_field_that_is_typed(database: Database) -> None:
    for cls in RECORDS:
        for field in cls.KIND.fields:
            assert isinstance(read(database, field, HALF_A_LETTER), Problem)


# ---- links


OWNER = Action.KIND.field("owner")


@pytest.fixture
def people(database: Database) -> tuple[Person, ...]:
    with database.change("Add") as change:
        return tuple(
            change.add(Person(role_title=title))
            for title in ("Manager", "Chair  of the\tboard", "Nurse", "nurse")
        )


def test_a_link_is_read_by_reference_with_or_without_its_title_and_by_a_title_that_is_one_alone(
    database: Database, people: tuple[Person, ...]
) -> None:
    manager, chair, nurse, _ = people
    for words in ("R-001", " r-001 ", "R-001 Manager", "r-001  manager ", "Manager", "MANAGER", " manager"):
        assert read(database, OWNER, words) == manager.id, words
    for words in ("chair of the board", "Chair  of the\tboard", "R-002"):
        assert read(database, OWNER, words) == chair.id, words
    assert read(database, OWNER, "R-003 nurse") == nurse.id
    for person in people:
        words = words_of(database, OWNER, person.id)
        assert words == f"{person.ref} {person.role_title}"
        assert read(database, OWNER, words) == person.id


def test_words_that_name_nothing_or_two_or_another_kind_are_told_in_a_sentence(
    database: Database, people: tuple[Person, ...], held: Commitment
) -> None:
    for words in ("nurse", "Nobody", held.ref, "R-099", held.title, "’; DROP", "\x00", "Manager R-001"):
        told = read(database, OWNER, words)
        assert told == Problem(f"“{words}” names no person and role here. Choose one from the list."), words
    assert read(database, OWNER, HALF_A_LETTER) == Problem(
        "“half \ufffd a letter” names no person and role here. Choose one from the list."
    )


def test_a_reference_of_what_was_removed_names_nothing(
    database: Database, people: tuple[Person, ...]
) -> None:
    assert entries.remove(database, people[0]) == ()
    assert isinstance(read(database, OWNER, "R-001"), Problem)
    assert words_of(database, OWNER, people[0].id) == ""


def test_a_link_to_any_kind_takes_a_reference_of_any_kind_and_no_title(
    database: Database, people: tuple[Person, ...], held: Commitment
) -> None:
    field = Tag.KIND.field("on")
    assert (read(database, field, "C-001"), read(database, field, "R-001")) == (held.id, people[0].id)
    assert read(database, field, "Manager") == Problem(
        "“Manager” names no entry here. Choose one from the list."
    )
    assert words_of(database, field, held.id) == "C-001 Offer enhanced access"


def test_several_links_are_written_as_references_between_semicolons(
    database: Database, people: tuple[Person, ...]
) -> None:
    @declared(title="Panel", plural="Panels", prefix="PN")
    class Panel(Record):
        """People who decide together."""

        members: tuple[Id, ...] = links("Members", "Person", default=())

    field = Panel.KIND.field("members")
    ids = (people[2].id, people[0].id)
    assert words_of(database, field, ids) == "R-003; R-001"
    assert read(database, field, "R-003; R-001") == ids
    assert read(database, field, " r-003 ;; Manager; R-001;") == ids
    assert read(database, field, ";") == ()
    assert isinstance(read(database, field, "R-003; R-099"), Problem)


# ---- one field of many


@pytest.fixture
def three(database: Database) -> tuple[Commitment, ...]:
    with database.change("Add") as change:
        return tuple(change.add(Commitment(title=f"Promise {n}")) for n in range(3))


def test_many_are_given_the_same_words_as_one_step_that_undo_takes_back(
    database: Database, three: tuple[Commitment, ...]
) -> None:
    before, position = dump(database), database.head.position
    ids = [one.id for one in three]
    assert entries.enter_for_all(database, Commitment.KIND, ids[:1], "status", "at risk") == 1
    assert entries.enter_for_all(database, Commitment.KIND, ids, "status", " At Risk ") == 2
    assert entries.enter_for_all(database, Commitment.KIND, ids, "status", "at risk") == 0
    assert entries.enter_for_all(database, Commitment.KIND, [], "status", "at risk") == 0
    assert database.head.position == position + 2
    labels = [step.label for step in whole_steps(database)[-2:]]
    assert labels == ["Change Status of C-001", "Change Status of 2 commitments"]
    database.undo()
    database.undo()
    assert dump(database) == before


def test_words_that_cannot_be_read_change_none_of_many(
    database: Database, three: tuple[Commitment, ...]
) -> None:
    before = dump(database)
    ids = [one.id for one in three]
    told = entries.enter_for_all(database, Commitment.KIND, ids, "due", "31/2")
    assert isinstance(told, Problem)
    assert (told.kind, told.field) == ("commitment", "due")
    assert isinstance(entries.enter_for_all(database, Commitment.KIND, ids, "title", " "), Problem)
    assert (dump(database), drafts.kept(database)) == (before, ())


def test_the_words_given_to_many_take_the_place_of_what_was_typed_there_before(
    database: Database, three: tuple[Commitment, ...]
) -> None:
    ids = [one.id for one in three]
    for id_ in ids[:2]:
        entries.enter(database, Commitment.KIND, id_, "due", "31/2")
        entries.enter(database, Commitment.KIND, id_, "review_on", "soon")
    entries.enter(database, Commitment.KIND, ids[0], "due", "30/1/2027")
    drafts.keep(database, "commitment", str(ids[0]), "due", "31/2")
    assert entries.enter_for_all(database, Commitment.KIND, ids, "due", "30/1/2027") == 2
    assert {draft.field for draft in drafts.kept(database)} == {"review_on"}


def test_many_of_which_one_is_sealed_are_refused_whole(database: Database) -> None:
    with database.change("Add") as change:
        open_ = change.add(Claim(month=Month(2026, 9)))
        sealed = change.add(Claim(month=Month(2026, 10), state=ClaimState.SUBMITTED))
    before = dump(database)
    with pytest.raises(errors.Sealed, match=r"October 2026 was marked as submitted.* Nothing was changed\.$"):
        entries.enter_for_all(database, Claim.KIND, [open_.id, sealed.id], "submitted_on", "20/11/2026")
    assert dump(database) == before


# ---- putting back


def test_a_field_is_put_back_to_what_it_held_and_to_nothing(database: Database, held: Commitment) -> None:
    entries.enter(database, Commitment.KIND, held.id, "due", "30/1/2027")
    entries.put_back(database, Commitment.KIND, held.id, "due", None)
    assert now(database, held).due is None
    entries.put_back(database, Commitment.KIND, held.id, "due", "2027-01-30")
    assert now(database, held).due == date(2027, 1, 30)
    assert database.undo().label == "Put back By when of C-001"
    assert now(database, held).due is None


def test_a_given_field_is_put_back_to_words_and_never_to_nothing(
    database: Database, held: Commitment
) -> None:
    entries.enter(database, Commitment.KIND, held.id, "title", "Something else")
    entries.put_back(database, Commitment.KIND, held.id, "title", "Offer enhanced access")
    assert now(database, held).title == "Offer enhanced access"
    with pytest.raises(errors.Incomplete, match="cannot be kept without “What”"):
        entries.put_back(database, Commitment.KIND, held.id, "title", None)


def test_what_is_put_back_takes_the_place_of_what_was_typed(database: Database, held: Commitment) -> None:
    entries.enter(database, Commitment.KIND, held.id, "due", "30/1/2027")
    entries.enter(database, Commitment.KIND, held.id, "due", "31/2")
    entries.put_back(database, Commitment.KIND, held.id, "due", None)
    assert drafts.kept(database) == ()


def test_a_link_is_not_put_back_to_what_is_gone(
    database: Database, held: Commitment, people: tuple[Person, ...]
) -> None:
    entries.enter(database, Commitment.KIND, held.id, "owner", "R-001")
    entries.enter(database, Commitment.KIND, held.id, "owner", "")
    entries.remove(database, people[0])
    with pytest.raises(errors.StillNamed, match="names something that is no longer there"):
        entries.put_back(database, Commitment.KIND, held.id, "owner", people[0].id)
    assert now(database, held).owner is None


# ---- what may not change


def test_a_line_is_sealed_with_what_it_belongs_to_and_a_note_on_it_is_not(database: Database) -> None:
    with database.change("Add") as change:
        claim = change.add(Claim(month=Month(2026, 10), state=ClaimState.DRAFT))
        post = change.add(Post(role=Role.GP))
        line = added(change, ClaimLine, claim=claim.id, post=post.id)
        note = change.add(Note(on=claim.id, words="Sent by Ann"))
        assignment = change.add(Assignment(post=post.id, hours=Hours.of(30), starts=TODAY))
        paper = change.add(_paper())
    with database.read() as reader:
        found = [entries.sealed(reader, one) for one in (claim, line, note, assignment)]
        told = entries.sealed(reader, paper)
    assert found == [None] * 4
    assert told == "Claim October was issued on 20 November 2026 and stays as it was sent."
    entries.enter(database, Claim.KIND, claim.id, "state", "submitted")
    with database.read() as reader:
        sent = reader.get(Claim, claim.id)
        why = sent.sealed()
        assert why is not None
        found = [entries.sealed(reader, one) for one in (sent, line, note, assignment)]
    assert found == [why, why, None, None]
    assert entries.enter(database, Note.KIND, note.id, "words", "Sent by Ben") is None
    with pytest.raises(errors.Sealed):
        entries.enter(database, line.KIND, line.id, "claimed", "1")


def _paper() -> SentPaper:
    kept = KeptFile("October.xlsx", "ab" * 32, 9)
    issued = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return SentPaper(
        paper="claim", title="Claim October", issued_at=issued, kept=kept, facts=kept, position=1, program="1"
    )


# ---- removing


def test_many_are_removed_as_one_step_with_what_was_typed_into_them(
    database: Database, three: tuple[Commitment, ...]
) -> None:
    entries.enter(database, Commitment.KIND, three[0].id, "due", "31/2")
    entries.enter(database, Commitment.KIND, three[2].id, "due", "31/2")
    position = database.head.position
    assert entries.remove_all(database, three[:2]) == ()
    assert [draft.record for draft in drafts.kept(database)] == [str(three[2].id)]
    assert database.head.position == position + 1
    assert database.undo().label == "Remove 2 commitments"
    assert now(database, three[0]) == replace(three[0], version=now(database, three[0]).version)
    assert entries.remove_all(database, ()) == ()
    assert entries.remove(database, three[1]) == ()
    assert whole_steps(database)[-1].label == "Remove commitment C-002"


def test_of_many_of_which_one_is_named_none_is_removed_and_no_words_are_lost(
    database: Database, three: tuple[Commitment, ...]
) -> None:
    with database.change("Add") as change:
        action = change.add(Action(what="Write", commitment=three[1].id))
    entries.enter(database, Commitment.KIND, three[0].id, "due", "31/2")
    before = dump(database)
    told = entries.remove_all(database, three)
    assert [(problem.kind, problem.record) for problem in told] == [("action", action.id)]
    assert told[0].sentence == "A-001 Write still names it."
    assert dump(database) == before
    assert [draft.words for draft in drafts.kept(database)] == ["31/2"]


def test_those_that_name_one_another_are_removed_together(database: Database) -> None:
    with database.change("Add") as change:
        action = change.add(Action(what="Write"))
        for day in (19, 20):
            change.add(ActionUpdate(action=action.id, said_on=date(2026, 11, day), said="Said"))
        first = change.add(Claim(month=Month(2026, 9)))
        second = change.add(Claim(month=Month(2026, 9), supersedes=first.id))
    assert entries.remove(database, action) == ()
    assert entries.remove_all(database, (first, second)) == ()
    with database.read() as reader:
        assert (reader.count(ActionUpdate), reader.count(Claim)) == (0, 0)


# ---- what labels tell


MARKER = "Zyxwvut"


def test_no_label_holds_what_stands_in_a_field(database: Database) -> None:
    for cls in RECORDS:
        with database.change("Add") as change:
            record = added(change, cls, MARKER)
        if record.sealed() is not None:
            continue
        for field in cls.KIND.fields:
            if isinstance(field.kind, kinds.Text):
                entries.enter(database, cls.KIND, record.id, field.name, f"{MARKER} {MARKER}")
                entries.enter_for_all(database, cls.KIND, [record.id], field.name, f"{MARKER} again")
                entries.put_back(database, cls.KIND, record.id, field.name, MARKER)
        with database.read() as reader:
            record = reader.get(cls, record.id)
        assert entries.remove(database, record) == ()
        database.undo()
    steps = whole_steps(database)
    words = [field for cls in RECORDS for field in cls.KIND.fields if isinstance(field.kind, kinds.Text)]
    assert len(steps) > len(words)
    assert all(MARKER not in step.label for step in steps)


def test_a_revised_date_typed_anywhere_is_counted_and_undo_uncounts_it(
    database: Database, held: Commitment
) -> None:
    kind = Commitment.KIND
    entries.enter(database, kind, held.id, "due", "31/3/2027")
    assert entries.enter(database, kind, held.id, "revised_due", "30/4/2027") is None
    assert now(database, held).times_revised == 1
    assert entries.enter_for_all(database, kind, [held.id], "revised_due", "31/5/2027") == 1
    assert now(database, held).times_revised == 2
    database.undo()
    assert (now(database, held).revised_due, now(database, held).times_revised) == (date(2027, 4, 30), 1)


def test_minutes_are_made_final_by_no_word_typed_anywhere(database: Database) -> None:
    with database.change("Add") as change:
        item = added(change, AgendaItem)
    kind = AgendaItem.KIND
    for typed in ("Yes", "1", "perhaps"):
        with pytest.raises(errors.Sealed, match="never typed"):
            entries.enter(database, kind, item.id, "final", typed)
    with pytest.raises(errors.Sealed, match="never typed"):
        entries.enter_for_all(database, kind, [item.id], "final", "Yes")
    with pytest.raises(errors.Sealed, match="never typed"):
        entries.put_back(database, kind, item.id, "final", 1)
    drafts.keep(database, kind.name, "new-1", "title", "Money")
    drafts.keep(database, kind.name, "new-1", "meeting", _ref(database, item.meeting))
    drafts.keep(database, kind.name, "new-1", "number", "2")
    drafts.keep(database, kind.name, "new-1", "final", "Yes")
    begun = entries.add_begun(database, kind, "new-1")
    assert isinstance(begun, AgendaItem)
    assert not begun.final
    assert drafts.kept(database) == ()


def _ref(database: Database, id_: Id) -> str:
    with database.read() as reader:
        found = reader.any_of(id_)
    assert found is not None
    return found.ref
