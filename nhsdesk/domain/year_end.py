"""Closing a financial year and opening the next: which year it is about, how its steps stand, and what is in the way.

    year_at(today, closed)              which year a person is asked to close
    told_today(today, closed)           whether the page of the day speaks of it, and in which words
    YearEnd(...).refused                why a year cannot be closed yet, in a sentence; empty where it can

Closing seals nothing: what is found wrong later is put right as ever, and stands beside what was kept.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.kinds import NEW, Choice, Id, Tone
from nhsdesk.domain.money import Money
from nhsdesk.domain.outturn import Outturn
from nhsdesk.domain.periods import FinancialYear, day_words

DAYS_BEFORE = 28
"""From so many days before 31 March on the page of the day speaks of the year's end."""


class YearStep(Choice):
    """What is to be looked at when a year ends, in the order in which it is done."""

    LISTS = "list sizes at 1 January"
    RATES = "maxima and sums a head"
    POSTS = "posts"
    DUTIES = "recurring duties"
    TERMS = "terms and seats"
    CARRIED = "open actions and requests"
    FILINGS = "filings"
    OUTTURN = "outturn"


class Standing(Choice):
    """How a step stands."""

    DONE = "done"
    TO_DO = "to do"
    NOT = "does not apply"

    @property
    def tone(self) -> Tone:
        """Done is good, what is to do wants attention."""
        return {"done": Tone.GOOD, "to do": Tone.WARN}.get(self.value, Tone.GREY)


@dataclass(frozen=True, slots=True)
class Concerned:
    """One entry that a step concerns, and what is to be known of it; without a kind there is no entry to open."""

    ref: str
    what: str
    told: str
    kind: str = ""
    id: Id = NEW


@dataclass(frozen=True, slots=True)
class StepTold:
    """How a step stands, why, which entries it concerns, and what has to be acknowledged to close without it."""

    step: YearStep
    standing: Standing
    told: str
    entries: tuple[Concerned, ...] = ()
    in_the_way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year's end as it stands on a day."""

    year: FinancialYear
    today: date
    closed: ClosedYear | None
    steps: tuple[StepTold, ...]
    also: tuple[ClosedYear, ...] = ()
    """How other copies closed it, before they and this one came together."""
    before_file: bool = False
    """Whether the year was over before the file was begun."""

    @property
    def next(self) -> FinancialYear:
        """The year that is opened."""
        return after(self.year)

    @property
    def to_do(self) -> tuple[StepTold, ...]:
        """The steps that are still to be done."""
        return tuple(one for one in self.steps if one.standing is Standing.TO_DO)

    @property
    def in_the_way(self) -> tuple[str, ...]:
        """What has to be acknowledged to close the year as it stands, each in a sentence."""
        return tuple(sentence for one in self.steps for sentence in one.in_the_way)

    @property
    def refused(self) -> str:
        """Why the year cannot be closed, whatever is acknowledged; empty where it can."""
        if self.closed is not None:
            return closed_words(self.closed, self.also)
        if self.today <= self.year.last:
            return (
                f"{self.year} ends on {day_words(self.year.last)} and can be closed from the day after. What is to be "
                "done for it can be done before."
            )
        if self.before_file and self._nothing_of_its_own:
            return (
                f"{self.year} ended before this PCN file was begun, and no post, claim or filing of it is entered, so "
                "there is nothing to close."
            )
        if all(one.standing is Standing.NOT for one in self.steps):
            return f"Nothing of {self.year} is in this PCN file, so there is nothing to close."
        return ""

    @property
    def _nothing_of_its_own(self) -> bool:
        """Posts, terms and actions that go on until today stand in every year's steps; these are of the year alone."""
        own = {YearStep.FILINGS, YearStep.OUTTURN}
        return all(one.standing is Standing.NOT for one in self.steps if one.step in own)

    @property
    def words(self) -> str:
        """How the year's end stands, in a sentence."""
        if self.closed is not None:
            return closed_words(self.closed, self.also)
        left = len(self.to_do)
        steps = (
            "Nothing is left to do"
            if not left
            else "1 step is to do"
            if left == 1
            else f"{left} steps are to do"
        )
        return f"{steps} to close {self.year} and open {self.next}."


def closed_words(closed: ClosedYear, also: Sequence[ClosedYear] = ()) -> str:
    """When a year was closed and by whom; where another copy closed it too, which outturn stands beside today."""
    told = f"{closed.year} was closed {_closed_by(closed)}."
    if not also:
        return told
    others = "; ".join(map(_closed_by, also[:MOST_NAMED]))
    return f"{told} Another copy closed it too: {others}. The outturn shown is that of {closed.ref}."


def _closed_by(closed: ClosedYear) -> str:
    return f"on {day_words(closed.closed_on)} by {closed.closed_by} ({closed.ref})"


def after(year: FinancialYear) -> FinancialYear:
    """The year that follows."""
    return FinancialYear(year.first_year + 1)


def before(year: FinancialYear) -> FinancialYear:
    """The year that went before."""
    return FinancialYear(year.first_year - 1)


def terms_until(year: FinancialYear) -> date:
    """30 June of the year that is opened: terms that end by then are looked at now."""
    return date(year.first_year + 1, 6, 30)


def counted_on(year: FinancialYear) -> date:
    """1 January before the year that is opened, on which its list sizes are counted."""
    return date(year.first_year + 1, 1, 1)


def current(closed: Sequence[ClosedYear], year: FinancialYear) -> ClosedYear | None:
    """How a year was closed; the first of several, where two copies closed it and came together since."""
    return min(
        (one for one in closed if one.year == year), key=lambda one: (one.closed_on, one.id), default=None
    )


def year_at(today: date, closed: Collection[FinancialYear]) -> FinancialYear:
    """The year that ended last until it is closed or its weeks are over, else the one that is running."""
    this = FinancialYear.of(today)
    last = before(this)
    return last if last not in closed and today <= terms_until(last) else this


def years_offered(
    today: date, closed: Collection[FinancialYear], begun: FinancialYear | None = None
) -> tuple[FinancialYear, ...]:
    """The running year, the one before, all since the file was begun, and all closed; the newest first."""
    this = FinancialYear.of(today)
    first = before(this) if begun is None else min(before(this), begun)
    since = map(FinancialYear, range(first.first_year, this.first_year + 1))
    return tuple(sorted({*since, *closed}, reverse=True))


@dataclass(frozen=True, slots=True)
class ToldToday:
    """What the page of the day says of a year's end."""

    year: FinancialYear
    what: str
    stands: str
    over: bool
    """Whether the year has ended."""


def told_today(today: date, closed: Collection[FinancialYear]) -> ToldToday | None:
    """From four weeks before a year's last day until it is closed, and no longer than its weeks after."""
    year = year_at(today, closed)
    if year in closed or not year.last - timedelta(days=DAYS_BEFORE) <= today <= terms_until(year):
        return None
    what = f"Close {year} and open {after(year)}"
    return ToldToday(year, what, _stands((year.last - today).days, year), today > year.last)


def _stands(days: int, year: FinancialYear) -> str:
    if days < 0:
        return f"Ended {day_words(year.last)}"
    return {0: "Ends today", 1: "Ends tomorrow"}.get(days, f"Ends in {days} days")


# ---- in words

MOST_NAMED = 5
"""Entries that a sentence names one by one."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verb(number: int, one: str, many: str) -> str:
    """The form of a verb that goes with a number."""
    return one if number == 1 else many


def named(words: Sequence[str], between: str = ", ") -> str:
    """The first few, and how many more."""
    more = len(words) - MOST_NAMED
    return between.join(words[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


# ---- what was kept, beside today


@dataclass(frozen=True, slots=True)
class Kept:
    """The outturn's sums as they were kept when the year was closed."""

    entitlement: Money | None
    claimed: Money
    paid: Money | None
    outturn: Money


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One sum as it was kept and as it comes to today."""

    name: str
    kept: Money | None
    today: Money | None

    @property
    def difference(self) -> Money | None:
        """Today's less what was kept; None where one of them is not known."""
        return None if self.kept is None or self.today is None else self.today - self.kept

    @property
    def changed(self) -> bool:
        """Whether it is another sum today."""
        return self.kept != self.today


def beside(kept: Kept, worked: Outturn) -> tuple[BesideRow, ...]:
    """What was kept beside what the year comes to today, never over it."""
    return (
        BesideRow("Entitlement", kept.entitlement, worked.entitlement.amount),
        BesideRow("Claimed, uplifts included", kept.claimed, worked.claimed),
        BesideRow("Paid", kept.paid, worked.paid_in_all),
        BesideRow("Outturn", kept.outturn, worked.forecast),
    )


def beside_words(rows: Sequence[BesideRow]) -> str:
    """What has changed since the year was closed, in a sentence."""
    changed = [one for one in rows if one.changed]
    if not changed:
        return "Nothing of it is another sum today."
    told = (f"{one.name}: kept {_amount(one.kept)}, today {_amount(one.today)}" for one in changed)
    return f"Changed since. {'; '.join(told)}."


def _amount(amount: Money | None) -> str:
    return "not known" if amount is None else str(amount)
