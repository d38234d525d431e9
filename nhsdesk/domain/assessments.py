"""Assessments against a framework, ours or another body's, quarter by quarter; and the reply log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    flag,
    link,
    links,
    long_text,
    month,
    parent,
    quarter,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.periods import FinancialYear, Month, Quarter
from nhsdesk.domain.problems import Problem, Weight


class Standing(Choice):
    """Whether a framework, or a line of one, is official. Nothing unofficial may look official."""

    VERIFIED = "verified against a source"
    LOCAL = "local prompt"
    IMPORTED = "from an imported file"


@record(
    title="Framework",
    plural="Frameworks",
    prefix="FW",
    columns=("title", "edition", "published_by", "standing"),
)
class Framework(Record):
    """A template to score against: its sections, indicators and standards are its lines."""

    title: str = text("Title")
    edition: str | None = text("Version", default=None)
    published_by: str | None = text("Published by", default=None)
    standing: Standing | None = choice("Standing", Standing, default=None)
    scored_by: str | None = text("Scored by", default=None, help="Whose assessment it is: ours, or a body's.")
    top: int | None = count("Highest level", default=3)
    levels: str | None = long_text("What the levels mean", default=None, help="A line each: 0 = …")
    source: str | None = text("Source", default=None)


@record(
    title="Framework line",
    plural="Framework lines",
    prefix="FL",
    columns=("section", "indicator_ref", "indicator", "standard_ref", "standard", "standing"),
)
class FrameworkLine(Record):
    """One standard of a framework, with where it is written."""

    framework: Id = parent("Framework", "Framework")
    section: str = text("Section")
    indicator_ref: str | None = reference("Indicator reference", default=None)
    indicator: str | None = text("Indicator", default=None)
    standard_ref: str | None = reference("Standard reference", default=None)
    standard: str = long_text("Standard")
    source_page: str | None = text("Source and page", default=None)
    standing: Standing = choice("Standing", Standing, default=Standing.LOCAL)


@record(
    title="Assessment",
    plural="Assessments",
    prefix="AM",
    columns=("framework", "quarter", "owner", "state"),
)
class Assessment(Record):
    """One quarter's scores against a framework."""

    framework: Id = link("Framework", "Framework")
    quarter: Quarter = quarter("Quarter")
    owner: str | None = text("Owner, as a role", default=None)
    our_part: str | None = text("Our part in it", default=None)
    state: str | None = text("State", default=None)


@record(
    title="Score",
    plural="Scores",
    prefix="SC",
    columns=("line", "level", "note", "minutes_spent"),
)
class Score(Record):
    """The level of one line in one quarter, with its note, its evidence and the hours it took."""

    assessment: Id = parent("Assessment", "Assessment")
    line: Id = link("Framework line", "FrameworkLine")
    level: int | None = count("Level", default=None)
    note: str | None = long_text("Note", default=None)
    evidence: tuple[Id, ...] = links("Evidence", "Evidence", default=())
    minutes_spent: int | None = count("Minutes spent", default=None)
    carried: bool | None = flag("Carried forward unchanged", default=None)


@record(
    title="Reply log line",
    plural="Reply log",
    prefix="RL",
    columns=("practice", "specialty", "month", "asked", "in_time", "usable", "returned"),
)
class ReplyLine(Record):
    """A practice's requests for advice to one specialty in one month, and how they were answered. No patients."""

    practice: Id = link("Practice", "Practice")
    specialty: str = text("Specialty")
    month: Month = month("Month")
    asked: int = count("Asked")
    in_time: int | None = count("Replied within 5 working days", default=None)
    usable: int | None = count("Usable", default=None)
    returned: int | None = count("Work sent back", default=None)


# ---- whose it is, and where it goes

OURS = frozenset({"ours", "our pcn", "us", "the pcn", "our own"})
TO_SEND = "goes into the return"
TO_OURSELVES = "kept to ourselves"


def ours(framework: Framework) -> bool | None:
    """Whether the scores are our own; None while it is not yet known whose they are."""
    said = " ".join((framework.scored_by or "").split()).casefold()
    return (said in OURS) if said else None


def whose(framework: Framework) -> str:
    """Whose assessment it is, in a sentence for the head of page and paper."""
    match ours(framework):
        case None:
            return "It is not yet known whose assessment this is."
        case True:
            return "This is our own assessment. No body has asked for its scores."
        case _:
            scorer = (framework.scored_by or "").strip()
            return f"This is the assessment of {scorer}, not ours. We give evidence to it; its scores are theirs."


def goes_out(assessment: Assessment, framework: Framework) -> bool:
    """Whether the return holds it: as was said of it; else another body's does, and our own stays with us."""
    said = (assessment.state or "").strip().casefold()
    if said in (TO_SEND, TO_OURSELVES):
        return said == TO_SEND
    return ours(framework) is False


# ---- a quarter beside the one before


def quarter_before(quarter: Quarter) -> Quarter:
    """The quarter before another."""
    if quarter.number > 1:
        return Quarter(quarter.year, quarter.number - 1)
    return Quarter(FinancialYear(quarter.year.first_year - 1), 4)


def last_over(month: Month) -> Quarter:
    """The last quarter that was over when a month ended."""
    quarter = Quarter.of(month.first)
    return quarter if month == quarter.months[-1] else quarter_before(quarter)


@dataclass(frozen=True, slots=True)
class Standard:
    """One line of a framework with its score of a quarter, and its level in the quarter before."""

    line: FrameworkLine
    score: Score | None = None
    before: int | None = None

    @property
    def level(self) -> int | None:
        """Its level; None while it was not scored."""
        return None if self.score is None else self.score.level

    @property
    def difference(self) -> int | None:
        """Levels up or down since the quarter before; None where one of the two is not known."""
        return None if self.level is None or self.before is None else self.level - self.before

    @property
    def carried(self) -> bool:
        """Whether its level stands as it was carried forward, looked at by nobody since."""
        return self.score is not None and bool(self.score.carried)


@dataclass(frozen=True, slots=True)
class Together:
    """Some lines together: how many were scored, the lowest level, and what changed."""

    lines: int
    scored: int
    lowest: int | None
    rose: int
    fell: int
    difference: int | None
    carried: int


def together(standards: Iterable[Standard]) -> Together:
    """Lines taken together. Their difference counts those scored in both quarters; levels are not averaged."""
    held = list(standards)
    levels = [one.level for one in held if one.level is not None]
    moved = [one.difference for one in held if one.difference is not None]
    return Together(
        lines=len(held),
        scored=len(levels),
        lowest=min(levels, default=None),
        rose=sum(one > 0 for one in moved),
        fell=sum(one < 0 for one in moved),
        difference=sum(moved) if moved else None,
        carried=sum(one.carried for one in held),
    )


def by_section(standards: Iterable[Standard]) -> Mapping[str, tuple[Standard, ...]]:
    """The lines of each section, in the framework's order."""
    found: dict[str, list[Standard]] = {}
    for one in standards:
        found.setdefault(one.line.section, []).append(one)
    return {section: tuple(lines) for section, lines in found.items()}


def carried_forward(score: Score, assessment: Id, line: Id) -> Score:
    """A score of the quarter before as the new quarter begins with it: marked, and without the minutes it took."""
    return Score(
        assessment=assessment,
        line=line,
        level=score.level,
        note=score.note,
        evidence=score.evidence,
        carried=True,
    )


def minutes_in_all(scores: Iterable[Score]) -> int:
    """The minutes spent on a quarter."""
    return sum(score.minutes_spent or 0 for score in scores)


def minutes_words(minutes: int) -> str:
    """A length of time as people say it: 1 hour 20 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour"), (rest, "minute")]
    return " ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in parts if n) or "no time"


def signed(difference: int | None) -> str:
    """A difference with its sign; empty where there is none to tell."""
    return "" if difference is None else f"{difference:+d}" if difference else "0"


# ---- what is wrong


def score_problems(standards: Sequence[Standard], top: int) -> tuple[Problem, ...]:
    """What a reader of a quarter's scores would be misled by."""
    found = [problem for one in standards for problem in _of_one(one, top)]
    carried = sum(one.carried for one in standards)
    if carried:
        lines = "1 line stands" if carried == 1 else f"{carried:,} lines stand"
        found.append(
            Problem(
                f"{lines} as carried forward from the quarter before, looked at by nobody since.",
                Weight.ACKNOWLEDGE,
            )
        )
    return tuple(found)


def _of_one(one: Standard, top: int) -> Iterable[Problem]:
    score = one.score
    if score is None or score.level is None:
        return
    name = one.line.standard_ref or one.line.ref
    if not 0 <= score.level <= top:
        yield Problem(
            f"{name}: {score.level} is no level here. Give one from 0 to {top}.",
            Weight.MUST_FIX, "score", score.id, "level",
        )  # fmt: skip
    elif score.level and not score.evidence and not (score.note or "").strip():
        yield Problem(
            f"{name}: level {score.level} has neither evidence nor a note.",
            Weight.ACKNOWLEDGE, "score", score.id, "evidence",
        )  # fmt: skip
