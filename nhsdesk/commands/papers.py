"""Issuing a paper: problems first, the file written whole or not at all, and what was sent kept byte for byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import nhsdesk
from nhsdesk import errors, resources
from nhsdesk.briefings import BRIEFINGS
from nhsdesk.commands import filings, paper_checks, whole_files
from nhsdesk.commands.paper_checks import entry_of, first_entry_of, with_entries
from nhsdesk.commands.paper_files import ending, written_beside
from nhsdesk.documents import eml, tracing
from nhsdesk.documents.model import Bundle, Document, Figure, Report, Workbook
from nhsdesk.domain import local_rules
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.composed import Draft
from nhsdesk.domain.composing import Composition
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.fields import Record
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import (
    Asked,
    Audience,
    Diary,
    Due,
    Paper,
    Period,
    composition_from_json,
    facts_from_json,
    facts_to_json,
)
from nhsdesk.returns import RETURNS
from nhsdesk.sections import apart, composed, expansions, glossary, restricted
from nhsdesk.store import queries, record_file
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

PAPERS: tuple[Paper[Any], ...] = (*RETURNS, *BRIEFINGS)
__all__ = [
    "BRIEFINGS", "PAPERS", "RETURNS", "as_sent", "asked_of", "compiled", "ending", "entry_of", "first_entry_of",
    "issue", "listed", "make", "named", "remake", "save_draft", "save_working_copy", "sent_papers",
    "suggested_name", "with_entries", "working_copy", "write_again",
]  # fmt: skip

Turned = Callable[[int], None]
DRAFT = "DRAFT"
WORKING_COPY = "WORKING COPY"
SAMPLE = "SAMPLE"
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that is ready: its facts, its file, and what is to be told of it."""

    paper: Paper[Any]
    asked: Asked
    facts: Any
    content: bytes
    problems: tuple[Problem, ...]
    position: int
    figures: tuple[Figure, ...] = ()
    """By their numbers, each with the entries it was counted from."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper among the others: when it is next due, and what was sent of it, newest first."""

    paper: Paper[Any]
    due: Due
    sent: tuple[SentPaper, ...]


def listed(database: Database) -> tuple[Listed, ...]:
    """Every paper with when it is next due and what was sent."""
    today = database.today()
    with database.read() as reader:
        every = sorted(reader.all(SentPaper), key=lambda one: (one.issued_at, one.id), reverse=True)
        meetings = reader.all(Meeting)
        rules = local_rules.in_force(reader.counting(LocalRule), today, resources.bank_holidays())
    found = []
    for paper in PAPERS:
        sent = tuple(one for one in every if one.paper == paper.key)
        diary = Diary(today, rules, tuple(one.period or "" for one in sent), meetings)
        found.append(Listed(paper, paper.due(diary), sent))
    return tuple(found)


def has_page(made: Made) -> bool:
    """Whether a copy for a browser comes beside its file: not of a workbook, nor of a pack with files from outside."""
    return isinstance(compiled(made.paper, made.facts), Report)


def suggested_name(paper: Paper[Any], asked: Asked) -> str:
    """A name for its file: "SAMPLE ARRS monthly claim 2026-10.xlsx"."""
    period = str(asked.month) if paper.period is Period.MONTH else asked.day.isoformat()
    title = paper.title
    if asked.composed is not None:
        title = f"{_FOR_A_NAME.sub(' ', asked.composed.title).strip()} version {asked.composed.edition}"
    return " ".join(filter(None, (asked.mark, title, period))) + ending(paper)


_FOR_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def named(key: str, among: tuple[Paper[Any], ...]) -> Paper[Any]:
    """The paper of that key; a sentence naming those there are when there is none."""
    for paper in among:
        if paper.key == key:
            return paper
    known = ", ".join(paper.key for paper in among)
    raise errors.PaperRefused(f"There is no paper called {key}. There are: {known}.")


def entry_named(database: Database, ref: str) -> Record:
    """The meeting or body that a paper is to be of, by its reference; a sentence where there is none."""
    with database.read() as reader:
        found = reader.by_ref(ref.strip().upper())
    if not isinstance(found, Meeting | Body):
        raise errors.PaperRefused(
            f"There is no meeting or body {quoted(ref)} in this PCN file. Nothing was made."
        )
    return found


def asked_of(
    database: Database, month: Month | None, day: date | None, *, draft: bool = False, about: Id | None = None
) -> Asked:
    """What is asked of a paper today: last month where none is given, today's rules, and the mark it must bear."""
    today = database.today()
    on = day or today
    if on > today:
        raise errors.PaperRefused(f"No paper can be made as at {day_words(on)}: that day has not come.")
    of = month or Month.of(on).plus(-1)
    with database.read() as reader:
        settled = reader.counting(LocalRule)
    rules, month_rules = (
        local_rules.in_force(settled, by, resources.bank_holidays()) for by in (on, of.last)
    )
    marks = [SAMPLE] if record_file.is_sample(database) else []
    marks += [DRAFT] if draft else []
    return Asked(on, of, database.now(), rules, month_rules, " ".join(marks), about)


def make_as_at(database: Database, paper: Paper[Any], asked: Asked, turned: Turned | None = None) -> Made:
    """A paper of an earlier day, from what the file held at the close of it; `turned` as in `make`."""
    with _as_at(database, asked.day, asked.audience(paper.audience)) as (past, position):
        return _made(database, past, position, paper, asked, turned)


def make(database: Database, paper: Paper[Any], asked: Asked, turned: Turned | None = None) -> Made:
    """Gathers, checks and compiles a paper from what the file holds now; nothing is written.

    `turned` is called with the number of each page that is set, and may raise to stop the work.
    """
    with database.read() as reader:
        return _made(database, reader, queries.position(reader), paper, asked, turned)


def report(database: Database, paper: Paper[Any], asked: Asked) -> Report:
    """A briefing as its readers may have it, compiled and not printed."""
    if asked.day < database.today():
        with _as_at(database, asked.day, asked.audience(paper.audience)) as (past, _):
            document = paper.compile(_gathered(database, past, paper, asked))
    else:
        with database.read() as reader:
            document = paper.compile(_gathered(database, reader, paper, asked))
    if not isinstance(document, Report):
        raise errors.PaperRefused(
            f"{paper.title} holds other papers whole, so it is not composed by sections."
        )
    return document


@contextmanager
def _as_at(database: Database, day: date, audience: Audience) -> Iterator[tuple[Reader, int]]:
    """The file as it was at the close of a day, and where its journal stood; what is restricted by now stays so."""
    past = database.as_at(database.position_on(day))
    try:
        if audience is not Audience.OWN_BOARD:
            with database.read() as reader:
                past.withhold(restricted.gather(reader, audience).linked)
        with past.read() as reader:
            yield reader, past.position
    finally:
        past.close()


def _made(
    database: Database, reader: Reader, position: int, paper: Paper[Any], asked: Asked, turned: Turned | None
) -> Made:
    facts = _with_own_words(reader, paper, asked, _gathered(database, reader, paper, asked))
    document = compiled(paper, facts, asked.composed)
    problems = (
        *paper.check(facts),
        *apart.not_made(document),
        *paper_checks.naming(reader, paper, asked, facts),
        *paper_checks.patient_data_in(facts),
        *paper_checks.composed_problems(reader, paper, asked, facts),
        *paper_checks.unprintable(document, facts),
    )
    content = written(document, reader.kept_bytes, turned)
    return Made(paper, asked, facts, content, problems, position, figures_of(document))


def figures_of(document: Document) -> tuple[Figure, ...]:
    """The numbered figures of a briefing; a workbook has its own references in every row."""
    return document.figures if isinstance(document, Report) else ()


def _gathered(database: Database, reader: Reader, paper: Paper[Any], asked: Asked) -> Any:
    """The facts, with an earlier reading of the file beside it where the paper tells what has changed."""
    day = paper.compared_with(reader, asked)
    if day is None:
        return paper.gather(reader, asked)
    if not database.position_on(day):
        return paper.gather(reader, replace(asked, compared=day))
    with _as_at(database, day, asked.audience(paper.audience)) as (earlier, _):
        return paper.gather(reader, replace(asked, compared=day, earlier=earlier))


def compiled(paper: Paper[Any], facts: Any, composition: Composition | None = None) -> Document:
    """The document of a paper, with where its figures come from and its abbreviations in full at its back.

    Both are as they stood on the day of its facts.
    """
    head = facts.heading
    return expansions.added(_as_printed(paper, facts, composition), head.as_at, head.own_words)


def _as_printed(paper: Paper[Any], facts: Any, composition: Composition | None) -> Document:
    """The document but for the words at its back."""
    document = paper.compile(facts)
    if isinstance(document, Bundle):
        return tracing.each_traced(document)
    return _put_together(document, composition) if isinstance(document, Report) else document


def _put_together(whole: Report, composition: Composition | None) -> Report:
    """The figures of what is printed are numbered before words of one's own stand among them."""
    if composition is None:
        return tracing.traced(composed.of_what_is_there(whole))
    traced = tracing.traced(composed.of_what_is_there(composed.arranged(whole, composition)))
    return composed.with_own_words(whole, traced, composition)


def _with_own_words(reader: Reader, paper: Paper[Any], asked: Asked, facts: Any) -> Any:
    """Facts with what this PCN says itself of the short forms that are printed; not of those in what is left out."""
    if not reader.count(GlossaryTerm):
        return facts
    printed = _as_printed(paper, facts, asked.composed)
    own = expansions.own_words(glossary.read(reader), printed, asked.day)
    return replace(facts, heading=replace(facts.heading, own_words=own)) if own else facts


def written(
    document: Document, kept: Callable[[str], bytes | None] = lambda _: None, turned: Turned | None = None
) -> bytes:
    """The bytes of a compiled document; `kept` gives those of a file that it encloses, by their SHA-256."""
    if isinstance(document, Workbook):
        from nhsdesk.documents import xlsx

        return xlsx.write(document)
    if isinstance(document, Bundle):
        from nhsdesk.documents import bundle

        return bundle.write(document, kept)
    from nhsdesk.documents import pdf

    return pdf.write(document, turned)


def issue(database: Database, made: Made, target: Path, *, acknowledged: bool) -> SentPaper:
    """Writes the paper and keeps what was sent with its facts. Refused while something must be put right.

    Beside a briefing stands a copy for a browser, made of the same facts.
    """
    _refuse(made, acknowledged)
    _refuse_unfinished(made)
    paper, asked = made.paper, made.asked
    facts = facts_to_json(made.facts, asked.composed)
    title = asked.composed.title if asked.composed is not None else paper.title
    document = compiled(paper, made.facts, asked.composed)
    with written_beside(database, paper, target, made.content, document) as put_in_place:
        with database.change(f"Issue {paper.title}") as change:
            kept = change.keep_bytes(whole_letters(target.name), made.content, _hash(made.content))
            kept_facts: KeptFile = change.keep_bytes(f"{paper.key} facts.json", facts, _hash(facts))
            sent = change.add(
                SentPaper(
                    paper=paper.key,
                    title=f"{title}, {paper.period_words(asked)}",
                    period=paper.period_words(asked),
                    audience=asked.audience(paper.audience).value,
                    issued_at=database.now(),
                    kept=kept,
                    facts=kept_facts,
                    acknowledged="\n".join(problem.sentence for problem in made.problems) or None,
                    position=made.position,
                    program=nhsdesk.__version__,
                )
            )
            filings.noted_with(change, sent, database.today())
        # Last of all, so that a crash at any moment leaves no file that the record cannot show.
        try:
            put_in_place()
        except errors.Unwritable as refused:
            raise errors.Unwritable(
                f"{refused} It is kept as sent, as {sent.ref}: “nhsdesk sent” writes it out again."
            ) from refused
    return sent


def save_draft(database: Database, made: Made, target: Path) -> None:
    """Writes a paper to look at: marked as a draft, not kept, not sent."""
    with written_beside(database, made.paper, target, made.content) as put_in_place:
        put_in_place()


def working_copy(made: Made) -> bytes:
    """A return to work in: the same figures under a mark of its own, with headings that stay in sight."""
    document = compiled(made.paper, made.facts)
    assert isinstance(document, Workbook)
    mark = " ".join(filter(None, (document.mark, WORKING_COPY)))
    return written(replace(document, working_copy=True, mark=mark))


def save_working_copy(database: Database, made: Made, target: Path) -> None:
    """Writes a return to work in: marked as a working copy, not kept, not sent."""
    with written_beside(database, made.paper, target, working_copy(made)) as put_in_place:
        put_in_place()


def working_copy_name(made: Made) -> str:
    """A name for it: "SAMPLE WORKING COPY ARRS monthly claim 2026-10.xlsx"."""
    mark = " ".join(filter(None, (made.asked.mark, WORKING_COPY)))
    return suggested_name(made.paper, replace(made.asked, mark=mark))


def sent_papers(database: Database) -> tuple[SentPaper, ...]:
    """What was sent, oldest first."""
    with database.read() as reader:
        return reader.all(SentPaper)


def as_sent(database: Database, ref: str) -> tuple[SentPaper, bytes]:
    """A paper as it was sent, byte for byte."""
    with database.read() as reader:
        sent = reader.by_ref(ref)
        content = reader.kept_bytes(sent.kept.sha256) if isinstance(sent, SentPaper) else None
    if not isinstance(sent, SentPaper):
        raise errors.PaperRefused(f"{quoted(ref)} is not the reference of a paper that was sent. Check it.")
    if content is None:
        raise errors.PaperRefused(f"{sent.title} was erased, so it cannot be written out again.")
    return sent, content


def write_again(database: Database, ref: str, target: Path) -> SentPaper:
    """Writes out a paper as it was sent, byte for byte."""
    sent, content = as_sent(database, ref)
    if sent.paper not in [paper.key for paper in PAPERS]:  # a bundle, which no facts alone can make again
        whole_files.write_whole(database, target, lambda out: out.write(content))
        return sent
    with written_beside(database, named(sent.paper, PAPERS), target, content) as put_in_place:
        put_in_place()
    return sent


def email_draft(database: Database, sent: SentPaper, target: Path) -> None:
    """Writes a draft of an e-mail with a paper attached as it was sent. Nothing is sent; it has no address."""
    _, content = as_sent(database, sent.ref)
    name = Path(sent.kept.name.replace("\\", "/")).name or sent.ref
    words = (
        f"Please find attached {sent.title}, as the file {name}.\n\nIt was issued as {sent.ref}. Its figures are as at "
        "the day on its first page, and each can be followed back.\n"
    )
    made = eml.draft(sent.title, words, {name: content})
    whole_files.write_whole(database, target, lambda out: out.write(made))


def remake(database: Database, sent: SentPaper) -> bytes:
    """A paper sent earlier, from the facts kept with it, in today's layout."""
    paper = named(sent.paper, PAPERS)
    with database.read() as reader:
        facts = reader.kept_bytes(sent.facts.sha256)
        if facts is None:
            raise errors.PaperRefused(f"The facts of {sent.title} were erased, so it cannot be made again.")
        document = compiled(paper, facts_from_json(paper, facts), composition_from_json(facts))
        return written(document, reader.kept_bytes)


def figures_of_sent(database: Database, sent: SentPaper) -> tuple[Figure, ...]:
    """The figures of a briefing sent earlier; none where its facts were erased or are of an earlier form."""
    paper = next((one for one in BRIEFINGS if one.key == sent.paper), None)
    with database.read() as reader:
        kept = reader.kept_bytes(sent.facts.sha256)
    if paper is None or kept is None:
        return ()
    try:
        return figures_of(compiled(paper, facts_from_json(paper, kept), composition_from_json(kept)))
    except Exception:  # what was sent is shown whatever form its facts have
        return ()


def may_go_on(made: Made) -> bool:
    """Whether nothing but a word of acknowledgement stands in the way."""
    return all(problem.weight is not Weight.MUST_FIX for problem in made.problems)


def _refuse(made: Made, acknowledged: bool) -> None:
    must = [problem for problem in made.problems if problem.weight is Weight.MUST_FIX]
    unsaid = [problem for problem in made.problems if problem.weight is Weight.ACKNOWLEDGE]
    if must:
        raise errors.PaperRefused(_refusal(made, must, "put right"), made.problems)
    if unsaid and not acknowledged:
        raise errors.PaperRefused(_refusal(made, unsaid, "acknowledged"), made.problems)


def _refuse_unfinished(made: Made) -> None:
    if made.asked.composed is not None and made.asked.composed.draft is Draft.DRAFT:
        raise errors.PaperRefused(
            f"{made.asked.composed.title} was not sent: it is a draft. Mark it as final first; a draft can be saved."
        )


def _refusal(made: Made, problems: list[Problem], done: str) -> str:
    what = "one thing" if len(problems) == 1 else f"{len(problems)} things"
    told = " ".join(problem.sentence for problem in problems[:MOST_TOLD])
    more = f" And {len(problems) - MOST_TOLD} more; a draft tells all." if len(problems) > MOST_TOLD else ""
    composed_as = made.asked.composed
    title = made.paper.title if composed_as is None else composed_as.title
    return f"{title} was not made: {what} must be {done} first. {told}{more}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
