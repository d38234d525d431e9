"""Meetings at which things are decided and actions set: series, agendas, who was there, and the minutes."""

from __future__ import annotations

from datetime import date, datetime, time

from nhsdesk.domain.bodies import Purpose
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    count,
    day,
    file,
    flag,
    link,
    long_text,
    mark,
    moment,
    parent,
    record,
    text,
    time_of_day,
)
from nhsdesk.domain.kinds import Choice, Id, KeptFile
from nhsdesk.domain.periods import day_words


@record(
    title="Meeting series",
    plural="Meeting series",
    prefix="MT",
    columns=("title", "body", "rhythm", "starts_at", "lasts", "place"),
)
class MeetingSeries(Record):
    """What the meetings of a body begin with. A change touches meetings made after it, never one before."""

    title: str = text("Series")
    body: Id | None = link("Body", "Body", default=None)
    rhythm: str | None = text("How often", default=None)
    starts_at: time | None = time_of_day("Starts at", default=None)
    lasts: int | None = count("Lasts so many minutes", default=None)
    place: str | None = text("Place", default=None)


@record(
    title="Standing item",
    plural="Standing items",
    prefix="MI",
    columns=("series", "number", "title", "purpose", "presenter", "minutes"),
)
class SeriesItem(Record):
    """An item that each new meeting of a series begins with."""

    series: Id = parent("Series", "MeetingSeries")
    number: int = count("Number")
    title: str = text("Item")
    purpose: Purpose | None = choice("Purpose", Purpose, default=None)
    presenter: Id | None = link("Presenter", "Person", default=None)
    minutes: int | None = count("Minutes", default=None)


class MeetingStage(Choice):
    """How far a meeting has come."""

    PLANNED = "planned"
    PAPERS_OUT = "papers sent"
    HELD = "held"
    DRAFT = "minutes drafted"
    FINAL = "minutes final"
    CANCELLED = "cancelled"


@record(
    title="Meeting",
    plural="Meetings",
    prefix="M",
    columns=("body", "held_on", "starts_at", "place", "stage", "minutes_ref"),
)
class Meeting(Record):
    """One sitting of a board or group."""

    body: str = text("Body")
    held_on: date = day("Date", lean=Lean.THIS_YEAR)
    place: str | None = text("Place", default=None)
    board: Id | None = link("Board or group", "Body", default=None)
    series: Id | None = link("Series", "MeetingSeries", default=None)
    starts_at: time | None = time_of_day("Starts at", default=None)
    ended_at: time | None = time_of_day("Ended at", default=None)
    stage: MeetingStage | None = choice("Stage", MeetingStage, default=None)
    papers_sent_on: date | None = day("Papers sent on", default=None, lean=Lean.LAST)
    chair: Id | None = link("Chair", "Person", default=None)
    minute_taker: Id | None = link("Minutes taken by", "Person", default=None)
    minutes_ref: str | None = text("Minute references", default=None)
    in_private: bool | None = flag("Held in private", default=None)
    interests_asked: bool | None = flag("Interests were asked for", default=None)
    count_told: int | None = count(
        "Present, as told", default=None, help="Where they are not entered one by one."
    )
    count_told_of: int | None = count("Of how many", default=None)

    def title_words(self) -> str:
        """Body and day."""
        return f"{self.body}, {day_words(self.held_on)}"


class ItemState(Choice):
    """What became of an agenda item."""

    OPEN = "open"
    DONE = "done"
    CARRIED = "carried over"
    MOVED = "moved to another meeting"
    DROPPED = "dropped"


_FINAL = "The minutes of this meeting are final. Amend them as a new version."


@record(
    title="Agenda item",
    plural="Agenda items",
    prefix="AI",
    columns=("meeting", "number", "title", "purpose", "presenter", "minutes", "state"),
    groups={"The item": "meeting", "What was said": "said"},
)
class AgendaItem(Record):
    """One item of a meeting, with its papers as attachments, and what was said of it."""

    meeting: Id = parent("Meeting", "Meeting")
    number: int = count("Number")
    title: str = text("Item")
    purpose: Purpose | None = choice("Purpose", Purpose, default=None)
    presenter: Id | None = link("Presenter", "Person", default=None)
    minutes: int | None = count("Minutes planned", default=None)
    ask: str | None = text("The body is asked to", default=None)
    paper: str | None = text("Paper", default=None, help="Such as Enclosure C, or verbal.")
    state: ItemState = choice("State", ItemState, default=ItemState.OPEN)
    carried_from: Id | None = link("Carried over from", "AgendaItem", default=None)
    said: str | None = long_text("What was said", default=None)
    minute_ref: str | None = text("Minute reference", default=None)
    restricted: bool = flag("Restricted", default=False, help="Left out of minutes for others.")
    final: bool = mark("Final", default=False)

    def sealed(self) -> str | None:
        """Final minutes stay as they are."""
        return _FINAL if self.final else None


class Presence(Choice):
    """Whether somebody was there."""

    PRESENT = "present"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    ATTENDING = "in attendance"


@record(
    title="Attendance",
    plural="Attendance",
    prefix="AA",
    columns=("meeting", "seat", "person", "organisation", "presence", "came_at", "left_at"),
)
class Attendance(Record):
    """A seat, person, practice or partner at a meeting, from when until when."""

    meeting: Id = parent("Meeting", "Meeting")
    seat: Id | None = link("Seat", "Seat", default=None)
    person: Id | None = link("Person", "Person", default=None)
    practice: Id | None = link("Practice", "Practice", default=None)
    organisation: Id | None = link("Organisation", "Organisation", default=None)
    presence: Presence = choice("There", Presence, default=Presence.PRESENT)
    came_at: time | None = time_of_day("Came at", default=None)
    left_at: time | None = time_of_day("Left at", default=None)
    remark: str | None = text("Remark", default=None)


@record(
    title="Declared interest",
    plural="Declared interests",
    prefix="ID",
    columns=("meeting", "interest", "item", "managed"),
)
class InterestDeclared(Record):
    """An interest that was declared at a meeting, and what was done about it."""

    meeting: Id = parent("Meeting", "Meeting")
    interest: Id | None = link("Interest", "Interest", default=None)
    item: Id | None = link("Item", "AgendaItem", default=None)
    who: Id | None = link("Who", "Person", default=None)
    what: str | None = text("What was declared", default=None)
    managed: str | None = text("What was done", default=None)


@record(
    title="Minutes",
    plural="Minutes",
    prefix="MV",
    columns=("meeting", "number", "made_at", "reason", "final"),
)
class MinutesVersion(Record):
    """The minutes of a meeting as they were made final, numbered; amended ones are a further version beside them."""

    meeting: Id = parent("Meeting", "Meeting")
    number: int = count("Version")
    made_at: datetime | None = moment("Made final", default=None)
    reason: str | None = text("Why amended", default=None)
    quorum: str | None = long_text("Quorum", default=None)
    present: str | None = long_text("Who was there", default=None)
    kept: KeptFile | None = file("As sent", default=None)
    final: bool = mark("Final", default=False)

    def sealed(self) -> str | None:
        """Final minutes stay as they are."""
        return _FINAL if self.final else None


@record(
    title="Minute",
    plural="Minute lines",
    prefix="MN",
    columns=("minutes", "number", "title", "said", "restricted"),
)
class MinutesLine(Record):
    """What one version of the minutes says of one item."""

    minutes: Id = parent("Minutes", "MinutesVersion")
    item: Id | None = link("Item", "AgendaItem", default=None)
    number: int = count("Number")
    title: str = text("Title")
    minute_ref: str | None = text("Minute reference", default=None)
    said: str | None = long_text("What was said", default=None)
    restricted: bool = flag("Restricted", default=False, help="Left out of minutes for others.")
    final: bool = mark("Final", default=False)

    def sealed(self) -> str | None:
        """Final minutes stay as they are."""
        return _FINAL if self.final else None
