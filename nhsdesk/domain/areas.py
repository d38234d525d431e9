"""Where a practice lies: neighbourhood, place, system and region, with their dates, successors and definitions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    link,
    long_text,
    parent,
    percentage,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id


class Tier(Choice):
    """How large an area is. The tiers are what is most often mixed up, so the word always stands beside the name."""

    NEIGHBOURHOOD = "neighbourhood"
    PLACE = "place"
    SYSTEM = "system"
    REGION = "region"


@record(
    title="Area",
    plural="Areas",
    prefix="N",
    columns=("name", "tier", "code", "within", "population", "valid_from", "valid_to"),
    groups={"The area": "name", "Its definition": "definition", "From and to": "valid_from"},
)
class Area(Record):
    """A neighbourhood, place, system or region. One that was merged keeps its dates and names its successor."""

    name: str = text("Name")
    tier: Tier = choice("Tier", Tier)
    code: str | None = reference("Code", default=None, help="ICBs have codes of 3 or 5 characters.")
    within: Id | None = link("Lies in", "Area", default=None, help="The next larger area.")
    population: int | None = count("Residents", default=None)
    definition: str | None = long_text(
        "Local definition",
        default=None,
        help="What is meant here by this area, in the words of whoever drew it.",
    )
    defined_by: str | None = text("Defined by", default=None)
    defined_on: date | None = day("Defined on", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    valid_from: date | None = day("Valid from", default=None, lean=Lean.THIS_YEAR)
    valid_to: date | None = day("Valid to", default=None, lean=Lean.THIS_YEAR)
    successor: Id | None = link("Successor", "Area", default=None)


@record(
    title="PCN in an area",
    plural="PCNs in areas",
    prefix="NA",
    columns=("network", "within", "valid_from", "valid_to", "source"),
)
class AreaMembership(Record):
    """Which neighbourhood or place a PCN belongs to, from when until when."""

    within: Id = parent("Area", "Area")
    network: Id = link("PCN", "Organisation")
    valid_from: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    valid_to: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    source: str | None = text("Source", default=None)


@record(
    title="Practice in a PCN",
    plural="Practices in PCNs",
    prefix="NM",
    columns=("practice", "network", "valid_from", "valid_to", "source"),
)
class NetworkMembership(Record):
    """Which PCN a practice belonged to, from when until when; without any, the PCN on its own page counts."""

    practice: Id = parent("Practice", "Practice")
    network: Id = link("PCN", "Organisation")
    valid_from: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    valid_to: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    source: str | None = text("Source", default=None)


@record(
    title="Neighbourhood share",
    plural="Neighbourhood shares",
    prefix="NS",
    columns=("practice", "neighbourhood", "share", "counted_on", "source"),
)
class NeighbourhoodShare(Record):
    """How much of a practice's list lives in a neighbourhood, as counted on a day."""

    practice: Id = parent("Practice", "Practice")
    neighbourhood: Id = link("Neighbourhood", "Area")
    share: Decimal = percentage("Share of the list")
    counted_on: date = day("Counted on", lean=Lean.LAST)
    source: str | None = text("Source", default=None)
