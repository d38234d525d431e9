"""A request handed over and its answer taken in, from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhsdesk.documents import sealed
from nhsdesk.domain.requests import RequestState, SupportRequest
from nhsdesk.store import record_file
from tests.commands.handing import PASSPHRASE, fill, request
from tests.conftest import Clock, Command, refused


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", 4)


@pytest.fixture
def ours(tmp_path: Path, nhsdesk: Command) -> Path:
    path = tmp_path / "Ours.nhsdesk"
    assert nhsdesk("new", path, "--network", "Eastfield PCN").code == 0
    with record_file.open_file(path, "Ann Archer", Clock()) as database:
        request(database)
    return path


def test_a_request_goes_out_under_a_passphrase_is_opened_by_its_host_and_comes_back_once(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    words, sent = tmp_path / "words.txt", tmp_path / "sr.nhsdesk-request"
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    gone = nhsdesk(
        "hand-over", ours, "SR-001", "--to", "Host desk", "--out", sent, "--passphrase-from", words
    )
    assert (gone.code, gone.err) == (0, "")
    assert "is ready for Host desk. It is noted as SJ-001, form number SR-001-" in gone.out
    opened = nhsdesk("open-request", sent, tmp_path / "host", "--passphrase-from", words)
    assert opened.code == 0, opened.err
    page, form = (Path(line) for line in opened.out.splitlines())
    assert page.read_bytes().startswith(b"%PDF")
    form.write_bytes(fill(form, acknowledged_on=date.today(), acknowledged_by="A manager"))  # noqa: TID251, DTZ011
    seen = nhsdesk("reply", ours, form, "--preview")
    assert seen.out.splitlines()[-1] == "Nothing was written."
    assert "By: A manager" in seen.out
    assert "1 change written to SR-001." in nhsdesk("reply", ours, form).out
    again = nhsdesk("reply", ours, form)
    assert again.out.startswith("This answer to SR-001 was already read on ")
    assert again.out.endswith("Nothing was written.\n")
    with record_file.open_to_read(ours, "me", Clock()) as database, database.read() as reader:
        from nhsdesk.domain import requests
        from nhsdesk.domain.requests import RequestEvent

        assert requests.state(reader.all(RequestEvent)) is RequestState.ACKNOWLEDGED
    assert "already. Nothing was written." in refused(
        nhsdesk("open-request", sent, tmp_path / "host", "--passphrase-from", words)
    )


def test_what_cannot_be_handed_over_or_read_is_one_sentence(
    nhsdesk: Command, ours: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.xlsx"
    wrong = nhsdesk("hand-over", ours, "SR-009", "--as", "form", "--to", "Host", "--out", out)
    assert refused(wrong) == "There is no support request “SR-009” in this PCN file. Nothing was done."
    with (
        record_file.open_file(ours, "Ann Archer", Clock()) as database,
        database.change("Take back") as change,
    ):
        from dataclasses import replace

        change.put(replace(change.reader.all(SupportRequest)[0], practice_agreed_on=None))
    told = refused(nhsdesk("hand-over", ours, "SR-001", "--as", "form", "--to", "Host", "--out", out))
    assert told.startswith("Nothing was handed over. SR-001: The practice has not agreed its words yet.")
    assert "is not an Excel workbook" in refused(nhsdesk("reply", ours, ours))
    assert not out.exists()
