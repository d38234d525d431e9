"""The sample's made-up workbook is filled from the sample without anything that must be put right."""

from __future__ import annotations

from pathlib import Path

from nhsdesk.commands import filling, papers, workbook_mapping
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.store import record_file
from tests.conftest import Clock


def test_it_is_filled_from_the_sample(sample: Path, clock: Clock) -> None:
    with record_file.open_file(sample, "Ann Archer", clock) as database:
        workbook = workbook_mapping.named(database, "Place quarterly return")
        made = filling.prepare(database, workbook, papers.asked_of(database, Month(2026, 10), None))
    new = {(one.sheet, one.cell): one.new for one in made.differences}
    assert (new["Summary", "B4"], new["Summary", "B8"]) == ("Millbrook Green PCN (sample)", 6)
    assert new["Commitments", "A5"] == "C-001"
    assert [one.sentence for one in made.problems if one.weight is Weight.MUST_FIX] == []
