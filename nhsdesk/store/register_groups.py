"""The entries of a register under headings, and what they hold together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import Field
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.periods import Month
from nhsdesk.store.register import Register, key_of

NOT_GIVEN = "Not given"


def groups(register: Register, name: str) -> list[tuple[str, list[Id]]]:
    """The listed entries by what they hold in a column, each group in the order of the list. Days go by month; the
    groups stand in the order of the column, those with nothing in it last.
    """
    held, headings = _grouping(register, name)
    nothing: list[Id] = []
    found: dict[tuple[Any, str], list[Id]] = {}
    # Each value is looked at once, however many entries hold it: several days go into the list of one month.
    lists = {value: found.setdefault(heading, []) for value, heading in headings.items()}
    for id_ in register.ids:
        lists.get(held.get(id_), nothing).append(id_)
    listed = [(words, found[key, words]) for key, words in sorted(found) if found[key, words]]
    return [*listed, (NOT_GIVEN, nothing)] if nothing else listed


def sums(register: Register, names: Sequence[str], ids: Sequence[Id]) -> dict[str, Any]:
    """What those entries hold together in fields of amounts; a field that none of them fills is left out."""
    if not names or not ids:
        return {}
    rows = register.stored(names, ids)
    held = {name: [row[n] for row in rows if row[n] is not None] for n, name in enumerate(names, 1)}
    return {name: register.kind.field(name).kind.load(sum(some)) for name, some in held.items() if some}


def _grouping(register: Register, name: str) -> tuple[dict[Id, Any], dict[Any, tuple[Any, str]]]:
    """What each listed entry holds, and for each value something to order groups by, with the words of its group."""
    if register.kind.derived_column(name) is not None:
        values = register.derived(name, register.ids)
        return values, {one: (key_of(one), _words(one)) for one in set(values.values()) - {None}}
    field = register.kind.field(name)
    rows: dict[Id, Any] = {row[0]: row[1] for row in register.stored([name], register.ids)}
    held = set(rows.values()) - {None}
    if isinstance(field.kind, kinds.LinkTo):
        titles = register.titles(held)
        named = ((target, titles[target].split(" ", 1)[-1]) for target in held if target in titles)
        return rows, {target: (words.casefold(), words) for target, words in named}
    return rows, {stored: _group(field, stored) for stored in held}


def _group(field: Field, stored: Any) -> tuple[Any, str]:
    value = field.kind.load(stored)
    if isinstance(field.kind, times.Day):
        month = Month(value.year, value.month)
        return month, month.words
    return (key_of(value) if isinstance(value, Choice | str) else stored), field.kind.words(value)


def _words(value: Any) -> str:
    return value.words if isinstance(value, Choice) else str(value)
