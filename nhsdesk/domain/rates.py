"""Maximum reimbursable amounts: what was in force on a day, as it was known on a day.

A rate is never edited, only superseded: April's rate as published in March and as published in August are two rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, link, money, percentage, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.problems import Problem, Weight


class RateConfidence(Choice):
    """How the figure was come by. Only a figure somebody here has checked against the specification is confirmed."""

    CONFIRMED = "confirmed"
    QUOTED = "quoted by a secondary source"
    CORROBORATED = "secondary, corroborated"
    TWICE_REMOVED = "secondary, two removes"
    BACKGROUND = "background, not seen"
    SAMPLE = "made up for the sample"


@record(title="Rate", plural="Rates", prefix="RT")
class Rate(Record):
    """The most that may be claimed a year for one whole time equivalent of a role, on-costs included."""

    role: Role = choice("Role", Role)
    zone: LondonZone = choice("London zone", LondonZone)
    annual: Money = money("Maximum a year")
    reimbursed: Decimal | None = percentage("Share reimbursed", default=None)
    valid_from: date = day("Valid from", lean=Lean.THIS_YEAR)
    valid_to: date | None = day("Valid to", default=None, lean=Lean.THIS_YEAR)
    published_on: date | None = day("Published on", default=None, lean=Lean.LAST)
    superseded_on: date | None = day("Superseded on", default=None, lean=Lean.LAST)
    source: str = text("Source")
    confidence: RateConfidence = choice("How sure", RateConfidence)
    confirmed_by: str | None = text("Confirmed by", default=None)
    confirmed_on: date | None = day("Confirmed on", default=None, lean=Lean.LAST)
    confirmed_page: str | None = text("Page of the specification", default=None)
    network: Id | None = link("For one PCN only", "Organisation", default=None)

    def title_words(self) -> str:
        """Role, zone and first day."""
        zone = "" if self.zone is LondonZone.NONE else f", {self.zone.words.lower()} London"
        return f"{self.role.words}{zone}, {self.annual} a year"


def in_force(rates: Iterable[Rate], role: Role, zone: LondonZone, on: date, known_on: date) -> Rate | Problem:
    """The rate for a day as it was known on another; a Problem, never a stand-in, where there is none.

    Of several known rates the one for this PCN comes first, then the one published last. A rate superseded by then
    does not count, even where its successor is missing.
    """
    found = [
        rate
        for rate in rates
        if rate.role is role
        and rate.zone is zone
        and rate.valid_from <= on
        and (rate.valid_to is None or on <= rate.valid_to)
        and (rate.published_on is None or rate.published_on <= known_on)
        and (rate.superseded_on is None or known_on < rate.superseded_on)
    ]
    if not found:
        where = "" if zone is LondonZone.NONE else f" in {zone.words.lower()} London"
        return Problem(
            f"No maximum is on file for a {role.words.lower()}{where} on {on:%d/%m/%Y}. Add it from the specification.",
            Weight.MUST_FIX,
        )
    best = max(_standing(rate) for rate in found)
    equal = [rate for rate in found if _standing(rate) == best]
    if len({(rate.annual, WHOLE if rate.reimbursed is None else rate.reimbursed) for rate in equal}) > 1:
        refs = " and ".join(sorted(rate.ref for rate in equal))
        return Problem(
            f"No maximum can be chosen for a {role.words.lower()} on {on:%d/%m/%Y}: {refs} say different things. Mark "
            "the one that no longer counts as superseded.",
            Weight.MUST_FIX,
        )
    return equal[0]


WHOLE = Decimal(100)


def _standing(rate: Rate) -> tuple[bool, date, date]:
    """What comes before what, where several rates are known for a day."""
    return rate.network is not None, rate.published_on or date.min, rate.valid_from


def unconfirmed(rate: Rate) -> Problem | None:
    """What a claim worked out with it must say while nobody has checked it."""
    if rate.confidence is RateConfidence.CONFIRMED:
        return None
    return Problem(
        f"The maximum for {rate.title_words()} is not confirmed ({rate.confidence.words.lower()}).",
        Weight.ACKNOWLEDGE,
        "rate",
        rate.id,
        "confidence",
    )
