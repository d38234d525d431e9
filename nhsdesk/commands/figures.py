"""Figures that are never edited: a maximum or a sum a head is added, and supersedes the one it takes the place of.

Every way of adding and changing an entry comes by here, so that no form, cell or list goes round it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhsdesk import errors, resources
from nhsdesk.domain import entitlement, rates
from nhsdesk.domain.claimed import ClaimLine
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fields of an entry that may no longer change, and why, in a sentence."""

    why: str
    names: tuple[str, ...]


def add(change: Change, record: Record) -> Record:
    """Adds an entry; of a figure, what it takes the place of is marked as superseded in the same step."""
    if isinstance(record, Rate):
        of_role = change.reader.all(Rate, role=record.role, zone=record.zone)
        return _add(change, rates.placed(record, of_role), rates.superseded(record, of_role))
    if isinstance(record, Sum):
        of_stream = change.reader.all(Sum, stream=record.stream, year=record.year)
        return _add(change, entitlement.placed(record, of_stream), entitlement.superseded(record, of_stream))
    return change.add(record)


def _add(change: Change, record: Record, superseded: Iterable[Record]) -> Record:
    for one in superseded:
        change.put(one)
    return change.add(record)


def fixed(reader: Reader, record: Record) -> Fixed | None:
    """What of an entry stays as it is though the rest may change; None where all of it may."""
    if isinstance(record, Rate):
        shipped = _rate_shipped(record)
        sure = shipped or record.confidence is RateConfidence.CONFIRMED
        why = rates.why_fixed(record, shipped=shipped, used_in="" if sure else _used_in(reader, record))
        return None if why is None else Fixed(why, rates.FIGURES)
    if isinstance(record, Sum):
        why = entitlement.why_fixed(record, shipped=_sum_shipped(record))
        return None if why is None else Fixed(why, entitlement.FIGURES)
    return None


def refuse_fixed(reader: Reader, record: Record, name: str) -> None:
    """Refuses a change of a field that stays as it is."""
    found = fixed(reader, record)
    if found is not None and name in found.names:
        raise errors.Sealed(f"{found.why} Nothing was changed.")


def _used_in(reader: Reader, rate: Rate) -> str:
    """The first claim line that was worked out with a rate; a line of several names the others in words."""
    named = reader.all(ClaimLine, rate=rate.id)
    if not named:
        every = reader.all(ClaimLine)
        named = tuple(one for one in every if one.rates_used and rate.ref in _words(one.rates_used))
    return named[0].ref if named else ""


def _words(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()


def _rate_shipped(held: Rate) -> bool:
    mark = (held.role, held.zone, held.valid_from, held.source)
    return any(mark == (one.role, one.zone, one.valid_from, one.source) for one in resources.rates())


def _sum_shipped(held: Sum) -> bool:
    mark = (held.stream, held.part, held.year, held.source)
    return any(mark == (one.stream, one.part, one.year, one.source) for one in resources.sums())
