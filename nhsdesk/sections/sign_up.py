"""Offers to vary the contract, each with its streams and with what every practice of the PCN has decided so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import sign_up, sign_up_decisions
from nhsdesk.domain.contracts import BaselineStream, LocalVariation, SignUpDecision, SignUpRisk
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sign_up import Uplift
from nhsdesk.domain.sign_up_decisions import Tally
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A practice, and its decision with its risks where it was begun."""

    practice: Practice
    decision: SignUpDecision | None
    risks: tuple[SignUpRisk, ...] = ()


@dataclass(frozen=True, slots=True)
class VariationView:
    """One offer: what it comes to, where every practice stands, and what is wrong with it."""

    variation: LocalVariation
    where: str
    streams: tuple[BaselineStream, ...]
    practices: tuple[PracticeView, ...]
    uplift: Uplift
    tally: Tally

    @property
    def not_begun(self) -> tuple[Practice, ...]:
        """The practices whose decision was not begun."""
        return tuple(one.practice for one in self.practices if one.decision is None)

    def offer_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the offer itself."""
        return sign_up.variation_problems(self.variation, self.streams)

    def decision_problems(self, today: date) -> tuple[Problem, ...]:
        """What is wrong with what practices decided."""
        begun = [one for one in self.practices if one.decision is not None]
        found = list(sign_up_decisions.twice([one.decision for one in begun if one.decision is not None]))
        for one in begun:
            assert one.decision is not None
            found += sign_up_decisions.decision_problems(one.decision, self.variation, today)
            found += [problem for risk in one.risks for problem in sign_up_decisions.risk_problems(risk)]
        return tuple(found)


def practices(reader: Reader, today: date) -> tuple[Practice, ...]:
    """The practices of our PCN on a day; one of no named PCN is taken for ours."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    found = [
        one
        for one in reader.all(Practice)
        if (one.network is None or one.network in ours) and _there(one, today)
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def _there(practice: Practice, today: date) -> bool:
    begun = practice.valid_from is None or practice.valid_from <= today
    return begun and (practice.valid_to is None or practice.valid_to >= today)


def gather(reader: Reader, variation: LocalVariation, today: date) -> VariationView:
    """An offer with every practice of the PCN, whether or not its decision was begun."""
    current = practices(reader, today)
    decisions = reader.all(SignUpDecision, variation=variation.id)
    streams = reader.all(BaselineStream, variation=variation.id)
    document = reader.find(SourceDocument, variation.document)
    return VariationView(
        variation,
        _where(variation, document),
        streams,
        _each(reader, current, decisions),
        sign_up.uplift(variation, streams),
        sign_up_decisions.tally(decisions, (one.id for one in current), today),
    )


def _each(
    reader: Reader, current: tuple[Practice, ...], decisions: tuple[SignUpDecision, ...]
) -> tuple[PracticeView, ...]:
    of: dict[Id, list[SignUpDecision]] = {}
    for decision in decisions:
        of.setdefault(decision.practice, []).append(decision)
    known = {one.id: one for one in current} | reader.several(Practice, set(of) - {one.id for one in current})
    found = []
    for id_, practice in known.items():
        found += [
            PracticeView(practice, one, reader.all(SignUpRisk, decision=one.id)) for one in of.get(id_, ())
        ]
        if id_ not in of:
            found.append(PracticeView(practice, None))
    return tuple(found)


def _where(variation: LocalVariation, document: SourceDocument | None) -> str:
    if document is None:
        return "Not yet known where this is written"
    return f"{document.title_words()}, {variation.locator or 'page not given'}"
