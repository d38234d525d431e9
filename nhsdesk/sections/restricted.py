"""What readers outside the PCN may not see, and what stands in a paper instead: its reference, and no subject.

Restriction goes one step along a link: to what a restricted entry is linked with by a link of any kind, either way
round, and to what names it in a field of its own. Tags, notes, updates and attachments go with the entry they hang on.
It goes no further, and never takes a whole meeting, body or place with it. A commitment read from a restricted document
is as restricted as the document; what else is written in one tells only that it is.

A paper of an earlier day withholds what is restricted by now too, whoever might have read it then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhsdesk.documents.model import Bullets
from nhsdesk.domain.areas import Area
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.integrators import Integrator
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment, Link
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.teams import NeighbourhoodTeam
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
    held = {cls: reader.ids(cls, restricted=True) for cls in kinds}
    for paper in held[SourceDocument]:
        held[Commitment] |= reader.ids(Commitment, document=paper)
    marked = frozenset[Id]().union(*held.values())
    links = reader.all(Link)
    linked = {link.target for link in links if link.source in marked}
    linked |= {link.source for link in links if link.target in marked}
    linked |= _naming(reader, held) | reader.withheld_since
    for whole in _WHOLE:
        linked -= reader.there(whole.KIND.name, linked)
    return Restricted(marked, frozenset(linked))


_WHOLE: tuple[type[Record], ...] = (
    Meeting, Organisation, Practice, Person, Area, NeighbourhoodTeam, Integrator, Fund, Body,
)  # fmt: skip
"""What many entries hang on: one restricted entry among them does not withhold it."""


def _naming(reader: Reader, held: Mapping[type[Record], frozenset[Id]]) -> set[Id]:
    """What names a restricted entry in a field of its own; where something is written is told apart from it."""
    found: set[int] = set()
    for cls, ids in held.items():
        if ids and cls is not SourceDocument:
            found |= reader.pointing_at(cls.KIND.name, ids)
    return {Id(one) for one in found}


def closed_files(reader: Reader, hidden: Restricted) -> frozenset[str]:
    """The fingerprints of files kept with something restricted: the same bytes stay behind whoever else keeps them."""
    keepers: tuple[Evidence | SourceDocument, ...] = (*reader.all(SourceDocument), *reader.all(Evidence))
    found = {one.kept.sha256 for one in keepers if hidden.hides(one.id) and one.kept is not None}
    found |= {one.kept.sha256 for one in reader.all(Attachment) if hidden.hides(one.on)}
    return frozenset(found)


def withheld_items(refs: tuple[str, ...]) -> tuple[Bullets, ...]:
    """One line for each withheld entry; nothing where none is."""
    return (Bullets(tuple(f"{ref}: {WORDS}" for ref in refs)),) if refs else ()
