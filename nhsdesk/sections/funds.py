"""Funds held for a partnership: what is left of each, what each entry rests on, and whose ratification is missing.

The page, the statement and the briefings read the same facts, so that a figure is the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import (
    Block,
    Bullets,
    CellKind,
    Column,
    Figure,
    Paragraph,
    Section,
    Table,
)
from nhsdesk.domain import fund_rules
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.fund_rules import Basis, Footing, Sums, Verdict
from nhsdesk.domain.funds import (
    Answered,
    Fund,
    FundedPost,
    FundEntry,
    FundMovement,
    FundPartner,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.integrators import Integrator
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import fund_facts, funded_posts, restricted, written
from nhsdesk.sections.fund_facts import (
    NOT_YET,
    UNKNOWN,
    AnswerFacts,
    EntryFacts,
    Facts,
    FundFacts,
    PrincipleFacts,
    SectorFacts,
)
from nhsdesk.sections.restricted import WORDS as RESTRICTED
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

TITLE = "Funds held for the partnership"


# ---- gather


@dataclass(frozen=True, slots=True)
class _Held:
    """All that the facts of a fund are made from."""

    names: Mapping[Id, str]
    documents: Mapping[Id, SourceDocument]
    integrators: Mapping[Id, str]
    movements: Mapping[Id, list[FundMovement]]
    ratifications: tuple[Ratification, ...]
    principles: Mapping[Id, SpendPrinciple]
    posts: Mapping[Id, Post]
    funded: tuple[FundedPost, ...]
    hidden: Restricted
    day: date


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Every fund as at the day of the paper."""
    hidden = restricted.gather(reader, audience)
    return as_at(reader, asked.day, hidden)


def as_at(reader: Reader, day: date, hidden: Restricted | None = None) -> Facts:
    """Every fund as at a day; what is hidden keeps its money and loses its words."""
    held = _read(reader, day, hidden or Restricted())
    every = reader.all(Fund)
    shown = [fund for fund in every if not held.hidden.hides(fund.id)]
    twice = funded_posts.paid_twice(reader)
    return Facts(
        tuple(_fund(reader, fund, held, twice) for fund in shown),
        tuple(fund.ref for fund in every if fund not in shown),
        day,
    )


def _read(reader: Reader, day: date, hidden: Restricted) -> _Held:
    movements: dict[Id, list[FundMovement]] = {}
    for one in reader.all(FundMovement):
        movements.setdefault(one.entry, []).append(one)
    funded = reader.all(FundedPost)
    return _Held(
        names={one.id: written.short(one.name) for one in reader.all(Organisation)},
        documents={one.id: one for one in reader.all(SourceDocument)},
        integrators={one.id: written.short(one.name) for one in reader.all(Integrator)},
        movements=movements,
        ratifications=reader.all(Ratification),
        principles={one.id: one for one in reader.all(SpendPrinciple)},
        posts=reader.several(Post, {one.post for one in funded}),
        funded=funded,
        hidden=hidden,
        day=day,
    )


def _fund(reader: Reader, fund: Fund, held: _Held, twice: tuple[Problem, ...]) -> FundFacts:
    partners = reader.all(FundPartner, fund=fund.id)
    entries = reader.all(FundEntry, fund=fund.id)
    lines = [(one, fund_rules.sums(held.movements.get(one.id, ()), held.day)) for one in entries]
    there = fund_rules.partners_on(partners, held.day)
    principles = tuple(
        _principle(one, fund, partners, lines, held) for one in reader.all(SpendPrinciple, fund=fund.id)
    )
    told = tuple(_entry(one, money, partners, held) for one, money in lines)
    all_ = fund_rules.together(money for _, money in lines)
    planned = total(one.planned or Money() for one in entries)
    own = {one.id for one in entries}
    return FundFacts(
        ref=fund.ref,
        id=str(fund.id),
        name=written.short(fund.name),
        year=str(fund.year) if fund.year else UNKNOWN,
        value=fund.value,
        purpose=written.short(fund.purpose or UNKNOWN),
        where=written.where(held.documents, fund.document, fund.locator, held.hidden),
        holder=_name(fund.holder, held.names),
        held_for=_name(fund.held_for, held.integrators),
        beneficiary=written.short(fund.beneficiary or UNKNOWN),
        accountable_body=_name(fund.accountable_body, held.names),
        year_end=written.short(fund_rules.year_end_words(fund, held.day)),
        ends=fund_rules.ends_on(fund),
        partners=tuple(_name(one, held.names) for one in there),
        left=_left(partners, there, held),
        principles=principles,
        entries=told,
        sectors=tuple(
            SectorFacts(name, plan, money.committed, money.spent)
            for name, (plan, money) in fund_rules.by_sector(lines).items()
        ),
        planned=planned,
        committed=all_.committed,
        spent=all_.spent,
        balance=fund_rules.balance(fund.value, all_),
        free=fund_rules.free(fund.value, all_),
        problems=(
            *_fund_problems(fund, lines, principles, told, held),
            *(one for one in twice if _of_entry(one, own, held)),
        ),
    )


def _left(partners: tuple[FundPartner, ...], there: tuple[Id, ...], held: _Held) -> tuple[str, ...]:
    """Partners that have left, with their last day."""
    gone = [
        one
        for one in partners
        if one.organisation not in there and one.ends is not None and one.ends < held.day
    ]
    return tuple(
        f"{_name(one.organisation, held.names)} (until {day_words(one.ends or held.day)})" for one in gone
    )


def _name(id_: Id | None, names: Mapping[Id, str]) -> str:
    return names.get(id_, UNKNOWN) if id_ is not None else UNKNOWN


def _principle(
    one: SpendPrinciple,
    fund: Fund,
    partners: tuple[FundPartner, ...],
    lines: list[tuple[FundEntry, Sums]],
    held: _Held,
) -> PrincipleFacts:
    there = fund_rules.partners_on(partners, held.day)
    answers = tuple(_answer(one, partner, held) for partner in there)
    lacking = fund_rules.lacking(one.id, held.ratifications, partners, held.day)
    found = fund_rules.tested(one, fund.value, lines)
    hidden = held.hidden.hides(one.id)
    return PrincipleFacts(
        ref=one.ref,
        id=str(one.id),
        words=RESTRICTED if hidden else written.short(one.words),
        where=RESTRICTED if hidden else written.where(held.documents, one.document, one.locator, held.hidden),
        answers=answers,
        lacking=tuple(_name(partner, held.names) for partner in lacking),
        verdict=found.verdict.value if found else "",
        checked=found.words if found else "",
        tone=(found.verdict.tone if found else Tone.GREY).value,
    )


def _answer(principle: SpendPrinciple, partner: Id, held: _Held) -> AnswerFacts:
    found = fund_rules.answer(held.ratifications, principle.id, partner, held.day)
    name = _name(partner, held.names)
    if found is None:
        return AnswerFacts(name, str(partner), NOT_YET, None, "", Tone.WARN.value)
    said = "ratified" if found.answer is Answered.RATIFIED else "refused"
    where = (
        written.where(held.documents, found.document, found.locator, held.hidden) if found.document else ""
    )
    where = RESTRICTED if held.hidden.hides(found.id) else where
    return AnswerFacts(name, str(partner), said, found.answered_on, where, found.answer.tone.value)


def _entry(entry: FundEntry, money: Sums, partners: tuple[FundPartner, ...], held: _Held) -> EntryFacts:
    principle = held.principles.get(entry.principle) if entry.principle is not None else None

    def on(day: date) -> Footing:
        return fund_rules.footing(entry, principle, held.ratifications, partners, day)

    stands = on(held.day)
    movements = held.movements.get(entry.id, ())
    hidden = held.hidden.hides(entry.id, *(one.id for one in movements))
    early = fund_rules.spent_early(movements, held.day, on) if stands.holds else Money()
    return EntryFacts(
        ref=entry.ref,
        id=str(entry.id),
        what=RESTRICTED if hidden else written.short(entry.what),
        planned=entry.planned,
        committed=money.committed,
        spent=money.spent,
        sector=fund_rules.sector_words(entry),
        consultancy=entry.consultancy,
        supplier="" if hidden else written.short(entry.supplier or ""),
        principle=_principle_words(principle, held),
        basis=stands.basis.value,
        lacking=tuple(_name(one, held.names) for one in stands.lacking),
        tone=stands.tone(money).value,
        early=early,
        posts=() if hidden else tuple(_post_words(one, held) for one in held.funded if one.entry == entry.id),
    )


def _principle_words(principle: SpendPrinciple | None, held: _Held) -> str:
    if principle is None:
        return "none"
    return (
        f"{principle.ref} {RESTRICTED if held.hidden.hides(principle.id) else written.short(principle.words)}"
    )


def _post_words(one: FundedPost, held: _Held) -> str:
    post = held.posts.get(one.post)
    share = f"{one.share.normalize():f}%" if one.share is not None else "share not given"
    return (
        f"{post.ref} {written.short(post.title_words())}, {share}"
        if post
        else f"a post no longer listed, {share}"
    )


def _fund_problems(
    fund: Fund,
    lines: list[tuple[FundEntry, Sums]],
    principles: tuple[PrincipleFacts, ...],
    told: tuple[EntryFacts, ...],
    held: _Held,
) -> Iterator[Problem]:
    all_ = fund_rules.together(money for _, money in lines)
    yield from fund_rules.fund_problems(fund, total(one.planned or Money() for one, _ in lines), all_)
    for entry, _ in lines:
        yield from fund_rules.entry_problems(entry, held.movements.get(entry.id, ()), held.day)
    for one in told:
        if one.spent_on_nothing:
            yield _of(FundEntry.KIND.name, one.id, f"{one.ref}: {fund_facts.footing_words(one)}")
        if one.early:
            words = f"{one.ref}: {one.early} was spent before every partner had ratified its principle."
            yield _of(FundEntry.KIND.name, one.id, words)
    for rule in principles:
        if rule.verdict in (Verdict.BROKEN.value, Verdict.BEHIND.value):
            sentence = f"{rule.ref} is {rule.verdict}. {rule.checked}"
            yield _of(SpendPrinciple.KIND.name, rule.id, sentence)
    own = {rule.id for rule in principles}
    for ratified in held.ratifications:
        if ratified.answered_on is None and str(ratified.principle) in own:
            words = f"{ratified.ref} gives no day, so it does not count yet."
            yield _of(Ratification.KIND.name, str(ratified.id), words)


def _of(kind: str, id_: str, sentence: str) -> Problem:
    return Problem(sentence, Weight.ACKNOWLEDGE, kind, int(id_))


def _of_entry(problem: Problem, entries: set[Id], held: _Held) -> bool:
    return any(one.id == problem.record and one.entry in entries for one in held.funded)


# ---- on paper


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for fund in facts.funds:
        yield fund.ref, "\n".join((fund.name, fund.purpose, fund.beneficiary, fund.year_end, fund.where))
        for entry in fund.entries:
            yield entry.ref, "\n".join((entry.what, entry.supplier, *entry.posts))
        for rule in fund.principles:
            yield rule.ref, "\n".join((rule.words, rule.where))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with the funds."""
    return tuple(problem for fund in facts.funds for problem in fund.problems)


ENTRIES = (
    Column("Ref"),
    Column("What for"),
    Column("Sector"),
    Column("Planned", CellKind.MONEY),
    Column("Committed", CellKind.MONEY),
    Column("Spent", CellKind.MONEY),
    Column("Under which principle"),
)


def section(facts: Facts) -> Section:
    """Each fund with whose it is, what is left, who has not ratified, and what was spent under which principle."""
    blocks: list[Block] = []
    for fund in facts.funds:
        blocks += _blocks(fund)
    if not facts.funds and not facts.withheld:
        blocks.append(Paragraph("No fund is recorded."))
    figures = tuple(figure for fund in facts.funds for figure in _figures(fund))
    return Section(TITLE, (*blocks, *restricted.withheld_items(facts.withheld)), figures=figures)


def _figures(fund: FundFacts) -> Iterator[Figure]:
    """The points of its money, and what each sector gets."""
    refs = (fund.ref, *(one.ref for one in fund.entries))
    by = f"movements of the entries of {fund.ref} up to the day"
    chart = fund_facts.sector_chart(fund)
    value, spent, committed, *_ = fund_facts.money_points(fund)
    told = "as entered on the fund and its entries"
    worth = "unknown" if fund.value is None else str(fund.value)
    yield Figure(value.rstrip("."), worth, f"{fund.ref}, value and plan", told, refs)
    yield Figure(spent.rstrip("."), str(fund.spent), f"{fund.ref}, spent and balance", by, refs)
    yield Figure(committed.rstrip("."), str(fund.committed), f"{fund.ref}, committed and free", by, refs)
    if fund.entries:
        yield Figure(chart.title, "by sector", f"{fund.ref}, by sector", by, refs, chart.name)


def _blocks(fund: FundFacts) -> Iterator[Block]:
    yield Paragraph(f"{fund.ref} {fund.name}, {fund.year}. Purpose: {fund.purpose}.")
    yield Bullets((*fund_facts.whose_points(fund), *fund_facts.money_points(fund)))
    if fund.principles:
        yield Table(
            f"Principles of {fund.ref}",
            (Column("Ref"), Column("Principle"), Column("Who has ratified it"), Column("Checked")),
            tuple(
                (
                    one.ref,
                    one.words,
                    fund_facts.ratified_words(one),
                    f"{fund_facts.opened(one.verdict)}. {one.checked}" if one.verdict else "Words alone",
                )
                for one in fund.principles
            ),
        )
    if fund.entries:
        yield Table(f"Entries of {fund.ref}", ENTRIES, tuple(_row(one) for one in fund.entries))
        missing = tuple(
            f"{one.ref} {one.what}: {fund_facts.footing_words(one)}"
            for one in fund.entries
            if one.spent_on_nothing
        )
        if missing:
            yield Paragraph("Spent without a ratified principle:")
            yield Bullets(missing)
        yield fund_facts.sector_chart(fund)
        yield Paragraph(fund_facts.sector_words(fund))
    else:
        yield Paragraph("Nothing is entered for it.")


def _row(one: EntryFacts) -> tuple[str | Money | None, ...]:
    return (
        one.ref,
        one.what,
        one.sector,
        one.planned,
        one.committed,
        one.spent,
        _under(one),
    )


def _under(one: EntryFacts) -> str:
    """The reference of its principle, whose words stand in the table above, and what that comes to."""
    ref = one.principle.partition(" ")[0]
    return f"{ref}: {one.basis}" if one.basis != Basis.NONE.value else one.basis
