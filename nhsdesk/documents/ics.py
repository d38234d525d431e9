"""Reminders as a calendar file: all-day events that a calendar knows again when they come a second time.

Instants are in UTC. A due day is a day: it has no time and no zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Reminder:
    """One all-day event. `key` stays the same for what it reminds of; `edition` grows with each change of that."""

    key: str
    edition: int
    on: date
    title: str
    words: str
    private: bool = False
    cancelled: bool = False
    """Takes what an earlier file brought out of the calendar again."""


def write(reminders: Iterable[Reminder], name: str, written_at: datetime) -> bytes:
    """The file. `written_at` is in UTC; a calendar that read an earlier file puts these in place of those."""
    from icalendar import Calendar, Event

    if written_at.tzinfo is None:
        raise ValueError("a moment without a zone")
    calendar = Calendar()
    calendar.add("prodid", "-//nhsdesk//Actions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in reminders:
        event = Event()
        event.add("uid", f"{one.key}@nhsdesk")
        event.add("sequence", one.edition)
        event.add("dtstamp", written_at)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.title)
        event.add("description", one.words)
        if one.cancelled:
            event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE" if one.private else "PUBLIC")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
