"""The starter library: documents that many PCNs work under, with what was read in them, as the program comes with it.

It is no authority. Each line says where the fact was seen, and what is taken over from it stands in a PCN's own file
as read by nobody there yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.commitments import Basis, Commitment, CommitmentKind, Confidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.sources import DocumentStatus, SourceDocument

READ_BY = "Starter library: not yet checked against the document"


@dataclass(frozen=True, slots=True)
class LibraryReading:
    """One thing read in a document; the page only where the source named it."""

    key: str
    title: str
    kind: CommitmentKind
    paraphrase: str
    source: str
    locator: str | None = None
    quotation: str | None = None
    basis: Basis | None = None
    clause: str | None = None

    def commitment(self, document: SourceDocument) -> Commitment:
        """The line as a PCN takes it over."""
        return Commitment(
            title=self.title,
            owed_to=document.body,
            document=document.id,
            locator=self.locator,
            quotation=self.quotation,
            paraphrase=self.paraphrase,
            confidence=Confidence.MEDIUM if self.locator else Confidence.LOW,
            read_by=READ_BY,
            kind=self.kind,
            basis=self.basis,
            clause=self.clause,
        )

    def taken_as(self, id_: Id, commitments: Iterable[Commitment]) -> Commitment | None:
        """The commitment that this line became in a file, even where its title was changed since."""
        for one in commitments:
            if one.document == id_ and (one.paraphrase == self.paraphrase or one.title == self.title):
                return one
        return None


@dataclass(frozen=True, slots=True)
class LibraryDocument:
    """One document of the library with its readings; `comes_from` and `supersedes` name keys of others."""

    key: str
    title: str
    source: str
    status: DocumentStatus
    body: str | None = None
    dated: date | None = None
    edition: str | None = None
    publication_ref: str | None = None
    comes_from: str | None = None
    supersedes: str | None = None
    mentions_pcns: bool | None = None
    readings: tuple[LibraryReading, ...] = ()

    def document(self) -> SourceDocument:
        """The document as a PCN takes it over, before it is joined to others."""
        return SourceDocument(
            title=self.title,
            body=self.body,
            dated=self.dated,
            edition=self.edition,
            publication_ref=self.publication_ref,
            status=self.status,
            mentions_pcns=self.mentions_pcns,
            library_key=self.key,
        )
