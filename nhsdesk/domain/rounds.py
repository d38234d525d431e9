"""Rounds: one thing asked of several practices or partners, with each reply, until all have answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    file,
    flag,
    link,
    long_text,
    number,
    parent,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile


class ReplyKind(Choice):
    """What kind of reply is wanted."""

    YES_NO = "yes or no"
    CHOICE = "one of several"
    FIGURE = "figure"
    FILE = "file"
    SIGNATURE = "signature"
    WORDS = "words"


@record(
    title="Round",
    plural="Rounds",
    prefix="RD",
    columns=("ask", "reply_kind", "due", "body", "action", "closed_on"),
    groups={"What is asked": "ask", "What it is for": "body", "Who may see it": "private_until"},
)
class Round(Record):
    """What is asked, of whom, by when, and in what form. Votes, ratifications, signatures and consents are rounds."""

    ask: str = text("What is asked")
    explanation: str | None = long_text("Explanation", default=None)
    reply_kind: ReplyKind = choice("Reply wanted", ReplyKind, default=ReplyKind.YES_NO)
    choices: str | None = text("Choices", default=None, help="Set apart by semicolons.")
    asked_on: date | None = day("Asked on", default=None, lean=Lean.LAST)
    due: date | None = day("By when", default=None)
    body: Id | None = link("For", "Body", default=None)
    agreement: Id | None = link("Signatures of", "Agreement", default=None)
    action: Id | None = link("Action", "Action", default=None)
    decision: Id | None = link("Decision", "Decision", default=None)
    owner: Id | None = link("Owner", "Person", default=None)
    closed_on: date | None = day("Closed on", default=None, lean=Lean.LAST)
    private_until: date | None = day(
        "Private until", default=None, help="Until then replies are shown to our own board only."
    )
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


@record(
    title="Reply",
    plural="Replies",
    prefix="RY",
    columns=("round", "practice", "organisation", "answer", "replied_on", "chased_on"),
)
class RoundReply(Record):
    """Whom a round asks, and what came back."""

    round: Id = parent("Round", "Round")
    practice: Id | None = link("Practice", "Practice", default=None)
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    answer: str | None = text("Answer", default=None)
    figure: Decimal | None = number("Figure", places=2, default=None)
    replied_on: date | None = day("Replied on", default=None, lean=Lean.LAST)
    by_role: str | None = text("By", default=None, help="A role, not a name.")
    evidence: KeptFile | None = file("File", default=None)
    chased_on: date | None = day("Last chased on", default=None, lean=Lean.LAST)
    message: str | None = reference("Message", default=None)
    remark: str | None = text("Remark", default=None)
