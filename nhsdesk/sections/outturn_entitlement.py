"""The year's ARRS entitlement for the forecast: pounds a head times our own base, or what keeps it from being known.

Everything the forecast knows of the entitlement comes through `of_year`, and through nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nhsdesk.domain.entitlement import Stream, Sum
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.organisations import ListSize, Organisation, Practice
from nhsdesk.domain.outturn import Entitlement
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.rates import RateConfidence
from nhsdesk.store.reading import Reader

PENNY = Decimal("0.01")


def of_year(reader: Reader, year: FinancialYear, known_on: date) -> Entitlement:
    """The sum of a year as it was known on a day."""
    parts = _known(reader, year, known_on)
    if not parts:
        return Entitlement(
            None, f"No ARRS sum per head is on file for {year}. Add it from the specification."
        )
    amounts: list[Money] = []
    told: list[str] = []
    for one in parts:
        patients = _patients(reader, one)
        if isinstance(patients, str):
            return Entitlement(None, patients)
        pounds = (one.per_head * patients).quantize(PENNY, rounding=ROUND_HALF_UP)
        amounts.append(Money.pounds(pounds))
        told.append(
            f"£{one.per_head.normalize():f} × {patients.normalize():,f} ({one.base.words.lower()}, counted on "
            f"{day_words(one.counted_on)}, {one.ref}) = {amounts[-1]}"
        )
    sure = all(one.confidence is RateConfidence.CONFIRMED for one in parts)
    return Entitlement(total(amounts), "; ".join(told), confirmed=sure)


def _known(reader: Reader, year: FinancialYear, known_on: date) -> tuple[Sum, ...]:
    """The sums in force, one for each part: our own before the national, then the one published last."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    found: dict[str, Sum] = {}
    for one in sorted(reader.all(Sum, stream=Stream.ARRS, year=year), key=_standing):
        published = one.published_on is None or one.published_on <= known_on
        stands = one.superseded_on is None or known_on < one.superseded_on
        if published and stands and (one.network is None or one.network in ours):
            found[one.part or ""] = one
    return tuple(found[part] for part in sorted(found))


def _standing(one: Sum) -> tuple[bool, date, int]:
    return one.network is not None, one.published_on or date.min, one.id


def _patients(reader: Reader, one: Sum) -> Decimal | str:
    """Our practices' patients by that way of counting on that day; a sentence where a practice has none."""
    ours = {network.id for network in reader.all(Organisation, ours=True)}
    practices = [
        practice
        for practice in reader.all(Practice)
        if practice.network in ours and (practice.valid_to is None or practice.valid_to >= one.counted_on)
    ]
    if not practices:
        return "No practice of the PCN is on file, so that there are no patients to count."
    sizes = {
        size.practice: size.patients
        for size in reader.all(ListSize, base=one.base, counted_on=one.counted_on)
    }
    missing = [practice for practice in practices if practice.id not in sizes]
    if missing:
        return _missing(one, missing)
    return sum((sizes[practice.id] for practice in practices), Decimal())


def _missing(one: Sum, practices: Iterable[Practice]) -> str:
    refs = ", ".join(practice.ref for practice in practices)
    return (
        f"The {one.base.words.lower()} list size of {day_words(one.counted_on)} is not on file for {refs}. Add it "
        "to the practice."
    )
