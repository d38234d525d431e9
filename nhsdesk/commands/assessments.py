"""A quarter's scores: begun with what the last one came to, scored line by line, each line with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from nhsdesk import errors, resources
from nhsdesk.commands import entries, papers
from nhsdesk.domain import assessments, kinds
from nhsdesk.domain.actions import Action
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine, Score
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.frameworks import known_by
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import Quarter
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Audience
from nhsdesk.sections import assessments as section
from nhsdesk.sections.assessments import AssessmentFacts
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

LEARNING_SESSION = "Learning session"
MOST_MINUTES = 60_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """The frameworks there are, and the quarter's assessment against one of them where it was begun."""

    frameworks: tuple[Framework, ...]
    framework: Framework | None = None
    assessment: Assessment | None = None
    facts: AssessmentFacts | None = None


def usual_quarter(database: Database) -> Quarter:
    """The quarter somebody comes for: the newest that was begun, else the one that is running."""
    with database.read() as reader:
        begun = [one.quarter for one in reader.all(Assessment)]
    return max(begun, default=Quarter.of(database.today()))


def quarters(database: Database) -> tuple[Quarter, ...]:
    """The quarters to choose from, the newest first: the one running, the four before, and all that were begun."""
    quarter = Quarter.of(database.today())
    found = {quarter}
    for _ in range(4):
        quarter = assessments.quarter_before(quarter)
        found.add(quarter)
    with database.read() as reader:
        found.update(one.quarter for one in reader.all(Assessment))
    return tuple(sorted(found, reverse=True))


def view(database: Database, framework: Id | None, quarter: Quarter) -> Shelf:
    """The quarter as its page shows it; without a framework, against the first that was scored in it."""
    with database.read() as reader:
        all_ = reader.all(Framework)
        begun = reader.all(Assessment, quarter=quarter)
        wanted = framework or next((one.framework for one in begun), all_[0].id if all_ else None)
        chosen = next((one for one in all_ if one.id == wanted), all_[0] if all_ else None)
        held = next((one for one in begun if chosen is not None and one.framework == chosen.id), None)
        facts = None if held is None else section.gather(reader, held, Audience.OWN_BOARD)
    return Shelf(all_, chosen, held, facts)


def begin(database: Database, framework: Framework, quarter: Quarter) -> Assessment:
    """Begins a quarter with the levels, notes and evidence of the last one, each marked as carried forward."""
    with database.read() as reader:
        held = _held(reader, framework, quarter)
    if held is not None:
        return held
    with database.change(f"Begin {quarter} against {framework.ref}") as change:
        return begin_in(change, framework, quarter)


def _held(reader: Reader, framework: Framework, quarter: Quarter) -> Assessment | None:
    return next(iter(reader.all(Assessment, framework=framework.id, quarter=quarter)), None)


def begin_in(change: Change, framework: Framework, quarter: Quarter) -> Assessment:
    """A quarter begun as part of a step."""
    reader = change.reader
    begun = Assessment(framework=framework.id, quarter=quarter)
    earlier = section.before(reader, begun, framework)
    shipped = next((one for one in resources.frameworks() if one.title == framework.title), None)
    part = earlier.our_part if earlier else (shipped.our_part or None) if shipped else None
    added = change.add(
        replace(
            begun,
            owner=earlier.owner if earlier else None,
            our_part=part,
            state=earlier.state if earlier else None,
        )
    )
    if earlier is not None:
        then = section.scores_by_line(reader, earlier)
        for line in reader.all(FrameworkLine, framework=framework.id):
            score = then.get(known_by(line))
            if score is not None and (score.level is not None or score.note or score.evidence):
                change.add(assessments.carried_forward(score, added.id, line.id))
    return added


# ---- one line


def give_level(database: Database, assessment: Assessment, line: Id, words: str) -> Problem | None:
    """Takes the level of a line as typed, empty for none; giving the carried one again says that it still holds."""
    value: Any = Score.KIND.field("level").kind.read(words, database.today())
    with database.read() as reader:
        framework = reader.get(Framework, assessment.framework)
    top = framework.top if framework.top is not None else 3
    if isinstance(value, int) and not 0 <= value <= top:
        return Problem(f"{value} is no level here. Give one from 0 to {top}.", kind="score", field="level")
    return _give(database, assessment, line, "level", value)


def give(database: Database, assessment: Assessment, line: Id, name: str, words: str) -> Problem | None:
    """Takes the note, the evidence (as references) or the minutes of a line as typed."""
    if name == "minutes_spent":
        return _give(database, assessment, line, name, _time(words, database.today()))
    with database.read() as reader:
        value = entries.read_words(reader, Score.KIND.field(name), words, database.today())
    return _give(database, assessment, line, name, value)


def _time(words: str, today: date) -> Any | Problem:
    """Minutes from 75 or 1:15."""
    value = kinds.Minutes().read(words, today)
    if isinstance(value, int) and not 0 <= value <= MOST_MINUTES:
        return Problem(f"{quoted(words)} is no time spent on one line in a quarter. Write it as 75 or 1:15.")
    return value


def _give(
    database: Database, assessment: Assessment, line: Id, name: str, value: Any | Problem
) -> Problem | None:
    if isinstance(value, Problem):
        return replace(value, kind="score", field=name)
    with database.read() as reader:
        held = _score(reader, assessment, line)
        standard = reader.get(FrameworkLine, line)
    touched = name != "minutes_spent" and (held is not None and bool(held.carried))
    if held is None and value in (None, ()):
        return None
    if held is not None and getattr(held, name) == value and not (touched and name == "level"):
        return None
    label = f"{Score.KIND.field(name).label} of {standard.standard_ref or standard.ref}, {assessment.quarter}"
    with database.change(label) as change:
        if held is None:
            change.add(Score(assessment=assessment.id, line=line, **{name: value}))
        else:
            change.put(replace(held, **{name: value}, carried=None if touched else held.carried))
    return None


def _score(reader: Reader, assessment: Assessment, line: Id) -> Score | None:
    return next(iter(reader.all(Score, assessment=assessment.id, line=line)), None)


def still_so(database: Database, assessment: Assessment) -> int:
    """Says of every line carried forward that it was looked at and still holds; how many those were."""
    with database.read() as reader:
        carried = [one for one in reader.all(Score, assessment=assessment.id) if one.carried]
    if carried:
        with database.change(f"Confirm what was carried into {assessment.ref}") as change:
            for one in carried:
                change.put(replace(one, carried=None))
    return len(carried)


def send(database: Database, assessment: Assessment, *, goes_out: bool) -> Assessment:
    """Says whether the return holds this assessment, or it is kept to ourselves."""
    with database.change(f"Change where {assessment.ref} goes") as change:
        held = change.reader.get(Assessment, assessment.id)
        return change.put(replace(held, state=assessments.TO_SEND if goes_out else assessments.TO_OURSELVES))


# ---- what is learned


def add_action(database: Database, line: Id, what: str) -> Action:
    """Sets an action that goes with a line, so that a score leads to something better."""
    with database.change("Add action for a framework line") as change:
        action = change.add(
            Action(what=_needed(what, "What is to be done"), set_on=database.today(), started=False)
        )
        change.add(Link(source=action.id, target=line, says=LinkKind.RELATED))
    return action


def add_session(database: Database, line: Id, held_on: str) -> Meeting | Problem:
    """Notes a meeting of clinicians for learning that goes with a line, on a day as typed."""
    on: Any = Meeting.KIND.field("held_on").kind.read(held_on, database.today())
    if isinstance(on, Problem):
        return on
    if not isinstance(on, date):
        return Problem("Give the day of the session.", kind="meeting", field="held_on")
    with database.change("Add learning session for a framework line") as change:
        meeting = change.add(Meeting(body=LEARNING_SESSION, held_on=on))
        change.add(Link(source=meeting.id, target=line, says=LinkKind.EVIDENCE))
    return meeting


def _needed(words: str, what: str) -> str:
    if not words.strip():
        raise errors.Incomplete(
            f"{what} is not given yet. Nothing was added. Write it, and press the button again."
        )
    return words.strip()


# ---- the workbook


def save_workbook(database: Database, quarter: Quarter, target: Path) -> Path:
    """Writes a draft of the quarter's workbook; it is sent from Returns and papers."""
    paper = papers.named("assessment", papers.PAPERS)
    asked = papers.asked_of(database, quarter.months[-1], None, draft=True)
    papers.save_draft(database, papers.make(database, paper, asked), target)
    return target
