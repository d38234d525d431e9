"""Every support request by its reference, for our own board: where it stands, its days, who holds a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import clocks, lateness, requests
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import RequestCopy, RequestEvent, RequestState, SupportRequest
from nhsdesk.papers import Asked
from nhsdesk.sections.request_clocks import Settled
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """One request as at the day of the paper."""

    ref: str
    id: str
    practice: str
    practice_code: str
    category: str
    level: str
    risk: int | None
    threatens_team: str
    safety_concern: str
    reported_elsewhere: str
    wanted_outcome: str
    state: str
    agreed_on: date | None
    sent_on: date | None
    acknowledged_on: date | None
    offered_on: date | None
    ended_on: date | None
    days_open: int | None
    lateness: str
    offer: str
    safeguards: str
    outcome: str
    restricted: bool
    late_now: bool = False
    """Whether it is open and a limit has passed that nobody has reached yet."""


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Who was given a copy, when, as what, and what came back."""

    ref: str
    given_to: str
    given_on: date
    given_as: str
    number: str
    sha256: str
    reply_read_on: date | None
    destroyed_on: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The requests, those not ended first, and the copies of them."""

    lines: tuple[RequestFacts, ...]
    copies: tuple[CopyFacts, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """Everything there is of requests, for our own board only."""
    events: dict[Id, list[RequestEvent]] = {}
    for event in reader.all(RequestEvent):
        if event.happened_on <= asked.day:
            events.setdefault(event.request, []).append(event)
    held = reader.all(SupportRequest)
    practices = reader.several(Practice, {one.practice for one in held})
    settled = Settled(reader, clocks.end_of(asked.day))
    lines = [_line(one, events.get(one.id, []), practices[one.practice], settled, asked) for one in held]
    lines.sort(key=lambda line: (line.ended_on is not None, line.sent_on or date.max, int(line.id)))
    refs = {one.id: one.ref for one in held}
    copies = tuple(
        _copy(one, refs[one.request]) for one in reader.all(RequestCopy) if one.given_on <= asked.day
    )
    return Facts(tuple(lines), copies)


def _line(
    one: SupportRequest, events: list[RequestEvent], practice: Practice, settled: Settled, asked: Asked
) -> RequestFacts:  # fmt: skip
    first: dict[RequestState, date] = {}
    last: dict[RequestState, date] = {}
    for event in requests.in_order(events):
        if event.state is not None:
            first.setdefault(event.state, event.happened_on)
            last[event.state] = event.happened_on
    stands = requests.state(events)
    readings = settled.read(one, events)
    late = lateness.standing(readings)
    return RequestFacts(
        ref=one.ref,
        id=str(one.id),
        practice=practice.name,
        practice_code=practice.ods_code or "",
        category=one.category.words if one.category else "",
        level=one.level.words if one.level else "",
        risk=one.risk,
        threatens_team=_yes(one.threatens_team),
        safety_concern=_yes(one.safety_concern),
        reported_elsewhere=one.reported_elsewhere or "",
        wanted_outcome=one.wanted_outcome or "",
        state=stands.words,
        agreed_on=one.practice_agreed_on,
        sent_on=first.get(RequestState.SENT),
        acknowledged_on=first.get(RequestState.ACKNOWLEDGED),
        offered_on=first.get(RequestState.OFFERED),
        ended_on=last.get(stands) if stands in requests.ENDED else None,
        days_open=requests.days_open(events, asked.day),
        lateness=late.words,
        offer=one.offer or "",
        safeguards=_safeguards(one),
        outcome=one.outcome or "",
        restricted=one.restricted,
        late_now=stands not in requests.ENDED and any(clock.stand is clocks.Stand.LATE for clock in readings),
    )


def _yes(value: bool | None) -> str:
    return "" if value is None else "Yes" if value else "No"


def _safeguards(one: SupportRequest) -> str:
    """Which of the three an offer does not keep, or that nobody has said."""
    if not one.offer:
        return ""
    held = {
        "takes over a contract": one.no_contract_transfer,
        "mandates a model": one.no_mandated_model,
        "existing support not checked": one.existing_support_checked,
    }
    broken = [words for words, kept in held.items() if kept is False]
    if broken:
        return f"Broken: {'; '.join(broken)}"
    return "Kept" if all(held.values()) else "Not all said"


def _copy(one: RequestCopy, ref: str) -> CopyFacts:
    return CopyFacts(
        ref=ref,
        given_to=one.given_to,
        given_on=one.given_on,
        given_as=one.given_as.words,
        number=one.message or "",
        sha256=one.sha256 or "",
        reply_read_on=one.reply_read_on,
        destroyed_on=one.destroyed_on,
    )
