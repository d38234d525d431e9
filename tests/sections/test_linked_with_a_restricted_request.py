"""Whatever papers for others show, once it is linked with a restricted request: not a word of it is left in them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.commands import files, papers
from nhsdesk.domain import kinds
from nhsdesk.domain.areas import Area
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine
from nhsdesk.domain.bodies import Body, QuorumNeed, Seat
from nhsdesk.domain.fields import Record
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.integrators import Integrator
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment, Link, LinkKind, Note, Tag
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.papers import Audience, facts_to_json
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock

NEVER_WITHHELD: tuple[type[Record], ...] = (
    Meeting, Organisation, Practice, Person, Area, NeighbourhoodTeam, Integrator, Fund,
    Body, Seat, QuorumNeed, Framework, FrameworkLine, Rate, Post, LocalRule,
)  # fmt: skip
"""Bodies and meetings as a whole, official words and maxima, the label of a post claimed for, and rules."""
NOT_WORDS = {(Assessment, "owner"), (AgendaItem, "minute_ref")}
"""Who does an assessment, by role; and the number of a minute, which stands where the item was left out."""
FOR_OTHERS = {
    f"{paper.key} for {readers.value}": (paper, readers)
    for paper in papers.PAPERS
    for readers in (paper.audience, Audience.PUBLIC)
    if readers is not Audience.OWN_BOARD and paper.may_be_for(readers)
}
"""Each paper for the readers it usually has, and for the public where it can be composed for them."""


def gathered(database: Database) -> dict[str, Any]:
    """The facts of every paper for each of its readers outside, which is all that its pages are made of."""
    asked = papers.asked_of(database, None, None)
    with database.read() as reader:
        return {
            key: paper.gather(reader, replace(asked, readers=readers))
            for key, (paper, readers) in FOR_OTHERS.items()
        }


def text_fields(record: Record) -> list[str]:
    fields = (one.name for one in record.KIND.fields if type(one.kind) in (kinds.Text, kinds.LongText))
    return [name for name in fields if getattr(record, name) and (type(record), name) not in NOT_WORDS]


@dataclass(frozen=True, slots=True)
class Marked:
    """A file whose entries bear a mark in each of their words; the marks that papers for others print."""

    database: Database
    marks: dict[str, Record]
    seen: frozenset[str]

    def kinds(self) -> set[str]:
        return {self.marks[mark].KIND.name for mark in self.seen}


def marked(database: Database) -> Marked:
    """Marks up to six entries, not sealed, of every kind that may be withheld, with a note, a tag and a file each."""
    marks: dict[str, Record] = {}
    with database.read() as reader:
        held = [
            one
            for kind in KINDS.values()
            if kind.cls not in NEVER_WITHHELD and not kind.name.startswith(("claim", "uplift", "request"))
            for one in [one for one in reader.all(kind.cls) if one.sealed() is None][:6]
        ]
    with database.change("Mark every entry") as change:
        kept = change.keep_bytes("a.txt", b"words", hashlib.sha256(b"words").hexdigest())
        for number, one in enumerate(held):
            fields: dict[str, Any] = {
                name: f"{getattr(one, name)} zq{number}{name}z" for name in text_fields(one)
            }
            if fields:
                change.put(replace(one, **fields))
                change.add(Note(on=one.id, words=f"Word zq{number}notez"))
                change.add(Tag(on=one.id, word=f"zq{number}tagz"))
                change.add(Attachment(on=one.id, kept=replace(kept, name=f"zq{number}filez.txt")))
                marks |= {f"zq{number}{name}z": one for name in (*fields, "note", "tag", "file")}
    words = [facts_to_json(facts).decode() for facts in gathered(database).values()]
    return Marked(database, marks, frozenset(mark for mark in marks if any(mark in one for one in words)))


@pytest.fixture(scope="module")
def found(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    path = tmp_path_factory.mktemp("marked") / "Sample.nhsdesk"
    shutil.copy(sample_as_made, path)
    made_once.be_at_home(path)
    with files.open_for_work(path, "Ann Archer", Clock()) as database:
        yield marked(database)


def owned(name: str, among: set[str]) -> bool:
    """Whether entries of a kind are parts of another that is seen as well."""
    links = (one.kind for one in KINDS[name].fields if isinstance(one.kind, kinds.LinkTo))
    return any(link.owned and link.target in among for link in links)


def test_papers_for_others_show_something_of_most_of_the_work(found: Marked) -> None:
    assert found.kinds() >= {
        "action",
        "commitment",
        "gate",
        "question",
        "risk",
        "source_document",
        "workload_transfer",
    }


def chosen(found: Marked, which: str) -> dict[Id, Record]:
    """The entries of one group of kinds: parts are tried apart from what they are part of, which takes them along."""
    seen = found.kinds()
    parts = {name for name in seen if owned(name, seen)}
    names = {"parts": parts, "documents": {"source_document"}, "the rest": seen - parts - {"source_document"}}
    return {one.id: one for one in found.marks.values() if one.KIND.name in names[which]}


GROUPS = pytest.mark.parametrize("which", ["parts", "documents", "the rest"])


@GROUPS
def test_nothing_linked_with_a_restricted_request_is_printed_for_others(found: Marked, which: str) -> None:
    linked = chosen(found, which)
    with found.database.read() as reader:
        request = next(one for one in reader.all(SupportRequest) if one.restricted)
    with found.database.change("Link with a restricted request") as change:
        for number, id_ in enumerate(linked):
            ends = (id_, request.id) if number % 2 else (request.id, id_)
            change.add(Link(source=ends[0], target=ends[1], says=LinkKind.RELATED))
    told = {paper: facts_to_json(facts).decode() for paper, facts in gathered(found.database).items()}
    found.database.undo()
    leaks = [
        f"{paper}: {one.ref} {mark}"
        for mark, one in found.marks.items()
        for paper, words in told.items()
        if one.id in linked and mark in words
    ]
    assert leaks == []


@GROUPS
def test_a_paper_that_names_a_practice_with_an_open_restricted_request_must_be_reworded(
    found: Marked, which: str
) -> None:
    planted = "Quillon Hall Surgery"
    with found.database.change("Plant a practice's name") as change:
        practice = change.add(Practice(name=planted))
        change.add(SupportRequest(practice=practice.id, summary="Help"))
        for one in chosen(found, which).values():
            now = change.reader.get(type(one), one.id)
            named: dict[str, Any] = {name: f"{getattr(now, name)} at {planted}" for name in text_fields(now)}
            change.put(replace(now, **named))
    naming = {
        paper: [
            one
            for one in FOR_OTHERS[paper][0].check(facts)
            if "with an open restricted request" in one.sentence
        ]
        for paper, facts in gathered(found.database).items()
        if planted in facts_to_json(facts).decode()
    }
    found.database.undo()
    assert naming
    assert not [paper for paper, told in naming.items() if not told]
    assert {one.weight for told in naming.values() for one in told} == {Weight.MUST_FIX}
