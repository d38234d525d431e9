"""Every kind of record there is, in one tuple. Tables, forms, search and exchange are made from it."""

from __future__ import annotations

from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.areas import Area, AreaMembership, NeighbourhoodShare, NetworkMembership
from nhsdesk.domain.arrs import Assignment, BackPay, Holder, OtherFunding, Pay, Post, PostEvidence
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine, ReplyLine, Score
from nhsdesk.domain.bodies import Body, ForwardItem, Interest, QuorumNeed, Seat
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.composed import ComposedBriefing, ComposedSection, CoverSheet
from nhsdesk.domain.consultations import Consultation, DecisionWindow, InformationRequest, Response
from nhsdesk.domain.contracts import (
    Agreement,
    BaselineStream,
    Contract,
    LocalVariation,
    Signature,
    SignUpDecision,
    SignUpRisk,
)
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.duties import Occurrence, RecurringDuty
from nhsdesk.domain.employers import ColumnMapping, EmployerLine, EmployerPayment, EmployerStatement
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.filings import Filing, FilingEvent, ReturnToMake
from nhsdesk.domain.footprints import FootprintAppraisal, FootprintOption
from nhsdesk.domain.funds import (
    Fund,
    FundedPost,
    FundEntry,
    FundMovement,
    FundPartner,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.hubs import Hub, HubService
from nhsdesk.domain.integrators import (
    FunctionTransfer,
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    IntegratorStep,
    SelectionCriterion,
)
from nhsdesk.domain.leadership import (
    Collaborative,
    CollaborativeMember,
    Delegation,
    Delivered,
    LeadAssignment,
    LeaderTime,
    OfferToLead,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.links import Attachment, Link, Note, Tag
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import (
    AgendaItem,
    Attendance,
    InterestDeclared,
    Meeting,
    MeetingSeries,
    MinutesLine,
    MinutesVersion,
    SeriesItem,
)
from nhsdesk.domain.organisations import ListSize, Organisation, Person, Practice
from nhsdesk.domain.plans import Gate, Milestone, Plan, TeamLink
from nhsdesk.domain.policy import Bulletin, DataRequest, PolicyPosition, ReportingBurden
from nhsdesk.domain.questions import Question
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.requests import RequestCopy, RequestEvent, RequestNote, SupportRequest
from nhsdesk.domain.risks import Risk, RiskScore
from nhsdesk.domain.rounds import Round, RoundReply
from nhsdesk.domain.saved_views import SavedView
from nhsdesk.domain.scenarios import Scenario, ScenarioPost
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.service_levels import ClosedDay, ServiceLevel
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.domain.taken_over import TakenOver
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamMember
from nhsdesk.domain.uplifts import Uplift, UpliftLine
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer

RECORDS: tuple[type[Record], ...] = (
    Organisation,
    Practice,
    ListSize,
    Person,
    SourceDocument,
    Commitment,
    Evidence,
    RecurringDuty,
    Occurrence,
    Contract,
    LocalVariation,
    BaselineStream,
    SignUpDecision,
    SignUpRisk,
    Agreement,
    Signature,
    Framework,
    FrameworkLine,
    Assessment,
    Score,
    ReplyLine,
    Question,
    WorkloadTransfer,
    ResourceRequest,
    Risk,
    RiskScore,
    PolicyPosition,
    Bulletin,
    ReportingBurden,
    DataRequest,
    Consultation,
    Response,
    DecisionWindow,
    InformationRequest,
    Plan,
    Milestone,
    Gate,
    TeamLink,
    GlossaryTerm,
    Post,
    Holder,
    Assignment,
    Pay,
    BackPay,
    OtherFunding,
    PostEvidence,
    Rate,
    Sum,
    Claim,
    ClaimLine,
    ClaimEvent,
    PortalStatement,
    PortalLine,
    EmployerStatement,
    EmployerLine,
    EmployerPayment,
    ColumnMapping,
    Uplift,
    UpliftLine,
    Scenario,
    ScenarioPost,
    Crosswalk,
    NwrsCheck,
    Area,
    AreaMembership,
    NetworkMembership,
    NeighbourhoodShare,
    FootprintAppraisal,
    FootprintOption,
    NeighbourhoodTeam,
    TeamMember,
    Hub,
    HubService,
    Integrator,
    IntegratorStep,
    IntegratorPartner,
    IntegratorFunction,
    FunctionTransfer,
    SelectionCriterion,
    Fund,
    FundPartner,
    SpendPrinciple,
    Ratification,
    FundEntry,
    FundMovement,
    FundedPost,
    ExistingSupport,
    ServiceLevel,
    ClosedDay,
    SupportRequest,
    RequestEvent,
    RequestNote,
    RequestCopy,
    Body,
    QuorumNeed,
    ForwardItem,
    Seat,
    Interest,
    MeetingSeries,
    SeriesItem,
    Meeting,
    AgendaItem,
    Attendance,
    InterestDeclared,
    MinutesVersion,
    MinutesLine,
    Decision,
    Action,
    ActionUpdate,
    Round,
    RoundReply,
    LeaderTime,
    Delegation,
    Stakeholder,
    OfferToLead,
    Delivered,
    ResourceClaim,
    Collaborative,
    CollaborativeMember,
    LeadAssignment,
    Link,
    Tag,
    Note,
    Attachment,
    DataSet,
    SentPaper,
    LocalRule,
    WorkbookToFill,
    MappedCell,
    MappedList,
    MappedColumn,
    ReturnToMake,
    Filing,
    FilingEvent,
    ComposedBriefing,
    ComposedSection,
    CoverSheet,
    SavedView,
    TakenOver,
    ClosedYear,
)

KINDS: dict[str, RecordKind] = {cls.KIND.name: cls.KIND for cls in RECORDS}


def kind_of_prefix(prefix: str) -> RecordKind | None:
    """The kind whose references begin so."""
    return next((kind for kind in KINDS.values() if kind.prefix == prefix), None)
