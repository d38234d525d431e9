"""Where the borders of a PCN and of the neighbourhoods differ: the options, the consultation, the decision."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, flag, link, long_text, money, parent, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money


class FootprintChoice(Choice):
    """What can be done where borders differ (London's operating model names the first two)."""

    REALIGN = "realign the PCN"
    ARRANGEMENT = "arrangement across teams"
    NO_CHANGE = "no change, with evidence"
    OTHER = "something else"


@record(
    title="Footprint appraisal",
    plural="Footprint appraisals",
    prefix="FA",
    columns=("title", "network", "opens", "closes", "decision", "decided_on", "signed_off_on"),
    groups={
        "What is looked at": "title",
        "Consultation": "opens",
        "Decision": "decision",
        "Commissioner’s sign-off": "signed_off_by",
        "Who may see it": "restricted",
    },
)
class FootprintAppraisal(Record):
    """The options for a PCN whose border is not the neighbourhoods', until somebody has decided and signed."""

    title: str = text("What is looked at")
    network: Id | None = link("PCN", "Organisation", default=None)
    map_reference: str | None = text("Map", default=None, help="Title and version of the map that was used.")
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)
    opens: date | None = day("Consultation opens", default=None)
    closes: date | None = day("Consultation closes", default=None)
    our_view: str | None = long_text("Our response", default=None)
    sent_on: date | None = day("Response sent on", default=None, lean=Lean.LAST)
    decision: FootprintChoice | None = choice("Decided", FootprintChoice, default=None)
    decided_by: str | None = text("Decided by", default=None)
    decided_on: date | None = day("Decided on", default=None, lean=Lean.LAST)
    reason: str | None = long_text("Reason given", default=None)
    signed_off_by: str | None = text("Signed off by", default=None, help="A role and its organisation.")
    signed_off_on: date | None = day("Signed off on", default=None, lean=Lean.LAST)
    restricted: bool = flag("Restricted", default=False, help="Shown to our own board only.")


@record(
    title="Footprint option",
    plural="Footprint options",
    prefix="FG",
    columns=("kind", "what", "cost", "evidence"),
)
class FootprintOption(Record):
    """One option of an appraisal: what speaks for it and against it, and what it costs."""

    appraisal: Id = parent("Appraisal", "FootprintAppraisal")
    kind: FootprintChoice = choice("Option", FootprintChoice)
    what: str | None = text("What it would be", default=None)
    speaks_for: str | None = long_text("For", default=None)
    speaks_against: str | None = long_text("Against", default=None)
    cost: Money | None = money("Cost", default=None)
    evidence: Id | None = link("Evidence", "Evidence", default=None)
