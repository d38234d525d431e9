"""Rounds with who was asked and what came back; those of signatures read from the agreement itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import round_rules
from nhsdesk.domain.contracts import Agreement, Signature
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.round_rules import Answer, Standing
from nhsdesk.domain.rounds import Round, RoundReply
from nhsdesk.papers import Audience
from nhsdesk.sections import restricted
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with its answers in the order of their names."""

    round: Round
    answers: tuple[Answer, ...]
    standing: Standing
    agreement: Agreement | None
    subject: str
    own_only: bool
    """Shown to our own board only: restricted, or private until a day that has not come."""


def gather(reader: Reader, day: date, audience: Audience) -> tuple[RoundView, ...]:
    """The rounds that an audience may see, open ones first, what is due soonest first."""
    hidden = restricted.gather(reader, Audience.PARTNERS)
    seen = []
    for one in reader.all(Round):
        own_only = _own_only(one, hidden, day)
        if audience is Audience.OWN_BOARD or not own_only:
            seen.append(_view(reader, one, day, own_only))
    return tuple(
        sorted(seen, key=lambda view: (view.standing.closed, view.round.due or date.max, view.round.id))
    )


def _own_only(one: Round, hidden: restricted.Restricted, day: date) -> bool:
    private = one.private_until is not None and day < one.private_until
    return private or hidden.hides(one.id, one.agreement, one.action, one.decision)


def _view(reader: Reader, one: Round, day: date, own_only: bool) -> RoundView:
    agreement = reader.find(Agreement, one.agreement)
    asked: tuple[RoundReply, ...] | tuple[Signature, ...] = (
        reader.all(RoundReply, round=one.id)
        if agreement is None
        else reader.all(Signature, agreement=agreement.id)
    )
    names = _names(reader, asked)
    answers = sorted(
        (_answer(each, names.get(each.id, "not named")) for each in asked),
        key=lambda each: each.name.casefold(),
    )
    standing = round_rules.standing(one, answers, day)
    return RoundView(one, tuple(answers), standing, agreement, agreement.title if agreement else "", own_only)


def _names(reader: Reader, asked: Iterable[RoundReply | Signature]) -> dict[Id, str]:
    every = list(asked)
    practices = reader.several(Practice, (one.practice for one in every if one.practice is not None))
    others = reader.several(Organisation, (one.organisation for one in every if one.organisation is not None))
    found = {}
    for one in every:
        practice = practices.get(one.practice) if one.practice is not None else None
        other = others.get(one.organisation) if one.organisation is not None else None
        named = practice or other
        if named is not None:
            found[one.id] = named.name
        elif isinstance(one, Signature) and one.ours:
            found[one.id] = "Our PCN"
    return found


def _answer(one: RoundReply | Signature, name: str) -> Answer:
    if isinstance(one, Signature):
        said = "signed" if one.signed_on is not None else ""
        return Answer(one.id, name, said, replied_on=one.signed_on, by_role=one.role or "")
    return Answer(
        one.id,
        name,
        one.answer or "",
        one.figure,
        one.evidence.name if one.evidence is not None else "",
        one.replied_on,
        one.by_role or "",
        one.chased_on,
    )
