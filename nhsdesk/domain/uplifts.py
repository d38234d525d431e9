"""Uplifts: the difference that a maximum raised afterwards makes to months already claimed, as one single claim.

The original lines stay as they were (NEL ICB notice, August 2025): the difference is claimed once, on its own form to
the ICB, and only for staff whose back-pay has been paid.
"""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.claimed import ClaimState
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    money,
    month,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month, day_words


@record(
    title="Uplift claim",
    plural="Uplift claims",
    prefix="UP",
    columns=("first", "last", "state", "submitted_on", "icb_total"),
)
class Uplift(Record):
    """One single claim for the months of a rise that came late. Once submitted it may not change."""

    first: Month = month("From")
    last: Month = month("To")
    state: ClaimState = choice("State", ClaimState, default=ClaimState.DRAFT)
    known_on: date | None = day("Maxima as known on", default=None, lean=Lean.LAST)
    submitted_on: date | None = day("Submitted on", default=None, lean=Lean.LAST)
    icb_total: Money | None = money("ICB's figure, in all", default=None)
    remarks: str | None = long_text("Remarks", default=None)

    def sealed(self) -> str | None:
        """A submitted uplift stays as it was sent."""
        if self.state is ClaimState.DRAFT:
            return None
        when = f" on {day_words(self.submitted_on)}" if self.submitted_on else ""
        return f"The uplift for {self.title_words()} was marked as submitted{when}. Make another for what is still due."

    def title_words(self) -> str:
        """Its months."""
        return self.first.words if self.first == self.last else f"{self.first.words} to {self.last.words}"


@record(
    title="Uplift line",
    plural="Uplift lines",
    prefix="UL",
    columns=("post", "ours", "icb", "back_paid_on", "why_not"),
)
class UpliftLine(Record):
    """One post in an uplift: our figure, the ICB's beside it, and what ours rests on."""

    uplift: Id = parent("Uplift", "Uplift")
    post: Id = link("Post", "Post")
    was: Money = money("Claimed before")
    ours: Money = money("Our figure")
    icb: Money | None = money("ICB's figure", default=None)
    back_paid_on: date | None = day("Back-pay paid on", default=None, lean=Lean.LAST)
    left: bool | None = flag("Left meanwhile", default=None)
    why_not: str | None = text("Why nothing yet", default=None)
    working: str | None = long_text(
        "Working", default=None, help="Kept as numbers; the uplift page words it."
    )
