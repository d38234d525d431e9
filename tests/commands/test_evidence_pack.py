"""An evidence pack holds what its manifest says, byte for byte, and nothing that its reader may not see."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from nhsdesk import errors
from nhsdesk.commands import attachments, evidence_pack, files
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.links import Attachment, Link, LinkKind
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import Category, SupportRequest
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Audience
from nhsdesk.store.database import Database
from tests.conftest import Clock, Command

PDF = b"%PDF-1.7\nA board paper"


def packed(database: Database, target: Path, audience: Audience = Audience.PARTNERS, **how: Any) -> Path:
    evidence_pack.write(database, evidence_pack.gather(database, audience), target, **how)
    return target


def added(database: Database, *items: Evidence) -> None:
    with database.change("Add evidence") as change:
        for item in items:
            change.add(item)


def kept(database: Database, content: bytes, name: str) -> KeptFile:
    with database.change("Keep bytes") as change:
        return change.keep_bytes(name, content, hashlib.sha256(content).hexdigest())


def rows(path: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as package:
        return list(csv.DictReader(StringIO(package.read("manifest.csv").decode("utf-8-sig"), newline="")))


def page(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("index.html").decode()


def test_a_pack_holds_the_files_with_their_hashes_days_and_what_they_prove(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Fill") as change:
        promise = change.add(Commitment(title="Open on Saturdays"))
        change.add(
            Evidence(
                what="Rota", kept=change.keep_bytes("Rota.pdf", PDF, hashlib.sha256(PDF).hexdigest()),
                effective_on=date(2026, 4, 1), filed_on=date(2026, 5, 2), expires_on=date(2027, 3, 31),
                proves=(promise.id,),
            )
        )  # fmt: skip
    path = packed(database, tmp_path / "pack.zip")
    assert rows(path) == [
        {
            "Reference": "EV-001", "What it is": "Rota", "File": "files/EV-001 Rota.pdf",
            "SHA-256": hashlib.sha256(PDF).hexdigest(), "Size in bytes": str(len(PDF)), "Holds from": "2026-04-01",
            "Filed on": "2026-05-02", "Runs out on": "2027-03-31", "Standing": "In date",
            "Proves": "C-001 Open on Saturdays", "Where it is instead": "",
        }
    ]  # fmt: skip
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.namelist() == ["index.html", "manifest.csv", "files/EV-001 Rota.pdf"]
        assert package.read("files/EV-001 Rota.pdf") == PDF
    assert 'href="files/EV-001%20Rota.pdf"' in page(path)
    assert "1 April 2026" in page(path)
    assert "C-001 Open on Saturdays" in page(path)


def test_the_same_facts_are_the_same_bytes(database: Database, tmp_path: Path) -> None:
    added(
        database, *(Evidence(what=f"Item {n}", kept=kept(database, b"%d" % n, f"{n}.txt")) for n in range(5))
    )
    first = packed(database, tmp_path / "a.zip").read_bytes()
    assert packed(database, tmp_path / "b.zip").read_bytes() == first


@pytest.mark.parametrize("number", [0, 1_000])
def test_a_pack_of_none_and_one_of_a_thousand_are_whole(
    database: Database, tmp_path: Path, number: int
) -> None:
    held = kept(database, PDF, "a.pdf")
    added(database, *(Evidence(what=f"Item {n}", kept=held) for n in range(number)))
    path = packed(database, tmp_path / "pack.zip")
    assert len(rows(path)) == number
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = [name for name in package.namelist() if name.startswith("files/")]
    assert {row["File"] for row in rows(path)} == set(names)
    assert len(names) == min(number, 1)  # the same bytes are in it once
    assert ("There is nothing in it." in page(path)) is (number == 0)


NAMES = (
    "../../evil.pdf", "..", "/etc/passwd", "C:\\Windows\\a.pdf", "CON", "con.pdf", "NUL.txt", "a" * 300 + ".pdf",
    "\U0001f600 report.pdf", "a\x00b.pdf", "same.pdf", "SAME.pdf", 'x<img src="file:///etc/passwd">.pdf', "=1+1.csv",
    "\u202efdp.exe", "a.pdf. . ",
)  # fmt: skip


def test_hostile_names_do_no_harm_where_the_pack_is_opened(database: Database, tmp_path: Path) -> None:
    items = [Evidence(what=name, kept=kept(database, f"{n}".encode(), name)) for n, name in enumerate(NAMES)]
    added(database, *items)
    path = packed(database, tmp_path / "pack.zip")
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        package.extractall(tmp_path / "out")
        assert [package.read(row["File"]) for row in rows(path)] == [
            f"{n}".encode() for n in range(len(NAMES))
        ]
    assert len({name.casefold() for name in names}) == len(NAMES) + 2
    for name in names[2:]:
        assert name.count("/") == 1
        assert not set(name) & set('<>:"\\|?*\x00\u202e')
        assert len(name) < 140
    assert not (tmp_path / "evil.pdf").exists()
    assert '<img src="file' not in page(path)
    assert [row["What it is"] for row in rows(path) if row["What it is"].startswith("'")] == ["'=1+1.csv"]
    ElementTree.fromstring(page(path).partition("</head>")[2].removesuffix("</html>\n").strip())


def test_what_is_restricted_is_left_out_for_others_and_counted(database: Database, tmp_path: Path) -> None:
    with database.change("Fill") as change:
        secret = change.add(Commitment(title="A secret plan", restricted=True))
        change.add(Evidence(what="Open rota"))
        change.add(Evidence(what="Secret letter", restricted=True, kept=KeptFile("secret.pdf", "0" * 64, 1)))
        change.add(Evidence(what="Letter about it", proves=(secret.id,)))
    others = packed(database, tmp_path / "others.zip")
    assert [row["What it is"] for row in rows(others)] == ["Open rota"]
    assert "2 restricted items left out." in page(others)
    content = others.read_bytes()
    assert b"secret" not in content.lower()
    assert b"Letter" not in content
    ours = packed(database, tmp_path / "ours.zip", Audience.OWN_BOARD)
    assert len(rows(ours)) == 3
    assert "left out" not in page(ours)


def test_a_pack_for_others_names_no_commitment_that_their_register_withholds(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Fill") as change:
        paper = change.add(SourceDocument(title="Paper of the closed part", restricted=True))
        read = change.add(Commitment(title="Merge by spring", document=paper.id))
        secret = change.add(Commitment(title="A secret plan", restricted=True))
        joined = change.add(Commitment(title="Talks with a neighbour"))
        change.add(Link(source=joined.id, target=secret.id, says=LinkKind.RELATED))
        change.add(Evidence(what="Minutes of it", proves=(read.id,)))
        change.add(Evidence(what="Open rota", proves=(joined.id,)))
    others = packed(database, tmp_path / "others.zip")
    (row,) = rows(others)
    assert (row["What it is"], row["Proves"]) == ("Open rota", f"{joined.ref}: Restricted item")
    assert "1 restricted item left out." in page(others)
    assert not any(words in others.read_bytes() for words in (b"Merge", b"Talks", b"Minutes"))
    ours = packed(database, tmp_path / "ours.zip", Audience.OWN_BOARD)
    assert [row["Proves"] for row in rows(ours)] == ["C-001 Merge by spring", "C-003 Talks with a neighbour"]


def test_the_file_of_a_restricted_entry_stays_behind_whoever_else_keeps_it(
    database: Database, tmp_path: Path
) -> None:
    closed, shown = kept(database, b"closed", "Closed.pdf"), kept(database, b"shown", "Shown.pdf")
    annex = kept(database, b"annex", "Annex.pdf")
    with database.change("Fill") as change:
        change.add(SourceDocument(title="Closed part", kept=closed, restricted=True))
        secret = change.add(Commitment(title="A secret plan", restricted=True))
        change.add(Attachment(on=secret.id, kept=annex))
        change.add(SourceDocument(title="Open part", kept=shown))
        for what, file in (("Minutes", closed), ("Annex", annex), ("Rota", shown), ("Told", None)):
            change.add(Evidence(what=what, kept=file))
    others = packed(database, tmp_path / "others.zip")
    assert [row["What it is"] for row in rows(others)] == ["Rota", "Told"]
    assert "2 restricted items left out." in page(others)
    ours = packed(database, tmp_path / "ours.zip", Audience.OWN_BOARD)
    assert len(rows(ours)) == 4


def test_what_is_not_here_is_told_with_where_it_is(database: Database, tmp_path: Path) -> None:
    large = KeptFile("scan.pdf", "1" * 64, 300_000_000, "/shares/scan.pdf")
    added(
        database,
        Evidence(what="Scan", kept=large),
        Evidence(what="Binder", lies_at="The cupboard"),
        Evidence(what="Gone", kept=KeptFile("gone.pdf", "2" * 64, 1)),
        Evidence(what="Nothing"),
    )
    found = rows(packed(database, tmp_path / "pack.zip"))
    assert [row["File"] for row in found] == ["", "", "", ""]
    assert [row["Where it is instead"] for row in found] == [
        "Larger than 25 MB; it is at /shares/scan.pdf",
        "The cupboard",
        "It was erased",
        "No file is kept",
    ]


def test_a_pack_that_would_tell_a_patients_number_waits_for_an_acknowledgement(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Add", patient_data_reason="theirs") as change:
        change.add(Evidence(what="About 450 557 7104"))
    with pytest.raises(errors.PaperRefused, match="xxx xxx 71xx"):
        packed(database, tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()
    assert packed(database, tmp_path / "pack.zip", acknowledged=True).exists()


def test_a_pack_for_others_that_names_a_practice_asking_for_support_waits_for_an_acknowledgement(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Brook Surgery"))
        change.add(SupportRequest(practice=practice.id, category=next(iter(Category))))
        change.add(Evidence(what="Audit at BROOK surgery"))
    with pytest.raises(errors.PaperRefused, match="EV-001 names PR-001, a practice with an open restricted"):
        packed(database, tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()
    assert packed(database, tmp_path / "pack.zip", acknowledged=True).exists()
    assert packed(database, tmp_path / "ours.zip", Audience.OWN_BOARD).exists()


def test_a_pack_is_written_whole_or_not_at_all(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    added(database, Evidence(what="Rota", kept=kept(database, PDF, "a.pdf")))
    target = tmp_path / "pack.zip"
    target.write_bytes(b"as it was")
    real = zipfile.ZipFile.writestr

    def full(self: zipfile.ZipFile, entry: Any, content: Any) -> None:
        if "files/" in entry.filename:
            raise OSError(28, "No space left on device")
        real(self, entry, content)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(errors.Unwritable, match="what stood there is as it was"):
        packed(database, target)
    monkeypatch.undo()
    assert target.read_bytes() == b"as it was"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
    for wrong in (database.path, tmp_path / "pack.pdf"):
        with pytest.raises(errors.Unwritable):
            packed(database, wrong)


def test_a_pack_is_made_from_the_command_line(nhsdesk: Command, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "Ours.nhsdesk"
    (tmp_path / "a.pdf").write_bytes(PDF)
    with files.create(path, "Eastfield PCN", "Ann Archer", clock) as database:
        added(database, Evidence(what="Rota"), Evidence(what="Letter", restricted=True))
        with database.read() as reader:
            first = reader.all(Evidence)[0]
        attachments.put_in(database, Evidence.KIND, first.id, "kept", attachments.look(tmp_path / "a.pdf"))
    out = tmp_path / "pack.zip"
    said = nhsdesk("evidence", path, "--out", out)
    assert (said.code, said.out) == (0, f"{out}: 1 item, 1 file; 1 restricted item left out.\n")
    assert nhsdesk("evidence", path, "--out", out, "--own-board").out == f"{out}: 2 items, 1 file.\n"
    assert "Eastfield PCN" in page(out)


def test_the_words_inside_its_files_are_looked_through_before_it_goes_out(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Quillfeather Surgery"))
        change.add(SupportRequest(practice=practice.id))
    named = kept(database, b"Visit to Quillfeather Surgery", "Visit.txt")
    numbered = kept(database, b"NHS no 450 557 7104", "List.txt")
    added(database, Evidence(what="Visit", kept=named), Evidence(what="List", kept=numbered))
    told = evidence_pack.to_acknowledge(evidence_pack.gather(database, Audience.PARTNERS))
    assert "The file of EV-001 names " in told
    assert "EV-002: its file holds what looks like an NHS number (xxx xxx 71xx)." in told
    assert "The file of EV-001" not in evidence_pack.to_acknowledge(
        evidence_pack.gather(database, Audience.OWN_BOARD)
    )
    with pytest.raises(errors.PaperRefused):
        packed(database, tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()
