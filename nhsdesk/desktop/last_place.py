"""Where somebody was when the window closed: the tab of a place, the list on it, the entry in front of them.

Kept on this computer under their names, and asked once, when the page is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import FinancialYear

_AT_START = "start.file"


def keep(layout: KeptLayout, what: str, words: str) -> None:
    """Keeps under the name of a place, a page or a kind where one was on it."""
    layout.keep_word(f"last.{what}", words)


def number_of(layout: KeptLayout, what: str, offered: Iterable[str]) -> int:
    """Which of the tabs or lists offered was in front; the first where that one is no longer offered."""
    kept = layout.word(f"last.{what}")
    return next((n for n, words in enumerate(offered) if words == kept), 0)


def entry_of(layout: KeptLayout, kind_name: str) -> Id | None:
    """The entry that was in front in the register of a kind; it may be gone, or of another file."""
    kept = layout.word(f"last.{kind_name}")
    return Id(int(kept)) if kept.isdecimal() and len(kept) < 20 else None


def year_of(layout: KeptLayout, copy: int, today: date) -> FinancialYear:
    """The financial year that pages of a year begin with: the one chosen for a copy, or today's once that is later."""
    kept, this = layout.word(f"year.{copy}"), FinancialYear.of(today)
    return max(this, FinancialYear.parse(kept)) if re.fullmatch(r"20\d\d/\d\d", kept) else this


def keep_year(layout: KeptLayout, copy: int, year: FinancialYear) -> None:
    """Chooses the financial year that a copy's pages begin with."""
    layout.keep_word(f"year.{copy}", str(year))


def file_at_start(layout: KeptLayout) -> Path | None:
    """The PCN file that is to be opened whenever the program starts, if somebody chose one and it is there."""
    kept = layout.word(_AT_START)
    return Path(kept) if kept and Path(kept).is_file() else None


def keep_file_at_start(layout: KeptLayout, path: Path | None) -> None:
    """Chooses which PCN file is opened whenever the program starts; none shows the start page."""
    layout.keep_word(_AT_START, str(path) if path is not None else "")
    layout.write()
