"""Money that is not there: how certain it is said to be, and what unfunded hours come to in a month."""

from __future__ import annotations

from collections.abc import Iterable

from nhsdesk.domain.commitments import Commitment, CommitmentKind, Funding, is_over
from nhsdesk.domain.money import Hours, Money, half_up


def is_without_money(one: Commitment) -> bool:
    """Whether it is an assurance for which no money is agreed."""
    return one.kind is CommitmentKind.ASSURANCE and one.funding_certainty is not Funding.AGREED


def certainty_words(one: Commitment) -> str:
    """How certain the money is, with its amount where there is one."""
    said = one.funding_certainty.words if one.funding_certainty is not None else "Not yet known"
    return f"{said}, {one.funding}" if one.funding else said


def unfunded_week(commitments: Iterable[Commitment]) -> Hours:
    """The unfunded hours a week of those not at an end."""
    return Hours(
        sum(one.unfunded_hours.seconds for one in commitments if one.unfunded_hours and not is_over(one))
    )


def a_month(week: Hours) -> Hours:
    """What hours a week come to in a month, a twelfth of 52 weeks, to a hundredth of an hour."""
    return Hours(half_up(week.seconds * 52, 12 * 36) * 36)


def cost_a_month(week: Hours, pounds_an_hour: int) -> Money:
    """What hours a week cost in a month, a twelfth of 52 weeks, to the penny."""
    return Money(half_up(week.seconds * 52 * pounds_an_hour * 100, 12 * 3600))


def unfunded_words(week: Hours, pounds_an_hour: int) -> str:
    """Unfunded hours in a sentence, with their cost where an hour's cost is settled."""
    if not week:
        return "No unfunded hours are recorded."
    told = f"Unfunded work takes {week} hours a week, {a_month(week)} hours a month"
    if not pounds_an_hour:
        return f"{told}. What an hour costs is not settled, so no cost is given."
    return f"{told}. At £{pounds_an_hour:,} an hour that is {cost_a_month(week, pounds_an_hour)} a month."
