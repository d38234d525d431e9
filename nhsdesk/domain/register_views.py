"""How a register is shown, and the words in which a saved view keeps it.

A view names columns and values as the file keeps them, so that a change of a label harms none. What a view names and
nobody knows any more is left out and told; nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.saved_views import SavedView

NOT_GIVEN = "(not given)"
"""What a filter asks for that wants entries with nothing in a column."""

_IS, _WITHIN, _DAYS = " = ", " within ", " days"
_LAST_FIRST = ", last to first"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Columns in their order, what narrows the list, its order, what it is grouped by, and whether totals are shown."""

    columns: tuple[str, ...] = ()
    """None of them means those that the register shows at first."""
    words: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Column and value; of one column any of them may hold."""
    within: tuple[tuple[str, int], ...] = ()
    """Column and so many days from today by which its day has come."""
    order: str = "ref"
    descending: bool = False
    grouped_by: str = ""
    totals: bool = True


def value_words(value: Any) -> str:
    """The words by which a saved view names a value of a filter."""
    if value is None:
        return NOT_GIVEN
    if isinstance(value, Choice):
        return str(value.value)
    return {True: "yes", False: "no"}.get(value, str(value))


def fields_of(shown: Arrangement) -> dict[str, Any]:
    """The fields of a saved view that keeps an arrangement."""
    filters = [f"{column}{_IS}{value}" for column, value in shown.values]
    filters += [f"{column}{_WITHIN}{days}{_DAYS}" for column, days in shown.within]
    return {
        "columns": "\n".join(shown.columns) or None,
        "filters": "\n".join(filters) or None,
        "words": shown.words.strip() or None,
        "in_order": shown.order + (_LAST_FIRST if shown.descending else ""),
        "grouped_by": shown.grouped_by or None,
        "totals": shown.totals,
    }


def read(view: SavedView, known: Mapping[str, str]) -> tuple[Arrangement, tuple[str, ...]]:
    """The arrangement that a view keeps, and a sentence for each thing in it that is no longer there.

    `known` are the columns of the register with their labels.
    """
    gone: dict[str, None] = {}

    def there(names: Iterable[str]) -> list[str]:
        listed = list(names)
        gone.update(dict.fromkeys(name for name in listed if name not in known))
        return [name for name in listed if name in known]

    columns = there(_lines(view.columns))
    values, within, unread = _filters(view.filters)
    order, descending = _order(view.in_order)
    ordered = "".join(there([order])) if order else ""
    grouped = "".join(there([view.grouped_by])) if view.grouped_by else ""
    held = set(there([*(name for name, _ in values), *(name for name, _ in within)]))
    shown = Arrangement(
        tuple(columns),
        view.words or "",
        tuple(one for one in values if one[0] in held),
        tuple(one for one in within if one[0] in held),
        ordered or "ref",
        descending and bool(ordered),
        grouped,
        view.totals is not False,
    )
    told = [f"It names the column “{name}”, which is no longer there." for name in gone]
    told += [f"Its filter “{line}” could not be read." for line in unread]
    return shown, tuple(told)


def _lines(words: str | None) -> list[str]:
    return [line.strip() for line in (words or "").splitlines() if line.strip()]


def _order(words: str | None) -> tuple[str, bool]:
    name = (words or "").strip()
    return name.removesuffix(_LAST_FIRST), name.endswith(_LAST_FIRST)


def _filters(words: str | None) -> tuple[list[tuple[str, str]], list[tuple[str, int]], list[str]]:
    values, within, unread = list[tuple[str, str]](), list[tuple[str, int]](), list[str]()
    for line in _lines(words):
        column, sign, value = line.partition(_IS)
        if sign:
            values.append((column, value))
            continue
        column, sign, days = line.removesuffix(_DAYS).partition(_WITHIN)
        if sign and days.isascii() and days.isdigit():
            within.append((column, int(days)))
        else:
            unread.append(line)
    return values, within, unread
