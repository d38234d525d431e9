"""A commissioner's workbook on the command line: kept, looked at, filled."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from nhsdesk import cli_filling  # noqa: F401 - adds its commands
from nhsdesk.commands import workbook_mapping
from nhsdesk.store import record_file
from tests.conftest import Clock, Command


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Summary"
    sheet["B3"] = "Name of PCN"
    path = tmp_path / "Place return.xlsx"
    book.save(path)
    return path


@pytest.fixture
def mapped(nhsdesk: Command, sample: Path, blank: Path, clock: Clock) -> Path:
    said = nhsdesk("keep-workbook", blank, sample, "--name", "Place return", "--edition", "1")
    assert (said.code, said.out) == (
        0,
        "WK-002: Place return is kept. Choose what fills it under Returns and papers, Workbooks to fill.\n",
    )
    with record_file.open_file(sample, "Ann Archer", clock) as held:
        kept = workbook_mapping.named(held, "place RETURN")
        workbook_mapping.map_cell(held, kept.id, "Summary", "C3", fills="Our PCN: name")
    return sample


def test_a_workbook_is_filled_and_kept_as_sent(
    nhsdesk: Command, mapped: Path, blank: Path, tmp_path: Path
) -> None:
    out, before = tmp_path / "Out.xlsx", blank.read_bytes()
    said = nhsdesk("fill", blank, mapped, "--mapping", "WK-002", "--period", "2026-10", "--out", out)
    assert (said.code, said.out) == (0, f"{out}\n")
    assert openpyxl.load_workbook(out)["Summary"]["C3"].value == "Millbrook Green PCN (sample)"
    assert "Place return, October 2026" in nhsdesk("sent", mapped).out
    assert blank.read_bytes() == before


def test_differences_are_told_and_nothing_is_written(nhsdesk: Command, mapped: Path, blank: Path) -> None:
    said = nhsdesk("fill", blank, mapped, "--mapping", "Place return", "--differences")
    assert said.out == "Summary!C3: empty → Millbrook Green PCN (sample)\n1 cell would be written.\n"
    assert nhsdesk("sent", mapped).out == ""


def test_a_draft_is_not_kept(nhsdesk: Command, mapped: Path, blank: Path, tmp_path: Path) -> None:
    out = tmp_path / "Out.xlsx"
    assert nhsdesk("fill", blank, mapped, "--mapping", "Place return", "--draft", "--out", out).code == 0
    assert out.exists()
    assert nhsdesk("sent", mapped).out == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            ("--mapping", "Nothing", "--differences"),
            "no workbook to fill called “Nothing”. There are: Place quarterly return, Place return.",
        ),
        (("--mapping", "Place return"), "Give --out"),
    ],
)
def test_what_cannot_be_done_is_said(
    nhsdesk: Command, mapped: Path, blank: Path, given: tuple[str, ...], said: str
) -> None:
    told = nhsdesk("fill", blank, mapped, *given)
    assert told.code != 0
    assert said in told.err


def test_the_blank_is_never_written_over(nhsdesk: Command, blank: Path, tmp_path: Path) -> None:
    before = blank.read_bytes()
    target = tmp_path / "." / blank.name
    told = nhsdesk("fill", blank, tmp_path / "Ours.nhsdesk", "--mapping", "Place return", "--out", target)
    assert told.code != 0
    assert "Place return.xlsx is the blank workbook, and was left as it is." in " ".join(told.err.split())
    assert blank.read_bytes() == before
