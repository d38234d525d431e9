"""Meeting actions, and the BRAG word each has earned."""

from __future__ import annotations

from datetime import date, timedelta

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import Record, count, day, derived, flag, link, long_text, parent, record, text
from nhsdesk.domain.kinds import Choice, Id, Tone
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.working_days import add_working_days


class Brag(Choice):
    """Blue, red, amber, green or grey; the word is always printed, with what it means."""

    BLUE = "blue: closed with evidence"
    RED = "red: overdue or revised twice"
    AMBER = "amber: needs attention"
    GREEN = "green: on course"
    GREY = "grey: not started, not due"

    @property
    def tone(self) -> Tone:
        """Blue is done, red is bad, amber wants attention, green is good."""
        return _TONES[self]


_TONES = {
    Brag.BLUE: Tone.DONE,
    Brag.RED: Tone.BAD,
    Brag.AMBER: Tone.WARN,
    Brag.GREEN: Tone.GOOD,
    Brag.GREY: Tone.GREY,
}


def brag(action: Action, rules: Rules, today: date) -> Brag:
    """The BRAG of an action on a day, by the local days of the rules (board action logs' own keys)."""
    if action.closed_on is not None:
        return Brag.BLUE if action.evidence else Brag.AMBER
    due = action.revised_due or action.due
    revised = action.times_revised or 0
    if (due is not None and due < today) or revised >= 2:
        return Brag.RED
    soon = due is not None and due <= today + timedelta(days=rules.whole("brag.due_soon_days"))
    if not action.started and not soon:
        return Brag.GREY
    if revised == 1 or (soon and _quiet(action, rules, today)) or _closing(action, due, rules, today):
        return Brag.AMBER
    return Brag.GREEN


def _quiet(action: Action, rules: Rules, today: date) -> bool:
    """No dated update since it was set or last discussed, and it was not set only just now."""
    since = max((day for day in (action.set_on, action.discussed_on) if day is not None), default=None)
    updated = action.updated_on is not None and (since is None or action.updated_on >= since)
    if updated:
        return False
    grace = rules.whole("brag.quiet_working_days")
    return action.set_on is None or add_working_days(action.set_on, grace, rules.holidays) < today


def _closing(action: Action, due: date | None, rules: Rules, today: date) -> bool:
    near = add_working_days(today, rules.whole("brag.closing_working_days"), rules.holidays)
    return due is not None and due <= near and not action.proposed_for_closure


@record(
    title="Action",
    plural="Actions",
    prefix="A",
    columns=("what", "brag", "owner", "due", "revised_due", "meeting"),
    groups={
        "What was agreed": "what",
        "Who does it": "owner",
        "When": "set_on",
        "Where it stands": "started",
    },
)
class Action(Record):
    """Something a meeting set somebody to do."""

    what: str = text("Action")
    meeting: Id | None = link("Meeting", "Meeting", default=None)
    minute_ref: str | None = text("Minute reference", default=None)
    item: Id | None = link("Agenda item", "AgendaItem", default=None)
    body: Id | None = link("Body", "Body", default=None)
    their_ref: str | None = text("Reference in their log", default=None)
    owner: Id | None = link("Owner", "Person", default=None)
    owner_words: str | None = text(
        "Owner, as written", default=None, help="Of a log that was read: kept as it stood, such as “TJ/JT”."
    )
    support: str | None = text("Support", default=None)
    commitment: Id | None = link("Commitment", "Commitment", default=None)
    set_on: date | None = day("Set on", default=None, lean=Lean.LAST)
    due: date | None = day("Original date", default=None)
    revised_due: date | None = day("Revised date", default=None)
    times_revised: int | None = count("Times revised", default=None)
    started: bool = flag("Started", default=True)
    discussed_on: date | None = day("Last discussed on", default=None, lean=Lean.LAST)
    updated_on: date | None = day("Last update on", default=None, lean=Lean.LAST)
    evidence: str | None = text("Evidence", default=None)
    proposed_for_closure: bool = flag("Proposed for closure", default=False)
    closed_on: date | None = day("Closed on", default=None, lean=Lean.LAST)
    closed_at: Id | None = link("Closed at the meeting", "Meeting", default=None)
    restricted: bool = flag("Restricted", default=False)

    brag = derived(
        "BRAG",
        brag,
        uses=(
            "due", "revised_due", "times_revised", "started", "set_on", "discussed_on", "updated_on", "evidence",
            "proposed_for_closure", "closed_on",
        ),
    )  # fmt: skip


@record(title="Action update", plural="Action updates", prefix="AU")
class ActionUpdate(Record):
    """What was said of an action on a day."""

    action: Id = parent("Action", "Action")
    said_on: date = day("On", lean=Lean.LAST)
    said: str = long_text("Update")
