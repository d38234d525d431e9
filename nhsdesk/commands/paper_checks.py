"""What is told of any paper: words that name somebody, tell of a patient, or cannot be printed; and its entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from nhsdesk.documents.model import Document, Figure, Report, Workbook
from nhsdesk.domain import patient_data
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Paper, words_in
from nhsdesk.sections import composed, expansions, guarded_practices
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader
from nhsdesk.store.register import titles_of

MOST_TOLD = 5


def composed_problems(reader: Reader, paper: Paper[Any], asked: Asked, facts: Any) -> Iterator[Problem]:
    """Words of one's own that name somebody, tell of a patient, or are not printed."""
    if asked.composed is None:
        return
    document = paper.compile(facts)
    if isinstance(document, Report):
        yield from composed.problems(document, asked.composed)
    names = {one.name: one.role_title for one in reader.all(Person) if one.name}
    guarded = () if asked.composed.own_board else guarded_practices.guarded(reader)
    for heading, told in composed.own_words(asked.composed):
        yield from guarded_practices.naming(guarded, f"Your words in “{heading}”", told)
        for name, role in names.items():
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told, re.IGNORECASE):
                sentence = f"Your words in “{heading}” name a person. Papers give roles: “{role}”."
                yield Problem(sentence, Weight.ACKNOWLEDGE)
        for found in patient_data.likely(told):
            sentence = f"Your words in “{heading}” hold what looks like an {found.what} ({found.masked}). Take it out."
            yield Problem(sentence, Weight.MUST_FIX)


def naming(reader: Reader, paper: Paper[Any], asked: Asked, facts: Any) -> tuple[Problem, ...]:
    """Where an explained word would name to others a practice with an open restricted request."""
    own = facts.heading.own_words
    if asked.audience(paper.audience) is Audience.OWN_BOARD or not own:
        return ()
    told = "\n".join(f"{short} {full}" for short, full in own)
    return guarded_practices.naming(guarded_practices.guarded(reader), "A word explained at its back", told)


def patient_data_in(facts: Any) -> tuple[Problem, ...]:
    """What in a paper looks like an NHS number: to be put right, or acknowledged as something else."""
    told: dict[str, Problem] = {}
    for ref, words in words_in(facts):
        for found in patient_data.likely(words):
            where = f"{ref}: this" if ref else "What is written here"
            sentence = (
                f"{where} holds what looks like an {found.what} ({found.masked}), and the paper would tell it. Take it "
                "out, or acknowledge that it is something else."
            )
            told[sentence] = Problem(sentence, Weight.ACKNOWLEDGE)
    return tuple(told.values())


def unprintable(document: Document, facts: Any) -> tuple[Problem, ...]:
    """Letters and signs that the type of printed papers lacks, with the entries that they stand in."""
    if isinstance(document, Workbook):
        return ()
    from nhsdesk.documents import page_text

    unknown = set(page_text.lacking("\n".join(expansions.texts(document))))
    by_ref: dict[str, set[str]] = {}
    for ref, words in words_in(facts) if unknown else ():
        if found := unknown & set(words):
            by_ref.setdefault(ref, set()).update(found)
    elsewhere = unknown.difference(*by_ref.values())  # such as in words of one's own, which no facts hold
    if elsewhere:
        by_ref.setdefault("", set()).update(elsewhere)
    return tuple(
        Problem(
            f"{ref or 'The paper'}: {' '.join(sorted(signs)[:MOST_TOLD])} cannot be printed. A {page_text.UNPRINTABLE} "
            "stands in its place in the PDF; the copy for a browser shows it."
        )
        for ref, signs in by_ref.items()
    )


def titles(database: Database, figures: Iterable[Figure]) -> dict[str, str]:
    """The titles of the entries that figures were counted from, by reference; without those no longer there."""
    wanted = {ref for one in figures for ref in one.refs}
    with database.read() as reader:
        named = {ref: Id(found[1]) for ref in wanted if (found := reader.given_name(ref)) is not None}
        told = titles_of(reader, named.values())
    return {ref: told[id_].removeprefix(f"{ref} ") for ref, id_ in named.items() if id_ in told}


_BEGINS_WITH_REF = re.compile(r"[A-Z]{1,3}-[A-Z]?\d{1,12}\b")


def with_entries(database: Database, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems that begin with an entry's reference and do not say which entry they are about, now saying it."""
    told = [_BEGINS_WITH_REF.match(problem.sentence) for problem in problems]
    with database.read() as reader:
        found = [
            reader.given_name(ref[0]) if ref and not problem.record else None
            for problem, ref in zip(problems, told, strict=True)
        ]
    return tuple(
        replace(problem, kind=name[0], record=name[1]) if name else problem
        for problem, name in zip(problems, found, strict=True)
    )


def entry_of(database: Database, ref: str) -> Record | None:
    """The entry that a paper names by its reference; None where it names none, or it is no longer there."""
    with database.read() as reader:
        return reader.by_ref(ref)


def first_entry_of(database: Database, refs: Sequence[str]) -> Record | None:
    """The first entry that one of these words names by its reference; None where none does."""
    with database.read() as reader:
        found = (reader.by_ref(one) for one in refs)
        return next((one for one in found if one is not None), None)
