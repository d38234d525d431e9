"""A register written out, worked on and brought back: nothing lost, nothing overwritten in silence, one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import entries, files, register_changes, register_files, register_sheet
from nhsdesk.commands.register_changes import Seen
from nhsdesk.documents import xlsx_lint
from nhsdesk.domain.claimed import Claim, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.factories import HOSTILE, added

ENDINGS = pytest.mark.parametrize("ending", register_files.ENDINGS)
EVERY_KIND = pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.KIND.name)
MOST_BYTES = 200_000
"""Larger ones are read in the reader's own tests."""

WORDS = next(one for one in HOSTILE if "before\x00after" in one) + "\r\n=1+1\ttab " + HOSTILE[0]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A file with an entry of every kind, every field filled."""

    def fill(database: Database) -> None:
        made: dict[str, Id] = {}
        with database.change("Add one of every kind") as change:
            for cls in RECORDS:
                if cls.KIND.name not in made:
                    made[cls.KIND.name] = added(change, cls, WORDS, made).id

    clock = Clock()
    path = made_once.network(tmp_path_factory.mktemp("filled") / "Ours.nhsdesk", clock, fill)
    with files.open_for_work(path, "Ann Archer", clock) as database:
        yield database


def out(database: Database, kind: RecordKind, target: Path, words: str = "") -> Path:
    register_files.save(database, register_files.whole(database, kind, words, every_column=True), target)
    return target


def edited(path: Path, change: Callable[[Any], object]) -> Path:
    """Works on the table of a workbook as a person does, and saves it."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[1])
    book.save(path)
    return path


def column(sheet: Any, heading: str) -> int:
    return int(next(cell.column for cell in sheet[4] if cell.value == heading))


def put(sheet: Any, row: int, heading: str, value: Any) -> None:
    sheet.cell(row, column(sheet, heading)).value = value


def told(seen: Seen) -> list[str]:
    return [sentence for line in seen.lines for sentence in line.told]


def edits(seen: Seen) -> list[tuple[str, str, str, str]]:
    return [(line.ref, one.field.name, one.before, one.after) for line in seen.lines for one in line.edits]


@pytest.fixture
def three(database: Database) -> tuple[Commitment, ...]:
    with database.change("Add three") as change:
        return tuple(
            change.add(Commitment(title=title, due=date(2027, 1, 30)))
            for title in ("Offer enhanced access", "=SUM(A1)", "Send the workforce return")
        )


@pytest.fixture
def exported(database: Database, three: tuple[Commitment, ...], tmp_path: Path) -> Path:
    return out(database, Commitment.KIND, tmp_path / "Commitments.xlsx")


def now(database: Database, record: Record) -> Any:
    with database.read() as reader:
        return reader.get(type(record), record.id)


# ---- nothing changed


@ENDINGS
@EVERY_KIND
def test_a_register_of_any_kind_comes_back_as_no_change(
    filled: Database, tmp_path: Path, cls: type[Record], ending: str
) -> None:
    path = out(filled, cls.KIND, tmp_path / f"register{ending}")
    seen = register_changes.look(filled, path)
    assert seen.lines == ()
    assert seen.told == ()
    assert len(seen.brought.rows) >= 1
    assert {one.name for one in seen.brought.fields} == {one.name for one in cls.KIND.fields}
    position = filled.head.position
    assert register_changes.take_in(filled, seen) == 0
    assert filled.head.position == position


def test_a_workbook_keeps_to_the_guidance_but_for_what_is_to_be_filled(exported: Path) -> None:
    assert xlsx_lint.faults(exported.read_bytes(), to_fill=("Commitments",), working_copy=True) == ()


def test_ids_are_hidden_text_with_all_high_bits_kept(database: Database, tmp_path: Path) -> None:
    high = Id(2**63 - 1)
    with database.change("Add") as change:
        change.restore(Person.KIND, high, {**change.as_stored(Person.KIND, _person(change)), "ref": "PR-999"})  # type: ignore[dict-item]
    path = out(database, Person.KIND, tmp_path / "People.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[1]
    last = sheet.max_column
    assert sheet.column_dimensions[sheet.cell(4, last).column_letter].hidden
    marks = [sheet.cell(row, last).value for row in range(5, sheet.max_row + 1)]
    assert f"id {2**63 - 1}" in marks
    assert all(isinstance(mark, str) for mark in marks)
    edited(path, lambda page: put(page, 4 + len(marks), "Role title", "Practice manager"))
    seen = register_changes.look(database, path)
    assert [line.record.id for line in seen.lines if line.record is not None] == [high]


def _person(change: Any) -> Id:
    return Id(change.add(Person(role_title="Clinical director")).id)


# ---- what was changed in the file


def test_changed_cells_and_new_rows_come_in_as_one_step(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    def work(sheet: Any) -> None:
        put(sheet, 5, "By when", date(2027, 3, 31))
        put(sheet, 7, "What", "Send it late")
        put(sheet, 8, "What", "A new one")

    position = database.head.position
    seen = register_changes.look(database, edited(exported, work))
    assert edits(seen) == [
        (three[0].ref, "due", "30 January 2027", "31 March 2027"),
        (three[2].ref, "title", "Send the workforce return", "Send it late"),
    ]
    assert (seen.changed, seen.added, seen.conflicts, told(seen)) == (2, 1, 0, [])
    assert database.head.position == position
    assert register_changes.take_in(database, seen) == 3
    assert database.head.position == position + 1
    assert now(database, three[0]).due == date(2027, 3, 31)
    assert now(database, three[1]) == three[1]
    assert database.undo().label == "Bring commitments back from a file"
    assert now(database, three[2]).title == "Send the workforce return"


def test_brought_back_a_second_time_nothing_is_added_again(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    edited(exported, lambda sheet: put(sheet, 8, "What", "A new one"))
    register_changes.take_in(database, register_changes.look(database, exported))
    seen = register_changes.look(database, exported)
    assert seen.added == 0
    assert told(seen) == ["It is here already, as C-004, and was not added again."]


def test_rows_that_are_not_in_the_file_stay_as_they_are(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    edited(exported, lambda sheet: sheet.delete_rows(6))
    assert register_changes.look(database, exported).lines == ()
    assert now(database, three[1]) == three[1]


def test_what_is_shown_is_what_is_written_and_the_cover_says_so(
    database: Database, three: tuple[Commitment, ...], tmp_path: Path
) -> None:
    path = out(database, Commitment.KIND, tmp_path / "Commitments.xlsx", words="offer")
    book = openpyxl.load_workbook(path)
    assert book.worksheets[1].max_row == 5
    cover = "\n".join(str(row[0].value) for row in book.worksheets[0].iter_rows())
    assert "1 of 3 commitments, with the words “offer”. In the order of Ref, first to last." in cover
    assert f"as at 20 November 2026, after step {database.head.position} of its journal" in cover


# ---- what was changed on both sides


def test_a_field_changed_on_both_sides_is_a_conflict_and_not_overwritten_unless_said(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    entries.enter(database, Commitment.KIND, three[0].id, "title", "Changed here")
    entries.enter(database, Commitment.KIND, three[1].id, "title", "Changed here and left there")
    seen = register_changes.look(
        database, edited(exported, lambda sheet: put(sheet, 5, "What", "Changed there"))
    )
    assert (seen.changed, seen.conflicts) == (0, 1)
    (line,) = seen.lines
    assert [(one.before, one.after) for one in line.conflicts] == [("Changed here", "Changed there")]
    assert register_changes.take_in(database, seen) == 0
    assert now(database, three[0]).title == "Changed here"
    assert register_changes.take_in(database, seen, overwrite=True) == 1
    assert now(database, three[0]).title == "Changed there"
    assert now(database, three[1]).title == "Changed here and left there"


def test_a_file_of_another_copy_overwrites_nothing_in_silence(
    database: Database, three: tuple[Commitment, ...], exported: Path, tmp_path: Path, clock: Clock
) -> None:
    path = made_once.network(tmp_path / "Theirs.nhsdesk", clock)
    with files.open_for_work(path, "Ben", clock) as theirs:
        with theirs.change("Add") as change:
            change.restore(Commitment.KIND, three[0].id, _stored(database, three[0]))
        edited(exported, lambda sheet: put(sheet, 5, "What", "Changed there"))
        seen = register_changes.look(theirs, exported)
    assert (seen.changed, seen.conflicts) == (0, 1)
    assert "It was written from another file or copy" in seen.told[-1]


def _stored(database: Database, record: Record) -> Any:
    with database.change("Look") as change:
        return change.as_stored(record.KIND, record.id)


# ---- what is not taken


@pytest.mark.parametrize(
    ("heading", "value", "sentence"),
    [
        ("By when", "31/2/2027", "By when: 31/2/2027 is not a day: there is no 31 in February 2027."),
        ("What", None, "What: “What” cannot be left empty."),
        ("Status", "Perhaps", "Status: “Perhaps” is not one of"),
        ("What", "NHS number 450 557 7104", "What: “What” holds what looks like an NHS number"),
        ("Where it is written", "SD-999", "Where it is written: “SD-999” names no source document here."),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_and_the_others_of_its_row_come_in(
    database: Database, three: tuple[Commitment, ...], exported: Path, heading: str, value: Any, sentence: str
) -> None:
    def work(sheet: Any) -> None:
        put(sheet, 5, heading, value)
        put(sheet, 5, "Exact words", "Taken all the same")

    seen = register_changes.look(database, edited(exported, work))
    assert len(told(seen)) == 1
    assert told(seen)[0].startswith(sentence)
    assert [name for _, name, _, _ in edits(seen)] == ["quotation"]


def test_a_sealed_entry_is_left_as_it_is(database: Database, tmp_path: Path) -> None:
    with database.change("Claim") as change:
        claim = change.add(Claim(month=Month(2026, 10), state=ClaimState.DRAFT))
    path = out(database, Claim.KIND, tmp_path / "Claims.xlsx")
    sealing = edited(path, lambda sheet: put(sheet, 5, "State", "Submitted"))
    assert "Do it in its form." in told(register_changes.look(database, sealing))[0]
    with database.change("Submit") as change:
        change.put(replace(claim, state=ClaimState.SUBMITTED))
    path = out(database, Claim.KIND, tmp_path / "Claims.xlsx")
    seen = register_changes.look(
        database, edited(path, lambda sheet: put(sheet, 5, "Month", date(2026, 9, 1)))
    )
    assert len(told(seen)) == 1
    assert told(seen)[0].endswith("It was left as it is.")
    assert register_changes.take_in(database, seen) == 0


def test_rows_sorted_without_their_marks_are_not_taken_for_each_other(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    def swap(sheet: Any) -> None:
        for place in range(1, sheet.max_column):
            first, second = sheet.cell(5, place), sheet.cell(6, place)
            first.value, second.value = second.value, first.value

    seen = register_changes.look(database, edited(exported, swap))
    assert [one.split(":")[0] for one in told(seen)] == [
        "It says C-002, and its mark is that of C-001",
        "It says C-001, and its mark is that of C-002",
    ]
    assert (seen.changed, seen.added) == (0, 0)


def test_a_row_with_a_spoilt_mark_a_double_and_a_removed_entry_are_told(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    def work(sheet: Any) -> None:
        sheet.cell(5, sheet.max_column).value = 4.61169e18
        for place in range(1, sheet.max_column + 1):
            sheet.cell(8, place).value = sheet.cell(6, place).value
        put(sheet, 8, "What", "A double")

    entries.remove(database, three[2])
    seen = register_changes.look(database, edited(exported, work))
    assert [one.split(",")[0].split(":")[0] for one in told(seen)] == [
        "Its mark in the last column was changed",
        "Its entry was removed since",
        "C-002 stands in several rows of the file",
    ]
    assert edits(seen) == []


def test_a_new_row_that_lacks_what_must_be_given_is_told(
    database: Database, three: tuple[Commitment, ...], exported: Path
) -> None:
    edited(exported, lambda sheet: put(sheet, 8, "Exact words", "Nothing else"))
    assert told(register_changes.look(database, exported)) == ["It was not added: “What” must be given."]


def test_two_rows_that_name_each_other_make_no_ring(database: Database, tmp_path: Path) -> None:
    with database.change("Add") as change:
        first = change.add(SourceDocument(title="First"))
        second = change.add(SourceDocument(title="Second"))
    path = out(database, SourceDocument.KIND, tmp_path / "Documents.xlsx")

    def work(sheet: Any) -> None:
        put(sheet, 5, "Supersedes", second.ref)
        put(sheet, 6, "Supersedes", first.ref)

    seen = register_changes.look(database, edited(path, work))
    assert (seen.changed, told(seen)) == (1, ["Supersedes: It would come back to itself. Choose another."])


def test_papers_that_were_sent_are_written_by_the_program_alone(filled: Database, tmp_path: Path) -> None:
    kind = next(cls.KIND for cls in RECORDS if cls.KIND.name == "sent_paper")
    path = out(filled, kind, tmp_path / "Papers.xlsx")
    edited(path, lambda sheet: put(sheet, 5, kind.field("title").label, "Another"))
    assert "written by the program" in told(register_changes.look(filled, path))[0]


def test_a_file_that_is_no_register_of_ours_is_told_in_a_sentence(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "Tracker.csv"
    path.write_text("What,By when\nSomething,1 May 2027\n")
    assert not register_sheet.is_one(path)
    with pytest.raises(errors.FileRefused, match="none of its columns says which entry each row is"):
        register_changes.look(database, path)


def test_a_broken_or_hostile_file_is_refused_in_a_sentence_and_changes_nothing(
    database: Database, shared_data: Path
) -> None:
    position, tried = database.head.position, 0
    for path in sorted((shared_data / "hostile").rglob("*")):
        if path.suffix in (".xlsx", ".xlsm", ".csv") and path.stat().st_size < MOST_BYTES:
            tried += 1
            with pytest.raises(errors.FileRefused) as refusal:
                register_changes.look(database, path)
            assert str(refusal.value).endswith(".")
    assert tried > 20
    assert database.head.position == position


def test_a_column_that_is_none_of_ours_is_told_and_left_out(
    database: Database, three: tuple[Commitment, ...], tmp_path: Path
) -> None:
    path = tmp_path / "Commitments.csv"
    out(database, Commitment.KIND, path)
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([f'"Said by Ben",{lines[0]}', *(f'"x",{line}' for line in lines[1:])]))
    seen = register_changes.look(database, path)
    assert seen.lines == ()
    assert seen.told == ("No column of commitments, and left out: “Said by Ben”.",)


def test_separated_text_holds_no_formula(
    database: Database, three: tuple[Commitment, ...], tmp_path: Path
) -> None:
    path = out(database, Commitment.KIND, tmp_path / "Commitments.csv")
    assert '"\'=SUM(A1)"' in path.read_text("utf-8-sig")
    seen = register_changes.look(database, path)
    assert next(row.said["title"] for row in seen.brought.rows if row.ref == "C-002") == "=SUM(A1)"


def test_a_drafts_words_stay_out_and_go_when_the_file_puts_something_in_their_place(
    database: Database, three: tuple[Commitment, ...], tmp_path: Path
) -> None:
    from nhsdesk.store import drafts

    entries.enter(database, Commitment.KIND, three[0].id, "due", "31/2")
    path = out(database, Commitment.KIND, tmp_path / "Commitments.xlsx")
    cover = [str(row[0].value) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    assert "1 field has words typed that are not yet in the file; here stands what is." in cover
    edited(path, lambda sheet: put(sheet, 5, "By when", date(2027, 2, 28)))
    register_changes.take_in(database, register_changes.look(database, path))
    assert drafts.kept(database) == ()


def test_the_cover_says_what_is_restricted_and_what_tells_of_persons(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Add") as change:
        change.add(Commitment(title="A quiet matter", restricted=True))
        change.add(Person(role_title="Clinical director", name="Dr Anyone"))
    covers = [
        "\n".join(str(row[0].value) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows())
        for path in (
            out(database, Commitment.KIND, tmp_path / "a.xlsx"),
            out(database, Person.KIND, tmp_path / "b.xlsx"),
        )
    ]
    assert "1 entry is restricted and stand" in covers[0]
    assert "Tells of persons: " in covers[1]


@pytest.mark.parametrize("name", ["Register.pdf", "Register", "Register.nhsdesk"])
def test_a_name_of_another_kind_is_refused(database: Database, tmp_path: Path, name: str) -> None:
    with pytest.raises(errors.Unwritable, match="Choose a name with one of these endings"):
        out(database, Commitment.KIND, tmp_path / name)
    assert not (tmp_path / name).exists()
