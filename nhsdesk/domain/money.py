"""Money in whole pence and hours in whole seconds: exact, ordered, never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

FULL_TIME_SECONDS = 135_000
"""37.5 hours a week, one whole time equivalent."""


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction, halves going away from nought."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of pounds sterling, kept in whole pence."""

    pence: int = 0

    @classmethod
    def pounds(cls, amount: int | str | Decimal) -> Money:
        """From an exact amount of pounds; more than two decimal places raise ValueError."""
        pence = Decimal(amount) * 100
        if pence != pence.to_integral_value():
            raise ValueError(f"{amount} is not whole pence")
        return cls(int(pence))

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence)

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence)

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __bool__(self) -> bool:
        return self.pence != 0

    @property
    def exact(self) -> Decimal:
        """Pounds as a decimal with two places."""
        return Decimal(self.pence).scaleb(-2)

    def __str__(self) -> str:
        sign = "-" if self.pence < 0 else ""
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{sign}£{pounds:,}.{pence:02}"


def total(amounts: Iterable[Money]) -> Money:
    """The sum of many amounts."""
    return Money(sum(amount.pence for amount in amounts))


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Hours a week, kept in whole seconds so that 22.5, 22:30 and a hundredth of an hour are all exact."""

    seconds: int = 0

    @classmethod
    def of(cls, amount: int | str | Decimal) -> Hours:
        """From decimal hours; more than two decimal places raise ValueError."""
        seconds = Decimal(amount) * 3600
        if seconds != seconds.to_integral_value():
            raise ValueError(f"{amount} hours is not a whole number of seconds")
        return cls(int(seconds))

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.seconds + other.seconds)

    def __bool__(self) -> bool:
        return self.seconds != 0

    @property
    def wte(self) -> Decimal:
        """Whole time equivalent, for showing only: sums are done in seconds."""
        return (Decimal(self.seconds) / FULL_TIME_SECONDS).quantize(Decimal("0.0001"))

    def __str__(self) -> str:
        hundredths, rest = divmod(self.seconds, 36)
        if rest == 0:
            return f"{Decimal(hundredths).scaleb(-2).normalize():f}"
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


_AMOUNT = re.compile(
    r"^(?P<sign>[-−]?)\s*£?\s*(?P<sign2>[-−]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?$"
)


def read_decimal(text: str) -> Decimal | None:
    """A number as people write it (`4,400`, `£4400.00`, `-3.5`), or None where it is not one."""
    found = _AMOUNT.match(text.strip())
    if found is None or not (found["whole"] or found["part"]):
        return None
    if found["sign"] and found["sign2"]:
        return None
    sign = "-" if found["sign"] or found["sign2"] else ""
    return Decimal(f"{sign}{(found['whole'] or '0').replace(',', '')}.{found['part'] or '0'}")
