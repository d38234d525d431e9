"""Reads the data that come with the program: each figure with its source and how sure it is."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhsdesk import paths
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.risks import Risk

if TYPE_CHECKING:
    from nhsdesk.domain.claims import OnCosts


def _rows(*parts: str) -> Iterator[dict[str, str]]:
    with paths.resources().joinpath(*parts).open(encoding="utf-8", newline="") as read:
        yield from csv.DictReader(read)


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays that fall on a weekday, 2020 to 2045."""
    return frozenset(date.fromisoformat(row["day"]) for row in _rows("bank_holidays", "england.csv"))


@cache
def rates() -> tuple[Rate, ...]:
    """The maxima seen in a source, none of them confirmed: a person checks each against the specification."""
    return tuple(_rate(row) for row in _rows("rates", "arrs_rates.csv"))


def _rate(row: dict[str, str]) -> Rate:
    return Rate(
        role=Role(row["role"]),
        zone=LondonZone(row["london_zone"]),
        annual=Money.pounds(row["maximum_a_year"]),
        reimbursed=Decimal(row["share_reimbursed"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        published_on=_day(row["published_on"]),
        superseded_on=_day(row["superseded_on"]),
        source=row["source"],
        confidence=RateConfidence(row["confidence"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def on_costs() -> tuple[OnCosts, ...]:
    """Employer NI and pension by date, for pay whose on-costs payroll has not given."""
    from nhsdesk.domain.claims import OnCosts

    return tuple(
        OnCosts(
            ni_threshold=Money.pounds(row["ni_threshold_a_month"]),
            ni_per_ten_thousand=int(Decimal(row["ni_percent"]) * 100),
            pension_per_ten_thousand=int(Decimal(row["pension_percent"]) * 100),
            starts=date.fromisoformat(row["valid_from"]),
            ends=_day(row["valid_to"]),
            source=row["source"],
            upper_threshold=Money.pounds(row["upper_threshold_a_month"]),
        )
        for row in _rows("rates", "on_costs.csv")
    )


@cache
def starter_risks() -> tuple[Risk, ...]:
    """Risks that others have named, offered to a register with none; nobody has scored them."""
    return tuple(
        Risk(
            cause=row["cause"],
            event=row["event"],
            effect=row["effect"],
            controls=row["controls"] or None,
            gaps=row["gaps"] or None,
        )
        for row in _rows("risks", "starter.csv")
    )


def sample() -> dict[str, Any]:
    """The sample's own entries, as its file lists them."""
    return tomllib.loads(paths.resources().joinpath("demo", "sample.toml").read_text(encoding="utf-8"))


def sample_asked() -> dict[str, Any]:
    """What the sample is asked and promised besides its commitments: risks, moved work, questions, agreements."""
    return tomllib.loads(paths.resources().joinpath("demo", "asked.toml").read_text(encoding="utf-8"))


def sample_practice_map() -> Path:
    """The sample's practices, in the columns of the published file."""
    return paths.resources() / "demo" / "practice_map.csv"
