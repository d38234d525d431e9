"""How a post's dated pay follows what its employer says of a month.

From the first of the month there is another `Pay` where the figures differ from what holds, and the one before ends the
day before. A month worked in part is left alone: what was paid for part of it is no month's pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nhsdesk.domain.arrs import Pay
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.pay_matching import Figures
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Whose:
    """Which of those who share a post a line is for; neither where nobody needs telling apart."""

    holder: Id | None = None
    employer: Id | None = None


@dataclass(frozen=True, slots=True)
class PayChange:
    """What becomes of a post's pay: entries to change, to add and to take out, and what to tell."""

    put: tuple[Pay, ...] = ()
    add: tuple[Pay, ...] = ()
    remove: tuple[Pay, ...] = ()
    told: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.put or self.add or self.remove)


def in_force(pay: Sequence[Pay], month: Month) -> tuple[Pay, ...]:
    """The pay that holds on some day of the month."""
    return tuple(
        one for one in pay if one.starts <= month.last and (one.ends is None or one.ends >= month.first)
    )


def whose(pay: Sequence[Pay], month: Month, holder: Id | None, employer: Id, *, alone: bool) -> Whose:
    """Whose pay a line brings up to date; `alone` says that no other line is for the same post."""
    holding = in_force(pay, month)
    by_holder = [one for one in holding if holder is not None and one.holder == holder]
    by_employer = [one for one in holding if one.holder is None and one.employer == employer]
    found = by_holder or by_employer
    if not found and not alone:
        return Whose(holder)
    if not found and alone and len({(one.holder, one.employer) for one in holding}) == 1:
        found = list(holding)
    return Whose(found[0].holder, found[0].employer) if found else Whose()


def follow(
    pay: Sequence[Pay],
    post: Id,
    who: Whose,
    month: Month,
    figures: Figures,
    *,
    expected: Figures | None,
    whole_month: bool,
    source: str,
) -> PayChange:
    """What becomes of a post's pay when its employer states these figures for a month.

    `expected` is what the month comes to by what is entered, with NI and pension worked out where none is stated.
    """
    salary = figures.salary
    if salary is None:
        return _left("No salary is stated, so the pay of the post is left as it is.", Weight.NOTE)
    if any(part is not None and part.pence < 0 for part in figures.parts):
        return PayChange()  # told beside the line
    own = [one for one in in_force(pay, month) if (one.holder, one.employer) == (who.holder, who.employer)]
    if _agrees(own, figures, expected):
        return PayChange()
    if not whole_month or any(one.starts > month.first for one in own) or len(own) > 1:
        return _left(
            f"Hours or pay change within {month.words}, so the pay of the post is left as it is: look at it."
        )
    return _from_the_first(pay, post, who, month, figures, own[0] if own else None, source)


def _left(sentence: str, weight: Weight = Weight.ACKNOWLEDGE) -> PayChange:
    return PayChange(told=(Problem(sentence, weight),))


def _agrees(own: Sequence[Pay], figures: Figures, expected: Figures | None) -> bool:
    """Whether what holds comes to these figures already."""
    if expected is not None and _alike(figures.parts[:3], expected.parts[:3]):
        return len(own) != 1 or figures.fees in (None, own[0].fees or Money())
    if len(own) != 1:
        return False
    held = own[0]
    return _alike(figures.parts, (held.salary, held.employer_ni, held.employer_pension, held.fees or Money()))


def _alike(stated: Sequence[Money | None], held: Sequence[Money | None]) -> bool:
    return all(one is None or one == other for one, other in zip(stated, held, strict=True))


def _from_the_first(
    pay: Sequence[Pay], post: Id, who: Whose, month: Month, figures: Figures, held: Pay | None, source: str
) -> PayChange:
    assert figures.salary is not None
    before = held or _last_before(pay, who, month.first)
    template = before or Pay(
        post=post, starts=month.first, salary=figures.salary, holder=who.holder, employer=who.employer
    )
    changed = replace(
        template,
        salary=figures.salary,
        employer_ni=figures.employer_ni,
        employer_pension=_stated(figures.employer_pension, before.employer_pension if before else None),
        fees=_stated(figures.fees, before.fees if before else None),
        source=source,
    )
    told = tuple(_kept(figures, before))
    if held is not None and held.starts == month.first:
        return PayChange(put=(changed,), told=told)
    ends = held.ends if held is not None else _day_before_next(pay, who, month.last)
    added = replace(changed, id=NEW, version=0, ref="", starts=month.first, ends=ends)
    ended, gone = _make_room(pay, who, month, held)
    return PayChange(ended, (added,), gone, told)


def _stated(now: Money | None, before: Money | None) -> Money | None:
    return before if now is None else now


def _kept(figures: Figures, before: Pay | None) -> Iterator[Problem]:
    if before is None:
        return
    if figures.employer_pension is None and before.employer_pension is not None:
        kept = f"{before.employer_pension} a month"
        yield Problem(
            f"No employer pension is stated: it stays {kept}, as it was entered.", Weight.ACKNOWLEDGE
        )
    if figures.employer_ni is None and before.employer_ni is not None:
        yield Problem("No employer NI is stated: it is worked out again from the salary.", Weight.ACKNOWLEDGE)


def _last_before(pay: Sequence[Pay], who: Whose, first: date) -> Pay | None:
    """Pay that ended before, whose scheme and category still hold."""
    own = [one for one in pay if (one.holder, one.employer) == (who.holder, who.employer)]
    return max((one for one in own if one.starts < first), key=lambda one: one.starts, default=None)


def _day_before_next(pay: Sequence[Pay], who: Whose, last: date) -> date | None:
    own = [one for one in pay if (one.holder, one.employer) == (who.holder, who.employer)]
    following = min((one.starts for one in own if one.starts > last), default=None)
    return None if following is None else following - ONE_DAY


def _make_room(
    pay: Sequence[Pay], who: Whose, month: Month, held: Pay | None
) -> tuple[tuple[Pay, ...], tuple[Pay, ...]]:
    """Ends the pay that held before, and pay that told nobody apart once somebody is told apart."""
    ending = [held] if held is not None else []
    if held is None and who.holder is not None:
        ending += [one for one in in_force(pay, month) if one.holder is None and one.employer is None]
    ended = [replace(one, ends=month.first - ONE_DAY) for one in ending if one.starts < month.first]
    return tuple(ended), tuple(one for one in ending if one.starts >= month.first)
