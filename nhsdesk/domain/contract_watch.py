"""What is said of each contract: what it lies on top of, whether core general practice is in it, and who holds it.

Contracts that reach general practice are watched for four things: that they take in core general practice, that nobody
says what becomes of GMS beneath them, that they pass to a body that is not general practice, and how long they run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nhsdesk.domain.contracts import Contract, ContractKind, ContractStatus, CoreInScope
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

CORE = frozenset({ContractKind.GMS, ContractKind.PMS, ContractKind.APMS})
"""The contracts that core general practice is held under."""

NEW_FORMS = frozenset({ContractKind.SNP, ContractKind.MNP, ContractKind.IHO})
"""The contracts named beside GMS (Department of Health and Social Care, 10 Year Health Plan, July 2025)."""

GENERAL_PRACTICE = frozenset({Sector.PRACTICE, Sector.PCN, Sector.FEDERATION})
COMMISSIONERS = frozenset({Sector.ICB, Sector.NATIONAL})

LATELY = timedelta(days=365)
LONG_TERM_YEARS = 10

Contracts = Mapping[Id, Contract]


@dataclass(frozen=True, slots=True)
class Passed:
    """That a contract's holder or manager was entered as another: which of the two, who it was before, and when."""

    what: str
    before: str
    on: date


@dataclass(frozen=True, slots=True)
class Parties:
    """Who holds and who manages a contract, as far as is known, and what changed of that."""

    holder: Organisation | None = None
    manager: Organisation | None = None
    passed: tuple[Passed, ...] = ()


# ---- what it lies on


def layers(contract: Contract, known: Contracts) -> tuple[Contract, ...]:
    """The contracts beneath, from the nearest down; each once, also where they go round in a ring."""
    found: list[Contract] = []
    seen = {contract.id}
    below = contract.layered_on
    while below is not None and below in known and below not in seen:
        seen.add(below)
        found.append(known[below])
        below = known[below].layered_on
    return tuple(found)


def in_ring(contract: Contract, known: Contracts) -> bool:
    """Whether it lies, by way of others, on top of itself."""
    return (contract, *layers(contract, known))[-1].layered_on == contract.id


def layering_words(contract: Contract, known: Contracts) -> str:
    """What it lies on top of, as far as anybody has said."""
    if in_ring(contract, known):
        return "Said to lie on top of itself, which cannot be"
    said = f"Said of it: {contract.layered_words}" if contract.layered_words else ""
    beneath = [f"on top of {one.ref} {one.title_words()}" for one in layers(contract, known)]
    if beneath:
        return ". ".join(part for part in ("Lies " + ", which lies ".join(beneath), said) if part)
    if contract.kind in CORE:
        return said or "Lies on nothing: others lie on top of it"
    return ". ".join(part for part in ("Not yet known what it lies on top of", said) if part)


# ---- core general practice


_CORE_WORDS = {
    CoreInScope.YES: "Takes in core general practice",
    CoreInScope.NO: "Leaves core general practice out",
    CoreInScope.SILENT: "Silent: it neither takes core general practice in nor leaves it out",
    None: "Not yet known whether it takes in core general practice",
}


def core_words(contract: Contract) -> str:
    """Whether core general practice is in its scope; silence is told as silence."""
    return _CORE_WORDS[contract.core_in_scope]


# ---- who holds and who manages it


def body_words(body: Organisation | None) -> str:
    """A body with its sector and legal form: "Wexmere Healthcare (GP federation, limited company)"."""
    if body is None:
        return "not yet known"
    told = [_sector(body), body.legal_form or "legal form not yet known"]
    return f"{body.name} ({', '.join(part for part in told if part)})"


def managed_words(contract: Contract, manager: Organisation | None) -> str:
    """Who manages it and since when."""
    if manager is None:
        return "Not yet known who manages it"
    if contract.manager_since is None:
        return f"Managed by {manager.name}; since when is not yet known"
    return f"Managed by {manager.name} since {day_words(contract.manager_since)}"


def alerts(contract: Contract, parties: Parties, today: date) -> tuple[str, ...]:
    """What changed of who holds or manages it, and what is unusual about them."""
    return (*_manager_alerts(contract, parties, today), *_holder_alerts(contract, parties, today))


def _manager_alerts(contract: Contract, parties: Parties, today: date) -> list[str]:
    manager, since, found = parties.manager, contract.manager_since, list(_passed(parties, "manager", today))
    if manager is None:
        return found
    if since is not None and since > today - LATELY:
        found.append(f"{managed_words(contract, manager)}.")
    if manager.sector is not None and manager.sector not in COMMISSIONERS:
        found.append(f"{manager.name} manages it, which is no ICB or national body: {_sector(manager)}.")
    return found


def _holder_alerts(contract: Contract, parties: Parties, today: date) -> list[str]:
    holder, found = parties.holder, list(_passed(parties, "holder", today))
    if holder is None:
        return found
    if holder.sector is None:
        found.append(f"It is not yet known what sort of body {holder.name} is, which holds it.")
    elif holder.sector not in GENERAL_PRACTICE:
        found.append(f"{holder.name} holds it, which is not general practice: {_sector(holder)}.")
    if holder.valid_to is not None and holder.valid_to < today:
        found.append(f"{holder.name}, which holds it, came to its end on {day_words(holder.valid_to)}.")
    return found


def _passed(parties: Parties, what: str, today: date) -> Iterable[str]:
    now = parties.manager if what == "manager" else parties.holder
    for one in parties.passed:
        if one.what == what and one.on > today - LATELY:
            after = now.name if now is not None else "nobody named"
            yield f"The {what} changed from {one.before} to {after}, as entered on {day_words(one.on)}."


def _sector(body: Organisation) -> str:
    """As inside a sentence: "acute trust", "ICB"."""
    return str(body.sector.value) if body.sector else ""


# ---- its term


def term_words(contract: Contract) -> str:
    """From when to when, and how many years that is."""
    starts, ends = contract.starts, contract.ends
    if starts is None and ends is None:
        return "Term not yet known"
    if ends is None:
        assert starts is not None
        return f"From {day_words(starts)}; no end is known"
    if starts is None:
        return f"To {day_words(ends)}; its start is not yet known"
    years = term_years(contract)
    length = f" ({years} {'year' if years == 1 else 'years'})" if years else ""
    return f"{day_words(starts)} to {day_words(ends)}{length}"


def term_years(contract: Contract) -> int:
    """How many whole years it runs; 0 where that is not known."""
    if contract.starts is None or contract.ends is None or contract.ends < contract.starts:
        return 0
    after = contract.ends + timedelta(days=1) if contract.ends < date.max else contract.ends
    anniversary = (after.month, after.day) >= (contract.starts.month, contract.starts.day)
    return after.year - contract.starts.year - (not anniversary)


# ---- the watch list


def reasons(contract: Contract, known: Contracts, parties: Parties, today: date) -> tuple[str, ...]:
    """Why it is on the watch list; nothing where it is not."""
    if contract.status is ContractStatus.ENDED:
        return ()
    found = [contract.watched_because] if contract.watched_because else []
    if contract.status in (ContractStatus.PROPOSED, ContractStatus.OFFERED):
        found.append(f"{contract.status.words}, not signed.")
    if contract.kind not in CORE:
        found += _core_reasons(contract)
        if contract.layered_on is None and contract.kind in NEW_FORMS:
            found.append("Nobody has said whether it lies on top of GMS.")
    if in_ring(contract, known):
        found.append("It is said to lie on top of itself.")
    if term_years(contract) >= LONG_TERM_YEARS:
        found.append(f"A term of {term_years(contract)} years.")
    if contract.ends is not None and today <= contract.ends < today + LATELY:
        found.append(f"Ends on {day_words(contract.ends)}.")
    return (*found, *alerts(contract, parties, today))


def _core_reasons(contract: Contract) -> list[str]:
    match contract.core_in_scope:
        case CoreInScope.YES:
            return ["It takes in core general practice."]
        case CoreInScope.SILENT:
            return ["It is silent on core general practice: ask before anything is signed."]
        case _:
            return []


# ---- what cannot be


def problems(contract: Contract, known: Contracts) -> tuple[Problem, ...]:
    """A ring of layers, and a term that ends before it begins."""
    found = []
    if in_ring(contract, known):
        ring = ", ".join(one.ref for one in layers(contract, known)) or contract.ref
        sentence = (
            f"{contract.ref} is said to lie on top of itself by way of {ring}. Say of one of them that it lies on "
            "another, or on nothing."
        )
        found.append(Problem(sentence, Weight.MUST_FIX, "contract", contract.id, "layered_on"))
    if contract.starts is not None and contract.ends is not None and contract.ends < contract.starts:
        sentence = f"{contract.ref} ends before it begins. Look at its two days once more."
        found.append(Problem(sentence, Weight.ACKNOWLEDGE, "contract", contract.id, "ends"))
    return tuple(found)
