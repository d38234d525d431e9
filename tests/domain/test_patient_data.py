"""NHS numbers are found wherever they are likely, and nothing else that PCNs write down is taken for one."""

from __future__ import annotations

import logging
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import patient_data
from nhsdesk.domain.patient_data import Grade
from nhsdesk.domain.problems import Weight

OURS = "4505577104"
SPACED = "450 557 7104"
ROUNDS = 20_000


def checked(nine: str) -> str:
    """Nine digits with the check digit that makes them a number that adds up; empty where there is none."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return "" if rest == 10 else nine + str(rest % 11)


def grades(text: str) -> list[Grade]:
    return [found.grade for found in patient_data.find(text)]


def ending(nine: str) -> str:
    """The first number that adds up among those beginning with eight digits."""
    return next(filter(None, (checked(f"{nine}{last}") for last in range(10))))


CHI, HEALTH_AND_CARE, ANOTHER = ending("01015712"), ending("32012345"), ending("45155771")


# ---- what is found


@pytest.mark.parametrize(
    "text",
    [
        f"Rang {SPACED} again",
        f"NHS no {OURS}",
        f"NHS No.{OURS}",
        f"NHS number:\n{OURS}",
        f"NHS{OURS}",
        f"nhs_{OURS}",
        f"pt {OURS} seen",
        f"Patient {OURS}",
        f"{OURS}, dob 1 May 1960",
        f"Invoice for patient {SPACED}",
        "450\u00a0557\u00a07104",
        "450  557  7104",
        "943 476 5919",
        "NHS no 943 476 5919",
        f"CHI number {CHI}",
        f"H&C no {HEALTH_AND_CARE}",
    ],
)
def test_a_number_set_as_one_or_named_as_one_is_refused(text: str) -> None:
    assert grades(text) == [Grade.HIGH]


@pytest.mark.parametrize("text", [OURS, f"ref {OURS}", f"({OURS})", "450-557-7104", "9434765919"])
def test_ten_digits_on_their_own_are_only_told_of(text: str) -> None:
    assert grades(text) == [Grade.POSSIBLE]


@given(st.integers(0, 10**9 - 1))
def test_whatever_adds_up_in_englands_ranges_is_found_when_it_is_set_as_one(nine: int) -> None:
    number = checked(f"{nine:09}")
    begins = int(number[:3] or 0)
    if number and (400 <= begins <= 499 or 600 <= begins <= 799) and len(set(number)) > 1:
        found = patient_data.find(f"seen {number[:3]} {number[3:6]} {number[6:]} twice")
        assert [one.grade for one in found] == [Grade.HIGH]


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_digit_wrong_is_no_number(place: int, more: int) -> None:
    wrong = OURS[:place] + str((int(OURS[place]) + more) % 10) + OURS[place + 1 :]
    assert patient_data.find(f"NHS number {wrong}") == ()


def test_several_are_found_each_in_its_place() -> None:
    text = f"First {SPACED}, then NHS no {OURS}."
    assert [text[found.start : found.end] for found in patient_data.find(text)] == [SPACED, OURS]


# ---- what is not


@pytest.mark.parametrize("shape", ["{}", "ref {}", "{} was seen", "spaced"])
def test_at_most_three_in_a_hundred_random_numbers_of_ten_digits_raise_an_alarm(shape: str) -> None:
    drawn = random.Random(26)
    alarms = 0
    for _ in range(ROUNDS):
        number = f"{drawn.randrange(10**10):010}"
        text = (
            f"{number[:3]} {number[3:6]} {number[6:]}" if shape == "spaced" else shape.replace("{}", number)
        )
        alarms += bool(patient_data.find(text))
    assert alarms / ROUNDS <= 0.03


PHONES = (
    "0{2}{7}", "0{4} {6}", "0{3} {3} {4}", "(0{3}) {3} {4}", "(0{4}) {6}", "020 {4} {4}", "0300 {3} {4}",
    "07{3} {6}", "07{9}", "+44 7{3} {6}", "+44 (0)7{9}", "+447{9}", "+44 7{2} {3} {4}", "0044 7{2} {3} {4}",
    "44 7{2} {3} {4}", "(0) 1{2} {3} {4}", "Tel 7{9}", "mobile: 7{9}", "Phone no. 1{2} {3} {4}", "7{3} {6}",
    "fax 0{3} {3} {4}", "01{3} {3} {3}", "0800 {3} {4} ext {4}",
)  # fmt: skip
DATES = (
    "20{2}-04-14", "14/04/20{2}", "14.04.20{2}", "14 April 20{2}", "20{2}0414{4}", "20{2}0414 {4}", "14 04 2027",
    "20{2}-04-14T{2}:{2}:{2}", "20{2}/27", "1404{2}{4}", "20{2} 014 1030 hours", "1764{6}",
)  # fmt: skip
AMOUNTS = (
    "£{10}", "£ {10}", "£{1},{3},{3},{3}", "£{10}.00", "{10}.50", "{1},{3},{3},{3}", "GBP {10}", "{10} pounds", "{10}%",
    "{1} {3} {3} {3}", "-{10}.00", "{10} pence", "$ {10}", "€{10}",
)  # fmt: skip
CODES = (
    "F8{4}",
    "U0{4}",
    "Y0{4}",
    "E380{5}",
    "Q{2}",
    "A8{4}",
    "PRN0{4}",
    "GMC {7}",
    "0{2}-{4}",
    "CQC 1-{10}",
)
OTHER_NUMBERS = (
    "Invoice {10}", "Invoice no. {10}", "invoice number: {10}", "INV{10}", "INV-{10}", "INV/{10}", "Inv {3} {3} {4}",
    "Invoices {10}, {10} and {10}", "PO {10}", "P.O. {10}", "PO-{10}", "PO{10}", "Purchase order {10}",
    "purchase order number {3} {3} {4}", "Order no {10}", "Remittance {10}", "remittance advice no. {10}",
    "Remittance: {3} {3} {4}", "BACS ref {10}", "payment reference {10}", "ESR {8}", "ESR number {10}", "ESR {8}-{1}",
    "ESR: {3} {3} {4}", "Employee number {10}", "assignment number {10}", "payroll no {10}", "{10} (invoice)",
    "UTR {10}", "Account {10}", "#{10}", "Zoom {3} {3} {4}", "Meeting ID: {3} {3} {4}", "NHS England invoice {10}",
    "NHS Supply Chain PO {10}", "Credit note {10}",
)  # fmt: skip


def filled(shape: str, drawn: random.Random) -> str:
    """A shape with each {n} as so many digits; those of ten, alone or in 3, 3 and 4, add up and are in range."""
    number = ""
    while not number:
        number = checked(f"{drawn.choice((*range(400, 500), *range(600, 800)))}{drawn.randrange(10**6):06}")
    text = shape.replace("{3} {3} {4}", f"{number[:3]} {number[3:6]} {number[6:]}").replace("{10}", number)
    for size in range(1, 10):
        while f"{{{size}}}" in text:
            text = text.replace(f"{{{size}}}", f"{drawn.randrange(10**size):0{size}}", 1)
    return text


@pytest.mark.parametrize(
    "shapes",
    [PHONES, DATES, AMOUNTS, CODES, OTHER_NUMBERS],
    ids=["phone numbers", "dates", "amounts", "codes", "numbers of other things"],
)
def test_nothing_else_that_pcns_write_down_raises_an_alarm(shapes: tuple[str, ...]) -> None:
    drawn = random.Random(7)
    texts = [filled(shape, drawn) for shape in shapes for _ in range(400)]
    alarmed = [text for text in texts if patient_data.find(text) or patient_data.find(f"Seen: {text}.")]
    assert alarmed == []


def test_a_mobile_number_that_lost_its_nought_in_a_spreadsheet_raises_no_alarm() -> None:
    drawn = random.Random(8)
    begins = ("71", "72", "73", "74", "75", "77", "78", "79")
    texts = [f"{drawn.choice(begins)}{drawn.randrange(10**8):08}" for _ in range(ROUNDS)]
    assert [text for text in texts if patient_data.find(text)] == []


# ---- names of files, rows


@pytest.mark.parametrize(
    "name",
    [
        "Smith_450-557-7104.pdf",
        f"{SPACED}.pdf",
        "NHS_450_557_7104.docx",
        f"nhs-{OURS}.pdf",
        f"patient+{OURS}",
    ],
)
def test_a_number_in_a_files_name_is_found_whatever_stands_for_its_spaces(name: str) -> None:
    assert [found.grade for found in patient_data.find_in_name(name)] == [Grade.HIGH]


@pytest.mark.parametrize("name", [f"Invoice-{OURS}.pdf", f"PO_{OURS}.pdf", "2026-04-14 1030.pdf", "a.b.c"])
def test_the_name_of_an_invoice_or_a_day_is_none(name: str) -> None:
    assert patient_data.find_in_name(name) == ()


def test_rows_are_read_with_the_headings_above_them() -> None:
    rows = [("Lea Valley", "12"), ("Patient letters", OURS)]
    assert patient_data.find_in_rows(("Practice", "Invoice number"), rows) is None
    found = patient_data.find_in_rows(("Practice", "NHS number"), rows)
    assert found is not None
    assert found[:2] == (2, "NHS number")
    assert patient_data.find_in_rows(("Practice", "NHS number"), [("A", int(OURS))]) is not None


# ---- what is told, and what is kept of it


def test_what_is_found_tells_of_the_number_only_masked() -> None:
    found = patient_data.find(f"NHS no {SPACED}")[0]
    told = patient_data.told("What", found)
    for words in (repr(found), told.sentence, found.masked):
        assert OURS not in words.replace(" ", "")
        assert not [part for part in ("450", "557", "7104") if part in words]
    assert found.masked == "xxx xxx 71xx"
    assert told.weight is Weight.MUST_FIX
    assert "NHS number" in told.sentence


def test_what_is_only_possible_is_told_for_information() -> None:
    problem = patient_data.beside("What", OURS)
    assert problem is not None
    assert problem.weight is Weight.NOTE
    assert patient_data.beside("Invoice number", OURS, code=True) is None
    assert patient_data.beside("What", "Twelve pharmacists by 2027") is None


def test_words_are_shown_with_their_numbers_masked() -> None:
    assert patient_data.masked(f"Rang {SPACED} and {OURS}.") == "Rang xxx xxx 71xx and xxx xxx 71xx."
    assert patient_data.masked("Rang 020 7946 0958") == "Rang 020 7946 0958"


def test_what_was_let_in_once_is_not_asked_again() -> None:
    before = f"NHS no {SPACED}"
    assert patient_data.newly_likely(f"NHS no {OURS}, corrected", before) == ()
    assert patient_data.newly_likely(f"{before} and NHS no {ANOTHER}", before) != ()
    assert len(patient_data.newly_likely(before, "")) == 1


@given(st.text(max_size=300))
def test_no_words_whatever_stop_it_or_are_logged(text: str) -> None:
    logged: list[str] = []
    listening = logging.Handler()
    listening.emit = lambda record: logged.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(listening)
    patient_data.find(text)
    patient_data.find_in_name(text)
    patient_data.masked(text)
    logging.getLogger().removeHandler(listening)
    assert logged == []
