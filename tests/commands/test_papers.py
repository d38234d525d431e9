"""Issuing a paper: written whole or not at all, and kept as it was sent."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest

import nhsdesk
from nhsdesk import errors
from nhsdesk.commands import files, papers
from nhsdesk.domain.commitments import Basis, Commitment, CommitmentKind
from nhsdesk.domain.periods import Month
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import FACTS_FORM, Audience, Paper, facts_from_json
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock

OCTOBER = Month(2026, 10)
BOARD = papers.named("place-board", papers.PAPERS)
EVERY_PAPER = pytest.mark.parametrize("paper", papers.PAPERS, ids=lambda paper: paper.key)


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def made(database: Database, paper: Paper[Any], *, draft: bool = False) -> papers.Made:
    return papers.make(database, paper, papers.asked_of(database, OCTOBER, AS_OF, draft=draft))


def sent_papers(database: Database) -> tuple[SentPaper, ...]:
    with database.read() as reader:
        return reader.all(SentPaper)


def kept(database: Database, sha256: str) -> bytes | None:
    with database.read() as reader:
        return reader.kept_bytes(sha256)


def hidden_files(folder: Path) -> list[str]:
    """What a paper half made would have left behind."""
    return sorted(path.name for path in folder.iterdir() if path.name.endswith((".part", ".before")))


# ---- what is kept


@EVERY_PAPER
def test_what_was_sent_is_kept_byte_for_byte_with_its_facts(
    database: Database, tmp_path: Path, paper: Paper[Any]
) -> None:
    target = tmp_path / "out" / "paper.file"
    ready = made(database, paper)
    position = database.head.position
    sent = papers.issue(database, ready, target, acknowledged=True)
    assert target.read_bytes() == ready.content == kept(database, sent.kept.sha256)
    facts = kept(database, sent.facts.sha256)
    assert facts is not None
    assert hashlib.sha256(facts).hexdigest() == sent.facts.sha256
    assert facts_from_json(paper, facts) == ready.facts
    assert (sent.position, sent.program, sent.paper) == (position, nhsdesk.__version__, paper.key)
    assert sent.kept.name == "paper.file"
    assert (sent.acknowledged or "") == "\n".join(problem.sentence for problem in ready.problems)
    assert sent.title.startswith(paper.title)
    assert sent.audience == paper.audience.value
    assert hidden_files(target.parent) == []


@EVERY_PAPER
def test_the_kept_facts_give_the_same_bytes_when_made_again_though_the_record_changed(
    database: Database, tmp_path: Path, paper: Paper[Any]
) -> None:
    ready = made(database, paper)
    sent = papers.issue(database, ready, tmp_path / "paper", acknowledged=True)
    with database.change("Change everything") as change:
        for one in change.reader.all(Commitment):
            change.put(replace(one, title="Something else"))
    assert papers.remake(database, sent) == ready.content


def test_a_briefing_has_a_copy_for_a_browser_beside_it_and_a_return_has_none(
    database: Database, tmp_path: Path
) -> None:
    for target in (tmp_path / "Board 1.2.pdf", tmp_path / "Board 1.2.pdf", tmp_path / "plain"):
        papers.issue(database, made(database, BOARD), target, acknowledged=True)
    assert "Place board briefing</h1>" in (tmp_path / "Board 1.2.html").read_text("utf-8")
    assert (tmp_path / "plain.html").is_file()
    papers.issue(database, made(database, papers.RETURNS[0]), tmp_path / "claim.xlsx", acknowledged=True)
    assert not (tmp_path / "claim.html").exists()


def test_signs_that_cannot_be_printed_are_told_with_their_entry(database: Database, tmp_path: Path) -> None:
    before = made(database, BOARD).problems
    with database.change("Add one") as change:
        one = change.add(Commitment(title="Hub opens 😀 \u05d0 for £5 – “soon”\n"))
    told = [problem.sentence for problem in made(database, BOARD).problems if problem not in before]
    assert f"{one.ref}: \u05d0 😀 cannot be printed. A \ufffd stands in its place in the PDF" in "\n".join(
        told
    )
    papers.issue(database, made(database, BOARD), tmp_path / "Board.pdf", acknowledged=True)
    assert "Hub opens 😀 \u05d0 for" in (tmp_path / "Board.html").read_text("utf-8")


def test_somebody_elses_page_is_never_written_over(database: Database, tmp_path: Path) -> None:
    (tmp_path / "Board.html").write_text("<h1>Ours</h1>", encoding="utf-8")
    with pytest.raises(errors.Unwritable, match=r"“Board.html”.*is no copy of a paper.*nothing was written"):
        papers.issue(database, made(database, BOARD), tmp_path / "Board.pdf", acknowledged=True)
    assert (tmp_path / "Board.html").read_text("utf-8") == "<h1>Ours</h1>"
    assert not (tmp_path / "Board.pdf").exists()


def test_facts_of_another_form_are_not_taken_for_todays(database: Database) -> None:
    facts = b'{"form": %d, "facts": {}}' % (FACTS_FORM + 1)
    with pytest.raises(ValueError, match="form"):
        facts_from_json(papers.PAPERS[0], facts)


def test_the_position_kept_is_that_of_the_facts_though_something_was_written_meanwhile(
    database: Database, tmp_path: Path
) -> None:
    ready = made(database, papers.PAPERS[0])
    position = database.head.position
    with database.change("Meanwhile") as change:
        change.add(Commitment(title="Meanwhile"))
    sent = papers.issue(database, ready, tmp_path / "x.xlsx", acknowledged=True)
    assert sent.position == position == ready.facts.heading.position


def test_a_paper_sent_can_be_neither_changed_nor_removed_nor_undone(
    database: Database, tmp_path: Path
) -> None:
    sent = papers.issue(database, made(database, papers.PAPERS[0]), tmp_path / "x.xlsx", acknowledged=True)
    (sent,) = sent_papers(database)
    with pytest.raises(errors.Sealed, match="stays as it was sent"), database.change("Change") as change:
        change.put(replace(sent, title="Another"))
    with pytest.raises(errors.Sealed), database.change("Remove") as change:
        change.remove(sent)
    with pytest.raises(errors.NothingToUndo, match="Undo stops at “Issue ARRS monthly claim”"):
        database.undo()
    assert sent_papers(database) == (sent,)


def test_issuing_twice_keeps_both(database: Database, tmp_path: Path) -> None:
    for _ in range(2):
        papers.issue(database, made(database, papers.PAPERS[0]), tmp_path / "x.xlsx", acknowledged=True)
    assert len(sent_papers(database)) == 2


def test_a_draft_is_marked_and_not_kept(database: Database, tmp_path: Path) -> None:
    position = database.head.position
    for paper in papers.PAPERS:
        ready = made(database, paper, draft=True)
        papers.save_draft(database, ready, tmp_path / paper.key)
        assert (tmp_path / paper.key).read_bytes() == ready.content
        assert ready.asked.mark == "SAMPLE DRAFT"
    assert database.head.position == position
    assert sent_papers(database) == ()


def test_a_sample_is_marked_on_every_sheet_and_page(database: Database) -> None:
    for paper in papers.RETURNS:
        book = openpyxl.load_workbook(BytesIO(made(database, paper).content))
        assert all(str(page["A1"].value).startswith("SAMPLE: ") for page in book)
    for paper in papers.BRIEFINGS:
        document = pdfium.PdfDocument(made(database, paper).content)
        pages = [page.get_textpage().get_text_range() for page in document]
        document.close()
        assert pages
        assert all(page.startswith("SAMPLE") for page in pages)


def test_a_file_of_ones_own_bears_no_mark(tmp_path: Path, clock: Clock) -> None:
    with files.create(tmp_path / "a.nhsdesk", "Eastfield PCN", "me", clock) as database:
        assert papers.asked_of(database, None, None).mark == ""
        assert papers.asked_of(database, None, None, draft=True).mark == "DRAFT"


def test_the_month_is_last_month_where_none_is_asked(database: Database) -> None:
    asked = papers.asked_of(database, None, None)
    assert (asked.day, asked.month) == (AS_OF, OCTOBER)


# ---- what stands in the way


def test_what_must_be_acknowledged_stops_it_and_nothing_is_written(
    database: Database, tmp_path: Path
) -> None:
    position = database.head.position
    with pytest.raises(errors.PaperRefused, match="must be acknowledged first") as told:
        papers.issue(database, made(database, BOARD), tmp_path / "x.pdf", acknowledged=False)
    assert told.value.problems == made(database, BOARD).problems
    assert not (tmp_path / "x.pdf").exists()
    assert database.head.position == position


def test_what_must_be_put_right_cannot_be_acknowledged_away(database: Database, tmp_path: Path) -> None:
    with database.change("Add") as change:
        for n in range(8):
            change.add(Commitment(title=f"Ask {n}", kind=CommitmentKind.ASK, basis=Basis.GMS))
    with pytest.raises(errors.PaperRefused, match=r"8 things must be put right first.* And 3 more"):
        papers.issue(database, made(database, BOARD), tmp_path / "x.pdf", acknowledged=True)
    assert not (tmp_path / "x.pdf").exists()
    papers.save_draft(database, made(database, BOARD, draft=True), tmp_path / "draft.pdf")


def test_an_unknown_key_is_refused_with_those_there_are() -> None:
    with pytest.raises(errors.PaperRefused, match=", ".join(paper.key for paper in papers.PAPERS)):
        papers.named("no-such-paper", papers.PAPERS)


def test_every_paper_says_who_reads_it() -> None:
    assert all(isinstance(paper.audience, Audience) and paper.title for paper in papers.PAPERS)
    assert len({paper.key for paper in papers.PAPERS}) == len(papers.PAPERS)


# ---- written whole or not at all


def issue(database: Database, target: Path) -> SentPaper:
    return papers.issue(database, made(database, papers.PAPERS[0]), target, acknowledged=True)


def assert_nothing_happened(database: Database, position: int) -> None:
    assert database.head.position == position
    assert sent_papers(database) == ()
    assert not files.check(database).faults


def test_a_folder_of_the_same_name_is_left_alone(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "October.xlsx"
    (target / "inside").mkdir(parents=True)
    position = database.head.position
    with pytest.raises(errors.Unwritable, match="A folder has that name"):
        issue(database, target)
    assert (target / "inside").is_dir()
    assert hidden_files(tmp_path) == []
    assert_nothing_happened(database, position)


def test_a_file_where_the_folder_should_be_is_a_sentence(database: Database, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    position = database.head.position
    with pytest.raises(errors.Unwritable, match="Your PCN file is safe"):
        issue(database, tmp_path / "out" / "October.xlsx")
    assert (tmp_path / "out").read_bytes() == b"mine"
    assert_nothing_happened(database, position)


@pytest.mark.parametrize("length", [40, 250])
def test_an_earlier_file_of_any_length_of_name_is_replaced(
    database: Database, tmp_path: Path, length: int
) -> None:
    target = tmp_path / ("x" * (length - 5) + ".xlsx")
    target.write_bytes(b"earlier")
    issue(database, target)
    assert zipfile.is_zipfile(target)
    assert hidden_files(tmp_path) == []


def test_an_earlier_file_that_cannot_be_moved_aside_stays(open_folder: Path) -> None:
    """As on Windows, where a workbook open in Excel can be neither renamed nor replaced."""
    target = open_folder / "October.xlsx"
    target.write_bytes(b"earlier")
    open_folder.chmod(0o1777)  # in such a folder only its owner may rename a file
    assert "October.xlsx could not be written" in written_as_nobody(target)
    assert target.read_bytes() == b"earlier"
    assert hidden_files(open_folder) == []


def test_a_folder_that_may_only_be_read_is_a_sentence(open_folder: Path) -> None:
    assert "disk is full or read-only" in written_as_nobody(open_folder / "October.xlsx")
    assert list(open_folder.iterdir()) == []


def test_a_disk_too_full_for_the_paper_is_a_sentence_and_leaves_nothing(
    database: Database, tmp_path: Path
) -> None:
    target = tmp_path / "October.xlsx"
    target.write_bytes(b"earlier")
    ready = made(database, papers.PAPERS[0])
    position = database.head.position
    with full_disk(len(ready.content) // 2), pytest.raises(errors.Unwritable, match="disk is full"):
        papers.issue(database, ready, target, acknowledged=True)
    assert target.read_bytes() == b"earlier"
    assert hidden_files(tmp_path) == []
    assert_nothing_happened(database, position)


@pytest.mark.parametrize("earlier", [b"earlier", None])
def test_a_record_that_is_full_at_any_moment_of_issuing_brings_the_earlier_file_back(
    database: Database, tmp_path: Path, earlier: bytes | None
) -> None:
    ready = made(database, papers.PAPERS[0])
    target = tmp_path / "out" / "October.xlsx"
    target.parent.mkdir()
    if earlier is not None:
        target.write_bytes(earlier)
    position, pages, refusals = database.head.position, page_count(database), 0
    for more in range(40):
        limit(database, pages + more)
        try:
            papers.issue(database, ready, target, acknowledged=True)
        except errors.Unwritable as full:
            said = str(full)
            assert "no room left" in said
            assert (target.read_bytes() if target.exists() else None) == earlier
            assert hidden_files(target.parent) == []
            assert database.head.position == position
            refusals += 1
        else:
            break
    assert refusals > 5
    assert target.read_bytes() == ready.content
    assert hidden_files(target.parent) == []
    assert len(sent_papers(database)) == 1
    assert not files.check(database).faults


def page_count(database: Database) -> int:
    with database.read() as reader:
        return int(reader.connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def limit(database: Database, pages: int) -> None:
    """Lets the file grow to so many pages and no further."""
    with database.read() as reader:
        reader.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")


def test_a_paper_that_cannot_take_its_place_is_kept_as_sent_and_can_be_written_out(
    database: Database, tmp_path: Path
) -> None:
    target = tmp_path / "October.xlsx"
    ready = made(database, papers.PAPERS[0])
    # The place is taken in the moment between the check and the end of the issue.
    database.subscribe(lambda _: target.mkdir() if not target.exists() else None)
    with pytest.raises(errors.Unwritable, match="kept as sent, as SP-001"):
        papers.issue(database, ready, target, acknowledged=True)
    assert hidden_files(tmp_path) == []
    again = tmp_path / "again.xlsx"
    papers.write_again(database, "SP-001", again)
    assert again.read_bytes() == ready.content


_KILLED_AFTER_THE_COMMIT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from nhsdesk.commands import files, papers
clock = lambda: datetime(2026, 11, 20, 9, tzinfo=UTC)
database = files.open_for_work(Path(sys.argv[1]), "me", clock)
paper = papers.named("arrs-claim", papers.PAPERS)
made = papers.make(database, paper, papers.asked_of(database, None, None))
database.subscribe(lambda _: os.kill(os.getpid(), signal.SIGKILL))
papers.issue(database, made, Path(sys.argv[2]), acknowledged=True)
"""


def test_a_crash_between_keeping_and_placing_leaves_the_earlier_file_and_the_paper_kept(
    database: Database, tmp_path: Path
) -> None:
    target = tmp_path / "October.xlsx"
    target.write_bytes(b"earlier")
    database.close()
    command = [sys.executable, "-c", _KILLED_AFTER_THE_COMMIT, str(database.path), str(target)]
    done = subprocess.run(command, cwd=Path(nhsdesk.__file__).parents[1], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert target.read_bytes() == b"earlier"
    with files.open_for_work(database.path, "me", Clock()) as opened:
        assert [one.ref for one in papers.sent_papers(opened)] == ["SP-001"]
        papers.write_again(opened, "SP-001", target)
        assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["Ours.nhsdesk", "Ours.xlsx", "claim.pdf", "backup.xlsx"])
def test_a_paper_never_replaces_a_pcn_file_nor_bears_another_kinds_name(
    database: Database, tmp_path: Path, name: str
) -> None:
    held = database.path.read_bytes()
    target = tmp_path / name
    if name in ("Ours.xlsx", "backup.xlsx"):
        target.write_bytes(held)
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(errors.Unwritable):
        papers.issue(database, made(database, papers.PAPERS[0]), target, acknowledged=True)
    assert (target.read_bytes() if target.exists() else None) == before
    assert papers.sent_papers(database) == ()


def test_what_was_never_sent_cannot_be_written_out(database: Database, tmp_path: Path) -> None:
    with pytest.raises(errors.PaperRefused, match="not the reference of a paper"):
        papers.write_again(database, "SP-001", tmp_path / "a.xlsx")


def test_no_paper_is_made_of_a_day_that_has_not_come(database: Database) -> None:
    with pytest.raises(errors.PaperRefused, match="has not come"):
        papers.asked_of(database, OCTOBER, date(2099, 1, 1))


def test_a_paper_of_an_earlier_day_is_made_from_what_the_file_held_then(database: Database) -> None:
    with database.change("Add") as change:
        change.add(Commitment(title="Entered today"))
    board = papers.named("place-board", papers.PAPERS)
    asked = papers.asked_of(database, OCTOBER, date(2026, 1, 1))
    assert papers.make_as_at(database, board, asked).facts.commitments.lines == ()
    now = papers.make(database, board, papers.asked_of(database, OCTOBER, None))
    assert "Entered today" in [line.what for line in now.facts.commitments.lines]


def test_a_second_claim_for_a_month_must_be_acknowledged(database: Database, tmp_path: Path) -> None:
    claim = papers.named("arrs-claim", papers.PAPERS)
    papers.issue(database, made(database, claim), tmp_path / "first.xlsx", acknowledged=True)
    told = [problem.sentence for problem in made(database, claim).problems]
    assert any("was sent before: SP-001" in sentence for sentence in told)


# ---- a full disk, and a person who may not write


class full_disk:  # noqa: N801 - reads as a with statement
    """No file may grow beyond so many bytes."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __enter__(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        self._signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._size, self._before[1]))

    def __exit__(self, *_: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)
        signal.signal(signal.SIGXFSZ, self._signal)


_AS_NOBODY = """
import os, sys, tempfile
from datetime import UTC, datetime
from pathlib import Path
from nhsdesk import errors
from nhsdesk.commands import paper_files, papers, sample
place = Path(tempfile.mkdtemp())
database = sample.create(place / "Desk.nhsdesk", None, "me", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
os.setgroups([]); os.setresgid(65534, 65534, 65534); os.setresuid(65534, 65534, 65534)
try:
    with paper_files.written_beside(database, papers.PAPERS[0], Path(sys.argv[1]), b"words") as put_in_place:
        put_in_place()
except errors.Unwritable as told:
    print(told)
"""


def written_as_nobody(target: Path) -> str:
    """What is said when a user without rights writes there; CI is root, whom no folder refuses."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    command = [sys.executable, "-c", _AS_NOBODY, str(target)]
    here = Path(nhsdesk.__file__).parents[1]
    done = subprocess.run(command, capture_output=True, text=True, cwd=here, check=True)
    return done.stdout


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_the_day_of_a_paper_is_what_was_asked_for(database: Database) -> None:
    asked = papers.asked_of(database, OCTOBER, date(2026, 11, 10))
    ready = papers.make(database, papers.PAPERS[0], asked)
    assert ready.facts.heading.as_at == ready.facts.month.known_on == date(2026, 11, 10)


def test_a_name_that_no_disk_takes_is_refused_in_a_sentence(database: Database, tmp_path: Path) -> None:
    ready = made(database, papers.RETURNS[0])
    with pytest.raises(errors.Unwritable, match="Choose a shorter name"):
        papers.issue(database, ready, tmp_path / f"{'x' * 300}.xlsx", acknowledged=True)
