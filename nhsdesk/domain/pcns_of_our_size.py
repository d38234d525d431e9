"""Staff by role beside PCNs of our size: quartiles of WTE for each 10,000 patients, never one PCN by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import half_up

FEWEST = 20
"""Under so many PCNs nothing is shown."""

WIDTHS = (20, 30, 40, 50, 75, 100)
"""Per cent by which a list may differ from ours; the first that takes in enough PCNs counts."""

_PER = 10_000


@dataclass(frozen=True, slots=True)
class Pcn:
    """A PCN's list size and its WTE by role."""

    code: str
    population: Decimal
    wte: Mapping[Role, Decimal]

    def rate(self, role: Role | None) -> Fraction:
        """WTE for each 10,000 patients of a role, or of all."""
        wte = sum(self.wte.values(), Decimal()) if role is None else self.wte.get(role, Decimal())
        return Fraction(wte) * _PER / Fraction(self.population)


@dataclass(frozen=True, slots=True)
class Beside:
    """A role here beside the quartiles; no role is all of them together. To a hundredth, for showing."""

    role: Role | None
    wte: Decimal
    ours: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal

    @property
    def role_words(self) -> str:
        """The role, or all."""
        return "All ARRS roles" if self.role is None else self.role.words

    @property
    def standing(self) -> str:
        """Where ours lies, in words."""
        if not (self.ours or self.upper):
            return "Most have none"
        if self.ours < self.lower:
            return "In the lowest quarter"
        if self.ours > self.upper:
            return "In the highest quarter"
        return "In the middle half"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our staff beside so many PCNs whose lists differ from ours by no more than so many per cent."""

    population: Decimal
    within: int
    pcns: int
    lines: tuple[Beside, ...]

    @property
    def whole(self) -> Beside | None:
        """All roles together."""
        return next((one for one in self.lines if one.role is None), None)

    @property
    def furthest(self) -> Beside | None:
        """The role that lies furthest from the middle PCN."""
        of_role = [one for one in self.lines if one.role is not None]
        return max(of_role, key=lambda one: (abs(one.ours - one.median), one.role_words), default=None)


def beside(ours: Pcn, others: Iterable[Pcn]) -> Comparison | None:
    """Compares with PCNs of our size; None where fewer than 20 of any size are known."""
    known = [one for one in others if one.code != ours.code and one.population > 0]
    for within in WIDTHS:
        near = [
            one for one in known if abs(one.population - ours.population) * 100 <= ours.population * within
        ]
        if len(near) >= FEWEST:
            return Comparison(ours.population, within, len(near), _lines(ours, near))
    return None


def _lines(ours: Pcn, near: Sequence[Pcn]) -> tuple[Beside, ...]:
    held = {role for one in (ours, *near) for role, wte in one.wte.items() if wte}
    by_words = sorted(held, key=lambda role: role.words)
    return tuple(_line(ours, near, role) for role in (None, *by_words))


def _line(ours: Pcn, near: Sequence[Pcn], role: Role | None) -> Beside:
    rates = sorted(one.rate(role) for one in near)
    wte = sum(ours.wte.values(), Decimal()) if role is None else ours.wte.get(role, Decimal())
    shown = (_hundredths(quartile(rates, number)) for number in (1, 2, 3))
    return Beside(role, _hundredths(Fraction(wte)), _hundredths(ours.rate(role)), *shown)


def quartile(rates: Sequence[Fraction], number: int) -> Fraction:
    """The first, second or third quartile of sorted rates; between two it lies in proportion (as QUARTILE.INC)."""
    place, part = divmod((len(rates) - 1) * number, 4)
    if not part:
        return rates[place]
    return rates[place] + (rates[place + 1] - rates[place]) * Fraction(part, 4)


def _hundredths(rate: Fraction) -> Decimal:
    return Decimal(half_up(rate.numerator * 100, rate.denominator)).scaleb(-2)


def in_short(found: Comparison) -> str:
    """What is found, in a sentence with figures."""
    whole, furthest = found.whole, found.furthest
    if whole is None:
        return ""
    words = (
        f"You have {whole.wte} WTE in ARRS roles, {whole.ours} for each 10,000 patients; the middle one of "
        f"{found.pcns:,} PCNs of your size has {whole.median}."
    )
    if furthest is None:
        return words
    return (
        f"{words} You are furthest from the middle with the role {furthest.role_words}: {furthest.ours}, where the "
        f"middle one has {furthest.median}."
    )
