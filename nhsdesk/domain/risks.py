"""Risks as boards keep them: cause, event and effect, scored 1 to 5 twice, now and as it should be."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    count,
    day,
    flag,
    link,
    long_text,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Id


@record(
    title="Risk",
    plural="Risks",
    prefix="RK",
    columns=("event", "owner", "likelihood", "consequence", "target", "review_on"),
    groups={"What may happen": "cause", "How grave": "inherent_likelihood", "What is done": "controls"},
)
class Risk(Record):
    """One risk: because of a cause, an event may happen, with an effect."""

    cause: str | None = text("Because of", default=None)
    event: str = text("It may happen that")
    effect: str | None = text("So that", default=None)
    owner: Id | None = link("Owner", "Person", default=None)
    opened: date | None = day("Opened", default=None, lean=Lean.LAST)
    inherent_likelihood: int | None = count("Likelihood before controls, 1 to 5", default=None)
    inherent_consequence: int | None = count("Consequence before controls, 1 to 5", default=None)
    likelihood: int | None = count("Likelihood now, 1 to 5", default=None)
    consequence: int | None = count("Consequence now, 1 to 5", default=None)
    target: int | None = count("Target score", default=None)
    controls: str | None = long_text("Controls", default=None)
    gaps: str | None = long_text("Gaps", default=None)
    review_on: date | None = day("Review on", default=None)
    closed_on: date | None = day("Closed on", default=None, lean=Lean.LAST)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


@record(
    title="Risk score",
    plural="Risk scores",
    prefix="RS",
    columns=("scored_on", "likelihood", "consequence", "remark"),
)
class RiskScore(Record):
    """An earlier score of a risk, for its trend."""

    risk: Id = parent("Risk", "Risk")
    scored_on: date = day("Scored on", lean=Lean.LAST)
    likelihood: int = count("Likelihood")
    consequence: int = count("Consequence")
    remark: str | None = text("Remark", default=None)
