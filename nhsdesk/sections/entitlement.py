"""What the PCN is entitled to in a year: each sum a head with its practices' counts, its working, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain import entitlement, rates
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entitlement import Counted, Entitled, PaidTo, Stream, Sum
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.organisations import ListBase, ListSize, LondonZone, Organisation, Practice
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.store.reading import Reader

FIRST_YEAR = FinancialYear(2019)
"""The scheme's first year paid for one whole time equivalent of two roles, not for heads."""

_OF_ARRS = (Stream.ARRS, Stream.ARRS_GP)
_FIRST_ROLES = (Role.CLINICAL_PHARMACIST, Role.LINK_WORKER)


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One sum: its amount with the working in words, or why there is none."""

    ref: str
    sum_id: str
    stream: Stream
    name: str
    """What it is for, without the year."""
    per_head: Decimal
    base: ListBase
    counted_on: date
    paid_to: PaidTo
    source: str
    confidence: str
    confirmed: bool
    heads: Decimal | None
    amount: Money | None
    working: tuple[str, ...]
    problem: Problem | None = None
    superseded: bool = False
    """Whether it was known no longer, and its successor is not on file."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A year's money as it was known on a day: the ARRS, the PCN's other income, and what goes to the practices."""

    year: FinancialYear
    known_on: date
    streams: tuple[StreamFacts, ...]
    arrs: Money | None
    arrs_working: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def of_arrs(self) -> tuple[StreamFacts, ...]:
        """The sums that pay for additional roles."""
        return tuple(one for one in self.streams if one.stream in _OF_ARRS)

    @property
    def of_pcn(self) -> tuple[StreamFacts, ...]:
        """The PCN's other income."""
        return tuple(one for one in self.streams if one.stream not in _OF_ARRS and one.paid_to is PaidTo.PCN)

    @property
    def of_practices(self) -> tuple[StreamFacts, ...]:
        """What is paid to practices, which is never the PCN's income."""
        return tuple(one for one in self.streams if one.paid_to is PaidTo.PRACTICES)

    @property
    def other(self) -> Money | None:
        """The PCN's other income together; None while any of it has no figure."""
        return together(self.of_pcn)

    @property
    def practices(self) -> Money | None:
        """What goes to the practices together."""
        return together(self.of_practices)

    @property
    def access_minutes(self) -> Decimal | None:
        """Minutes of enhanced access a week, where it is counted on adjusted patients."""
        return next(
            (
                entitlement.access_minutes(one.heads)
                for one in self.streams
                if one.stream is Stream.ACCESS and one.base is ListBase.ADJUSTED and one.heads is not None
            ),
            None,
        )


def together(streams: Iterable[StreamFacts]) -> Money | None:
    """Sums added up; None where there are none, or where one has no figure: a part is never shown as the whole."""
    amounts = [one.amount for one in streams]
    found = [amount for amount in amounts if amount is not None]
    return total(found) if found and len(found) == len(amounts) else None


def gather(reader: Reader, year: FinancialYear, known_on: date) -> Facts:
    """Works out every sum of a year with what was known on a day."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    held = {one.id: one for one in reader.counting(Sum) if one.network is None or one.network in ours}
    lists = _Lists(reader, ours, year)
    streams = tuple(_stream(one, held, lists) for one in entitlement.in_force(held.values(), year, known_on))
    problems = [one.problem for one in streams if one.problem is not None]
    of_arrs = [one for one in streams if one.stream in _OF_ARRS]
    amount, working = together(of_arrs), tuple(line for one in of_arrs for line in one.working)
    if year == FIRST_YEAR:
        amount, working = _first_year(reader.counting(Rate), known_on)
    if amount is None and not of_arrs:
        problems.append(_no_sum(year, known_on))
    return Facts(year, known_on, streams, amount, working, tuple(problems))


def arrs(reader: Reader, year: FinancialYear, known_on: date) -> Money | Problem:
    """The year's ARRS entitlement alone, or why there is no figure."""
    facts = gather(reader, year, known_on)
    if facts.arrs is not None:
        return facts.arrs
    why = [one.problem for one in facts.of_arrs if one.problem is not None]
    return why[0] if why else _no_sum(year, known_on)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of the figures, and the sums that nobody here has confirmed."""
    unsure = [one for one in facts.streams if not one.confirmed and one.amount is not None]
    if not unsure:
        return facts.problems
    verb = "is" if len(unsure) == 1 else "are"
    refs = ", ".join(one.ref for one in unsure)
    sentence = f"{len(unsure)} of the {len(facts.streams)} sums a head {verb} not confirmed against the specification"
    return (*facts.problems, Problem(f"{sentence}: {refs}.", Weight.ACKNOWLEDGE, "sum"))


def _stream(one: Sum | Problem, held: dict[Id, Sum], lists: _Lists) -> StreamFacts:
    found: Entitled | Problem
    if isinstance(one, Problem):
        known, found = held[Id(one.record)], one
    else:
        known, found = one, entitlement.work_out(one, lists.counted(one.base, one.counted_on))
    worked = found if isinstance(found, Entitled) else None
    return StreamFacts(
        ref=known.ref,
        sum_id=str(known.id),
        stream=known.stream,
        name=known.name,
        per_head=known.per_head,
        base=known.base,
        counted_on=known.counted_on,
        paid_to=known.paid_to,
        source=known.source,
        confidence=known.confidence.words,
        confirmed=known.confidence is RateConfidence.CONFIRMED,
        heads=worked.heads if worked else None,
        amount=worked.amount if worked else None,
        working=worked.steps if worked else (),
        problem=found if isinstance(found, Problem) else None,
        superseded=isinstance(one, Problem),
    )


def _no_sum(year: FinancialYear, known_on: date) -> Problem:
    return Problem(
        f"No ARRS sum a head for {year} was known on {day_words(known_on)}. Add it from the specification.",
        Weight.MUST_FIX,
        "sum",
    )


def _first_year(every: Sequence[Rate], known_on: date) -> tuple[Money | None, tuple[str, ...]]:
    on = Month(2019, 7).first
    found = [rates.in_force(every, role, LondonZone.NONE, on, known_on) for role in _FIRST_ROLES]
    maxima = [one for one in found if isinstance(one, Rate)]
    if len(maxima) < len(found):
        return None, ()
    amount = entitlement.of_first_year(one.annual for one in maxima)
    parts = " + ".join(str(one.annual) for one in maxima)
    return amount, (f"({parts}) × 9 of 12 months = {amount}",)


class _Lists:
    """The counts of this PCN's practices, looked up by base and day."""

    def __init__(self, reader: Reader, ours: set[Id], year: FinancialYear) -> None:
        self.practices = sorted(
            (
                one
                for one in reader.all(Practice)
                if one.network in ours
                and (one.valid_to is None or one.valid_to >= year.first)
                and (one.valid_from is None or one.valid_from <= year.last)
            ),
            key=lambda one: one.ref,
        )
        self._sizes: dict[tuple[Id, ListBase], list[ListSize]] = {}
        for size in reader.all(ListSize):
            self._sizes.setdefault((size.practice, size.base), []).append(size)

    def counted(self, base: ListBase, on: date) -> tuple[Counted, ...]:
        """Each practice's count on exactly that day, or the nearest there is, in words."""
        return tuple(self._of(one, base, on) for one in self.practices)

    def _of(self, practice: Practice, base: ListBase, on: date) -> Counted:
        name = f"{practice.ref} {practice.name}"
        sizes = self._sizes.get((practice.id, base), [])
        exact = [one for one in sizes if one.counted_on == on]
        if exact:
            return Counted(practice.ref, name, max(exact, key=lambda one: one.id).patients)
        near = min(sizes, key=lambda one: abs((one.counted_on - on).days), default=None)
        words = "" if near is None else f"{entitlement.plain(near.patients)} on {day_words(near.counted_on)}"
        return Counted(practice.ref, name, None, words)


def lacking(reader: Reader, base: ListBase, on: date, year: FinancialYear) -> tuple[Practice, ...]:
    """The practices of this PCN that have no count by that base on that day."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    counted = {one.practice for one in reader.all(ListSize, base=base, counted_on=on)}
    lists = _Lists(reader, ours, year)
    return tuple(one for one in lists.practices if one.id not in counted)
