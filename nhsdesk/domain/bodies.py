"""Boards and groups: what each may decide, when it is quorate, who has a seat, and where nobody speaks for us."""

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
    parent,
    percentage,
    record,
    several,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month


class BodyKind(Choice):
    """What sort of board or group it is."""

    PLACE_BOARD = "place board"
    ICB_COMMITTEE = "ICB board or committee"
    PCN_BOARD = "PCN board"
    TEAM_GROUP = "INT steering group"
    COLLABORATIVE = "collaborative"
    FEDERATION = "federation board"
    WELLBEING_BOARD = "health and wellbeing board"
    CARE_PARTNERSHIP = "integrated care partnership"
    OTHER = "other"


class GovernanceForm(Choice):
    """How a place partnership is set up (ICS design framework, 2021). The five are not a ladder."""

    FORUM = "consultative forum"
    INDIVIDUAL = "individual with delegated authority"
    COMMITTEE = "committee"
    JOINT_COMMITTEE = "joint committee"
    LEAD_PROVIDER = "lead provider"


class QuorumKind(Choice):
    """How a quorum is counted."""

    NUMBER = "a number"
    SHARE = "a share"


class CountedOf(Choice):
    """Whom a quorum counts."""

    VOTING_SEATS = "voting seats"
    SEATS = "seats"
    PRACTICES = "practices"
    PCNS = "PCNs"
    PARTNERS = "partners"


@record(
    title="Body",
    plural="Bodies",
    prefix="BD",
    columns=("name", "kind", "governance", "may_decide", "limit", "terms_version", "valid_to"),
    groups={
        "The body": "name",
        "What it may decide": "governance",
        "Quorum": "quorum_kind",
        "Papers and minutes": "papers_days",
        "From and to": "valid_from",
    },
)
class Body(Record):
    """A board, committee or group that meets."""

    name: str = text("Name")
    kind: BodyKind | None = choice("Kind", BodyKind, default=None)
    organisation: Id | None = link("Belongs to", "Organisation", default=None)
    place: Id | None = link("Area", "Area", default=None)
    governance: GovernanceForm | None = choice("Set up as", GovernanceForm, default=None)
    may_decide: str | None = long_text("What it may decide", default=None)
    limit: Money | None = money("Up to how much a decision", default=None)
    delegation: str | None = text("Delegation reference", default=None)
    document: Id | None = link("Terms of reference", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    terms_version: str | None = text("Version of its terms", default=None)
    accountable_body: Id | None = link("Accountable body", "Organisation", default=None)
    accountable_for: str | None = text("Accountable for which money", default=None)
    quorum_kind: QuorumKind | None = choice("Counted as", QuorumKind, default=None)
    quorum_number: int | None = count("At least", default=None)
    quorum_share: Decimal | None = percentage("At least this share", default=None)
    quorum_of: CountedOf | None = choice("Of", CountedOf, default=None)
    quorum_base: int | None = count(
        "Out of how many", default=None, help="Where they are not all entered here."
    )
    papers_days: int | None = count("Papers so many clear working days before", default=None)
    minutes_days: int | None = count("Draft minutes within so many working days", default=None)
    minute_prefix: str | None = text("Minutes are numbered", default=None, help="Such as PCNB/26/.")
    rhythm: str | None = text("Meets how often", default=None)
    public: bool | None = flag("Meets in public", default=None)
    valid_from: date | None = day("Valid from", default=None, lean=Lean.THIS_YEAR)
    valid_to: date | None = day("Valid to", default=None, lean=Lean.THIS_YEAR)
    successor: Id | None = link("Successor", "Body", default=None)


class SeatGroup(Choice):
    """Whose voice a seat brings. The first six are the least a place partnership is to have (design framework, p24)."""

    PRIMARY_CARE = "primary care"
    LOCAL_AUTHORITY = "local authority"
    PUBLIC_HEALTH = "director of public health"
    ACUTE = "acute provider"
    COMMUNITY = "community provider"
    MENTAL_HEALTH = "mental health provider"
    PEOPLE = "people who use services"
    ICB = "ICB"
    VOLUNTARY = "voluntary sector"
    SOCIAL_CARE = "social care providers"
    OTHER = "other"


@record(
    title="Quorum need",
    plural="Quorum needs",
    prefix="QN",
    columns=("body", "what", "groups", "at_least"),
)
class QuorumNeed(Record):
    """Somebody who must be there for a body to be quorate, beside the number."""

    body: Id = parent("Body", "Body")
    what: str = text("Who must be there")
    groups: tuple[SeatGroup, ...] = several("Seats that count", SeatGroup, default=())
    role: Id | None = link("Role", "Person", default=None)
    or_role: Id | None = link("Or role", "Person", default=None)
    at_least: int = count("How many", default=1)


class Purpose(Choice):
    """What a body is asked to do with an item."""

    DECISION = "decision"
    DISCUSSION = "discussion"
    ASSURANCE = "assurance"
    INFORMATION = "information"


@record(
    title="Forward plan item",
    plural="Forward plan",
    prefix="FI",
    columns=("body", "month", "title", "purpose", "presenter", "meeting"),
)
class ForwardItem(Record):
    """What a body is to look at in a month; without a month it waits in the backlog."""

    body: Id = parent("Body", "Body")
    title: str = text("Item")
    month: Month | None = month("Month", default=None)
    purpose: Purpose | None = choice("Purpose", Purpose, default=None)
    presenter: Id | None = link("Presenter", "Person", default=None)
    minutes: int | None = count("Minutes", default=None)
    meeting: Id | None = link("Taken to", "Meeting", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


class Mandate(Choice):
    """For whom a member speaks."""

    DELEGATE = "delegate"
    REPRESENTATIVE = "representative"
    PERSPECTIVE = "perspective only"


class Route(Choice):
    """How a member came to the seat."""

    APPOINTED = "appointed"
    ELECTED = "elected"
    NOMINATED = "nominated"
    EX_OFFICIO = "ex officio"


@record(
    title="Seat",
    plural="Seats",
    prefix="ST",
    columns=("body", "seat", "group", "holder", "deputy", "voting", "mandate", "route"),
    groups={"The seat": "body", "Who sits there": "holder", "For whom": "mandate"},
)
class Seat(Record):
    """A seat on a body, held or vacant."""

    body: Id = parent("Body", "Body")
    seat: str = text("Seat")
    group: SeatGroup | None = choice("Voice of", SeatGroup, default=None)
    general_practice: bool | None = flag("Speaks for general practice", default=None)
    holder: Id | None = link("Holder", "Person", default=None)
    deputy: Id | None = link("Deputy", "Person", default=None)
    voting: bool = flag("Votes", default=True)
    organisation: Id | None = link("From", "Organisation", default=None)
    vacant_since: date | None = day("Vacant since", default=None, lean=Lean.LAST)
    mandate: Mandate | None = choice("Mandate", Mandate, default=None)
    route: Route | None = choice("Route", Route, default=None)
    route_words: str | None = text("Route, in words", default=None)
    attended: int | None = count("Attended before", default=None, help="Meetings that are not entered here.")
    attended_of: int | None = count("Of how many", default=None)
    starts: date | None = day("Term from", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("Term to", default=None, lean=Lean.THIS_YEAR)


class InterestKind(Choice):
    """The four kinds of interest NHS England tells apart."""

    FINANCIAL = "financial"
    PROFESSIONAL = "non-financial professional"
    PERSONAL = "non-financial personal"
    INDIRECT = "indirect"


@record(
    title="Interest",
    plural="Interests",
    prefix="IN",
    columns=("holder", "kind", "what", "starts", "ends", "mitigation", "confirmed_on"),
)
class Interest(Record):
    """An interest that somebody has declared, and how it is managed."""

    holder: Id = parent("Whose", "Person")
    kind: InterestKind = choice("Kind", InterestKind)
    what: str = text("Interest")
    starts: date | None = day("From", default=None, lean=Lean.LAST)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    mitigation: str | None = text("How it is managed", default=None)
    declared_on: date | None = day("Declared on", default=None, lean=Lean.LAST)
    confirmed_on: date | None = day("Confirmed on", default=None, lean=Lean.LAST)
