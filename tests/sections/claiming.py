"""Makers for tests of the year's position: list sizes, a sum per head, claims of the engine's own lines, an uplift."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk import resources
from nhsdesk.domain import local_rules
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.claims import ClaimLine as WorkedLine
from nhsdesk.domain.entitlement import Stream, Sum
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation, Practice
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.rates import RateConfidence
from nhsdesk.domain.uplifts import Uplift, UpliftLine
from nhsdesk.sections import posts_held
from nhsdesk.store.database import Database

COUNTED = date(2026, 1, 1)
YEAR = FinancialYear(2026)
SUBMITTED = {
    Month(2026, 4): date(2026, 5, 8),
    Month(2026, 5): date(2026, 6, 9),
    Month(2026, 6): date(2026, 7, 9),
    Month(2026, 7): date(2026, 8, 2),
    Month(2026, 8): date(2026, 9, 9),
    Month(2026, 9): date(2026, 10, 13),
    Month(2026, 10): date(2026, 11, 10),
}
"""When the sample's claims were worked out."""


def entitled(database: Database, per_head: str, patients: str, year: FinancialYear = YEAR) -> Sum:
    """A confirmed ARRS sum per head, and all the patients at the first of the PCN's practices."""
    with database.change("Add the year's sum") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        practices = change.reader.all(Practice, network=ours.id)
        if not practices:
            practices = (change.add(Practice(name="Counted Surgery", network=ours.id)),)
        for n, one in enumerate(practices):
            counted = Decimal(patients) if n == 0 else Decimal(0)
            if not change.reader.all(ListSize, practice=one.id, base=ListBase.WEIGHTED, counted_on=COUNTED):
                change.add(
                    ListSize(practice=one.id, base=ListBase.WEIGHTED, counted_on=COUNTED, patients=counted)
                )
        return change.add(
            Sum(
                stream=Stream.ARRS,
                year=year,
                per_head=Decimal(per_head),
                base=ListBase.WEIGHTED,
                counted_on=COUNTED,
                valid_from=year.first,
                source="The specification",
                confidence=RateConfidence.CONFIRMED,
            )
        )


def claimed(database: Database, month: Month, known_on: date, **fields: Any) -> Claim:
    """A submitted claim of the engine's own lines for a month, as it was known on a day."""
    with database.change("Claim") as change:
        held = posts_held.read(change.reader)
        settled = change.reader.all(LocalRule)
        rules = local_rules.in_force(settled, month.last, resources.bank_holidays())
        claim = change.add(Claim(month=month, **fields))
        for post in held.posts:
            for worked in posts_held.work(post, month, known_on, held, rules):
                if isinstance(worked.result, WorkedLine):
                    change.add(_line(claim.id, post, worked.result, worked.rates[0].id))
        return _submitted(change, claim, known_on)


def claimed_as(database: Database, month: Month, amounts: dict[Id, str], rate: Id, **fields: Any) -> Claim:
    """A submitted claim of these amounts."""
    with database.change("Claim") as change:
        claim = change.add(Claim(month=month, **fields))
        for post, pounds in amounts.items():
            amount = Money.pounds(pounds)
            change.add(
                ClaimLine(
                    claim=claim.id,
                    post=post,
                    rate=rate,
                    cost=amount,
                    maximum=amount,
                    pro_rata_maximum=amount,
                    claimed=amount,
                )
            )
        return _submitted(change, claim, fields.get("submitted_on", month.plus(1).first))


def _submitted(change: Any, claim: Claim, on: date) -> Claim:
    made: Claim = change.put(replace(claim, state=ClaimState.SUBMITTED, submitted_on=on, known_on=on))
    return made


def _line(claim: Id, post: Post, line: WorkedLine, rate: Id) -> ClaimLine:
    return ClaimLine(
        claim=claim,
        post=post.id,
        rate=rate,
        cost=line.cost,
        maximum=line.maximum,
        pro_rata_maximum=line.pro_rata_maximum,
        claimed=line.claimed,
    )


def uplifted(database: Database, post: Id, pounds: str, first: Month, last: Month, on: date) -> Uplift:
    """A submitted uplift of one line."""
    with database.change("Uplift") as change:
        uplift = change.add(Uplift(first=first, last=last))
        change.add(UpliftLine(uplift=uplift.id, post=post, was=Money(), ours=Money.pounds(pounds)))
        return change.put(replace(uplift, state=ClaimState.SUBMITTED, submitted_on=on))


def sample_year(database: Database) -> None:
    """The sample's entitlement, its seven claims and its uplift."""
    if not _there(database, Sum):
        entitled(database, "27.668", "56110")
    if not _there(database, Claim):
        for month, known_on in SUBMITTED.items():
            claimed(database, month, known_on)
    if not _there(database, Uplift):
        with database.read() as reader:
            post = reader.all(Post)[0]
        uplifted(database, post.id, "5056.45", Month(2026, 4), Month(2026, 7), date(2026, 10, 2))


def _there(database: Database, kind: type) -> bool:
    with database.read() as reader:
        return bool(reader.all(kind))
