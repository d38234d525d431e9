"""Actions and decisions as the page that follows them up shows them: everything, for our own eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.commands import papers
from nhsdesk.domain import action_log, ratifying
from nhsdesk.domain.action_log import ORDER
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.meetings import Meeting, MeetingStage
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Audience
from nhsdesk.sections import action_log as gathered
from nhsdesk.sections import decisions, restricted
from nhsdesk.sections.action_log import LogLine
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


class By(Choice):
    """What actions are put together by."""

    BLOCK = "part of the log"
    OWNER = "owner"
    BODY = "body"
    WEEK = "week"
    BRAG = "BRAG"


def open_actions(database: Database) -> tuple[LogLine, ...]:
    """Every action that is not closed, in the order of the log."""
    asked = papers.asked_of(database, None, None)
    with database.read() as reader:
        return gathered.open_lines(gathered.gather(reader, asked, Audience.OWN_BOARD))


def together(lines: tuple[LogLine, ...], by: By) -> tuple[tuple[str, LogLine], ...]:
    """Actions put together, each after the words it has in common with its neighbours.

    Names stand in their order, weeks and parts of the log in that of time; a part of them keeps the order of the whole.
    """
    named = by in (By.OWNER, By.BODY, By.BRAG)
    groups = action_log.grouped(
        lines,
        lambda line: words_of(line, by),
        lambda line: (
            words_of(line, by).casefold() if named else "",
            ORDER.index(line.block) if by is By.BLOCK else 0,
            line.due_now is None,
            line.due_now.toordinal() if line.due_now else 0,
            int(line.id),
        ),
    )
    return tuple((group.words, lines[at]) for group in groups for at in group.members)


def words_of(line: LogLine, by: By) -> str:
    """The words that an action has in common with others."""
    match by:
        case By.BLOCK:
            return line.block.words
        case By.OWNER:
            return line.owner
        case By.BODY:
            return line.body
        case By.BRAG:
            return line.brag
        case By.WEEK:
            return action_log.week_words(line.due_now)


def decision_log(database: Database) -> decisions.Facts:
    """All decisions with what is to be asked of each."""
    with database.read() as reader:
        return decisions.log(reader, database.today(), Audience.OWN_BOARD)


def ratify(database: Database, decision: Id, on: date) -> Decision | Problem:
    """Notes that a decision was ratified, as one step; one in final minutes stays, and another follows it."""
    with database.change("Note that a decision was ratified") as change:
        reader = change.reader
        held = reader.get(Decision, decision)
        line = decisions.one(reader, held, database.today())
        why = ratifying.why_not(
            held, on, database.today(), waits=line.waits, superseded_by=line.superseded_by
        )
        if why is not None:
            return why
        made = ratifying.ratified(held, on, _meeting_on(reader, held, on))
        if made.id == held.id:
            return change.put(made)
        hidden = restricted.gather(reader, Audience.PARTNERS)
        return change.add(replace(made, restricted=hidden.hides(held.id, held.commitment, held.item)))


def _meeting_on(reader: Reader, decision: Decision, on: date) -> Id | None:
    """The one meeting of its body on a day, while its minutes are not final; None where there is none, or several."""
    meeting = reader.find(Meeting, decision.meeting)
    body = decision.body or (meeting.board if meeting is not None else None)
    held = [one for one in reader.all(Meeting, held_on=on) if body is not None and one.board == body]
    found = [one.id for one in held if one.stage is not MeetingStage.FINAL]
    return found[0] if len(held) == 1 and found else None
