"""Who works in the neighbourhood, by sector; a sector that must join up and of which nobody is listed is told so.

It lists every body there is under its public name, so that a name in it says nothing of whoever asked for support.
Practices are left out: they are the general practice that the paper is about.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Column, Figure, Paragraph, Section, Table
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.store.reading import Reader

TITLE = "Who works in the neighbourhood, by sector"
NOBODY = "none listed yet"
MUST_JOIN = (Sector.VCSE, Sector.PRIVATE, Sector.SOCIAL_CARE)
"""Charities, social enterprises, private and social care providers: sectors that stand in the list even with nobody."""


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """One sector with the names of its organisations, by their letters."""

    sector: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The sectors in the order of the list, and how many organisations bear none."""

    sectors: tuple[SectorFacts, ...]
    without: int
    without_refs: tuple[str, ...] = ()


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The organisations that are there on the day; our own PCN is not counted among them."""
    hidden = restricted.gather(reader, audience)
    there = [one for one in reader.all(Organisation) if _there(one, asked) and not hidden.hides(one.id)]
    found = []
    for sector in (one for one in Sector if one is not Sector.PRACTICE):
        names = tuple(sorted((one.name for one in there if one.sector is sector), key=str.casefold))
        if names or sector in MUST_JOIN:
            found.append(SectorFacts(sector.words, names))
    without = tuple(one.ref for one in there if one.sector is None)
    return Facts(tuple(found), len(without), without)


def _there(one: Organisation, asked: Asked) -> bool:
    begun = one.valid_from is None or one.valid_from <= asked.day
    return begun and not one.ours and (one.valid_to is None or one.valid_to >= asked.day)


def section(facts: Facts) -> Section:
    """A table of the sectors."""
    rows = tuple((one.sector, "; ".join(one.names) or NOBODY) for one in facts.sectors)
    table = Table("Organisations by sector", (Column("Sector"), Column("Organisations")), rows)
    if not facts.without:
        return Section(TITLE, (table,))
    told = f"Of {facts.without:,} more the sector is not yet known."
    by = "there on the day, with no sector entered"
    figure = Figure(
        f"Of {facts.without:,} more", f"{facts.without:,}", "Organisations", by, facts.without_refs
    )
    return Section(TITLE, (table, Paragraph(told)), figures=(figure,))
