"""A PCN's first weeks from the command line: a file, its claim, its briefing, a colleague's copy, a lost disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium

from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Assignment, Pay, Post, Role
from nhsdesk.domain.commitments import Basis, Commitment, CommitmentKind, Confidence
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import LondonZone, Practice
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.conftest import Clock, Command, refused

APRIL = date(2026, 4, 1)


def write_down(database: Database) -> None:
    """What the manager types in on the first day."""
    with database.change("Add posts and promises") as change:
        bases = change.reader.all(Practice)
        for base in bases:
            change.put(replace(base, london_zone=LondonZone.NONE))
        for salary, base in (("4400.00", bases[0]), ("4800.00", bases[1])):
            post = change.add(Post(role=Role.CLINICAL_PHARMACIST, base=base.id, starts=APRIL))
            change.add(Assignment(post=post.id, hours=Hours.of("37.5"), starts=APRIL))
            change.add(Pay(post=post.id, starts=APRIL, salary=Money.pounds(salary)))
        document = change.add(SourceDocument(title="Network Contract DES", publication_ref="PRN02483"))
        change.add(
            Commitment(
                title="Offer enhanced access",
                owed_to="The ICB",
                kind=CommitmentKind.DUTY,
                basis=Basis.DES,
                document=document.id,
                locator="page 40",
                quotation="A PCN must provide enhanced access",
                confidence=Confidence.HIGH,
            )
        )
        change.add(
            Action(what="Publish the rota", due=date(2026, 12, 1), started=True, set_on=date(2026, 11, 19))
        )
        request = change.add(SupportRequest(practice=bases[2].id, summary="Short of partners"))
        change.add(RequestEvent(request=request.id, happened_on=date(2026, 11, 2), state=RequestState.SENT))


def opened(path: Path) -> Database:
    return record_file.open_file(path, "Ann Archer", Clock())


def test_everything_is_whole_at_the_end(
    nhsdesk: Command, tmp_path: Path, practice_map: Path, list_sizes: Path
) -> None:
    ours, other = tmp_path / "North Stockton.nhsdesk", tmp_path / "From Jo.nhsdesk"
    claim, board = tmp_path / "out" / "October.xlsx", tmp_path / "out" / "Board.pdf"

    made = nhsdesk(
        "new", ours, "--network", "North Stockton", "--reference", practice_map, "--code", "U07032"
    )
    assert made.code == 0
    assert nhsdesk("import", list_sizes, ours).code == 0
    assert "3 practices and their list sizes" in nhsdesk("choose", ours, "U07032").out
    with opened(ours) as database:
        write_down(database)

    october = ("return", "arrs-claim", ours, "--period", "2026-10", "--out", claim)
    assert "not confirmed against the specification" in refused(nhsdesk(*october))
    assert nhsdesk(*october, "--acknowledge").code == 0
    book = openpyxl.load_workbook(BytesIO(claim.read_bytes()))
    lines = list(book["Claim"].iter_rows(min_row=5, values_only=True))
    claimed = [cell.value for cell in book["Claim"][4]].index("Claimed (£)")
    assert [line[claimed] for line in lines] == [5630.17, 5977.08, 11607.25]

    briefing = ("briefing", "place-board", ours, "--out", board, "--acknowledge")
    assert nhsdesk(*briefing).code == 0
    document = pdfium.PdfDocument(board.read_bytes())
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert "C-001 Offer enhanced access Required by Network Contract DES The ICB" in text
    assert "A PCN must provide enhanced access" in text
    assert "A-001 Publish the rota" in text
    assert "Alma Medical Centre" not in text

    assert "Undo stops at “Issue Place board briefing”" in refused(nhsdesk("undo", ours))

    assert nhsdesk("copy", ours, other).code == 0
    backup = Path(nhsdesk("backup", ours, tmp_path / "backups").out.strip())
    with opened(other) as jo, jo.change("Jo's own") as change:
        change.add(Action(what="Ring the hospital"))
    with opened(ours) as database, database.change("Our own") as change:
        change.add(Action(what="Ring the council"))
    ours.write_bytes(ours.read_bytes()[:10_000])  # the disk dies
    assert nhsdesk("check", ours).code == 2
    restored = nhsdesk("restore", backup, ours)
    assert restored.code == 0
    assert "The file that was there is kept as" in restored.out
    assert nhsdesk("exchange", ours, other).code == 0

    for path in (ours, other):
        assert nhsdesk("check", path).out.endswith("all is whole.\n")
        with record_file.open_to_read(path, "me", Clock()) as database, database.read() as reader:
            assert {one.what for one in reader.all(Action)} == {"Publish the rota", "Ring the hospital"}
            assert {one.paper for one in reader.all(SentPaper)} == {"arrs-claim", "place-board"}
            kept = {reader.kept_bytes(one.kept.sha256) for one in reader.all(SentPaper)}
            assert kept == {claim.read_bytes(), board.read_bytes()}
