"""How long it takes to fill a commissioner's workbook: a real government return of 20 sheets, cells on six of them."""

from __future__ import annotations

import warnings
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nhsdesk.documents import template
from nhsdesk.documents.template import Filled, Value
from tests.conftest import SHARED_DATA

BLANK = SHARED_DATA / "templates" / "TF_Round_4_Success.xlsx"
CELLS: dict[tuple[str, str], Value] = {
    ("2 - Project Admin", "E8"): "Halifax",
    ("4a - Funding Profiles", "E20"): 5,
    ("5 - Project Outputs", "E216"): 7,
    ("6 - Outcomes", "D22"): "Investment",
    ("7 - Risk Register", "C12"): "Recruitment stops",
    ("7 - Risk Register", "D12"): "Environment",
    ("8 - Review & Sign-Off", "C10"): date(2026, 11, 20),
}


@pytest.fixture(scope="module")
def content() -> bytes:
    if not BLANK.is_file():
        pytest.skip(f"the return is not at {BLANK}")
    return BLANK.read_bytes()


def filled(content: bytes) -> Filled:
    return template.fill(content, BLANK.name, CELLS)


def loaded_and_saved(content: bytes) -> bytes:
    """The same cells through openpyxl, which loses what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(content))
    for (sheet, ref), value in CELLS.items():
        cell = book[sheet][ref]
        if not isinstance(cell, openpyxl.cell.MergedCell):
            cell.value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.benchmark(group="fill a commissioner's workbook")
def test_fill_a_return(benchmark: BenchmarkFixture, content: bytes) -> None:
    measured: Any = benchmark
    done = measured.pedantic(filled, args=(content,), rounds=5, warmup_rounds=1)
    assert len({one.sheet for one in done.differences}) >= 4


@pytest.mark.benchmark(group="fill a commissioner's workbook")
def test_fill_a_return_bare(benchmark: BenchmarkFixture, content: bytes) -> None:
    measured: Any = benchmark
    measured.pedantic(loaded_and_saved, args=(content,), rounds=2)
