"""The columns of a register: every field and derived column of a kind, the reference first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Derived, Field, RecordKind
from nhsdesk.domain.kinds import Choice, Tone
from nhsdesk.store.register import REF

_REF, _LONG, _WORKED_OUT, _LINK, _PLAIN = 76, 200, 122, 106, 112
"""Widths at first, before they are stretched over the room there is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One column: the reference, a field or a derived column."""

    name: str
    label: str
    field: Field | None = None
    derived: Derived | None = None

    @property
    def counts(self) -> bool:
        """Whether it holds amounts, lined up at the right."""
        counted = (kinds.Pounds, kinds.Number, kinds.Count, kinds.HoursAWeek, kinds.Minutes)
        return self.field is not None and isinstance(self.field.kind, counted)


def columns_of(kind: RecordKind) -> tuple[Shown, ...]:
    """Every column of a kind: the reference, those a register shows at first, then the others."""
    known: dict[str, Shown] = {one.name: Shown(one.name, one.label, field=one) for one in kind.fields}
    known |= {one.name: Shown(one.name, one.label, derived=one) for one in kind.derived}
    first = [known.pop(name) for name in kind.columns]
    return (Shown(REF, "Ref"), *first, *known.values())


def tone_of(value: Any) -> Tone | None:
    """How a value is to be read at a glance; None for one that is no status."""
    return value.tone if isinstance(value, Choice) else None


def derived_words(value: Any) -> str:
    """What a derived column shows for a value."""
    if value is None:
        return ""
    return value.words if isinstance(value, Choice) else str(value)


def width_of(column: Shown) -> int:
    """How wide a column is at first."""
    if column.field is None:
        return _WORKED_OUT  # "Asked of us; not required" must not be cut before its end
    return _LINK if isinstance(column.field.kind, kinds.LinkTo | kinds.OneOf) else _PLAIN


def widths_at_first(columns: Sequence[Shown]) -> tuple[int, ...]:
    """The widths of all columns: the reference narrow, the first column of words wide."""
    texts = (n for n, one in enumerate(columns) if one.field and type(one.field.kind) is kinds.Text)
    long_one = next(texts, 1)
    return tuple(
        _LONG if n == long_one else _REF if n == 0 else width_of(one) for n, one in enumerate(columns)
    )
