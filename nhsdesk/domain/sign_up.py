"""An offer to vary the network contract locally: what it comes to, which clauses it may touch, and until when.

The offer must exceed the national entitlement, and only sections 7, 8 and 10.1 to 10.5 may be varied (NHS England,
Network Contract DES specification PRN02483, April 2026: Part B, B.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import money
from nhsdesk.domain.contracts import BaselineStream, LocalVariation
from nhsdesk.domain.money import Money, half_up
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

WHOLE_SECTIONS = (7, 8)
PART_SECTION, FIRST_PART, LAST_PART = 10, 1, 5

# ---- the clauses

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})*"
_RANGE = re.compile(rf"({_NUMBER})(?:\s*(?:to|-|–|—)\s*({_NUMBER}))?")


def clauses_outside(clauses: str) -> tuple[str, ...]:
    """The clauses named that may not be varied locally, each once and as written."""
    found: list[str] = []
    for first, last in _RANGE.findall(clauses):
        if not _may_vary(_parts(first), _parts(last or first)):
            found.append(f"{first} to {last}" if last else first)
    return tuple(dict.fromkeys(found))


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _may_vary(first: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Both ends may be varied, and no section between them may not."""
    between = range(first[0] + 1, last[0])
    return _varies(first) and _varies(last) and all(one in WHOLE_SECTIONS for one in between)


def _varies(clause: tuple[int, ...]) -> bool:
    if clause[0] in WHOLE_SECTIONS:
        return True
    return clause[0] == PART_SECTION and len(clause) > 1 and FIRST_PART <= clause[1] <= LAST_PART


# ---- the money


@dataclass(frozen=True, slots=True)
class Uplift:
    """What is offered above the national entitlement, with its working; nothing where one of the two is not known."""

    amount: Money | None
    tenths: int | None
    """Of a per cent."""
    working: tuple[str, ...]

    @property
    def words(self) -> str:
        """In pounds and per cent: "£136,306.79 (6.2%) above the national entitlement"."""
        if self.amount is None:
            return "What is offered above the national entitlement is not yet known"
        percent = "" if self.tenths is None else f" ({_percent(self.tenths)})"
        if self.amount.pence > 0:
            return f"{self.amount}{percent} above the national entitlement"
        if not self.amount:
            return "No more than the national entitlement"
        return f"{-self.amount}{percent} below the national entitlement"


def _percent(tenths: int) -> str:
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10:,}.{abs(tenths) % 10}%"


def baseline(variation: LocalVariation, streams: Iterable[BaselineStream]) -> Money | None:
    """The national entitlement as entered, or as its streams add up to; None where neither is known."""
    if variation.baseline is not None:
        return variation.baseline
    amounts = [one.amount for one in streams]
    return money.total(amounts) if amounts else None


def uplift(variation: LocalVariation, streams: Sequence[BaselineStream] = ()) -> Uplift:
    """What the whole offer exceeds the national entitlement by."""
    working = [
        f"{one.stream}: {one.working} = {one.amount}" if one.working else f"{one.stream}: {one.amount}"
        for one in streams
    ]
    if len(streams) > 1:
        working.append(f"The streams together: {money.total(one.amount for one in streams)}")
    return uplift_of(baseline(variation, streams), variation.offered, working)


def uplift_of(national: Money | None, offered: Money | None, working: Sequence[str] = ()) -> Uplift:
    """What one amount exceeds another by, in pounds and per cent."""
    told = "not yet known"
    lines = [
        *working,
        f"National entitlement: {told if national is None else national}",
        f"Offered in all: {told if offered is None else offered}",
    ]
    if national is None or offered is None:
        return Uplift(None, None, tuple(lines))
    amount = offered - national
    tenths = half_up(amount.pence * 1000, national.pence) if national.pence > 0 else None
    share = "" if tenths is None else f"; {amount} of {national} is {_percent(tenths)}"
    lines.append(f"Above it: {offered} less {national} = {amount}{share}")
    return Uplift(amount, tenths, tuple(lines))


def variation_problems(variation: LocalVariation, streams: Sequence[BaselineStream]) -> tuple[Problem, ...]:
    """What would make an offer one that cannot be made, or one that is told wrongly."""
    found: list[Problem] = []

    def say(sentence: str, weight: Weight, field: str) -> None:
        found.append(Problem(f"{variation.ref}: {sentence}", weight, "local_variation", variation.id, field))

    outside = clauses_outside(variation.clauses or "")
    if outside:
        say(
            f"it names {', '.join(outside)}, and only sections 7, 8 and 10.1 to 10.5 may be varied locally.",
            Weight.MUST_FIX,
            "clauses",
        )
    elif not _RANGE.search(variation.clauses or ""):
        say("it is not yet known which clauses it varies.", Weight.ACKNOWLEDGE, "clauses")
    above = uplift(variation, streams).amount
    if above is None:
        say(
            "it is not yet known what is offered above the national entitlement.",
            Weight.ACKNOWLEDGE,
            "offered",
        )
    elif above.pence <= 0:
        say(
            f"{variation.offered} is offered, which does not exceed the national entitlement of "
            f"{baseline(variation, streams)}, as an offer must.",
            Weight.MUST_FIX,
            "offered",
        )
    apart = _apart(variation, streams)
    if apart:
        say(apart, Weight.MUST_FIX, "baseline")
    if variation.decide_by is None:
        say("it is not yet known by when practices decide.", Weight.ACKNOWLEDGE, "decide_by")
    return tuple(found)


def _apart(variation: LocalVariation, streams: Sequence[BaselineStream]) -> str:
    total = money.total(one.amount for one in streams)
    if not streams or variation.baseline is None or total == variation.baseline:
        return ""
    apart = total - variation.baseline
    return (
        f"the streams of the national entitlement add up to {total}, and {variation.baseline} is entered: "
        f"{apart if apart.pence > 0 else -apart} apart."
    )


# ---- the days


def is_private(variation: LocalVariation, today: date) -> bool:
    """Whether what practices say of it is still their own board's."""
    return variation.private_until is not None and today < variation.private_until


def deadline_words(variation: LocalVariation, today: date) -> str:
    """By when practices decide, and how long that is."""
    if variation.decide_by is None:
        return "The day to decide by is not yet known"
    left = (variation.decide_by - today).days
    when = f"Decide by {day_words(variation.decide_by)}"
    if left < 0:
        return f"{when}: passed {-left} {'day' if left == -1 else 'days'} ago"
    return f"{when}: today" if left == 0 else f"{when}: {left} {'day' if left == 1 else 'days'} left"
