"""The evidence card says what runs out and what is met without evidence, and makes the pack."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.evidence_panel import EvidencePanel
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.evidence import Evidence
from tests.desktop.desk_side import Person


@pytest.fixture
def panel(newcomer: Person) -> Iterator[EvidencePanel]:
    assert newcomer.window.desk is not None
    made = EvidencePanel(newcomer.window.desk)
    made.resize(600, 500)
    made.show()
    made.refresh()
    yield made
    made.close()


def said(panel: EvidencePanel) -> str:
    return " ".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def pressed(panel: EvidencePanel, words: str) -> None:
    next(one for one in panel.findChildren(QPushButton) if one.text() == words).click()


def test_an_empty_card_says_what_belongs_there(panel: EvidencePanel) -> None:
    assert "No evidence is kept yet." in said(panel)
    assert not next(one for one in panel.findChildren(QPushButton)).isEnabled()


def test_it_says_what_runs_out_and_what_is_met_without_evidence(
    newcomer: Person, panel: EvidencePanel
) -> None:
    with newcomer.database.change("Fill") as change:
        change.add(Commitment(title="Open on Saturdays", status=Status.MET))
        change.add(Evidence(what="Rota", effective_on=date(2026, 1, 1), expires_on=date(2026, 12, 1)))
        change.add(Evidence(what="Letter", expires_on=date(2026, 11, 1)))
    newcomer.waits()
    assert "2 items kept, 1 running out within 30 days, 1 run out." in said(panel)
    table = panel._list
    assert [table.item(row, 0).text() for row in range(table.rowCount())] == ["EV-001", "EV-002", "C-001"]  # type: ignore[union-attr]
    wanted: list[object] = []
    assert newcomer.window.desk is not None
    newcomer.window.desk.wanted.connect(lambda kind, id_: wanted.append(kind))
    table.opened.emit(table.key(2))
    assert wanted == ["commitment"]


def test_a_pack_is_made_with_one_button_and_asks_about_a_likely_number(
    newcomer: Person, panel: EvidencePanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "pack.zip"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    with newcomer.database.change("Fill", patient_data_reason="theirs") as change:
        change.add(Evidence(what="About 450 557 7104"))
        change.add(Evidence(what="Secret", restricted=True))
    newcomer.waits()
    pressed(panel, "Make an evidence pack…")
    newcomer.waits()
    assert "xxx xxx 71xx" in said(panel)
    assert not target.exists()
    panel._anyway.setChecked(True)
    pressed(panel, "Make an evidence pack…")
    newcomer.waits()
    assert "pack.zip was written: 1 item, 0 files; 1 restricted item left out." in said(panel)
    with zipfile.ZipFile(target) as package:
        assert package.namelist() == ["index.html", "manifest.csv"]


def test_evidence_has_a_page_among_the_commitments(person: Person) -> None:
    person.goes_to("Commitments", "Evidence")
    assert person.sees("Make an evidence pack…")
    assert person.sees("2 items kept, 0 running out within 30 days, 0 run out.")
