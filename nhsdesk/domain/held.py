"""Everything that questions about commitments rest on, read once and looked up by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from nhsdesk.domain.commitment_rules import Known
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.consultations import Consultation, DecisionWindow
from nhsdesk.domain.contracts import Agreement, LocalVariation, Signature
from nhsdesk.domain.duties import Occurrence, RecurringDuty
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Tag
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.plans import Milestone, Plan, TeamLink
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import DocumentStatus, SourceDocument


@dataclass(frozen=True, slots=True)
class Row:
    """One entry that answers a question: its kind and id to open it by, and the words of its cells."""

    kind: str
    id: Id
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What is in the file on a day."""

    today: date
    rules: Rules = field(default_factory=Rules)
    commitments: tuple[Commitment, ...] = ()
    documents: Mapping[Id, SourceDocument] = field(default_factory=dict)
    people: Mapping[Id, Person] = field(default_factory=dict)
    organisations: Mapping[Id, Organisation] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    variations: tuple[LocalVariation, ...] = ()
    windows: tuple[DecisionWindow, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    duties: Mapping[Id, RecurringDuty] = field(default_factory=dict)
    occurrences: tuple[Occurrence, ...] = ()
    plans: tuple[Plan, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    teams: tuple[TeamLink, ...] = ()
    tags: tuple[Tag, ...] = ()
    parties: frozenset[Id] = frozenset()
    """Agreements with our PCN among their parties."""
    signed: frozenset[Id] = frozenset()
    """Agreements that our PCN has signed, and that have not expired."""
    proved: frozenset[Id] = frozenset()
    """Commitments that evidence in date names."""
    superseded: Mapping[Id, str] = field(default_factory=dict)
    newer: Mapping[Id, SourceDocument] = field(default_factory=dict)

    def document(self, one: Commitment) -> SourceDocument | None:
        """The document it was read from."""
        return self.documents.get(one.document) if one.document is not None else None

    def known(self, one: Commitment) -> Known:
        """What bears on one commitment."""
        document = one.document
        looked_in = one.checked_in if one.checked_in is not None else None
        return Known(
            today=self.today,
            we_are_party=one.agreement in self.parties,
            we_signed=one.agreement in self.signed,
            proved=one.id in self.proved,
            document_superseded_by=self.superseded.get(document, "") if document is not None else "",
            clause_superseded_by=self.superseded.get(looked_in, "") if looked_in is not None else "",
            newer_document=self._newer(one),
        )

    def _newer(self, one: Commitment) -> str:
        found = self.newer.get(one.document) if one.document is not None else None
        if found is None or found.dated is None:
            return ""
        read = one.reviewed_on is not None and one.reviewed_on >= found.dated
        return "" if read else found.ref


def superseded_by(documents: Iterable[SourceDocument]) -> dict[Id, str]:
    """The documents that no longer hold, each with the newer one's reference, or words where it is not known."""
    held = tuple(documents)
    found = {one.id: "a newer document" for one in held if one.status is DocumentStatus.REPLACED}
    found |= {
        one.supersedes: one.ref for one in held if one.supersedes is not None and one.supersedes != one.id
    }
    return found


def newest_of_the_body(documents: Iterable[SourceDocument]) -> dict[Id, SourceDocument]:
    """Of each document the newest later one by the same publisher that nobody has read its assurances against."""
    by_body: dict[str, list[SourceDocument]] = {}
    for one in documents:
        if one.body and one.dated is not None:
            by_body.setdefault(one.body.strip().casefold(), []).append(one)
    found: dict[Id, SourceDocument] = {}
    for listed in by_body.values():
        listed.sort(key=lambda one: (one.dated or date.min, one.id))
        newest = listed[-1]
        for one in listed:
            if _is_news(one, newest):
                found[one.id] = newest
    return found


def _is_news(older: SourceDocument, newest: SourceDocument) -> bool:
    if older.dated is None or newest.dated is None or newest.dated <= older.dated:
        return False
    return newest.reread_on is None and (older.reread_on is None or older.reread_on < newest.dated)


def signed_by_us(
    agreements: Iterable[Agreement], signatures: Iterable[Signature], ours: frozenset[Id], today: date
) -> tuple[frozenset[Id], frozenset[Id]]:
    """The agreements to which our PCN is a party, and those of them that it has signed and that still hold."""
    ends = {one.id: one.expires for one in agreements}
    our_own = [one for one in signatures if one.ours or one.organisation in ours]
    parties = frozenset(one.agreement for one in our_own)
    signed = frozenset(
        one.agreement
        for one in our_own
        if one.signed_on is not None and one.signed_on <= today and not _over(ends.get(one.agreement), today)
    )
    return parties, signed


def _over(ends: date | None, today: date) -> bool:
    return ends is not None and ends < today


def proved_by(evidence: Iterable[Evidence], today: date) -> frozenset[Id]:
    """The commitments that evidence shows which holds already and has not run out."""
    return frozenset(
        named
        for one in evidence
        if not _over(one.expires_on, today) and (one.effective_on is None or one.effective_on <= today)
        for named in one.proves
    )
