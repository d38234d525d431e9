"""Ten commitments by the keys alone, from a plan that came to the briefing that went out, as the guide tells it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from nhsdesk.desktop import asking
from nhsdesk.domain.commitments import Basis, Commitment, CommitmentKind, QuotationFound
from tests.conftest import Clock
from tests.documents.test_text import pdf
from tests.journeys.conftest import SitsDown
from tests.journeys.guided import Does, follows
from tests.journeys.typist import Typist

MANY = 10
MOST_KEYS = 20
"""For each commitment, beyond typing its words."""

PAGES = [
    (f"Chapter {n}", f"{n}.1 Each PCN gives the board report {n} every quarter", "of the year.")
    for n in range(1, 13)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the plan lies, and where the briefing goes to."""
    plan = tmp_path / "Neighbourhood_plan.pdf"
    plan.write_bytes(pdf(*PAGES))
    monkeypatch.setattr(asking, "choose_existing", lambda *_: plan)
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: tmp_path / name)
    return tmp_path


def test_ten_commitments_go_from_a_plan_to_the_board_as_the_guide_tells(
    sits_down: SitsDown, folder: Path, clock: Clock
) -> None:
    one = sits_down(clock)
    a_new_file(one)
    heading = "Ten commitments from a plan to the board, step by step"
    with follows("commitments.md", heading, one) as step:
        ten_are_marked(one, step)
        duties_rest_on_the_des(one, step)
        with step("Look at the briefing"):
            one.goes_to("Returns and papers")
            one.picks_paper("Place board briefing")
            assert "C-010" in one.on_screen()
            one.tabs_to("Pages of the paper")
        with step("Send it"):
            one.tabs_to_the_one_named("I have read … and send it with …")
            one.presses("Space")
            one.presses_the_button("Save as sent…")
    (path,) = folder.glob("Place board briefing *.pdf")
    assert one.kept() == {"place-board": path.read_bytes()}
    the_briefing_has_them(path)


def a_new_file(one: Typist) -> None:
    one.presses("Return")
    one.fills("Or type your PCN's name", "Eastfield PCN")
    one.presses_the_button("Make the PCN file")
    one.waits(lambda: one.window.desk is not None)


def ten_are_marked(one: Typist, step: Does) -> None:
    with step("Take the plan in"):
        one.goes_to("Commitments", "Read a document")
        one.presses_the_button("Take in a document…")
    with step("Mark a sentence, and make a commitment of it"):
        for n in range(1, MANY + 1):
            before = one.keys_that_type_nothing
            mark(one, n)
            assert one.keys_that_type_nothing - before <= MOST_KEYS
    made = [held for held in one.holds(Commitment) if isinstance(held, Commitment)]
    assert [held.locator for held in made] == [f"p{n}" for n in range(1, MANY + 1)]
    assert {held.quotation_found for held in made} == {QuotationFound.THERE}
    assert [held.quotation for held in made] == [
        f"Each PCN gives the board report {n} every quarter" for n in range(1, MANY + 1)
    ]


def kind_of(n: int) -> CommitmentKind | None:
    """Duties and asks in turn; of the last nobody knows yet what it is."""
    if n == MANY:
        return None
    return CommitmentKind.DUTY if n % 2 else CommitmentKind.ASK


def mark(one: Typist, n: int) -> None:
    one.presses("Ctrl+F")
    one.arrives_at("Find in this document")
    one.types(f"Each PCN gives the board report {n}")
    one.presses("Return")
    one.tabs_to("Text of the page")
    one.presses("Shift+End", "Return")
    one.arrives_at("What")
    one.types(f"Report {n} to the board")
    one.fills("Who wants it", "Place board")
    one.fills("By when", "30/1")
    kind = one.tabs_to("Kind")
    assert isinstance(kind, QComboBox)
    is_, words = kind_of(n), kind.currentText
    while is_ is not None and words() != is_.words:
        one.presses("Down")
    one.presses("Return")


def duties_rest_on_the_des(one: Typist, step: Does) -> None:
    with step("Say what the duties rest on, once for all of them"):
        one.goes_to("Commitments", "Commitments")
        one.presses("Return", "Ctrl+F")
        one.arrives_at("Filter commitments by words")
        one.types("contract duty")
        one.tabs_to_the_list("Commitments")
        one.presses("Ctrl+A")
        one.presses_the_button("Change for all chosen")
        one.arrives_at("Field to change")
        which = QApplication.focusWidget()
        assert isinstance(which, QComboBox)
        while which.currentText() != "Rests on":
            one.presses("Down")
        one.fills("Rests on", "Network Contract DES")
        one.presses_the_button("Change 5 commitments")
    rests = {held.kind: held.basis for held in one.holds(Commitment) if isinstance(held, Commitment)}
    assert rests == {CommitmentKind.DUTY: Basis.DES, CommitmentKind.ASK: None, None: None}


def the_briefing_has_them(path: Path) -> None:
    document = pdfium.PdfDocument(path.read_bytes())
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    for n in range(1, MANY + 1):
        assert f"Report {n} to the board" in text
        # The words and their page; between them a sheet may end, with its foot and the next one's head.
        assert re.search(
            rf"report {n} every quarter.{{0,400}}?\bp{n}\b|\bp{n}\b.{{0,400}}?report {n} every", text
        )
    assert text.count("Required by Network Contract DES") >= 1
