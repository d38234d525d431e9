from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nhsdesk.documents.model import (
    NOT_AVAILABLE,
    Cell,
    CellKind,
    Column,
    Report,
    Table,
    Workbook,
    cell_words,
)
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month

SAMPLES: dict[CellKind, Cell] = {
    CellKind.TEXT: "words",
    CellKind.WHOLE: 12,
    CellKind.DECIMAL: Decimal("1.5"),
    CellKind.MONEY: Money(440000),
    CellKind.DAY: date(2027, 1, 30),
    CellKind.MONTH: Month(2026, 10),
    CellKind.HOURS: Hours.of("22.5"),
}


def table(column: Column, *cells: Cell) -> Table:
    return Table("T", (column,), tuple((cell,) for cell in cells))


@pytest.mark.parametrize("kind", CellKind)
def test_each_kind_of_column_takes_its_own_and_nothing_else(kind: CellKind) -> None:
    table(Column("A", kind), SAMPLES[kind], None)
    for other, value in SAMPLES.items():
        if other is kind or (kind is CellKind.DECIMAL and other is CellKind.WHOLE):
            continue
        with pytest.raises(ValueError, match=f"row 1, A: {type(value).__name__} in a column of kind"):
            table(Column("A", kind), value)


@pytest.mark.parametrize("kind", [CellKind.WHOLE, CellKind.DECIMAL])
def test_a_yes_is_not_a_number(kind: CellKind) -> None:
    with pytest.raises(ValueError, match="bool in a column"):
        table(Column("A", kind), True)


def test_a_moment_is_not_a_day() -> None:
    with pytest.raises(ValueError, match="datetime in a column of kind day"):
        table(Column("A", CellKind.DAY), datetime(2027, 1, 30, tzinfo=UTC))


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2: 1 cells for 2 columns"):
        Table("T", (Column("A"), Column("B")), (("a", "b"), ("a",)))


@pytest.mark.parametrize("heading", ["", " \n "])
def test_a_column_needs_a_heading(heading: str) -> None:
    with pytest.raises(ValueError, match="without a heading"):
        table(Column(heading))


@pytest.mark.parametrize(
    "columns",
    [
        (Column("Post"), Column("POST")),
        (Column("Start date"), Column("Start\ndate")),
        (Column("Claimed", CellKind.MONEY), Column("Claimed (£)")),
        (Column("Claimed", CellKind.MONEY), Column("claimed")),
    ],
)
def test_two_columns_that_would_read_alike_are_refused(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="two columns headed"):
        Table("T", columns, ())


def test_a_table_needs_a_column() -> None:
    with pytest.raises(ValueError, match="no columns"):
        Table("T", (), ())


def test_an_id_of_63_bits_must_be_text() -> None:
    largest = 2**63 - 1
    table(Column("Id"), str(largest))
    table(Column("Id", CellKind.WHOLE), 999_999_999_999_999)
    with pytest.raises(ValueError, match="an id is written as text"):
        table(Column("Id", CellKind.WHOLE), largest)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 15])
def test_a_decimal_that_no_cell_can_hold_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="over 15 digits"):
        table(Column("A", CellKind.DECIMAL), value)


def test_a_message_about_a_cell_does_not_quote_it() -> None:
    with pytest.raises(ValueError) as caught:
        table(Column("A", CellKind.WHOLE), "Mrs Private")
    assert "Private" not in str(caught.value)


def test_the_moment_a_paper_was_made_has_a_zone() -> None:
    naive = datetime(2026, 4, 2)  # noqa: DTZ001
    with pytest.raises(ValueError, match="no time zone"):
        Workbook("T", "", "", naive, (), ())
    with pytest.raises(ValueError, match="no time zone"):
        Report("T", "", "", date(2026, 4, 2), naive, (), "")


def test_bare_amounts_of_money_are_headed_in_pounds_once() -> None:
    assert Column("Claimed", CellKind.MONEY).label_with_unit == "Claimed (£)"
    assert Column("Claimed in £", CellKind.MONEY).label_with_unit == "Claimed in £"
    assert Column("Claimed", CellKind.HOURS).label_with_unit == "Claimed"


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (date(2027, 1, 30), CellKind.DAY, "30 January 2027"),
        (Money(440000), CellKind.MONEY, "£4,400.00"),
        (Money(-5), CellKind.MONEY, "-£0.05"),
        (Month(2026, 10), CellKind.MONTH, "October 2026"),
        (Hours.of("22.5"), CellKind.HOURS, "22.5"),
        (1234567, CellKind.WHOLE, "1,234,567"),
        (Decimal("1234.565"), CellKind.DECIMAL, "1,234.57"),
        (Decimal("-0.001"), CellKind.DECIMAL, "0.00"),
        (Decimal("999999999999999.99"), CellKind.DECIMAL, "999,999,999,999,999.99"),
        (3, CellKind.DECIMAL, "3.00"),
        (True, CellKind.TEXT, "Yes"),
        (False, CellKind.TEXT, "No"),
        ("as typed", CellKind.TEXT, "as typed"),
        (" \n", CellKind.TEXT, "not given"),
        (None, CellKind.DAY, "not given"),
    ],
)
def test_a_cell_reads_as_a_person_would_write_it(value: Cell, kind: CellKind, words: str) -> None:
    assert cell_words(value, Column("A", kind)) == words


def test_decimals_show_the_places_their_column_asks_for() -> None:
    assert cell_words(Decimal("0.933333333"), Column("FTE", CellKind.DECIMAL, 9)) == "0.933333333"
    assert cell_words(Decimal("2.5"), Column("FTE", CellKind.DECIMAL, 0)) == "3"


def test_a_workbook_names_what_is_missing_in_its_own_way() -> None:
    assert cell_words(None, Column("A"), NOT_AVAILABLE) == "[x]"
