"""Requests for figures, questions and information requests as their page shows them; a reply noted as sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk import resources
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import data_requests
from nhsdesk.sections.data_requests import DataRequestView, InformationView, QuestionView
from nhsdesk.store.database import Database


def seen(database: Database) -> tuple[DataRequestView, ...]:
    """All requests for figures."""
    with database.read() as reader:
        return data_requests.gather(reader, database.today())


def questions_seen(database: Database) -> tuple[QuestionView, ...]:
    """All questions."""
    with database.read() as reader:
        return data_requests.questions(reader, database.today())


def information_seen(database: Database) -> tuple[InformationView, ...]:
    """All information requests with their clocks."""
    with database.read() as reader:
        return data_requests.information(reader, database.today(), resources.bank_holidays())


def note_sent(database: Database, request: DataRequest, on: date) -> DataRequest | Problem:
    """Notes that the reply was sent on a day."""
    if on > database.today():
        return Problem(f"{day_words(on)} has not come. Give the day on which the reply was sent.")
    if request.asked_on is not None and on < request.asked_on:
        return Problem(
            f"The reply cannot be sent before {day_words(request.asked_on)}, when it was asked for."
        )
    with database.change(f"Note the reply to {request.ref} as sent") as change:
        return change.put(replace(change.reader.get(DataRequest, request.id), answered_on=on))
