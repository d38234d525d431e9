"""Where the borders of a PCN and of the neighbourhoods differ: the options, the consultation, the decision."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, choice, day, flag, link, long_text, money, parent, record, text
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight


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


def days_left(appraisal: FootprintAppraisal, today: date) -> int | None:
    """Days until the consultation closes, its last day counted as 0; None where no day is known or it has passed."""
    if appraisal.closes is None or appraisal.closes < today:
        return None
    return (appraisal.closes - today).days


def window_words(appraisal: FootprintAppraisal, today: date) -> str:
    """How the consultation stands, and how many days are left."""
    opens, closes = appraisal.opens, appraisal.closes
    if opens is not None and opens > today:
        return f"The consultation opens on {day_words(opens)}"
    if closes is None:
        return "It is not said when the consultation closes"
    if closes < today:
        return f"The consultation closed on {day_words(closes)}"
    left = (closes - today).days
    words = "today is the last day" if left == 0 else "1 day left" if left == 1 else f"{left} days left"
    return f"The consultation closes on {day_words(closes)}, {words}"


def decided_early(appraisal: FootprintAppraisal) -> bool:
    """Whether somebody decided before the consultation had closed; on its last day is before it closed."""
    decided, closes = appraisal.decided_on, appraisal.closes
    return decided is not None and closes is not None and decided <= closes


def decision_words(appraisal: FootprintAppraisal) -> str:
    """What was decided, by whom and when; or that nothing was."""
    if appraisal.decision is None and appraisal.decided_on is None:
        return "Not decided"
    what = "Decided" if appraisal.decision is None else f"Decided: {appraisal.decision.value}"
    by = f", by {appraisal.decided_by}" if appraisal.decided_by else ", it is not said by whom"
    on = f", on {day_words(appraisal.decided_on)}" if appraisal.decided_on else ", no date"
    open_ = "; what becomes of our PCN is not said" if appraisal.decision is None else ""
    return f"{what}{by}{on}{open_}"


def sign_off_words(appraisal: FootprintAppraisal) -> str:
    """Whether the commissioner has signed it off."""
    if appraisal.signed_off_on is None:
        return "Not signed off"
    by = appraisal.signed_off_by or "it is not said by whom"
    return f"Signed off by {by}, on {day_words(appraisal.signed_off_on)}"


def problems(appraisal: FootprintAppraisal, today: date) -> tuple[Problem, ...]:
    """What a reader must know of an appraisal: decided early, our response not sent, a window the wrong way round."""
    found = []

    def tell(words: str, field: str, weight: Weight = Weight.ACKNOWLEDGE) -> None:
        found.append(Problem(f"{appraisal.ref}: {words}", weight, "footprint_appraisal", appraisal.id, field))

    if appraisal.opens and appraisal.closes and appraisal.closes < appraisal.opens:
        tell("the consultation closes before it opens. Put the days right.", "closes")
    if decided_early(appraisal) and appraisal.decided_on and appraisal.closes:
        early, closes = day_words(appraisal.decided_on), day_words(appraisal.closes)
        tell(f"it was decided on {early}, before the consultation closes on {closes}.", "decided_on")
    left = days_left(appraisal, today)
    if left is not None and appraisal.sent_on is None:
        days = "today" if left == 0 else "in 1 day" if left == 1 else f"in {left} days"
        tell(f"our response is not sent; the consultation closes {days}.", "sent_on", Weight.NOTE)
    if appraisal.signed_off_on is not None and appraisal.decision is None:
        tell("it is signed off, but it is not said what was decided.", "decision")
    return tuple(found)
