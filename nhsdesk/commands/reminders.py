"""Reminders without a mail server: a calendar file, and a draft e-mail for each owner, written where you say.

    made = gather(database, Audience.PARTNERS)
    write_calendar(database, made, path, acknowledged=False)
    write_drafts(database, made, folder, acknowledged=False)

What is restricted is left out for others than our own board, and of a draft to an owner who is not of our PCN whoever
makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nhsdesk import errors
from nhsdesk.commands import papers
from nhsdesk.commands.whole_files import refuse_own, write_whole
from nhsdesk.documents import eml, ics
from nhsdesk.documents.ics import Reminder
from nhsdesk.domain import action_letters, kept_files
from nhsdesk.domain.action_letters import Task
from nhsdesk.domain.actions import Action
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Audience
from nhsdesk.sections import action_log, guarded_practices
from nhsdesk.sections.action_log import LogLine
from nhsdesk.store import record_file
from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft to one owner."""

    owner: str
    subject: str
    words: str
    actions: int
    left_out: int = 0
    """Restricted actions of theirs that are not in it."""


@dataclass(frozen=True, slots=True)
class Made:
    """What would be written, and what is to be known first."""

    network: str
    day: date
    mark: str
    reminders: tuple[Reminder, ...]
    undated: int
    letters: tuple[Letter, ...]
    withheld: int
    problems: tuple[Problem, ...]
    cancelled: tuple[Reminder, ...] = ()
    """Of actions closed within a year: whichever earlier file a calendar was given, it forgets them."""


def gather(database: Database, audience: Audience) -> Made:
    """Every open action that an audience may see, as events and as letters."""
    asked = papers.asked_of(database, None, None)
    with database.read() as reader:
        facts = action_log.gather(reader, asked, audience)
        outside = {line.ref: line for line in action_log.gather(reader, asked, Audience.PARTNERS).lines}
        ours = reader.all(Organisation, ours=True)
        over = action_log.closed_with_a_date(reader, asked.day, audience)
        guarded = () if audience is Audience.OWN_BOARD else guarded_practices.guarded(reader)
    lines = action_log.open_lines(facts)
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    network = ours[0].name if ours else "Our PCN"
    letters = tuple(
        _letter(owner, some, outside, network, asked.day, mark) for owner, some in _by_owner(lines)
    )
    naming = (
        found
        for ref, text in action_log.texts(action_log.Facts(lines, ()))
        for found in guarded_practices.naming(guarded, ref, text)
    )
    dated = [line for line in lines if line.due_now is not None]
    return Made(
        network,
        asked.day,
        mark,
        tuple(_reminder(line, line.ref not in outside, mark) for line in dated),
        len(lines) - len(dated),
        tuple(one for one in letters if one.actions),
        len(facts.withheld),
        tuple(naming),
        tuple(_cancelled(one, mark) for one in over),
    )


def _by_owner(lines: Iterable[LogLine]) -> list[tuple[str, list[LogLine]]]:
    """Actions of each role; those whose owner is not known, or only as a log has it, get no letter."""
    held: dict[str, list[LogLine]] = {}
    for line in sorted(lines, key=lambda line: (line.due_now or date.max, int(line.id))):
        if line.owner_id:
            held.setdefault(line.owner_id, []).append(line)
    return sorted(((some[0].owner, some) for some in held.values()), key=lambda one: one[0].casefold())


def _letter(
    owner: str, lines: list[LogLine], outside: Mapping[str, LogLine], network: str, day: date, mark: str
) -> Letter:
    """To somebody who is not of our PCN goes only what partners may read, in the words that they may read."""
    told = [line if line.owner_ours else outside.get(line.ref) for line in lines]
    tasks = [_task(line) for line in told if line is not None]
    return Letter(
        owner,
        action_letters.subject(owner, tasks, day, mark),
        action_letters.letter(owner, tasks, f"{network} {mark}".strip(), day),
        len(tasks),
        len(lines) - len(tasks),
    )


def _task(line: LogLine) -> Task:
    last = line.updates[-1] if line.updates else ""
    return Task(line.ref, line.what, line.owner, line.due_now, line.brag, line.body, line.minute_ref, last)


def _reminder(line: LogLine, private: bool, mark: str) -> Reminder:
    title, words = action_letters.calendar_words(_task(line))
    assert line.due_now is not None
    return Reminder(
        f"action-{line.id}", line.version, line.due_now, f"{mark} {title}".strip(), words, private
    )


def _cancelled(action: Action, mark: str) -> Reminder:
    """The event of an action that is closed: the same, later, and with none of its words."""
    on = action.revised_due or action.due
    assert on is not None
    assert action.closed_on is not None
    told = f"Closed on {day_words(action.closed_on)}."
    return Reminder(
        f"action-{action.id}",
        action.version,
        on,
        f"{mark} {action.ref}: closed".strip(),
        told,
        cancelled=True,
    )


def told(made: Made) -> str:
    """What there is to write, and what is not in it."""
    words = [
        f"{_number(len(made.reminders), 'action has', 'actions have')} a date and would stand in the calendar file.",
        f"{_number(len(made.letters), 'owner', 'owners')} would get a draft.",
    ]
    if made.cancelled:
        words.append(
            f"It takes {_number(len(made.cancelled), 'closed action', 'closed actions')} out of a calendar again."
        )
    if made.undated:
        words.append(
            f"{_number(made.undated, 'action has', 'actions have')} no date and would not stand there."
        )
    left = made.withheld + sum(one.left_out for one in made.letters)
    if left:
        words.append(
            f"{_number(left, 'restricted action is', 'restricted actions are')} left out where others read."
        )
    return " ".join(words)


def _number(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def suggested_name(made: Made) -> str:
    """A name for the calendar file."""
    return f"{made.mark} Actions {made.day.isoformat()}.ics".strip()


def write_calendar(database: Database, made: Made, target: Path, *, acknowledged: bool = False) -> None:
    """Writes the calendar file. Opened again later, it takes the place of what it brought before."""
    _refuse(made, acknowledged)
    if target.suffix.lower() != ".ics":
        raise errors.Unwritable(
            "A calendar file ends in .ics. Nothing was written. Choose a name ending in .ics."
        )
    _write(
        database,
        target,
        ics.write((*made.reminders, *made.cancelled), f"Actions of {made.network}", database.now()),
    )


def write_drafts(
    database: Database, made: Made, folder: Path, *, acknowledged: bool = False
) -> tuple[Path, ...]:
    """Writes a draft for each owner into a folder; one written the same day before is written anew."""
    _refuse(made, acknowledged)
    names = [
        kept_files.safe_name(f"{made.mark} {made.day.isoformat()} {one.owner}.eml".strip())
        for one in made.letters
    ]
    targets = tuple(folder / name for name in kept_files.unique_names(names))
    for target in targets:
        refuse_own(database, target)
    for target, letter in zip(targets, made.letters, strict=True):
        _write(database, target, eml.draft(letter.subject, letter.words))
    return targets


def _write(database: Database, target: Path, content: bytes) -> None:
    write_whole(database, target, lambda out: out.write(content))


def _refuse(made: Made, acknowledged: bool) -> None:
    if made.problems and not acknowledged:
        words = " ".join(dict.fromkeys(one.sentence for one in made.problems))
        raise errors.PaperRefused(f"No reminder was written. {words}", made.problems)
