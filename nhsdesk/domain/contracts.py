"""Contracts, local variations with each practice's decision, and agreements with their signatures."""

from __future__ import annotations

from datetime import date

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
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money


class ContractKind(Choice):
    """The forms of contract that reach general practice."""

    GMS = "GMS"
    PMS = "PMS"
    APMS = "APMS"
    DES = "Network Contract DES"
    LES = "local enhanced service"
    LVA = "local variation agreement"
    SNP = "single neighbourhood provider"
    MNP = "multi-neighbourhood provider"
    IHO = "integrated health organisation"


class CoreInScope(Choice):
    """Whether a contract takes in core general practice; silence is an answer of its own."""

    YES = "yes"
    NO = "no"
    SILENT = "silent"


class ContractStatus(Choice):
    """How far it has come."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    SIGNED = "signed"
    ENDED = "ended"
    UNKNOWN = "not known"


@record(
    title="Contract",
    plural="Contracts",
    prefix="K",
    columns=("kind", "title", "holder", "core_in_scope", "status", "ends"),
)
class Contract(Record):
    """A contract that is held, offered or talked of."""

    kind: ContractKind = choice("Kind", ContractKind)
    title: str | None = text("Title", default=None)
    holder: Id | None = link("Holder", "Organisation", default=None)
    manager: Id | None = link("Managed by", "Organisation", default=None)
    manager_since: date | None = day("Managed by them since", default=None, lean=Lean.LAST)
    layered_on: Id | None = link("Lies on top of", "Contract", default=None)
    layered_words: str | None = text("What is said of that", default=None)
    core_in_scope: CoreInScope | None = choice("Takes in core general practice", CoreInScope, default=None)
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    ends: date | None = day("To", default=None)
    status: ContractStatus | None = choice("Status", ContractStatus, default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    watched_because: str | None = text("Watched because", default=None)

    def title_words(self) -> str:
        """Its title, or its kind."""
        return self.title or self.kind.words


@record(
    title="Local variation",
    plural="Local variations",
    prefix="LV",
    columns=("title", "clauses", "baseline", "offered", "decide_by"),
)
class LocalVariation(Record):
    """An offer to vary the network contract locally. It must come to more than the national baseline."""

    title: str = text("Title")
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    clauses: str | None = text(
        "Clauses varied", default=None, help="Only sections 7, 8 and 10.1 to 10.5 may be."
    )
    baseline: Money | None = money("National entitlement", default=None)
    offered: Money | None = money("Offered in all", default=None)
    decide_by: date | None = day("Decide by", default=None)
    private_until: date | None = day("Private until", default=None)


@record(
    title="Baseline stream",
    plural="Baseline streams",
    prefix="BL",
    columns=("stream", "working", "amount"),
)
class BaselineStream(Record):
    """One part of the national baseline that an offer is compared with, with its working."""

    variation: Id = parent("Local variation", "LocalVariation")
    stream: str = text("Stream")
    working: str | None = text("Working", default=None)
    amount: Money = money("Amount")


class Decided(Choice):
    """What a practice's partners decided."""

    UNDECIDED = "undecided"
    LEANING = "leaning to agree"
    AGREED = "agreed"
    DECLINED = "declined"


@record(
    title="Sign-up decision",
    plural="Sign-up decisions",
    prefix="SD",
    columns=("practice", "decided", "indicated_on", "signed_on"),
    groups={"Whose decision": "variation", "What it rests on": "facts", "The decision": "decided"},
)
class SignUpDecision(Record):
    """One practice's decision on an offer: a decision of its partners, with what it rests on."""

    variation: Id = parent("Local variation", "LocalVariation")
    practice: Id = link("Practice", "Practice")
    facts: str | None = long_text("Facts", default=None)
    reasons_for: str | None = long_text("For", default=None)
    reasons_against: str | None = long_text("Against", default=None)
    baseline: Money | None = money("National baseline of this practice", default=None)
    offered: Money | None = money("Offered to this practice", default=None)
    decided: Decided = choice("Decided", Decided, default=Decided.UNDECIDED)
    indicated_on: date | None = day("Indicated on", default=None, lean=Lean.LAST)
    signatory_role: str | None = text("Signed by, as a role", default=None)
    signed_on: date | None = day("Consent signed on", default=None, lean=Lean.LAST)


@record(
    title="Sign-up risk",
    plural="Sign-up risks",
    prefix="SI",
    columns=("what", "likelihood", "consequence"),
)
class SignUpRisk(Record):
    """A risk of deciding one way or the other, scored 1 to 5 twice."""

    decision: Id = parent("Sign-up decision", "SignUpDecision")
    what: str = text("What may happen")
    likelihood: int | None = count("Likelihood, 1 to 5", default=None)
    consequence: int | None = count("Consequence, 1 to 5", default=None)


class AgreementKind(Choice):
    """What sort of agreement it is."""

    NETWORK = "Network Agreement"
    DATA_SHARING = "data sharing"
    MOU = "memorandum of understanding"
    HOSTING = "hosting"
    SECONDMENT = "secondment"
    SUBCONTRACT = "sub-contract"
    OTHER = "other"


@record(
    title="Agreement",
    plural="Agreements",
    prefix="AG",
    columns=("title", "kind", "edition", "starts", "expires", "review_on"),
)
class Agreement(Record):
    """Something that parties sign. Until all have, it binds those who did."""

    title: str = text("Title")
    kind: AgreementKind | None = choice("Kind", AgreementKind, default=None)
    edition: str | None = text("Version", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    dpia: str | None = text("Data protection impact assessment", default=None)
    starts: date | None = day("From", default=None, lean=Lean.THIS_YEAR)
    expires: date | None = day("Expires", default=None)
    review_on: date | None = day("Review on", default=None)
    needed_for: str | None = text("What needs it", default=None)


@record(
    title="Signature",
    plural="Signatures",
    prefix="SG",
    columns=("practice", "organisation", "ours", "role", "signed_on"),
)
class Signature(Record):
    """One party to an agreement, and when it signed, by which role."""

    agreement: Id = parent("Agreement", "Agreement")
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    practice: Id | None = link("Practice", "Practice", default=None)
    ours: bool | None = flag("This is our PCN", default=None)
    role: str | None = text("Signed by, as a role", default=None)
    signed_on: date | None = day("Signed on", default=None, lean=Lean.LAST)
