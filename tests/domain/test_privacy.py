"""Small groups stay hidden, however the rest of the table is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.money import Money
from nhsdesk.domain.privacy import (
    SMALLEST_PRACTICES_OR_PEOPLE,
    SMALLEST_REQUESTS,
    Suppressed,
    suppress,
    suppress_amounts,
)

names = st.text("abcdefgh", min_size=1, max_size=3)
tables = st.dictionaries(names, st.integers(0, 12) | st.integers(0, 400), max_size=9)
limits = st.sampled_from([SMALLEST_PRACTICES_OR_PEOPLE, 4, SMALLEST_REQUESTS, 10])


def printed(table: Suppressed) -> tuple[object, ...]:
    return tuple(sorted(table.shown.items(), key=lambda cell: cell[0])), table.total


def test_a_table_without_small_groups_is_shown_as_it_is() -> None:
    assert suppress({"Dermatology": 5, "Cardiology": 12}, 5) == Suppressed(
        {"Dermatology": 5, "Cardiology": 12}, frozenset(), 17
    )


def test_a_lone_small_group_takes_the_next_smallest_with_it() -> None:
    table = suppress({"a": 2, "b": 9, "c": 30}, 5)
    assert table.shown == {"a": None, "b": None, "c": 30}
    assert table.total == 41


def test_groups_as_small_as_the_next_smallest_are_hidden_with_it() -> None:
    assert suppress({"a": 2, "b": 9, "c": 9, "d": 30}, 5).hidden == {"a", "b", "c"}


def test_hidden_groups_that_are_few_together_take_another_with_them() -> None:
    assert suppress({"a": 1, "b": 2, "c": 8, "d": 30}, 5).hidden == {"a", "b", "c"}
    assert suppress({"a": 1, "b": 4, "c": 8, "d": 30}, 5).hidden == {"a", "b"}


def test_hidden_groups_that_are_all_alike_take_another_with_them() -> None:
    """With 3 shown for the third, two hidden groups making 4 could only be 2 and 2: 1 and 3 would hide it."""
    assert suppress({"a": 2, "b": 2, "c": 3, "d": 8}, 3).hidden == {"a", "b", "c"}


def test_where_nothing_is_left_to_hide_the_total_is_hidden() -> None:
    for table in ({"a": 2}, {"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 0, "b": 1}):
        assert suppress(table, 3) == Suppressed(dict.fromkeys(table), frozenset(table), None)


def test_a_nought_is_shown_only_where_nothing_is_hidden() -> None:
    assert suppress({"a": 0, "b": 7}, 5).shown == {"a": 0, "b": 7}
    assert suppress({"a": 0, "b": 4, "c": 7, "d": 9}, 5).shown == {"a": None, "b": None, "c": None, "d": 9}


def test_an_empty_table_hides_nothing() -> None:
    assert suppress({}, 5) == Suppressed({}, frozenset(), 0)


@pytest.mark.parametrize(("table", "smallest"), [({"a": 4}, 2), ({"a": -1}, 5)])
def test_a_limit_that_hides_nothing_or_a_negative_count_is_refused(
    table: dict[str, int], smallest: int
) -> None:
    with pytest.raises(ValueError, match="cannot hide"):
        suppress(table, smallest)


def every_table(cells: int, largest: int) -> Iterator[dict[str, int]]:
    for values in product(range(largest + 1), repeat=cells):
        yield dict(zip("abcd", values, strict=False))


@pytest.mark.parametrize(
    ("cells", "largest", "smallest"), [(1, 9, 3), (2, 12, 3), (2, 14, 5), (3, 9, 3), (3, 11, 5), (4, 6, 3)]
)
def test_nobody_who_knows_the_rule_can_tell_what_a_hidden_cell_holds(
    cells: int, largest: int, smallest: int
) -> None:
    """Every table there is, put together with all that print alike: no cell is the same in all of them."""
    could_be: defaultdict[tuple[object, ...], defaultdict[str, set[int]]]
    could_be = defaultdict(lambda: defaultdict(set))
    for table in every_table(cells, largest):
        result = suppress(table, smallest)
        for name in result.hidden:
            could_be[printed(result)][name].add(table[name])
    assert could_be
    assert all(len(values) > 1 for table_cells in could_be.values() for values in table_cells.values())


@given(tables, limits)
def test_a_hidden_cell_could_always_hold_something_else(table: dict[str, int], smallest: int) -> None:
    result = suppress(table, smallest)
    for name in result.hidden:
        if result.total is None:
            others = [{**dict.fromkeys(table, 0), name: n} for n in (1, 2)]
        else:
            other = next(each for each in sorted(result.hidden) if table[each] != table[name])
            others = [{**table, name: table[other], other: table[name]}]
        assert all(printed(suppress(each, smallest)) == printed(result) for each in others)


@given(tables, limits)
def test_no_count_under_the_limit_is_shown_but_a_nought_where_nothing_is_hidden(
    table: dict[str, int], smallest: int
) -> None:
    result = suppress(table, smallest)
    under = [count for count in result.shown.values() if count is not None and count < smallest]
    assert not any(under)
    assert not (under and result.hidden)


@given(tables, limits)
def test_two_cells_are_hidden_at_least_or_none_or_the_total_too(table: dict[str, int], smallest: int) -> None:
    result = suppress(table, smallest)
    assert len(result.hidden) != 1 or result.total is None
    if result.hidden and result.total is not None:
        assert result.total - sum(count or 0 for count in result.shown.values()) >= smallest


@given(tables, limits)
def test_what_is_shown_needs_no_more_hiding(table: dict[str, int], smallest: int) -> None:
    result = suppress(table, smallest)
    left = {name: count for name, count in result.shown.items() if count is not None}
    assert suppress(left, smallest).shown == left
    assert suppress(table, smallest) == result


@given(tables, limits)
def test_the_order_of_the_table_does_not_matter(table: dict[str, int], smallest: int) -> None:
    backwards = dict(reversed(table.items()))
    assert printed(suppress(backwards, smallest)) == printed(suppress(table, smallest))


def test_an_amount_is_hidden_with_the_group_behind_it() -> None:
    pay = {"Pharmacist": Money(900), "Paramedic": Money(300), "Coordinator": Money(500), "GP": Money(2_000)}
    posts = {"Pharmacist": 5, "Paramedic": 1, "Coordinator": 3, "GP": 4}
    table = suppress_amounts(pay, posts, SMALLEST_PRACTICES_OR_PEOPLE)
    assert table.hidden == {"Paramedic", "Coordinator"}
    assert table.shown["Paramedic"] is None
    assert table.shown["GP"] == Money(2_000)
    assert table.total == Money(3_700)


def test_the_total_of_amounts_is_hidden_where_one_hidden_group_has_all_the_money() -> None:
    pay = {"Paramedic": Money(300), "Coordinator": Money(), "GP": Money(2_000)}
    table = suppress_amounts(pay, {"Paramedic": 1, "Coordinator": 3, "GP": 4}, 3)
    assert table.hidden == {"Paramedic", "Coordinator"}
    assert table.total is None


def test_amounts_of_groups_that_are_not_small_are_all_shown() -> None:
    table = suppress_amounts({"a": Money(1), "b": Money()}, {"a": 3, "b": 4, "c": 1}, 3)
    assert (table.shown, table.hidden, table.total) == ({"a": Money(1), "b": Money()}, frozenset(), Money(1))
