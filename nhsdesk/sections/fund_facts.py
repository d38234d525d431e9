"""A fund as papers and pages show it on a day, and the sentences they tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import BarLook, Chart, Series
from nhsdesk.domain import fund_rules
from nhsdesk.domain.fund_rules import Basis
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.organisations import Sector
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.sections import written

UNKNOWN = "unknown"
NOT_YET = "not yet ratified"


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What one partner said to one principle."""

    partner: str
    partner_id: str
    said: str
    on: date | None
    where: str
    tone: str


@dataclass(frozen=True, slots=True)
class PrincipleFacts:
    """A principle, every partner's answer, and how it does where it can be checked."""

    ref: str
    id: str
    words: str
    where: str
    answers: tuple[AnswerFacts, ...]
    lacking: tuple[str, ...]
    verdict: str
    checked: str
    tone: str


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry with its money on the day, and what it rests on."""

    ref: str
    id: str
    what: str
    planned: Money | None
    committed: Money
    spent: Money
    sector: str
    consultancy: bool | None
    supplier: str
    principle: str
    basis: str
    lacking: tuple[str, ...]
    tone: str
    early: Money
    posts: tuple[str, ...]

    @property
    def spent_on_nothing(self) -> bool:
        """Whether money was spent and a ratification is missing."""
        return self.tone == Tone.BAD.value


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """What one sector gets."""

    name: str
    planned: Money
    committed: Money
    spent: Money


@dataclass(frozen=True, slots=True)
class FundFacts:
    """One fund as at a day."""

    ref: str
    id: str
    name: str
    year: str
    value: Money | None
    purpose: str
    where: str
    holder: str
    held_for: str
    beneficiary: str
    accountable_body: str
    year_end: str
    ends: date | None
    partners: tuple[str, ...]
    left: tuple[str, ...]
    principles: tuple[PrincipleFacts, ...]
    entries: tuple[EntryFacts, ...]
    sectors: tuple[SectorFacts, ...]
    planned: Money
    committed: Money
    spent: Money
    balance: Money | None
    free: Money | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The funds an audience may see, and the references of those it may not."""

    funds: tuple[FundFacts, ...]
    withheld: tuple[str, ...]
    day: date


# ---- words


def footing_words(entry: EntryFacts) -> str:
    """What an entry rests on, and whose ratification is missing, in a sentence."""
    spent = f"{entry.spent} spent. " if entry.spent_on_nothing else ""
    if entry.basis == Basis.LACKING.value:
        return f"{spent}Not yet ratified by {_listed(entry.lacking)}."
    if not entry.lacking:
        return f"{spent}{opened(entry.basis)}."
    partners = len(entry.lacking)
    none = "its 1 partner has not" if partners == 1 else f"none of the {partners} partners has"
    return f"{spent}{opened(entry.basis)}, so {none} ratified it."


def ratified_words(principle: PrincipleFacts) -> str:
    """Whether every partner has ratified it, or who has not."""
    if not principle.answers:
        return "No partners of the fund are listed, so nobody has ratified it."
    if not principle.lacking:
        return "Ratified by all partners."
    return f"Not yet ratified by {_listed(principle.lacking)}."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def opened(words: str) -> str:
    """Words with a capital first."""
    return words[:1].upper() + words[1:]


def answer_words(answer: AnswerFacts) -> str:
    """What a partner said, with the day."""
    return f"{opened(answer.said)} {day_words(answer.on)}" if answer.on else opened(answer.said)


def money_points(fund: FundFacts) -> tuple[str, ...]:
    """Value, spent, committed and what is left, each in a sentence."""
    value = "unknown" if fund.value is None else str(fund.value)
    left = "unknown" if fund.balance is None else str(fund.balance)
    free = "unknown" if fund.free is None else str(fund.free)
    unratified = total(one.spent for one in fund.entries if one.spent_on_nothing)
    points = [
        f"Value: {value}. Planned: {fund.planned}.",
        f"Spent: {fund.spent}. Balance: {left}.",
        f"Committed and not yet spent: {fund.committed}. Neither spent nor committed: {free}.",
        fund.year_end,
    ]
    if unratified:
        points.append(f"Spent without a ratified principle: {unratified} of {fund.spent}.")
    return tuple(points)


def whose_points(fund: FundFacts) -> tuple[str, ...]:
    """Whose money it is: each question on a line of its own."""
    return (
        f"Holder: {fund.holder}.",
        f"Held on behalf of: {fund.held_for}.",
        f"Beneficiary: {fund.beneficiary}.",
        f"Accountable body: {fund.accountable_body}.",
        f"Where it is written: {'not said' if fund.where == written.NOWHERE else fund.where}.",
    )


def sector_chart(fund: FundFacts) -> Chart:
    """What each sector gets: spent, and committed beside it."""
    rows = fund.sectors
    return Chart(
        name=f"Sectors_{fund.ref}",
        title=f"{fund.ref}: who gets the money, in pounds",
        unit="Sector",
        names=tuple(one.name for one in rows),
        short=tuple(one.name for one in rows),
        series=(
            Series("Spent", BarLook.FULL, tuple(one.spent for one in rows)),
            Series("Committed", BarLook.STRIPED, tuple(one.committed for one in rows)),
        ),
        says=sector_words(fund),
        sideways=True,
    )


def sector_words(fund: FundFacts) -> str:
    """How much of what is spent went to general practice, to hospitals and to consultants."""
    if fund.spent.pence <= 0:
        return "Nothing is spent yet."
    practice = total(one.spent for one in fund.sectors if one.name in _names(fund_rules.GENERAL_PRACTICE))
    hospital = total(one.spent for one in fund.sectors if one.name in _names(fund_rules.SECONDARY_CARE))
    advice = total(one.spent for one in fund.entries if one.consultancy)
    parts = (
        ("General practice (practices, PCNs, federations)", practice),
        ("acute and mental health trusts", hospital),
        ("consultancy", advice),
    )
    told = (f"{name}: {money} ({fund_rules.share(money, fund.spent)}%)" for name, money in parts)
    return f"Of {fund.spent} spent. {'; '.join(told)}."


def _names(sectors: frozenset[Sector]) -> frozenset[str]:
    return frozenset(one.words for one in sectors)
