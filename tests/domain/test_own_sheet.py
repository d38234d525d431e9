from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.own_sheet import Looked, SheetLine, lines_of, look

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
        "known here (row 6)."
    )


def test_what_a_line_does_not_say_is_not_compared() -> None:
    found = look([SheetLine(2, Role.PARAMEDIC, None, Money.pounds(99_999))], MAXIMA)
    assert (found.compared, found.over) == (0, ())
    assert Looked(0, 0).words == ""


@given(pence=st.integers(0, 10_000_000), wte=st.decimals(0, 2, places=2))
def test_a_line_is_over_by_exactly_what_its_cost_has_more(pence: int, wte: Decimal) -> None:
    found = look([SheetLine(2, Role.PARAMEDIC, wte, Money(pence))], MAXIMA)
    most = int(5_000_000 * wte)
    assert found.over == (((2, Money(pence - most)),) if pence > most else ())
