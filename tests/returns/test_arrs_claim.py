"""The monthly claim as a workbook, from facts made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from nhsdesk.documents import xlsx
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Heading, facts_from_json, facts_hash, facts_to_json
from nhsdesk.returns import arrs_claim
from nhsdesk.returns.arrs_claim import Facts
from nhsdesk.sections.claim_lines import LineFacts, MonthFacts, RateFacts

OCTOBER = Month(2026, 10)
HEAD = Heading(
    network="Eastfield PCN",
    network_code="U12345",
    as_at=date(2026, 11, 10),
    month=OCTOBER,
    made_at=datetime(2026, 11, 10, 9, tzinfo=UTC),
    mark="",
    position=42,
)
LINE = LineFacts(
    post="P-001",
    post_id="5333205949668655185",
    label="Pharmacist 1",
    role="Clinical pharmacist",
    base="Abbey Surgery",
    employer="",
    starts=date(2026, 4, 1),
    ends=None,
    hours=Hours.of("37.5"),
    wte=Decimal("1.0000"),
    salary=Money(480000),
    employer_ni=Money(65745),
    employer_pension=Money(69024),
    fees=Money(),
    share_of_cost=Decimal(100),
    cost=Money(614769),
    maximum=Money(597708),
    pro_rata_maximum=Money(597708),
    claimed=Money(597708),
    rates=("RT-001",),
    rate_ids=("5333205949668655186",),
    working=("Salary £4,800.00 a month", "Claimed £5,977.08"),
)
PART_TIME = replace(
    LINE,
    post="P-002",
    label="=1+1",
    ends=date(2026, 10, 20),
    hours=Hours.of("22.5"),
    wte=Decimal("0.6000"),
    cost=Money(195578),
    pro_rata_maximum=Money(193695),
    claimed=Money(193695),
)
RATE = RateFacts(
    ref="RT-001",
    role="Clinical pharmacist",
    zone="None",
    annual=Money(7172500),
    valid_from=date(2026, 4, 1),
    published_on=None,
    source="The specification",
    confidence="Confirmed",
    confirmed=True,
)
FACTS = Facts(
    HEAD,
    MonthFacts(
        month=OCTOBER,
        known_on=date(2026, 11, 10),
        part_month="calendar days of the month",
        pennies="once a line",
        lines=(LINE, PART_TIME),
        rates=(RATE,),
        problems=(),
        empty_posts=("P-009",),
    ),
)


def bytes_of(facts: Facts) -> bytes:
    return xlsx.write(arrs_claim.compile(facts))


def opened(facts: Facts) -> Any:
    return openpyxl.load_workbook(BytesIO(bytes_of(facts)))


def rows(page: Any) -> list[dict[str, Any]]:
    lines = list(page.iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_numbers_are_numbers_days_are_days_and_words_are_words() -> None:
    first, second, _ = rows(opened(FACTS)["Claim"])
    assert first["Post"] == "P-001"
    assert first["Start date"] == datetime(2026, 4, 1)  # noqa: DTZ001 - a sheet's day has no zone
    assert first["Leave date"] == "[x]"
    assert (first["Hours a week"], first["WTE"]) == (37.5, 1)
    assert (first["Cost (£)"], first["Claimed (£)"], first["Borne by the PCN (£)"]) == (
        6147.69,
        5977.08,
        170.61,
    )
    assert (second["Portal label"], second["WTE"]) == ("=1+1", 0.6)
    page = opened(FACTS)["Claim"]
    kinds = {page.cell(4, column.column).value: page.cell(5, column.column) for column in page[4]}
    assert kinds["Start date"].is_date
    assert kinds["Claimed (£)"].data_type == "n"
    assert kinds["Post"].data_type == "s"
    assert page["B6"].data_type == "s"


def test_calamine_reads_the_same_types() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(bytes_of(FACTS)))
    lines = book.get_sheet_by_name("Claim").to_python()
    held = dict(zip(lines[3], lines[5], strict=True))
    assert held["Leave date"] == date(2026, 10, 20)
    assert held["Claimed (£)"] == 1936.95
    assert held["Portal label"] == "=1+1"


def test_the_totals_add_up() -> None:
    *lines, sums = rows(opened(FACTS)["Claim"])
    assert sums["Post"] == "Total"
    for heading in ("Salary (£)", "Employer NI (£)", "Cost (£)", "Claimed (£)", "Pro rata maximum (£)"):
        assert sums[heading] == pytest.approx(sum(line[heading] for line in lines))
    assert sums["Borne by the PCN (£)"] == pytest.approx(sums["Cost (£)"] - sums["Claimed (£)"])
    assert "2 posts, £7,914.03 claimed in all." in [row[0].value for row in opened(FACTS)["Cover_sheet"]]


def test_a_row_says_which_share_of_the_cost_counts() -> None:
    half = replace(LINE, share_of_cost=Decimal(50), cost=Money(307385))
    facts = replace(FACTS, month=replace(FACTS.month, lines=(half,)))
    line = rows(opened(facts)["Claim"])[0]
    whole = sum(line[f"{what} (£)"] for what in ("Salary", "Employer NI", "Employer pension", "Fees"))
    assert line["Cost (£)"] == pytest.approx(whole * line["Share of cost that counts (%)"] / 100, abs=0.01)


def test_the_working_stands_step_by_step() -> None:
    assert [(row["Post"], row["Step"], row["Working"]) for row in rows(opened(FACTS)["Working"])][:2] == [
        ("P-001", "Step 1", "Salary £4,800.00 a month"),
        ("P-001", "Step 2", "Claimed £5,977.08"),
    ]


def test_the_notes_say_how_it_was_rounded_and_what_counts_as_part_of_a_month() -> None:
    notes = " ".join(row["Note text"] for row in rows(opened(FACTS)["Notes"]))
    assert "rounded once for the line" in notes
    assert "calendar days of the month" in notes
    assert "P-009" in notes
    each = replace(
        FACTS, month=replace(FACTS.month, pennies="each amount", part_month="weekdays of the month")
    )
    notes = " ".join(row["Note text"] for row in rows(opened(each)["Notes"]))
    assert "each rounded to the penny" in notes
    assert "weekdays of the month" in notes


def test_a_month_without_lines_is_a_workbook_all_the_same() -> None:
    facts = replace(FACTS, month=replace(FACTS.month, lines=(), rates=(), empty_posts=()))
    assert opened(facts).sheetnames == ["Cover_sheet", "Claim", "Working", "Maxima", "Notes"]
    (problem,) = arrs_claim.check(facts)
    assert problem.weight is Weight.ACKNOWLEDGE


def test_the_same_facts_are_the_same_bytes_and_the_same_hash_even_from_json() -> None:
    again = facts_from_json(arrs_claim.PAPER, facts_to_json(FACTS))
    assert again == FACTS
    assert facts_hash(again) == facts_hash(FACTS)
    assert bytes_of(again) == bytes_of(FACTS)


def test_a_sample_is_marked_on_every_sheet() -> None:
    book = opened(replace(FACTS, heading=replace(HEAD, mark="SAMPLE")))
    assert all(page["A1"].value.startswith("SAMPLE: ") for page in book)


def test_what_is_wrong_with_the_lines_stands_in_the_way() -> None:
    fault = Problem("P-003: no pay.", Weight.MUST_FIX)
    early = replace(FACTS, heading=replace(HEAD, as_at=date(2026, 9, 30)))
    assert arrs_claim.check(replace(FACTS, month=replace(FACTS.month, problems=(fault,)))) == (fault,)
    assert "has not begun" in arrs_claim.check(early)[0].sentence
    nameless = replace(FACTS, heading=replace(HEAD, network=""))
    assert "Choose the PCN first" in arrs_claim.check(nameless)[0].sentence


def test_an_unconfirmed_maximum_must_be_acknowledged_by_its_reference() -> None:
    unsure = replace(FACTS, month=replace(FACTS.month, rates=(replace(RATE, confirmed=False),)))
    (problem,) = arrs_claim.check(unsure)
    assert problem.weight is Weight.ACKNOWLEDGE
    assert problem.sentence == ("1 of the 1 maxima used is not confirmed against the specification: RT-001.")
