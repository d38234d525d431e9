"""Frameworks are adopted and taken in from files as one step, once; a new version stands beside the old one."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import frameworks
from nhsdesk.domain.assessments import Framework, FrameworkLine, Standing
from nhsdesk.domain.frameworks import COLUMNS
from nhsdesk.store.database import Database


def write(path: Path, *rows: tuple[str, ...], heads: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


def line(ref: str, standard: str = "Audits", version: str = "2026/27") -> tuple[str, ...]:
    return ("The framework", version, "1 Lead", "I1", "Led", ref, standard, "p. 4")


def held(database: Database) -> tuple[tuple[Framework, ...], int]:
    with database.read() as reader:
        return reader.all(Framework), reader.count(FrameworkLine)


def test_the_advice_framework_is_adopted_in_one_step_and_twice_adds_nothing(database: Database) -> None:
    framework = frameworks.adopt(database, "advice-and-guidance")
    before = held(database)
    assert (framework.scored_by, framework.top, framework.standing) == ("the ICB", 3, None)
    assert frameworks.adopt(database, "advice-and-guidance") == framework
    assert held(database) == before
    with database.read() as reader:
        lines = reader.all(FrameworkLine, framework=framework.id)
    assert sum(one.standing is Standing.VERIFIED for one in lines) == 13
    database.undo()
    assert held(database) == ((), 0)


def test_those_shipped_say_whether_they_were_adopted(database: Database) -> None:
    frameworks.adopt(database, "int-readiness")
    assert [one.held is not None for one in frameworks.shipped(database)] == [False, True, False, False]


def test_a_file_is_looked_at_before_anything_is_kept(database: Database, tmp_path: Path) -> None:
    seen = frameworks.preview(database, write(tmp_path / "odf.csv", line("S1"), line("S2", "=1+1")))
    assert held(database) == ((), 0)
    assert seen.told == ("2 lines in 1 section: 2 from the file, not verified by us.",)
    framework = frameworks.take_in(database, seen)
    with database.read() as reader:
        kept = reader.all(FrameworkLine, framework=framework.id)
    assert [(one.standard_ref, one.standard, one.standing) for one in kept] == [
        ("S1", "Audits", Standing.IMPORTED), ("S2", "=1+1", Standing.IMPORTED),
    ]  # fmt: skip
    assert frameworks.take_in(database, seen) == framework
    assert frameworks.preview(database, tmp_path / "odf.csv").held == framework


def test_a_workbook_is_read_where_its_headings_stand(database: Database, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Notes only"])
    sheet = book.create_sheet("Standards")
    sheet.append(["NHS England framework"])
    sheet.append(list(COLUMNS))
    sheet.append(["The framework", 2027, "1 Lead", None, None, 1.5, "Audits", None])
    book.save(tmp_path / "odf.xlsx")
    seen = frameworks.preview(database, tmp_path / "odf.xlsx")
    assert seen.template is not None
    assert (seen.template.edition, seen.template.lines[0].standard_ref) == ("2027", "1.5")
    assert "1 without a source_page: where they are written is not yet known." in seen.told


def test_a_new_version_stands_beside_the_old_one_and_what_changed_is_told(
    database: Database, tmp_path: Path
) -> None:
    old = frameworks.take_in(
        database, frameworks.preview(database, write(tmp_path / "a.csv", line("S1"), line("S2")))
    )
    path = write(tmp_path / "b.csv", line("S1", "Audits yearly", "2027/28"), line("S3", "New", "2027/28"))
    seen = frameworks.preview(database, path)
    assert seen.before == old
    assert seen.changes.told == ("New: S3.", "No longer there: S2.", "Worded otherwise: S1.")
    new = frameworks.take_in(database, seen)
    assert [(one.id, one.edition) for one in held(database)[0]] == [(old.id, "2026/27"), (new.id, "2027/28")]
    assert held(database)[1] == 4


def test_the_same_version_with_other_lines_is_not_taken_in(database: Database, tmp_path: Path) -> None:
    frameworks.take_in(database, frameworks.preview(database, write(tmp_path / "a.csv", line("S1"))))
    seen = frameworks.preview(database, write(tmp_path / "b.csv", line("S1", "Other words")))
    assert not seen.may_be_taken_in
    with pytest.raises(errors.FileRefused, match=r"Worded otherwise: S1\..*Nothing was changed"):
        frameworks.take_in(database, seen)
    assert held(database)[1] == 1


@pytest.mark.parametrize(
    ("rows", "heads", "words"),
    [
        ((line("S1"), line("S1")), COLUMNS, "The standard_ref “S1” stands in rows 2 and 3."),
        ((line("S1")[:-1],), COLUMNS[:-1], "There is no column called “source_page”."),
    ],
)
def test_a_faulty_file_is_told_in_words_and_nothing_of_it_is_kept(
    database: Database, tmp_path: Path, rows: tuple[tuple[str, ...], ...], heads: tuple[str, ...], words: str
) -> None:
    seen = frameworks.preview(database, write(tmp_path / "odf.csv", *rows, heads=heads))
    assert not seen.may_be_taken_in
    assert words in seen.problems[0].sentence
    with pytest.raises(errors.FileRefused):
        frameworks.take_in(database, seen)
    assert held(database) == ((), 0)


def test_another_kind_of_file_is_refused_in_a_sentence(database: Database, tmp_path: Path) -> None:
    with pytest.raises(errors.FileRefused, match=r"odf\.csv is not a framework file\. Nothing was read in\."):
        frameworks.preview(database, write(tmp_path / "odf.csv", heads=("Name", "Date")))


def test_a_framework_with_a_patients_number_is_turned_away(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "odf.csv", ("Mr X", "450 557 7104"), heads=("Name", "NHS number"))
    with pytest.raises(errors.PatientData, match=r"odf\.csv was not read: row 2 .* \(xxx xxx 71xx\)"):
        frameworks.preview(database, path)


def test_ten_thousand_lines_are_one_step(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path / "large.csv", *[line(f"S{n}", f"Standard {n}") for n in range(10_000)])
    frameworks.take_in(database, frameworks.preview(database, path))
    assert held(database)[1] == 10_000
    database.undo()
    assert held(database) == ((), 0)
