"""A register out to a spreadsheet and back, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk import cli_registers  # noqa: F401 - it adds its commands
from tests.conftest import Command, refused


def edit(path: Path, heading: str, value: Any) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    at = next(cell.column for cell in sheet[4] if cell.value == heading)
    sheet.cell(5, at).value = value
    book.save(path)


def test_a_register_is_exported_previewed_and_brought_back(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "Commitments.xlsx"
    said = nhsdesk("export", "commitments", sample, "--out", out, "--words", "footprint")
    assert (said.code, said.out) == (0, f"{out}: 1 commitment.\n")
    assert nhsdesk("import", out, sample).out == "1 row, no change.\nNothing was written.\n"
    edit(out, "What", "Said in Excel")
    preview = nhsdesk("import", out, sample, "--preview").out
    assert preview.startswith("Row 5, C-003: What: ")
    assert preview.endswith(" → Said in Excel\nNothing was written.\n")
    assert nhsdesk("import", out, sample).out.endswith("1 commitment changed or added.\n")
    assert "Bring commitments back from a file" in nhsdesk("undo", sample).out


def test_what_was_changed_on_both_sides_is_told_and_taken_when_said(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "First.xlsx", tmp_path / "Second.xlsx"
    for out, words in ((first, "First"), (second, "Second")):
        nhsdesk("export", "commitment", sample, "--out", out, "--words", "footprint")
        edit(out, "What", words)
    nhsdesk("import", first, sample)
    said = nhsdesk("import", second, sample).out
    assert "What was changed on both sides: here First, in the file Second; left as it is here" in said
    assert said.endswith("Nothing was written.\n")
    assert nhsdesk("import", second, sample, "--overwrite").out.endswith("1 commitment changed or added.\n")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_every_column_goes_out_when_asked_for(
    nhsdesk: Command, sample: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"Posts{ending}"
    said = nhsdesk("export", "ARRS posts", sample, "--out", out, "--every-column")
    assert (said.code, said.err) == (0, "")
    assert nhsdesk("import", out, sample).out.endswith(" rows, no change.\nNothing was written.\n")


def test_a_register_that_is_none_is_refused_in_a_sentence(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    out = tmp_path / "Out.xlsx"
    assert "no register called wishes" in refused(nhsdesk("export", "wishes", sample, "--out", out))
    assert not out.exists()
