"""Briefings put together by a person: which sections, in which order, with words of one's own; and cover sheets."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.bodies import Purpose
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    flag,
    link,
    long_text,
    parent,
    record,
    reference,
    text,
)
from nhsdesk.domain.kinds import Choice, Id


class Readers(Choice):
    """For whom a composed briefing is."""

    OWN_BOARD = "our own board"
    PRACTICE = "our practices"
    PARTNERS = "partners, in private"
    PUBLIC = "the public"


class Draft(Choice):
    """Whether a briefing is still worked on."""

    DRAFT = "draft"
    FINAL = "final"


@record(
    title="Composed briefing",
    plural="Composed briefings",
    prefix="CF",
    columns=("title", "paper", "body", "read_by", "draft", "edition", "template"),
)
class ComposedBriefing(Record):
    """A briefing with the sections and words somebody chose for it; a template where it is begun anew each time."""

    title: str = text("Title")
    paper: str = reference("Briefing")
    body: Id | None = link("For the body", "Body", default=None)
    meeting: Id | None = link("For the meeting", "Meeting", default=None)
    read_by: Readers = choice("Who will read it", Readers, default=Readers.OWN_BOARD)
    as_at: date | None = day("As at", default=None, lean=Lean.LAST)
    since: date | None = day("Changes since", default=None, lean=Lean.LAST)
    draft: Draft = choice("Draft or final", Draft, default=Draft.DRAFT)
    edition: int | None = count("Version", default=1)
    template: bool = flag("Used as a template", default=False)


@record(
    title="Composed section",
    plural="Composed sections",
    prefix="CG",
    columns=("briefing", "number", "section", "shown", "before", "after"),
)
class ComposedSection(Record):
    """One section of a composed briefing: where it stands, whether it is shown, and own words around it."""

    briefing: Id = parent("Briefing", "ComposedBriefing")
    number: int = count("Number")
    section: str = text("Section", help="Its heading.")
    shown: bool = flag("Shown", default=True)
    before: str | None = long_text("Own words before it", default=None)
    after: str | None = long_text("Own words after it", default=None)
    private_until: date | None = day("Private until", default=None)


@record(
    title="Cover sheet",
    plural="Cover sheets",
    prefix="CH",
    columns=("title", "item", "purpose", "edition", "in_public"),
    groups={
        "The paper": "title",
        "What it asks": "purpose",
        "What it touches": "conflicts",
        "Who may read it": "in_public",
    },
)
class CoverSheet(Record):
    """The first page of a board paper, under the headings boards use. What is left blank says so."""

    title: str = text("Title")
    item: Id | None = link("Agenda item", "AgendaItem", default=None)
    body: Id | None = link("Board", "Body", default=None)
    author: Id | None = link("Author", "Person", default=None)
    presenter: Id | None = link("Presenter", "Person", default=None)
    sponsor: Id | None = link("Executive sponsor", "Person", default=None)
    purpose: Purpose | None = choice("Purpose", Purpose, default=None)
    summary: str | None = long_text("Summary", default=None, help="At most 150 words.")
    recommendations: str | None = long_text("The board is asked to", default=None)
    considered_by: str | None = long_text("Previously considered by", default=None)
    conflicts: str | None = long_text("Conflicts of interest and how managed", default=None)
    objectives: str | None = long_text("Commitments and objectives", default=None)
    risks: str | None = long_text("Risks", default=None)
    finance: str | None = long_text("Finance", default=None)
    quality: str | None = long_text("Quality and safety", default=None)
    equality: str | None = long_text("Equality and inequalities", default=None)
    legal: str | None = long_text("Legal and contractual", default=None)
    engagement: str | None = long_text("Engagement", default=None)
    data_protection: str | None = long_text("Data protection", default=None)
    sustainability: str | None = long_text("Sustainability", default=None)
    appendices: str | None = long_text("Appendices", default=None)
    proposal: str | None = long_text(
        "What is proposed", default=None, help="The paper itself, below its cover."
    )
    in_public: bool | None = flag("Taken in public", default=None)
    exemption: str | None = text("Why in private", default=None, help="The exemption it rests on.")
    edition: int | None = count("Version", default=1)
