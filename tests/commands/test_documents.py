"""Documents taken in, quoted from, looked through again and replaced: each one step, and nothing kept that must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import documents, entries
from nhsdesk.commands.documents import Answers
from nhsdesk.documents import text
from nhsdesk.domain.commitments import Commitment, CommitmentKind, QuotationFound
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.documents.test_text import pdf, word

WORDS = "Each primary care network names a lead"
PAGES = (("Paper 9",), (WORDS,), ("Support is no takeover",))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Paper_9.pdf"
    path.write_bytes(pdf(*PAGES))
    return path


def taken(database: Database, path: Path) -> SourceDocument:
    return documents.take_in(database, documents.look_at(path))


def add(database: Database, title: str, **told: object) -> SourceDocument:
    with database.change("Add a document") as change:
        return change.add(SourceDocument(title=title, **told))  # type: ignore[arg-type]


def steps(database: Database) -> int:
    return database.head.position


def now(database: Database, document: SourceDocument) -> SourceDocument:
    with database.read() as reader:
        return reader.get(SourceDocument, document.id)


# ---- taking in


def test_a_board_paper_is_evidence_with_its_number_page_words_and_hash(
    database: Database, paper: Path
) -> None:
    document = taken(database, paper)
    assert (document.title, document.mentions_pcns) == ("Paper 9", True)
    assert document.kept is not None
    seen = documents.look_at(paper)
    assert (document.kept.sha256, document.kept.size) == (seen.whole.sha256, paper.stat().st_size)
    with database.read() as reader:
        assert reader.kept_bytes(document.kept.sha256) == paper.read_bytes()
    entries.enter(database, SourceDocument.KIND, document.id, "publication_ref", "Paper 9")
    made = documents.capture(database, document, Answers("Name a lead", "ICB", "30/1", "ask"), "p2", WORDS)
    assert isinstance(made, Commitment)
    assert (made.document, made.locator, made.quotation) == (document.id, "p2", WORDS)
    assert (made.quotation_found, made.read_on, made.due) == (QuotationFound.THERE, AS_OF, date(2027, 1, 30))
    assert documents.read_from(database, document) == (made,)


def test_the_same_file_is_not_kept_twice(database: Database, paper: Path) -> None:
    first, before = taken(database, paper), steps(database)
    assert taken(database, paper) == first
    assert steps(database) == before + 0
    other = add(database, "Other")
    with pytest.raises(errors.FileRefused, match=f"it is the file of {first.ref} already"):
        documents.take_in(database, documents.look_at(paper), other)


def test_a_document_known_by_title_is_given_its_file(database: Database, paper: Path) -> None:
    known = add(database, "Framework", mentions_pcns=False)
    got = documents.take_in(database, documents.look_at(paper), known)
    assert (got.id, got.title, got.mentions_pcns) == (known.id, "Framework", False)
    assert documents.text_of(database, got).passages[1].text.strip() == WORDS


def test_a_scan_is_not_yet_known_to_name_networks(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "Scan.pdf"
    path.write_bytes(pdf((), ()))
    assert taken(database, path).mentions_pcns is None


def test_a_larger_file_is_referred_to_where_it_lies(
    database: Database, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MOST_KEPT", 100)
    document = taken(database, paper)
    assert document.kept is not None
    assert document.kept.lies_at == str(paper)
    with database.read() as reader:
        assert reader.kept_bytes(document.kept.sha256) is None
    with pytest.raises(errors.DeskError, match="larger than 25 MB and is only referred to"):
        documents.text_of(database, document)


def test_a_refused_file_leaves_nothing_behind(database: Database, tmp_path: Path) -> None:
    before = steps(database)
    path = tmp_path / "Plan.pdf"
    path.write_bytes(b"MZ\x90\x00\x03\x00" + bytes(100))
    with pytest.raises(errors.FileRefused):
        documents.look_at(path)
    assert steps(database) == before


def test_a_document_with_a_patients_number_is_turned_away_masked(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "Case note.pdf"
    path.write_bytes(pdf(("Winter plan",), ("Patient 450 557 7104 waited for two days",)))
    before = steps(database)
    with pytest.raises(errors.PatientData) as refusal:
        documents.look_at(path)
    assert "Case note.pdf was not taken in: p2 holds what looks like an NHS number" in str(refusal.value)
    assert "7104" not in str(refusal.value)
    assert steps(database) == before


def test_a_document_named_after_a_patients_number_is_turned_away(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "Case 450-557-7104.pdf"
    path.write_bytes(pdf(("Winter plan",)))
    with pytest.raises(errors.PatientData, match=r"its name holds .* on its tab Files, and give the reason"):
        documents.look_at(path)


def test_a_document_without_a_file_says_so(database: Database) -> None:
    with pytest.raises(errors.DeskError, match="has no file yet"):
        documents.text_of(database, add(database, "Framework"))


# ---- the four answers


def test_answers_that_cannot_be_read_are_told_and_nothing_is_kept(database: Database, paper: Path) -> None:
    document = taken(database, paper)
    before = steps(database)
    wrong = documents.capture(database, document, Answers("", "", "soonish", ""), "p2", WORDS)
    assert isinstance(wrong, tuple)
    assert [one.field for one in wrong] == ["title", "due"]
    assert steps(database) == before


def test_one_answer_is_enough_and_the_rest_is_not_yet_known(database: Database, paper: Path) -> None:
    made = documents.capture(database, taken(database, paper), Answers("Name a lead"), "p2", WORDS)
    assert isinstance(made, Commitment)
    assert (made.kind, made.owed_to, made.due) == (None, None, None)
    assert made.binds.work_out(made, None, AS_OF) == "Not yet known whether this binds"  # type: ignore[arg-type]


# ---- looking again


def read_three(database: Database, document: SourceDocument) -> None:
    for title, page, words in (
        ("A", "p2", WORDS),
        ("B", "p2", "Support is no takeover"),
        ("C", "p2", "must pay"),
    ):
        with database.change("Add") as change:
            change.add(Commitment(title=title, document=document.id, locator=page, quotation=words))


def test_exact_words_are_found_moved_or_gone_and_kept_as_one_step(database: Database, paper: Path) -> None:
    document = taken(database, paper)
    read_three(database, document)
    before, read = steps(database), documents.text_of(database, document)
    found = documents.recheck(database, document, read)
    assert [(one.commitment.title, one.finding.found.value, one.finding.at) for one in found] == [
        ("A", "on its page", "p2"),
        ("B", "on another page", "p3"),
        ("C", "not in the file", ""),
    ]
    assert steps(database) == before + 1
    documents.recheck(database, document, read)
    assert steps(database) == before + 1  # nothing was another
    moved = documents.take_page(database, found[1].commitment, "p3")
    (again,) = documents.recheck(database, document, read, only=moved)
    assert again.finding.found is QuotationFound.THERE


def test_looking_again_is_taken_back_by_one_undo(database: Database, paper: Path) -> None:
    document = taken(database, paper)
    read_three(database, document)
    documents.recheck(database, document, documents.text_of(database, document))
    database.undo()
    assert {one.quotation_found for one in documents.read_from(database, document)} == {None}


def test_words_of_a_word_file_are_found_by_their_paragraph(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "Plan.docx"
    path.write_bytes(word("Plan", "3.2 Practices name a “lead”."))
    document = taken(database, path)
    with database.change("Add") as change:
        change.add(Commitment(title="A", document=document.id, locator="para 3.2", quotation='name a "lead"'))
    (found,) = documents.recheck(database, document, documents.text_of(database, document))
    assert found.finding.found is QuotationFound.THERE


# ---- what replaces what


def test_a_newer_paper_of_the_chair_replaces_the_older_and_lists_what_rests_on_it(database: Database) -> None:
    old, new = add(database, "Next stages"), add(database, "Next stages, again")
    with database.change("Add") as change:
        resting = change.add(Commitment(title="Put plans in place", document=old.id))
    documents.supersede(database, new, old)
    assert now(database, old).status is DocumentStatus.REPLACED
    ((gone, today, several),) = documents.standing(database).superseded
    assert (gone.id, today and today.id, several) == (old.id, new.id, (resting,))


def test_a_document_that_supersedes_itself_or_comes_round_is_refused(database: Database) -> None:
    one, two = add(database, "One"), add(database, "Two")
    documents.supersede(database, two, one)
    before = steps(database)
    with pytest.raises(errors.DeskError, match="cannot supersede itself"):
        documents.supersede(database, one, one)
    with pytest.raises(errors.DeskError, match="already supersedes it"):
        documents.supersede(database, one, two)
    with pytest.raises(errors.DeskError, match="supersedes D-001 already"):
        documents.supersede(database, two, add(database, "Three"))
    with pytest.raises(errors.DeskError, match="cannot come from itself"):
        documents.carry_out(database, one, one)
    assert steps(database) == before + 1  # the third document
    assert now(database, one).supersedes is None


@pytest.mark.parametrize("name", ["supersedes", "comes_from"])
def test_the_register_refuses_it_too(database: Database, name: str) -> None:
    one, two = add(database, "One"), add(database, "Two")
    kind = SourceDocument.KIND
    assert entries.enter(database, kind, two.id, name, one.ref) is None
    wrong = entries.enter(database, kind, one.id, name, two.ref)
    assert isinstance(wrong, Problem)
    assert "already comes back to it" in wrong.sentence
    itself = entries.enter(database, kind, one.id, name, one.ref)
    assert isinstance(itself, Problem)
    assert "cannot name itself" in itself.sentence
    assert isinstance(entries.enter_for_all(database, kind, (one.id, two.id), name, two.ref), Problem)
    assert getattr(now(database, one), name) is None


def test_assurances_ask_to_be_read_again_until_somebody_has(database: Database) -> None:
    older = add(database, "Board paper", body="ICB", dated=date(2024, 9, 1))
    add(database, "Plan", body="ICB", dated=date(2026, 1, 1))
    with database.change("Add") as change:
        change.add(
            Commitment(title="No change to GP budgets", document=older.id, kind=CommitmentKind.ASSURANCE)
        )
    assert [one.older.id for one in documents.standing(database).to_read_again] == [older.id]
    assert documents.mark_read_again(database, older).reread_on == AS_OF
    assert documents.standing(database).to_read_again == ()


def test_a_notice_is_kept_in_its_versions(database: Database) -> None:
    """Bank holidays, face coverings: "updated to clarify" is another version, not another document's loss."""
    first = add(database, "Face coverings on transport", edition="1")
    second = add(database, "Face coverings on transport, updated to clarify", edition="2")
    documents.supersede(database, second, first)
    line = documents.where_from(database, second)
    assert [(one.document.id, one.status) for one in line] == [
        (first.id, f"Replaced by {second.ref}"),
        (second.id, "Status not yet known"),
    ]


def test_papers_are_counted_by_whether_they_name_us(database: Database, paper: Path) -> None:
    document = taken(database, paper)
    with database.change("Say whose it is") as change:
        change.put(replace(document, body="ICB"))
        change.add(SourceDocument(title="Another", body="ICB", mentions_pcns=False))
    (counted,) = documents.mentions(database)
    assert (counted.body, counted.named, counted.not_named) == ("ICB", 1, 1)
