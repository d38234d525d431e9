"""Additional roles: the post, who holds it, their hours and dated pay, and the claim for a month.

A post is not its holder, the holder is not the assignment, the assignment is not the pay. Names stay private: papers
use the post's reference and portal label.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    hours,
    link,
    long_text,
    money,
    month,
    parent,
    percentage,
    private,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month, day_words


class Role(Choice):
    """Roles of the scheme. Titles drift between years; the code kept in the file does not."""

    ADVANCED_PRACTITIONER = "ADV_PRAC"
    CARE_COORDINATOR = "CARE_COORD"
    CLINICAL_PHARMACIST = "CLIN_PHARM"
    CONSULTANT_NURSE = "CONS_NURSE"
    DIETITIAN = "DIET"
    DIGITAL_LEAD = "DTL"
    ENHANCED_NURSE = "ENH_NURSE"
    FIRST_CONTACT_PHYSIO = "FCP"
    GP = "GP"
    GP_ASSISTANT = "GPA"
    EXPERIENCED_NURSE = "GPN_EXP"
    NEW_NURSE = "GPN_NEW"
    HEALTHCARE_SUPPORT_WORKER = "HCSW"
    HEALTH_COACH = "HWBC"
    MENTAL_HEALTH_ADULT = "MHP_ADULT"
    MENTAL_HEALTH_CYP = "MHP_CYP"
    NURSING_ASSOCIATE = "NA"
    OCCUPATIONAL_THERAPIST = "OT"
    OTHER = "OTHER"
    PARAMEDIC = "PARA"
    PHYSICIAN_ASSOCIATE = "PA"
    PHARMACY_TECHNICIAN = "PHARM_TECH"
    PODIATRIST = "POD"
    LINK_WORKER = "SPLW"
    STUDENT_NURSING_ASSOCIATE = "TNA"

    @property
    def words(self) -> str:
        """The title of the role."""
        return _TITLES[self.value]


_TITLES = {
    "ADV_PRAC": "Advanced practitioner",
    "CARE_COORD": "Care coordinator",
    "CLIN_PHARM": "Clinical pharmacist",
    "CONS_NURSE": "Consultant nurse primary care",
    "DIET": "Dietitian",
    "DTL": "Digital and transformation lead",
    "ENH_NURSE": "Enhanced practice nurse",
    "FCP": "First contact physiotherapist",
    "GP": "GP (ARRS)",
    "GPA": "General practice assistant",
    "GPN_EXP": "Experienced general practice nurse",
    "GPN_NEW": "New to general practice nurse",
    "HCSW": "Healthcare support worker",
    "HWBC": "Health and wellbeing coach",
    "MHP_ADULT": "Adult mental health practitioner",
    "MHP_CYP": "Children and young people mental health practitioner",
    "NA": "Nursing associate",
    "OT": "Occupational therapist",
    "OTHER": "Other role agreed with the ICB",
    "PARA": "Paramedic",
    "PA": "Physician associate",
    "PHARM_TECH": "Pharmacy technician",
    "POD": "Podiatrist",
    "SPLW": "Social prescribing link worker",
    "TNA": "Student nursing associate",
}


class Stage(Choice):
    """How far recruitment has come."""

    PLANNED = "planned"
    ADVERTISED = "advertised"
    OFFER_MADE = "offer made"
    FILLED = "filled"
    VACANT = "vacant"
    ENDED = "ended"

    @property
    def tone(self) -> Tone:
        """Filled is good, vacant wants attention; the rest asks for nothing."""
        return {"filled": Tone.GOOD, "vacant": Tone.WARN}.get(self.value, Tone.GREY)


class Scheme(Choice):
    """Which money pays for it."""

    ARRS = "ARRS"
    GPWER = "GP with extended role"
    OTHER = "other"


@record(
    title="ARRS post",
    plural="ARRS posts",
    prefix="P",
    columns=("portal_label", "role", "stage", "contracted", "base", "starts", "ends"),
    groups={
        "The post": "role",
        "Hours and place": "contracted",
        "From and to": "starts",
        "What the scheme asks": "band",
        "Neighbourhood work": "neighbourhood_planned",
        "Workforce return": "on_nwrs",
    },
)
class Post(Record):
    """One post that the PCN may claim for, filled or not."""

    role: Role = choice("Role", Role)
    portal_label: str | None = text("Portal label", default=None, help="As the claims portal names the post.")
    scheme: Scheme | None = choice("Scheme", Scheme, default=Scheme.ARRS)
    stage: Stage | None = choice("Recruitment stage", Stage, default=None)
    contracted: Hours | None = hours(
        "Contracted hours a week", default=None, help="37.5 hours is 1.0 WTE; a GP is 9 sessions."
    )
    base: Id | None = link("Practice base", "Practice", default=None)
    employer: Id | None = link("Employer", "Organisation", default=None)
    engaged_how: str | None = text("How engaged", default=None)
    starts: date | None = day("Start date", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("End date", default=None, lean=Lean.THIS_YEAR)
    band: str | None = text("Band", default=None)
    additionality: str | None = text("Additionality evidence", default=None)
    training: str | None = text("Training requirement", default=None)
    reimbursed: Decimal | None = percentage("Share reimbursed", default=None)
    neighbourhood_planned: Decimal | None = percentage("Neighbourhood work planned", default=None)
    neighbourhood_actual: Decimal | None = percentage("Neighbourhood work actual", default=None)
    on_nwrs: bool | None = flag("On NWRS", default=None)
    nwrs_checked: date | None = day("NWRS checked on", default=None, lean=Lean.LAST)

    def title_words(self) -> str:
        """The portal label, or the role."""
        return self.portal_label or self.role.words


@record(title="Holder", plural="Holders", prefix="H")
class Holder(Record):
    """Somebody who holds posts. Their name is for this desk only."""

    name: str | None = private("Name", default=None)
    payroll_ref: str | None = private("Payroll reference", default=None)
    remarks: str | None = long_text("Remarks", default=None)


@record(title="Assignment", plural="Assignments", prefix="AS", columns=("starts", "hours", "ends", "holder"))
class Assignment(Record):
    """Who held a post, for how many hours a week, from when to when."""

    post: Id = parent("Post", "Post")
    holder: Id | None = link("Holder", "Holder", default=None)
    hours: Hours = hours("Hours a week")
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)


@record(
    title="Pay",
    plural="Pay",
    prefix="PY",
    columns=("starts", "salary", "ends", "employer_ni", "employer_pension"),
)
class Pay(Record):
    """What a post's holder is paid a month, from a day on. Empty on-costs are worked out from the dated rules."""

    post: Id = parent("Post", "Post")
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    salary: Money = money("Salary a month")
    employer_ni: Money | None = money("Employer NI a month", default=None)
    employer_pension: Money | None = money("Employer pension a month", default=None)
    fees: Money | None = money("Fees a month", default=None)
    source: str | None = text("Source", default=None)


class ClaimState(Choice):
    """How far a claim has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


@record(title="Claim", plural="Claims", prefix="CL")
class Claim(Record):
    """The claim for one month. Once marked as submitted it may not change; a later claim supersedes it."""

    month: Month = month("Month")
    state: ClaimState = choice("State", ClaimState, default=ClaimState.DRAFT)
    submitted_on: date | None = day("Submitted on", default=None, lean=Lean.LAST)
    supersedes: Id | None = link("Supersedes", "Claim", default=None)

    def sealed(self) -> str | None:
        """A submitted claim stays as it was sent."""
        if self.state is ClaimState.DRAFT:
            return None
        when = f" on {day_words(self.submitted_on)}" if self.submitted_on else ""
        return f"The claim for {self.month.words} was marked as submitted{when}. Make a claim that supersedes it."

    def title_words(self) -> str:
        """The month claimed for."""
        return f"Claim for {self.month.words}"


@record(title="Claim line", plural="Claim lines", prefix="CN")
class ClaimLine(Record):
    """One post in a month's claim: five numbers kept apart, and the rate they were worked out with."""

    claim: Id = parent("Claim", "Claim")
    post: Id = link("Post", "Post")
    rate: Id = link("Rate used", "Rate")
    wte: Decimal | None = percentage("WTE", places=4, default=None)
    cost: Money = money("Cost")
    maximum: Money = money("Maximum")
    pro_rata_maximum: Money = money("Pro rata maximum")
    claimed: Money = money("Claimed")
    paid: Money | None = money("Paid", default=None)
    working: str | None = long_text("Working", default=None)
    source_ref: str | None = reference("Source", default=None)
