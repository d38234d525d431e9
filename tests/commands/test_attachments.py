"""Files are kept once, byte for byte, with any entry; programs and patients' numbers are not."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import attachments, entries, files
from nhsdesk.domain import kept_files
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.links import Attachment
from nhsdesk.store.database import Database
from tests.documents.test_text import pdf

NUMBER = "4505577104"
SPACED = "450 557 7104"
PDF = b"%PDF-1.7\nA board paper"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def docx(folder: Path, words: str) -> Path:
    """A Word document in which the words are cut into runs, as Word does."""
    half = len(words) // 2
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (words[:half], words[half:]))
    path = folder / "Letter.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f"<w:document xmlns:w='w'><w:body><w:p>{runs}</w:p></w:body></w:document>"
        )
    return path


def a_commitment(database: Database) -> Commitment:
    with database.change("Add commitment") as change:
        return change.add(Commitment(title="Open on Saturdays"))


def an_item(database: Database) -> Evidence:
    with database.change("Add evidence item") as change:
        return change.add(Evidence(what="Board paper"))


def labels(database: Database) -> list[str]:
    from nhsdesk.store import journal

    with database.read() as reader:
        return [step.label for step in journal.read_steps(reader.connection)]


def kept_files_in(database: Database) -> int:
    from sqlalchemy import func, select

    from nhsdesk.store import schema

    with database.read() as reader:
        return int(
            reader.connection.execute(select(func.count()).select_from(schema.file_bytes)).scalar_one()
        )


# ---- kept, given out, taken away


def test_a_file_is_kept_with_an_entry_in_one_step_and_comes_out_byte_for_byte(
    database: Database, tmp_path: Path
) -> None:
    held = a_commitment(database)
    before = len(labels(database))
    made = attachments.attach(database, held.id, attachments.look(written(tmp_path, "Paper 7.pdf", PDF)))
    assert labels(database)[before:] == [f"Add file to {held.ref}"]
    assert (made.kept.name, made.kept.size) == ("Paper 7.pdf", len(PDF))
    assert made.kept.sha256 == hashlib.sha256(PDF).hexdigest()
    attachments.save_copy(database, made.kept, tmp_path / "out" / "copy.pdf")
    assert (tmp_path / "out" / "copy.pdf").read_bytes() == PDF
    assert attachments.of_entry(database, held.id) == (made,)


def test_the_same_bytes_are_kept_once_however_often_the_file_is(database: Database, tmp_path: Path) -> None:
    held, looked = a_commitment(database), attachments.look(written(tmp_path, "a.pdf", PDF))
    before = kept_files_in(database)
    for _ in range(3):
        attachments.attach(database, held.id, looked)
    attachments.attach(database, held.id, attachments.look(written(tmp_path, "b.pdf", PDF)))
    assert kept_files_in(database) == before + 1


def test_a_file_is_put_into_a_field_and_taken_out_and_undo_brings_it_back(
    database: Database, tmp_path: Path
) -> None:
    item = an_item(database)
    looked = attachments.look(written(tmp_path, "a.pdf", PDF))
    attachments.put_in(database, Evidence.KIND, item.id, "kept", looked)
    attachments.take_out(database, Evidence.KIND, item.id, "kept")
    assert labels(database)[-2:] == [f"Change File of {item.ref}", f"Take File out of {item.ref}"]
    database.undo()
    with database.read() as reader:
        kept = reader.get(Evidence, item.id).kept
    assert kept is not None
    assert attachments.content_of(database, kept) == PDF


def test_a_files_entry_takes_its_files_with_it(database: Database, tmp_path: Path) -> None:
    held = a_commitment(database)
    attachments.attach(database, held.id, attachments.look(written(tmp_path, "a.pdf", PDF)))
    assert entries.remove(database, held) == ()
    with database.read() as reader:
        assert reader.all(Attachment) == ()


def test_a_file_of_25_mb_is_kept_and_a_larger_one_referred_to(database: Database, tmp_path: Path) -> None:
    largest = written(tmp_path, "largest.txt", b"a" * kept_files.MOST_BYTES)
    assert attachments.look(largest).content is not None
    larger = written(tmp_path, "larger.txt", b"a" * (kept_files.MOST_BYTES + 1))
    looked = attachments.look(larger)
    assert looked.content is None
    assert looked.kept.lies_at == str(larger)
    assert looked.kept.sha256 == hashlib.sha256(larger.read_bytes()).hexdigest()
    assert "larger than 25 MB" in looked.told
    made = attachments.attach(database, a_commitment(database).id, looked)
    assert kept_files_in(database) == 0
    with pytest.raises(errors.FileRefused, match="It was last at"):
        attachments.save_copy(database, made.kept, tmp_path / "copy.txt")
    assert not (tmp_path / "copy.txt").exists()


def test_a_file_of_300_mb_is_referred_to_without_being_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    with path.open("wb") as out:
        out.write(PDF)
        out.truncate(300_000_000)
    looked = attachments.look(path)
    assert (looked.content, looked.kept.size) == (None, 300_000_000)


# ---- refused


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Board paper.pdf", b"MZ\x90\x00\x03"),
        ("Board paper.pdf", b"\x7fELF\x02\x01"),
        ("Board paper.pdf", b"just words"),
        ("run.exe", b"words"),
        ("a.js", b"alert(1)"),
        ("notes.txt", b"#!/bin/sh\nrm -rf ~"),
        ("empty.pdf", b""),
    ],
)
def test_what_could_be_run_or_is_not_what_it_says_is_refused_and_nothing_is_stored(
    database: Database, tmp_path: Path, name: str, content: bytes
) -> None:
    with pytest.raises(errors.FileRefused) as refused:
        attachments.look(written(tmp_path, name, content))
    assert str(refused.value).startswith(f"{name} was not kept: ")
    assert kept_files_in(database) == 0


def test_a_folder_and_what_is_not_there_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(errors.FileRefused, match=r"it is a folder. .*Choose the files in it instead"):
        attachments.look(tmp_path)
    with pytest.raises(errors.FileRefused, match="not there, or may not be opened"):
        attachments.look(tmp_path / "gone.pdf")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only there are pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(errors.FileRefused):
        attachments.look(tmp_path / "pipe.pdf")


def test_a_copy_is_never_saved_over_a_pcn_file(database: Database, tmp_path: Path, clock: object) -> None:
    made = attachments.attach(
        database, a_commitment(database).id, attachments.look(written(tmp_path, "a.pdf", PDF))
    )
    for target in (database.path, tmp_path / "Other.nhsdesk"):
        if target != database.path:
            files.create(target, "Westfield PCN", "Bea", clock).close()  # type: ignore[arg-type]
        before = target.read_bytes()
        with pytest.raises(errors.Unwritable, match="is a PCN file"):
            attachments.save_copy(database, made.kept, target)
        assert target.read_bytes() == before


# ---- patients' numbers


def test_a_number_in_the_name_or_the_text_of_a_file_is_refused_masked(
    database: Database, tmp_path: Path
) -> None:
    held = a_commitment(database)
    named = "Letter 450 557 7104.txt"
    places = (
        written(tmp_path, named, b"words"),
        written(tmp_path, "a.txt", f"NHS no {NUMBER}".encode()),
        written(tmp_path, "b.csv", f"Name,NHS number\nA,{SPACED}\n".encode("utf-16")),
        docx(tmp_path, f"Dear colleague, {SPACED} was seen."),
        written(tmp_path, "c.pdf", pdf((f"Dear colleague, {SPACED} was seen.",))),
    )
    for path in places:
        looked = attachments.look(path)
        with pytest.raises(errors.PatientData) as refused:
            attachments.attach(database, held.id, looked)
        told = str(refused.value) + repr(looked.problem)
        assert "xxx xxx 71xx" in told
        assert NUMBER not in told.replace(" ", "")
    assert attachments.of_entry(database, held.id) == ()
    assert kept_files_in(database) == 0


def test_with_a_reason_such_a_file_is_kept_and_the_journal_says_why(
    database: Database, tmp_path: Path
) -> None:
    held = a_commitment(database)
    looked = attachments.look(written(tmp_path, "a.txt", f"NHS no {NUMBER}".encode()))
    attachments.attach(database, held.id, looked, patient_data_reason="the guidance’s own example")
    assert labels(database)[-1] == (
        f"Add file to {held.ref} (kept although it looks like an NHS number: the guidance’s own example)"
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"PK\x05\x06" + b"\0" * 18])
def test_a_broken_document_is_kept_as_it_is(database: Database, tmp_path: Path, content: bytes) -> None:
    looked = attachments.look(written(tmp_path, "a.docx", content))
    assert attachments.attach(database, a_commitment(database).id, looked).kept.size == len(content)


def test_a_zip_with_a_program_in_it_is_refused_and_a_number_inside_it_is_found(
    database: Database, tmp_path: Path
) -> None:
    for name, content in (("setup.exe", b"words"), ("a.txt", f"NHS no {NUMBER}".encode())):
        with zipfile.ZipFile(tmp_path / "papers.zip", "w") as package:
            package.writestr(name, content)
        if name == "setup.exe":
            with pytest.raises(errors.FileRefused, match="there is a file in it that is not kept"):
                attachments.look(tmp_path / "papers.zip")
        else:
            assert attachments.look(tmp_path / "papers.zip").problem is not None


def test_a_newer_file_of_evidence_leaves_the_earlier_with_it_and_says_which_is_current(
    database: Database, tmp_path: Path
) -> None:
    item = an_item(database)
    assert attachments.current_words(database, item.id) == ""
    for name in ("first.txt", "second.txt", "second.txt"):
        looked = attachments.look(written(tmp_path, name, name.encode()))
        attachments.put_in(database, Evidence.KIND, item.id, "kept", looked)
    (earlier,) = attachments.of_entry(database, item.id)
    assert (earlier.kept.name, earlier.says) == ("first.txt", "Earlier file, until 20 November 2026")
    assert attachments.current_words(database, item.id).startswith("second.txt is the current file")
    with database.read() as reader:
        kept = reader.get(Evidence, item.id).kept
    assert kept is not None
    assert kept.name == "second.txt"
