"""Several tables of the same requests in one paper, and two papers one after the other, single out no request."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.privacy import Printed, differs_by_few, suppress_together

groups = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 9), min_size=1, max_size=5)


def apart(counts: dict[str, int]) -> dict[str, list[int]]:
    """Groups of so many requests, each of another practice."""
    numbers = iter(range(1_000))
    return {name: [next(numbers) for _ in range(count)] for name, count in counts.items()}


def test_tables_that_hide_nothing_are_printed_with_their_total() -> None:
    found = suppress_together({"state": apart({"a": 5, "b": 6}), "level": apart({"x": 11, "y": 0})}, 5, 3)
    assert found.tables == {"state": {"a": 5, "b": 6}, "level": {"x": 11, "y": 0}}
    assert found.total == 11


def test_few_requests_or_few_practices_in_all_hide_everything() -> None:
    for group in ([1, 2, 3, 4], [1, 2, 1, 2, 1, 2, 1]):
        found = suppress_together({"state": {"a": group}, "level": {"x": group}}, 5, 3)
        assert (found.total, found.tables) == (None, {"state": {"a": None}, "level": {"x": None}})


def test_a_group_of_few_practices_hides_its_whole_table_and_no_other() -> None:
    state = {"a": [1] * 6, "b": [1, 2, 3, 4, 5, 6]}
    level = {"x": [1, 1, 1, 2, 3, 4], "y": [1, 1, 1, 5, 6, 2]}
    found = suppress_together({"state": state, "level": level}, 5, 3)
    assert found.tables == {"state": {"a": None, "b": None}, "level": {"x": 6, "y": 6}}


def test_hidden_groups_that_are_of_two_practices_together_hide_their_whole_table() -> None:
    table = {"a": [1, 1], "b": [1, 1, 2, 2], "c": [1, 2, 3, 4, 5, 6]}
    assert set(suppress_together({"state": table}, 5, 3).tables["state"].values()) == {None}


@pytest.mark.parametrize(("cells", "largest"), [(2, 12), (3, 9), (4, 6)])
def test_the_total_of_another_table_gives_no_hidden_count_back(cells: int, largest: int) -> None:
    """Every table there is, put together with all that print alike under the same total: no cell is sure in any."""
    could_be: defaultdict[object, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for values in product(range(largest + 1), repeat=cells):
        table = dict(zip("abcd", values, strict=False))
        found = suppress_together({"state": apart(table)}, 5, 3)
        shown = found.tables["state"]
        for name, count in shown.items():
            if count is None:
                could_be[tuple(shown.items()), found.total][name].add(table[name])
    assert all(len(each) > 1 for held in could_be.values() for each in held.values())


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")), max_size=40))
def test_no_small_count_is_shown_in_any_table(requests: list[tuple[str, str]]) -> None:
    state: dict[str, list[int]] = {name: [] for name in "abcd"}
    level: dict[str, list[int]] = {name: [] for name in "xyz"}
    for number, (one, other) in enumerate(requests):
        state[one].append(number)
        level[other].append(number)
    found = suppress_together({"state": state, "level": level}, 5, 3)
    for shown in found.tables.values():
        assert not any(count and count < 5 for count in shown.values())
        hidden = [name for name, count in shown.items() if count is None]
        if hidden and found.total is not None:
            assert found.total - sum(count or 0 for count in shown.values()) >= 5


@given(groups, st.data())
def test_whatever_two_papers_tell_between_them_is_nought_or_not_few(
    first: dict[str, int], data: st.DataObject
) -> None:
    second = {name: count + data.draw(st.integers(0, 7)) for name, count in first.items()}
    before, after = (
        Printed(found.tables["t"], found.total)
        for found in (suppress_together({"t": apart(one)}, 5, 3) for one in (first, second))
    )
    if differs_by_few(before, after, 5):
        return
    for name in first:
        was, is_ = before.cells[name], after.cells[name]
        if was is not None and is_ is not None:
            assert abs(is_ - was) == 0 or abs(is_ - was) >= 5
    if before.total is not None and after.total is not None:
        left = [
            printed.total - sum(printed.cells[name] or 0 for name in first if _in_both(name, before, after))
            for printed in (before, after)
            if printed.total is not None
        ]
        assert left[0] == left[1] or abs(left[1] - left[0]) >= 5


def _in_both(name: str, before: Printed, after: Printed) -> bool:
    return before.cells[name] is not None and after.cells[name] is not None


@pytest.mark.parametrize(
    ("before", "after", "tells"),
    [
        (Printed({"a": 6, "b": 7}, 13), Printed({"a": 7, "b": 7}, 14), True),
        (Printed({"a": 6, "b": 7}, 13), Printed({"a": 6, "b": 7}, 13), False),
        (Printed({"a": 6, "b": 7}, 13), Printed({"a": 11, "b": 12}, 23), False),
        (Printed({"a": 6, "b": 12}, 18), Printed({"a": 12, "b": 7}, 19), True),
        (Printed({"a": None, "b": None, "c": 9}, 15), Printed({"a": None, "b": None, "c": 9}, 16), True),
        (Printed({"a": None, "b": None, "c": 9}, 15), Printed({"a": 5, "b": 5, "c": 9}, 19), True),
        (Printed({"a": 5, "b": None, "c": None}, 12), Printed({"a": None, "b": 5, "c": None}, 12), False),
        (Printed({"a": 6, "b": 5}, 11), Printed({"a": None, "b": None}, None), False),
    ],
)
def test_a_change_of_few_is_seen_in_a_cell_a_total_or_what_is_hidden_together(
    before: Printed, after: Printed, tells: bool
) -> None:
    assert differs_by_few(before, after, 5) is tells
