"""The columns of a register: every field and derived column of a kind, the reference first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Derived, Field, RecordKind
from nhsdesk.domain.kinds import Choice, Tone
from nhsdesk.store.register import REF


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
