"""A request that may be handed over, a form filled in as a host does, and the ways both are made in tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from nhsdesk.commands import hand_over
from nhsdesk.commands.hand_over import Giving
from nhsdesk.domain import agreed_words
from nhsdesk.domain.kinds import NEW
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.request_answers import QUESTIONS, SHEET
from nhsdesk.domain.requests import (
    Category,
    GivenAs,
    Level,
    RequestCopy,
    RequestEvent,
    RequestNote,
    RequestState,
    SupportRequest,
)
from nhsdesk.store.database import Database

PASSPHRASE = "purple otter chisel 7"
AGREED = "Two partners leave in March. We cannot staff mornings."


def request(database: Database, **fields: Any) -> SupportRequest:
    """A request of Chandler Road Surgery that the practice agreed to."""
    held: dict[str, Any] = {
        "category": Category.CLINICAL_COVER,
        "level": Level.TARGETED,
        "summary": AGREED,
        "wanted_outcome": "Cover until June",
        "risk": 4,
        "safety_concern": False,
        "practice_agreed_on": date(2026, 11, 16),
        "agreed_by": "Practice manager",
        "support_looked_at": "LMC GP Support",
        **fields,
    }
    held.setdefault("agreed_words", agreed_words.words(SupportRequest(practice=NEW, **held)))
    with database.change("Add a request") as change:
        practice = change.add(Practice(name="Chandler Road Surgery", ods_code="Y99901", postcode="ZZ9 9ZZ"))
        contact = change.add(Person(role_title="PCN manager", name="Nadia Quill"))
        made = change.add(SupportRequest(practice=practice.id, contact=contact.id, **held))
        change.add(RequestNote(request=made.id, words="Ours alone: watch the finances"))
        change.add(RequestNote(request=made.id, words="Mornings matter most", shareable=True))
        change.add(RequestEvent(request=made.id, happened_on=date(2026, 11, 16), state=RequestState.AGREED))
    return made


def given(
    database: Database, made: SupportRequest, folder: Path, given_as: GivenAs = GivenAs.FORM
) -> tuple[Path, RequestCopy]:
    """A copy of a request as a file in a folder, and the note of it."""
    target = folder / f"copy{hand_over.ENDINGS[given_as]}"
    giving = Giving(given_as, "Integrator host, request desk", target, PASSPHRASE)
    return target, hand_over.give(database, made.id, giving)


def fill(form: Path | bytes, **answers: Any) -> bytes:
    """The form with these answers typed beside their questions."""
    file = load_workbook(BytesIO(form) if isinstance(form, bytes) else form)
    labels = {question.label: question.name for question in QUESTIONS}
    for row in file[SHEET].iter_rows(min_row=5):
        name = labels.get(row[0].value)
        if name in answers:
            row[1].value = answers[name]
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def answered(form: Path, **answers: Any) -> Path:
    """The form filled in and saved beside the one that was handed over."""
    path = form.with_name("answer.xlsx")
    path.write_bytes(fill(form, **answers))
    return path
