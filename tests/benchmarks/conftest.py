"""Ratios measured in one run, against something a reader can check; `make bench` writes them to docs/performance.md."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"

OPENING = """# How fast it is

Machines differ and are noisy, so each figure is a ratio measured in one run against something a reader can check: the
bare library doing only the unavoidable work. `make bench` measures again and rewrites this page. *Must* is what a
figure has to reach, *aim* what it should; each is the best of several runs.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a measured test, what it stands against, and what it has to reach."""

    work: str
    size: str
    ours: str
    against: str
    theirs: str
    must: str
    aim: str


ROWS = (
    Row("start to usable window", "10,000 records", "test_start", "a bare window with the same libraries and rows",
        "test_start_bare", "2 ×", "1.4 ×"),
    Row("open a register", "100,000 rows", "test_open_a_register[100000]", "QTableView over the same ids and rows",
        "test_open_a_register_bare[100000]", "2 ×", "1.2 ×"),
    Row("open a register", "10,000 rows", "test_open_a_register[10000]", "QTableView over the same ids and rows",
        "test_open_a_register_bare[10000]", "2 ×", "1.2 ×"),
    Row("type in the filter", "so many rows", "test_type_in_the_filter", "", "", "under 100 ms", "under 16 ms"),
    Row("type in the open actions", "10,000 actions", "test_type_in_the_open_actions", "", "", "under 100 ms",
        "under 50 ms"),
    Row("narrow actions by BRAG", "10,000 actions", "test_narrow_actions_by_brag", "", "", "under 100 ms",
        "under 16 ms"),
    Row("save one edit", "1 field", "test_save_one_edit", "the same UPDATE through bare sqlcipher3, same settings",
        "test_save_one_edit_bare", "3 ×", "2 ×"),
    Row("adopt a workforce file", "39,940 rows", "test_adopt_a_workforce_file", "csv.reader and executemany",
        "test_adopt_a_workforce_file_bare", "4 ×", "2.5 ×"),
    Row("apply a tracker as one step", "5,000 rows", "test_apply_a_tracker_as_one_step",
        "csv.reader and executemany into the same table", "test_apply_a_tracker_bare", "12 ×", "8 ×"),
    Row("write a native return", "10,000 lines", "test_write_a_native_return[10000]",
        "openpyxl write-only with the same cells, unstyled", "test_write_a_native_return_bare[10000]", "1.5 ×",
        "1.1 ×"),
    Row("write a native return", "1,000 lines", "test_write_a_native_return[1000]",
        "openpyxl write-only with the same cells, unstyled", "test_write_a_native_return_bare[1000]", "1.5 ×",
        "1.1 ×"),
    Row("compile a board briefing", "20 pages with charts", "test_print_a_board_briefing[20]",
        "bare reportlab with the same words and tables", "test_print_a_board_briefing_bare[20]", "2 ×", "1.3 ×"),
    Row("compile a board briefing", "200 pages with charts", "test_print_a_board_briefing[200]",
        "bare reportlab with the same words and tables", "test_print_a_board_briefing_bare[200]", "2 ×", "1.3 ×"),
    Row("undo that tracker", "5,000 rows", "test_undo_a_tracker", "applying it", "test_apply_a_tracker_as_one_step",
        "1.5 ×", "1 ×"),
    Row("merge two copies", "10,000 changes each", "test_exchange[10000]", "applying 20,000 changes",
        "test_applying_the_same_changes_in_one_file[10000]", "2 ×", "1.2 ×"),
    Row("search everything", "100,000 records", "test_search", "", "", "under 100 ms", "under 30 ms"),
    Row("work out claims", "39,940 posts, 12 months", "test_the_engine_alone",
        "LibreOffice with a sheet of the same formula: 7.5 s where it was installed",
        "test_the_same_formula_in_libreoffice", "1 ×", "0.3 ×"),
    Row("work out claims from records", "39,940 posts, 12 months", "test_a_year_of_england",
        "LibreOffice with a sheet of the same formula: 7.5 s where it was installed",
        "test_the_same_formula_in_libreoffice", "1 ×", "0.3 ×"),
    Row("fill a commissioner's workbook", "a real return of 20 sheets", "test_fill_a_return",
        "openpyxl loading and saving it", "test_fill_a_return_bare", "0.1 ×", "0.025 ×"),
)  # fmt: skip


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    session = getattr(config, "_benchmarksession", None)
    found = {one.name: float(one.stats.min) for one in session.benchmarks} if session is not None else {}
    if not found:
        return
    page = _page(found, _memory(terminalreporter))
    terminalreporter.write_line("")
    terminalreporter.write_line(page)
    if os.environ.get("NHSDESK_WRITE_PERFORMANCE"):
        PAGE.write_text(page + _below(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def _below(page: str) -> str:
    """What stands under headings of its own below the table: it is not measured here, and stays."""
    at = page.find("\n## ")
    return page[at:] if at >= 0 else ""


def _memory(terminalreporter: pytest.TerminalReporter) -> str:
    for report in terminalreporter.getreports("passed"):
        if said := dict(report.user_properties).get("memory"):
            return str(said)
    return "not measured"


def _page(found: dict[str, float], memory: str) -> str:
    heading = ("work", "size", "against, in the same run", "measured", "must", "aim")
    lines = [" | ".join(heading), " | ".join("---" for _ in heading)]
    for row in ROWS:
        for name, seconds in found.items():
            asked = name.removeprefix(row.ours)
            if name == row.ours or (not row.theirs and asked.startswith("[") and name.startswith(row.ours)):
                lines.append(" | ".join(_cells(row, asked, seconds, found)))
    cells = ("memory, window open", "100,000 rows", "the bare window", memory, "+ 150 MB", "+ 60 MB")
    lines.append(" | ".join(cells))
    now = datetime.now(UTC)
    where = f"Measured on {now.day} {now:%B %Y}, Python {platform.python_version()}, {os.cpu_count()} cores."
    return OPENING + "\n".join(lines) + f"\n\n{where}\n"


def _cells(row: Row, asked: str, seconds: float, found: dict[str, float]) -> tuple[str, ...]:
    theirs = found.get(row.theirs)
    measured = _time(seconds) if theirs is None else f"{_ratio(seconds / theirs)} × ({_time(seconds)})"
    return (
        f"{row.work} {asked}".strip(),
        row.size,
        row.against or "no comparison",
        measured,
        row.must,
        row.aim,
    )


def _ratio(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio >= 0.3 else f"{ratio:.3f}"


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
