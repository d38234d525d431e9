"""Hubs and the services that each is to bring: what is there, what is planned, and how a patient comes to it."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    money,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Money


class HubType(Choice):
    """What is meant by the word hub, which has been used for different things."""

    SHARED_SITE = "shared site"
    VIRTUAL = "arrangement without a site"
    HEALTH_CENTRE = "neighbourhood health centre"
    SAME_DAY = "same-day access hub"
    HOSPITAL = "hub of a hospital"
    OTHER = "something else"


class HubStatus(Choice):
    """How far a hub has come."""

    IDEA = "longer term idea"
    PLANNED = "planned"
    LIVE = "live"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def tone(self) -> Tone:
        """Live is good; the rest asks for nothing."""
        return Tone.GOOD if self is HubStatus.LIVE else Tone.GREY


class Coverage(Choice):
    """Whether a service, or a way to it, is there."""

    NONE = "none"
    PLANNED = "planned"
    LIVE = "live"
    GAP = "gap"

    @property
    def tone(self) -> Tone:
        """Live is good, planned wants attention, a gap is bad."""
        return {"live": Tone.GOOD, "planned": Tone.WARN, "gap": Tone.BAD}.get(self.value, Tone.GREY)


class CoreService(Choice):
    """The ten services of a hub, as North West London listed them in 2024."""

    GENERAL_PRACTICE = "general practice"
    CARE_NAVIGATION = "care navigation"
    ADULT_SOCIAL_CARE = "adult social care"
    COMMUNITY = "community mental health, nursing, therapies and pharmacy"
    CHILDREN = "children, with ante- and postnatal care"
    SOCIAL_PRESCRIBING = "social prescribing"
    DENTAL_AND_EYES = "dentistry and optometry"
    HOME_CARE = "domiciliary care and health visiting"
    VOLUNTARY = "voluntary, community and social enterprise sector"
    PUBLIC_HEALTH = "public health intelligence"


@record(
    title="Hub",
    plural="Hubs",
    prefix="HB",
    columns=("name", "type", "status", "team", "estate_agreed", "capital_confirmed", "assurance_review"),
    groups={
        "The hub": "name",
        "How a patient comes to it": "digital",
        "Can it be done": "estate_agreed",
        "What was assured": "assurance",
        "For patients": "for_patients",
    },
)
class Hub(Record):
    """A place or arrangement where services are to be found together, and whether it can be done at all."""

    name: str = text("Name")
    type: HubType | None = choice("Type", HubType, default=None)
    status: HubStatus = choice("Status", HubStatus, default=HubStatus.PLANNED)
    team: Id | None = link("Neighbourhood team", "NeighbourhoodTeam", default=None)
    neighbourhood: Id | None = link("Neighbourhood", "Area", default=None)
    opened_on: date | None = day("Open since", default=None, lean=Lean.LAST)
    digital: Coverage | None = choice("Online", Coverage, default=None)
    telephone: Coverage | None = choice("By telephone", Coverage, default=None)
    in_person: Coverage | None = choice("In person", Coverage, default=None)
    estate_agreed: bool | None = flag("Building agreed", default=None)
    estate: str | None = text("Building", default=None)
    parking: str | None = text("Parking", default=None)
    capital_confirmed: bool | None = flag("Capital confirmed", default=None)
    capital: Money | None = money("Capital needed", default=None)
    capital_source: str | None = text("Where the capital comes from", default=None)
    assurance: str | None = text(
        "What was assured",
        default=None,
        help="In the words used, such as “not to replace practices at present”.",
    )
    assurance_document: Id | None = link("Assured where", "SourceDocument", default=None)
    assurance_locator: str | None = text("Page or paragraph", default=None)
    assurance_review: date | None = day("Ask again on", default=None, help="“At present” can lapse.")
    for_patients: str | None = long_text(
        "In patients’ words", default=None, help="What a patient finds here, as one would tell a neighbour."
    )


@record(
    title="Hub service",
    plural="Services of hubs",
    prefix="HS",
    columns=("hub", "service", "status", "lead", "digital", "telephone", "in_person"),
)
class HubService(Record):
    """Whether one of the core services is there at a hub, who leads it, and how a patient comes to it."""

    hub: Id = parent("Hub", "Hub")
    service: CoreService = choice("Service", CoreService)
    status: Coverage = choice("Status", Coverage)
    lead: Id | None = link("Lead", "Organisation", default=None)
    digital: Coverage | None = choice("Online", Coverage, default=None)
    telephone: Coverage | None = choice("By telephone", Coverage, default=None)
    in_person: Coverage | None = choice("In person", Coverage, default=None)
    expected: date | None = day("Expected", default=None)
    for_patients: str | None = text("In patients’ words", default=None)
    checked_on: date | None = day("Checked on", default=None, lean=Lean.LAST)
