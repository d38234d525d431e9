"""A ledger laid beside a fund: matched, passed over where it was noted, taken in as one step."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.commands import blocks, fund_ledger
from nhsdesk.domain import blocks as reading
from nhsdesk.domain import fund_ledger as rules
from nhsdesk.domain.blocks import Row
from nhsdesk.domain.fund_ledger import Ledger
from nhsdesk.domain.funds import Fund, FundEntry, FundMovement, MovementKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.errors import DeskError
from nhsdesk.store.database import Database

TODAY = date(2026, 11, 20)
PASTED = (
    "Line\tDate\tAmount\tInvoice\n"
    "Programme team\t31/10/2026\t61,200.00\tINV-1\n"
    "programme  TEAM\t31/10/2026\t-200.00\tCN-1\n"
    "Away day\t01/11/2026\t450.00\tINV-2\n"
    "Total\t\t61,450.00\t\n"
)


@pytest.fixture
def fund(database: Database) -> Fund:
    with database.change("Add") as change:
        fund = change.add(Fund(name="Ours"))
        change.add(FundEntry(fund=fund.id, what="Programme team"))
        return fund


def looked(database: Database, fund: Fund, words: str = PASTED) -> Ledger:
    block = blocks.from_text(words, fund_ledger.WANTED)
    columns = reading.guess(block, fund_ledger.WANTED, {})
    rows = reading.look(block, fund_ledger.WANTED, columns, TODAY).rows
    return fund_ledger.look(database, fund.id, rows)


def movements(database: Database) -> tuple[FundMovement, ...]:
    with database.read() as reader:
        return reader.all(FundMovement)


def test_a_ledger_is_taken_in_as_one_step_and_twice_changes_nothing(database: Database, fund: Fund) -> None:
    seen = looked(database, fund)
    assert (len(seen.lines), seen.known, seen.new_entries) == (3, 0, ("Away day",))
    assert fund_ledger.take_in(database, fund.id, seen) == 3
    assert [(one.kind, one.amount, one.their_reference) for one in movements(database)] == [
        (MovementKind.SPENT, Money.pounds(61_200), "INV-1"),
        (MovementKind.REFUNDED, Money.pounds(200), "CN-1"),
        (MovementKind.SPENT, Money.pounds(450), "INV-2"),
    ]
    again = looked(database, fund)
    assert (again.lines, again.known) == ((), 3)
    with pytest.raises(DeskError, match="Nothing was taken in"):
        fund_ledger.take_in(database, fund.id, again)
    database.undo()
    assert movements(database) == ()


def test_rows_without_a_day_or_amount_or_of_a_day_to_come_are_left_out_with_the_reason(
    database: Database, fund: Fund
) -> None:
    words = "Line\tDate\tAmount\nProgramme team\t\t10\nProgramme team\t30/11/2026\t10\nProgramme team\t1/10/2026\t0\n"
    seen = looked(database, fund, words)
    assert seen.lines == ()
    assert seen.left_out == (
        "Row 2, Day: “Day” is empty.",
        "Row 3: 30 November 2026 has not come.",
        "Row 4 gives no amount.",
    )


ROWS = st.lists(
    st.builds(
        lambda entry, pence, day: Row(
            1, {"entry": entry, "spent": Money(pence), "on": date(2026, 10, day), "reference": None}
        ),
        st.sampled_from(["Tools", "Days"]),
        st.sampled_from([100, -100, 250]),
        st.integers(1, 2),
    ),
    max_size=8,
)


@given(ROWS)
def test_equal_payments_of_one_day_stay_two_and_none_is_noted_twice(rows: list[Row]) -> None:
    entries = [
        FundEntry(id=Id(n), ref=f"FE-00{n}", fund=Id(9), what=what) for n, what in ((1, "Tools"), (2, "Days"))
    ]
    first = rules.read(rows, entries, (), TODAY)
    assert len(first.lines) == len(rows)
    noted = [
        FundMovement(entry=one.entry or Id(0), kind=one.kind, amount=one.amount, on=one.on)
        for one in first.lines
    ]
    again = rules.read(rows, entries, noted, TODAY)
    assert (again.lines, again.known) == ((), len(rows))


def test_words_that_two_entries_share_name_neither_and_a_reference_names_one() -> None:
    entries = [FundEntry(id=Id(n), ref=f"FE-00{n}", fund=Id(9), what="Tools") for n in (1, 2)]
    rows = [
        Row(n, {"entry": words, "spent": Money(100), "on": date(2026, 10, 1)})
        for n, words in enumerate(("Tools", "fe-002"), 2)
    ]
    assert [one.entry for one in rules.read(rows, entries, (), TODAY).lines] == [None, 2]
