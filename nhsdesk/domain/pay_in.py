"""What an employer's payroll or invoice says of a month, beside the month before and beside its own total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, half_up, total
from nhsdesk.domain.pay_matching import Figures, KnownPost, Match, SentLine, loose
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight

ABSURD = Money.pounds(20_000)
"""A month's pay above this is told, never refused: the old portal's own limits were too low for a GP, whose employer NI
at the maximum is about £1,421.94 a month."""


# ---- the month before


class Difference(Enum):
    """How a line stands to the month before."""

    NEW = "new"
    GONE = "gone"
    UP = "up"
    DOWN = "down"
    A_LITTLE = "a little different"
    SAME = "unchanged"
    UNKNOWN = "cannot be compared"


@dataclass(frozen=True, slots=True)
class Compared:
    """A line beside the month before, over the amounts that both state."""

    difference: Difference
    before: Money | None = None
    now: Money | None = None

    @property
    def words(self) -> str:
        """What a person reads beside the line."""
        if self.before is None or self.now is None or self.difference is Difference.SAME:
            return self.difference.value
        by = self.now - self.before
        sign = "+" if by.pence > 0 else ""
        return f"{self.difference.value}: {sign}{by}{_share(by, self.before)}"


def _share(by: Money, before: Money) -> str:
    """In per cent of what it was, to one place."""
    if not before:
        return ""
    tenths = half_up(1_000 * abs(by.pence), abs(before.pence))
    return f", {'-' if by.pence < 0 else '+'}{tenths // 10:,}.{tenths % 10}%"


def compare(now: Figures | None, before: Figures | None, per_cent: int) -> Compared:
    """What changed since the month before; from so many per cent on it is up or down."""
    if before is None or now is None:
        one = now or before
        cost = None if one is None else one.cost
        return Compared(Difference.NEW, None, cost) if before is None else Compared(Difference.GONE, cost)
    both = [(a, b) for a, b in zip(now.parts, before.parts, strict=True) if a is not None and b is not None]
    if both:
        a, b = total(one for one, _ in both), total(other for _, other in both)
    elif now.cost is not None and before.cost is not None:
        a, b = now.cost, before.cost
    else:
        return Compared(Difference.UNKNOWN)
    return Compared(_way(a.pence, b.pence, per_cent), b, a)


def _way(now: int, before: int, per_cent: int) -> Difference:
    if now == before:
        return Difference.SAME
    if abs(now - before) * 100 < per_cent * abs(before):
        return Difference.A_LITTLE
    return Difference.UP if now > before else Difference.DOWN


# ---- the total


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the lines come to beside what was stated."""

    ours: Money
    others: Money
    vat: Money
    stated: Money | None

    @property
    def difference(self) -> Money | None:
        """What the stated total has more than the lines with VAT; None where none is stated."""
        return None if self.stated is None else self.stated - self.ours - self.others - self.vat

    @property
    def words(self) -> str:
        """The sum in a sentence."""
        told = f"The lines for our posts come to {self.ours}"
        told += f", those for no post of ours to {self.others}" if self.others else ""
        told += f", with {self.vat} of VAT" if self.vat else ""
        if self.difference is None:
            return f"{told}. No total is stated."
        if not self.difference:
            return f"{told}. That is the total stated, {self.stated}."
        way = "more" if self.difference.pence > 0 else "less"
        return f"{told}. The total stated is {self.stated}: {_size(self.difference)} {way} than the lines."


def reconcile(matches: Iterable[Match], stated: Money | None, vat: Money | None) -> Reconciled:
    """Adds up what is for our posts and what is not, beside the total stated."""
    ours, others = 0, 0
    for one in matches:
        cost = one.line.figures.cost
        if cost is not None and one.left_out:
            others += cost.pence
        elif cost is not None:
            ours += cost.pence
    return Reconciled(Money(ours), Money(others), vat or Money(), stated)


def _size(amount: Money) -> Money:
    return -amount if amount.pence < 0 else amount


# ---- what to look at


def look_at(
    matches: Sequence[Match], posts: Mapping[Id, KnownPost], employer: Id, month: Month
) -> dict[int, tuple[Problem, ...]]:
    """What a person should look at in each row before it is taken in."""
    times = Counter(loose(one.line.payroll_ref) for one in matches if one.line.payroll_ref)
    found: dict[int, tuple[Problem, ...]] = {}
    for one in matches:
        told = [*one.line.problems, *_of_figures(one.line)]
        if one.post is not None:
            told += _of_post(one.line, posts[one.post], employer, month)
        if times[loose(one.line.payroll_ref)] > 1 and one.line.payroll_ref:
            told.append(_tell("The same payroll reference stands in another row too.", Weight.NOTE))
        if one.asked:
            told.append(_tell(one.asked, Weight.MUST_FIX))
        elif one.left_out and one.how is None:
            told.append(
                _tell("For no post in this file: another PCN's, or one not entered yet.", Weight.NOTE)
            )
        found[one.line.number] = tuple(replace(problem, record=one.line.number) for problem in told)
    return found


def _of_figures(line: SentLine) -> Iterator[Problem]:
    figures = line.figures
    if figures.cost is None:
        yield _tell("It states no amount.", Weight.ACKNOWLEDGE)
    for name, amount in zip(
        ("salary", "employer NI", "employer pension", "fees"), figures.parts, strict=True
    ):
        if amount is not None and amount.pence < 0:
            yield _tell(f"Its {name} is less than nothing, so the pay of the post is left as it is.")
        elif amount is not None and amount > ABSURD:
            yield _tell(f"Its {name} is more than {ABSURD} a month. Is that meant?")
    if figures.total is not None and figures.added_up not in (None, figures.total):
        yield _tell(f"Its amounts come to {figures.added_up}, its total says {figures.total}.")


def _of_post(line: SentLine, post: KnownPost, employer: Id, month: Month) -> Iterator[Problem]:
    if not post.held:
        yield _tell(f"Nobody was in {post.ref} in {month.words}, so its pay is left as it is.")
    if post.employers and employer not in post.employers:
        yield _tell(f"{post.ref} is entered under another employer.")
    if line.hours is not None and post.hours is not None and line.hours != post.hours:
        yield _tell(f"{line.hours} hours a week here, {post.hours} in this file.")


def _tell(sentence: str, weight: Weight = Weight.ACKNOWLEDGE) -> Problem:
    return Problem(sentence, weight)
