"""Maximum reimbursable amounts: what was in force on a day, as it was known on a day.

A rate is never edited, only superseded: April's rate as published in March and as published in August are two rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, link, money, percentage, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight


class RateConfidence(Choice):
    """How the figure was come by. Only a figure somebody here has checked against the specification is confirmed."""

    CONFIRMED = "confirmed"
    QUOTED = "quoted by a secondary source"
    CORROBORATED = "secondary, corroborated"
    TWICE_REMOVED = "secondary, two removes"
    BACKGROUND = "background, not seen"
    TYPED = "typed here, not checked yet"
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
        zone = "" if self.zone is LondonZone.NONE else f", {self.zone.value} London"
        return f"{self.role.words}{zone}, {self.annual} a year"

    def replaces(self, earlier: Rate) -> bool:
        """Whether it takes the other's place for all the days the other is for.

        One that holds for a part of them leaves the other in force for the rest: of two known rates the one published
        last counts. An open end promises nothing, so that a rate without a last day is replaced from its first day on.
        """
        return (
            self.role is earlier.role
            and self.zone is earlier.zone
            and self.network == earlier.network
            and self.published_on is not None
            and (earlier.published_on is None or earlier.published_on <= self.published_on)
            and self.valid_from <= earlier.valid_from
            and (earlier.valid_to is None or self.valid_to is None or earlier.valid_to <= self.valid_to)
        )


FIGURES = (
    "role",
    "zone",
    "annual",
    "reimbursed",
    "valid_from",
    "valid_to",
    "published_on",
    "source",
    "network",
)
"""What a rate says. Whether it was superseded or confirmed is said about it, and may be written later."""


class Dated(Protocol):
    """Anything that holds from a day to a day, was published on a day, and may have been superseded since."""

    @property
    def valid_from(self) -> date:
        """Its first day."""

    @property
    def valid_to(self) -> date | None:
        """Its last day."""

    @property
    def published_on(self) -> date | None:
        """When it became known."""

    @property
    def superseded_on(self) -> date | None:
        """From when on it no longer counts."""


def holds(one: Dated, on: date) -> bool:
    """Whether a day lies in the time it is for."""
    return one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)


def known(one: Dated, known_on: date) -> bool:
    """Whether it was published by a day, and not yet superseded then."""
    return (one.published_on is None or one.published_on <= known_on) and (
        one.superseded_on is None or known_on < one.superseded_on
    )


def in_force(rates: Iterable[Rate], role: Role, zone: LondonZone, on: date, known_on: date) -> Rate | Problem:
    """The rate for a day as it was known on another; a Problem, never a stand-in, where there is none.

    Of several known rates the one for this PCN comes first, then the one published last. A rate superseded by then
    does not count, even where its successor is missing.
    """
    found = [
        rate
        for rate in rates
        if rate.role is role and rate.zone is zone and holds(rate, on) and known(rate, known_on)
    ]
    if not found:
        where = "" if zone is LondonZone.NONE else f" in {zone.value} London"
        return Problem(
            f"No maximum is on file for {role.with_article}{where} on {on:%d/%m/%Y}. Add it from the specification.",
            Weight.MUST_FIX,
        )
    best = max(_standing(rate) for rate in found)
    equal = [rate for rate in found if _standing(rate) == best]
    if len({(rate.annual, WHOLE if rate.reimbursed is None else rate.reimbursed) for rate in equal}) > 1:
        refs = " and ".join(sorted(rate.ref for rate in equal))
        return Problem(
            f"No maximum can be chosen for {role.with_article} on {on:%d/%m/%Y}: {refs} say different things. Mark "
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


@dataclass(frozen=True, slots=True)
class Answers:
    """One day's maximum by two questions: what was known on an earlier day, and what is known now."""

    then: Rate | Problem
    now: Rate | Problem

    @property
    def differ(self) -> bool:
        """Whether knowing more has changed the answer."""
        return _amount(self.then) != _amount(self.now)


def _amount(answer: Rate | Problem) -> Money | None:
    return answer.annual if isinstance(answer, Rate) else None


def answers(rates: Iterable[Rate], role: Role, zone: LondonZone, on: date, then: date, now: date) -> Answers:
    """The maximum for a day as it was known on one day and as it is known on another."""
    every = tuple(rates)
    return Answers(in_force(every, role, zone, on, then), in_force(every, role, zone, on, now))


def all_in_force(rates: Iterable[Rate], on: date, known_on: date) -> tuple[Rate, ...]:
    """Every maximum for a day as it was known on another: one for each role and London zone that has one."""
    every = tuple(rates)
    asked = dict.fromkeys((rate.role, rate.zone) for rate in every)
    found = (in_force(every, role, zone, on, known_on) for role, zone in asked)
    held = [one for one in found if isinstance(one, Rate)]
    order = list(LondonZone)
    return tuple(sorted(held, key=lambda rate: (rate.role.words, order.index(rate.zone))))


def standing_words(rate: Rate) -> str:
    """How sure a rate is, in words: who confirmed it and when, or that nobody did."""
    if rate.confidence is not RateConfidence.CONFIRMED:
        return f"Not confirmed: {rate.confidence.value}"
    who = f" by {rate.confirmed_by}" if rate.confirmed_by else ""
    when = f" on {day_words(rate.confirmed_on)}" if rate.confirmed_on else ""
    page = f", page {rate.confirmed_page}" if rate.confirmed_page else ""
    return f"Confirmed{who}{when}{page}"
