"""The risk register as boards print it, and as the risk map shows it: score, band, trend, target, review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Column, Figure, Grid, Paragraph, Section, Shade, Square, Table
from nhsdesk.domain import risks
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.risks import CONSEQUENCES, HIGHEST, LIKELIHOODS, LOWEST, Band, Risk, RiskScore
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Risk register"


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """One open risk as at a day."""

    ref: str
    id: str
    whole: str
    event: str
    owner: str
    controls: str
    gaps: str
    before: int | None
    likelihood: int | None
    consequence: int | None
    score: int | None
    band: Band
    trend: str
    target: int | None
    above_target: bool
    review_on: date | None
    overdue: bool
    restricted: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Open risks that a reader may see, the gravest first, the references withheld, and what is wrong with them."""

    lines: tuple[RiskFacts, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The open risks as at the day of a paper."""
    return register(reader, asked.day, audience)


def register(reader: Reader, day: date, audience: Audience) -> Facts:
    """The open risks on a day; what is restricted only for our own board."""
    found = [one for one in reader.all(Risk) if risks.open_on(one, day)]
    hidden = restricted.gather(reader, audience)
    shown = [one for one in found if not hidden.hides(one.id)]
    owners = reader.several(Person, (one.owner for one in shown if one.owner is not None))
    earlier: dict[Id, list[RiskScore]] = {}
    for score in reader.all(RiskScore):
        earlier.setdefault(score.risk, []).append(score)
    lines = [
        _line(one, earlier.get(one.id, []), owners.get(one.owner) if one.owner is not None else None, day)
        for one in shown
    ]
    lines.sort(key=lambda line: (-(line.score or 0), int(line.id)))
    problems = tuple(problem for one in shown for problem in risks.problems(one))
    return Facts(tuple(lines), tuple(one.ref for one in found if hidden.hides(one.id)), problems)


def _line(one: Risk, earlier: list[RiskScore], owner: Person | None, day: date) -> RiskFacts:
    score = risks.product(one.likelihood, one.consequence)
    return RiskFacts(
        ref=one.ref,
        id=str(one.id),
        whole=risks.whole(one),
        event=one.event,
        owner=owner.role_title if owner else "nobody yet",
        controls=one.controls or "",
        gaps=one.gaps or "",
        before=risks.product(one.inherent_likelihood, one.inherent_consequence),
        likelihood=one.likelihood,
        consequence=one.consequence,
        score=score,
        band=risks.band_of(score),
        trend=risks.trend(one, earlier, day),
        target=one.target,
        above_target=risks.above_target(one),
        review_on=one.review_on,
        overdue=risks.review_overdue(one, day),
        restricted=one.restricted,
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """Scores outside the square, and risks with none."""
    return facts.problems


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for line in facts.lines:
        yield line.ref, "\n".join((line.whole, line.owner, line.controls, line.gaps))


_GRAVEST_FIRST = (Band.EXTREME, Band.HIGH, Band.MODERATE, Band.LOW, Band.UNSCORED)


def summary(lines: tuple[RiskFacts, ...]) -> str:
    """How many are open, how grave, above target, and overdue for review."""
    if not lines:
        return "No risk is open."
    counts = [(band, sum(line.band is band for line in lines)) for band in _GRAVEST_FIRST]
    grave = ", ".join(f"{number} {band.value}" for band, number in counts if number)
    above, overdue = sum(line.above_target for line in lines), sum(line.overdue for line in lines)
    opening = "1 risk is open" if len(lines) == 1 else f"{len(lines)} risks are open"
    is_above, is_overdue = _last_words(above, overdue)
    return f"{opening}: {grave}. {is_above}; {is_overdue}."


def now_words(line: RiskFacts) -> str:
    """The score with its band, and what it was before controls."""
    if line.score is None:
        return line.band.words
    before = "" if line.before is None else f"; {line.before} before controls"
    return f"{line.score}, {line.band.value}{before}"


def target_words(line: RiskFacts) -> str:
    """The target, and whether the score is above it."""
    if line.target is None:
        return "not set"
    return f"{line.target} (above)" if line.above_target else str(line.target)


def review_words(line: RiskFacts) -> str:
    """The day of the next review, and whether it is over."""
    if line.review_on is None:
        return "not set"
    return f"{day_words(line.review_on)} (overdue)" if line.overdue else day_words(line.review_on)


_BEFORE = (Column("Ref"), Column("Risk"), Column("Owner"))
_CONTROLS = Column("Controls and gaps")
_AFTER = (Column("Score now"), Column("Target"), Column("Review on"))


def section(facts: Facts) -> Section:
    """The open risks, the gravest first. Controls have a column once any is written."""
    if not facts.lines and not facts.withheld:
        return Section(TITLE, (Paragraph("No risk has been recorded."),))
    controlled = any(line.controls or line.gaps for line in facts.lines)
    columns = (*_BEFORE, *((_CONTROLS,) if controlled else ()), *_AFTER)
    rows = tuple(
        (
            line.ref,
            line.whole,
            line.owner,
            *((_controls(line),) if controlled else ()),
            _score_cell(line),
            target_words(line),
            review_words(line),
        )
        for line in facts.lines
    )
    how = " Scores are likelihood times consequence, each 1 to 5: 1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme."
    none = "" if controlled else " No controls are written yet."
    table = (Table(TITLE, columns, rows),) if rows else ()
    opening = summary(facts.lines) + (how + none if rows else "")
    blocks = (Paragraph(opening), *heat_map(facts.lines), *table, *withheld_items(facts.withheld))
    return Section(TITLE, blocks, figures=_figures(facts.lines))


def _figures(lines: tuple[RiskFacts, ...]) -> tuple[Figure, ...]:
    """The risks of each band, those above target, and those overdue for review."""
    if not lines:
        return ()
    found = []
    by = "those open on the day that the readers of this paper may see"
    for band in _GRAVEST_FIRST:
        refs = tuple(line.ref for line in lines if line.band is band)
        if refs:
            score = f"{by}, by likelihood times consequence"
            found.append(Figure(f"{len(refs)} {band.value}", f"{len(refs)}", "Open risks", score, refs))
    above = tuple(line.ref for line in lines if line.above_target)
    overdue = tuple(line.ref for line in lines if line.overdue)
    above_words, overdue_words = _last_words(len(above), len(overdue))
    return (
        *found,
        Figure(above_words, f"{len(above)}", "Open risks", f"{by}, whose score is above its target", above),
        Figure(overdue_words, f"{len(overdue)}", "Open risks", f"{by}, whose review is over", overdue),
    )


def _last_words(above: int, overdue: int) -> tuple[str, str]:
    """How many are above target, and overdue for review."""
    return (
        f"{above or 'None'} {'is' if above < 2 else 'are'} above target",
        f"{overdue or 'none'} {'is' if overdue < 2 else 'are'} overdue for review",
    )


_SHADES = {Band.MODERATE: Shade.PALE, Band.HIGH: Shade.MIDDLE, Band.EXTREME: Shade.DARK}


def heat_map(lines: tuple[RiskFacts, ...]) -> Iterator[Grid]:
    """How many risks lie where in the square of likelihood by consequence; nothing where none has a score."""
    held = Counter((line.likelihood, line.consequence) for line in lines if line.score is not None)
    if not held:
        return
    likely = range(HIGHEST, LOWEST - 1, -1)
    grave = range(LOWEST, HIGHEST + 1)
    unscored = len(lines) - held.total()
    yield Grid(
        name="Risks_by_score",
        title="Open risks by likelihood and consequence",
        corner="Likelihood",
        columns=tuple(f"{place} {CONSEQUENCES[place - 1]}" for place in grave),
        rows=tuple(f"{place} {LIKELIHOODS[place - 1]}" for place in likely),
        squares=tuple(
            tuple(
                Square(str(held[row, column] or "none"), _SHADES.get(risks.band_of(row * column), Shade.NONE))
                for column in grave
            )
            for row in likely
        ),
        says=(
            f"{summary(lines)} Across: the consequence. The darker, the graver: white is low, then moderate, high and "
            f"extreme.{f' {unscored} without a score.' if unscored else ''}"
        ),
    )


def _score_cell(line: RiskFacts) -> str:
    return line.band.words if line.score is None else f"{now_words(line)}; {line.trend}"


def _controls(line: RiskFacts) -> str:
    return "; gaps: ".join(part for part in (line.controls or "none written", line.gaps) if part)
