"""Risks as boards keep them: cause, event and effect, scored 1 to 5 twice, now and as it should be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    count,
    day,
    derived,
    flag,
    link,
    long_text,
    parent,
    record,
    text,
)
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules

LOWEST, HIGHEST = 1, 5
LIKELIHOODS = ("rare", "unlikely", "possible", "likely", "almost certain")
CONSEQUENCES = ("negligible", "minor", "moderate", "major", "catastrophic")
"""What 1 to 5 mean, as the NPSA matrix of 2008 has them."""


class Band(Choice):
    """How grave a score is: NPSA matrix of 2008, 1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"
    UNSCORED = "not yet scored"

    @property
    def tone(self) -> Tone:
        """Low is good, high wants attention, extreme is bad."""
        return _TONES.get(self.value, Tone.GREY)


_TONES = {"low": Tone.GOOD, "high": Tone.WARN, "extreme": Tone.BAD}
_TOPS = ((3, Band.LOW), (6, Band.MODERATE), (12, Band.HIGH), (25, Band.EXTREME))


def product(likelihood: int | None, consequence: int | None) -> int | None:
    """Likelihood times consequence; None unless both are 1 to 5."""
    if likelihood is None or consequence is None:
        return None
    if not all(LOWEST <= one <= HIGHEST for one in (likelihood, consequence)):
        return None
    return likelihood * consequence


def band_of(score: int | None) -> Band:
    """The band a score lies in. No two numbers of 1 to 5 multiply to 7, 13 or 14."""
    if score is None or score < LOWEST:
        return Band.UNSCORED
    return next((band for top, band in _TOPS if score <= top), Band.UNSCORED)


def score(risk: Risk, rules: Rules, today: date) -> int | None:
    """The score now."""
    return product(risk.likelihood, risk.consequence)


def band(risk: Risk, rules: Rules, today: date) -> Band:
    """The band of the score now."""
    return band_of(product(risk.likelihood, risk.consequence))


@record(
    title="Risk",
    plural="Risks",
    prefix="RK",
    columns=("event", "owner", "band", "score", "target", "review_on", "closed_on"),
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
    scored_on: date | None = day("Scored on", default=None, lean=Lean.LAST)
    scored_because: str | None = text("Why so", default=None)
    target: int | None = count("Target score", default=None)
    controls: str | None = long_text("Controls", default=None)
    gaps: str | None = long_text("Gaps", default=None)
    review_on: date | None = day("Review on", default=None)
    closed_on: date | None = day("Closed on", default=None, lean=Lean.LAST)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")

    score = derived("Score", score, uses=("likelihood", "consequence"))
    band = derived("Band", band, uses=("likelihood", "consequence"))


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


def whole(risk: Risk) -> str:
    """Cause, event and effect in one sentence, as registers print them."""
    cause = f"Because of {_inside(risk.cause)}: " if risk.cause else ""
    effect = f"; so that {_inside(risk.effect)}" if risk.effect else ""
    return f"{cause}{_inside(risk.event) if cause else risk.event}{effect}"


def open_on(risk: Risk, today: date) -> bool:
    """Whether it stands open on a day."""
    return (risk.closed_on is None or risk.closed_on > today) and (
        risk.opened is None or risk.opened <= today
    )


def last_before(scores: Iterable[RiskScore], today: date) -> RiskScore | None:
    """The newest of a risk's earlier scores by a day; of one day's scores the one kept last."""
    return max(
        (one for one in scores if one.scored_on <= today),
        key=lambda one: (one.scored_on, one.id),
        default=None,
    )


def trend(risk: Risk, scores: Iterable[RiskScore], today: date) -> str:
    """How the score moved since the one before: "up from 9", "down from 16", "as before", "first score"."""
    now = product(risk.likelihood, risk.consequence)
    earlier = last_before(scores, today)
    before = product(earlier.likelihood, earlier.consequence) if earlier is not None else None
    if now is None:
        return "not yet scored"
    if before is None:
        return "first score"
    return "as before" if now == before else f"{'up' if now > before else 'down'} from {before}"


def above_target(risk: Risk) -> bool:
    """Whether the score is higher than it should come to be."""
    now = product(risk.likelihood, risk.consequence)
    return now is not None and risk.target is not None and now > risk.target


def review_overdue(risk: Risk, today: date) -> bool:
    """Whether an open risk should have been looked at before today."""
    return open_on(risk, today) and risk.review_on is not None and risk.review_on < today


_OF_FIVE = ("inherent_likelihood", "inherent_consequence", "likelihood", "consequence")
_LABELS = {
    "inherent_likelihood": "the likelihood before controls",
    "inherent_consequence": "the consequence before controls",
    "likelihood": "the likelihood now",
    "consequence": "the consequence now",
    "target": "the target score",
}


def problems(risk: Risk) -> tuple[Problem, ...]:
    """Scores outside the square, and a risk nobody has scored yet. Quiet in the register, spoken in a paper."""
    tops = {**dict.fromkeys(_OF_FIVE, HIGHEST), "target": HIGHEST * HIGHEST}
    found = [
        Problem(
            f"{risk.ref}: {_LABELS[name]} is {held:,}; it must be {LOWEST} to {top}.",
            Weight.MUST_FIX,
            "risk",
            risk.id,
            name,
        )
        for name, top in tops.items()
        if (held := getattr(risk, name)) is not None and not LOWEST <= held <= top
    ]
    unscored = [name for name in ("likelihood", "consequence") if getattr(risk, name) is None]
    if unscored:
        told = f"{risk.ref}: {' and '.join(_LABELS[name] for name in unscored)} "
        told += f"{'is' if len(unscored) == 1 else 'are'} not yet known, so it has no score."
        found.append(Problem(told, Weight.ACKNOWLEDGE, "risk", risk.id, unscored[0]))
    return tuple(found)


def _inside(words: str) -> str:
    """Words in the middle of a sentence: the first letter small unless the word is all capitals, such as GP."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
