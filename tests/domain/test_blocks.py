"""What a pasted block says: headings wherever they stand, figures as printed, totals apart, persons left behind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import blocks, kinds, times
from nhsdesk.domain.blocks import DayOrder, Reading, Wanted
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.money import Hours, Money

TODAY = date(2026, 11, 20)
WANTED = (
    Wanted("label", "Post", kinds.Text(), ("post", "job title")),
    Wanted("ref", "Payroll reference", kinds.Private(), ("payroll reference", "employee number")),
    Wanted("starts", "Start date", times.Day(Lean.LAST), ("start date", "started")),
    Wanted("hours", "Hours", kinds.HoursAWeek(), ("hours", "contracted hours")),
    Wanted("salary", "Salary", kinds.Pounds(), ("salary", "gross pay"), needed=True),
    Wanted("ni", "Employer NI", kinds.Pounds(), ("employer ni", "ers ni")),
    Wanted("wte", "WTE", kinds.Number(4), ("wte",)),
)


def looked(*rows: str, orders: dict[str, DayOrder] | None = None) -> Reading:
    """What a block of rows says whose cells are separated by bars."""
    block = blocks.of_rows([row.split("|") for row in rows], WANTED)
    return blocks.look(block, WANTED, blocks.guess(block, WANTED, {}), TODAY, orders)


def only(heading: str, cell: str) -> object:
    """What one cell below a heading is read as, or the problem with it."""
    reading = looked(f"Post|Salary|{heading}", f"Pharmacist|1|{cell}", "Other|1|")
    row = reading.rows[0]
    name = next(one.name for one in WANTED if heading.lower() in one.headings)
    return row.problems[0].sentence if row.problems else row.values[name]


# ---- headings


def test_headings_are_found_below_a_title() -> None:
    reading = looked("Payroll report|", "October 2026|", "|", "Post|Gross pay", "Pharmacist|4,400.00")
    (row,) = reading.rows
    assert row.values == {"label": "Pharmacist", "salary": Money.pounds(4400)}
    assert row.number == 5


def test_columns_may_stand_in_any_order() -> None:
    one = looked("Post|Salary|Employer NI", "Pharmacist|4,400|590.00")
    other = looked("Employer NI|Post|Salary", "590.00|Pharmacist|4,400")
    assert one.rows == other.rows


def test_of_two_headings_alike_the_first_is_taken_and_the_second_can_be_told_apart() -> None:
    block = blocks.of_rows([["Post", "Salary", "Salary"], ["Pharmacist", "1", "2"]], WANTED)
    assert block.headings == ("Post", "Salary", "Salary (2)")
    assert blocks.guess(block, WANTED, {})["salary"] == 1
    assert blocks.guess(block, WANTED, {"Salary (2)": "salary"})["salary"] == 2


def test_a_heading_may_name_its_month_and_its_currency() -> None:
    block = blocks.of_rows([["Post", "Salary Oct 2026 (£)", "Ers NI"], ["Pharmacist", "1", "2"]], WANTED)
    assert blocks.guess(block, WANTED, {}) == {"label": 0, "salary": 1, "ni": 2}


@pytest.mark.parametrize("heading", ["Salary sacrifice", "Employee NI", "NI", "Hours worked on call"])
def test_a_heading_that_means_something_else_is_not_taken(heading: str) -> None:
    block = blocks.of_rows([["Post", "WTE", heading], ["Pharmacist", "1.0", "2"]], WANTED)
    assert 2 not in blocks.guess(block, WANTED, {}).values()


def test_what_was_chosen_before_comes_before_what_is_guessed() -> None:
    block = blocks.of_rows([["Post", "Salary", "To be claimed"], ["Pharmacist", "1", "2"]], WANTED)
    assert blocks.guess(block, WANTED, {"To be claimed": "salary"})["salary"] == 2


def test_a_heading_that_was_said_to_hold_nothing_is_left_alone() -> None:
    block = blocks.of_rows([["Post", "Salary", "Employer NI"], ["Pharmacist", "1", "2"]], WANTED)
    assert "ni" not in blocks.guess(block, WANTED, {"Employer NI": ""})


def test_headings_nobody_knows_are_found_where_they_were_remembered() -> None:
    rows = [["Report 7", "", ""], ["Stelle", "Lohn", "x"], ["Pharmacist", "4,400", "1"]]
    block = blocks.of_rows(rows, WANTED, {"Stelle": "label", "Lohn": "salary"})
    assert block.headings == ("Stelle", "Lohn", "x")


def test_rows_without_headings_are_called_by_their_columns() -> None:
    block = blocks.of_rows([["Pharmacist", "4,400.00"], ["Paramedic", "4,850.00"]], WANTED)
    assert block.headings == ("Column A", "Column B")
    assert len(block.rows) == 2
    assert block.first_row == 1


def test_unknown_headings_are_told_from_figures_by_being_words() -> None:
    block = blocks.of_rows([["Wer", "Was"], ["Pharmacist", "4,400.00"]], WANTED)
    assert block.headings == ("Wer", "Was")


def test_rows_of_different_lengths_are_filled_up() -> None:
    reading = looked("Post|Salary|Hours", "Pharmacist|4,400", "Paramedic|4,850|37.5")
    assert [row.values["hours"] for row in reading.rows] == [None, Hours.of("37.5")]


# ---- cells


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("4,400.00", "4400.00"),
        ("£4,400", "4400"),
        ("£ 4400.5", "4400.50"),
        ("(12.50)", "-12.50"),
        ("(£1,012.50)", "-1012.50"),
        ("-£12.50", "-12.50"),
        ("12.50-", "-12.50"),
        ("−12.50", "-12.50"),
        ("\xa04,400.00 ", "4400"),
        ("3733.3333333333", "3733.33"),
        ("3733.335", "3733.34"),
        ("0", "0"),
    ],
)
def test_a_figure_is_read_as_payrolls_print_it(cell: str, amount: str) -> None:
    assert only("Employer NI", cell) == Money.pounds(amount)


@pytest.mark.parametrize("cell", ["-", "–", "", " ", "£ -", "n/a", "nil"])
def test_a_dash_is_nothing(cell: str) -> None:
    assert only("Employer NI", cell) is None


@pytest.mark.parametrize("cell", ["=1+1", "#N/A", "4.400,00", "1e5", "abc", "<b>12</b>", "9" * 400, "12 50"])
def test_what_is_no_figure_is_told_beside_its_row_and_column(cell: str) -> None:
    told = only("Employer NI", cell)
    assert isinstance(told, str)
    assert told.startswith("Row 2, Employer NI: “")


def test_a_field_that_is_needed_and_empty_is_told() -> None:
    row = looked("Post|Salary", "Pharmacist|-", "Paramedic|1").rows[0]
    assert [problem.sentence for problem in row.problems] == ["Row 2, Salary: “Salary” is empty."]


@pytest.mark.parametrize(
    ("cell", "hours"), [("37.5", "37.5"), ("37:30", "37.5"), ("30 hrs", "30"), ("22.50 Hours", "22.5")]
)
def test_hours_are_read_as_they_are_written(cell: str, hours: str) -> None:
    assert only("Hours", cell) == Hours.of(hours)


def test_a_number_is_rounded_half_up_to_its_places() -> None:
    assert only("WTE", "0.66666667") == Decimal("0.6667")
    assert only("WTE", "0.00005") == Decimal("0.0001")


@given(st.integers(-(10**9), 10**9))
def test_any_amount_is_read_back_from_its_words(pence: int) -> None:
    assert only("Employer NI", str(Money(pence))) == Money(pence)


@given(st.text(alphabet=st.characters(exclude_characters="|"), max_size=40))
def test_any_words_at_all_are_read_or_told(cell: str) -> None:
    for heading in ("Employer NI", "Start date", "Hours", "WTE"):
        only(heading, cell)


# ---- days


def days(*cells: str, order: DayOrder | None = None) -> tuple[list[object], tuple[str, ...]]:
    rows = [f"P{n}|1|{cell}" for n, cell in enumerate(cells)]
    reading = looked("Post|Salary|Start date", *rows, orders={"starts": order} if order else None)
    return [row.values["starts"] for row in reading.rows], reading.unsettled


def test_one_day_over_twelve_tells_the_order_of_its_whole_column() -> None:
    assert days("01/04/2026", "31/12/2025") == ([date(2026, 4, 1), date(2025, 12, 31)], ())
    assert days("04/01/2026", "12/31/2025") == ([date(2026, 4, 1), date(2025, 12, 31)], ())


def test_a_column_that_can_be_read_both_ways_is_asked_about() -> None:
    assert days("01/04/2026", "03/04/2026") == ([None, None], ("starts",))
    rows = looked("Post|Salary|Start date", "P|1|01/04/2026").rows
    assert "can be read with the day or the month first" in rows[0].problems[0].sentence


@pytest.mark.parametrize(
    ("order", "day"), [(DayOrder.DAY_FIRST, date(2026, 4, 1)), (DayOrder.MONTH_FIRST, date(2026, 1, 4))]
)
def test_the_order_that_somebody_said_is_followed(order: DayOrder, day: date) -> None:
    assert days("01/04/2026", order=order) == ([day], ())


def test_a_day_that_is_the_same_both_ways_is_not_asked_about() -> None:
    assert days("04/04/2026", "") == ([date(2026, 4, 4), None], ())


@pytest.mark.parametrize(
    "cell", ["2026-04-01", "1 Apr 2026", "01-Apr-26", "20260401", "01Apr2026", "2026-04-01 00:00:00"]
)
def test_a_day_that_names_its_month_or_begins_with_its_year_needs_no_order(cell: str) -> None:
    assert days(cell, "05/06/2026", order=DayOrder.DAY_FIRST)[0][0] == date(2026, 4, 1)


@pytest.mark.parametrize("cell", ["+14", "today", "next fri", "31/02/2026", "46113", "01/04"])
def test_what_is_no_day_in_a_file_is_told(cell: str) -> None:
    row = looked("Post|Salary|Start date", "P|1|25/12/2025", f"Q|1|{cell}").rows[1]
    assert row.values["starts"] is None
    assert row.problems[0].sentence.startswith("Row 3, Start date: ")


def test_the_one_day_of_a_leap_year_is_read() -> None:
    assert days("29/02/2028") == ([date(2028, 2, 29)], ())
    assert days("29/02/2027")[0] == [None]


# ---- rows that are no lines


@pytest.mark.parametrize(
    "first",
    ["Total", "TOTAL", "Totals:", "Grand total", "Sub-total", "Subtotal", "Eastfield PCN total", "Total PCN"],
)
def test_a_row_of_totals_is_told_apart(first: str) -> None:
    reading = looked("Post|Salary", "Pharmacist|4,400", f"{first}|4,400")
    assert [row.values["label"] for row in reading.rows] == ["Pharmacist"]
    assert blocks.total_of(reading, "salary") == Money.pounds(4400)
    assert "1 row of totals is not a line." in reading.told


def test_a_last_row_without_a_name_that_adds_up_the_others_is_a_total() -> None:
    reading = looked("Post|Salary", "Pharmacist|4,400", "Paramedic|4,850", "|9,250")
    assert len(reading.rows) == 2
    assert blocks.total_of(reading, "salary") == Money.pounds(9250)


def test_a_last_row_without_a_name_that_does_not_add_up_is_a_line() -> None:
    assert len(looked("Post|Salary", "Pharmacist|4,400", "Paramedic|4,850", "|9,251").rows) == 3


def test_a_post_whose_name_only_begins_alike_is_no_total() -> None:
    assert len(looked("Post|Salary", "Totally new post|4,400", "Paramedic|4,850").rows) == 2


def test_empty_rows_and_repeated_headings_are_left_out() -> None:
    reading = looked("Post|Salary", "Pharmacist|1", "|", " - |–", "Post|Salary", "Paramedic|2")
    assert [row.number for row in reading.rows] == [2, 6]
    assert "Headings that are repeated further down are left out." in reading.told


def test_a_block_of_nothing_says_nothing() -> None:
    assert looked("") == Reading()
    assert blocks.look(blocks.of_rows([], WANTED), WANTED, {}, TODAY) == Reading()


# ---- persons


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "NAME", "Employee", "Employee Name", "Surname", "Forename(s)", "First name", "Staff name", "Initials",
        "Name (last, first)", "NI Number", "NINO", "National Insurance No.", "NHS number", "Date of birth", "E-mail",
        "Employee’s name", "Name of employee",
    ],
)  # fmt: skip
def test_a_column_about_a_person_never_comes_through(heading: str) -> None:
    block = blocks.of_rows([["Post", heading, "Salary"], ["Pharmacist", "Jo Bloggs", "4,400"]], WANTED)
    assert block.left_behind == (heading,)
    assert block.headings == ("Post", "Salary")
    assert block.rows == (("Pharmacist", "4,400"),)


@pytest.mark.parametrize(
    "heading", ["Employee number", "Practice name", "Post name", "Role name", "Staff group", "Employer NI"]
)
def test_a_column_about_a_post_or_a_place_stays(heading: str) -> None:
    assert heading in blocks.of_rows([["Post", heading], ["Pharmacist", "x"]], WANTED).headings


@pytest.mark.parametrize(
    "number", ["AB 12 34 56 C", "ab123456c", "943 476 5919", "9434765919", "943-476-5919"]
)
def test_a_persons_number_is_emptied_wherever_it_stands(number: str) -> None:
    block = blocks.of_rows([["Post", "Salary"], [f"Pharmacist {number}", "4,400"]], WANTED)
    assert block.rows == (("", "4,400"),)
    assert block.masked == 1


@pytest.mark.parametrize("number", ["PR123456", "30123456-2", "9434765918", "01234 567890 1", "4,400.00"])
def test_other_numbers_stay(number: str) -> None:
    block = blocks.of_rows([["Employee number", "Salary"], [number, "4,400"]], WANTED)
    assert block.rows[0][0] == number


def test_what_was_left_behind_is_told_without_the_words_in_it() -> None:
    told = " ".join(looked("Post|Surname|Salary", "Pharmacist AB123456C|Bloggs|4,400").told)
    assert "“Surname”" in told
    assert "Bloggs" not in told
    assert "1 cell with what may be an NHS or national insurance number" in told


# ---- size and malice


def test_ten_thousand_characters_in_a_cell_come_through_as_they_are() -> None:
    long = "<b>Post</b> " * 1_000
    assert looked("Post|Salary", f"{long}|1").rows[0].values["label"] == long.strip()


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12))
def test_no_rows_whatever_end_in_a_mistake(rows: list[list[str]]) -> None:
    block = blocks.of_rows(rows, WANTED)
    blocks.look(block, WANTED, blocks.guess(block, WANTED, {}), TODAY)


@given(st.permutations(range(4)))
def test_the_order_of_columns_does_not_matter(order: list[int]) -> None:
    rows = [
        ["Post", "Salary", "Employer NI", "Hours"],
        ["Pharmacist", "4,400", "590", "30"],
        ["GP", "1", "2", "3"],
    ]
    turned = [[row[n] for n in order] for row in rows]
    block, other = blocks.of_rows(rows, WANTED), blocks.of_rows(turned, WANTED)
    one = blocks.read(block, WANTED, blocks.guess(block, WANTED, {}), TODAY)
    assert one == blocks.read(other, WANTED, blocks.guess(other, WANTED, {}), TODAY)


def test_rows_of_one_person_are_known_by_number_or_else_by_all_names_and_the_vacant_by_none() -> None:
    rows = [
        ["First name", "Surname", "Post"],
        ["Ann", "Archer", "a"],
        ["ann", " ARCHER", "b"],
        ["Ann", "Brown", "c"],
        ["Vacant", "", "d"],
        ["vacant post", "", "e"],
    ]
    assert blocks.of_rows(rows, WANTED).persons() == {2: 0, 3: 0, 4: 2}
    by_number = [["Name", "NI number", "Post"], ["Ann", "AB123456C", "a"], ["Ann", "AB123456D", "b"]]
    block = blocks.of_rows(by_number, WANTED)
    assert block.persons() == {2: 0, 3: 1}
    assert "Ann" not in repr(block)
    assert "AB123456C" not in repr(block)
