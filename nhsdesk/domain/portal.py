"""What is typed into the claims portal for one post, in the portal's own order, as plain figures.

The fields and their order are those of the portal's public scripts, seen at two removes and some years old; the portal
has refused commas and currency signs. Where your portal asks otherwise, its own words count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month


@dataclass(frozen=True, slots=True)
class PortalField:
    """One field: its label, and what is typed into it; nothing where it is left blank."""

    label: str
    value: str


def fields(
    post: Post,
    label: str,
    month: Month,
    hours: Hours,
    salary: Money,
    employer_ni: Money,
    employer_pension: Money,
    fees: Money,
) -> tuple[PortalField, ...]:
    """A post's fields from top to bottom. The leave date only where somebody left in the month claimed for."""
    left = post.ends if post.ends is not None and Month.of(post.ends) == month else None
    found = [
        PortalField("Role", post.role.words),
        PortalField("Employee", label),
        PortalField("Start date", plain_day(post.starts)),
        PortalField("Leave date", plain_day(left)),
        PortalField("Hours worked per week", plain_hours(hours)),
        PortalField("Monthly salary", plain_money(salary)),
        PortalField("Monthly employer's NI", plain_money(employer_ni)),
        PortalField("Monthly employer's pension", plain_money(employer_pension)),
    ]
    if post.role is Role.LINK_WORKER:
        found.append(PortalField("Monthly fees", plain_money(fees)))
    if post.role is Role.CLINICAL_PHARMACIST:
        met = "" if post.training_met is None else "Yes" if post.training_met else "No"
        found.append(PortalField("Meets training requirements", met))
        if post.training_met is False:
            found.append(PortalField("Reasons training not met", post.training_reason or ""))
    return tuple(found)


def plain_money(amount: Money) -> str:
    """4400.00: no comma, no sign of a currency."""
    return f"{amount.exact:.2f}"


def plain_hours(hours: Hours) -> str:
    """22.5 or 16.67: to two places, as the portal takes them."""
    hundredths = (2 * hours.seconds + 36) // 72
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") if part else f"{whole}"


def plain_day(day: date | None) -> str:
    """14/09/2026, or nothing."""
    return "" if day is None else f"{day:%d/%m/%Y}"
