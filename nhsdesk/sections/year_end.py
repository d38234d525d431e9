"""A financial year's end gathered: what is in the file for each step of closing it and opening the next.

found = year_end.gather(reader, FinancialYear(2026), today)    the steps, and the outturn they were told from
year_end.ending(reader, year)                                  the posts that end with the year
year_end.terms_ending(reader, year)                            the terms that end by 30 June after it
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import duties as duty_rules
from nhsdesk.domain import entitlement as sums
from nhsdesk.domain import rates, request_steps
from nhsdesk.domain import year_end_carried as carried
from nhsdesk.domain import year_end_figures as figures
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Assignment, Post, Role, Scheme
from nhsdesk.domain.bodies import Body, Seat
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.duties import Occurrence, RecurringDuty
from nhsdesk.domain.entitlement import Stream, Sum
from nhsdesk.domain.filing_rules import WAITING, Standing, standing
from nhsdesk.domain.filings import Filing, ReturnToMake
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import LeadAssignment
from nhsdesk.domain.organisations import ListBase, ListSize, LondonZone, Organisation, Person, Practice
from nhsdesk.domain.outturn import Outturn
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.requests import ENDED, RequestEvent, SupportRequest
from nhsdesk.domain.year_end import StepTold, YearEnd, after, counted_on, current
from nhsdesk.domain.year_end_carried import DutyAsked, EndsWithYear, OpenRequest, Term
from nhsdesk.domain.year_end_figures import ListAsked, NotFiled, RateAsked
from nhsdesk.sections import entitlement, filings_due, outturn, posts_held
from nhsdesk.sections.filings_due import DueFiling
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Gathered:
    """A year's end, with the outturn it was told from."""

    end: YearEnd
    outturn: Outturn

    @property
    def has_outturn(self) -> bool:
        """Whether a post or a claim of the year is entered."""
        return bool(self.outturn.entries or self.outturn.lacking)


def closed(reader: Reader) -> tuple[ClosedYear, ...]:
    """The years that were closed."""
    return reader.all(ClosedYear)


def gather(reader: Reader, year: FinancialYear, today: date) -> Gathered:
    """Each step as it stands today."""
    every = closed(reader)
    was = current(every, year)
    also = tuple(one for one in every if one.year == year and one != was)
    material = outturn.read(reader, year, today)
    worked = outturn.work_out(material, year, today)
    held = material.held
    steps = (
        figures.lists(_lists(reader, year, today)),
        figures.rates(_rates(held, year, today), year, _has_sum(reader, year, today)),
        carried.posts(held.posts, held.assignments, year),
        carried.duties(_duties(reader, year, today), year),
        carried.terms(_terms(reader), year),
        _carried(reader, year, today),
        _filings(reader, year, today, was),
        figures.outturn(worked, was),
    )
    return Gathered(YearEnd(year, today, was, steps, also), worked)


def ending(reader: Reader, year: FinancialYear) -> tuple[EndsWithYear, ...]:
    """The posts that end with the year, to extend or to let go."""
    assigned: defaultdict[Id, list[Assignment]] = defaultdict(list)
    for one in reader.all(Assignment):
        assigned[one.post].append(one)
    return carried.ending_with(reader.all(Post), assigned, year)


def terms_ending(reader: Reader, year: FinancialYear) -> tuple[Term, ...]:
    """The terms that end during the year or by 30 June after it."""
    return carried.terms_ending(_terms(reader), year)


# ---- list sizes and maxima


def _known_sums(reader: Reader, year: FinancialYear, today: date) -> tuple[Sum, ...]:
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    held = [one for one in reader.counting(Sum) if one.network is None or one.network in ours]
    return tuple(one for one in sums.in_force(held, year, today) if isinstance(one, Sum))


def _has_sum(reader: Reader, year: FinancialYear, today: date) -> bool:
    return any(one.stream is Stream.ARRS for one in _known_sums(reader, after(year), today))


def _lists(reader: Reader, year: FinancialYear, today: date) -> tuple[ListAsked, ...]:
    """The counts that sums of the next year rest on, and those by which this year was counted."""
    coming, on = after(year), counted_on(year)
    asked = {(one.base, one.counted_on) for one in _known_sums(reader, coming, today)}
    had = {one.base for one in _known_sums(reader, year, today)}
    had |= {one.base for one in reader.all(ListSize, counted_on=on.replace(year=on.year - 1))}
    asked |= {(base, on) for base in had if all(base is not known for known, _ in asked)}
    asked = asked or {(ListBase.REGISTERED, on)}
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    practices = sum(
        one.network in ours
        and (one.valid_to is None or one.valid_to >= coming.first)
        and (one.valid_from is None or one.valid_from <= coming.last)
        for one in reader.all(Practice)
    )
    order = list(ListBase)
    return tuple(
        ListAsked(base, day, practices, entitlement.lacking(reader, base, day, coming))
        for base, day in sorted(asked, key=lambda one: (one[1], order.index(one[0])))
    )


def _rates(held: Held, year: FinancialYear, today: date) -> tuple[RateAsked, ...]:
    """The roles and London zones of ARRS posts that go on, with the maximum of the next year's first day."""
    first = after(year).first
    places: Counter[tuple[Role, LondonZone | None]] = Counter()
    for post in held.posts:
        if post.scheme is Scheme.ARRS and carried.goes_on(post, year):
            where = posts_held.zone_of(post, held)
            places[post.role, where if isinstance(where, LondonZone) else None] += 1
    found = []
    for (role, zone), number in sorted(places.items(), key=lambda one: (one[0][0].words, str(one[0][1]))):
        rate = None if zone is None else rates.in_force(held.rates, role, zone, first, today)
        found.append(RateAsked(role, zone, number, rate if isinstance(rate, Rate) else None))
    return tuple(found)


# ---- duties, terms, and what stays open


def _duties(reader: Reader, year: FinancialYear, today: date) -> tuple[DutyAsked, ...]:
    coming, holidays = after(year), resources.bank_holidays()
    held: defaultdict[Id, list[Occurrence]] = defaultdict(list)
    for one in reader.all(Occurrence):
        held[one.duty].append(one)
    found = []
    for duty in reader.all(RecurringDuty):
        if duty.ends is not None and duty.ends <= year.last:
            continue
        bring = duty_rules.to_bring(duty, held[duty.id], today, holidays)
        there = sum(coming.first <= one.falls_on <= coming.last for one in held[duty.id])
        wrong = duty_rules.problems(duty)
        found.append(DutyAsked(duty, len(bring.add), len(bring.remove), there, wrong))
    return tuple(found)


def _terms(reader: Reader) -> tuple[Term, ...]:
    """Terms of seats on bodies that meet still, of roles, and of who leads what."""
    bodies = {one.id: one for one in reader.all(Body)}
    return (*_seats(reader, bodies), *_roles(reader), *_leads(reader))


def _seats(reader: Reader, bodies: dict[Id, Body]) -> Iterator[Term]:
    for seat in reader.all(Seat):
        body = bodies.get(seat.body)
        gone = body is not None and body.valid_to is not None
        if body is not None and not gone:
            of = ("seat", seat.body, seat.seat.casefold())
            yield Term(seat.ref, f"{seat.seat}, {body.name}", seat.ends, Seat.KIND.name, seat.id, of)


def _roles(reader: Reader) -> Iterator[Term]:
    for one in reader.all(Person):
        of = ("person", one.organisation, one.role_title.casefold())
        yield Term(one.ref, one.role_title, one.ends, Person.KIND.name, one.id, of)


def _leads(reader: Reader) -> Iterator[Term]:
    for one in reader.all(LeadAssignment):
        of = ("lead", one.leader, one.what.casefold())
        yield Term(one.ref, f"Leads {one.what}", one.ends, LeadAssignment.KIND.name, one.id, of)


def _carried(reader: Reader, year: FinancialYear, today: date) -> StepTold:
    actions = reader.all(Action, closed_on=None)
    return carried.carried(actions, tuple(_open_requests(reader)), year, today)


def _open_requests(reader: Reader) -> Iterator[OpenRequest]:
    events: defaultdict[Id, list[RequestEvent]] = defaultdict(list)
    for event in reader.all(RequestEvent):
        events[event.request].append(event)
    practices = {one.id: one.name for one in reader.all(Practice)}
    for request in reader.all(SupportRequest):
        state, _ = request_steps.standing(events[request.id])
        if state not in ENDED:
            yield OpenRequest(request.ref, practices.get(request.practice, ""), state.words, request.id)


# ---- filings


def _filings(reader: Reader, year: FinancialYear, today: date, was: ClosedYear | None) -> StepTold:
    filed = [
        one
        for one in reader.all(Filing)
        if figures.year_of(one) == year and standing(one, today) not in WAITING
    ]
    return figures.filings(filed, _waiting(reader, year, today), year, was)


def _waiting(reader: Reader, year: FinancialYear, today: date) -> Sequence[NotFiled]:
    return tuple(
        NotFiled(one.ref, one.name, one.words, *_entry_of(one), one.standing is Standing.QUERIED)
        for one in filings_due.due_filings(reader, today)
        if figures.year_of_period(one.period, one.due_on) == year
    )


def _entry_of(one: DueFiling) -> tuple[str, Id]:
    """The filing; of a period that has none, the return to make."""
    if one.filing is not None:
        return Filing.KIND.name, one.filing
    return ReturnToMake.KIND.name, one.made_by or Id(0)
