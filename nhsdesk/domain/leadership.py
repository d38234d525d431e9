"""Leading a PCN: where the time goes, what hangs on one person, whom we talk to, what we offered and delivered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    flag,
    link,
    long_text,
    money,
    month,
    number,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month


@record(
    title="Leader’s time",
    plural="Leaders’ time",
    prefix="LT",
    columns=("month", "person", "internal", "external"),
)
class LeaderTime(Record):
    """Sessions that a leader spent inside the PCN and outside it in one month."""

    month: Month = month("Month")
    person: Id | None = link("Whose", "Person", default=None)
    internal: Decimal = number("Sessions inside", places=1)
    external: Decimal = number("Sessions outside", places=1)
    remark: str | None = text("Remark", default=None)


@record(
    title="Delegated duty",
    plural="Delegated duties",
    prefix="DG",
    columns=("duty", "held_by", "delegated_to", "since", "deputy"),
)
class Delegation(Record):
    """A duty, who holds it now, and who steps in."""

    duty: str = text("Duty")
    held_by: Id | None = link("Held by", "Person", default=None)
    delegated_to: Id | None = link("Delegated to", "Person", default=None)
    since: date | None = day("Since", default=None, lean=Lean.LAST)
    deputy: Id | None = link("Deputy", "Person", default=None)
    ended_on: date | None = day("Ended on", default=None, lean=Lean.LAST)
    remark: str | None = text("Remark", default=None)


class Stance(Choice):
    """What an organisation says to a joint bid."""

    NOT_ASKED = "not asked"
    OPEN = "open"
    AGREED = "agreed"
    DECLINED = "declined"


@record(
    title="Stakeholder",
    plural="Stakeholders",
    prefix="SW",
    columns=("organisation", "role", "last_contact", "next_step", "next_by", "stance"),
)
class Stakeholder(Record):
    """Somebody to keep in touch with: last contact and next step. People are not scored."""

    organisation: Id | None = link("Organisation", "Organisation", default=None)
    role: Id | None = link("Role", "Person", default=None)
    what_for: str | None = text("What for", default=None)
    last_contact: date | None = day("Last contact", default=None, lean=Lean.LAST)
    next_step: str | None = text("Next step", default=None)
    next_by: date | None = day("By when", default=None)
    stance: Stance | None = choice("To a joint bid", Stance, default=None)


@record(
    title="Offer to lead",
    plural="Offers to lead",
    prefix="OL",
    columns=("what", "forum", "offered_on", "reply", "replied_on"),
)
class OfferToLead(Record):
    """What we offered to lead, where and when, and what came back."""

    what: str = text("What was offered")
    forum: Id | None = link("To", "Body", default=None)
    forum_words: str | None = text("To, in words", default=None)
    offered_on: date | None = day("Offered on", default=None, lean=Lean.LAST)
    reply: str | None = text("Reply", default=None)
    replied_on: date | None = day("Replied on", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


@record(
    title="Delivered",
    plural="What we delivered",
    prefix="DV",
    columns=("outcome", "measure", "period", "measured_on"),
)
class Delivered(Record):
    """Something our PCN has delivered: the outcome, its measure, and when."""

    outcome: str = text("Outcome")
    measure: str | None = text("Measure", default=None)
    baseline: str | None = text("Before", default=None)
    period: str | None = text("Period", default=None)
    measured_on: date | None = day("Measured on", default=None, lean=Lean.LAST)
    evidence: Id | None = link("Evidence", "Evidence", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


@record(
    title="Resource claim",
    plural="Resource claims",
    prefix="RX",
    columns=("what", "sessions", "rate", "invoiced", "paid", "document"),
)
class ResourceClaim(Record):
    """Our people's work for a place: how much, at what rate, invoiced and paid, and where it says that it is paid."""

    what: str = text("Work")
    claimed_from: Id | None = link("Claimed from", "Organisation", default=None)
    sessions: Decimal | None = number("Sessions", places=1, default=None)
    hours: Decimal | None = number("Hours", places=2, default=None)
    rate: Money | None = money("Rate for each", default=None)
    invoiced: Money | None = money("Invoiced", default=None)
    invoiced_on: date | None = day("Invoiced on", default=None, lean=Lean.LAST)
    paid: Money | None = money("Paid", default=None)
    paid_on: date | None = day("Paid on", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    basis_checked_on: date | None = day("Still in force, looked on", default=None, lean=Lean.LAST)


class CollaborativeKind(Choice):
    """Who works together in it."""

    PRIMARY_CARE = "primary care collaborative"
    PROVIDER = "provider collaborative"


class PaidHow(Choice):
    """How a collaborative gets its money."""

    ICB = "by the ICB directly"
    LEAD_PROVIDER = "through a lead provider"
    NONE = "not paid"


@record(
    title="Collaborative",
    plural="Collaboratives",
    prefix="CB",
    columns=("name", "kind", "body", "terms_version", "mandate", "paid"),
    groups={"The collaborative": "name", "How mature it is": "vision"},
)
class Collaborative(Record):
    """PCNs, federation and LMC with one voice, or providers that plan together."""

    name: str = text("Name")
    kind: CollaborativeKind | None = choice("Kind", CollaborativeKind, default=None)
    body: Id | None = link("Meets as", "Body", default=None)
    terms_version: str | None = text("Version of its terms", default=None)
    mandate: str | None = text("Mandate", default=None)
    host: Id | None = link("Host", "Organisation", default=None)
    rhythm: str | None = text("Meets how often", default=None)
    paid: PaidHow | None = choice("Paid", PaidHow, default=None)
    document: Id | None = link("Terms of reference", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    vision: int | None = count("Shared vision and leadership, 0 to 3", default=None)
    operating_model: int | None = count("Target operating model, 0 to 3", default=None)
    estates: int | None = count("Estates, 0 to 3", default=None)
    information: int | None = count("Technology and information, 0 to 3", default=None)
    workforce: int | None = count("Workforce, 0 to 3", default=None)
    scored_on: date | None = day("Scored on", default=None, lean=Lean.LAST)


@record(
    title="Collaborative member",
    plural="Members of collaboratives",
    prefix="CV",
    columns=("collaborative", "organisation", "starts", "ends"),
)
class CollaborativeMember(Record):
    """A member of a collaborative, from when until when."""

    collaborative: Id = parent("Collaborative", "Collaborative")
    organisation: Id = link("Organisation", "Organisation")
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)


@record(
    title="Lead assignment",
    plural="Who leads what",
    prefix="LD",
    columns=("what", "leader", "on_behalf_of", "starts", "ends"),
)
class LeadAssignment(Record):
    """Which PCN or organisation leads something for others."""

    what: str = text("What")
    leader: Id = link("Led by", "Organisation")
    role: Id | None = link("Role", "Person", default=None)
    on_behalf_of: str | None = text("On behalf of", default=None)
    agreed_where: str | None = text("Agreed where", default=None)
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    remarks: str | None = long_text("Remarks", default=None)
