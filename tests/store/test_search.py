"""Search finds whole words first, then beginnings, then mistyped ones; private words only while names are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Holder, Post, Role
from nhsdesk.domain.commitments import Basis, Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.records import RECORDS
from nhsdesk.store import record_file, search
from nhsdesk.store.database import Database
from tests.examples import examples
from tests.factories import HALF_A_LETTER, HOSTILE, added
from tests.store.conftest import SetClock


@pytest.fixture
def filled(db: Database) -> Database:
    with db.change("Fill") as change:
        change.add(Post(role=Role.CLINICAL_PHARMACIST, portal_label="Clinical pharmacist 1"))
        change.add(Commitment(title="Share the rota of the pharmacy", basis=Basis.LES))
        change.add(Commitment(title="Pharmacists join the huddle"))
        change.add(Action(what="Chase the cafe\u0301 lease at Naïve Street"))
        change.add(Person(role_title="Workforce lead", name="Zoe Quartermaine"))
        change.add(Holder(name="Nigel Pharman"))
        for n in range(30):
            change.add(Action(what=f"Follow up letter {n} about ageing and passing things"))
    return db


def refs(db: Database, asked: str, **how: bool) -> list[str]:
    return [found.words.split("\n")[0] for found in search.find(db, asked, **how)]


def test_the_whole_word_comes_first_then_beginnings(filled: Database) -> None:
    assert refs(filled, "pharmacist")[:2] == ["P-001", "C-002"]
    assert refs(filled, "pharm")[:1] != []
    assert set(refs(filled, "pharm")) == {"P-001", "C-001", "C-002"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pharmasist", "P-001"),
        ("phramacist", "P-001"),
        ("pharmacst", "P-001"),
        ("clinicl pharmasist", "P-001"),
        ("rotta pharmcy", "C-001"),
        ("hudle", "C-002"),
        ("rtoa", "C-001"),
        ("harmacist", "P-001"),
    ],
)
def test_a_mistyped_word_finds_what_was_meant_first(filled: Database, typed: str, meant: str) -> None:
    assert refs(filled, typed)[0] == meant


def test_every_word_must_be_there_before_any_will_do(filled: Database) -> None:
    assert refs(filled, "pharmacy rota")[0] == "C-001"
    assert refs(filled, "rota of the pharmacy") == ["C-001"]
    assert refs(filled, "huddle rota") == ["C-002", "C-001"]


def test_references_are_found_whole_begun_and_in_small_letters(filled: Database) -> None:
    assert refs(filled, "C-002")[0] == "C-002"
    assert refs(filled, "c-00")[:2] == ["C-001", "C-002"]
    assert refs(filled, " p-001 ")[0] == "P-001"
    assert set(refs(filled, "A-0")) >= {f"A-{n:03}" for n in range(1, 15)}


@pytest.mark.parametrize(("typed", "meant"), [("hu", "C-002"), ("ro", "C-001"), ("wo", "R-001"), ("z", None)])
def test_two_letters_find_beginnings_of_words(filled: Database, typed: str, meant: str | None) -> None:
    assert refs(filled, typed)[:1] == ([meant] if meant else [])


def test_accents_and_capitals_make_no_difference(filled: Database) -> None:
    for typed in ("café", "CAFE", "naive street", "NAÏVE"):
        assert refs(filled, typed)[:1] == ["A-001"], typed


def test_choices_are_found_by_their_words(filled: Database) -> None:
    assert refs(filled, "local enhanced service") == ["C-001"]


def test_private_words_are_found_only_while_names_are_shown(filled: Database) -> None:
    for typed in ("Quartermaine", "quartermane", "Quar", "qu"):
        assert refs(filled, typed) == [], typed
        assert refs(filled, typed, names_shown=True)[0] == "R-001", typed
    assert refs(filled, "Zoe workforce", names_shown=True) == ["R-001"]
    assert refs(filled, "pharman", names_shown=True)[0] == "H-001"
    assert all("Quartermaine" not in found.words for found in search.find(filled, "Zoe", names_shown=True))


def test_search_follows_changes_undo_and_removal(filled: Database) -> None:
    with filled.read() as reader:
        promise = reader.all(Commitment)[0]
    with filled.change("Change") as change:
        promise = change.put(replace(promise, title="Winter clinics"))
    assert (refs(filled, "winter"), refs(filled, "rota")) == (["C-001"], [])
    filled.undo()
    assert (refs(filled, "winter"), refs(filled, "rota")) == ([], ["C-001"])
    filled.redo()
    with filled.change("Remove") as change:
        change.remove(promise)
    assert refs(filled, "winter") == []
    assert "C-001" not in refs(filled, "C-001")


def test_search_sees_nothing_of_a_change_that_is_still_open(filled: Database) -> None:
    refs(filled, "rota")
    with filled.change("Add") as change:
        change.add(Commitment(title="Winter clinics"))
        assert refs(filled, "winter") == []
    assert refs(filled, "winter") == ["C-003"]


@pytest.mark.parametrize("name", [search.WORDS, search.PRIVATE, *search.SPELLINGS.values()])
def test_the_index_is_made_again_when_a_part_of_it_is_gone(filled: Database, name: str) -> None:
    found = refs(filled, "pharmasist", names_shown=True)
    with filled.writing() as connection:
        connection.execute(text(f"DROP TABLE {name}"))
    assert refs(filled, "pharmasist", names_shown=True) == found


def test_the_index_is_there_after_reopening_and_only_what_is_new_is_read(
    filled: Database, again: Callable[[Database], Database]
) -> None:
    assert search.bring_up_to_date(filled) == 36
    db = again(filled)
    assert search.bring_up_to_date(db) == 0
    with db.change("Add") as change:
        change.add(Person(role_title="Clinical director"))
    assert search.bring_up_to_date(db) == 1
    assert refs(db, "director") == ["R-002"]


def test_a_file_open_to_read_only_is_searched_as_far_as_its_index_goes(
    filled: Database, clock: SetClock
) -> None:
    with record_file.open_to_read(filled.path, "Ben Baker", clock) as reading:
        assert refs(reading, "rota") == []
    refs(filled, "rota")
    with record_file.open_to_read(filled.path, "Ben Baker", clock) as reading:
        assert refs(reading, "rota") == ["C-001"]


@pytest.mark.parametrize(
    "asked",
    [
        *HOSTILE,
        HALF_A_LETTER,
        "",
        " ",
        '"',
        '""',
        "'",
        "-",
        "--",
        "*",
        "a*",
        "NEAR(a b)",
        "NEAR",
        "AND",
        "OR NOT",
        "words:rota",
        "^rota",
        "{rota}",
        "(((",
        "rota)",
        "\x00",
        "rota\x00pharmacy",
        "x" * 10_000,
        "rota " * 2_000,
        "%",
        "_",
        "C-%",
        "C-_01",
        "C-\U0010ffff",
        "ŒÆß",
        "日本語",
        "👩‍⚕️",
        "‏ab‎",
    ],
)  # fmt: skip
def test_no_question_is_too_strange(filled: Database, asked: str) -> None:
    for shown in (False, True):
        search.find(filled, asked, names_shown=shown)
    if asked in ("rota\x00pharmacy", "^rota", "{rota}", "rota)", "rota " * 2_000):
        assert refs(filled, asked)[0] == "C-001"
    if asked in ("%", "_", "*"):
        assert refs(filled, asked) == []


@settings(
    max_examples=examples(20, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text() | st.text(st.characters(categories=["Cs", "Cc", "Po", "Sm", "Mn", "Lu"])))
def test_any_text_may_be_asked(filled: Database, asked: str) -> None:
    search.find(filled, asked, names_shown=True)


@pytest.mark.parametrize("some", [RECORDS[n : n + 8] for n in range(0, len(RECORDS), 8)])
def test_every_kind_of_record_is_found_by_its_words_whatever_else_was_typed(
    db: Database, some: tuple[type[Record], ...]
) -> None:
    with db.change("Add") as change:
        for words in HOSTILE:
            made: dict[str, Id] = {}
            for cls in some:
                added(change, cls, f"{words} zyxwvut", made)
    found = {one.kind for one in search.find(db, "zyxwvut", most=20_000, names_shown=True)}
    open_words = {one.kind for one in search.find(db, "zyxwvut", most=20_000)}
    for cls in some:
        holds = any(field.kind.searched for field in cls.KIND.fields if not hasattr(field.kind, "choices"))
        assert (cls.KIND.name in found) == holds, cls
        only_private = all(field.private for field in cls.KIND.fields if field.kind.searched)
        assert (cls.KIND.name in open_words) == (holds and not only_private), cls


def test_in_a_file_with_much_alike_the_best_match_is_found(db: Database) -> None:
    with db.change("Fill") as change:
        for n in range(3_000):
            change.add(Action(what=f"Charming artist number {n} is arming the armada"))
        last = change.add(Action(what="Ask the pharmacist"))
    assert search.find(db, "pharmasist")[0].id == last.id
    assert search.find(db, "phramacist")[0].id == last.id


def test_an_index_is_far_behind_when_it_is_missing_or_much_was_written_since(db: Database) -> None:
    assert search.far_behind(db)
    search.bring_up_to_date(db)
    behind = [search.far_behind(db)]
    for many in (search.FAR, 1):
        with db.change("Add") as change:
            for n in range(many):
                change.add(Action(what=f"Follow up letter {n}"))
        behind.append(search.far_behind(db))
    search.find(db, "letter")
    behind.append(search.far_behind(db))
    assert behind == [False, False, True, False]
    with db.writing() as connection:
        search.forget(connection)
    assert search.far_behind(db)
