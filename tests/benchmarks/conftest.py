"""Ratios measured in one run, against something a reader can check; `make bench` writes them to docs/performance.md."""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"

OPENING = """# How fast it is

Machines differ and are noisy, so each figure is a ratio measured in one run against something a reader can check: the
bare library doing only the unavoidable work. `make bench` measures again and rewrites this page. *Must* is what the
ratio has to reach, *aim* what it should. *Growth* is the cost for one item at full size against that at a tenth.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; seconds, the best of several runs each."""

    work: str
    size: str
    ours: float
    against: str
    theirs: float | None
    must: str
    aim: str
    growth: float | None = None

    def cells(self) -> tuple[str, ...]:
        """As the page shows it."""
        ratio = (
            _time(self.ours)
            if self.theirs is None
            else f"{self.ours / self.theirs:.1f} × ({_time(self.ours)})"
        )
        growth = "" if self.growth is None else f"{self.growth:.2f} ×"
        return self.work, self.size, self.against, ratio, self.must, self.aim, growth


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


@dataclass(slots=True)
class Ledger:
    """Collects the rows of a session."""

    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Keeps a row for the table."""
        self.rows.append(row)


def best(
    work: Callable[[], object], *, prepare: Callable[[], object] | None = None, rounds: int = 5
) -> float:
    """The shortest of several runs, in seconds, with the collector out of the way."""
    times = []
    for _ in range(rounds):
        if prepare is not None:
            prepare()
        gc.collect()
        gc.disable()
        try:
            begun = time.perf_counter()
            work()
            times.append(time.perf_counter() - begun)
        finally:
            gc.enable()
    return min(times)


_LEDGER = Ledger()


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    return _LEDGER


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _LEDGER.rows:
        return
    page = _page()
    terminalreporter.write_line("")
    terminalreporter.write_line(page)
    if os.environ.get("NHSDESK_WRITE_PERFORMANCE"):
        PAGE.write_text(page, encoding="utf-8")


def _page() -> str:
    heading = ("work", "size", "against, in the same run", "measured", "must", "aim", "growth")
    lines = [" | ".join(heading), " | ".join("---" for _ in heading)]
    lines += [" | ".join(row.cells()) for row in _LEDGER.rows]
    now = datetime.now(UTC)
    where = f"Measured on {now.day} {now:%B %Y}, Python {platform.python_version()}, {os.cpu_count()} cores."
    return OPENING + "\n".join(lines) + f"\n\n{where}\n"
