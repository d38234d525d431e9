"""Contracts with what is said of them, and agreements with who has signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nhsdesk.domain import agreements, contract_watch
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.contract_watch import Contracts, Parties, Passed
from nhsdesk.domain.contracts import Agreement, Contract, Signature
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.store import queries
from nhsdesk.store.database import LONDON
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as its page shows it, all in words."""

    contract: Contract
    layering: str
    core: str
    holder: str
    manager: str
    term: str
    alerts: tuple[str, ...]
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]


def contracts(reader: Reader, today: date) -> tuple[ContractView, ...]:
    """All contracts, those with most to say of them first."""
    known = {one.id: one for one in reader.all(Contract)}
    bodies = {one.id: one for one in reader.all(Organisation)}
    seen = [_contract(reader, one, known, bodies, today) for one in known.values()]
    return tuple(sorted(seen, key=lambda one: (-len(one.reasons), one.contract.id)))


def _contract(
    reader: Reader, one: Contract, known: Contracts, bodies: dict[Id, Organisation], today: date
) -> ContractView:
    parties = Parties(
        bodies.get(one.holder) if one.holder is not None else None,
        bodies.get(one.manager) if one.manager is not None else None,
        _passed(reader, one, bodies),
    )
    return ContractView(
        one,
        contract_watch.layering_words(one, known),
        contract_watch.core_words(one),
        contract_watch.body_words(parties.holder),
        contract_watch.managed_words(one, parties.manager),
        contract_watch.term_words(one),
        contract_watch.alerts(one, parties, today),
        contract_watch.reasons(one, known, parties, today),
        contract_watch.problems(one, known),
    )


def _passed(reader: Reader, contract: Contract, bodies: dict[Id, Organisation]) -> tuple[Passed, ...]:
    """From whom holder and manager came, and when: what was undone since is no change."""
    found: dict[str, Passed] = {}
    for entry in queries.history(reader, contract.id):
        for name, old, new in entry.change.pairs():
            if name not in ("holder", "manager") or new != getattr(contract, name) or name in found:
                continue
            before = bodies[Id(old)].name if isinstance(old, int) and Id(old) in bodies else ""
            on = datetime.fromisoformat(entry.step.moment).astimezone(ZoneInfo(LONDON)).date()
            found[name] = Passed(name, before, on)
    return tuple(one for one in found.values() if one.before)


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party to an agreement, and its signature."""

    name: str
    signature: Signature
    has_signed: bool


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement with its parties, how it stands, and what needs it."""

    agreement: Agreement
    parties: tuple[PartyView, ...]
    signed: str
    standing: str
    tone: Tone
    needs: str
    dpia: str
    problems: tuple[Problem, ...]


def all_agreements(reader: Reader, today: date) -> tuple[AgreementView, ...]:
    """All agreements, in the order they were added."""
    names: dict[Id, str] = {one.id: one.name for one in reader.all(Organisation)}
    names |= {one.id: one.name for one in reader.all(Practice)}
    ours = next((one.name for one in reader.all(Organisation, ours=True)), "Our PCN")
    return tuple(_agreement(reader, one, names, ours, today) for one in reader.all(Agreement))


def _agreement(reader: Reader, one: Agreement, names: dict[Id, str], ours: str, today: date) -> AgreementView:
    signatures = reader.all(Signature, agreement=one.id)
    parties = tuple(
        PartyView(_party(signature, names, ours), signature, agreements.has_signed(signature, today))
        for signature in signatures
    )
    words, tone = agreements.standing(one, signatures, today)
    resting = (commitment.ref for commitment in reader.counting(Commitment, agreement=one.id))
    return AgreementView(
        one,
        parties,
        agreements.signed_words(signatures, today),
        words,
        tone,
        agreements.needs_words(one, resting),
        agreements.dpia_words(one),
        agreements.problems(one, signatures, today),
    )


def _party(signature: Signature, names: dict[Id, str], ours: str) -> str:
    for id_ in (signature.practice, signature.organisation):
        if id_ is not None:
            return names.get(id_, "a party no longer listed")
    return ours if signature.ours else "a party not yet named"
