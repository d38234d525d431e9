"""The steps of closing a year that rest on figures: list sizes, maxima, filings and the outturn.

Pure: what is read is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.filings import Filing, FilingState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, LondonZone, Practice
from nhsdesk.domain.outturn import Outturn, problems
from nhsdesk.domain.periods import FinancialYear, Month, Quarter, day_words
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.year_end import Concerned, Standing, StepTold, YearStep, after, counted, named, verb

# ---- list sizes


@dataclass(frozen=True, slots=True)
class ListAsked:
    """One way of counting that the year to come needs: on which day, and which practices have no count then."""

    base: ListBase
    counted_on: date
    practices: int
    lacking: tuple[Practice, ...]

    @property
    def words(self) -> str:
        """How many have none, in a sentence."""
        have = verb(len(self.lacking), "has", "have")
        return (
            f"{len(self.lacking):,} of {counted(self.practices, 'practice')} {have} no {self.base.value} count on "
            f"{day_words(self.counted_on)}."
        )


def lists(asked: Sequence[ListAsked]) -> StepTold:
    """Whether every practice of ours has its list sizes for the year to come."""
    if not asked or not asked[0].practices:
        return StepTold(YearStep.LISTS, Standing.NOT, "No practice of your PCN is entered.")
    told = tuple(one.words for one in asked if one.lacking)
    if not told:
        bases = " and ".join(dict.fromkeys(one.base.value for one in asked))
        on = day_words(asked[0].counted_on)
        have = f"All {asked[0].practices:,} have" if asked[0].practices > 1 else "Your practice has"
        return StepTold(YearStep.LISTS, Standing.DONE, f"{have} their {bases} list sizes of {on}.")
    without: dict[Id, list[str]] = {}
    practices = {practice.id: practice for one in asked for practice in one.lacking}
    for one in asked:
        for practice in one.lacking:
            without.setdefault(practice.id, []).append(one.base.value)
    entries = tuple(
        Concerned(held.ref, held.name, f"No {' and no '.join(without[id_])} count", "practice", id_)
        for id_, held in practices.items()
    )
    return StepTold(YearStep.LISTS, Standing.TO_DO, " ".join(told), entries, told)


# ---- maxima


@dataclass(frozen=True, slots=True)
class RateAsked:
    """A role that has posts in the year to come: where, how many, and the maximum in force on its first day."""

    role: Role
    zone: LondonZone | None
    """None where the London zone of a practice base is not known."""
    posts: int
    rate: Rate | None


def rates(asked: Sequence[RateAsked], year: FinancialYear, has_sum: bool) -> StepTold:
    """Which roles have no maximum published for the year to come. One of this year that has no last day is no other."""
    coming = after(year)
    if not asked:
        return StepTold(YearStep.RATES, Standing.NOT, "No post goes on, so no maximum is asked for.")
    lacking = [one for one in asked if one.rate is None]
    older = [one for one in asked if one.rate is not None and one.rate.valid_from < coming.first]
    unsure = [one for one in asked if _of_its_own(one, coming) and not _confirmed(one.rate)]
    told: list[str] = []
    if lacking:
        have = verb(len(lacking), "has", "have")
        told.append(f"{counted(len(lacking), 'role')} {have} no maximum for {coming}: {_roles(lacking)}.")
    if older:
        have = verb(len(older), "has", "have")
        told.append(
            f"{counted(len(older), 'role')} {have} only this year’s maximum, which has no last day and is provisional "
            f"for {coming} until the new one is published: {_roles(older)}."
        )
    if not has_sum:
        told.append(f"No ARRS sum a head for {coming} is on file, so its entitlement is not known.")
    entries = tuple(_rate_concerned(one, coming) for one in (*lacking, *older, *unsure))
    if told:
        return StepTold(YearStep.RATES, Standing.TO_DO, " ".join(told), entries, tuple(told))
    not_sure = (
        f" {counted(len(unsure), 'maximum', 'maxima')} {verb(len(unsure), 'is', 'are')} not confirmed."
        if unsure
        else ""
    )
    words = (
        f"Every role that goes on has a maximum for {coming}, and the ARRS sum a head is on file.{not_sure}"
    )
    return StepTold(YearStep.RATES, Standing.DONE, words, entries)


def _of_its_own(one: RateAsked, coming: FinancialYear) -> bool:
    return one.rate is not None and one.rate.valid_from >= coming.first


def _confirmed(rate: Rate | None) -> bool:
    return rate is not None and rate.confidence is RateConfidence.CONFIRMED


def _role_words(one: RateAsked) -> str:
    if one.zone is None or one.zone is LondonZone.NONE:
        return one.role.words
    return f"{one.role.words}, {one.zone.value} London"


def _roles(asked: Sequence[RateAsked]) -> str:
    return named([_role_words(one) for one in asked], "; ")


def _rate_concerned(one: RateAsked, coming: FinancialYear) -> Concerned:
    posts = counted(one.posts, "post")
    if one.rate is None:
        why = (
            "The London zone of its practice base is not known"
            if one.zone is None
            else f"No maximum for {coming}"
        )
        return Concerned("", _role_words(one), f"{why}; {posts}")
    amount, kind = f"{one.rate.annual} a year", Rate.KIND.name
    if one.rate.valid_from < coming.first:
        return Concerned(
            one.rate.ref,
            _role_words(one),
            f"Provisional: {amount} of the year before; {posts}",
            kind,
            one.rate.id,
        )
    return Concerned(one.rate.ref, _role_words(one), f"Not confirmed: {amount}; {posts}", kind, one.rate.id)


# ---- filings

FILED = (FilingState.SENT, FilingState.ACCEPTED, FilingState.REPLACED, FilingState.DECLINED)
"""What waits for us no longer. A query does."""


def year_of_period(period: str, due_on: date | None = None) -> FinancialYear | None:
    """The year of a period as filings name it: "October 2026", "2026/27 Q3", "2026/27", "31 March 2027".

    Without a period it is the year of the due day; None where neither is known.
    """
    words = period.strip()
    for read in (FinancialYear.parse, _of_quarter, _of_day_or_month):
        try:
            return read(words)
        except ValueError:
            continue
    return None if due_on is None or words else FinancialYear.of(due_on)


def _of_quarter(words: str) -> FinancialYear:
    return Quarter.parse(words).year


def _of_day_or_month(words: str) -> FinancialYear:
    found = re.fullmatch(r"(\d{1,2} )?(\D+ \d{4})", words)
    month = read_month(found[2]) if found is not None else None
    if not isinstance(month, Month):
        raise ValueError(words)
    return month.financial_year


def year_of(filing: Filing) -> FinancialYear | None:
    """The year that a filing belongs to."""
    return year_of_period(filing.period or "", filing.due_on or filing.sent_on)


def set_aside(filing: Filing, closed: Iterable[FinancialYear]) -> bool:
    """Whether it is filed and of a year that was closed: out of the way, and still found."""
    return filing.state in FILED and year_of(filing) in set(closed)


@dataclass(frozen=True, slots=True)
class NotFiled:
    """Something of the year that is still to be filed or answered."""

    ref: str
    name: str
    words: str
    kind: str
    id: Id
    queried: bool = False
    """Whether it went, and a query about it waits for us."""

    @property
    def sentence(self) -> str:
        """What is still to be done about it."""
        if self.queried:
            return f"{self.name} is filed and queried; the query is not settled."
        return f"{self.name} is not filed ({self.words[:1].lower()}{self.words[1:]})."


def filings(
    filed: Sequence[Filing], waiting: Sequence[NotFiled], year: FinancialYear, closed: ClosedYear | None
) -> StepTold:
    """What was filed of the year, and what was not."""
    if not filed and not waiting:
        return StepTold(YearStep.FILINGS, Standing.NOT, f"No filing of {year} is entered.")
    done = counted(len(filed), "filing")
    if waiting:
        told = tuple(one.sentence for one in waiting)
        entries = tuple(Concerned(one.ref, one.name, one.words, one.kind, one.id) for one in waiting)
        words = f"{done} of {year} {verb(len(filed), 'is', 'are')} filed; "
        words += f"{len(waiting):,} {verb(len(waiting), 'is', 'are')} still to be filed or answered."
        return StepTold(YearStep.FILINGS, Standing.TO_DO, words, entries, told)
    if closed is not None:
        return StepTold(
            YearStep.FILINGS,
            Standing.DONE,
            f"{done} of {year} {verb(len(filed), 'is', 'are')} set aside; search finds them.",
        )
    words = (
        f"{done} of {year}, and none is left to file. Closing the year sets them aside; they are still found."
    )
    return StepTold(YearStep.FILINGS, Standing.DONE, words)


# ---- outturn


def outturn(worked: Outturn, closed: ClosedYear | None) -> StepTold:
    """What the year came to, and which months were not claimed. It is kept in the step that closes the year."""
    if closed is not None:
        kept = (
            f"Kept when the year was closed, on {day_words(closed.closed_on)}, with the facts it was made from."
            if closed.outturn is not None
            else "No post and no claim was entered when the year was closed, so no outturn was kept."
        )
        return StepTold(YearStep.OUTTURN, Standing.DONE, kept)
    if not worked.entries and not worked.lacking:
        return StepTold(YearStep.OUTTURN, Standing.NOT, f"No post and no claim of {worked.year} is entered.")
    entitled = worked.entitlement.amount
    amounts = [
        f"entitlement {entitled}" if entitled is not None else "entitlement not known",
        f"claimed {worked.claimed}",
        f"filled, not claimed {worked.committed}",
        f"outturn {'' if worked.complete else 'at least '}{worked.forecast}",
    ]
    told = f"{worked.year}: {', '.join(amounts)}. It is kept as it is known when the year is closed."
    in_the_way = (
        *(one.words for one in worked.not_claimed),
        *(one.sentence for one in problems(worked) if one.weight is not Weight.NOTE),
    )
    entries = tuple(
        Concerned("", one.month.words_with_number, f"Not claimed ({one.amount_words})")
        for one in worked.not_claimed
    )
    return StepTold(YearStep.OUTTURN, Standing.TO_DO, told, entries, in_the_way)
