"""The head of every paper: whose it is, as at when, and how it is marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from nhsdesk.documents.model import Report, Section, Sheet, Workbook
from nhsdesk.domain import local_rules
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Heading, facts_hash
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store import queries
from nhsdesk.store.reading import Reader


def gather(reader: Reader, asked: Asked) -> Heading:
    """Our PCN's name and code, and where the journal stands."""
    ours = reader.all(Organisation, ours=True)
    name, code = (ours[0].name, ours[0].ods_code or "") if ours else ("", "")
    rules = local_rules.problems(reader.counting(LocalRule))
    return Heading(
        name, code, asked.day, asked.month, asked.made_at, asked.mark, queries.position(reader), rules
    )


def check(heading: Heading) -> tuple[Problem, ...]:
    """A paper says whose it is, and rests on rules that can be followed."""
    if heading.network:
        return heading.rule_problems
    return (Problem("It is not said which PCN this file is of. Choose the PCN first.", Weight.MUST_FIX),)


def report(heading: Heading, facts: Any, title: str, subtitle: str, sections: Iterable[Section]) -> Report:
    """A briefing under its heading, with as at when, and the facts by their hash, at the foot of each page."""
    return Report(
        title=title,
        subtitle=subtitle,
        organisation=heading.network,
        day=heading.as_at,
        created=heading.made_at,
        sections=tuple(sections),
        footer=footer(heading, facts),
        mark=heading.mark,
    )


def workbook(
    heading: Heading, facts: Any, title: str, subject: str, told: Iterable[str], sheets: tuple[Sheet, ...],
    notes: Iterable[str] = (),
) -> Workbook:  # fmt: skip
    """A return under its heading: its cover says whose it is, what is told, and by which number it is traced."""
    code = f" ({heading.network_code})" if heading.network_code else ""
    return Workbook(
        title=title,
        subject=subject,
        author=heading.network,
        created=heading.made_at,
        cover=(
            f"Primary care network: {heading.network}{code}.",
            *told,
            f"Trace number {facts_hash(facts)[:12]}: the PCN can show what this rests on.",
        ),
        sheets=sheets,
        notes=tuple(notes),
        mark=heading.mark,
    )


def footer(heading: Heading, facts: Any) -> str:
    """Whose paper it is, as at when, and the facts by their hash."""
    return f"{heading.network}, as at {day_words(heading.as_at)}. Trace number {facts_hash(facts)[:12]}."


def pages(entries: Iterable[Section], none: Section, withheld: tuple[str, ...]) -> tuple[Section, ...]:
    """Entries to hand out one by one, each on a page of its own, or that there is none; then what is withheld."""
    apart = tuple(
        replace(entry, own_page=number > 0, handed_out=True) for number, entry in enumerate(entries)
    )
    kept = (Section("Withheld", withheld_items(withheld)),) if withheld else ()
    return (*(apart or (none,)), *kept)


def days_words(days: int | None) -> str:
    """A length of time in days, in words."""
    return "not sent" if days is None else f"{days} day" if days == 1 else f"{days} days"


def or_none(day: date | None) -> str:
    """A day, or that there is none."""
    return "no date" if day is None else day_words(day)
