"""Issuing a paper: problems first, the file written whole or not at all, and what was sent kept byte for byte."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nhsdesk
from nhsdesk import errors, resources
from nhsdesk.briefings import BRIEFINGS
from nhsdesk.documents.model import Report, Workbook
from nhsdesk.domain import local_rules
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Asked, Paper, facts_from_json, facts_to_json
from nhsdesk.returns import RETURNS
from nhsdesk.store import record_file
from nhsdesk.store.connections import plainly
from nhsdesk.store.database import Database

PAPERS: tuple[Paper[Any], ...] = (*RETURNS, *BRIEFINGS)
__all__ = ["BRIEFINGS", "PAPERS", "RETURNS", "asked_of", "issue", "make", "named", "remake", "save_draft"]

DRAFT = "DRAFT"
SAMPLE = "SAMPLE"


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that is ready: its facts, its file, and what is to be told of it."""

    paper: Paper[Any]
    asked: Asked
    facts: Any
    content: bytes
    problems: tuple[Problem, ...]


def named(key: str, among: tuple[Paper[Any], ...]) -> Paper[Any]:
    """The paper of that key; a sentence naming those there are when there is none."""
    for paper in among:
        if paper.key == key:
            return paper
    known = ", ".join(paper.key for paper in among)
    raise errors.PaperRefused(f"There is no paper called {key}. There are: {known}.")


def asked_of(database: Database, month: Month | None, day: date | None, *, draft: bool = False) -> Asked:
    """What is asked of a paper today: last month where none is given, today's rules, and the mark it must bear."""
    on = day or database.today()
    with database.read() as reader:
        rules = local_rules.in_force(reader.all(LocalRule), on, resources.bank_holidays())
    marks = [SAMPLE] if record_file.is_sample(database) else []
    marks += [DRAFT] if draft else []
    return Asked(on, month or Month.of(on).plus(-1), database.now(), rules, " ".join(marks))


def make(database: Database, paper: Paper[Any], asked: Asked) -> Made:
    """Gathers, checks and compiles a paper; nothing is written."""
    with database.read() as reader:
        facts = paper.gather(reader, asked)
    return Made(paper, asked, facts, written(paper.compile(facts)), paper.check(facts))


def written(document: Workbook | Report) -> bytes:
    """The bytes of a compiled document."""
    if isinstance(document, Workbook):
        from nhsdesk.documents import xlsx

        return xlsx.write(document)
    from nhsdesk.documents import pdf

    return pdf.write(document)


def issue(database: Database, made: Made, target: Path, *, acknowledged: bool) -> SentPaper:
    """Writes the paper and keeps what was sent with its facts. Refused while something must be put right."""
    _refuse(made, acknowledged)
    paper, asked = made.paper, made.asked
    facts = facts_to_json(made.facts)
    with (
        written_beside(target, made.content) as put_in_place,
        database.change(f"Issue {paper.title}") as change,
    ):
        kept = change.keep_bytes(target.name, made.content, _hash(made.content))
        kept_facts: KeptFile = change.keep_bytes(f"{paper.key} facts.json", facts, _hash(facts))
        sent = change.add(
            SentPaper(
                paper=paper.key,
                title=f"{paper.title}, {paper.period_words(asked)}",
                period=paper.period_words(asked),
                audience=paper.audience.value,
                issued_at=asked.made_at,
                kept=kept,
                facts=kept_facts,
                acknowledged="\n".join(problem.sentence for problem in made.problems) or None,
                position=database.head.position,
                program=nhsdesk.__version__,
            )
        )
        change.flush()
        put_in_place()
    return sent


def save_draft(made: Made, target: Path) -> None:
    """Writes a paper to look at: marked as a draft, not kept, not sent."""
    with written_beside(target, made.content) as put_in_place:
        put_in_place()


def remake(database: Database, sent: SentPaper) -> bytes:
    """A paper sent earlier, from the facts kept with it, in today's layout."""
    paper = named(sent.paper, PAPERS)
    with database.read() as reader:
        facts = reader.kept_bytes(sent.facts.sha256)
    if facts is None:
        raise errors.PaperRefused(f"The facts of {sent.title} were erased, so it cannot be made again.")
    return written(paper.compile(facts_from_json(paper, facts)))


def _refuse(made: Made, acknowledged: bool) -> None:
    must = [problem for problem in made.problems if problem.weight is Weight.MUST_FIX]
    unsaid = [problem for problem in made.problems if problem.weight is Weight.ACKNOWLEDGE]
    if must:
        told = " ".join(problem.sentence for problem in must[:5])
        raise errors.PaperRefused(
            f"{made.paper.title} was not made: {len(must)} things must be put right first. {told}",
            tuple(made.problems),
        )
    if unsaid and not acknowledged:
        told = " ".join(problem.sentence for problem in unsaid[:5])
        raise errors.PaperRefused(
            f"{made.paper.title} was not made: {len(unsaid)} things must be acknowledged first. {told}",
            tuple(made.problems),
        )


@contextmanager
def written_beside(target: Path, content: bytes) -> Iterator[Any]:
    """Writes a file under a passing name; the function given puts it in place. Whatever fails, nothing half is left.

    A file that was there before comes back when what follows fails.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    before = target.with_name(f".{target.name}.{os.getpid()}.before")
    with _plainly_for(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())

    def put_in_place() -> None:
        with _plainly_for(target):
            if target.exists():
                target.replace(before)
            beside.replace(target)

    try:
        yield put_in_place
    except BaseException:
        if before.exists():
            before.replace(target)
        elif not beside.exists():
            target.unlink(missing_ok=True)
        raise
    finally:
        beside.unlink(missing_ok=True)
        before.unlink(missing_ok=True)


@contextmanager
def _plainly_for(target: Path) -> Iterator[None]:
    try:
        with plainly(target):
            yield
    except errors.DeskError as error:
        target.with_name(f".{target.name}.{os.getpid()}.part").unlink(missing_ok=True)
        raise errors.Unwritable(
            f"{target.name} could not be written in {target.parent}. Your PCN file is safe and nothing was sent. If it "
            "is open in another program, close it there; if the disk is full or read-only, choose another folder."
        ) from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
