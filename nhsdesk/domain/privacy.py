"""Hides small groups in a table, and with them enough others that no total gives them back.

The rule is that the smallest groups are hidden together: every one up to some size, and none above it.
So the cells hidden could change places with each other and the table would print the same; since they
are never all alike, nobody can tell from the cells and the total what any one of them holds. Where no
such group can be made up, the total goes as well.

A nought is shown only in a table with nothing to hide. Beside hidden cells it would tell that the few
are among the others, so there it is hidden like any other small count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nhsdesk.domain import money
from nhsdesk.domain.money import Money

SMALLEST_REQUESTS = 5
"""No count of support requests under this is shown, unless a dated local rule says otherwise."""
SMALLEST_PRACTICES_OR_PEOPLE = 3
"""No count of practices or people under this is shown, unless a dated local rule says otherwise."""

LEAST_LIMIT = 3
"""Under a limit of 2 only ones are hidden, and hiding a cell would say that it holds one."""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Counts that may be printed: None where a cell is hidden, and for the total where it would tell."""

    shown: Mapping[str, int | None]
    hidden: frozenset[str]
    total: int | None


@dataclass(frozen=True, slots=True)
class SuppressedAmounts:
    """Amounts of money that may be printed: None where the group behind one is hidden."""

    shown: Mapping[str, Money | None]
    hidden: frozenset[str]
    total: Money | None


def suppress(counts: Mapping[str, int], smallest: int) -> Suppressed:
    """Counts with every group under `smallest` hidden, from 1 up, and what would give it away.

    The next smallest are hidden too, all of one size together, until those hidden are at least two,
    make up `smallest` between them and are not all alike. When none are left to hide, the total is.
    """
    if smallest < LEAST_LIMIT or min(counts.values(), default=0) < 0:
        raise ValueError(f"cannot hide groups under {smallest} in {len(counts)} counts")
    hidden = _hidden(counts, smallest)
    shown = {name: None if name in hidden else count for name, count in counts.items()}
    kept = not hidden or _tell_nothing([counts[name] for name in hidden], smallest)
    return Suppressed(shown, hidden, sum(counts.values()) if kept else None)


# ---- several tables of the same requests in one paper


@dataclass(frozen=True, slots=True)
class Together:
    """Several tables that may be printed in one paper, each of the same total; None where something is hidden."""

    tables: Mapping[str, Mapping[str, int | None]]
    total: int | None


def suppress_together(
    tables: Mapping[str, Mapping[str, Sequence[int]]], smallest: int, fewest: int
) -> Together:
    """Tables of counts that tell of no small group, whichever of them are laid beside each other.

    Each table shares out the same requests; a group is given by the practice of each of its requests. All that one
    table can give another is the total, for no two tables are crossed. So the total is shown or hidden for all of them,
    and each table is suppressed as a table whose total is known. A table in which a group shown, or all those hidden
    together, are of fewer than `fewest` practices is hidden whole.
    """
    everybody = [practice for group in next(iter(tables.values()), {}).values() for practice in group]
    if len(everybody) < smallest or len(set(everybody)) < fewest:
        return Together({name: dict.fromkeys(groups) for name, groups in tables.items()}, None)
    shown = {name: _one_of_several(groups, smallest, fewest) for name, groups in tables.items()}
    return Together(shown, len(everybody))


def _one_of_several(
    groups: Mapping[str, Sequence[int]], smallest: int, fewest: int
) -> Mapping[str, int | None]:
    found = suppress({name: len(group) for name, group in groups.items()}, smallest)
    of_few = any(
        groups[name] and len(set(groups[name])) < fewest for name in groups if name not in found.hidden
    )
    together = {practice for name in found.hidden for practice in groups[name]}
    if of_few or found.total is None or (found.hidden and len(together) < fewest):
        return dict.fromkeys(groups)
    return found.shown


@dataclass(frozen=True, slots=True)
class Printed:
    """One table as a paper printed it: its cells, None where hidden, and the total that stood under it."""

    cells: Mapping[str, int | None]
    total: int | None


def changes_told(before: Printed, after: Printed) -> Mapping[frozenset[str], int]:
    """What somebody who lays two papers side by side can tell: groups of cells, and by how much each changed.

    It is the change of each cell shown in both, of the total, and of what is hidden together in one or both, which is
    the total less the rest.
    """
    told: dict[frozenset[str], int] = {}
    for name, was in before.cells.items():
        is_ = after.cells.get(name)
        if was is not None and is_ is not None:
            told[frozenset({name})] = is_ - was
    if before.total is not None and after.total is not None:
        told[frozenset(before.cells) | frozenset(after.cells)] = after.total - before.total
        for group in _told_of(before, after):
            told[group] = _sum_of(after, group) - _sum_of(before, group)
    return told


def differs_by_few(before: Printed, after: Printed, smallest: int) -> bool:
    """Whether a change of fewer than `smallest` requests can be told from two papers side by side."""
    return any(0 < abs(change) < smallest for change in changes_told(before, after).values())


def _told_of(before: Printed, after: Printed) -> list[frozenset[str]]:
    """The groups of cells whose sum both papers give, though not each cell: what either hides, alone or together."""
    names = frozenset(before.cells) | frozenset(after.cells)
    then, now = (
        frozenset(name for name in names if printed.cells.get(name) is None) for printed in (before, after)
    )
    return [then | now] if then & now else [then, now]


def _sum_of(printed: Printed, group: frozenset[str]) -> int:
    """What cells come to, as the total less all others; all of the others must be shown, or all of the group."""
    inside = [count for name, count in printed.cells.items() if name in group]
    if all(count is not None for count in inside):
        return sum(count or 0 for count in inside)
    others = sum(count or 0 for name, count in printed.cells.items() if name not in group)
    return (printed.total or 0) - others


def suppress_amounts(
    amounts: Mapping[str, Money], counts: Mapping[str, int], smallest: int
) -> SuppressedAmounts:
    """Amounts with those hidden whose group is hidden; `counts` has the number behind each amount."""
    groups = suppress({name: counts[name] for name in amounts}, smallest)
    shown = {name: None if name in groups.hidden else amount for name, amount in amounts.items()}
    # Where one hidden group has all the money, the total less what is shown would be its amount.
    alone = groups.hidden and sum(bool(amounts[name]) for name in groups.hidden) < 2
    kept = groups.total is not None and not alone
    return SuppressedAmounts(shown, groups.hidden, money.total(amounts.values()) if kept else None)


def _hidden(counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """The groups up to the lowest size at which those hidden tell nothing, or every group."""
    largest_small = max((count for count in counts.values() if count < smallest), default=0)
    if largest_small == 0:
        return frozenset()
    for size in sorted(set(counts.values())):
        if size >= largest_small and _tell_nothing([n for n in counts.values() if n <= size], smallest):
            return frozenset(name for name, count in counts.items() if count <= size)
    return frozenset(counts)


def _tell_nothing(hidden: list[int], smallest: int) -> bool:
    """Whether the sum of hidden counts, which the total may give away, leaves each of them open."""
    return len(set(hidden)) > 1 and sum(hidden) >= smallest
