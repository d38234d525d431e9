"""What was claimed: the claim of a month with its lines, kept as they were submitted, and how it fared since.

A claim that was submitted never changes: a later one supersedes it. What became of it (queried, approved, paid) are
events about it, so that they can be written when the claim itself is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    about,
    choice,
    day,
    flag,
    hours,
    link,
    long_text,
    money,
    month,
    number,
    parent,
    percentage,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month, day_words


class ClaimState(Choice):
    """Whether a claim can still be changed. What became of it later is told by its events."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


@record(title="Claim", plural="Claims", prefix="CL")
class Claim(Record):
    """The claim for one month. Once marked as submitted it may not change; a later claim supersedes it."""

    month: Month = month("Month")
    state: ClaimState = choice("State", ClaimState, default=ClaimState.DRAFT)
    submitted_on: date | None = day("Submitted on", default=None, lean=Lean.LAST)
    known_on: date | None = day("Maxima as known on", default=None, lean=Lean.LAST)
    acknowledged: str | None = long_text("Acknowledged when it was submitted", default=None)
    supersedes: Id | None = link("Supersedes", "Claim", default=None)

    def sealed(self) -> str | None:
        """A submitted claim stays as it was sent."""
        if self.state is ClaimState.DRAFT:
            return None
        when = f" on {day_words(self.submitted_on)}" if self.submitted_on else ""
        return f"The claim for {self.month.words} was marked as submitted{when}. Make a claim that supersedes it."

    def title_words(self) -> str:
        """The month claimed for."""
        return f"Claim for {self.month.words}"


@record(
    title="Claim line",
    plural="Claim lines",
    prefix="CN",
    columns=("post", "hours", "cost", "maximum", "pro_rata_maximum", "claimed", "keyed"),
)
class ClaimLine(Record):
    """One post in a month's claim: its numbers kept apart, the rate they were worked out with, and the working."""

    claim: Id = parent("Claim", "Claim")
    post: Id = link("Post", "Post")
    employment: str | None = reference(
        "Employment", default=None, help="Where one post is claimed in two lines."
    )
    label: str | None = text("Portal label", default=None)
    rate: Id = link("Rate used", "Rate")
    rates_used: str | None = text("Rates used", default=None)
    hours: Hours | None = hours("Hours a week", default=None)
    wte: Decimal | None = number("WTE", places=4, default=None)
    salary: Money | None = money("Salary", default=None)
    employer_ni: Money | None = money("Employer NI", default=None)
    employer_pension: Money | None = money("Employer pension", default=None)
    fees: Money | None = money("Fees", default=None)
    share: Decimal | None = percentage("Share of cost that counts", default=None)
    cost: Money = money("Cost")
    maximum: Money = money("Maximum")
    pro_rata_maximum: Money = money("Pro rata maximum")
    claimed: Money = money("Claimed")
    working: str | None = long_text(
        "Working", default=None, help="Kept as numbers; the claim month words it."
    )
    keyed: bool | None = flag("Typed into the portal", default=None)
    source_ref: str | None = reference("Source", default=None)


class ClaimStage(Choice):
    """What became of a claim after it was submitted."""

    QUERIED = "queried"
    APPROVED = "approved"
    PAID = "paid"
    WITHDRAWN = "withdrawn"

    @property
    def tone(self) -> Tone:
        """A query wants an answer; approved and paid are good."""
        return {"queried": Tone.WARN, "withdrawn": Tone.GREY}.get(self.value, Tone.GOOD)


@record(
    title="Claim event",
    plural="Claim events",
    prefix="CE",
    columns=("happened_on", "stage", "amount", "told"),
)
class ClaimEvent(Record):
    """Something that happened to a claim, or to an uplift, after it was submitted."""

    claim: Id = about("Claim or uplift")
    happened_on: date = day("Happened on", lean=Lean.LAST)
    stage: ClaimStage = choice("What happened", ClaimStage)
    amount: Money | None = money("Amount", default=None, help="What was approved or paid, where it was told.")
    told: str | None = long_text("What was said", default=None)


def stage_of(events: Iterable[ClaimEvent]) -> ClaimStage | None:
    """Where a submitted claim stands: what happened last, by day and then by order of entry."""
    ordered = sorted(events, key=lambda event: (event.happened_on, event.id))
    return ordered[-1].stage if ordered else None


def current(claims: Iterable[Claim]) -> dict[Month, Claim]:
    """The claim that counts for each month: the one that no other claim supersedes.

    Of several, a submitted one counts before a draft, and then the last entered.
    """
    standing = sorted(_standing(claims), key=lambda one: (one.state is not ClaimState.DRAFT, one.id))
    return {claim.month: claim for claim in standing}


def beside_the_current(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims that no other supersedes and that do not count: a month has them where two copies each began one."""
    standing = _standing(claims)
    counting = {claim.id for claim in current(standing).values()}
    return tuple(claim for claim in standing if claim.id not in counting)


def _standing(claims: Iterable[Claim]) -> list[Claim]:
    every = sorted(claims, key=lambda claim: claim.id)
    replaced = {claim.supersedes for claim in every if claim.supersedes is not None}
    return [claim for claim in every if claim.id not in replaced]
