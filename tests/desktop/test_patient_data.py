"""At the window: what looks like an NHS number stays where it was typed until it is taken out or a reason is given."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import asking
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.store import drafts, journal
from tests.desktop.desk_side import Person

NUMBER = "4505577104"
SPACED = "450 557 7104"
PDF = b"%PDF-1.7\nA board paper"


def last_label(person: Person) -> str:
    with person.database.read() as reader:
        return [step.label for step in journal.read_steps(reader.connection)][-1]


def held(person: Person, ref: str) -> Commitment:
    with person.database.read() as reader:
        found = reader.by_ref(ref)
    assert isinstance(found, Commitment)
    return found


def test_a_likely_number_typed_into_a_field_is_told_beside_it_and_kept_nowhere(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Outcome wanted", f"Ring pt {NUMBER}")
    assert "looks like an NHS number (xxx xxx 71xx)" in person.beside("Outcome wanted")
    assert person.reads("Outcome wanted") == f"Ring pt {NUMBER}"
    assert drafts.kept(person.database) == ()
    assert held(person, "C-003").outcome_wanted is None
    person.control("Outcome wanted").setFocus()
    person.presses("Escape")
    assert person.reads("Outcome wanted") == ""
    assert not person.sees("Keep it, because…")


def test_with_a_reason_it_goes_into_the_file_and_the_history_says_why(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Outcome wanted", f"Case {SPACED} closed")
    person.clicks("Keep “Outcome wanted”, because…")
    person.types("the council's own case number")
    person.presses("Return")
    assert held(person, "C-003").outcome_wanted == f"Case {SPACED} closed"
    assert last_label(person) == (
        "Change Outcome wanted of C-003 (kept although it looks like an NHS number: the council's own case number)"
    )
    assert not person.sees("Keep it, because…")
    assert person.warned == []


def test_an_entry_is_not_left_while_such_words_stand_in_it(person: Person, qtbot: QtBot) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Outcome wanted", f"NHS no {NUMBER}")
    person.goes_to_cell("C-004", "Ref")
    qtbot.waitUntil(lambda: bool(person.warned))
    assert person.shown == "C-003"
    assert person.reads("Outcome wanted") == f"NHS no {NUMBER}"
    assert NUMBER not in " ".join(person.warned)
    person.writes("Outcome wanted", "Fewer calls")
    person.leaves_entry_for("C-005")


def test_a_new_entry_is_added_with_the_words_and_their_reason(newcomer: Person) -> None:
    newcomer.goes_to("Commitments")
    newcomer.presses("Ctrl+N")
    newcomer.writes("What", f"Close case {SPACED}")
    assert drafts.kept(newcomer.database) == ()
    newcomer.clicks("Keep “What”, because…")
    newcomer.types("a case of the council")
    newcomer.presses("Return")
    assert held(newcomer, "C-001").title == f"Close case {SPACED}"
    assert (
        last_label(newcomer)
        == "Add commitment (kept although it looks like an NHS number: a case of the council)"
    )


def test_ten_digits_alone_go_in_and_are_told_of_beside_their_field(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Outcome wanted", f"ref {NUMBER}")
    assert held(person, "C-003").outcome_wanted == f"ref {NUMBER}"
    assert "may hold an NHS number (xxx xxx 71xx)" in person.beside("Outcome wanted")


def test_a_likely_number_typed_into_a_cell_stays_in_the_cell_alone(person: Person) -> None:
    person.goes_to("Commitments")
    person.types_into_cell("C-004", "Who wants it", f"NHS no {NUMBER}")
    assert person.cell("C-004", "Who wants it") == f"NHS no {NUMBER}"
    assert "xxx xxx 71xx" in person.warned[-1]
    assert NUMBER not in " ".join(person.warned)
    assert drafts.kept(person.database) == ()
    assert held(person, "C-004").owed_to != f"NHS no {NUMBER}"
    person.types_into_cell("C-004", "Who wants it", "The board")
    assert held(person, "C-004").owed_to == "The board"


def test_nothing_that_is_said_or_logged_holds_the_number(
    person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said: list[str] = []
    assert person.window.desk is not None
    person.window.desk.said.connect(said.append)
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    for name in ("Outcome wanted", "Exact words", "By when", "Owner"):
        person.writes(name, f"NHS no {SPACED}")
        person.control(name).setFocus()
        person.presses("Escape")
    told = " ".join([*said, *person.warned, *(one.getMessage() for one in caplog.records)])
    assert "450 557" not in told
    assert drafts.kept(person.database) == ()


# ---- files


Chosen = Callable[[Path], None]


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Chosen:
    """What the person answers when asked for a file."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
        monkeypatch.setattr(asking, "choose_file", lambda *_: path)

    return answer


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_file_is_added_to_a_field_saved_again_and_taken_out(
    newcomer: Person, tmp_path: Path, chosen: Chosen
) -> None:
    with newcomer.database.change("Add evidence item") as change:
        item = change.add(Evidence(what="Board paper"))
    newcomer.window.show_record("evidence", item.id)
    newcomer.waits()
    chosen(written(tmp_path / "Paper 7.pdf", PDF))
    newcomer.clicks("Add file… “File”")
    assert newcomer.reads("File") == "Paper 7.pdf (22 bytes)"
    chosen(tmp_path / "copy.pdf")
    newcomer.clicks("Save a copy… “File”")
    assert (tmp_path / "copy.pdf").read_bytes() == PDF
    newcomer.clicks("Take out “File”")
    assert newcomer.reads("File") == ""
    assert newcomer.undoes.startswith("Undo: Take File out of EV-001")


def test_files_hang_on_any_entry_and_a_program_is_refused_in_words(
    person: Person, tmp_path: Path, chosen: Chosen
) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.turns_to("Files")
    chosen(written(tmp_path / "Minutes.pdf", b"MZ\x90\x00"))
    person.clicks("Add file… to this entry")
    assert person.warned[-1].startswith("Minutes.pdf was not kept: it is a Windows program")
    chosen(written(tmp_path / "Minutes.pdf", PDF))
    person.clicks("Add file… to this entry")
    person.writes("What the chosen file shows", "That it was agreed")
    with person.database.read() as reader:
        from nhsdesk.domain.links import Attachment

        kept = reader.all(Attachment)
    assert [(one.kept.name, one.says) for one in kept] == [("Minutes.pdf", "That it was agreed")]
    person.clicks("Take out the chosen file")
    with person.database.read() as reader:
        assert reader.all(Attachment) == ()


def test_a_file_with_a_patients_number_asks_for_a_reason(
    person: Person, tmp_path: Path, chosen: Chosen
) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.turns_to("Files")
    chosen(written(tmp_path / "Letter.txt", f"NHS no {NUMBER}".encode()))
    person.clicks("Add file… to this entry")
    assert person.sees("“The file” holds what looks like an NHS number (xxx xxx 71xx)")
    person.clicks("Keep “the file”, because…")
    person.types("the guidance's own example")
    person.presses("Return")
    assert last_label(person).endswith(
        "(kept although it looks like an NHS number: the guidance's own example)"
    )
    assert not [
        one for one in person.window.findChildren(QPushButton) if one.isVisible() and "because" in one.text()
    ]
