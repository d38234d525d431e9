"""Words meant to harm, in every field of every kind: kept and printed as typed, never followed, never a traceback."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook

from nhsdesk.commands import entries, files, histories, papers
from nhsdesk.documents.page_text import printable
from nhsdesk.documents.sheet_text import one_line, sheet_text
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, Pay, Post, Role, Scheme
from nhsdesk.domain.commitments import Basis, Commitment, CommitmentKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import LondonZone, Organisation, Person, Practice, Sector
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store import drafts, record_file
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import AS_OF, Clock, Command
from tests.factories import HALF_A_LETTER, HOSTILE, added

OCTOBER = Month(2026, 10)
APRIL = date(2026, 4, 1)


@pytest.fixture
def hostile(tmp_path: Path, clock: Clock) -> Path:
    """A closed file in which every field of words holds each of the hostile words once."""
    return made_once.ready(_full_of_them, tmp_path / "Ours.nhsdesk", clock)


def _full_of_them(path: Path, clock: made_once.Ticking) -> Database:
    database = record_file.create(path, "Ann Archer", clock)
    for number, words in enumerate(HOSTILE):
        with database.change("Add words") as change:
            _claimed_and_promised(change, words, ours=number == 0)
    with database.change("Add one of every kind") as change:
        for words in HOSTILE:
            made: dict[str, Id] = {}
            for cls in RECORDS:
                if cls is not Organisation and cls.KIND.name not in made:
                    made[cls.KIND.name] = added(change, cls, words, made).id
    return database


def _claimed_and_promised(change: Any, words: str, *, ours: bool) -> None:
    network = change.add(Organisation(name=words, sector=Sector.PCN, ods_code=words, ours=ours))
    base = change.add(Practice(name=words, network=network.id, london_zone=LondonZone.NONE))
    if ours:
        rate = Rate(
            role=Role.PODIATRIST,
            zone=LondonZone.NONE,
            annual=Money.pounds(60000),
            valid_from=APRIL,
            source=words,
            confidence=RateConfidence.CONFIRMED,
        )
        change.add(rate)
    post = change.add(
        Post(role=Role.PODIATRIST, portal_label=words, base=base.id, employer=network.id, scheme=Scheme.ARRS)
    )
    change.add(Assignment(post=post.id, hours=Hours.of(30), starts=APRIL))
    change.add(Pay(post=post.id, starts=APRIL, salary=Money.pounds(3000), source=words))
    document = change.add(SourceDocument(title=words, body=words, publication_ref=words))
    owner = change.add(Person(role_title=words, name=words))
    commitment = Commitment(
        title=words, owed_to=words, kind=CommitmentKind.DUTY, basis=Basis.GMS, document=document.id,
        locator=words, quotation=words, paraphrase=words, result=words, owner=owner.id,
    )  # fmt: skip
    change.add(commitment)
    change.add(replace(commitment, quotation=None))
    action = change.add(Action(what=words, owner=owner.id, evidence=words))
    change.add(ActionUpdate(action=action.id, said_on=AS_OF, said=words))


def opened(path: Path) -> Database:
    return record_file.open_to_read(path, "me", Clock())


def draft(database: Database, key: str) -> papers.Made:
    asked = papers.asked_of(database, OCTOBER, AS_OF, draft=True)
    return papers.make(database, papers.named(key, papers.PAPERS), asked)


def test_every_field_gives_back_what_was_typed(hostile: Path) -> None:
    with opened(hostile) as database, database.read() as reader:
        for words in HOSTILE:
            assert reader.all(Commitment, title=words, quotation=words)
            assert reader.all(Person, name=words)
            assert reader.all(Post, portal_label=words)


def test_the_claim_holds_the_words_as_typed_and_no_formula(hostile: Path) -> None:
    with opened(hostile) as database:
        content = draft(database, "arrs-claim").content
    book = openpyxl.load_workbook(BytesIO(content))
    for page in book:
        assert all(
            cell.data_type != "f" and cell.hyperlink is None for row in page.iter_rows() for cell in row
        )
    lines = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Claim").to_python()[4:]
    labels = {line[1] for line in lines}
    for words in HOSTILE:
        typed = words.replace("\r\n", "\n").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        assert typed in labels, words[:40]
    assert {line[3] for line in lines} >= labels - {lines[-1][1]}


def test_the_briefing_holds_the_words_as_far_as_its_letters_go(hostile: Path) -> None:
    with opened(hostile) as database:
        content = draft(database, "place-board").content
    text = squeezed(words_of(content))
    for words in HOSTILE:
        assert squeezed(printable(words))[:200] in text, words[:40]
    assert text.count("long") > 2_000 * 8  # all of the long words, over many pages
    assert b"root:x:0" not in content
    assert "root:x:0" not in text
    assert b"/URI" not in content
    assert b"/JavaScript" not in content


def words_of(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(words: str) -> str:
    """Letters only, joined ones taken apart: lines break and words divide where the page ends."""
    plain = unicodedata.normalize("NFKD", words)
    return "".join(one for one in plain if unicodedata.category(one)[0] in "LNPS" and one != "\ufffd")


def test_facts_of_hostile_words_come_back_from_json(hostile: Path) -> None:
    with opened(hostile) as database:
        for paper in papers.PAPERS:
            facts = draft(database, paper.key).facts
            assert facts_from_json(paper, facts_to_json(facts)) == facts


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_name_of_the_pcn_does_no_harm(tmp_path: Path, clock: Clock, number: int) -> None:
    words = HOSTILE[number]
    with record_file.create(tmp_path / "a.nhsdesk", "me", clock) as database:
        with database.change("Name it") as change:
            change.add(Organisation(name=words, ods_code=words, ours=True))
        asked = papers.asked_of(database, OCTOBER, AS_OF)
        returns = [papers.make(database, paper, asked) for paper in papers.RETURNS]
        boards = [
            papers.make(database, paper, asked) for paper in (papers.named("place-board", papers.PAPERS),)
        ]
    for made in returns:
        book = openpyxl.load_workbook(BytesIO(made.content))
        assert book["Cover_sheet"]["A1"].data_type == "s"
        assert book.properties.creator == one_line(words)
        assert sheet_text(one_line(words))[:15] in str(book["Cover_sheet"]["A1"].value)
    for made in boards:
        assert squeezed(printable(words))[:200] in squeezed(words_of(made.content))


def test_history_tells_hostile_words_as_they_are(hostile: Path) -> None:
    with opened(hostile) as database:
        with database.read() as reader:
            refs = {one.title: one.ref for one in reader.all(Commitment)}
        for words in HOSTILE:
            assert any(line.endswith(f"→ {words}") for line in histories.history(database, refs[words]))


def test_the_command_line_shows_hostile_words_without_being_steered(
    hostile: Path, nhsdesk: Command, tmp_path: Path
) -> None:
    with opened(hostile) as database, database.read() as reader:
        refs = [one.ref for one in reader.all(Commitment)[: 2 * len(HOSTILE)]]
    for ref in refs:
        said = nhsdesk("history", hostile, ref)
        assert said.code == 0
        assert not {one for one in said.out if unicodedata.category(one) == "Cc"} - {"\n", "\t"}
    for command, key in (("return", "arrs-claim"), ("briefing", "place-board")):
        said = nhsdesk(command, key, hostile, "--draft", "--out", tmp_path / key)
        assert said.code == 0
        assert not {one for one in said.err if unicodedata.category(one) == "Cc"} - {"\n", "\t"}
    proof = nhsdesk("check", hostile)  # the entries name files that nobody kept
    assert "is not in the PCN file any more" in proof.err
    assert "history" not in proof.err


def test_hostile_words_survive_a_backup_and_its_restoring(
    hostile: Path, tmp_path: Path, clock: Clock
) -> None:
    with opened(hostile) as database:
        backup = files.back_up(database, tmp_path / "b")
    files.restore(backup, tmp_path / "Again.nhsdesk", "me", clock)
    with opened(tmp_path / "Again.nhsdesk") as database, database.read() as reader:
        assert {one.title for one in reader.all(Commitment)} >= set(HOSTILE)


def test_half_a_letter_typed_into_a_field_is_a_problem_and_never_a_traceback(database: Database) -> None:
    with database.change("Add") as change:
        held = change.add(Commitment(title="Whole"))
    for field in Commitment.KIND.fields:
        told = entries.enter(database, Commitment.KIND, held.id, field.name, HALF_A_LETTER)
        assert isinstance(told, Problem), field.name
    with database.read() as reader:
        assert reader.get(Commitment, held.id).title == "Whole"
    assert all("\ud83d" not in kept.words for kept in drafts.kept(database))


def test_nothing_on_the_desk_opens_a_file_or_runs_a_program_for_what_was_typed(hostile: Path) -> None:
    """Under a tracer's eye: the only files opened for reading are the program's, the record and the fonts."""
    code = (
        "import sys\n"
        "from datetime import UTC, date, datetime\n"
        "from pathlib import Path\n"
        "from nhsdesk.commands import papers\n"
        "from nhsdesk.domain.periods import Month\n"
        "from nhsdesk.store import record_file\n"
        "seen = []\n"
        "watched = ('open', 'subprocess.Popen', 'os.system', 'socket.connect', 'urllib.Request')\n"
        "def watch(event, arguments):\n"
        "    if event in watched:\n"
        "        seen.append((event, str(arguments[0])))\n"
        "sys.addaudithook(watch)\n"
        "with record_file.open_to_read(Path(sys.argv[1]), 'me', lambda: datetime.now(UTC)) as database:\n"
        "    for paper in papers.PAPERS:\n"
        "        asked = papers.asked_of(database, Month(2026, 10), date(2026, 11, 20))\n"
        "        papers.make(database, paper, asked)\n"
        "bad = [(event, what) for event, what in seen if event != 'open' or 'passwd' in what or '://' in what]\n"
        "print(len(seen) > 5, bad)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(hostile)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout == "True []\n"
