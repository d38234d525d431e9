"""How much of each practice's list lives in which neighbourhood, and how many patients live outside the PCN's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nhsdesk.domain.areas import NeighbourhoodShare
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, ListSize
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

WHOLE = Decimal(100)


def counts(shares: Iterable[NeighbourhoodShare]) -> dict[tuple[Id, date], tuple[NeighbourhoodShare, ...]]:
    """The shares of each practice and count day."""
    found: dict[tuple[Id, date], tuple[NeighbourhoodShare, ...]] = {}
    for one in shares:
        key = (one.practice, one.counted_on)
        found[key] = (*found.get(key, ()), one)
    return found


def newest(shares: Iterable[NeighbourhoodShare], on: date) -> dict[Id, tuple[NeighbourhoodShare, ...]]:
    """Each practice's shares as counted last, by a day."""
    found: dict[Id, tuple[NeighbourhoodShare, ...]] = {}
    for (practice, day), held in sorted(counts(shares).items(), key=lambda pair: pair[0][1]):
        if day <= on:
            found[practice] = held
    return found


def why_not_whole(shares: Sequence[NeighbourhoodShare]) -> str:
    """What is wrong with the shares of one practice on one day; empty where they are 100% of it."""
    if any(one.share < 0 or one.share > WHOLE for one in shares):
        return "a share is no less than 0% and no more than 100%"
    if len({one.neighbourhood for one in shares}) < len(shares):
        return "a neighbourhood is named twice"
    total = sum((one.share for one in shares), Decimal())
    if total == WHOLE:
        return ""
    lacking = f"{percent(WHOLE - total)} lacking" if total < WHOLE else f"{percent(total - WHOLE)} too much"
    return f"its shares make {percent(total)}, {lacking}"


def problems(shares: Iterable[NeighbourhoodShare], names: Mapping[Id, str]) -> tuple[Problem, ...]:
    """Practices whose shares of a day are not 100% of their list, by name."""
    found = []
    for (practice, day), held in counts(shares).items():
        why = why_not_whole(held)
        if why:
            name = names.get(practice, "A practice that is no longer listed")
            sentence = f"{name}, counted on {day_words(day)}: {why}. Put the shares right."
            found.append(Problem(sentence, Weight.ACKNOWLEDGE, "neighbourhood_share", held[-1].id, "share"))
    return tuple(found)


def percent(share: Decimal) -> str:
    """A percentage in words: "29%", "0.5%"."""
    plain = f"{share:f}"
    return f"{plain.rstrip('0').rstrip('.') if '.' in plain else plain}%"


def patients_of(listed: Decimal, share: Decimal) -> int:
    """The patients of a share of a list, rounded half up to whole people."""
    return int((listed * share / WHOLE).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def list_sizes(sizes: Iterable[ListSize], on: date) -> dict[Id, ListSize]:
    """Each practice's registered list as counted last, by a day."""
    found: dict[Id, ListSize] = {}
    for one in sorted(sizes, key=lambda size: (size.counted_on, size.id)):
        if one.base is ListBase.REGISTERED and one.counted_on <= on:
            found[one.practice] = one
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """One practice's part in one neighbourhood; no patients where the list size is not known."""

    neighbourhood: Id
    share: Decimal
    patients: int | None
    outside: bool | None
    """None where it is not said which neighbourhood is the PCN's own."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One practice over the neighbourhoods: its list, the day of the count, its parts, the largest first."""

    practice: Id
    listed: Decimal | None
    counted_on: date | None
    parts: tuple[Part, ...]
    wrong: str = ""

    @property
    def outside(self) -> int | None:
        """Its patients outside the PCN's own neighbourhoods; None where that cannot be worked out."""
        known = [one.patients for one in self.parts if one.outside]
        if self.listed is None or self.wrong or not self.parts:
            return None
        if any(one.outside is None for one in self.parts):
            return None
        return sum(one for one in known if one is not None)

    @property
    def straddles(self) -> bool:
        """Whether its list lives in several neighbourhoods."""
        return sum(1 for one in self.parts if one.share) > 1


def spread(
    practices: Iterable[Id],
    shares: Iterable[NeighbourhoodShare],
    sizes: Iterable[ListSize],
    own: frozenset[Id],
    on: date,
) -> tuple[Spread, ...]:
    """Each practice's list over the neighbourhoods on a day; `own` are those the PCN belongs to."""
    counted, listed = newest(shares, on), list_sizes(sizes, on)
    return tuple(_spread(one, counted.get(one, ()), listed.get(one), own) for one in practices)


def _spread(
    practice: Id, shares: tuple[NeighbourhoodShare, ...], size: ListSize | None, own: frozenset[Id]
) -> Spread:
    listed = size.patients if size is not None else None
    parts = (
        Part(
            one.neighbourhood,
            one.share,
            None if listed is None else patients_of(listed, one.share),
            one.neighbourhood not in own if own else None,
        )
        for one in sorted(shares, key=lambda share: (-share.share, share.id))
    )
    wrong = why_not_whole(shares) if shares else ""
    return Spread(practice, listed, shares[0].counted_on if shares else None, tuple(parts), wrong)


def outside(spreads: Iterable[Spread]) -> int | None:
    """All patients outside the PCN's own neighbourhoods; None where they cannot be told of every practice counted."""
    counted = [one.outside for one in spreads if one.parts]
    known = [one for one in counted if one is not None]
    return sum(known) if known and len(known) == len(counted) else None
