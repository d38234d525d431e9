"""Separated text that we write: no formula in it, and every text comes back as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents import separated
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20 7946 0000", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "-a"]
)
def test_text_is_never_a_formula_and_comes_back_as_it_was(text: str) -> None:
    assert separated.defused(text) == f"'{text}"
    assert separated.undefused(f"'{text}") == text


@pytest.mark.parametrize("text", ["-12", "-1,250.50", "-£4.00", "-5%", "plain", "'plain", "a=b", ""])
def test_negative_numbers_and_plain_words_are_left_alone(text: str) -> None:
    assert separated.defused(text) == text
    assert separated.undefused(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n1£,.% a")))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    defused = separated.defused(text)
    assert separated.undefused(defused) == text


def test_cells_are_written_plainly_in_quotation_marks() -> None:
    row = (
        "a, “b”",
        None,
        Money(-440_001),
        Decimal("0.933"),
        Hours.of("22.5"),
        7,
        date(2027, 1, 30),
        Month(2026, 10),
    )
    text = separated.written([row]).decode("utf-8-sig")
    assert text == '"a, “b”","","-4400.01","0.933","22.5","7","2027-01-30","2026-10"\r\n'
