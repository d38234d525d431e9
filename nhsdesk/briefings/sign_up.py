"""The sign-up papers: one page for each practice, on which its partners decide on an offer to vary the contract.

What a practice said so far is left out until the offer is private no more: votes are nobody else's before the deadline.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Report, Section, Table
from nhsdesk.domain import sign_up, sign_up_decisions
from nhsdesk.domain.contracts import LocalVariation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, guarded_practices, heading, restricted
from nhsdesk.sections import sign_up as offers
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.guarded_practices import Guarded
from nhsdesk.sections.restricted import Restricted
from nhsdesk.sections.sign_up import PracticeView, VariationView
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PRACTICE
NOT_WRITTEN = "Not yet written."
_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """A risk as scored."""

    what: str
    scored: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What stands on the page of one practice."""

    ref: str
    id: str
    practice: str
    offer: str
    working: tuple[str, ...]
    uplift: str
    own_uplift: str
    facts: str
    reasons_for: str
    reasons_against: str
    risks: tuple[RiskFacts, ...]
    decided: str
    private_until: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The pages, what is withheld, and what is wrong with them."""

    heading: Heading
    pages: tuple[PageFacts | NotRead, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """The pages of every decision begun, offer by offer."""
    hidden, guarded = restricted.gather(reader, AUDIENCE), guarded_practices.guarded(reader)
    each = apart.Read()
    pages: list[PageFacts | NotRead] = []
    withheld: list[str] = []
    problems: list[Problem] = []
    for variation in reader.all(LocalVariation):
        seen = each.one_of(_of_offer(variation), partial(_seen, reader, variation, asked.day, hidden))
        if isinstance(seen, NotRead):
            pages.append(seen)
            continue
        begun = [one for one in seen.practices if one.decision is not None]
        shown = [one for one in begun if not _hides(hidden, seen, one)]
        withheld += [one.decision.ref for one in begun if one.decision is not None and one not in shown]
        made = [each.one_of(_name(one.practice.name), partial(_page, seen, one, asked.day)) for one in shown]
        pages += made
        if made:
            problems += apart.problems(_of_offer(variation), seen, partial(_problems, day=asked.day))
        problems += [problem for page in apart.read(made) for problem in _naming(guarded, page)]
    head = each.under(heading.gather(reader, asked))
    return Facts(head, tuple(pages), tuple(withheld), tuple(problems))


def _of_offer(variation: LocalVariation) -> str:
    return f"Decisions on {variation.ref}"


def _seen(reader: Reader, variation: LocalVariation, day: date, hidden: Restricted) -> VariationView:
    return _without_withheld(offers.gather(reader, variation, day), hidden)


def _without_withheld(seen: VariationView, hidden: Restricted) -> VariationView:
    """The same figures without the words of streams and risks that are withheld."""
    streams = tuple(
        replace(one, stream=restricted.WORDS, working=None) if hidden.hides(one.id) else one
        for one in seen.streams
    )
    decided = tuple(
        replace(
            one,
            risks=tuple(
                replace(risk, what=restricted.WORDS) if hidden.hides(risk.id) else risk for risk in one.risks
            ),
        )
        for one in seen.practices
    )
    uplift = sign_up.uplift(seen.variation, streams)
    return replace(seen, streams=streams, practices=decided, uplift=uplift)


def _hides(hidden: Restricted, seen: VariationView, one: PracticeView) -> bool:
    assert one.decision is not None
    offer = seen.variation
    return hidden.hides(one.decision.id, offer.id, offer.document) or hidden.hides(offer.id)


def _problems(seen: VariationView, day: date) -> list[Problem]:
    offer, found = seen.variation, list(seen.offer_problems())
    if sign_up.is_private(offer, day):
        assert offer.private_until is not None
        sentence = (
            f"{offer.ref} is private until {day_words(offer.private_until)}. What practices said so far is left out; "
            "give each practice its own page, and nobody else any."
        )
        found.append(Problem(sentence, Weight.ACKNOWLEDGE, "local_variation", offer.id, "private_until"))
    else:
        found += seen.decision_problems(day)
    return found


def _naming(guarded: tuple[Guarded, ...], page: PageFacts) -> tuple[Problem, ...]:
    risks = "\n".join(risk.what for risk in page.risks)
    text = "\n".join(
        (page.offer, *page.working, page.facts, page.reasons_for, page.reasons_against, risks, page.decided)
    )
    return guarded_practices.naming(guarded, page.ref, text)


def _page(seen: VariationView, one: PracticeView, day: date) -> PageFacts:
    offer, decision = seen.variation, one.decision
    assert decision is not None
    private = sign_up.is_private(offer, day)
    own = sign_up.uplift_of(decision.baseline, decision.offered)
    return PageFacts(
        ref=decision.ref,
        id=str(decision.id),
        practice=one.practice.name,
        offer=(
            f"{offer.ref} {offer.title}. {seen.where}. Clauses varied: {offer.clauses or 'not yet known'}. "
            f"{sign_up.deadline_words(offer, day)}."
        ),
        working=seen.uplift.working,
        uplift=f"{seen.uplift.words}.",
        own_uplift=f"For this practice: {own.words}." if own.amount is not None else "",
        facts=decision.facts or "",
        reasons_for=decision.reasons_for or "",
        reasons_against=decision.reasons_against or "",
        risks=tuple(RiskFacts(risk.what, sign_up_decisions.risk_words(risk)) for risk in one.risks),
        decided="" if private else sign_up_decisions.decided_words(decision, day),
        private_until=offer.private_until if private else None,
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before partners decide on it."""
    return (*heading.check(facts.heading), *facts.problems)


def due(diary: Diary) -> Due:
    """Wanted with an offer; its own day stands on each page."""
    return Due("Wanted when an offer is to be decided on")


def in_short(facts: Facts) -> str:
    """How many pages it has."""
    return f"{len(facts.pages)} {'practice' if len(facts.pages) == 1 else 'practices'}"


def compile(facts: Facts) -> Report:
    """A page for each practice."""
    head = facts.heading
    none = Section("Sign-up decisions", (Paragraph("No practice's decision has been begun."),))
    each = apart.each(facts.pages, lambda page: _name(page.practice), lambda page: (_section(page),))
    pages = heading.pages(each, none, facts.withheld)
    subtitle = f"For each practice of {head.network}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "Sign-up decision", subtitle, pages)


def _name(practice: str) -> str:
    return practice if len(practice) <= _LONGEST_HEADING else practice[:_LONGEST_HEADING] + "…"


def _section(page: PageFacts) -> Section:
    name = _name(page.practice)
    whole = (Paragraph(page.practice),) if name != page.practice else ()
    own = (Paragraph(page.own_uplift),) if page.own_uplift else ()
    blocks: tuple[Block, ...] = (
        *whole,
        Paragraph(sign_up_decisions.WHOSE),
        Paragraph(f"The offer: {page.offer}"),
        Bullets(page.working),
        Paragraph(page.uplift),
        *own,
        Paragraph(f"Facts: {page.facts or NOT_WRITTEN}"),
        Paragraph(f"For: {page.reasons_for or NOT_WRITTEN}"),
        Paragraph(f"Against: {page.reasons_against or NOT_WRITTEN}"),
        _risks(page),
        *_decision(page),
    )
    return Section(name, blocks)


def _risks(page: PageFacts) -> Block:
    if not page.risks:
        return Paragraph("Risks: none scored yet.")
    columns = (Column("Risk"), Column("Score: likelihood × consequence"))
    return Table(f"Risks {page.ref}", columns, tuple((risk.what, risk.scored) for risk in page.risks))


def _decision(page: PageFacts) -> tuple[Block, ...]:
    if page.decided:
        return (Paragraph(f"Decision: {page.decided}."),)
    until = f"Private until {day_words(page.private_until)}." if page.private_until else ""
    return (
        Paragraph(f"What practices have said so far is not shown. {until}"),
        Paragraph("Decision (agreed or declined): ______________________________"),
        Paragraph("Signed by, as a role: ______________________________   On: ________________"),
    )


PAPER = Paper(
    key="sign-up",
    title="Sign-up decision, a page for each practice",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
