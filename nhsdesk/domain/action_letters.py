"""The words of reminders: a letter to each owner with their actions, and a line for a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.periods import day_words


@dataclass(frozen=True, slots=True)
class Task:
    """One open action as a reminder tells it."""

    ref: str
    what: str
    owner: str
    due: date | None
    brag: str
    body: str
    minute_ref: str = ""
    last: str = ""


def letter(owner: str, tasks: Sequence[Task], network: str, today: date) -> str:
    """What an owner is written: what is overdue first, then the rest by date."""
    late = [one for one in tasks if one.due is not None and one.due < today]
    rest = [one for one in tasks if one.due is None or one.due >= today]
    number = "1 action is" if len(tasks) == 1 else f"{len(tasks)} actions are"
    parts = [f"To: {owner}", "", f"As at {day_words(today)}, {number} open with you."]
    for heading, some in (("Overdue", late), ("To come", rest)):
        if some:
            parts += ["", f"{heading}:", *("\n".join(_lines(one)) for one in some)]
    parts += ["", "Please reply with what was done, or with another date and the reason.", "", network]
    return "\n".join(parts) + "\n"


def _lines(one: Task) -> list[str]:
    due = f"due {day_words(one.due)}" if one.due is not None else "no date set"
    source = ", ".join(filter(None, (one.body, one.minute_ref)))
    lines = [f"- {one.ref}: {one.what} ({due}; {one.brag.partition(':')[0].lower()})"]
    lines += [f"    From: {source}"] if source else []
    return lines + ([f"    Last update: {one.last}"] if one.last else [])


def subject(owner: str, tasks: Sequence[Task], today: date, mark: str = "") -> str:
    """What a letter is about: how many actions, and how many of them are overdue."""
    late = sum(one.due is not None and one.due < today for one in tasks)
    number = "1 action" if len(tasks) == 1 else f"{len(tasks)} actions"
    return f"{mark} {number} open with {owner}, {late} overdue".strip()


def calendar_words(one: Task) -> tuple[str, str]:
    """The title and the words of an event."""
    return f"{one.ref}: {one.what}", "\n".join((f"Owner: {one.owner}", *_lines(one)))
