"""Every briefing with a fault planted in each part in turn: it is made, says so in its place, and has the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.commands import files, papers
from nhsdesk.documents.model import Bundle, Document, NotIncluded, Report, Section
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Paper, facts_from_json, facts_to_json
from nhsdesk.sections import action_log, apart, leadership, meetings, next_year, practice_pages
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock

EVERY = pytest.mark.parametrize("paper", papers.BRIEFINGS, ids=lambda one: one.key)
REST_ON_ALL = {"The case for a federation partner"}
"""Sections that are made of every part of their paper."""
Key = tuple[str, int]
"""The heading of a part, and the how many-th of that heading it is."""


class Fault(Exception):
    """A mistake of the program's."""


def breaks(*_: object, **__: object) -> Any:
    raise Fault


@dataclass
class Parts:
    """What a paper reads and makes, part by part, and which of them are to fail."""

    read: dict[Key, Any] = field(default_factory=dict)
    outer: set[Key] = field(default_factory=set)
    """Parts that read others within them, which are read anew each time."""
    made: list[Key] = field(default_factory=list)
    failing: Callable[[str, Key], bool] = lambda _kind, _key: False
    _within: list[Key] = field(default_factory=list)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def begin(self, failing: Callable[[str, Key], bool]) -> None:
        self.failing, self._counts, self._within = failing, {}, []

    def key(self, kind: str, heading: str) -> Key:
        number = self._counts[(kind, heading)] = self._counts.get((kind, heading), -1) + 1
        return heading, number

    def reading(self, heading: str, gather: Callable[[], Any]) -> Any:
        key = self.key("read", heading)
        self.outer |= set(self._within)
        if self.failing("read", key):
            raise Fault
        if key in self.read and key not in self.outer:
            return self.read[key]
        self._within.append(key)
        try:
            self.read[key] = gather()
        finally:
            self._within.pop()
        return self.read[key]

    def making(self, heading: str, make: Callable[[Any], Any], facts: Any) -> Any:
        key = self.key("made", heading)
        if key not in self.made:
            self.made.append(key)
        if self.failing("made", key):
            raise Fault
        return make(facts)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Parts:
    """Looks on at the one place where parts are read, and at the one where they are made."""
    held, of, part, content = Parts(), apart.Read.of, apart.part, apart.content

    def read(self: apart.Read, heading: str, gather: Any, texts: Any = apart.no_texts) -> Any:
        return of(self, heading, lambda: held.reading(heading, gather), texts)

    def made(heading: str, facts: Any, make: Any) -> Any:
        return part(heading, facts, lambda given: tuple(held.making(heading, make, given)))

    def whole(facts: Any, make: Any) -> Any:
        return content(facts, lambda given: held.making("a whole paper", make, given))

    monkeypatch.setattr(apart.Read, "of", read)
    monkeypatch.setattr(apart, "part", made)
    monkeypatch.setattr(apart, "content", whole)
    return held


@pytest.fixture(scope="module")
def sample(sample_as_made: Path) -> Iterator[Database]:
    with files.open_to_read(sample_as_made, "Ann Archer", Clock()) as database:
        yield database


@pytest.fixture(scope="module")
def asked(sample: Database) -> Asked:
    return papers.asked_of(sample, None, AS_OF)


def gathered(database: Database, paper: Paper[Any], asked: Asked) -> Any:
    with database.read() as reader:
        return paper.gather(reader, asked)


def sections(document: Document) -> list[tuple[str, Section]]:
    """All sections, each with the paper of a pack it stands in; a paper not included counts as one of its own."""
    if isinstance(document, Bundle):
        found = [("", one) for one in document.front.sections]
        for part in document.parts:
            if isinstance(part.content, Report):
                found += [(part.label, one) for one in part.content.sections]
            elif isinstance(part.content, NotIncluded):
                gone = part.content.why == apart.NOT_INCLUDED
                found.append((part.label, Section(part.title, (apart.NOT_MADE,) if gone else ())))
        return found
    assert isinstance(document, Report)
    return [("", one) for one in document.sections]


def gone(found: Iterable[tuple[str, Section]]) -> list[str]:
    return [one.heading for _, one in found if apart.NOT_MADE in one.blocks]


@EVERY
def test_a_part_that_cannot_be_read_says_so_in_its_place_and_the_others_are_made(
    sample: Database, asked: Asked, parts: Parts, paper: Paper[Any]
) -> None:
    parts.begin(lambda *_: False)
    facts = gathered(sample, paper, asked)
    document = paper.compile(facts)
    whole = sections(document)
    assert parts.read
    assert not gone(whole)
    stood: set[tuple[str, str]] = set()
    for key in list(parts.read):
        parts.begin(lambda kind, one, key=key: (kind, one) == ("read", key))  # type: ignore[misc]
        facts = gathered(sample, paper, asked)
        parts.begin(lambda *_: False)
        document = paper.compile(facts)
        now = sections(document)
        assert gone(now), key
        told = list(apart.not_made(document))
        assert len(told) == len(gone(now))
        assert {one.weight for one in told} == {Weight.ACKNOWLEDGE}
        paper.check(facts)
        assert paper.in_short(facts)
        stood |= {(label, one.heading) for label, one in now if apart.NOT_MADE not in one.blocks}
    assert paper.compile(facts_from_json(paper, facts_to_json(facts))) == document
    if len(parts.read.keys() - parts.outer) > 1:
        assert {(label, one.heading) for label, one in whole if one.heading not in REST_ON_ALL} <= stood


@EVERY
def test_a_part_that_cannot_be_made_says_so_in_its_place_and_the_others_are_as_they_were(
    sample: Database, asked: Asked, parts: Parts, paper: Paper[Any]
) -> None:
    facts = gathered(sample, paper, asked)
    parts.begin(lambda *_: False)
    whole = sections(paper.compile(facts))
    fell: set[tuple[str, str]] = set()
    for key in list(parts.made):
        parts.begin(lambda kind, one, key=key: (kind, one) == ("made", key))  # type: ignore[misc]
        document = paper.compile(facts)
        now = sections(document)
        assert gone(now), key
        assert [one.sentence for one in apart.not_made(document)]
        assert all(one in whole for one in now if _stands(paper, one[1]))
        fell |= {(label, one.heading) for label, one in whole if (label, one) not in now}
    assert fell == {(label, one.heading) for label, one in whole}


def _stands(paper: Paper[Any], section: Section) -> bool:
    """Whether a section was made; what lists the papers of a pack says which is not in it."""
    return apart.NOT_MADE not in section.blocks and section.heading != "What is in it"


@EVERY
def test_a_paper_of_which_every_part_fails_is_made_all_the_same(
    sample: Database, asked: Asked, parts: Parts, paper: Paper[Any]
) -> None:
    parts.begin(lambda kind, _: kind == "read")
    made = papers.make(sample, paper, asked)
    assert made.content.startswith(b"%PDF")
    assert [one for one in made.problems if "could not be made" in one.sentence]


@pytest.mark.parametrize(
    ("key", "module", "part", "heading"),
    [
        ("position", next_year, "work_out", "2027/28 beside 2026/27"),
        ("leadership", leadership, "duties_as_at", "Duties"),
        ("practice", practice_pages, "applies", "Alder House Surgery"),
        ("week-sheet", action_log, "gather", "This week and next"),
        ("highlight", meetings, "names", "Plans"),
    ],
)
def test_a_fault_of_the_program_is_told_and_to_be_acknowledged(
    sample: Database,
    asked: Asked,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    module: Any,
    part: str,
    heading: str,
) -> None:
    monkeypatch.setattr(module, part, breaks)
    made = papers.make(sample, papers.named(key, papers.BRIEFINGS), asked)
    told = [one for one in made.problems if one.sentence.startswith(f"“{heading}” could not be made")]
    assert [one.weight for one in told] == [Weight.ACKNOWLEDGE]


def test_a_field_that_came_later_is_left_out_of_facts_where_it_is_empty(
    sample: Database, asked: Asked
) -> None:
    integrator = gathered(sample, papers.named("integrator", papers.BRIEFINGS), asked)
    told = (Problem("SR-001 names PR-001.", Weight.MUST_FIX),)
    kept, named = facts_to_json(integrator), facts_to_json(replace(integrator, naming=told))
    assert b'"failed"' not in kept
    assert b'"naming"' not in kept
    assert b'"naming"' in named
    paper = papers.named("integrator", papers.BRIEFINGS)
    assert facts_from_json(paper, kept) == integrator
    assert facts_from_json(paper, named).naming == told
