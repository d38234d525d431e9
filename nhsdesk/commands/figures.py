"""Figures that are never edited: a maximum or a sum a head is added, and supersedes the one it takes the place of; and
requests that go only with the words their practice agreed to.

Every way of adding and changing an entry comes by here, so that no form, cell or list goes round it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from nhsdesk import errors, resources
from nhsdesk.domain import entitlement, kinds, rates, request_steps, superseding
from nhsdesk.domain.claimed import ClaimLine
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.requests import Happening, RequestEvent, RequestState, SupportRequest
from nhsdesk.store import queries
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fields of an entry that may no longer change, and why, in a sentence."""

    why: str
    names: tuple[str, ...]


def add(change: Change, record: Record) -> Record:
    """Adds an entry; of a figure, what it takes the place of is marked as superseded in the same step."""
    refuse_added(change.reader, record)
    if isinstance(record, Rate):
        of_role = change.reader.counting(Rate, role=record.role, zone=record.zone)
        return _add(change, superseding.placed(record, of_role), superseding.superseded(record, of_role))
    if isinstance(record, Sum):
        of_stream = change.reader.counting(Sum, stream=record.stream, year=record.year)
        return _add(change, superseding.placed(record, of_stream), superseding.superseded(record, of_stream))
    return change.add(record)


def refuse_added(reader: Reader, record: Record) -> None:
    """Refuses an entry that may not be added as it is, whatever way it comes."""
    refuse_unagreed(reader, record)
    if isinstance(record, Rate | Sum) and record.confidence is RateConfidence.CONFIRMED:
        raise errors.Incomplete(f"It was not added. {_CONFIRMED_APART} Say how the figure was come by.")


def _add(change: Change, record: Record, superseded: Iterable[Record]) -> Record:
    for one in superseded:
        change.put(one)
    return change.add(record)


def fixed(reader: Reader, record: Record) -> Fixed | None:
    """What of an entry stays as it is though the rest may change; None where all of it may."""
    if isinstance(record, Rate):
        shipped = _rate_shipped(record)
        sure = shipped or record.confidence is RateConfidence.CONFIRMED
        why = superseding.why_fixed(record, shipped=shipped, used_in="" if sure else _used_in(reader, record))
        return None if why is None else Fixed(why, rates.FIGURES)
    if isinstance(record, Sum):
        why = superseding.why_fixed(record, shipped=_sum_shipped(record))
        return None if why is None else Fixed(why, entitlement.FIGURES)
    return None


def refuse_fixed(reader: Reader, record: Record, name: str, value: Any) -> None:
    """Refuses a change of a field that stays as it is or that nobody types, and an unfounded confirmation."""
    declared = record.KIND.field(name)
    if isinstance(declared.kind, kinds.Mark):
        raise errors.Sealed(
            f"“{declared.label}” of {record.ref} is set by what is done with it, such as making minutes final, and "
            "is never typed. Nothing was changed."
        )
    found = fixed(reader, record)
    if found is not None and name in found.names:
        raise errors.Sealed(f"{found.why} Nothing was changed.")
    if isinstance(record, RequestEvent) and name == "state" and value in _SENT and record.state not in _SENT:
        refuse_unagreed(reader, replace(record, state=RequestState.SENT))
    if isinstance(record, Rate | Sum) and name == "confidence" and value in _CONFIRMED:
        raise errors.Sealed(f"{record.ref} was left as it is. {_CONFIRMED_APART}")


def refuse_unagreed(reader: Reader, record: Record) -> None:
    """Refuses an entry that a request went with words its practice has not agreed to, by whatever way it comes.

    What is opened again after it went goes nowhere a second time.
    """
    if (
        isinstance(record, RequestEvent)
        and record.state is RequestState.SENT
        and not _goes_on(reader, record)
    ):
        request = reader.find(SupportRequest, record.request)
        if request is not None and (why := request_steps.refusal(request, record.state)):
            raise errors.Incomplete(why)


def _goes_on(reader: Reader, event: RequestEvent) -> bool:
    before = (one for one in reader.all(RequestEvent, request=event.request) if one.id != event.id)
    return event.happening is Happening.REOPENED and any(one.state is RequestState.SENT for one in before)


_SENT = (RequestState.SENT, RequestState.SENT.value)
_CONFIRMED = (RateConfidence.CONFIRMED, RateConfidence.CONFIRMED.value)
_CONFIRMED_APART = (
    "A figure is confirmed under ARRS, Rates and rules, with who looked it up, when, and on which page."
)


def _used_in(reader: Reader, rate: Rate) -> str:
    """A claim line that was worked out with a rate; a line of several rates names the others in words."""
    return queries.first_listing(reader, ClaimLine.KIND.name, "rate", rate.id, "rates_used", rate.ref)


def _rate_shipped(held: Rate) -> bool:
    mark = (held.role, held.zone, held.valid_from, held.source)
    return any(mark == (one.role, one.zone, one.valid_from, one.source) for one in resources.rates())


def _sum_shipped(held: Sum) -> bool:
    mark = (held.stream, held.part, held.year, held.source)
    return any(mark == (one.stream, one.part, one.year, one.source) for one in resources.sums())
