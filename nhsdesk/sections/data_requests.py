"""Requests for figures with what our contract says of each, questions that wait, and the clocks of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import data_requests, information_clocks
from nhsdesk.domain.consultations import InformationRequest
from nhsdesk.domain.data_requests import LookedIn
from nhsdesk.domain.information_clocks import Clock, Holidays
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.questions import Question
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store.reading import Reader

NOT_KNOWN = "not yet known"


@dataclass(frozen=True, slots=True)
class DataRequestView:
    """A request for a figure: who asks, how long it waits, what the contract says, and the reply."""

    request: DataRequest
    asked_by: str
    waiting: str
    basis: str
    looked_in: LookedIn | None
    reply: tuple[str, str, str]
    stale: str
    problems: tuple[Problem, ...]


def gather(reader: Reader, today: date) -> tuple[DataRequestView, ...]:
    """All requests, those not answered first, then the one that waits longest."""
    documents = {one.id: one for one in reader.all(SourceDocument)}
    newer: dict[Id | None, SourceDocument] = {
        one.supersedes: one for one in documents.values() if one.supersedes not in (None, one.id)
    }
    bodies = {one.id: one.name for one in reader.all(Organisation)}
    found = [_view(one, documents, newer, bodies, today) for one in reader.all(DataRequest)]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.request.answered_on is not None,
                one.request.asked_on or today,
                one.request.id,
            ),
        )
    )


def _view(
    one: DataRequest,
    documents: dict[Id, SourceDocument],
    newer: dict[Id | None, SourceDocument],
    bodies: dict[Id, str],
    today: date,
) -> DataRequestView:
    document = documents.get(one.document) if one.document is not None else None
    looked_in = None
    if document is not None:
        after = newer.get(document.id)
        replaced = document.status is DocumentStatus.REPLACED
        looked_in = LookedIn(document.title_words(), after.title_words() if after else "", replaced)
    return DataRequestView(
        one,
        bodies.get(one.asked_by, NOT_KNOWN) if one.asked_by is not None else NOT_KNOWN,
        data_requests.waiting_words(one, today),
        data_requests.basis_words(one, looked_in),
        looked_in,
        data_requests.sentences(one, looked_in),
        data_requests.stale(one, looked_in, today),
        data_requests.problems(one, looked_in, today),
    )


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, of whom it was asked, and how long it waits or waited."""

    question: Question
    asked_of: str
    days: int | None


def questions(reader: Reader, today: date) -> tuple[QuestionView, ...]:
    """All questions, those not answered first, then the one that waits longest."""
    bodies = {one.id: one.name for one in reader.all(Organisation)}
    found = []
    for one in reader.all(Question):
        until = one.answered_on or today
        days = None if one.asked_on is None else max(0, (until - one.asked_on).days)
        asked_of = bodies.get(one.asked_of, NOT_KNOWN) if one.asked_of is not None else NOT_KNOWN
        found.append(QuestionView(one, asked_of, days))
    return tuple(
        sorted(
            found, key=lambda one: (one.question.answered_on is not None, -(one.days or 0), one.question.id)
        )
    )


@dataclass(frozen=True, slots=True)
class InformationView:
    """An information request with its clock."""

    request: InformationRequest
    clock: Clock
    problems: tuple[Problem, ...]


def information(reader: Reader, today: date, holidays: Holidays) -> tuple[InformationView, ...]:
    """All information requests, those not answered first, then the one due soonest."""
    found = [
        InformationView(
            one, information_clocks.clock(one, today, holidays), information_clocks.problems(one, today)
        )
        for one in reader.all(InformationRequest)
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (one.request.answered_on is not None, one.clock.due or date.max, one.request.id),
        )
    )
