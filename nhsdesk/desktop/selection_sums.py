"""What the money and hours of chosen entries come to, for the status line."""

from __future__ import annotations

from collections.abc import Sequence

from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.money import Hours, total


def sums_of(kind: RecordKind, records: Sequence[Record]) -> str:
    """Each field's sum behind a comma; nothing where none of them holds any."""
    said = []
    for field in kind.fields:
        values = [value for one in records if (value := getattr(one, field.name)) is not None]
        said += [_sum(field, values)] if values else []
    return "".join(f", {one}" for one in said if one)


def _sum(field: Field, values: list[object]) -> str:
    if isinstance(field.kind, kinds.Pounds):
        return f"{field.label.lower()} {total(values)}"  # type: ignore[arg-type]
    if isinstance(field.kind, kinds.HoursAWeek):
        hours = sum((value for value in values if isinstance(value, Hours)), Hours())
        return f"{hours} hours a week, {hours.wte:.2f} WTE"
    return ""
