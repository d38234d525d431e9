"""The documents that commitments are read from."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, file, flag, link, record, reference, text
from nhsdesk.domain.kinds import Choice, Id, KeptFile


class DocumentStatus(Choice):
    """How far a document has come."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    ENACTED = "enacted"
    REPLACED = "replaced"


@record(
    title="Source document",
    plural="Source documents",
    prefix="D",
    columns=("title", "body", "dated", "status", "mentions_pcns", "supersedes"),
    groups={"The document": "title", "Where it lies": "kept", "How it hangs together": "supersedes"},
)
class SourceDocument(Record):
    """A paper, contract or letter in which something is asked, promised or required of general practice."""

    title: str = text("Title")
    body: str | None = text("Published by", default=None)
    dated: date | None = day("Date", default=None, lean=Lean.LAST)
    edition: str | None = text("Version", default=None)
    publication_ref: str | None = reference("Publication reference", default=None)
    kept: KeptFile | None = file("File", default=None)
    lies_at: str | None = text("Where it is", default=None)
    supersedes: Id | None = link("Supersedes", "SourceDocument", default=None)
    comes_from: Id | None = link(
        "Comes from",
        "SourceDocument",
        default=None,
        help="The document of which this one carries out the policy.",
    )
    status: DocumentStatus | None = choice("Status", DocumentStatus, default=None)
    mentions_pcns: bool | None = flag("Mentions PCNs", default=None)
    reread_on: date | None = day(
        "Assurances read again on",
        default=None,
        lean=Lean.LAST,
        help="After a newer document of the same publisher.",
    )
    library_key: str | None = reference("Library key", default=None)
    restricted: bool | None = flag("Restricted", default=None, help="Shown to our own board only.")

    def title_words(self) -> str:
        """Title, publisher and reference, as a footnote gives them."""
        return ", ".join(part for part in (self.title, self.body, self.publication_ref) if part)
