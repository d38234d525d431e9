"""Rows of a sheet that was looked at, in words."""

from __future__ import annotations

from collections.abc import Iterable

MOST_NAMED = 8


def lines_words(number: int) -> str:
    """How many lines: "1 line", "12 lines"."""
    return "1 line" if number == 1 else f"{number:,} lines"


def rows_words(numbers: Iterable[int]) -> str:
    """The rows by their numbers: "row 4", "rows 4, 7 and 9 more"."""
    held = [str(one) for one in numbers]
    more = f" and {len(held) - MOST_NAMED:,} more" if len(held) > MOST_NAMED else ""
    return f"{'row' if len(held) == 1 else 'rows'} {', '.join(held[:MOST_NAMED])}{more}"
