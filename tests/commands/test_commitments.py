"""A commitment is captured with four answers, its date moved with its count, and all of them looked over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhsdesk.commands import commitments, notes
from nhsdesk.commands.commitments import FourAnswers
from nhsdesk.domain import commitment_rules, commitment_views
from nhsdesk.domain.commitments import Commitment, CommitmentKind, Stands, Status, stands
from nhsdesk.domain.contracts import Agreement, Signature
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind, Tag
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database
from tests.factories import HOSTILE


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def captured(database: Database, *answers: str) -> Commitment:
    made = commitments.capture(database, FourAnswers(*answers))
    assert isinstance(made, Commitment)
    return made


def titles(database: Database) -> list[str]:
    with database.read() as reader:
        return [one.title for one in reader.all(SourceDocument)]


# ---- four answers


def test_four_answers_are_enough_and_the_rest_is_not_yet_known(database: Database) -> None:
    made = captured(database, "Send a plan", "The ICB", "31/3/2027", "Letter of 3 June, page 2")
    assert (made.title, made.owed_to, made.due, made.locator) == (
        "Send a plan", "The ICB", date(2027, 3, 31), "page 2",
    )  # fmt: skip
    assert titles(database) == ["Letter of 3 June"]
    assert (made.kind, made.basis, made.status) == (None, None, None)
    assert commitment_views.not_yet_known(made).startswith("whether it binds, what it rests on, who does it")
    weights = {problem.weight for problem in commitment_rules.problems(made)}
    assert weights == {Weight.ACKNOWLEDGE}


def test_one_answer_is_enough_and_none_is_not(database: Database) -> None:
    assert captured(database, "Send a plan").document is None
    told = commitments.capture(database, FourAnswers("  ", "The ICB", "soon"))
    assert isinstance(told, tuple)
    assert [problem.field for problem in told] == ["title", "due"]
    assert len(commitments.held(database).commitments) == 1


@pytest.mark.parametrize(
    ("where", "locator", "documents"),
    [
        ("D-001, page 14", "page 14", 1), ("D-001", None, 1), ("Operating model", None, 1),
        ("operating MODEL, p.14", "p.14", 1), ("Operating model, section 3", "section 3", 1),
        ("D-001 Operating model, 14", "14", 1), ("Operating model, annex B", "annex B", 1),
        ("Letter, Smith to Jones", None, 2), ("", None, 1), (" , page 3", "page 3", 1), ("Letter, 2026", "2026", 2),
    ],
)  # fmt: skip
def test_where_it_is_written_names_a_document_and_its_page(
    database: Database, where: str, locator: str | None, documents: int
) -> None:
    add(database, SourceDocument(title="Operating model"))
    made = captured(database, "Send a plan", "", "", where)
    assert (made.locator, len(titles(database))) == (locator, documents)
    assert (made.document is None) == (not where.split(",")[0].strip())


def test_a_captured_commitment_and_its_document_are_one_step(database: Database) -> None:
    captured(database, "Send a plan", "", "", "A new letter")
    database.undo()
    assert titles(database) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_typed_or_refused_in_words(database: Database, words: str) -> None:
    made = commitments.capture(database, FourAnswers(words, words, "", words))
    if isinstance(made, Commitment):
        assert made.title == Commitment.KIND.field("title").kind.read(words, date(2026, 11, 20))
    assert isinstance(commitments.capture(database, FourAnswers("x", "", words)), tuple)


# ---- moving its date


def test_moving_a_date_keeps_the_first_and_counts(database: Database) -> None:
    made = captured(database, "Send a plan", "", "1/12/2026")
    commitments.revise_due(database, made.id, date(2026, 12, 20))
    moved = commitments.revise_due(database, made.id, date(2027, 2, 1))
    assert (moved.due, moved.revised_due, moved.times_revised) == (date(2026, 12, 1), date(2027, 2, 1), 2)
    assert stands(moved, commitments.held(database).rules, date(2026, 11, 20)) is Stands.SLIPPED
    database.undo()
    assert commitments.held(database).commitments[0].times_revised == 1


def test_a_first_date_and_the_same_date_are_no_revision(database: Database) -> None:
    made = captured(database, "Send a plan")
    first = commitments.revise_due(database, made.id, date(2026, 12, 1))
    assert (first.due, first.revised_due, first.times_revised) == (date(2026, 12, 1), None, None)
    position = database.head.position
    assert commitments.revise_due(database, made.id, date(2026, 12, 1)).times_revised is None
    assert database.head.position == position


# ---- tags and links


@pytest.mark.parametrize("word", ["prevention", "complex", "access"])
def test_prevention_complexity_and_access_are_tags_to_start_with(database: Database, word: str) -> None:
    from nhsdesk import resources

    assert word in resources.starter_tags()
    made = captured(database, "Answer on the day")
    assert notes.tag(database, made.id, word.upper())
    assert not notes.tag(database, made.id, f" {word} ")
    assert not notes.tag(database, made.id, " ")
    view = next(view for view in commitment_views.VIEWS if view.title == "By tag")
    assert [row.cells[0] for row in view.rows(commitments.held(database))] == [word]


def test_neighbourhood_work_on_access_is_found_by_its_tag(database: Database) -> None:
    made = captured(database, "Improve access to general practice across the neighbourhood")
    captured(database, "Another")
    notes.tag(database, made.id, "access")
    with database.read() as reader:
        assert [tag.on for tag in reader.all(Tag, word="access")] == [made.id]


# ---- what is gathered for the rules


def known(database: Database, id_: Id) -> commitment_rules.Known:
    held = commitments.held(database)
    return held.known(next(one for one in held.commitments if one.id == id_))


def test_our_signature_on_its_agreement_makes_a_local_agreement(database: Database) -> None:
    agreement = add(database, Agreement(title="Network Agreement"))
    made = add(database, Commitment(title="Share", kind=CommitmentKind.AGREEMENT, agreement=agreement.id))
    assert not known(database, made.id).we_are_party
    other = add(database, Organisation(name="Trust"))
    add(database, Signature(agreement=agreement.id, organisation=other.id, signed_on=date(2026, 6, 1)))
    assert not known(database, made.id).we_are_party
    ours = add(database, Signature(agreement=agreement.id, ours=True))
    assert (known(database, made.id).we_are_party, known(database, made.id).we_signed) == (True, False)
    with database.change("Sign") as change:
        change.put(Signature(**{**_fields(ours), "signed_on": date(2026, 6, 1)}))
    assert known(database, made.id).we_signed


@pytest.mark.parametrize(
    ("signed", "expires", "holds"),
    [(date(2026, 6, 1), None, True), (date(2026, 6, 1), date(2026, 11, 19), False), (date(2026, 11, 21), None, False)],
)  # fmt: skip
def test_an_agreement_holds_from_its_signature_until_it_expires(
    database: Database, signed: date, expires: date | None, holds: bool
) -> None:
    agreement = add(database, Agreement(title="Network Agreement", expires=expires))
    add(database, Signature(agreement=agreement.id, ours=True, signed_on=signed))
    made = add(database, Commitment(title="Share", kind=CommitmentKind.AGREEMENT, agreement=agreement.id))
    assert known(database, made.id).we_signed == holds


@pytest.mark.parametrize(
    ("values", "proves"),
    [
        ({}, True), ({"expires_on": date(2026, 11, 20)}, True), ({"expires_on": date(2026, 11, 19)}, False),
        ({"effective_on": date(2026, 11, 21)}, False),
    ],
)  # fmt: skip
def test_evidence_proves_while_it_is_in_date(
    database: Database, values: dict[str, Any], proves: bool
) -> None:
    made = add(database, Commitment(title="Share", status=Status.MET))
    add(database, Evidence(what="Minutes", proves=(made.id,), **values))
    assert known(database, made.id).proved == proves


def test_the_access_requirement_of_2023_rests_on_a_superseded_contract(database: Database) -> None:
    older = add(database, SourceDocument(title="Contract change, May 2023"))
    newer = add(database, SourceDocument(title="GMS contract 2026/27", supersedes=older.id))
    made = add(database, Commitment(title="Respond on the day", kind=CommitmentKind.DUTY, document=older.id))
    assert known(database, made.id).document_superseded_by == newer.ref
    view = next(view for view in commitment_views.VIEWS if view.title == "On a superseded document")
    assert [row.id for row in view.rows(commitments.held(database))] == [made.id]


def test_a_programme_is_recorded_as_not_the_same_as_another(database: Database) -> None:
    hubs, teams = captured(database, "Same-day access hubs"), captured(database, "Neighbourhood teams")
    link = add(database, Link(source=hubs.id, target=teams.id, says=LinkKind.NOT_THE_SAME))
    assert f"{hubs.ref} {link.says.value} {teams.ref}" == "C-001 is not the same as C-002"


def _fields(record: Any) -> dict[str, Any]:
    from nhsdesk.store.reading import values_of

    return {**values_of(record), "id": record.id, "version": record.version, "ref": record.ref}
