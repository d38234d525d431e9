from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.own_sheet import Looked, OverFull, SheetLine, lines_of, look

MAXIMA = {Role.CLINICAL_PHARMACIST: Money.pounds(60_000), Role.PARAMEDIC: Money.pounds(50_000)}


def test_a_line_is_compared_with_the_maximum_for_its_hours() -> None:
    rows: list[tuple[int, dict[str, Any]]] = [
        (2, {"role": Role.CLINICAL_PHARMACIST, "wte": Decimal("0.5"), "annual": Money.pounds(31_000)}),
        (3, {"role": Role.CLINICAL_PHARMACIST, "hours": Hours.of("37.5"), "month": Money.pounds(5_000)}),
        (4, {"role": Role.PARAMEDIC, "wte": Decimal("1.2"), "annual": Money.pounds(70_000)}),
        (5, {"role": Role.GP, "wte": Decimal(1), "annual": Money.pounds(90_000)}),
        (6, {"wte": Decimal(1)}),
    ]
    found = look(lines_of(rows), MAXIMA)
    assert found.over == ((2, Money.pounds(1_000)), (4, Money.pounds(10_000)))
    assert (found.no_rate, found.over_full, found.no_role) == ((5,), (4,), (6,))
    assert found.words == (
        "3 lines of 5 could be compared with a maximum. 2 lines over it, together by £11,000.00 a year (rows 2, 4). "
        "1 line with no rate on file (row 5). 1 line with more than 1.0 WTE (row 4). 1 line with a role that is not "
        "known here (row 6). No column says whose a line is, so several lines of one person were not added up."
    )


def test_a_persons_lines_are_added_up_and_the_person_is_not_named() -> None:
    lines = [
        SheetLine(2, Role.PARAMEDIC, Decimal("0.6"), person="a"),
        SheetLine(3, Role.CLINICAL_PHARMACIST, Decimal("0.6"), person="a"),
        SheetLine(4, Role.PARAMEDIC, Decimal("0.5"), person="b"),
        SheetLine(5, Role.PARAMEDIC, Decimal("0.5"), person="b"),
        SheetLine(6, Role.PARAMEDIC, Decimal("0.9"), person=None),
        SheetLine(7, Role.PARAMEDIC, Decimal("0.9"), person=None),
    ]
    found = look(lines, MAXIMA)
    assert found.persons == (OverFull((2, 3), Decimal("1.2")),)
    assert "One person has 1.2 WTE over 2 lines (rows 2, 3)." in found.words


def test_hours_that_make_no_whole_number_of_wte_are_added_up_to_four_places() -> None:
    rows: list[tuple[int, dict[str, Any]]] = [
        (n, {"person": "a" if n < 4 else "b", "hours": Hours.of("20" if n < 4 else "6.25")})
        for n in range(2, 10)
    ]
    found = look(lines_of(rows), MAXIMA)
    assert found.persons == (OverFull((2, 3), Decimal("1.0667")),)
    assert "One person has 1.0667 WTE over 2 lines (rows 2, 3)." in found.words
    assert "None is over it" not in found.words


def test_whose_a_line_is_comes_from_the_payroll_reference_before_the_name() -> None:
    rows: list[tuple[int, dict[str, Any]]] = [
        (2, {"person": "77", "wte": Decimal(1)}),
        (3, {"wte": Decimal(1)}),
    ]
    assert [one.person for one in lines_of(rows, {2: 0, 3: 0})] == ["77", 0]


@given(
    lines=st.lists(
        st.tuples(st.sampled_from("abc"), st.decimals(0, 1, places=2, allow_nan=False)),
        min_size=1,
        max_size=8,
    )
)
def test_who_is_over_1_0_wte_is_over_it_by_the_sum_of_all_lines(lines: list[tuple[str, Decimal]]) -> None:
    held = [SheetLine(n, None, wte, person=who) for n, (who, wte) in enumerate(lines)]
    over = {lines[one.rows[0]][0]: one.wte for one in look(held, MAXIMA).persons}
    sums = {who: sum((wte for one, wte in lines if one == who), Decimal()) for who, _ in lines}
    several = {who for who, _ in lines if sum(one == who for one, _ in lines) > 1}
    assert over == {who: wte for who, wte in sums.items() if wte > 1 and who in several}


def test_what_a_line_does_not_say_is_not_compared() -> None:
    found = look([SheetLine(2, Role.PARAMEDIC, None, Money.pounds(99_999))], MAXIMA)
    assert (found.compared, found.over) == (0, ())
    found = look(
        [SheetLine(2, Role.PARAMEDIC, Decimal(-1), Money.pounds(1))], MAXIMA, frozenset({Role.PARAMEDIC})
    )
    assert (found.compared, found.over, found.unsure) == (0, (), False)
    assert Looked(0, 0).words == ""


@given(pence=st.integers(0, 10_000_000), wte=st.decimals(0, 2, places=2))
def test_a_line_is_over_by_exactly_what_its_cost_has_more(pence: int, wte: Decimal) -> None:
    found = look([SheetLine(2, Role.PARAMEDIC, wte, Money(pence))], MAXIMA)
    most = int(5_000_000 * wte)
    assert found.over == (((2, Money(pence - most)),) if pence > most else ())
