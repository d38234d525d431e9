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
_UNGROUPED = (None, NOT_GIVEN)


def groups(register: Register, name: str) -> list[tuple[str, list[Id]]]:
    """The listed entries by what they hold in a column, each group in the order of the list. Days go by month; the
    groups stand in the order of the column, those with nothing in it last.
    """
    held = _grouping(register, name)
    found: dict[tuple[bool, Any], tuple[str, list[Id]]] = {}
    for id_ in register.ids:
        key, words = held.get(id_, _UNGROUPED)
        found.setdefault((key is None, key), (words, []))[1].append(id_)
    return [found[key] for key in sorted(found)]


def sums(register: Register, names: Sequence[str], ids: Sequence[Id]) -> dict[str, Any]:
    """What those entries hold together in fields of amounts; a field that none of them fills is left out."""
    if not names or not ids:
        return {}
    rows = register.stored(names, ids)
    held = {name: [row[n] for row in rows if row[n] is not None] for n, name in enumerate(names, 1)}
    return {name: register.kind.field(name).kind.load(sum(some)) for name, some in held.items() if some}


def _grouping(register: Register, name: str) -> dict[Id, tuple[Any, str]]:
    """Something to order groups by, and the words of the group, for every listed entry that has one."""
    if register.kind.derived_column(name) is not None:
        values = register.derived(name, register.ids)
        return {id_: (key_of(value), _words(value)) for id_, value in values.items() if value is not None}
    field = register.kind.field(name)
    rows = [(row[0], row[1]) for row in register.stored([name], register.ids) if row[1] is not None]
    if isinstance(field.kind, kinds.LinkTo):
        titles = register.titles({target for _, target in rows})
        named = ((id_, titles[target].split(" ", 1)[-1]) for id_, target in rows if target in titles)
        return {id_: (words.casefold(), words) for id_, words in named}
    made = {stored: _group(field, stored) for stored in {stored for _, stored in rows}}
    return {id_: made[stored] for id_, stored in rows}


def _group(field: Field, stored: Any) -> tuple[Any, str]:
    value = field.kind.load(stored)
    if isinstance(field.kind, times.Day):
        month = Month(value.year, value.month)
        return month, month.words
    return (key_of(value) if isinstance(value, Choice | str) else stored), field.kind.words(value)


def _words(value: Any) -> str:
    return value.words if isinstance(value, Choice) else str(value)
