"""Values of every kind of field in a spreadsheet's cell, and back: what a cell loses is no change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhsdesk.commands import register_files
from nhsdesk.documents import reader, separated, xlsx
from nhsdesk.documents.model import Column, Sheet, Table, Workbook
from nhsdesk.domain import kinds, register_cells, times
from nhsdesk.domain.blocks import as_words
from nhsdesk.domain.fields import Field
from nhsdesk.domain.kinds import Id, Kind
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.register_cells import KEPT_BACK, Origin
from tests.examples import examples
from tests.factories import HOSTILE, values

EVERY: tuple[Kind, ...] = tuple(
    {str(field.kind.__class__) + str(vars(field.kind)): field.kind for kind in KINDS.values() for field in kind.fields}
    .values()
)  # fmt: skip
NOT_LINKS = tuple(one for one in EVERY if not isinstance(one, kinds.LinkTo | kinds.LinksTo))
TODAY = date(2026, 11, 20)


def written(folder: Path, field: Field, cells: Sequence[Any], ending: str) -> list[str]:
    """The words of a column as they come back from a workbook, or from separated text."""
    column, held = register_files.column_of(field, list(cells))
    path = folder / f"cells{ending}"
    if ending == ".csv":
        path.write_bytes(separated.written([("Heading", "Mark"), *((one, "x") for one in held)]))
        return [separated.undefused(as_words(row[0])) for row in reader.read_rows(path)[0].rows[1:]]
    table = Table("Cells", (column, Column("Mark")), tuple((one, "x") for one in held), to_fill=True)
    made = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
    path.write_bytes(
        xlsx.write(Workbook("Cells", "s", "a", made, (), (Sheet("Cells", "Cells", "One.", table),)))
    )
    return [as_words(row[0]) for row in reader.read_rows(path)[1].rows[4:]]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("kind", NOT_LINKS, ids=lambda kind: type(kind).__name__)
def test_any_value_of_any_kind_of_field_comes_back_as_no_change(
    tmp_path_factory: pytest.TempPathFactory, kind: Kind, ending: str
) -> None:
    field, folder = Field("held", "Held", kind), tmp_path_factory.mktemp("cells")

    @settings(max_examples=examples(2, 20), deadline=None)
    @given(st.lists(st.none() | values(kind), min_size=1, max_size=12))
    def comes_back(held: list[Any]) -> None:
        cells = [register_cells.value_in(field, value) for value in held]
        for said, cell in zip(written(folder, field, cells, ending), cells, strict=True):
            assert register_cells.alike(field, said, cell)

    comes_back()


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_people_and_files_have_put_into_text_comes_back_as_no_change(
    tmp_path: Path, ending: str
) -> None:
    field = Field("held", "Held", kinds.LongText())
    cells = [register_cells.value_in(field, words) for words in HOSTILE]
    for said, cell in zip(written(tmp_path, field, cells, ending), cells, strict=True):
        assert register_cells.alike(field, said, cell)


@pytest.mark.parametrize(
    ("kind", "said", "value", "same"),
    [
        (kinds.Pounds(), "4400.1", Money(440_010), True),
        (kinds.Pounds(), "4400.11", Money(440_010), False),
        (kinds.HoursAWeek(), "16.6666666666667", Hours(60_000), True),
        (kinds.Count(), "7.0", 7, True),
        (kinds.Count(), "", 0, False),
        (kinds.Text(), " plain ", "plain", True),
        (kinds.Text(), "Plain", "plain", False),
        (kinds.Text(), "2026-08-01", "August 2026", True),
        (kinds.Text(), "2026-08-02", "August 2026", False),
        (kinds.Text(), "2026-08-02", "2 Aug 2026", True),
        (kinds.Text(), "7", "007", True),
        (kinds.Text(), "8", "007", False),
        (times.Day(), "30/01/2027", date(2027, 1, 30), True),
        (times.Day(), "2027-01-31", date(2027, 1, 30), False),
        (kinds.LinkTo("post"), "P-001 of another title", "P-001 Pharmacist", True),
        (kinds.LinkTo("post"), "P-002", "P-001 Pharmacist", False),
        (kinds.Flag(), "YES", "Yes", True),
    ],
)
def test_a_cell_says_the_same_or_not(kind: Kind, said: str, value: Any, same: bool) -> None:
    assert register_cells.alike(Field("held", "Held", kind), said, value) is same


@pytest.mark.parametrize(
    ("kind", "said", "typed"),
    [
        (times.InMonth(), "2026-10-01", "2026-10"),
        (times.InMonth(), "Oct-26", "Oct 26"),
        (times.TimeOfDay(), "17:30:00", "17:30"),
        (kinds.LongText(), " kept\n ", " kept\n "),
        (kinds.Text(), " kept ", "kept"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_read_as_typed(kind: Kind, said: str, typed: str) -> None:
    assert register_cells.typed(Field("held", "Held", kind), said) == typed


@pytest.mark.parametrize("id_", [1, 2**31, 2**53 + 1, 2**63 - 1])
def test_an_id_is_a_text_that_no_spreadsheet_rounds(id_: int) -> None:
    mark = register_cells.mark_of(Id(id_))
    assert not mark.isdigit()
    assert register_cells.id_in(mark) == id_


@pytest.mark.parametrize("mark", ["", "7", "id 0", "id 9223372036854775808", "id 4.61169E+18", "id -1"])
def test_a_mark_that_was_spoilt_names_no_entry(mark: str) -> None:
    assert register_cells.id_in(mark) is None


def test_the_heading_of_the_marks_says_kind_and_step() -> None:
    origin = Origin("ARRS post", 1234, "0a1b2c3d")
    assert register_cells.origin_in(f" {origin.heading} ") == origin
    assert register_cells.origin_in("Post") is None


def test_every_kind_has_headings_of_its_own_by_which_its_fields_are_found_again() -> None:
    for kind in KINDS.values():
        for field in kind.fields:
            assert register_cells.headed(kind, register_cells.heading_of(field)) == field
            assert register_cells.headed(kind, f"{field.label} (£)") == field


def test_what_looks_like_a_patients_number_is_kept_back() -> None:
    field = Field("held", "Held", kinds.Text())
    assert register_cells.value_in(field, "NHS number 450 557 7104") == KEPT_BACK
    assert register_cells.alike(field, KEPT_BACK, KEPT_BACK)
