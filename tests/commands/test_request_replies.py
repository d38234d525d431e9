"""A host's answer comes back by its form number: looked at, taken in as one step, and a second time without harm."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nhsdesk.commands import handed_file, request_replies
from nhsdesk.documents import sealed
from nhsdesk.domain import requests
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.request_answers import REFERENCE, SHEET
from nhsdesk.domain.requests import (
    GivenAs,
    Happening,
    RequestCopy,
    RequestEvent,
    RequestState,
    SaidBy,
    SupportRequest,
    WaitingOn,
)
from nhsdesk.errors import FileRefused
from nhsdesk.store.database import Database
from tests.commands.handing import PASSPHRASE, answered, fill, given, request
from tests.conftest import SHARED_DATA, Clock

ANSWER = {
    "acknowledged_on": date(2026, 11, 23),
    "acknowledged_by": "Practice support manager",
    "offer": "Four sessions a week for eight weeks",
    "offered_on": "24 November 2026",
    "provider": "Wexmere Federation",
    "done_before": "Two practices in 2025",
    "no_contract_transfer": "Yes",
    "no_mandated_model": "no",
    "existing_support_checked": "YES",
    "safeguard_note": "One model only",
    "paused_on": "25/11/2026",
    "waiting_on": "The practice",
    "why_paused": "Rota not yet seen",
}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", 4)


@pytest.fixture
def later(clock: Clock) -> Clock:
    """Call it after the request was handed over: it is 30 November then."""
    return clock


def goes_by(clock: Clock) -> None:
    clock.moment = clock.moment.replace(day=30)


def held(database: Database) -> tuple[SupportRequest, tuple[RequestEvent, ...], tuple[RequestCopy, ...]]:
    with database.read() as reader:
        return reader.all(SupportRequest)[0], reader.all(RequestEvent), reader.all(RequestCopy)


def refused(database: Database, path: Path, passphrase: str = "") -> str:
    before = database.head.position
    with pytest.raises(FileRefused) as why:
        request_replies.look(database, path, passphrase)
    assert database.head.position == before
    assert "Nothing has been changed." in str(why.value)
    return str(why.value)


def test_an_answer_is_shown_before_anything_is_written_and_is_one_step(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    before = database.head.position
    reply = request_replies.look(database, answered(form, **ANSWER))
    assert (reply.ref, reply.wrong, reply.read_before) == ("SR-001", (), None)
    assert [(one.what, one.then) for one in reply.changes] == [
        ("Offer", "Four sessions a week for eight weeks"),
        ("Where it has done this before", "Two practices in 2025"),
        ("Offer takes over no contract", "Yes"),
        ("Offer mandates no model", "No"),
        ("Existing support was checked first", "Yes"),
        ("About the safeguards", "One model only"),
        ("Acknowledged", "23 November 2026. By: Practice support manager"),
        ("Offered", "24 November 2026. Provider: Wexmere Federation"),
        ("Paused", "25 November 2026. waiting on the practice. Rota not yet seen"),
    ]
    assert any("no to a safeguard: Offer mandates no model" in note for note in reply.notes)
    assert database.head.position == before
    assert request_replies.take_in(database, reply) == 9
    assert database.head.position == before + 1
    made, events, copies = held(database)
    assert (made.offer, made.no_mandated_model, made.done_before) == (
        "Four sessions a week for eight weeks",
        False,
        "Two practices in 2025",
    )
    paused = events[-1]
    assert (paused.happening, paused.waiting_on, paused.said_by) == (
        Happening.PAUSED,
        WaitingOn.PRACTICE,
        SaidBy.HOST,
    )
    assert requests.state(events) is RequestState.OFFERED
    assert copies[0].reply_read_on == date(2026, 11, 30)


def test_one_undo_takes_an_answer_back_and_it_can_be_read_again(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    before, path = held(database), answered(form, **ANSWER)
    request_replies.take_in(database, request_replies.look(database, path))
    database.undo()
    made, events, copies = held(database)
    assert (replace(made, version=before[0].version), events) == before[:2]
    assert copies[0].reply_read_on is None
    assert request_replies.look(database, path).read_before is None


def test_the_same_answer_a_second_time_changes_nothing_and_says_when_it_was_read(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    path = answered(form, **ANSWER)
    first = request_replies.look(database, path)
    request_replies.take_in(database, first)
    at = database.head.position
    again = request_replies.look(database, path)
    assert (again.read_before, again.changes) == (date(2026, 11, 30), ())
    assert request_replies.take_in(database, again) == 0
    assert request_replies.take_in(database, first) == 0
    assert database.head.position == at


def test_a_later_answer_on_the_same_form_adds_only_what_is_new(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    early = {"acknowledged_on": date(2026, 11, 23), "acknowledged_by": "A manager"}
    request_replies.take_in(database, request_replies.look(database, answered(form, **early)))
    path = answered(form, **early, closed_on=date(2026, 11, 27), outcome="Cover found")
    reply = request_replies.look(database, path)
    assert [one.what for one in reply.changes] == ["Outcome", "Closed"]
    request_replies.take_in(database, reply)
    made, events, _ = held(database)
    assert made.outcome == "Cover found"
    assert [one.state for one in events].count(RequestState.ACKNOWLEDGED) == 1
    assert requests.state(events) is RequestState.CLOSED


def test_a_provider_that_is_known_is_linked(database: Database, tmp_path: Path, later: Clock) -> None:
    form, _ = given(database, request(database), tmp_path)
    with database.change("Add") as change:
        body = change.add(Organisation(name="Wexmere federation"))
    goes_by(later)
    request_replies.take_in(database, request_replies.look(database, answered(form, **ANSWER)))
    assert held(database)[0].offered_by == body.id


def test_what_is_wrong_is_told_with_its_cell_and_the_rest_is_taken_in(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    path = answered(
        form,
        acknowledged_on="soon",
        offer="Two sessions",
        offered_on=date(2027, 3, 1),
        no_contract_transfer="perhaps",
        closed_on=date(2026, 11, 1),
        outcome="Pt NHS number 450 557 7104",
        anything_else="Ring us",
    )
    reply = request_replies.look(database, path)
    told = {one.label: (one.cell, one.sentence) for one in reply.wrong}
    assert told["Acknowledged on"] == ("B9", "It is not a date. Write it as 3 December 2026.")
    assert told["Offered on"] == ("B12", "1 March 2027 has not come.")
    assert told["The offer takes over no contract"][1].startswith(
        "It is none of the answers asked for: Yes, No"
    )
    assert told["Closed on"][1] == "1 November 2026 is before the request was handed over, 20 November 2026."
    assert told["What came of it"][1].startswith("It holds what looks like an NHS number (xxx xxx 71")
    assert [one.what for one in reply.changes] == ["Offer"]
    assert request_replies.take_in(database, reply) == 2
    made, events, _ = held(database)
    assert (made.offer, made.outcome, events[-1].told) == ("Two sessions", None, "Ring us")


def test_an_empty_form_writes_nothing(database: Database, tmp_path: Path) -> None:
    form, _ = given(database, request(database), tmp_path)
    reply = request_replies.look(database, form)
    assert reply.notes == ("Nothing is filled in that can be taken in.",)
    at = database.head.position
    assert request_replies.take_in(database, reply) == 0
    assert database.head.position == at


# ---- what is not an answer to us


def altered(form: Path, label: str, words: str) -> Path:
    file = load_workbook(form)
    for row in file[SHEET].iter_rows(min_row=5):
        if row[0].value == label:
            row[1].value = words
    path = form.with_name("altered.xlsx")
    file.save(path)
    return path


@pytest.mark.parametrize(
    ("label", "words", "why"),
    [
        (REFERENCE, "SR-002", "which request it answers were altered"),
        ("Practice code", "Y99902", "which request it answers were altered"),
        ("Form number", "SR-001-0000000000", "no copy with the form number SR-001-0000000000"),
        ("Form number", "", "no copy with the form number it lacks"),
        ("Form", "nhsdesk reply 2", "a form of another version of this program"),
        ("Form", "something", "which request it answers were altered"),
    ],
)
def test_a_form_whose_lines_do_not_fit_our_copy_is_refused(
    database: Database, tmp_path: Path, label: str, words: str, why: str
) -> None:
    form, _ = given(database, request(database), tmp_path)
    assert why in refused(database, altered(form, label, words))


def test_a_file_under_a_passphrase_comes_back_the_same_way_and_tampering_shows(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    path, _ = given(database, request(database), tmp_path, GivenAs.FILE)
    goes_by(later)
    parts = request_replies.open_handed(path, PASSPHRASE)
    packed = handed_file.pack(parts.message, fill(parts.form, **ANSWER), parts.page)
    back = tmp_path / "back.nhsdesk-request"
    back.write_bytes(sealed.seal(packed, PASSPHRASE))
    assert request_replies.needs_passphrase(back)
    assert len(request_replies.look(database, back, PASSPHRASE).changes) == 9
    assert "the passphrase is not the right one" in refused(database, back, "another one altogether")
    whole = bytearray(back.read_bytes())
    whole[-20] ^= 1
    back.write_bytes(whole)
    assert "the file was changed or damaged on its way" in refused(database, back, PASSPHRASE)


@pytest.mark.parametrize(
    "inside",
    [b"", b"PK\x03\x04", b"not a zip", b"PK\x05\x06" + bytes(18)],
    ids=["empty", "cut", "text", "no parts"],
)
def test_what_somebody_else_sealed_is_refused(database: Database, tmp_path: Path, inside: bytes) -> None:
    path = tmp_path / "x.nhsdesk-request"
    path.write_bytes(sealed.seal(inside, PASSPHRASE))
    assert "what is inside is not a support request" in refused(database, path, PASSPHRASE)


def test_a_form_put_into_another_requests_file_is_refused(database: Database, tmp_path: Path) -> None:
    made = request(database)
    path, _ = given(database, made, tmp_path, GivenAs.FILE)
    other, _ = given(database, made, tmp_path, GivenAs.FORM)
    parts = request_replies.open_handed(path, PASSPHRASE)
    path.write_bytes(sealed.seal(handed_file.pack(parts.message, other.read_bytes(), parts.page), PASSPHRASE))
    assert "were altered" in refused(database, path, PASSPHRASE)


def hostile() -> list[Path]:
    return sorted(path for path in (SHARED_DATA / "hostile").rglob("*") if path.is_file())[::4]


def test_hostile_files_end_in_a_sentence(shared_data: Path, database: Database) -> None:
    assert len(hostile()) > 10
    for path in hostile():
        assert path.name in refused(database, path)


def test_a_formula_in_an_answer_counts_as_nothing_but_what_it_showed(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    path = answered(form, acknowledged_on=date(2026, 11, 23), acknowledged_by='=HYPERLINK("http://x","y")')
    reply = request_replies.look(database, path)
    assert [one.then for one in reply.changes] == ["23 November 2026"]


def test_words_that_look_like_a_formula_stay_words(database: Database, tmp_path: Path) -> None:
    made = request(database, summary="=1+1", wanted_outcome="@SUM(A1)")
    form, _ = given(database, made, tmp_path)
    cells = [cell for row in load_workbook(form)["The request"] for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith(("=1+1", "@SUM(A1)"))] == [
        "s",
        "s",
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this computer")
def test_a_form_that_libreoffice_saved_is_read(database: Database, tmp_path: Path, later: Clock) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    path, saved = answered(form, **ANSWER), tmp_path / "saved"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(saved), str(path)], check=True, capture_output=True, timeout=120
    )
    reply = request_replies.look(database, saved / "answer.xlsx")
    assert (len(reply.changes), reply.wrong) == (9, ())


def test_a_form_with_a_row_put_in_above_and_its_sheet_renamed_is_read(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    form, _ = given(database, request(database), tmp_path)
    goes_by(later)
    file = load_workbook(BytesIO(fill(form, **ANSWER)))
    file[SHEET].insert_rows(3)
    file[SHEET].insert_cols(1)
    file[SHEET].title = "Sheet1"
    path = tmp_path / "moved.xlsx"
    file.save(path)
    assert len(request_replies.look(database, path).changes) == 9


def test_a_second_copy_may_tell_what_the_host_did_since_the_request_went(
    database: Database, tmp_path: Path, later: Clock
) -> None:
    made = request(database)
    given(database, made, tmp_path)
    went = held(database)[1][-1].happened_on
    goes_by(later)
    form, _ = given(database, made, tmp_path)
    reply = request_replies.look(database, answered(form, acknowledged_on=went))
    assert (reply.wrong, reply.answers.acknowledged_on) == ((), went)
