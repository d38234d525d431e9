"""A pasted table of sums a head: what each row becomes, and how it stands to what is on file. Nothing is added here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk.domain.entitlement import PaidTo, Sum, plain
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rate_table import Standing
from nhsdesk.domain.rates import RateConfidence, known

NEEDED = ("stream", "year", "per_head", "base", "counted_on")


@dataclass(frozen=True, slots=True)
class SumsTold:
    """What holds for the whole table: since when it is known, and where it is written."""

    published_on: date
    source: str


@dataclass(frozen=True, slots=True)
class JudgedSum:
    """One row of a pasted table, and what becomes of it; the sum where all of it could be read."""

    row: int
    standing: Standing
    sum: Sum | None = None
    told: tuple[Problem, ...] = ()

    @property
    def takes(self) -> bool:
        """Whether it is added when the table is taken in."""
        return self.standing in (Standing.NEW, Standing.CHANGES)


def judge(
    rows: Iterable[tuple[int, Mapping[str, Any]]], told: SumsTold, on_file: Sequence[Sum]
) -> tuple[JudgedSum, ...]:
    """Each row, by its number, beside what was on file and known the day the table was published."""
    read = [_of_row(number, values, told) for number, values in rows]
    return tuple(_beside(one, read, told, on_file) for one in read)


def _of_row(number: int, values: Mapping[str, Any], told: SumsTold) -> JudgedSum:
    lacking = [Sum.KIND.field(name).label for name in NEEDED if values.get(name) is None]
    if lacking:
        return _refused(number, None, f"It does not say: {', '.join(lacking)}.")
    per_head: Decimal = values["per_head"]
    year = values["year"]
    made = Sum(
        stream=values["stream"],
        part=values.get("part"),
        year=year,
        per_head=per_head,
        base=values["base"],
        counted_on=values["counted_on"],
        paid_to=values.get("paid_to") or PaidTo.PCN,
        valid_from=year.first,
        valid_to=year.last,
        published_on=told.published_on,
        source=told.source,
        confidence=RateConfidence.TYPED,
    )
    if per_head <= 0:
        return _refused(number, made, "A sum a head is more than nothing.")
    return JudgedSum(number, Standing.NEW, made)


def _refused(number: int, made: Sum | None, words: str) -> JudgedSum:
    return JudgedSum(number, Standing.REFUSED, made, (Problem(words, Weight.MUST_FIX),))


def _beside(one: JudgedSum, every: Sequence[JudgedSum], told: SumsTold, on_file: Sequence[Sum]) -> JudgedSum:
    if one.sum is None or one.standing is Standing.REFUSED:
        return one
    alike = [other.row for other in every if other.sum is not None and _key(other.sum) == _key(one.sum)]
    if len(alike) > 1:
        rows = " and ".join(map(str, alike))
        return _refused(one.row, one.sum, f"Rows {rows} are for the same money of the same year.")
    held = [other for other in on_file if _key(other) == _key(one.sum) and known(other, told.published_on)]
    if not held:
        return one
    if any(_says(other) == _says(one.sum) for other in held):
        return replace(one, standing=Standing.SAME)
    on = ", ".join(f"{other.ref}: £{plain(other.per_head)} a head" for other in held)
    return replace(one, standing=Standing.CHANGES, told=(Problem(f"On file is {on}."),))


def _key(one: Sum) -> tuple[object, ...]:
    return one.stream, one.part, one.year, one.network


def _says(one: Sum) -> tuple[object, ...]:
    return one.per_head, one.base, one.counted_on, one.paid_to
