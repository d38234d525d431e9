"""What readers outside the PCN may not see, and what stands in a paper instead: its reference, and no subject.

Restriction goes one step along a link: to what a restricted entry is linked with, and to what names it. It never
takes a whole meeting or body with it. A commitment read from a restricted document is as restricted as the document.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Bullets
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment, Link
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Audience
from nhsdesk.store.reading import Reader

WORDS = "Restricted item"


@dataclass(frozen=True, slots=True)
class Restricted:
    """The entries marked as restricted, and those a link joins to one of them."""

    marked: frozenset[Id] = frozenset()
    linked: frozenset[Id] = frozenset()

    def hides(self, id_: Id | None, *named: Id | None) -> bool:
        """Whether an entry is withheld: for itself, for what it is linked with, or for what it names."""
        return id_ in self.marked or id_ in self.linked or not self.marked.isdisjoint(named)


def gather(reader: Reader, audience: Audience) -> Restricted:
    """What is withheld from an audience; our own board sees everything."""
    if audience is Audience.OWN_BOARD:
        return Restricted()
    kinds = [cls for cls in RECORDS if any(field.name == "restricted" for field in cls.KIND.fields)]
    marked = frozenset(one.id for cls in kinds for one in reader.all(cls, restricted=True))
    papers = [one.id for one in reader.all(SourceDocument, restricted=True)]
    marked |= {one.id for paper in papers for one in reader.all(Commitment, document=paper)}
    linked = {link.target for link in reader.all(Link) if link.source in marked}
    linked |= {link.source for link in reader.all(Link) if link.target in marked}
    return Restricted(marked, frozenset(linked))


def closed_files(reader: Reader, hidden: Restricted) -> frozenset[str]:
    """The fingerprints of files kept with something restricted: the same bytes stay behind whoever else keeps them."""
    keepers: tuple[Evidence | SourceDocument, ...] = (*reader.all(SourceDocument), *reader.all(Evidence))
    found = {one.kept.sha256 for one in keepers if one.id in hidden.marked and one.kept is not None}
    found |= {one.kept.sha256 for one in reader.all(Attachment) if one.on in hidden.marked}
    return frozenset(found)


def withheld_items(refs: tuple[str, ...]) -> tuple[Bullets, ...]:
    """One line for each withheld entry; nothing where none is."""
    return (Bullets(tuple(f"{ref}: {WORDS}" for ref in refs)),) if refs else ()
