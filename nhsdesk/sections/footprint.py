"""Where the PCN's border and the neighbourhoods' differ: patients by neighbourhood, the options, who decided when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nhsdesk.documents.model import Block, Bullets, CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import footprints, neighbourhood_shares
from nhsdesk.domain.areas import NeighbourhoodShare, Tier
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.footprints import FootprintAppraisal, FootprintOption
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.neighbourhood_shares import Spread
from nhsdesk.domain.organisations import ListSize
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import geography, restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Where borders differ"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The page's view: practices with their lists over the neighbourhoods, which of those are ours, what is wrong."""

    spreads: tuple[Spread, ...]
    practices: dict[Id, str]
    neighbourhoods: dict[Id, str]
    own: frozenset[Id]
    problems: tuple[Problem, ...]


def mismatch(reader: Reader, on: date) -> Mismatch:
    """Our practices' lists over the neighbourhoods on a day."""
    held = geography.read(reader)
    practices = geography.ours(reader, held, on)
    shares = reader.all(NeighbourhoodShare)
    own = geography.own_neighbourhoods(reader, held, on)
    names = {one.id: one.name for one in held.practices}
    return Mismatch(
        neighbourhood_shares.spread([one.id for one in practices], shares, reader.all(ListSize), own, on),
        names,
        {one.id: one.name for one in held.areas.values()},
        own,
        neighbourhood_shares.problems(shares, names),
    )


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One practice's patients in one neighbourhood."""

    practice: str
    neighbourhood: str
    share: Decimal
    patients: int | None
    outside: bool | None
    counted_on: date | None


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One option of an appraisal."""

    option: str
    speaks_for: str
    speaks_against: str
    cost: Money | None
    evidence: str


@dataclass(frozen=True, slots=True)
class AppraisalFacts:
    """One appraisal: the consultation, what was decided and signed, and the options beside each other."""

    ref: str
    title: str
    map_reference: str
    window: str
    decision: str
    early: bool
    sign_off: str
    our_view: str
    reason: str
    options: tuple[OptionFacts, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader may see of both."""

    parts: tuple[PartFacts, ...] = ()
    uncounted: tuple[str, ...] = ()
    outside: int | None = None
    own: tuple[str, ...] = ()
    appraisals: tuple[AppraisalFacts, ...] = ()
    withheld: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """Shares as counted last, and the appraisals an audience may see."""
    held = appraisals(reader, asked.day, audience)
    seen = mismatch(reader, asked.day)
    return replace(
        held,
        parts=tuple(_parts(seen)),
        uncounted=tuple(seen.practices[one.practice] for one in seen.spreads if not one.parts),
        outside=neighbourhood_shares.outside(seen.spreads),
        own=tuple(sorted(seen.neighbourhoods[one] for one in seen.own)),
        problems=seen.problems,
    )


def appraisals(reader: Reader, on: date, audience: Audience) -> Facts:
    """The appraisals alone, in the order they were added."""
    hidden = restricted.gather(reader, audience)
    every = reader.all(FootprintAppraisal)
    evidence = {one.id: one.what for one in reader.all(Evidence) if not hidden.hides(one.id)}
    options: dict[Id, list[FootprintOption]] = {}
    for option in reader.all(FootprintOption):
        options.setdefault(option.appraisal, []).append(option)
    return Facts(
        appraisals=tuple(
            _appraisal(one, options.get(one.id, []), evidence, on, hidden)
            for one in every
            if not hidden.hides(one.id)
        ),
        withheld=tuple(one.ref for one in every if hidden.hides(one.id)),
    )


def _parts(seen: Mismatch) -> Iterator[PartFacts]:
    for one in seen.spreads:
        for part in one.parts:
            yield PartFacts(
                seen.practices[one.practice],
                seen.neighbourhoods.get(part.neighbourhood, "not listed"),
                part.share,
                part.patients,
                part.outside,
                one.counted_on,
            )


def _appraisal(
    one: FootprintAppraisal,
    options: list[FootprintOption],
    evidence: dict[Id, str],
    on: date,
    hidden: Restricted,
) -> AppraisalFacts:
    return AppraisalFacts(
        one.ref,
        one.title,
        one.map_reference or "",
        footprints.window_words(one, on),
        footprints.decision_words(one),
        footprints.decided_early(one),
        footprints.sign_off_words(one),
        one.our_view or "",
        one.reason or "",
        tuple(
            OptionFacts(restricted.WORDS, "", "", None, "")
            if hidden.hides(option.id)
            else _option(option, evidence)
            for option in options
        ),
        footprints.problems(one, on),
    )


def _option(one: FootprintOption, evidence: dict[Id, str]) -> OptionFacts:
    shown = evidence.get(one.evidence, "") if one.evidence is not None else ""
    named = f"{one.kind.value}: {one.what}" if one.what else one.kind.value
    named = named[:1].upper() + named[1:]
    return OptionFacts(named, one.speaks_for or "", one.speaks_against or "", one.cost, shown)


def check(facts: Facts) -> tuple[Problem, ...]:
    """Shares that make no whole, and what is wrong with an appraisal."""
    found = [*facts.problems, *(problem for one in facts.appraisals for problem in one.problems)]
    if facts.parts and not facts.own:
        words = f"It is not said which {Tier.NEIGHBOURHOOD.value} our PCN belongs to, so nobody is shown as outside."
        found.append(Problem(words, Weight.ACKNOWLEDGE, "area_membership"))
    return tuple(found)


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Free words with the reference they stand with."""
    for one in facts.appraisals:
        words = [one.title, one.map_reference, one.our_view, one.reason, one.decision, one.sign_off]
        for option in one.options:
            words += [option.option, option.speaks_for, option.speaks_against, option.evidence]
        yield one.ref, "\n".join(words)


def outside_words(facts: Facts) -> str:
    """How many patients live outside the PCN's own neighbourhoods."""
    if facts.outside is None:
        return "How many patients live outside our neighbourhood is not known."
    where = " and ".join(facts.own)
    if facts.outside == 1:
        return f"1 patient of our practices lives outside {where}."
    return f"{facts.outside:,} patients of our practices live outside {where}."


def section(facts: Facts) -> Section:
    """The mismatch and the appraisals."""
    blocks: list[Block] = []
    if facts.parts:
        blocks += [Paragraph(outside_words(facts)), _table(facts)]
    if facts.uncounted:
        number = len(facts.uncounted)
        lacking = "1 practice is" if number == 1 else f"{number} practices are"
        blocks.append(Paragraph(f"The shares of {lacking} not counted yet."))
    for one in facts.appraisals:
        blocks += _appraisal_blocks(one)
    blocks += withheld_items(facts.withheld)
    none = (Paragraph("No share and no appraisal is written down."),)
    return Section(TITLE, tuple(blocks) or none, figures=_figures(facts))


def _figures(facts: Facts) -> tuple[Figure, ...]:
    """How many patients live outside; practices have their own page, and are not named here."""
    if not facts.parts or facts.outside is None:
        return ()
    counted = {one.counted_on for one in facts.parts if one.counted_on is not None}
    on = (
        f"shares as counted on {' and '.join(map(day_words, sorted(counted)))}"
        if counted
        else "shares as counted"
    )
    by = f"{on}, of the practices' list sizes, in neighbourhoods that are not ours"
    not_named = "shares of our practices, which are told on the practices' own page"
    told = outside_words(facts).rstrip(".")
    return (Figure(told, f"{facts.outside:,}", "Patients outside", by, (), "", not_named),)


def _table(facts: Facts) -> Table:
    """By neighbourhood: which practice has how many is for the practices' own page."""
    held: dict[str, list[PartFacts]] = {}
    for one in facts.parts:
        held.setdefault(one.neighbourhood, []).append(one)
    columns = (
        Column("Neighbourhood"),
        Column("Practices with patients there", CellKind.WHOLE),
        Column("Patients", CellKind.WHOLE),
        Column("Outside ours"),
    )
    said = {True: "Yes", False: "No", None: "not known"}
    rows = tuple((name, len(parts), _patients(parts), said[parts[0].outside]) for name, parts in held.items())
    return Table("Shares", columns, rows)


def _patients(parts: list[PartFacts]) -> int | None:
    known = [one.patients for one in parts if one.patients is not None]
    return sum(known) if len(known) == len(parts) else None


def _appraisal_blocks(one: AppraisalFacts) -> list[Block]:
    lines = [f"{one.window}.", f"{one.decision}.", f"{one.sign_off}."]
    if one.early:
        lines.insert(2, "This was decided before the consultation had closed.")
    if one.map_reference:
        lines.append(f"Map: {one.map_reference}.")
    if one.reason:
        lines.append(f"Reason given: {one.reason}")
    if one.our_view:
        lines.append(f"Our response: {one.our_view}")
    blocks: list[Block] = [Paragraph(f"{one.ref}: {one.title}."), Bullets(tuple(lines))]
    if one.options:
        columns = (
            Column("Option"), Column("For"), Column("Against"), Column("Cost", CellKind.MONEY), Column("Evidence"),
        )  # fmt: skip
        rows = tuple(
            (held.option, held.speaks_for, held.speaks_against, held.cost, held.evidence)
            for held in one.options
        )
        blocks.append(Table(f"Options of {one.ref}", columns, rows))
    return blocks
