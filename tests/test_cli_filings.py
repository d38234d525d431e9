"""The register of filings without a window."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Command, refused


def test_the_register_tells_what_is_due_and_shows_what_came_back(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    said = nhsdesk("filings", sample)
    assert said.code == 0
    assert "Late by" in said.out
    assert "ARRS monthly claim, October 2026 (due: not known; for NHS South Riverside London ICB)" in said.out
    target = tmp_path / "Claim.xlsx"
    nhsdesk("return", "arrs-claim", sample, "--period", "2026-10", "--out", target, "--acknowledge")
    told = nhsdesk("filings", sample).out
    (line,) = [one for one in told.splitlines() if "ARRS monthly claim, October 2026" in one]
    assert "Sent" in line
    ref = line.split()[0]
    assert "byte for byte" in nhsdesk("came-back", sample, ref, target).out
    assert "is not the reference of a filing" in refused(nhsdesk("came-back", sample, "C-001", target))


def test_what_is_due_is_entered_once(nhsdesk: Command, sample: Path) -> None:
    assert not nhsdesk("filings", sample, "--enter").out.startswith("0")
    assert nhsdesk("filings", sample, "--enter").out.startswith("0 filings entered.")
