"""What a practice decides on an offer: its steps, its scored risks, its consent, and all practices together.

Each practice's agreement is evidenced (NHS England, Network Contract DES specification PRN02483, April 2026, 4.10.6).
To lean towards an offer is no consent, and no practice's consent stands for another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.domain.contracts import Decided, LocalVariation, SignUpDecision, SignUpRisk
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sign_up import uplift_of

WHOSE = "This is a decision of the practice's partners; talk to your LMC."

# ---- risks


def score(risk: SignUpRisk) -> int | None:
    """Likelihood times consequence; None where one is not yet scored, or is no score from 1 to 5."""
    both = (risk.likelihood, risk.consequence)
    if any(one is None or not 1 <= one <= 5 for one in both):
        return None
    return (risk.likelihood or 0) * (risk.consequence or 0)


def band(scored: int | None) -> str:
    """Low from 1, moderate from 4, high from 8, extreme from 15 up to 25."""
    if scored is None:
        return "not yet scored"
    return "extreme" if scored >= 15 else "high" if scored >= 8 else "moderate" if scored >= 4 else "low"


def risk_words(risk: SignUpRisk) -> str:
    """Its score with its band and working, "12 high (3 × 4)", or that it is not yet scored."""
    scored = score(risk)
    if scored is None:
        return "Not yet scored"
    return f"{scored} {band(scored)} ({risk.likelihood} × {risk.consequence})"


def risk_problems(risk: SignUpRisk) -> tuple[Problem, ...]:
    """A score that is none."""
    return tuple(
        Problem(
            f"{risk.ref}: {value} is no score from 1 to 5.", Weight.MUST_FIX, "sign_up_risk", risk.id, name
        )
        for name, value in (("likelihood", risk.likelihood), ("consequence", risk.consequence))
        if value is not None and not 1 <= value <= 5
    )


# ---- the decision of a practice


def has_consented(decision: SignUpDecision, today: date) -> bool:
    """Whether the partners agreed and signed: with the day, and the role that signed. Leaning is no consent."""
    signed = decision.signed_on is not None and decision.signed_on <= today
    return decision.decided is Decided.AGREED and signed and bool((decision.signatory_role or "").strip())


def decided_words(decision: SignUpDecision, today: date) -> str:
    """What the partners decided, and whether that is a consent."""
    on = decision.indicated_on
    said = f", as said on {day_words(on)}" if on else ""
    match decision.decided:
        case Decided.AGREED if has_consented(decision, today):
            assert decision.signed_on is not None
            return f"Agreed: consent signed on {day_words(decision.signed_on)} by {decision.signatory_role}"
        case Decided.AGREED:
            return f"Agreed{said}, but not signed with day and role: no consent yet"
        case Decided.LEANING:
            return f"Leaning to agree{said}: this is no consent"
        case Decided.DECLINED:
            return f"Declined{said}"
        case _:
            return "Undecided"


def tone(decision: SignUpDecision, today: date) -> Tone:
    """How it is to be read at a glance."""
    if has_consented(decision, today):
        return Tone.GOOD
    return {Decided.DECLINED: Tone.BAD, Decided.UNDECIDED: Tone.GREY}.get(decision.decided, Tone.WARN)


STEPS = ("facts", "for", "against", "risks", "decision")


def steps_done(decision: SignUpDecision, risks: Sequence[SignUpRisk], today: date) -> tuple[str, ...]:
    """Which of the five steps a practice has done."""
    final = has_consented(decision, today) or decision.decided is Decided.DECLINED
    done = (
        bool((decision.facts or "").strip()),
        bool((decision.reasons_for or "").strip()),
        bool((decision.reasons_against or "").strip()),
        bool(risks) and all(score(one) is not None for one in risks),
        final,
    )
    return tuple(step for step, is_done in zip(STEPS, done, strict=True) if is_done)


def how_far_words(decision: SignUpDecision, risks: Sequence[SignUpRisk], today: date) -> str:
    """How many steps are done, and which are not: "3 of 5 steps; still: risks, decision"."""
    done = steps_done(decision, risks, today)
    still = [step for step in STEPS if step not in done]
    return f"{len(done)} of {len(STEPS)} steps" + (f"; still: {', '.join(still)}" if still else "")


def decision_problems(
    decision: SignUpDecision, variation: LocalVariation, today: date
) -> tuple[Problem, ...]:
    """What would have a decision read as more, or as other, than it is."""
    found: list[Problem] = []

    def say(sentence: str, weight: Weight, field: str) -> None:
        found.append(Problem(f"{decision.ref}: {sentence}", weight, "sign_up_decision", decision.id, field))

    signed = decision.signed_on
    if decision.decided is Decided.AGREED and not has_consented(decision, today):
        say(
            "agreed, but without the day and the role that signed it is no consent.",
            Weight.ACKNOWLEDGE,
            "signed_on",
        )
    if signed is not None and signed > today:
        say(
            f"the consent is said to be signed on {day_words(signed)}, which has not come.",
            Weight.MUST_FIX,
            "signed_on",
        )
    if signed is not None and decision.decided not in (Decided.AGREED, Decided.DECLINED):
        say(f"it bears a signature, yet is “{decision.decided.value}”.", Weight.MUST_FIX, "decided")
    if signed is not None and variation.decide_by is not None and signed > variation.decide_by:
        say(
            f"it was signed after {day_words(variation.decide_by)}, by when to decide.",
            Weight.ACKNOWLEDGE,
            "signed_on",
        )
    own = uplift_of(decision.baseline, decision.offered).amount
    if own is not None and own.pence <= 0:
        say(
            "what is offered to this practice does not exceed its national baseline.",
            Weight.ACKNOWLEDGE,
            "offered",
        )
    return tuple(found)


# ---- all practices together


@dataclass(frozen=True, slots=True)
class Tally:
    """How many practices there are, and how many have consented or declined."""

    practices: int
    consented: int
    declined: int

    @property
    def words(self) -> str:
        """How many have consented, and that each is needed."""
        have = "has" if self.consented == 1 else "have"
        told = f"{self.consented} of {self.practices} practices {have} consented."
        if self.practices and self.consented == self.practices:
            return f"{told} That is all of them."
        refused = f" {self.declined} declined." if self.declined else ""
        return f"{told}{refused} The consent of each is needed."

    @property
    def complete(self) -> bool:
        """Whether every practice has consented."""
        return 0 < self.practices == self.consented


def tally(decisions: Iterable[SignUpDecision], practices: Iterable[Id], today: date) -> Tally:
    """Counts the practices, whether or not their decision was begun; of two decisions of one the newest holds."""
    newest = {one.practice: one for one in sorted(decisions, key=lambda one: one.id)}
    needed = set(practices) | set(newest)
    return Tally(
        len(needed),
        sum(has_consented(one, today) for one in newest.values()),
        sum(one.decided is Decided.DECLINED for one in newest.values()),
    )


def twice(decisions: Sequence[SignUpDecision]) -> tuple[Problem, ...]:
    """A practice with two decisions on one offer."""
    seen: dict[Id, SignUpDecision] = {}
    found = []
    for one in sorted(decisions, key=lambda one: one.id):
        if one.practice in seen:
            sentence = f"{one.ref} and {seen[one.practice].ref} are of the same practice. Remove one of them."
            found.append(Problem(sentence, Weight.MUST_FIX, "sign_up_decision", one.id, "practice"))
        seen.setdefault(one.practice, one)
    return tuple(found)


# ---- noting what the partners said


def noted(
    decision: SignUpDecision, decided: Decided, on: date | None, role: str, today: date
) -> SignUpDecision | Problem:
    """The decision as it stands once noted, or what is still needed; taken back, it bears no signature any more."""
    unsigned = replace(decision, decided=decided, signatory_role=None, signed_on=None)
    if decided is Decided.UNDECIDED:
        return replace(unsigned, indicated_on=None)
    if on is None:
        return Problem("Give the day on which the partners said so.", field="signed_on")
    if on > today:
        return Problem(
            f"{day_words(on)} has not come. Give the day on which the partners said so.", field="signed_on"
        )
    if decided is Decided.AGREED and not role.strip():
        return Problem("Give the role that signed: without it this is no consent.", field="signatory_role")
    if decided is Decided.AGREED:
        return replace(unsigned, signatory_role=role.strip(), signed_on=on)
    return replace(unsigned, indicated_on=on)
