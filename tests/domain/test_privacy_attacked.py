"""Counts as somebody reads them who lays all tables beside each other, knows the rule, and tries every possibility."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from nhsdesk.domain.privacy import Printed, Together, differs_by_few, suppress, suppress_together
from tests.examples import examples

SMALLEST, FEWEST = 5, 3
Cells = tuple[int, ...]
Known = tuple[int | None, ...]


def shared_out(total: int, into: int) -> Iterator[Cells]:
    """Every way of sharing a total out into so many cells."""
    if into == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shared_out(total - first, into - 1):
            yield (first, *rest)


def subsets(size: int) -> list[tuple[int, ...]]:
    return [one for many in range(1, size + 1) for one in combinations(range(size), many)]


def told_by(worlds: Sequence[Cells]) -> dict[tuple[int, ...], int]:
    """The groups of cells whose sum is the same in every world, with the sum."""
    told = {}
    for group in subsets(len(worlds[0])):
        sums = {sum(world[cell] for cell in group) for world in worlds}
        if len(sums) == 1:
            told[group] = sums.pop()
    return told


def few(number: int) -> bool:
    return 0 < abs(number) < SMALLEST


def of_many_practices(cells: Cells) -> dict[str, list[int]]:
    """A table in which each request is of another practice."""
    return {f"cell {place}": list(range(number)) for place, number in enumerate(cells)}


def printed(together: Together) -> tuple[int | None, tuple[Known, ...]]:
    return together.total, tuple(tuple(table.values()) for table in together.tables.values())


def test_no_small_count_of_one_table_follows_for_a_reader_who_knows_the_rule() -> None:
    looks_alike: dict[tuple[int | None, Known], list[Cells]] = defaultdict(list)
    for total in range(25):
        for cells in shared_out(total, 3):
            found = suppress({f"cell {place}": number for place, number in enumerate(cells)}, SMALLEST)
            looks_alike[found.total, tuple(found.shown.values())].append(cells)
    for (_, shown), worlds in looks_alike.items():
        if any(sum(world) <= 12 for world in worlds):
            told = told_by(worlds)
            assert not [group for group, number in told.items() if few(number)], (shown, told)
            hidden = [(place,) for place, number in enumerate(shown) if number is None]
            assert not [group for group in hidden if group in told], (shown, told)


def test_no_small_count_of_two_tables_follows_for_a_reader_who_knows_the_rule() -> None:
    looks_alike: dict[tuple[int | None, tuple[Known, ...]], list[tuple[Cells, Cells]]] = defaultdict(list)
    for total in range(17):
        for one, other in product(shared_out(total, 3), shared_out(total, 2)):
            tables = {"one": of_many_practices(one), "other": of_many_practices(other)}
            looks_alike[printed(suppress_together(tables, SMALLEST, FEWEST))].append((one, other))
    for seen, worlds in looks_alike.items():
        if any(sum(one) <= 9 for one, _ in worlds):
            joint = [(*one, *other) for one, other in worlds]
            for first, last in ((0, 3), (3, 5)):
                told = told_by([world[first:last] for world in joint])
                assert not [group for group, number in told.items() if few(number)], (seen, told)
            hidden = [place for place, number in enumerate((*seen[1][0], *seen[1][1])) if number is None]
            assert not [cell for cell in hidden if len({world[cell] for world in joint}) == 1], seen


practices = st.lists(st.integers(1, 5), max_size=9)
tables_of_one_paper = st.lists(st.integers(1, 5), max_size=16).flatmap(
    lambda asked: st.tuples(
        st.just(asked),
        st.lists(st.integers(0, 2), min_size=len(asked), max_size=len(asked)),
        st.lists(st.integers(0, 3), min_size=len(asked), max_size=len(asked)),
    )
)


def sorted_into(asked: Sequence[int], places: Sequence[int], size: int) -> dict[str, list[int]]:
    """Requests, each given by its practice, sorted into the cells of a table."""
    return {
        f"cell {cell}": [practice for practice, place in zip(asked, places, strict=True) if place == cell]
        for cell in range(size)
    }


@cache
def worlds_of(shown: Known, total: int | None, most: int) -> tuple[Cells, ...]:
    """Every table that prints so, for a reader who knows nothing of the rule."""
    totals = [total] if total is not None else range(sum(one or 0 for one in shown), most + 1)
    hidden = shown.count(None)
    found = []
    for every in totals:
        rest = every - sum(one for one in shown if one is not None)
        if rest < 0 or (not hidden and rest):
            continue
        for filling in shared_out(rest, hidden) if hidden else [()]:
            held = iter(filling)
            found.append(tuple(next(held) if one is None else one for one in shown))
    return tuple(found)


@settings(max_examples=examples(60, 3000))
@given(tables_of_one_paper)
def test_no_sum_that_a_paper_gives_is_of_few_requests_or_few_practices(
    paper: tuple[list[int], list[int], list[int]],
) -> None:
    asked, *places = paper
    tables = {
        f"table {number}": sorted_into(asked, where, size)
        for number, (where, size) in enumerate(zip(places, (3, 4), strict=True))
    }
    found = suppress_together(tables, SMALLEST, FEWEST)
    total = known_total(found)
    for name, table in found.tables.items():
        worlds = worlds_of(tuple(table.values()), total, len(asked) + 3)
        for group, number in told_by(worlds).items():
            who = {practice for cell in group for practice in tables[name][f"cell {cell}"]}
            assert number == 0 or (number >= SMALLEST and len(who) >= FEWEST), (found, name, group)
        hidden = [place for place, one in enumerate(table.values()) if one is None]
        assert not [place for place in hidden if (place,) in told_by(worlds)]
    if total:
        assert total >= SMALLEST
        assert len(set(asked)) >= FEWEST


def known_total(found: Together) -> int | None:
    """The total as printed, or as any table without a hidden cell gives it away."""
    for table in found.tables.values():
        if table and None not in table.values():
            return sum(one for one in table.values() if one is not None)
    return found.total


def as_printed(found: Together, name: str) -> Printed:
    return Printed(found.tables[name], found.total)


def changes_told(before: Printed, after: Printed) -> Mapping[tuple[int, ...], int]:
    """What follows from two papers: each group of cells whose sum both give, with how much it changed."""
    first, second = (told_by(worlds_of(tuple(one.cells.values()), one.total, 24)) for one in (before, after))
    return {group: second[group] - first[group] for group in first if group in second}


@settings(max_examples=examples(60, 3000))
@given(st.tuples(*[st.integers(0, 8)] * 3), st.tuples(*[st.integers(0, 8)] * 3))
def test_a_change_of_few_that_follows_from_two_papers_is_noticed(before: Cells, after: Cells) -> None:
    first, second = (
        as_printed(suppress_together({"one": of_many_practices(cells)}, SMALLEST, FEWEST), "one")
        for cells in (before, after)
    )
    told = changes_told(first, second)
    assert differs_by_few(first, second, SMALLEST) or not [group for group in told if few(told[group])], told
