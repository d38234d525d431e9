"""Money in whole pence and hours in whole seconds: exact, ordered, worded as people write them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.money import Hours, Money, half_up, read_decimal, total

amounts = st.integers(-(10**15), 10**15)


@given(amounts)
def test_an_amount_in_words_is_read_back(pence: int) -> None:
    assert read_decimal(str(Money(pence))) == Money(pence).exact
    assert Money.pounds(Money(pence).exact) == Money(pence)


@given(st.lists(amounts))
def test_a_total_is_exact(pence: list[int]) -> None:
    assert total(map(Money, pence)) == Money(sum(pence))


@given(amounts, amounts)
def test_amounts_are_added_taken_away_and_ordered_as_their_pence(a: int, b: int) -> None:
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == -(Money(b) - Money(a))
    assert (Money(a) < Money(b)) == (a < b)
    assert bool(Money(a)) == (a != 0)


@given(amounts, st.integers(1, 10**9))
def test_half_up_is_the_nearest_and_halves_go_away_from_nought(numerator: int, denominator: int) -> None:
    rounded, exact = half_up(numerator, denominator), Fraction(numerator, denominator)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)
    assert half_up(-numerator, denominator) == -rounded


def test_what_is_not_whole_pence_or_seconds_is_refused() -> None:
    for amount in ("0.001", Decimal("4400.005")):
        with pytest.raises(ValueError, match="not whole pence"):
            Money.pounds(amount)
    with pytest.raises(ValueError, match="not a whole number of seconds"):
        Hours.of("0.0001")


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "£0.00"), (5, "£0.05"), (-5, "-£0.05"), (440_000, "£4,400.00"), (-123_456_789, "-£1,234,567.89")],
)
def test_money_is_worded_with_its_sign_before_the_pound(pence: int, words: str) -> None:
    assert str(Money(pence)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (81_000, "22.5"),
        (135_000, "37.5"),
        (60_000, "16:40"),
        (0, "0"),
        (36, "0.01"),
        (1, "0:00:01"),
        (360_000, "100"),
    ],
)
def test_hours_are_worded_as_decimals_where_exact_and_as_on_a_clock_otherwise(
    seconds: int, words: str
) -> None:
    assert str(Hours(seconds)) == words


def test_whole_time_equivalents_are_for_showing() -> None:
    assert Hours.of("37.5").wte == Decimal("1.0000")
    assert Hours(60_000).wte == Decimal("0.4444")
    assert not Hours(0)
    assert Hours.of(30) + Hours.of("7.5") == Hours.of("37.5")
    assert Hours.of(30) < Hours.of("37.5")


@pytest.mark.parametrize(
    "text", ["", "£", "1,23", "12,34,567", "1.2.3", "1e5", "0x10", "NaN", "four", "1 000", "-−3"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_decimal(text) is None


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    read = read_decimal(text)
    assert read is None or read.is_finite()
