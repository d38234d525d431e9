"""Questions: ours and the public's, of whom and at which meeting, and how long they wait."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    record,
)
from nhsdesk.domain.kinds import Choice, Id


class Asker(Choice):
    """What sort of person or body asks; never who."""

    US = "our PCN"
    PRACTICE = "a practice"
    PUBLIC = "a member of the public"
    PATIENT_GROUP = "a patient group"
    STAFF = "staff"
    OTHER = "other"


@record(
    title="Question",
    plural="Questions",
    prefix="Q",
    columns=("question", "asker", "asked_of", "asked_on", "answered_on"),
)
class Question(Record):
    """A question that somebody owes an answer to."""

    question: str = long_text("Question")
    asker: Asker | None = choice("Asked by", Asker, default=None)
    asked_of: Id | None = link("Asked of", "Organisation", default=None)
    meeting: Id | None = link("At the meeting", "Meeting", default=None)
    asked_on: date | None = day("Asked on", default=None, lean=Lean.LAST)
    answered_on: date | None = day("Answered on", default=None, lean=Lean.LAST)
    answer: str | None = long_text("Answer", default=None)
    answered_in: Id | None = link("Answered in", "SourceDocument", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")
