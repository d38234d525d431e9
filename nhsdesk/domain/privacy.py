"""Hides small groups in a table, and with them enough others that no total gives them back.

The rule is that the smallest groups are hidden together: every one up to some size, and none above it.
So the cells hidden could change places with each other and the table would print the same; since they
are never all alike, nobody can tell from the cells and the total what any one of them holds. Where no
such group can be made up, the total goes as well.

A nought is shown only in a table with nothing to hide. Beside hidden cells it would tell that the few
are among the others, so there it is hidden like any other small count.
"""

from __future__ import annotations

from collections.abc import Mapping
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
