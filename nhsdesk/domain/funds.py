"""Funds held for a partnership: whose money, under which principles, ratified by whom, spent on what."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    financial_year,
    flag,
    link,
    money,
    parent,
    percentage,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Sector
from nhsdesk.domain.periods import FinancialYear


class AtYearEnd(Choice):
    """What becomes of money that is left."""

    LAPSES = "lapses"
    CARRIES = "carries forward"


@record(
    title="Fund",
    plural="Funds",
    prefix="F",
    columns=("name", "year", "value", "holder", "held_for", "beneficiary"),
    groups={
        "The fund": "name",
        "Whose money it is": "holder",
        "What becomes of what is left": "at_year_end",
    },
)
class Fund(Record):
    """Money for a partnership. Who holds it, on whose behalf, and who is to benefit are three questions."""

    name: str = text("Name")
    value: Money | None = money("Value", default=None)
    purpose: str | None = text("Purpose", default=None)
    year: FinancialYear | None = financial_year("Financial year", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    holder: Id | None = link("Holder", "Organisation", default=None, help="Leave empty while it is unknown.")
    held_for: Id | None = link("Held on behalf of", "Integrator", default=None)
    beneficiary: str | None = text("Beneficiary", default=None)
    accountable_body: Id | None = link("Accountable body", "Organisation", default=None)
    at_year_end: AtYearEnd | None = choice("What is left", AtYearEnd, default=None)
    ends: date | None = day("To be spent by", default=None)
    agreed_where: str | None = text("Agreed where", default=None)


@record(
    title="Fund partner",
    plural="Partners of funds",
    prefix="FP",
    columns=("fund", "organisation", "starts", "ends"),
)
class FundPartner(Record):
    """A partner whose ratification the principles of a fund need."""

    fund: Id = parent("Fund", "Fund")
    organisation: Id = link("Organisation", "Organisation")
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)


class PrincipleTest(Choice):
    """A principle that can be checked against the entries."""

    CONSULTANCY_AT_MOST = "consultancy takes at most this share"
    PRINCIPLE_AT_LEAST = "at least this share is spent under it"
    SECTOR_AT_LEAST = "a sector gets at least this share"


@record(
    title="Spend principle",
    plural="Spend principles",
    prefix="FN",
    columns=("fund", "words", "test", "share"),
)
class SpendPrinciple(Record):
    """A rule of a fund that its partners ratify, one by one."""

    fund: Id = parent("Fund", "Fund")
    words: str = text("Principle")
    test: PrincipleTest | None = choice("Checked as", PrincipleTest, default=None)
    share: Decimal | None = percentage("Share", default=None)
    sector: Sector | None = choice("Sector", Sector, default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


class Answered(Choice):
    """What a partner said to a principle."""

    RATIFIED = "ratified"
    REFUSED = "refused"

    @property
    def tone(self) -> Tone:
        """Ratified is good, refused is bad."""
        return Tone.GOOD if self is Answered.RATIFIED else Tone.BAD


@record(
    title="Ratification",
    plural="Ratifications",
    prefix="FR",
    columns=("principle", "partner", "answer", "answered_on", "document"),
)
class Ratification(Record):
    """What one partner said to one principle, and when."""

    principle: Id = parent("Principle", "SpendPrinciple")
    partner: Id = link("Partner", "Organisation")
    answer: Answered = choice("Answer", Answered, default=Answered.RATIFIED)
    answered_on: date | None = day("On", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


@record(
    title="Fund entry",
    plural="Fund entries",
    prefix="FE",
    columns=("fund", "what", "planned", "sector", "consultancy", "principle", "supplier"),
    groups={"What the money is for": "fund", "Who gets it": "sector", "Which rule allows it": "principle"},
)
class FundEntry(Record):
    """One line of a fund: what it is for, who gets it, under which principle."""

    fund: Id = parent("Fund", "Fund")
    what: str = text("What for")
    planned: Money | None = money("Planned", default=None)
    sector: Sector | None = choice("Sector", Sector, default=None)
    shared: bool = flag("Shared between sectors", default=False)
    consultancy: bool | None = flag("Consultancy", default=None)
    supplier: str | None = text("Supplier", default=None)
    principle: Id | None = link("Principle", "SpendPrinciple", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


class MovementKind(Choice):
    """What happened to the money of an entry."""

    COMMITTED = "committed"
    RELEASED = "commitment released"
    SPENT = "spent"
    REFUNDED = "refunded"


@record(
    title="Fund movement",
    plural="Fund movements",
    prefix="FM",
    columns=("entry", "kind", "amount", "on", "their_reference"),
)
class FundMovement(Record):
    """Money of an entry committed or spent on a day."""

    entry: Id = parent("Fund entry", "FundEntry")
    kind: MovementKind = choice("What happened", MovementKind)
    amount: Money = money("Amount")
    on: date = day("On", lean=Lean.LAST)
    their_reference: str | None = reference("Reference", default=None)
    remark: str | None = text("Remark", default=None)


@record(
    title="Post paid from a fund",
    plural="Posts paid from funds",
    prefix="FX",
    columns=("entry", "post", "share", "starts", "ends"),
)
class FundedPost(Record):
    """A post that an entry of a fund pays for. What ARRS already pays cannot be paid for again."""

    entry: Id = parent("Fund entry", "FundEntry")
    post: Id = link("Post", "Post")
    share: Decimal | None = percentage("Share of its cost", default=None)
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
