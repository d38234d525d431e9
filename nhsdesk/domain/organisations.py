"""Organisations, practices with their dated list sizes, and the people known by the roles they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    number,
    parent,
    private,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id


class Sector(Choice):
    """What sort of body it is."""

    PRACTICE = "practice"
    PCN = "PCN"
    FEDERATION = "GP federation"
    LMC = "LMC"
    ICB = "ICB"
    COMMUNITY_TRUST = "community trust"
    ACUTE_TRUST = "acute trust"
    MENTAL_HEALTH_TRUST = "mental health trust"
    LOCAL_AUTHORITY = "local authority"
    VCSE = "VCSE"
    SOCIAL_CARE = "social care"
    PRIVATE = "private"
    PATIENT_VOICE = "patient voice"
    PLACE = "place or board"
    NATIONAL = "national body"
    OTHER = "other"


@record(title="Organisation", plural="Organisations", prefix="O")
class Organisation(Record):
    """Any body that asks, promises, pays, employs or sits; it keeps its dates because bodies come and go."""

    name: str = text("Name")
    sector: Sector | None = choice("Sector", Sector, default=None)
    ods_code: str | None = reference("ODS code", default=None)
    legal_form: str | None = text("Legal form", default=None)
    ours: bool = flag("This is our PCN", default=False)
    payee: bool | None = flag("Nominated payee", default=None, help="Whom the ICB pays for this PCN.")
    valid_from: date | None = day("Valid from", default=None, lean=Lean.THIS_YEAR)
    valid_to: date | None = day("Valid to", default=None, lean=Lean.THIS_YEAR)
    successor: Id | None = link("Successor", "Organisation", default=None)


class ContractType(Choice):
    """The contract a practice holds."""

    GMS = "GMS"
    PMS = "PMS"
    APMS = "APMS"


class LondonZone(Choice):
    """Which London weighting a practice's posts take. A London practice never takes a national maximum."""

    NONE = "none"
    OUTER = "outer"
    INNER = "inner"

    @property
    def words(self) -> str:
        """Where it lies: "Outside London", "Inner London"."""
        return "Outside London" if self is LondonZone.NONE else f"{self.value.capitalize()} London"


@record(
    title="Practice",
    plural="Practices",
    prefix="PR",
    columns=("name", "ods_code", "network", "contract_type", "postcode"),
    groups={"The practice": "name", "From and to": "valid_from"},
)
class Practice(Record):
    """A general practice, and the PCN it belongs to."""

    name: str = text("Name")
    ods_code: str | None = reference("ODS code", default=None)
    network: Id | None = link("PCN", "Organisation", default=None)
    contract_type: ContractType | None = choice("Contract type", ContractType, default=None)
    postcode: str | None = reference("Postcode", default=None)
    london_zone: LondonZone | None = choice("London zone", LondonZone, default=None)
    valid_from: date | None = day("Valid from", default=None, lean=Lean.THIS_YEAR)
    valid_to: date | None = day("Valid to", default=None, lean=Lean.THIS_YEAR)


class ListBase(Choice):
    """Which way of counting patients a figure per head is multiplied by."""

    REGISTERED = "registered"
    WEIGHTED = "contractor weighted"
    ADJUSTED = "PCN adjusted"
    CARE_HOME_BEDS = "care home beds"


@record(title="List size", plural="List sizes", prefix="LS")
class ListSize(Record):
    """How many patients a practice had on a day, by one way of counting."""

    practice: Id = parent("Practice", "Practice")
    base: ListBase = choice("Base", ListBase)
    counted_on: date = day("Counted on", lean=Lean.LAST)
    patients: Decimal = number("Patients", places=2)
    source: str | None = text("Source", default=None)


@record(title="Person and role", plural="People and roles", prefix="R")
class Person(Record):
    """Somebody known by the role they hold; the name is optional and stays private."""

    role_title: str = text("Role title")
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    name: str | None = private(
        "Name", default=None, help="Left out of every paper; roles are printed instead."
    )
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    confirmed_on: date | None = day("Confirmed on", default=None, lean=Lean.LAST)
    remarks: str | None = long_text("Remarks", default=None)
