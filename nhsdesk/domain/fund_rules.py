"""How a fund stands on a day: sums of its movements, who has ratified which principle, what pays for a post twice.

Spending uses up what was committed under the same entry, so that nothing is counted twice: still committed is what was
committed, less what was released and less what was spent, and never below nought. All sums are of movements up to and
including the day, in whatever order they were entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from nhsdesk.domain.funds import (
    Answered,
    AtYearEnd,
    Fund,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    PrincipleTest,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.money import Money, half_up, total
from nhsdesk.domain.organisations import Sector
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight

NOTHING = Money()
WHOLE_COST = Decimal(100)
SHARED = "Shared between sectors"
NO_SECTOR = "Sector not given"
GENERAL_PRACTICE = frozenset({Sector.PRACTICE, Sector.PCN, Sector.FEDERATION})
SECONDARY_CARE = frozenset({Sector.ACUTE_TRUST, Sector.MENTAL_HEALTH_TRUST})


# ---- money


@dataclass(frozen=True, slots=True)
class Sums:
    """What movements come to: still committed, and spent less what was paid back."""

    committed: Money = NOTHING
    spent: Money = NOTHING


def sums(movements: Iterable[FundMovement], day: date) -> Sums:
    """The sums of one entry's movements as at a day."""
    of: dict[MovementKind, int] = dict.fromkeys(MovementKind, 0)
    for one in movements:
        if one.on <= day:
            of[one.kind] += one.amount.pence
    spent = of[MovementKind.SPENT] - of[MovementKind.REFUNDED]
    open_ = of[MovementKind.COMMITTED] - of[MovementKind.RELEASED]
    return Sums(Money(max(open_ - max(spent, 0), 0)), Money(spent))


def together(every: Iterable[Sums]) -> Sums:
    """Sums added up."""
    held = list(every)
    return Sums(total(one.committed for one in held), total(one.spent for one in held))


def balance(value: Money | None, held: Sums) -> Money | None:
    """The value less what was spent; None where the value is not known."""
    return None if value is None else value - held.spent


def free(value: Money | None, held: Sums) -> Money | None:
    """What is neither spent nor committed; None where the value is not known."""
    return None if value is None else value - held.spent - held.committed


def share(part: Money, whole: Money) -> Decimal | None:
    """A part in per cent to one place; None of nothing."""
    return Decimal(half_up(part.pence * 1000, whole.pence)).scaleb(-1) if whole.pence > 0 else None


def sector_words(entry: FundEntry) -> str:
    """Who gets the money of an entry."""
    if entry.shared:
        return SHARED
    return entry.sector.words if entry.sector else NO_SECTOR


def by_sector(entries: Iterable[tuple[FundEntry, Sums]]) -> dict[str, tuple[Money, Sums]]:
    """Planned, committed and spent for each sector, the one with most planned or spent first."""
    found: dict[str, list[tuple[Money, Sums]]] = {}
    for entry, held in entries:
        found.setdefault(sector_words(entry), []).append((entry.planned or Money(), held))
    added = {
        name: (total(planned for planned, _ in lines), together(held for _, held in lines))
        for name, lines in found.items()
    }
    return dict(sorted(added.items(), key=lambda one: (-max(one[1][0], one[1][1].spent).pence, one[0])))


# ---- ratification


def partners_on(partners: Iterable[FundPartner], day: date) -> tuple[Id, ...]:
    """The partners whose ratification is needed on a day, each once; their last day counts."""
    there = (
        one.organisation
        for one in partners
        if (one.starts is None or one.starts <= day) and (one.ends is None or one.ends >= day)
    )
    return tuple(dict.fromkeys(there))


def answer(
    ratifications: Iterable[Ratification], principle: Id, partner: Id, day: date
) -> Ratification | None:
    """What a partner last said to a principle by a day. An answer without its day is not yet one."""
    said = [
        one
        for one in ratifications
        if one.principle == principle
        and one.partner == partner
        and one.answered_on is not None
        and one.answered_on <= day
    ]
    return max(said, key=lambda one: (one.answered_on or date.min, one.id), default=None)


def lacking(
    principle: Id, ratifications: Sequence[Ratification], partners: Iterable[FundPartner], day: date
) -> tuple[Id, ...]:
    """The partners that have not ratified a principle by a day, or have refused it."""
    found = []
    for partner in partners_on(partners, day):
        said = answer(ratifications, principle, partner, day)
        if said is None or said.answer is not Answered.RATIFIED:
            found.append(partner)
    return tuple(found)


class Basis(Enum):
    """What an entry of a fund rests on."""

    RATIFIED = "ratified by all partners"
    LACKING = "not yet ratified by all partners"
    NOBODY = "no partners of the fund are listed, so nobody has ratified it"
    OTHER_FUND = "its principle belongs to another fund"
    NONE = "no principle"


@dataclass(frozen=True, slots=True)
class Footing:
    """What an entry rests on, and whose ratification is missing."""

    basis: Basis
    lacking: tuple[Id, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether money may be spent on it."""
        return self.basis is Basis.RATIFIED

    def tone(self, held: Sums) -> Tone:
        """Spend that rests on nothing is bad, a commitment wants attention."""
        if self.holds:
            return Tone.GOOD
        if held.spent.pence > 0:
            return Tone.BAD
        return Tone.WARN if held.committed else Tone.GREY


def footing(
    entry: FundEntry,
    principle: SpendPrinciple | None,
    ratifications: Sequence[Ratification],
    partners: Sequence[FundPartner],
    day: date,
) -> Footing:
    """What an entry rests on as at a day. Without a principle every partner's ratification is missing."""
    everybody = partners_on(partners, day)
    if principle is None:
        return Footing(Basis.NONE, everybody)
    if principle.fund != entry.fund:
        return Footing(Basis.OTHER_FUND, everybody)
    if not everybody:
        return Footing(Basis.NOBODY)
    missing = lacking(principle.id, ratifications, partners, day)
    return Footing(Basis.LACKING if missing else Basis.RATIFIED, missing)


def spent_early(movements: Iterable[FundMovement], day: date, footing_on: Callable[[date], Footing]) -> Money:
    """What was spent by a day while, on the day it was spent, a ratification was missing."""
    return total(
        one.amount
        for one in movements
        if one.kind is MovementKind.SPENT and one.on <= day and not footing_on(one.on).holds
    )


# ---- principles that can be checked


class Verdict(Enum):
    """Whether a principle is kept."""

    KEPT = "kept"
    BEHIND = "planned, not yet reached"
    BROKEN = "not kept"
    UNKNOWN = "cannot be told"

    @property
    def tone(self) -> Tone:
        """Kept is good, behind wants attention, not kept is bad."""
        known = {Verdict.KEPT: Tone.GOOD, Verdict.BEHIND: Tone.WARN, Verdict.BROKEN: Tone.BAD}
        return known.get(self, Tone.GREY)


@dataclass(frozen=True, slots=True)
class Tested:
    """A principle checked against the entries, with the figures it was checked by."""

    verdict: Verdict
    words: str


def tested(
    principle: SpendPrinciple, value: Money | None, entries: Sequence[tuple[FundEntry, Sums]]
) -> Tested | None:
    """A principle checked; None where it is words alone.

    "At most" is a share of the value. "At least" is a share of the value as planned, and of all that is spent.
    """
    if principle.test is None:
        return None
    if principle.share is None:
        return Tested(Verdict.UNKNOWN, "The share it is to be checked by is not given.")
    chosen, named = _chosen(principle)
    if named == "":
        return Tested(Verdict.UNKNOWN, "The sector it is about is not given.")
    part = [(entry, held) for entry, held in entries if chosen(entry)]
    planned = total(entry.planned or Money() for entry, _ in part)
    spent = together(held for _, held in part).spent
    if value is None or value.pence <= 0:
        return Tested(Verdict.UNKNOWN, f"{named} has {spent} spent; the value of the fund is not known.")
    if principle.test is PrincipleTest.CONSULTANCY_AT_MOST:
        return _at_most(principle.share, value, (planned, spent), _unsaid(entries))
    return _at_least(principle.share, value, (planned, spent), (named, together(h for _, h in entries).spent))


def _chosen(principle: SpendPrinciple) -> tuple[Callable[[FundEntry], bool], str]:
    if principle.test is PrincipleTest.CONSULTANCY_AT_MOST:
        return lambda entry: entry.consultancy is True, "Consultancy"
    if principle.test is PrincipleTest.PRINCIPLE_AT_LEAST:
        return lambda entry: entry.principle == principle.id, "What is spent under it"
    sector = principle.sector
    return lambda entry: entry.sector is sector and not entry.shared, sector.words if sector else ""


def _unsaid(entries: Iterable[tuple[FundEntry, Sums]]) -> int:
    """How many entries with money do not say whether they are consultancy."""
    return sum(
        entry.consultancy is None and bool(held.spent or held.committed or entry.planned)
        for entry, held in entries
    )


def _at_most(limit: Decimal, value: Money, money: tuple[Money, Money], unsaid: int) -> Tested:
    planned, spent = money
    told = f"Consultancy: {_of(spent, value, 'value')} spent, {_of(planned, value, 'value')} planned."
    words = f"{told} At most {_per_cent(limit)}."
    most = value.pence * limit
    if spent.pence * 100 > most or planned.pence * 100 > most:
        return Tested(Verdict.BROKEN, words)
    if unsaid:
        lines = "1 entry does" if unsaid == 1 else f"{unsaid} entries do"
        return Tested(Verdict.UNKNOWN, f"{words} {lines} not say whether it is consultancy.")
    return Tested(Verdict.KEPT, words)


def _at_least(least: Decimal, value: Money, money: tuple[Money, Money], of: tuple[str, Money]) -> Tested:
    planned, spent = money
    named, all_spent = of
    told = f"{named}: {_of(spent, all_spent, 'all that is spent')}, {_of(planned, value, 'value')} planned."
    words = f"{told} At least {_per_cent(least)}."
    if planned.pence * 100 < value.pence * least:
        return Tested(Verdict.BROKEN, words)
    behind = spent.pence * 100 < all_spent.pence * least or all_spent.pence <= 0
    return Tested(Verdict.BEHIND if behind else Verdict.KEPT, words)


def _of(part: Money, whole: Money, named: str) -> str:
    told = share(part, whole)
    of = f"the {named}" if named == "value" else named
    return f"{part}" if told is None else f"{part} ({told}% of {of})"


def _per_cent(limit: Decimal) -> str:
    return f"{limit.normalize():f}%"


# ---- posts


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that pays a share of a post from one day to another; no end where it goes on."""

    words: str
    share: Decimal
    starts: date
    ends: date | None

    def runs(self, day: date) -> bool:
        """Whether it pays on a day."""
        return self.starts <= day and (self.ends is None or self.ends >= day)


def claimed_share(months: Iterable[Month], reimbursed: Decimal | None) -> tuple[Paid, ...]:
    """What the ARRS pays of a post in the months it was claimed for; all of it unless only a share is reimbursed."""
    of = WHOLE_COST if reimbursed is None else reimbursed
    return tuple(Paid(f"ARRS, {month.words}", of, month.first, month.last) for month in months)


def paid_twice(from_funds: Sequence[Paid], others: Sequence[Paid]) -> tuple[Paid, ...]:
    """What pays for a post on the first day on which, with a fund, more than its whole cost is paid; else nothing."""
    every = (*from_funds, *others)
    for day in sorted({one.starts for one in every}):
        running = tuple(one for one in every if one.runs(day))
        if any(one in from_funds for one in running) and sum(one.share for one in running) > WHOLE_COST:
            return running
    return ()


# ---- the end of the year


def ends_on(fund: Fund) -> date | None:
    """The last day on which it may be spent: as given, else the last of its year."""
    return fund.ends or (fund.year.last if fund.year else None)


def year_end_words(fund: Fund, day: date) -> str:
    """What becomes of what is left, where that was agreed, and how many days there are."""
    what = {AtYearEnd.LAPSES: "What is left lapses", AtYearEnd.CARRIES: "What is left carries forward"}
    said = (
        what[fund.at_year_end]
        if fund.at_year_end
        else "Whether what is left lapses or carries forward: unknown"
    )
    where = fund.agreed_where or "unknown"
    return f"{said}. Agreed where: {where}. {days_left_words(ends_on(fund), day)}"


def days_left_words(ends: date | None, day: date) -> str:
    """How many days there are to spend it."""
    if ends is None:
        return "By when it is to be spent: unknown."
    left = (ends - day).days
    if left < 0:
        return f"It was to be spent by {day_words(ends)}, {_days(-left)} ago."
    return f"To be spent by {day_words(ends)}: {_days(left)} left."


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


# ---- what is wrong


def entry_problems(entry: FundEntry, movements: Sequence[FundMovement], day: date) -> Iterator[Problem]:
    """What is wrong with the money of one entry."""

    def told(sentence: str, field: str = "", weight: Weight = Weight.ACKNOWLEDGE) -> Problem:
        return Problem(f"{entry.ref}: {sentence}", weight, FundEntry.KIND.name, entry.id, field)

    held = sums(movements, day)
    if entry.planned is not None and held.spent > entry.planned:
        yield told(f"{held.spent - entry.planned} more is spent than the {entry.planned} planned.", "planned")
    elif entry.planned is not None and held.spent + held.committed > entry.planned:
        yield told(
            f"spent and committed are {held.spent + held.committed - entry.planned} over plan.", "planned"
        )
    if held.spent.pence < 0:
        yield told(f"{-held.spent} more was paid back than was spent.")
    open_ = _net(movements, day, MovementKind.COMMITTED, MovementKind.RELEASED)
    if open_ < 0:
        yield told(f"{Money(-open_)} more was released than was committed.")
    for one in movements:
        if one.amount.pence < 0:
            yield told(f"{one.ref} is below nothing. Enter money paid back as refunded.")
        if one.on > day:
            yield told(
                f"{one.ref} on {day_words(one.on)} has not come and is not counted.", weight=Weight.NOTE
            )


def _net(movements: Iterable[FundMovement], day: date, plus: MovementKind, minus: MovementKind) -> int:
    counted = [one for one in movements if one.on <= day]
    added = sum(one.amount.pence for one in counted if one.kind is plus)
    return added - sum(one.amount.pence for one in counted if one.kind is minus)


def fund_problems(fund: Fund, planned: Money, held: Sums) -> Iterator[Problem]:
    """What is wrong with a fund as a whole."""

    def told(sentence: str, field: str) -> Problem:
        return Problem(f"{fund.ref}: {sentence}", Weight.ACKNOWLEDGE, Fund.KIND.name, fund.id, field)

    if fund.value is None:
        yield told("its value is not known, so no balance can be told.", "value")
    else:
        if held.spent > fund.value:
            yield told(
                f"{held.spent - fund.value} more is spent than the value of {fund.value}.",
                "value",
            )
        elif held.spent + held.committed > fund.value:
            over = held.spent + held.committed - fund.value
            yield told(f"spent and committed are {over} over the value of {fund.value}.", "value")
        if planned > fund.value:
            yield told(
                f"{planned - fund.value} more is planned than the value of {fund.value}.",
                "value",
            )
    for field, words in (
        ("holder", "who holds it"),
        ("held_for", "on whose behalf it is held"),
        ("accountable_body", "which body is accountable for it"),
    ):
        if getattr(fund, field) is None:
            yield told(f"{words} is unknown.", field)


def repeated_answers(ratifications: Iterable[Ratification]) -> Mapping[Id, str]:
    """Answers that give no day, and so do not count yet, by their id."""
    return {one.id: one.ref for one in ratifications if one.answered_on is None}
