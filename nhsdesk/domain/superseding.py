"""Figures that are never edited: one that is added takes the place of others, and stays once somebody relies on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.rates import Rate, RateConfidence

Figure = TypeVar("Figure", Rate, Sum)


def superseded(added: Figure, on_file: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures on file that an added one takes the place of, marked as superseded the day it was published.

    One that was superseded earlier, its successor then missing, keeps that day.
    """
    return tuple(
        replace(one, superseded_on=added.published_on)
        for one in on_file
        if one.superseded_on is None and added.replaces(one)
    )


def placed(added: Figure, on_file: Iterable[Figure]) -> Figure:
    """An added figure as it stands among those on file: superseded already where a later one takes its place."""
    days = [
        later.published_on
        for later in on_file
        if later.published_on is not None
        and later.published_on != added.published_on
        and later.replaces(added)
    ]
    return replace(added, superseded_on=min(days)) if days else added


def confirmed(one: Figure, who: str, on: date, page: str) -> Figure:
    """The figure as somebody here has checked it against the specification."""
    return replace(
        one, confidence=RateConfidence.CONFIRMED, confirmed_by=who, confirmed_on=on, confirmed_page=page
    )


def why_fixed(one: Rate | Sum, *, shipped: bool, used_in: str = "") -> str | None:
    """Why what a figure says may not be changed; None while nobody relies on it.

    It is corrected by the one that takes its place, so that what was known on a day can still be told.
    """
    if used_in:
        why = f"{used_in} was worked out with it"
    elif one.confidence is RateConfidence.CONFIRMED:
        why = "it was confirmed against the specification"
    elif shipped:
        why = "it is kept with the source it came from"
    else:
        return None
    return f"What {one.ref} says stays as it is: {why}. Add the {one.KIND.name} that takes its place instead."
