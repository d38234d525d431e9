"""Assessments against a framework, ours or another body's, quarter by quarter; and the reply log."""

from __future__ import annotations

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
from nhsdesk.domain.periods import Month, Quarter


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
