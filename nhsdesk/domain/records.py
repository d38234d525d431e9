"""Every kind of record there is, in one tuple. Tables, forms, search and exchange are made from it."""

from __future__ import annotations

from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, BackPay, Holder, OtherFunding, Pay, Post, PostEvidence
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.employers import ColumnMapping, EmployerLine, EmployerPayment, EmployerStatement
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.links import Attachment, Link, Note, Tag
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import ListSize, Organisation, Person, Practice
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.requests import RequestEvent, SupportRequest
from nhsdesk.domain.scenarios import Scenario, ScenarioPost
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.domain.uplifts import Uplift, UpliftLine
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck

RECORDS: tuple[type[Record], ...] = (
    Organisation,
    Practice,
    ListSize,
    Person,
    SourceDocument,
    Commitment,
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
    SupportRequest,
    RequestEvent,
    Meeting,
    Action,
    ActionUpdate,
    Link,
    Tag,
    Note,
    Attachment,
    DataSet,
    SentPaper,
    LocalRule,
)

KINDS: dict[str, RecordKind] = {cls.KIND.name: cls.KIND for cls in RECORDS}


def kind_of_prefix(prefix: str) -> RecordKind | None:
    """The kind whose references begin so."""
    return next((kind for kind in KINDS.values() if kind.prefix == prefix), None)
