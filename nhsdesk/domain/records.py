"""Every kind of record there is, in one tuple. Tables, forms, search and exchange are made from it."""

from __future__ import annotations

from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, Claim, ClaimLine, Holder, Pay, Post
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.data_sets import DataSet
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.links import Attachment, Link, Note, Tag
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import ListSize, Organisation, Person, Practice
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.requests import RequestEvent, SupportRequest
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.sources import SourceDocument

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
    Rate,
    Claim,
    ClaimLine,
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
