"""Additional roles: the post, who holds it, their hours and dated pay, and what else pays for it.

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
    count,
    day,
    flag,
    hours,
    link,
    long_text,
    money,
    parent,
    percentage,
    private,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Hours, Money


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

    @property
    def with_article(self) -> str:
        """The title in the midst of a sentence: a podiatrist, an occupational therapist, a GP (ARRS)."""
        title = " ".join(word if word.isupper() else word.lower() for word in self.words.split())
        return f"an {title}" if title[0] in "aeiou" else f"a {title}"


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


class Certainty(Choice):
    """How sure a start is: the ICB is told of confirmed ones apart."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"


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
        "Recruitment": "stage",
        "Hours and place": "contracted",
        "From and to": "starts",
        "What the scheme asks": "band",
        "Neighbourhood work": "neighbourhood_planned",
        "Work outside our practices": "outside",
        "If the money ends": "fixed_term",
        "Workforce return": "on_nwrs",
    },
)
class Post(Record):
    """One post that the PCN may claim for, filled or not."""

    role: Role = choice("Role", Role)
    portal_label: str | None = text("Portal label", default=None, help="As the claims portal names the post.")
    scheme: Scheme | None = choice("Scheme", Scheme, default=Scheme.ARRS)
    stage: Stage | None = choice("Recruitment stage", Stage, default=None)
    advertised: date | None = day("Advertised on", default=None, lean=Lean.LAST)
    offered: date | None = day("Offer made on", default=None, lean=Lean.LAST)
    planned_start: date | None = day("Planned start", default=None)
    certainty: Certainty | None = choice("How sure the start is", Certainty, default=None)
    planned_salary: Money | None = money(
        "Planned salary a month", default=None, help="For the forecast, until somebody is in post and paid."
    )
    contracted: Hours | None = hours(
        "Contracted hours a week",
        default=None,
        help="37.5 hours is 1.0 WTE. For a GP, sessions can be typed: 6 sessions is 25 hours.",
    )
    base: Id | None = link("Practice base", "Practice", default=None)
    employer: Id | None = link("Employer", "Organisation", default=None)
    engaged_how: str | None = text("How engaged", default=None)
    starts: date | None = day("Start date", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day(
        "End date",
        default=None,
        lean=Lean.THIS_YEAR,
        help="The last day worked: nothing is claimed after it.",
    )
    band: str | None = text("Band", default=None)
    additionality: str | None = text(
        "Additionality evidence", default=None, help="Why this post is more than there was before."
    )
    training: str | None = text("Training requirement", default=None)
    training_met: bool | None = flag("Training requirement met", default=None)
    training_reason: str | None = text("If not met, why", default=None, help="The portal asks for it.")
    reimbursed: Decimal | None = percentage(
        "Share reimbursed",
        default=None,
        help="50 for a mental health practitioner shared with their provider.",
    )
    full_share_agreed: str | None = text(
        "Written agreement for 100%", default=None, help="A second mental health practitioner needs one."
    )
    neighbourhood_planned: Decimal | None = percentage("Neighbourhood work planned", default=None)
    neighbourhood_actual: Decimal | None = percentage("Neighbourhood work actual", default=None)
    neighbourhood_approved: str | None = text("Approved by", default=None)
    neighbourhood_approved_on: date | None = day("Approved on", default=None, lean=Lean.LAST)
    outside: bool | None = flag("Works outside our practices", default=None)
    outside_approval: str | None = text("Approval for it", default=None)
    outside_supervision: str | None = text("Supervision for it", default=None)
    outside_indemnity: str | None = text("Indemnity for it", default=None)
    fixed_term: bool | None = flag("Fixed term", default=None)
    notice_weeks: int | None = count("Notice in weeks", default=None)
    redundancy: Money | None = money(
        "Redundancy estimate", default=None, help="From the employer: this program does not work it out."
    )
    tupe: bool | None = flag("TUPE may apply", default=None)
    on_nwrs: bool | None = flag("On NWRS", default=None)
    nwrs_ref: str | None = reference("NWRS identifier", default=None)
    nwrs_checked: date | None = day("NWRS checked on", default=None, lean=Lean.LAST)

    def title_words(self) -> str:
        """The portal label, or the role."""
        return self.portal_label or self.role.words


@record(title="Holder", plural="Holders", prefix="H")
class Holder(Record):
    """Somebody who holds posts. Their name is for this desk only."""

    name: str | None = private("Name", default=None)
    payroll_ref: str | None = private("Payroll reference", default=None)
    on_practice_scheme: bool | None = flag(
        "Also on the practices' own GP scheme",
        default=None,
        help="A GP's hours cannot be claimed here and by a practice on CQRS Local.",
    )
    remarks: str | None = long_text("Remarks", default=None)


@record(
    title="Assignment",
    plural="Assignments",
    prefix="AS",
    columns=("starts", "hours", "ends", "holder", "covers"),
)
class Assignment(Record):
    """Who held a post, for how many hours a week, from when to when."""

    post: Id = parent("Post", "Post")
    holder: Id | None = link("Holder", "Holder", default=None)
    hours: Hours = hours("Hours a week")
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    employer: Id | None = link(
        "Employer, if not the post's",
        "Organisation",
        default=None,
        help="Where one post is shared by two employers.",
    )
    covers: Id | None = link(
        "Covers for", "Assignment", default=None, help="Whose hours these stand in for; no reason is kept."
    )


class PayLevel(Choice):
    """How much of the pay is paid. No reason is asked for, and none is kept."""

    FULL = "full pay"
    REDUCED = "reduced pay"
    NONE = "no pay"


class PensionScheme(Choice):
    """Whose rate the employer pays. The NHS rate is dated with the other on-costs; any other is typed."""

    NHS = "NHS Pension Scheme"
    OTHER = "another scheme"
    NONE = "none"


class NiLetter(Choice):
    """The national insurance category, as far as it changes what the employer pays."""

    USUAL = "A"
    UNDER_21 = "M"
    APPRENTICE = "H"
    VETERAN = "V"

    @property
    def words(self) -> str:
        """The letter and whom it is for."""
        return {"A": "A, usual", "M": "M, under 21", "H": "H, apprentice under 25", "V": "V, veteran"}[
            self.value
        ]

    @property
    def upper_threshold(self) -> bool:
        """Whether the employer pays nothing up to the upper secondary threshold."""
        return self is not NiLetter.USUAL


@record(
    title="Pay",
    plural="Pay",
    prefix="PY",
    columns=("starts", "salary", "ends", "employer_ni", "employer_pension"),
    groups={"Pay": "post", "On-costs": "employer_ni", "Whose": "holder"},
)
class Pay(Record):
    """What a post's holder is paid a month, from a day on. Empty on-costs are worked out from the dated rules."""

    post: Id = parent("Post", "Post")
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    salary: Money = money("Salary a month")
    level: PayLevel | None = choice("Full, reduced or no pay", PayLevel, default=None)
    employer_ni: Money | None = money("Employer NI a month", default=None)
    employer_pension: Money | None = money("Employer pension a month", default=None)
    fees: Money | None = money(
        "Fees a month", default=None, help="What a supplier is paid on top of the salary."
    )
    agency: Money | None = money("Agency charge a month", default=None)
    vat: Money | None = money("VAT that cannot be recovered a month", default=None)
    pension_scheme: PensionScheme | None = choice("Pension scheme", PensionScheme, default=None)
    pension_rate: Decimal | None = percentage(
        "Employer pension rate", default=None, help="For another scheme."
    )
    ni_letter: NiLetter | None = choice("NI category", NiLetter, default=None)
    holder: Id | None = link(
        "Holder", "Holder", default=None, help="Needed only where two people share the post at the same time."
    )
    employer: Id | None = link(
        "Employer, if not the post's",
        "Organisation",
        default=None,
        help="Where one post is shared by two employers.",
    )
    source: str | None = text("Source", default=None)


@record(
    title="Back-pay",
    plural="Back-pay",
    prefix="BP",
    columns=("starts", "ends", "salary", "paid_on"),
)
class BackPay(Record):
    """What a month's pay comes to after a rise paid late. An uplift is claimed only once this was paid."""

    post: Id = parent("Post", "Post")
    holder: Id | None = link("Holder", "Holder", default=None)
    employer: Id | None = link("Employer, if not the post's", "Organisation", default=None)
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date = day("To", lean=Lean.THIS_YEAR)
    salary: Money = money("Salary a month with back-pay")
    employer_ni: Money | None = money("Employer NI a month with back-pay", default=None)
    employer_pension: Money | None = money("Employer pension a month with back-pay", default=None)
    fees: Money | None = money("Fees a month", default=None)
    paid_on: date | None = day("Paid to the person on", default=None, lean=Lean.LAST)
    evidence: str | None = text("Evidence", default=None)


class Funder(Choice):
    """Other money that may pay for a post. Together with the ARRS it may not come to more than the cost."""

    INTEGRATOR = "integrator fund"
    ENHANCED_SERVICE = "local enhanced service"
    GRANT = "grant"
    PRACTICE_SCHEME = "practices' own GP scheme"
    OTHER = "other"


@record(
    title="Other funding",
    plural="Other funding",
    prefix="OF",
    columns=("funder", "share", "starts", "ends"),
)
class OtherFunding(Record):
    """Money besides the ARRS that pays for part of a post."""

    post: Id = parent("Post", "Post")
    funder: Funder = choice("Where from", Funder)
    share: Decimal = percentage("Share of the cost")
    starts: date = day("From", lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None, lean=Lean.THIS_YEAR)
    agreed: str | None = text("Agreed with", default=None)


@record(
    title="Evidence",
    plural="Evidence",
    prefix="EP",
    columns=("what", "seen_on", "expires", "lies_at"),
)
class PostEvidence(Record):
    """A paper the ICB may ask for, and where it lies. The paper itself stays in the personnel file."""

    post: Id = parent("Post", "Post")
    what: str = text("What", help="As the local rule lists it: contract, payslip, registration.")
    seen_on: date | None = day("Seen on", default=None, lean=Lean.LAST)
    expires: date | None = day("Expires", default=None)
    lies_at: str | None = text("Where it lies", default=None)
