"""The case for a federation, or a group of PCNs, as a partner: what this file and published accounts show, no more."""

from __future__ import annotations

from collections.abc import Iterator

from nhsdesk import resources
from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Section, Table
from nhsdesk.domain import integrator_rules
from nhsdesk.domain.organisations import Sector
from nhsdesk.sections import fund_facts, integrator_facts
from nhsdesk.sections.integrator_facts import IntegratorFacts

TITLE = "The case for a federation partner"


def section(about: integrator_facts.Facts, money: fund_facts.Facts) -> Section:
    """Facts to make the case with. What they weigh is for the board to say."""
    opening = (
        "What follows is what this file shows, and what published accounts were found to say. What it weighs is for "
        "the board."
    )
    points = [point for one in about.integrators for point in _points(one)]
    points += [f"{fund.ref}: {fund_facts.sector_words(fund)}" for fund in money.funds]
    return Section(TITLE, (Paragraph(opening), Bullets((*points, *_published())), *_stances(about)))


def _stances(about: integrator_facts.Facts) -> Iterator[Block]:
    """What others say to a joint bid, and what is next with each."""
    if about.stances:
        columns = (Column("Ref"), Column("Who"), Column("To a joint bid"), Column("Next step"))
        rows = tuple((one.ref, one.who, one.stance, one.next) for one in about.stances)
        yield Table("To a joint bid", columns, rows)


def _points(one: IntegratorFacts) -> Iterator[str]:
    yield f"{one.ref}: GP provider named as a partner? {one.gp_provider}."
    federations = [it for it in one.partners if it.sector == Sector.FEDERATION.words and not it.only_a_sector]
    for partner in federations:
        yield f"{partner.name} is a partner. Its part: {partner.part}."
    if not federations:
        yield "No GP federation is a partner."
    for it in one.functions:
        if integrator_rules.about_general_practice(it.name):
            yield f"{it.name}: led by {it.lead}, {it.status.lower()}. Service level: {it.service_level}."
    if not any(integrator_rules.about_general_practice(it.name) for it in one.functions):
        yield "No function for supporting practices is recorded."
    for criterion in one.criteria:
        if integrator_rules.about_general_practice(criterion.criterion):
            score = "not scored" if criterion.score is None else f"{criterion.score} of 5"
            yield f"{criterion.criterion}, a criterion it is chosen by: our own score is {score}."


def _published() -> Iterator[str]:
    rows = resources.eligible_hosts()
    hosts = ", ".join(row.sector for row in rows if row.words.startswith("named"))
    yield (
        f"Named as hosts in London’s model: {hosts}, and others with scale. Federations are not named as hosts; as "
        f"partners they are not ruled out ({rows[0].source})."
    )
    elsewhere = resources.integrators_elsewhere()
    named = [one.place for one in elsewhere if one.gp_provider.startswith("Yes")]
    yield (
        f"Elsewhere: a GP provider is named as a partner in {len(named)} of {len(elsewhere)} arrangements in South "
        f"East London ({', '.join(named)}). {elsewhere[0].source}; {elsewhere[0].standing}."
    )
