"""Files that went to a host and came back changed, twice, or as the answer to something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nhsdesk import errors
from nhsdesk.commands import request_replies
from nhsdesk.documents import sealed
from nhsdesk.domain.request_answers import SHEET
from nhsdesk.domain.requests import GivenAs, RequestCopy, RequestEvent, RequestState, SupportRequest
from nhsdesk.store.database import Database
from tests.commands import handing
from tests.conftest import AS_OF

OFFER = "Two sessions a week"
PASSPHRASE = handing.PASSPHRASE


def all_held(database: Database) -> tuple[int, list[object]]:
    """Where the journal stands, and everything an answer may write."""
    kinds: tuple[type[Any], ...] = (SupportRequest, RequestEvent, RequestCopy)
    with database.read() as reader:
        held = [record for kind in kinds for record in reader.all(kind)]
    return database.head.position, held


def refused(database: Database, path: Path, passphrase: str = "") -> str:
    """The sentence with which an answer was refused; nothing may have been written."""
    before = all_held(database)
    with pytest.raises(errors.FileRefused) as found:
        request_replies.look(database, path, passphrase)
    assert all_held(database) == before
    return str(found.value)


# ---- a file under a passphrase


@pytest.fixture(scope="module")
def under_passphrase() -> bytes:
    """A sealed file whose parts are, in this order: kind 15, form 2, cost 1, salt 16, nonce 12, content, tag 16."""
    return sealed.seal(bytes(range(256)) * 4, PASSPHRASE)


@pytest.mark.parametrize("at", [0, 15, 16, 17, 18, 34, 46, -1])
def test_one_bit_changed_anywhere_is_refused(under_passphrase: bytes, at: int) -> None:
    changed = bytearray(under_passphrase)
    changed[at] ^= 0x04
    with pytest.raises(errors.FileRefused) as found:
        sealed.unseal(bytes(changed), PASSPHRASE, "answer")
    assert "answer" in str(found.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\0",
        lambda data: data[:-1],
        lambda data: data[:46],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: data[:46] + data[62:78] + data[46:62] + data[78:],
    ],
    ids=["longer", "shorter", "head alone", "half a head", "empty", "blocks changed over"],
)
def test_a_file_made_longer_shorter_or_rearranged_is_refused(
    under_passphrase: bytes, change: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(errors.FileRefused):
        sealed.unseal(change(under_passphrase), PASSPHRASE, "answer")


def test_two_files_of_the_same_words_have_nothing_in_common_but_their_head(under_passphrase: bytes) -> None:
    other = sealed.seal(bytes(range(256)) * 4, PASSPHRASE)
    assert other[18:34] != under_passphrase[18:34]
    assert other[46:] != under_passphrase[46:]
    assert PASSPHRASE.encode() not in other


@pytest.mark.parametrize("wrong", ["", "Purple otter chisel 7"])
def test_a_wrong_passphrase_opens_nothing(under_passphrase: bytes, wrong: str) -> None:
    with pytest.raises(errors.FileRefused):
        sealed.unseal(under_passphrase, wrong, "answer")


def test_a_copy_that_was_touched_or_has_another_passphrase_writes_nothing(
    database: Database, tmp_path: Path
) -> None:
    copy, _ = handing.given(database, handing.request(database), tmp_path, GivenAs.FILE)
    wrong = refused(database, copy, "green heron anvil 3")
    touched = bytearray(copy.read_bytes())
    touched[200] ^= 1
    copy.write_bytes(touched)
    assert refused(database, copy, PASSPHRASE) == wrong  # the two cannot be told apart
    folder = tmp_path / "opened"
    folder.mkdir()
    with pytest.raises(errors.FileRefused):
        request_replies.unpack_into(copy, PASSPHRASE, folder)
    assert list(folder.iterdir()) == []


# ---- the form


@dataclass(frozen=True, slots=True)
class Given:
    """A request and the form that went with it."""

    database: Database
    request: SupportRequest
    form: Path

    @property
    def now(self) -> SupportRequest:
        with self.database.read() as reader:
            return reader.get(SupportRequest, self.request.id)

    def answer(self, **answers: Any) -> Path:
        return handing.answered(self.form, **answers)

    def changed(self, change: Callable[[Workbook], object], **answers: Any) -> Path:
        """The form as filled in and then changed by somebody who knows spreadsheets."""
        book = load_workbook(BytesIO(handing.fill(self.form, **answers)))
        change(book)
        path = self.form.with_name("changed.xlsx")
        book.save(path)
        return path


@pytest.fixture
def given(database: Database, tmp_path: Path) -> Given:
    made = handing.request(database)
    form, _ = handing.given(database, made, tmp_path)
    return Given(database, made, form)


def line(sheet: Worksheet, label: str) -> int:
    """The row of a line of the form."""
    return next(row for row in range(1, 40) if sheet.cell(row, 1).value == label)


def put(label: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet.cell(line(sheet, label), 2).value = value

    return change


def test_looking_writes_nothing_and_taking_in_is_one_step_that_one_undo_takes_back(given: Given) -> None:
    before = all_held(given.database)
    reply = request_replies.look(
        given.database,
        given.answer(acknowledged_on=AS_OF, offer=OFFER, offered_on=AS_OF, no_contract_transfer="Yes"),
    )
    assert reply.changes
    assert all_held(given.database) == before
    assert request_replies.take_in(given.database, reply) > 0
    position, _ = all_held(given.database)
    assert position == before[0] + 1
    assert given.now.offer == OFFER
    given.database.undo()
    _, held = all_held(given.database)
    assert len(held) == len(before[1])
    assert given.now.offer is None


def test_the_same_answer_is_taken_in_once_however_often_it_comes(given: Given) -> None:
    path = given.answer(acknowledged_on=AS_OF, offer=OFFER, offered_on=AS_OF)
    first, again = (request_replies.look(given.database, path) for _ in range(2))
    assert request_replies.take_in(given.database, first) > 0
    after = all_held(given.database)
    assert request_replies.take_in(given.database, first) == 0
    assert request_replies.take_in(given.database, again) == 0
    late = request_replies.look(given.database, path)
    assert late.read_before == AS_OF
    assert request_replies.take_in(given.database, late) == 0
    saved_again = given.changed(lambda book: None, acknowledged_on=AS_OF, offer=OFFER, offered_on=AS_OF)
    assert request_replies.take_in(given.database, request_replies.look(given.database, saved_again)) == 0
    assert all_held(given.database) == after


def test_an_answer_undone_may_be_taken_in_again(given: Given) -> None:
    path = given.answer(acknowledged_on=AS_OF, offer=OFFER)
    taken = request_replies.take_in(given.database, request_replies.look(given.database, path))
    given.database.undo()
    reply = request_replies.look(given.database, path)
    assert reply.read_before is None
    assert request_replies.take_in(given.database, reply) == taken


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Request reference", "SR-002"),
        ("Practice code", "Y99902"),
        ("Form number", "SR-001-0000000000"),
        ("Form number", None),
        ("Request reference", None),
        ("Form", "nhsdesk reply 2"),
    ],
)
def test_an_answer_whose_lines_do_not_fit_together_is_refused(given: Given, label: str, value: str) -> None:
    refused(given.database, given.changed(put(label, value), offer=OFFER))


def test_an_answer_to_one_request_is_not_taken_for_another(given: Given, tmp_path: Path) -> None:
    other = handing.request(given.database, summary="The roof leaks.")
    folder = tmp_path / "other"
    folder.mkdir()
    _, copy = handing.given(given.database, other, folder)
    assert copy.message
    refused(given.database, given.changed(put("Form number", copy.message), offer=OFFER))
    refused(given.database, given.changed(put("Request reference", other.ref), offer=OFFER))

    def both(book: Workbook) -> None:
        put("Form number", copy.message)(book)
        put("Request reference", other.ref)(book)

    reply = request_replies.look(given.database, given.changed(both, offer=OFFER))
    assert reply.request == other.id
    assert given.now.offer is None


@pytest.mark.parametrize(
    ("label", "formula"),
    [
        ("What you offer", '=HYPERLINK("http://example.org","Click")'),
        ("What you offer", "=1+1"),
        ("Offered on", "=TODAY()"),
        ("The offer takes over no contract", '=IF(1=1,"Yes","No")'),
        ("Anything else", "=cmd|'/C calc'!A0"),
    ],
)
def test_a_formula_in_a_cell_is_no_answer_and_the_rest_stands(given: Given, label: str, formula: str) -> None:
    path = given.changed(put(label, formula), acknowledged_on=AS_OF, done_before="Larch Road, 2025")
    reply = request_replies.look(given.database, path)
    request_replies.take_in(given.database, reply)
    _, held = all_held(given.database)
    assert "=" not in "".join(
        f"{one.offer}{one.safeguard_note}" for one in held if isinstance(one, SupportRequest)
    )
    assert not [one.told for one in held if isinstance(one, RequestEvent) and one.told and "=" in one.told]
    assert given.now.done_before == "Larch Road, 2025"
    assert given.now.no_contract_transfer is None
    states = [one.state for one in held if isinstance(one, RequestEvent)]
    assert RequestState.ACKNOWLEDGED in states
    assert RequestState.OFFERED not in states


def hide_offer(book: Workbook) -> None:
    sheet = book[SHEET]
    sheet.row_dimensions[line(sheet, "What you offer")].hidden = True


def hide_columns(book: Workbook) -> None:
    book[SHEET].column_dimensions["B"].hidden = True


@pytest.mark.parametrize("hide", [hide_offer, hide_columns])
def test_what_stands_in_hidden_rows_is_shown_before_it_is_taken_in(
    given: Given, hide: Callable[[Workbook], None]
) -> None:
    reply = request_replies.look(given.database, given.changed(hide, offer=OFFER, acknowledged_on=AS_OF))
    request_replies.take_in(given.database, reply)
    if given.now.offer is not None:
        assert OFFER in " ".join(one.then for one in reply.changes)
        assert OFFER in " ".join(request_replies.told(reply))


def test_a_hidden_sheet_or_a_second_line_answers_nothing_that_was_not_shown(given: Given) -> None:
    def second(book: Workbook) -> None:
        hidden = book.copy_worksheet(book[SHEET])
        hidden.sheet_state = "hidden"
        hidden.cell(line(hidden, "What you offer"), 2).value = "All your contracts"
        sheet = book[SHEET]
        sheet.cell(60, 1).value = "What you offer"
        sheet.cell(60, 2).value = "All your premises"

    reply = request_replies.look(given.database, given.changed(second, offer=OFFER))
    request_replies.take_in(given.database, reply)
    assert given.now.offer == OFFER


@pytest.mark.parametrize("on", [date(2026, 11, 21), date(2026, 11, 19), date(1999, 1, 1)])
def test_a_day_that_cannot_be_is_told_and_left_out(given: Given, on: date) -> None:
    reply = request_replies.look(given.database, given.answer(acknowledged_on=on, done_before="Larch Road"))
    assert [one.label for one in reply.wrong] == ["Acknowledged on"]
    request_replies.take_in(given.database, reply)
    with given.database.read() as reader:
        assert RequestState.ACKNOWLEDGED not in {one.state for one in reader.all(RequestEvent)}
    assert given.now.done_before == "Larch Road"


@pytest.mark.parametrize("name", ["anything_else", "offer"])
def test_a_patient_number_in_an_answer_is_neither_shown_nor_taken_in(given: Given, name: str) -> None:
    path = given.answer(**{name: "Ask about 943 476 5919", "done_before": "Larch Road"})
    reply = request_replies.look(given.database, path)
    assert len(reply.wrong) == 1
    assert "476" not in " ".join(request_replies.told(reply))
    request_replies.take_in(given.database, reply)
    assert "476 5919" not in repr(all_held(given.database))
    assert given.now.done_before == "Larch Road"
