"""What general practice is asked for, promised or held to: where it is written, and whether it binds.

Two errors are guarded against: an ask never reads as a requirement, and an ask said to rest on a contract or a
statute is a problem (`commitment_rules.py`). What nobody knows yet is "not yet known", which is never wrong until a
paper is made.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    derived,
    flag,
    hours,
    link,
    long_text,
    money,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.rules import Rules


class CommitmentKind(Choice):
    """What sort of thing has been laid on us, or promised to us."""

    DUTY = "contract duty"
    AGREEMENT = "local agreement"
    ASK = "ask"
    ASSURANCE = "assurance to us"
    DECISION = "decision needed"
    DEFINITION = "definition"
    INTERNAL = "internal"


class Basis(Choice):
    """What it is said to rest on."""

    GMS = "GMS"
    PMS = "PMS"
    APMS = "APMS"
    DES = "Network Contract DES"
    LVA = "local variation agreement"
    LES = "local enhanced service"
    STATUTE = "statute"
    GUIDANCE = "guidance"
    NONE = "none"


BINDING = frozenset({Basis.GMS, Basis.PMS, Basis.APMS, Basis.DES, Basis.LVA, Basis.LES, Basis.STATUTE})


class Strength(Choice):
    """How strongly it is worded."""

    MUST = "must"
    EXPECTED = "expected"
    MAY = "may"
    ASSURANCE = "assurance"


class WorkClass(Choice):
    """Which purse the work belongs to."""

    CORE = "core contract"
    DES = "DES"
    FUNDED = "additional funded"
    UNFUNDED = "additional unfunded"


class Confidence(Choice):
    """How sure the reader is that the document says so."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Status(Choice):
    """Where it stands. What came of it is the result, kept apart."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    LATE = "late"
    STANDING = "standing"
    MET = "met"
    CLOSED = "closed"

    @property
    def tone(self) -> Tone:
        """On track is good, at risk wants attention, late is bad; the rest asks for nothing."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {
    "on track": Tone.GOOD,
    "met": Tone.GOOD,
    "standing": Tone.GOOD,
    "at risk": Tone.WARN,
    "late": Tone.BAD,
}


class Funding(Choice):
    """How certain the money is."""

    AGREED = "agreed"
    OFFERED = "offered"
    UNCLEAR = "unclear"
    NONE = "none"


class Result(Choice):
    """What came of it. Declining and parking are results like any other, with their reasons."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"
    DECLINED = "declined"
    PARKED = "parked"
    NOT_APPLICABLE = "does not apply"
    WITHDRAWN = "withdrawn by whoever asked"


class ReviewFrom(Choice):
    """What the next review is counted from."""

    LAST = "the last review"
    FIXED = "the date it was due"


class InContract(Choice):
    """Whether any contract of ours says so, as somebody found who looked."""

    PRESENT = "in our contract"
    ABSENT = "not in our contract"
    UNCLEAR = "not clear"


class QuotationFound(Choice):
    """Whether the exact words still stand in the document's file."""

    THERE = "on its page"
    MOVED = "on another page"
    GONE = "not in the file"

    @property
    def tone(self) -> Tone:
        """Words that are gone want attention."""
        return {"on its page": Tone.GOOD, "on another page": Tone.WARN}.get(self.value, Tone.BAD)


class FourPurposes(Choice):
    """The four reasons to be part of neighbourhood working."""

    JOIN_UP = "join up care"
    SHAPE = "shape models"
    LEAD = "lead the work"
    SHIFT = "shape the shift from hospital"


class CoreComponent(Choice):
    """The six core components of neighbourhood health (NHS England, Neighbourhood health guidelines 2025/26)."""

    POPULATION_HEALTH = "population health management"
    MODERN_PRACTICE = "modern general practice"
    COMMUNITY = "standardising community health services"
    TEAMS = "neighbourhood MDTs"
    INTERMEDIATE_CARE = "integrated intermediate care"
    URGENT = "urgent neighbourhood services"


class Stands(Choice):
    """What a commitment asks of us today, the most pressing first; worked out, never entered."""

    OVERDUE = "overdue"
    SLIPPED = "slipped twice: its date was moved twice or more"
    REVIEW = "review overdue"
    SOON = "due soon"
    UNFUNDED = "asked without money"
    HALF_KNOWN = "half-known: not yet known whether it binds, or who does it"
    CALM = "nothing pressing"
    PARKED = "parked"
    OVER = "over"

    @property
    def tone(self) -> Tone:
        """Overdue and slipped are bad; what wants attention soon is amber; the rest asks for nothing."""
        return _STAND_TONES.get(self, Tone.GREY)


_STAND_TONES = {
    Stands.OVERDUE: Tone.BAD,
    Stands.SLIPPED: Tone.BAD,
    Stands.REVIEW: Tone.WARN,
    Stands.SOON: Tone.WARN,
    Stands.UNFUNDED: Tone.WARN,
    Stands.CALM: Tone.GOOD,
    Stands.OVER: Tone.DONE,
}

_AT_AN_END = (Result.MET, Result.NOT_MET, Result.DECLINED, Result.NOT_APPLICABLE, Result.WITHDRAWN)


def is_over(commitment: Commitment) -> bool:
    """Whether nothing more is to be done: met, closed, or come to an end in another way."""
    return commitment.status in (Status.MET, Status.CLOSED) or commitment.came_to in _AT_AN_END


def due_now(commitment: Commitment) -> date | None:
    """The day it is due after all revisions."""
    return commitment.revised_due or commitment.due


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is shorter. No day is later than the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def review_due(commitment: Commitment) -> date | None:
    """When it is to be reviewed next, by its rule: counted from the last review, or on its fixed days."""
    last, fixed, every = commitment.reviewed_on, commitment.review_on, commitment.review_months
    if last is None or every is None or every < 1:
        return None if last is not None and fixed is not None and last >= fixed else fixed
    if commitment.review_from is not ReviewFrom.FIXED or fixed is None:
        return months_later(last, every)
    turns = max((last.year - fixed.year) * 12 + last.month - fixed.month, 0) // every
    coming = (months_later(fixed, every * turn) for turn in (turns, turns + 1))
    return next((one for one in coming if one > last), None)


def unfunded_ask(commitment: Commitment) -> bool:
    """Whether it is only asked, and known to come without agreed money."""
    known = commitment.funding_certainty not in (None, Funding.AGREED)
    work = commitment.work_class is WorkClass.UNFUNDED or bool(commitment.unfunded_hours)
    return commitment.kind is CommitmentKind.ASK and (known or work)


def is_half_known(commitment: Commitment) -> bool:
    """Whether it still waits for what the four answers do not say: whether it binds, and who does it."""
    needs_nobody = commitment.kind in (CommitmentKind.DEFINITION, CommitmentKind.ASSURANCE)
    return commitment.kind is None or (commitment.owner is None and not needs_nobody)


def stands(commitment: Commitment, rules: Rules, today: date) -> Stands:
    """What it asks of us on a day, the most pressing first."""
    if is_over(commitment):
        return Stands.OVER
    due, review = due_now(commitment), review_due(commitment)
    parked = commitment.came_to is Result.PARKED
    soon = today + timedelta(days=rules.whole("commitments.due_soon_days"))
    answers = (
        (Stands.OVERDUE, not parked and due is not None and due < today),
        (Stands.SLIPPED, not parked and (commitment.times_revised or 0) >= 2),
        (Stands.REVIEW, review is not None and review < today),
        (Stands.PARKED, parked),
        (Stands.SOON, due is not None and due <= soon),
        (Stands.UNFUNDED, unfunded_ask(commitment)),
        (Stands.HALF_KNOWN, is_half_known(commitment)),
    )
    return next((answer for answer, holds in answers if holds), Stands.CALM)


@record(
    title="Commitment",
    plural="Commitments",
    prefix="C",
    columns=("title", "kind", "binds", "stands", "due", "status", "owner", "owed_to"),
    groups={
        "What is wanted": "title",
        "Where it is written": "document",
        "Whether it binds": "kind",
        "Whether our contract says so": "agreement",
        "Who does it": "owner",
        "Where it stands": "revised_due",
        "What it is for": "outcome_wanted",
        "Money and time": "funding",
    },
)
class Commitment(Record):
    """One thing asked, promised, agreed or required; four answers are enough to begin with."""

    title: str = text("What")
    owed_to: str | None = text("Who wants it", default=None)
    due: date | None = day("By when", default=None)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    quotation: str | None = long_text("Exact words", default=None)
    paraphrase: str | None = long_text("In our words", default=None)
    confidence: Confidence | None = choice("How sure", Confidence, default=None)
    read_by: str | None = text("Read by", default=None, help="A role, not a name.")
    read_on: date | None = day("Read on", default=None, lean=Lean.LAST)
    quotation_found: QuotationFound | None = choice("Exact words found", QuotationFound, default=None)
    quotation_checked: date | None = day("Looked for on", default=None, lean=Lean.LAST)
    kind: CommitmentKind | None = choice("Kind", CommitmentKind, default=None)
    basis: Basis | None = choice("Rests on", Basis, default=None)
    clause: str | None = text("Clause", default=None)
    agreement: Id | None = link("Signed agreement", "Agreement", default=None)
    in_contract: InContract | None = choice("In our contract?", InContract, default=None)
    checked_in: Id | None = link("Contract looked in", "SourceDocument", default=None)
    checked_clause: str | None = text("Clause looked at", default=None)
    checked_on: date | None = day("Looked on", default=None, lean=Lean.LAST)
    strength: Strength | None = choice("Wording", Strength, default=None)
    work_class: WorkClass | None = choice("Work class", WorkClass, default=None)
    owner: Id | None = link("Owner", "Person", default=None)
    deputy: Id | None = link("Deputy", "Person", default=None)
    applies_to: str | None = text("Applies to", default=None)
    revised_due: date | None = day("Revised date", default=None)
    times_revised: int | None = count("Times revised", default=None)
    review_on: date | None = day("Review on", default=None)
    review_months: int | None = count("Review every so many months", default=None)
    review_from: ReviewFrom | None = choice("Counted from", ReviewFrom, default=None)
    reviewed_on: date | None = day("Last reviewed on", default=None, lean=Lean.LAST)
    status: Status | None = choice("Status", Status, default=None)
    came_to: Result | None = choice("What came of it", Result, default=None)
    result: str | None = text(
        "In words, and why", default=None, help="Declined and parked need their reason."
    )
    outcome_wanted: str | None = text("Outcome wanted", default=None)
    purpose: str | None = text("Purpose", default=None)
    serves: FourPurposes | None = choice("Serves", FourPurposes, default=None)
    core_component: CoreComponent | None = choice("Core component", CoreComponent, default=None)
    tom_module: str | None = text("Operating model module", default=None)
    funding: Money | None = money("Funding", default=None)
    funding_certainty: Funding | None = choice("How certain the funding is", Funding, default=None)
    unfunded_hours: Hours | None = hours("Unfunded hours a week", default=None)
    review_trigger: str | None = text("Review trigger", default=None)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")

    binds = derived("Binds", lambda commitment, rules, today: binds(commitment), uses=("kind", "basis"))
    stands = derived(
        "Stands",
        stands,
        uses=(
            "kind", "work_class", "owner", "due", "revised_due", "times_revised", "review_on", "review_months",
            "review_from", "reviewed_on", "status", "came_to", "funding_certainty", "unfunded_hours",
        ),
    )  # fmt: skip


REQUIRED = "Required by"


def binds(commitment: Commitment) -> str:
    """Whether it binds us, in words that stand beside it wherever it is shown."""
    match commitment.kind:
        case None:
            return "Not yet known whether this binds"
        case CommitmentKind.DUTY if commitment.basis is not None and commitment.basis in BINDING:
            return f"{REQUIRED} {commitment.basis.words}"
        case CommitmentKind.DUTY:
            return "Said to be required; the contract or law is not yet known"
        case CommitmentKind.AGREEMENT:
            return "Agreed locally; binds those who signed"
        case CommitmentKind.ASK:
            return "Asked of us; not required"
        case CommitmentKind.ASSURANCE:
            return "Others promised this to us"
        case CommitmentKind.DECISION:
            return "Needs a decision; not required"
        case CommitmentKind.DEFINITION:
            return "A definition; nothing is asked"
        case _:
            return "Our own choice; binds nobody"


def written(commitment: Commitment, document_title: str | None) -> str:
    """Where it is written, as a footnote gives it."""
    if document_title is None:
        return "Not yet known where this is written"
    if commitment.locator:
        return f"{document_title}, {commitment.locator}"
    return f"{document_title}, page not given"
