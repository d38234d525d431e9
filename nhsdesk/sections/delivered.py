"""What our PCN has delivered, with its measure and evidence, and what we offered to lead, with what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Block, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import evidence as proofs
from nhsdesk.domain import leadership_rules
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import Delivered, OfferToLead
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import apart, restricted, told_numbers, written
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

TITLE = "What our PCN has delivered"
OUTCOMES, OFFERS, WITHHELD = "Outcomes", "What we offered to lead", "Withheld"
NOT_SAID = "not said"
NO_EVIDENCE = "no evidence named"


@dataclass(frozen=True, slots=True)
class DeliveredFacts:
    """One outcome with its measure, what was before, the period, and what shows it."""

    ref: str
    id: str
    outcome: str
    measure: str
    before: str
    period: str
    evidence: str


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One offer to lead: to whom, when, where it is written, and the reply or for how long there was none."""

    ref: str
    id: str
    what: str
    forum: str
    offered_on: date | None
    reply: str
    unanswered: bool
    where: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader may see, the references withheld, and what the entries lack."""

    delivered: tuple[DeliveredFacts, ...]
    offers: tuple[OfferFacts, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]


# ---- gather


@dataclass(frozen=True, slots=True)
class _Held:
    proofs: Mapping[Id, Evidence]
    bodies: Mapping[Id, str]
    documents: Mapping[Id, SourceDocument]
    hidden: Restricted
    day: date


def gather(reader: Reader, asked: Asked, audience: Audience, each: apart.Read) -> Facts:
    """What an audience may read, as at the day of the paper: outcomes and offers apart."""
    done = each.of(OUTCOMES, lambda: _outcomes(reader, _held(reader, asked.day, audience)), texts)
    made = each.of(OFFERS, lambda: _offers(reader, _held(reader, asked.day, audience)), texts)
    return _together(*(one for one in (done, made) if one is not None))


def as_at(reader: Reader, day: date, audience: Audience = Audience.OWN_BOARD) -> Facts:
    """What an audience may read as at a day: what was measured or offered later is not there."""
    held = _held(reader, day, audience)
    return _together(_outcomes(reader, held), _offers(reader, held))


def _held(reader: Reader, day: date, audience: Audience) -> _Held:
    return _Held(
        {one.id: one for one in reader.all(Evidence)},
        {one.id: one.name for one in reader.all(Body)},
        {one.id: one for one in reader.all(SourceDocument)},
        restricted.gather(reader, audience),
        day,
    )


def _outcomes(reader: Reader, held: _Held) -> Facts:
    done = [one for one in reader.all(Delivered) if one.measured_on is None or one.measured_on <= held.day]
    shown = [one for one in done if not held.hidden.hides(one.id, one.evidence)]
    return Facts(
        tuple(_delivered(one, held) for one in shown),
        (),
        tuple(one.ref for one in done if one not in shown),
        tuple(problem for one in shown for problem in _problems(one, held)),
    )


def _offers(reader: Reader, held: _Held) -> Facts:
    made = [one for one in reader.all(OfferToLead) if one.offered_on is None or one.offered_on <= held.day]
    shown = [one for one in made if not held.hidden.hides(one.id)]
    ordered = sorted(shown, key=lambda one: (one.offered_on or held.day, one.id))
    withheld = tuple(one.ref for one in made if one not in shown)
    return Facts((), tuple(_offer(one, held) for one in ordered), withheld, ())


def _together(*parts: Facts) -> Facts:
    return Facts(
        tuple(one for part in parts for one in part.delivered),
        tuple(one for part in parts for one in part.offers),
        tuple(ref for part in parts for ref in part.withheld),
        tuple(problem for part in parts for problem in part.problems),
    )


def _delivered(one: Delivered, held: _Held) -> DeliveredFacts:
    measured = f"measured on {day_words(one.measured_on)}" if one.measured_on else ""
    return DeliveredFacts(
        one.ref,
        str(one.id),
        written.short(one.outcome),
        written.short(one.measure or NOT_SAID),
        written.short(one.baseline or NOT_SAID),
        ", ".join(words for words in (one.period or "", measured) if words) or NOT_SAID,
        _evidence(one, held),
    )


def _evidence(one: Delivered, held: _Held) -> str:
    proof = held.proofs.get(one.evidence) if one.evidence is not None else None
    if proof is None:
        return NO_EVIDENCE
    since = f"holds from {day_words(proof.effective_on)}" if proof.effective_on else "day not given"
    return f"{proof.ref} {written.short(proof.what)}, {since}"


def _offer(one: OfferToLead, held: _Held) -> OfferFacts:
    body = held.bodies.get(one.forum) if one.forum is not None else None
    where = written.where(held.documents, one.document, one.locator, held.hidden)
    return OfferFacts(
        one.ref,
        str(one.id),
        written.short(one.what),
        written.short(body or one.forum_words or NOT_SAID),
        one.offered_on,
        written.short(leadership_rules.reply_words(one, held.day)),
        leadership_rules.is_unanswered(one, held.day),
        where,
    )


def _problems(one: Delivered, held: _Held) -> Iterator[Problem]:
    for words in leadership_rules.lacking(one):
        yield Problem(f"{one.ref}: {words}.", Weight.ACKNOWLEDGE, "delivered", one.id)
    proof = held.proofs.get(one.evidence) if one.evidence is not None else None
    if proof is not None and not proofs.shows(proof, held.day):
        said = proofs.standing(proof, held.day).words.lower()
        yield Problem(f"{one.ref}: its evidence {proof.ref} {said}.", Weight.ACKNOWLEDGE, "delivered", one.id)


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for one in facts.delivered:
        yield one.ref, "\n".join((one.outcome, one.measure, one.before, one.period, one.evidence))
    for offer in facts.offers:
        yield offer.ref, "\n".join((offer.what, offer.forum, offer.reply, offer.where))


# ---- on paper

_DELIVERED, _OFFERS = "Delivered", "Offers"


def withheld(facts: Facts) -> Iterator[Section]:
    """What is withheld, where anything is."""
    if facts.withheld:
        yield Section(WITHHELD, restricted.withheld_items(facts.withheld))


def outcomes(facts: Facts) -> Section:
    """What was delivered."""
    return Section(OUTCOMES, _delivered_blocks(facts), figures=tuple(_measures(facts)))


def offers(facts: Facts) -> Section:
    """What was offered."""
    return Section(OFFERS, _offer_blocks(facts), figures=tuple(_waits(facts)))


def _measures(facts: Facts) -> Iterator[Figure]:
    for one in facts.delivered:
        for words, what in ((one.measure, "Measure of an outcome"), (one.before, "What was before")):
            yield from told_numbers.of_lines((words,), what, "as it was entered", (one.ref,), _DELIVERED)


def _waits(facts: Facts) -> Iterator[Figure]:
    for one in facts.offers:
        if one.unanswered:
            by = "from the day of the offer to the day of the paper"
            yield from told_numbers.of_lines((one.reply,), "Days without a reply", by, (one.ref,), _OFFERS)


def counted(facts: Facts, outcomes: str, offers: str, unanswered: str) -> tuple[Figure, ...]:
    """How many outcomes and offers there are, and how many of these have no reply, in the words that say so.

    No words are given for what could not be read, and none where every offer has a reply.
    """
    seen = "those that the readers of this paper may see"
    told = (
        (outcomes, "Outcomes", tuple(one.ref for one in facts.delivered)),
        (offers, "Offers to lead", tuple(one.ref for one in facts.offers)),
        (
            unanswered,
            "Offers to lead without a reply",
            tuple(one.ref for one in facts.offers if one.unanswered),
        ),
    )
    return tuple(Figure(words, f"{len(refs)}", what, seen, refs) for words, what, refs in told if words)


def _delivered_blocks(facts: Facts) -> tuple[Block, ...]:
    if not facts.delivered:
        return (Paragraph("Nothing is written down yet that may be shown here."),)
    headings = ("Ref", "Outcome", "Measure", "Before", "Period", "Evidence")
    rows = tuple(
        (one.ref, one.outcome, one.measure, one.before, one.period, one.evidence) for one in facts.delivered
    )
    return (Table(_DELIVERED, tuple(map(Column, headings)), rows),)


def _offer_blocks(facts: Facts) -> tuple[Block, ...]:
    if not facts.offers:
        return (Paragraph("No offer to lead is written down that may be shown here."),)
    headings = ("Ref", "What we offered", "To", "When", "Reply", "Where it is written")
    rows = tuple(
        (
            one.ref,
            one.what,
            one.forum,
            day_words(one.offered_on) if one.offered_on else NOT_SAID,
            one.reply,
            one.where,
        )
        for one in facts.offers
    )
    return (Table(_OFFERS, tuple(map(Column, headings)), rows),)
