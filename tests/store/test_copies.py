"""Letters and numbers of copies: given once, each under the copy it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, copies, schema
from tests.store.files import fill, new_file, opened


def test_letters_go_on_from_the_parent_and_never_come_twice() -> None:
    taken = ["A"]
    for _ in range(51):
        taken.append(copies.next_letter("A", taken))
    assert taken[:3] == ["A", "B", "C"]
    assert taken[25:28] == ["Z", "AA", "AB"]
    assert len(set(taken)) == len(taken)
    assert copies.next_letter("B", ["A", "B"]) == "BA"
    with pytest.raises(errors.CannotExchange, match="No more copies"):
        copies.next_letter("A", taken)


def test_the_children_of_two_copies_never_share_a_letter() -> None:
    taken: list[str] = ["A"]
    parents = ["A"]
    for _ in range(3):
        made = [copies.next_letter(parent, taken) for parent in parents]
        assert len(set(made)) == len(made)
        taken += made
        parents = taken[:]
    assert len(set(taken)) == len(taken)


def test_numbers_are_of_31_bits_and_none_is_zero(tmp_path: Path) -> None:
    with new_file(tmp_path) as db, db.writing() as connection:
        drawn = [copies.draw(connection, db.head.copy, "now", b"")[0] for _ in range(40)]
    assert len(set(drawn)) == 40
    assert all(0 < number < 2**31 for number in drawn)


def test_ids_carry_the_copy_above_their_counter_and_refs_its_letter(tmp_path: Path) -> None:
    with new_file(tmp_path) as db:
        fill(db)
        backups.hand_out(db, tmp_path / "B.nhsdesk")
    with opened(tmp_path / "B.nhsdesk") as copy, copy.change("Add") as change:
        made = [change.add(Commitment(title="New")) for _ in range(2)]
    assert [one.id for one in made] == [copy.head.copy << 32 | n for n in (1, 2)]
    assert [one.ref for one in made] == ["C-B1", "C-B2"]


def test_the_file_knows_every_copy_that_was_handed_out_and_from_whom(tmp_path: Path) -> None:
    with new_file(tmp_path) as db:
        for name in "BCD":
            backups.hand_out(db, tmp_path / f"{name}.nhsdesk")
        with db.read() as reader:
            rows = reader.connection.execute(select(schema.copies)).all()
        assert {row.letter for row in rows} == set("ABCD")
        assert {row.parent for row in rows if row.letter != "A"} == {db.head.copy}


def test_a_number_becomes_a_files_own_only_with_a_counting_begun_anew(tmp_path: Path) -> None:
    with new_file(tmp_path) as db:
        fill(db)
        assert copies.become_new_copy(db, "for the test", taken=["B", "C"]) == "D"
        with db.change("Add") as change:
            assert change.add(Commitment(title="New")).ref == "C-D1"
        db.undo()
        with pytest.raises(errors.NothingToUndo, match="Became copy D"):
            db.undo()
