"""A request leaves only as the practice agreed it, with no more than its reader needs, and who holds it is noted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from nhsdesk import errors
from nhsdesk.commands import hand_over, request_replies
from nhsdesk.commands.hand_over import Giving
from nhsdesk.documents import sealed
from nhsdesk.domain.handing_over import MARK
from nhsdesk.domain.requests import GivenAs, RequestCopy, RequestEvent, RequestState
from nhsdesk.domain.service_levels import Clock, ServiceLevel
from nhsdesk.errors import FileRefused, PaperRefused
from nhsdesk.store.database import Database
from tests.commands.handing import AGREED, PASSPHRASE, given, request

WAYS = tuple(hand_over.ENDINGS)
OURS_ALONE = ("exhausted", "watch the finances", "Nadia Quill")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "COST", 4)


def page_words(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def form_words(path: Any) -> str:
    file = load_workbook(path)
    return "\n".join(str(cell.value) for sheet in file for row in sheet for cell in row if cell.value)


def all_words(path: Path, given_as: GivenAs) -> str:
    """Every word in a copy, with what is attached to it or inside it."""
    from io import BytesIO

    if given_as is GivenAs.FORM:
        return form_words(path)
    if given_as is GivenAs.PDF:
        return page_words(path.read_bytes())
    if given_as is GivenAs.FILE:
        parts = request_replies.open_handed(path, PASSPHRASE)
        return f"{form_words(BytesIO(parts.form))}\n{page_words(parts.page)}\n{parts.message}"
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    pdf, form = (part.get_content() for part in letter.iter_attachments())
    body = letter.get_body()
    assert body is not None
    return f"{letter['Subject']}\n{body.get_content()}\n{page_words(pdf)}\n{form_words(BytesIO(form))}"


@pytest.mark.parametrize("given_as", WAYS)
def test_a_copy_holds_what_was_agreed_and_nothing_kept_for_ourselves(
    database: Database, tmp_path: Path, given_as: GivenAs
) -> None:
    path, _ = given(database, request(database), tmp_path, given_as)
    words = all_words(path, given_as)
    for told in (
        AGREED,
        "Cover until June",
        "Chandler Road Surgery (Y99901)",
        "4 of 5",
        "Mornings matter most",
        MARK,
    ):
        assert told in words
    for hidden in OURS_ALONE:
        assert hidden not in words
    assert PASSPHRASE not in words


@pytest.mark.parametrize("given_as", WAYS)
def test_who_holds_a_copy_is_noted_with_its_fingerprint_and_the_request_was_sent(
    database: Database, tmp_path: Path, given_as: GivenAs
) -> None:
    made = request(database)
    path, copy = given(database, made, tmp_path, given_as)
    assert copy.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (copy.given_to, copy.given_on, copy.given_as) == (
        "Integrator host, request desk",
        date(2026, 11, 20),
        given_as,
    )
    with database.read() as reader:
        states = [one.state for one in reader.all(RequestEvent, request=made.id)]
        assert reader.all(RequestCopy) == (copy,)
    assert states == [RequestState.AGREED, RequestState.SENT]
    given(database, made, tmp_path, given_as)
    with database.read() as reader:
        numbers = {one.message for one in reader.all(RequestCopy)}
        assert [one.state for one in reader.all(RequestEvent, request=made.id)] == states
    assert len(numbers) == 2


def test_handing_over_is_not_undone_by_a_key(database: Database, tmp_path: Path) -> None:
    given(database, request(database), tmp_path)
    with pytest.raises(errors.NothingToUndo):
        database.undo()


def test_the_draft_asks_for_secure_mail_and_names_no_practice_and_no_address(
    database: Database, tmp_path: Path
) -> None:
    path, _ = given(database, request(database), tmp_path, GivenAs.EMAIL)
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "[secure] Support request SR-001, in confidence"
    assert (letter["X-Unsent"], letter["To"], letter["From"]) == ("1", None, None)
    assert [part.get_filename() for part in letter.iter_attachments()] == [
        "Support request SR-001.pdf",
        "Support request SR-001 answer form.xlsx",
    ]
    assert "@" not in str(letter.get_body())


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"practice_agreed_on": None}, "The practice has not agreed its words yet"),
        ({"agreed_words": None}, "The practice has not agreed its words yet"),
        ({"agreed_words": "  "}, "Its words were changed after the practice agreed to them"),
        ({"agreed_words": "Other words"}, "Its words were changed after the practice agreed to them"),
        ({"support_looked_at": None}, "Existing support was not looked at"),
    ],
)
def test_what_the_practice_did_not_agree_stays_here(
    database: Database, tmp_path: Path, fields: dict[str, Any], why: str
) -> None:
    made = request(database, **fields)
    with pytest.raises(PaperRefused, match=why):
        given(database, made, tmp_path)
    assert list(tmp_path.glob("copy*")) == []
    with database.read() as reader:
        assert reader.all(RequestCopy) == ()


def test_a_withdrawn_request_stays_here(database: Database, tmp_path: Path) -> None:
    made = request(database)
    with database.change("Withdraw") as change:
        change.add(
            RequestEvent(request=made.id, happened_on=date(2026, 11, 18), state=RequestState.WITHDRAWN)
        )
    with pytest.raises(PaperRefused, match="the practice has withdrawn it"):
        given(database, made, tmp_path)


def test_a_patients_number_stops_it_and_is_not_repeated(database: Database, tmp_path: Path) -> None:
    made = request(database)
    with database.change("Keep it", patient_data_reason="a test") as change:
        change.put(replace(made, agreed_words="NHS number 450 557 7104 waits"))
    with pytest.raises(PaperRefused, match="No patient’s number may leave") as refused:
        given(database, made, tmp_path)
    assert "450" not in str(refused.value)


def test_a_weak_passphrase_or_nobody_to_give_it_to_stops_it(database: Database, tmp_path: Path) -> None:
    made, target = request(database), tmp_path / "copy.nhsdesk-request"
    for giving, why in (
        (Giving(GivenAs.FILE, "Host", target, "Chandler Road Surgery"), "what everybody knows"),
        (Giving(GivenAs.FILE, " ", target, PASSPHRASE), "Say to whom it goes"),
    ):
        with pytest.raises(PaperRefused, match=why):
            hand_over.give(database, made.id, giving)
    with pytest.raises(errors.Unwritable, match=r"ends in \.nhsdesk-request"):
        hand_over.give(database, made.id, Giving(GivenAs.FILE, "Host", tmp_path / "copy.zip", PASSPHRASE))
    assert not target.exists()


def test_the_passphrase_is_kept_nowhere(database: Database, tmp_path: Path) -> None:
    given(database, request(database), tmp_path, GivenAs.FILE)
    database.close()
    for path in tmp_path.iterdir():
        assert PASSPHRASE.encode() not in path.read_bytes()


def test_the_time_limit_that_names_most_of_the_request_is_told(database: Database) -> None:
    made = request(database)
    with database.change("Agree time limits") as change:
        for amount, risk in ((5, None), (2, 4), (1, 5)):
            change.add(
                ServiceLevel(clock=Clock.ACKNOWLEDGE, amount=amount, risk=risk, starts=date(2026, 4, 1))
            )
    message = hand_over.prepare(database, made.id).message
    assert message is not None
    assert message.service_levels == ("To be acknowledged within 2 working days.",)


def test_a_host_with_this_program_opens_the_file(database: Database, tmp_path: Path) -> None:
    path, copy = given(database, request(database), tmp_path, GivenAs.FILE)
    parts = request_replies.open_handed(path, PASSPHRASE)
    assert (parts.message.number, parts.message.ref) == (copy.message, "SR-001")
    with pytest.raises(FileRefused, match="the passphrase is not the right one"):
        request_replies.open_handed(path, "purple otter chisel 8")
