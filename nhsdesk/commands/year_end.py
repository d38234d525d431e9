"""Closing a financial year and opening the next: each thing that is done is one step, which Undo takes back.

seen = year_end.see(database)                       the steps of the year that is to be closed
year_end.extend_posts(database, ids, to)            posts that end with the year go on, to a day or without an end
ready = year_end.prepare(database, year)            what is acknowledged by closing it now, and the outturn to be kept
year_end.close(database, ready, acknowledged=True)  keeps that outturn, and notes that the year is closed
year_end.open_again(database, year)                 takes that back, whatever was done since
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import nhsdesk
from nhsdesk import errors
from nhsdesk.commands import papers, whole_files
from nhsdesk.domain import patient_data, year_end
from nhsdesk.domain.arrs import Pay, Stage
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.outturn import Outturn
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.year_end import BesideRow, Kept, YearEnd
from nhsdesk.domain.year_end_carried import EndsWithYear
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.returns import arrs_position
from nhsdesk.sections import year_end as section
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Seen:
    """A year's end as it stands, what of it may be chosen, and what was kept beside what it comes to today."""

    end: YearEnd
    years: tuple[FinancialYear, ...]
    beside: tuple[BesideRow, ...]


def closed_years(database: Database) -> frozenset[FinancialYear]:
    """The years that were closed."""
    with database.read() as reader:
        return frozenset(one.year for one in section.closed(reader))


def see(database: Database, year: FinancialYear | None = None) -> Seen:
    """The year's end, of the year that is to be closed next where none is given."""
    today, closed = database.today(), closed_years(database)
    with database.read() as reader:
        found = _gathered(database, reader, year or _usual_year(database, closed))
        beside = _beside(reader, found.end.closed, found.outturn)
    return Seen(found.end, year_end.years_offered(today, closed, _begun_in(database)), beside)


def _gathered(database: Database, reader: Reader, year: FinancialYear) -> section.Gathered:
    """Each step as it stands today; a year that was over before the file was begun is known as such."""
    found = section.gather(reader, year, database.today())
    return replace(found, end=replace(found.end, before_file=not database.position_on(year.last)))


def _begun_in(database: Database) -> FinancialYear:
    """The year in which the file was begun, by its journal."""
    year = FinancialYear.of(database.today())
    while database.position_on(year_end.before(year).last):
        year = year_end.before(year)
    return year


def _usual_year(database: Database, closed: frozenset[FinancialYear]) -> FinancialYear:
    """The year to be closed next; the running one where that was over before the file was begun."""
    today = database.today()
    year = year_end.year_at(today, closed)
    return year if database.position_on(year.last) else FinancialYear.of(today)


def _beside(reader: Reader, closed: ClosedYear | None, worked: Outturn) -> tuple[BesideRow, ...]:
    """Nothing where no outturn was kept, or where its facts were erased or are of an earlier form."""
    kept = reader.kept_bytes(closed.facts.sha256) if closed is not None and closed.facts is not None else None
    if kept is None:
        return ()
    try:
        facts = facts_from_json(arrs_position.PAPER, kept)
    except Exception:  # the file that was kept is given back whatever form its facts have
        return ()
    return year_end.beside(Kept(facts.entitlement, facts.claimed, facts.paid, facts.forecast), worked)


# ---- posts that end with the year


def extend_posts(
    database: Database, year: FinancialYear, ids: Collection[Id], to: date | None
) -> str | Problem:
    """Lets posts that end with the year go on, with the hours of who is in them; says how many, and whose pay ends."""
    if to is not None and to <= year.last:
        return Problem(f"{day_words(to)} is no later than {day_words(year.last)}. Nothing was changed.")
    with database.read() as reader:
        found = [one for one in section.ending(reader, year) if one.post.id in ids]
        no_pay = [one.post.ref for one in found if _pay_ends(reader.all(Pay, post=one.post.id), year)]
    if not found:
        return Problem(f"No chosen post ends on {day_words(year.last)} any more. Nothing was changed.")
    with database.change(f"Extend {_posts(found)} beyond {year}") as change:
        for one in found:
            if one.post_ends:
                change.put(replace(one.post, ends=to))
            for hours in one.hours:
                change.put(replace(hours, ends=_hours_until(one, to)))
    until = "without an end" if to is None else f"to {day_words(to)}"
    pay = (
        f" Pay ends on {day_words(year.last)} for {year_end.named(no_pay)}: enter what is paid after it."
        if no_pay
        else ""
    )
    goes = year_end.verb(len(found), "goes", "go")
    return f"{_posts(found)} {goes} on {until}.{_earlier_words(found, to)}{pay}"


def _hours_until(one: EndsWithYear, to: date | None) -> date | None:
    """The day to which the hours in a post go on: no later than a post that has its own end."""
    ends = None if one.post_ends else one.post.ends
    return ends if ends is not None and (to is None or ends < to) else to


def _earlier_words(found: Sequence[EndsWithYear], to: date | None) -> str:
    """Which of them have an end of their own before that day."""
    earlier = [one.post for one in found if _hours_until(one, to) != to]
    told = year_end.named([f"{post.ref} on {day_words(post.ends)}" for post in earlier if post.ends], "; ")
    return f" Some end before, and the hours in them no later: {told}." if earlier else ""


def _pay_ends(pay: Sequence[Pay], year: FinancialYear) -> bool:
    return bool(pay) and all(one.ends is not None and one.ends <= year.last for one in pay)


def let_posts_go(database: Database, year: FinancialYear, ids: Collection[Id]) -> str | Problem:
    """Marks posts that end with the year as ended; one that goes on without who is in it becomes vacant."""
    with database.read() as reader:
        found = [one for one in section.ending(reader, year) if one.post.id in ids]
    if not found:
        return Problem(f"No chosen post ends on {day_words(year.last)} any more. Nothing was changed.")
    with database.change(f"Let {_posts(found)} go with {year}") as change:
        for one in found:
            change.put(replace(one.post, stage=Stage.ENDED if one.post_ends else Stage.VACANT))
    gone, vacant = (tuple(one for one in found if one.post_ends is ends) for ends in (True, False))
    told = [f"{_posts(gone)} {year_end.verb(len(gone), 'ends', 'end')} with {year}."] if gone else []
    if vacant:
        goes = year_end.verb(len(vacant), "goes on and is", "go on and are")
        told.append(f"{_posts(vacant)} {goes} vacant from then on.")
    return " ".join(told)


def _posts(found: Sequence[object]) -> str:
    return year_end.counted(len(found), "post")


# ---- terms


def extend_terms(database: Database, year: FinancialYear, ids: Collection[Id], to: date) -> str | Problem:
    """Gives the terms of seats, roles and leads another last day."""
    if to <= year_end.terms_until(year):
        until = day_words(year_end.terms_until(year))
        return Problem(
            f"{day_words(to)} is no later than {until}, so it would be looked at again. Nothing was changed."
        )
    with database.read() as reader:
        found = [reader.any_of(one.id) for one in section.terms_ending(reader, year) if one.id in ids]
    held = [one for one in found if one is not None]
    if not held:
        return Problem("No chosen term ends by then any more. Nothing was changed.")
    terms = year_end.counted(len(held), "term")
    with database.change(f"Extend {terms} to {day_words(to)}") as change:
        for one in held:
            change.put(_until(one, to))
    return f"{terms} {year_end.verb(len(held), 'goes', 'go')} on to {day_words(to)}."


def _until(record: Any, to: date) -> Record:
    extended: Record = replace(record, ends=to)
    return extended


# ---- closing


@dataclass(frozen=True, slots=True)
class Prepared:
    """A year ready to be closed: its outturn as a paper, and all that is acknowledged by closing it now."""

    year: FinancialYear
    made: papers.Made | None
    in_the_way: tuple[str, ...]
    position: int
    """Where the journal stood."""


def prepare(database: Database, year: FinancialYear) -> Prepared:
    """Makes the outturn and gathers what is to be acknowledged; nothing is written.

    Refused before the year is over, and when it is closed already or its outturn cannot be kept.
    """
    position = database.head.position
    with database.read() as reader:
        found = _gathered(database, reader, year)
    if found.end.refused:
        raise errors.YearNotClosed(f"{found.end.refused} Nothing was changed.")
    made = _made(database, year) if found.has_outturn else None
    more = () if made is None else (one.sentence for one in made.problems if one.weight is Weight.ACKNOWLEDGE)
    return Prepared(year, made, tuple(dict.fromkeys((*found.end.in_the_way, *more))), position)


def close(database: Database, prepared: Prepared, *, acknowledged: bool) -> ClosedYear:
    """Keeps the outturn as it is known now and notes the year as closed, as one step."""
    year, in_the_way = prepared.year, prepared.in_the_way
    if database.head.position != prepared.position:
        raise errors.ChangedMeanwhile(
            f"The PCN file was changed meanwhile, so {year} was not closed. Look again."
        )
    if in_the_way and not acknowledged:
        raise errors.YearNotClosed(
            f"{year} was not closed: {year_end.counted(len(in_the_way), 'thing')} must be acknowledged first. "
            f"{' '.join(in_the_way[: year_end.MOST_NAMED])}"
        )
    with database.change(f"Close {year}") as change:
        return change.add(
            ClosedYear(
                year=year,
                closed_on=database.today(),
                closed_by=database.who,
                # What looks like an NHS number stands, with its reason, in the entry that is named.
                acknowledged=patient_data.masked("\n".join(in_the_way)) or None,
                position=prepared.position,
                program=nhsdesk.__version__,
                **_kept(change, prepared.made, year),
            )
        )


def open_again(database: Database, year: FinancialYear) -> str | Problem:
    """Notes a closed year as open. What was kept of it stays in the recycle bin."""
    with database.read() as reader:
        found = [one for one in section.closed(reader) if one.year == year]
    if not found:
        return Problem(f"{year} is not closed. Nothing was changed.")
    with database.change(f"Open {year} again") as change:
        for one in found:
            change.remove(one)
    return f"{year} is open again."


def _made(database: Database, year: FinancialYear) -> papers.Made:
    """The outturn as a paper, as it is known now."""
    asked = replace(papers.asked_of(database, year.months[-1], None), year=year)
    made = papers.make(database, arrs_position.PAPER, asked)
    must = [one.sentence for one in made.problems if one.weight is Weight.MUST_FIX]
    if must:
        raise errors.YearNotClosed(
            f"{year} was not closed: its outturn cannot be kept before this is put right. {' '.join(must)}"
        )
    return made


def _kept(change: Change, made: papers.Made | None, year: FinancialYear) -> dict[str, Any]:
    if made is None:
        return {}
    facts = facts_to_json(made.facts)
    return {
        "outturn": change.keep_bytes(_name(year, made.asked.mark), made.content, _hash(made.content)),
        "facts": change.keep_bytes(f"{arrs_position.KEY} facts.json", facts, _hash(facts)),
    }


def _name(year: FinancialYear, mark: str = "") -> str:
    """A name for the kept file: "ARRS outturn 2026-27.xlsx"."""
    return " ".join(filter(None, (mark, "ARRS outturn", str(year).replace("/", "-")))) + ".xlsx"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ---- what was kept


def outturn_as_kept(database: Database, ref: str) -> tuple[ClosedYear, bytes]:
    """The outturn that was kept when a year was closed, byte for byte."""
    with database.read() as reader:
        found = reader.by_ref(ref)
        kept = found.outturn if isinstance(found, ClosedYear) else None
        content = reader.kept_bytes(kept.sha256) if kept is not None else None
    if not isinstance(found, ClosedYear) or content is None:
        raise errors.PaperRefused(f"No outturn is kept under {quoted(ref)}. Nothing was written.")
    return found, content


def save_outturn(database: Database, ref: str, target: Path) -> ClosedYear:
    """Writes out the outturn that was kept when a year was closed."""
    found, content = outturn_as_kept(database, ref)
    whole_files.write_whole(database, target, lambda out: out.write(content))
    return found


# ---- on the page of the day


def told_today(database: Database) -> year_end.ToldToday | None:
    """What the page of the day says of a year's end; nothing of a year that was over before the file was begun."""
    told = year_end.told_today(database.today(), closed_years(database))
    return told if told is not None and database.position_on(told.year.last) else None
