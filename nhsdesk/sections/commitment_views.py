"""Reads what questions about all commitments rest on: commitments, documents, signatures, evidence, days."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain import held as held_
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.consultations import Consultation, DecisionWindow
from nhsdesk.domain.contracts import Agreement, LocalVariation, Signature
from nhsdesk.domain.duties import Occurrence, RecurringDuty
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.held import Held
from nhsdesk.domain.links import Tag
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.plans import Milestone, Plan, TeamLink
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.reading import Reader


def gather(reader: Reader, today: date, rules: Rules) -> Held:
    """Everything, as it stands on a day."""
    documents = reader.all(SourceDocument)
    organisations = reader.all(Organisation)
    agreements = reader.all(Agreement)
    ours = frozenset(one.id for one in organisations if one.ours)
    parties, signed = held_.signed_by_us(agreements, reader.all(Signature), ours, today)
    return Held(
        today=today,
        rules=rules,
        commitments=reader.counting(Commitment),
        documents={one.id: one for one in documents},
        people={one.id: one for one in reader.all(Person)},
        organisations={one.id: one for one in organisations},
        agreements=agreements,
        variations=reader.all(LocalVariation),
        windows=reader.all(DecisionWindow),
        consultations=reader.all(Consultation),
        duties={one.id: one for one in reader.all(RecurringDuty)},
        occurrences=reader.all(Occurrence),
        plans=reader.all(Plan),
        milestones=reader.all(Milestone),
        teams=reader.all(TeamLink),
        tags=reader.all(Tag),
        parties=parties,
        signed=signed,
        proved=held_.proved_by(reader.all(Evidence), today),
        superseded=held_.superseded_by(documents),
        newer=held_.newest_of_the_body(documents),
    )
