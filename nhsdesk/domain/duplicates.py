"""What a copy of an entry takes over, said once for every kind: all but what belongs to the one entry only.

    copy = duplicates.copy_of(commitment)       not yet in a file: no reference, nothing met, nothing checked

Left behind are what was done (days done, sent, met, answered), who signed, agreed or checked, and what came of it.
Files, codes that others gave and marks are left behind of every kind. `restricted` is never left: a copy is shown to
no more readers than what it was copied from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, TypeVar

from nhsdesk.domain import kinds
from nhsdesk.domain.actions import Action
from nhsdesk.domain.areas import Area
from nhsdesk.domain.arrs import Holder, Post, Stage
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine, ReplyLine
from nhsdesk.domain.bodies import Body, ForwardItem, Interest, QuorumNeed, Seat
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.consultations import Consultation, DecisionWindow, InformationRequest, Response
from nhsdesk.domain.contracts import Agreement, BaselineStream, Contract, LocalVariation, SignUpDecision
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.duties import RecurringDuty
from nhsdesk.domain.employers import ColumnMapping, EmployerPayment, EmployerStatement
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.filings import Filing, ReturnToMake
from nhsdesk.domain.footprints import FootprintAppraisal, FootprintOption
from nhsdesk.domain.funds import Fund, FundEntry, FundPartner, SpendPrinciple
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.hubs import Hub, HubService
from nhsdesk.domain.integrators import FunctionTransfer, Integrator, IntegratorFunction
from nhsdesk.domain.leadership import (
    Collaborative,
    Delegation,
    Delivered,
    LeadAssignment,
    LeaderTime,
    OfferToLead,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting, MeetingSeries, SeriesItem
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.plans import Gate, Milestone, Plan, TeamLink
from nhsdesk.domain.policy import Bulletin, DataRequest, PolicyPosition, ReportingBurden
from nhsdesk.domain.questions import Question
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.rounds import Round
from nhsdesk.domain.scenarios import Scenario, ScenarioPost
from nhsdesk.domain.service_levels import ClosedDay, ServiceLevel
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.statements import PortalStatement
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Copied:
    """How a kind is copied: the fields left as at first, and the lists of an entry that come along."""

    left: tuple[str, ...] = ()
    lists: tuple[type[Record], ...] = ()
    codes: tuple[str, ...] = ()
    """Codes that others gave and that a copy has too."""


def _but(*left: str, lists: tuple[type[Record], ...] = (), codes: tuple[str, ...] = ()) -> Copied:
    return Copied(left, lists, codes)


_PLACE_READ = ("quotation_found", "quotation_checked", "checked_in", "checked_clause", "checked_on")
_ANSWERED = ("asked_on", "answered_on")

COPIED: Mapping[type[Record], Copied] = {
    Organisation: _but("ours", "valid_from", "valid_to", "successor"),
    Practice: _but("valid_from", "valid_to"),
    Person: _but("name", "starts", "ends", "confirmed_on", "remarks"),
    SourceDocument: _but("dated", "lies_at", "supersedes", "status", "mentions_pcns", "reread_on"),
    Commitment: _but(
        *_PLACE_READ, "read_by", "read_on", "in_contract", "revised_due", "times_revised", "reviewed_on",
        "status", "came_to", "result",
    ),
    Evidence: _but("lies_at", "effective_on", "filed_on", "expires_on", "proves"),
    RecurringDuty: _but(),
    Contract: _but("status"),
    LocalVariation: _but(lists=(BaselineStream,)),
    BaselineStream: _but(),
    SignUpDecision: _but("decided", "indicated_on", "signatory_role", "signed_on"),
    Agreement: _but("dpia"),
    Framework: _but(lists=(FrameworkLine,)),
    FrameworkLine: _but(codes=("indicator_ref", "standard_ref")),
    Assessment: _but("state"),
    Question: _but(*_ANSWERED, "answer", "answered_in"),
    WorkloadTransfer: _but("funded", "amount", "agreed_where", "answer"),
    ResourceRequest: _but("asked_on", "agreed", "agreed_where"),
    Risk: _but("opened", "scored_on", "scored_because", "closed_on"),
    PolicyPosition: _but("taken_on"),
    Bulletin: _but("dated", "replaces", "result", "action"),
    DataRequest: _but(*_ANSWERED, "basis_found", "document", "clause", "checked_on", "glad_to_discuss"),
    Consultation: _but("paused_on", "decided_on", "outcome"),
    Response: _but("sent_on", "outcome"),
    DecisionWindow: _but(),
    InformationRequest: _but(
        "clarification_asked_on", "clarified_on", "searched", "exemptions", "answered_on",
    ),
    Plan: _but("status", "actual", "measured_on", lists=(Milestone, Gate)),
    Milestone: _but("revised", "done_on"),
    Gate: _but("agreement", "evidence", "met_on"),
    TeamLink: _but("last_contact"),
    GlossaryTerm: _but(),
    Post: _but(
        "stage", "advertised", "offered", "starts", "ends", "training_met", "training_reason",
        "full_share_agreed", "neighbourhood_actual", "neighbourhood_approved", "neighbourhood_approved_on",
        "outside_approval", "redundancy", "tupe", "on_nwrs", "nwrs_checked",
    ),
    Scenario: _but(lists=(ScenarioPost,)),
    ScenarioPost: _but(),
    Crosswalk: _but(),
    ColumnMapping: _but(),
    Area: _but("defined_by", "defined_on", "valid_to", "successor"),
    FootprintAppraisal: _but(
        "sent_on", "decision", "decided_by", "decided_on", "reason", "signed_off_by", "signed_off_on",
        lists=(FootprintOption,),
    ),
    FootprintOption: _but("evidence"),
    NeighbourhoodTeam: _but("status", "plan", "revised_go_live", "live_since"),
    Hub: _but(
        "status", "opened_on", "estate_agreed", "capital_confirmed", "assurance", "assurance_document",
        "assurance_locator", "assurance_review", lists=(HubService,),
    ),
    HubService: _but("checked_on"),
    Integrator: _but("status", "approved_by"),
    IntegratorFunction: _but("status"),
    FunctionTransfer: _but("status"),
    Fund: _but("value", "agreed_where", lists=(FundPartner, SpendPrinciple)),
    FundPartner: _but(),
    SpendPrinciple: _but(),
    FundEntry: _but(),
    ExistingSupport: _but("checked_on"),
    ServiceLevel: _but("agreed_with"),
    ClosedDay: _but("agreed_with"),
    SupportRequest: _but(
        "reported_elsewhere", "practice_agreed_on", "agreed_by", "agreed_words", "support_looked_at", "offer",
        "offered_by", "done_before", "no_contract_transfer", "no_mandated_model", "existing_support_checked",
        "safeguard_note", "outcome", "review_on",
    ),
    Body: _but("terms_version", "valid_to", "successor", lists=(QuorumNeed,)),
    QuorumNeed: _but(),
    ForwardItem: _but("meeting"),
    Seat: _but("holder", "deputy", "vacant_since", "attended", "attended_of", "starts", "ends"),
    Interest: _but("declared_on", "confirmed_on"),
    MeetingSeries: _but(lists=(SeriesItem,)),
    SeriesItem: _but(),
    Meeting: _but(
        "ended_at", "stage", "papers_sent_on", "minutes_ref", "interests_asked", "count_told", "count_told_of",
    ),
    Decision: _but(
        "item", "minute_ref", "decided_on", "how", "votes_for", "votes_against", "abstained", "dissent", "status",
        "ratified_on", "practice_seat_present", "conflicts", "managed", "supersedes", "published",
    ),
    Action: _but(
        "minute_ref", "their_ref", "set_on", "revised_due", "times_revised", "started", "discussed_on",
        "updated_on", "evidence", "proposed_for_closure", "closed_on", "closed_at",
    ),
    Round: _but("asked_on", "closed_on"),
    Delegation: _but("since", "ended_on"),
    Stakeholder: _but("last_contact"),
    OfferToLead: _but("offered_on", "reply", "replied_on"),
    Delivered: _but("measured_on", "evidence"),
    ResourceClaim: _but("invoiced", "invoiced_on", "paid", "paid_on", "basis_checked_on"),
    Collaborative: _but(
        "vision", "operating_model", "estates", "information", "workforce", "scored_on", "terms_version",
    ),
    LeadAssignment: _but("agreed_where"),
    LocalRule: _but("agreed_with"),
    ReturnToMake: _but(),
    Filing: _but("state", "sent_on", "sent", "sent_by", "supersedes"),
    CoverSheet: _but("item", "edition"),
}  # fmt: skip
"""Every kind that is copied, on its own or in the list of another."""

_MONTH = "it tells of what happened once, and is counted as it stands"
_FIGURE = "a figure has its own source, and a second one takes its place"

NEVER: Mapping[type[Record], str] = {
    ReplyLine: _MONTH,
    ReportingBurden: _MONTH,
    LeaderTime: _MONTH,
    Claim: "a claim is worked out from the posts of its month",
    Uplift: "an uplift is worked out from the posts it is for",
    PortalStatement: _MONTH,
    EmployerStatement: _MONTH,
    EmployerPayment: _MONTH,
    NwrsCheck: "each month is checked anew",
    Rate: _FIGURE,
    Sum: _FIGURE,
    Holder: "it is of one person",
}
"""Kinds that are not copied, with the reason as the end of a sentence."""

_BEGINS: Mapping[tuple[type[Record], str], Any] = {(Post, "stage"): Stage.PLANNED}
"""What stands at first in a field whose declaration gives nothing."""

_OF_ONE = (kinds.OneFile, kinds.Reference, kinds.Mark)


def why_not(kind: RecordKind) -> str:
    """Why entries of a kind are not copied, in a sentence; empty where they are."""
    because = NEVER.get(kind.cls)
    if because is not None:
        return f"{kind.plural} are not duplicated: {because}. Enter the next with “New {kind.noun}”."
    return "" if kind.cls in COPIED else f"{kind.plural} are not duplicated."


def copy_of(record: R) -> R:
    """A new entry with all that does not belong to this one only. ValueError for a kind that is not copied."""
    how = COPIED.get(type(record))
    if how is None:
        raise ValueError(f"{record.KIND.name} is not copied")
    fresh: dict[str, Any] = {name: at_first(type(record), name) for name in left_of(record.KIND)}
    return replace(record, id=kinds.NEW, version=0, ref="", **fresh)


def left_of(kind: RecordKind) -> tuple[str, ...]:
    """The fields of a kind that a copy does not take over."""
    how = COPIED[kind.cls]
    own = (one.name for one in kind.fields if _is_of_one(one) and one.name not in how.codes)
    return tuple(dict.fromkeys((*how.left, *own)))


def lists_of(kind: RecordKind) -> Iterator[tuple[type[Record], str]]:
    """The lists of an entry that come along, each with the field that names the entry."""
    for listed in COPIED[kind.cls].lists:
        owner = listed.KIND.owner
        assert owner is not None
        yield listed, owner.name


def at_first(cls: type[Record], name: str) -> Any:
    """What stands in a field of an entry to which nobody has given anything."""
    if (cls, name) in _BEGINS:
        return _BEGINS[cls, name]
    default = next(one.default for one in fields(cls) if one.name == name)
    if default is MISSING:
        raise ValueError(f"{cls.KIND.name}.{name} must be given, and so cannot be left")
    return default


def _is_of_one(field: Field) -> bool:
    return isinstance(field.kind, _OF_ONE) and not (isinstance(field.kind, kinds.Reference) and field.given)
