"""Uplifts: the difference that a maximum raised afterwards makes to months already claimed, as one single claim.

The original lines stay as they were (NEL ICB notice, August 2025): the difference is claimed once, on its own form to
the ICB, and only for staff whose back-pay has been paid.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from nhsdesk.domain.claim_steps import kept_words as words_of_steps
from nhsdesk.domain.claimed import ClaimState
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    money,
    month,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month, day_words


@record(
    title="Uplift claim",
    plural="Uplift claims",
    prefix="UP",
    columns=("first", "last", "state", "submitted_on", "icb_total"),
)
class Uplift(Record):
    """One single claim for the months of a rise that came late. Once submitted it may not change."""

    first: Month = month("From")
    last: Month = month("To")
    state: ClaimState = choice("State", ClaimState, default=ClaimState.DRAFT)
    known_on: date | None = day("Maxima as known on", default=None, lean=Lean.LAST)
    submitted_on: date | None = day("Submitted on", default=None, lean=Lean.LAST)
    icb_total: Money | None = money("ICB's figure, in all", default=None)
    remarks: str | None = long_text("Remarks", default=None)

    def sealed(self) -> str | None:
        """A submitted uplift stays as it was sent."""
        if self.state is ClaimState.DRAFT:
            return None
        when = f" on {day_words(self.submitted_on)}" if self.submitted_on else ""
        return f"The uplift for {self.title_words()} was marked as submitted{when}. Make another for what is still due."

    def title_words(self) -> str:
        """Its months."""
        return self.first.words if self.first == self.last else f"{self.first.words} to {self.last.words}"


@record(
    title="Uplift line",
    plural="Uplift lines",
    prefix="UL",
    columns=("post", "ours", "icb", "back_paid_on", "why_not"),
)
class UpliftLine(Record):
    """One post in an uplift: our figure, the ICB's beside it, and what ours rests on."""

    uplift: Id = parent("Uplift", "Uplift")
    post: Id = link("Post", "Post")
    was: Money = money("Claimed before")
    ours: Money = money("Our figure")
    icb: Money | None = money("ICB's figure", default=None)
    back_paid_on: date | None = day("Back-pay paid on", default=None, lean=Lean.LAST)
    left: bool | None = flag("Left meanwhile", default=None)
    why_not: str | None = text("Why nothing yet", default=None)
    working: str | None = long_text(
        "Working", default=None, help="Kept as numbers; the uplift page words it."
    )


# ---- what may still be claimed, and what is to be paid back


NOTHING = Money()


class Due(Enum):
    """What a difference is: never one set against another."""

    UPLIFT = "uplift"
    WAITING = "waiting"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class MonthWork:
    """One post's claimed month: as it was claimed, and as it comes out with what is known now."""

    post: Id
    month: Month
    was: Money
    now: Money
    once_paid: Money
    """What it comes to once the back-pay that is not confirmed has been paid."""
    back_paid_on: date | None = None
    """When the back-pay of everybody in it was paid; None while that is not confirmed."""
    earlier: Money = NOTHING
    """What uplifts submitted before claimed for it, less what they gave back."""
    left_on: date | None = None
    claim: str = ""
    employment: str = ""
    rates: tuple[str, ...] = ()
    steps: str = ""
    once_paid_steps: str = ""


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """The difference of one month, with the working of the figure as it is now."""

    month: Month
    was: Money
    now: Money
    claim: str = ""
    employment: str = ""
    rates: tuple[str, ...] = ()
    steps: str = ""

    @property
    def difference(self) -> Money:
        """What it is more now than was claimed; negative where it is less."""
        return self.now - self.was

    @property
    def words(self) -> str:
        """The difference as a sum."""
        claim = f" ({self.claim})" if self.claim else ""
        return f"{self.month.words}: {self.now} now, {self.was} claimed before{claim}, difference {self.difference}"


@dataclass(frozen=True, slots=True)
class PostDifference:
    """What is due for one post, month by month."""

    post: Id
    due: Due
    months: tuple[MonthDifference, ...]
    back_paid_on: date | None = None
    left_on: date | None = None
    because: str = ""

    @property
    def was(self) -> Money:
        """What was claimed for these months before."""
        return total(one.was for one in self.months)

    @property
    def difference(self) -> Money:
        """What it comes to."""
        return total(one.difference for one in self.months)


def months_words(months: Iterable[Month]) -> str:
    """Months that follow each other as from and to, others one by one."""
    known = sorted(set(months))
    if len(known) > 2 and known[0].plus(len(known) - 1) == known[-1]:
        return f"{known[0].words} to {known[-1].words}"
    return ", ".join(month.words for month in known)


WAITS = "back-pay is not confirmed as paid"
CLAIMED_TWICE = "claimed in the month's own claim and in an uplift too"
LESS_NOW = "hours, pay or maximum are less now than when it was claimed"


def compare(
    works: Iterable[MonthWork], unplaced: Mapping[Id, Money] | None = None
) -> tuple[PostDifference, ...]:
    """What each post's claimed months may still have, wait for, or must give back; posts in the order they came.

    `unplaced` is what earlier uplifts claimed for a post without saying for which month.
    """
    by_post: dict[Id, list[MonthWork]] = {}
    for work in works:
        by_post.setdefault(work.post, []).append(work)
    found: list[PostDifference] = []
    for post, months in by_post.items():
        left_over = (unplaced or {}).get(post, NOTHING)
        found += _of_post(post, sorted(months, key=lambda one: (one.month, one.employment)), left_over)
    return tuple(found)


def _of_post(post: Id, works: Sequence[MonthWork], left_over: Money) -> Iterator[PostDifference]:
    sorted_out: dict[Due, list[MonthDifference]] = {due: [] for due in Due}
    paid: list[date] = []
    reasons: list[str] = []
    for work in works:
        for due, one in _differences(work):
            if due is Due.UPLIFT:
                taken = min(left_over, one.difference) if left_over > NOTHING else NOTHING
                left_over, one = left_over - taken, replace(one, was=one.was + taken)
                paid += [work.back_paid_on] if work.back_paid_on else []
            if due is Due.RECOVERY:
                reasons.append(_why_less(work))
            sorted_out[due] += [one] if one.difference else []
    left_on = max((work.left_on for work in works if work.left_on), default=None)
    because = {Due.WAITING: WAITS, Due.RECOVERY: "; ".join(dict.fromkeys(reasons))}
    for due, months in sorted_out.items():
        if months:
            paid_on = max(paid, default=None) if due is Due.UPLIFT else None
            yield PostDifference(post, due, tuple(months), paid_on, left_on, because.get(due, ""))


def _differences(work: MonthWork) -> Iterator[tuple[Due, MonthDifference]]:
    was, expected = work.was + work.earlier, max(work.now, work.once_paid)
    known = MonthDifference(work.month, was, work.now, work.claim, work.employment, work.rates, work.steps)
    if expected < was:
        yield Due.RECOVERY, replace(known, now=expected)
        return
    if work.back_paid_on is not None and work.now > was:
        yield Due.UPLIFT, known
        was = work.now
    if expected > was:
        steps = work.once_paid_steps or work.steps
        yield Due.WAITING, replace(known, was=was, now=expected, steps=steps)


def _why_less(work: MonthWork) -> str:
    if work.left_on is not None and work.left_on < work.month.last:
        return f"left on {day_words(work.left_on)}"
    if work.earlier > NOTHING and work.was <= max(work.now, work.once_paid):
        return CLAIMED_TWICE
    return LESS_NOW


# ---- kept in an uplift line as numbers


def due_of(line: UpliftLine) -> Due:
    """Which of the three a kept line is."""
    if line.ours < NOTHING:
        return Due.RECOVERY
    return Due.WAITING if line.why_not and not line.ours else Due.UPLIFT


def kept(one: PostDifference) -> str:
    """The working as text that holds only numbers, months, references and steps."""
    months = [
        {
            "month": str(month.month), "was": month.was.pence, "now": month.now.pence, "claim": month.claim,
            "employment": month.employment, "rates": list(month.rates),
            "steps": json.loads(month.steps) if month.steps else [],
        }
        for month in one.months
    ]  # fmt: skip
    return json.dumps({"months": months, "because": one.because}, ensure_ascii=False)


def from_kept(text: str | None) -> tuple[MonthDifference, ...]:
    """The months of a kept working. Raises ValueError for a text that holds none."""
    try:
        return tuple(_month_of(one) for one in json.loads(text or "")["months"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no working of an uplift line") from error


def _month_of(one: Any) -> MonthDifference:
    return MonthDifference(
        Month.parse(one["month"]), Money(int(one["was"])), Money(int(one["now"])), str(one["claim"]),
        str(one["employment"]), tuple(map(str, one["rates"])),
        json.dumps(one["steps"], ensure_ascii=False) if one["steps"] else "",
    )  # fmt: skip


def kept_words(text: str | None) -> tuple[str, ...]:
    """The working of a kept line in words, each month before its steps; what is no working stands as it is."""
    if not text:
        return ()
    try:
        months = from_kept(text)
    except ValueError:
        return tuple(text.splitlines())
    return tuple(words for month in months for words in (month.words, *words_of_steps(month.steps)))


Placed = Mapping[tuple[Id, Month, str], Money]


def claimed_before(lines: Iterable[UpliftLine]) -> tuple[Placed, Mapping[Id, Money]]:
    """What submitted uplifts claimed of each post's months; and, by post, what they claimed without naming a month."""
    placed: dict[tuple[Id, Month, str], Money] = {}
    unplaced: dict[Id, Money] = {}
    for line in lines:
        if due_of(line) is Due.WAITING:
            continue
        try:
            months = from_kept(line.working)
        except ValueError:
            months = ()
        if total(one.difference for one in months) != line.ours:
            unplaced[line.post] = unplaced.get(line.post, NOTHING) + line.ours
            continue
        for one in months:
            key = (line.post, one.month, one.employment)
            placed[key] = placed.get(key, NOTHING) + one.difference
    return placed, unplaced
