"""What goes out with an evidence pack: a manifest for spreadsheets and an index page, both made of the same facts.

The same facts are the same words: nothing here asks a clock or an order that could change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.domain import pack_pages
from nhsdesk.domain.pack_pages import Cell, FileLink
from nhsdesk.domain.periods import day_words

MANIFEST = "manifest.csv"
INDEX = "index.html"
FOLDER = "files"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence as the pack tells of it. `file` is its name in the pack; empty where it is not in it."""

    ref: str
    what: str
    standing: str
    held_from: date | None = None
    filed: date | None = None
    runs_out: date | None = None
    proves: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""
    size: int = 0
    not_in_it: str = ""
    """Why there is no file, or where it is instead."""


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a pack tells: whose it is, for whom, as at when, what is in it, and how many were left out."""

    network: str
    audience: str
    as_at: date
    items: tuple[Item, ...]
    left_out: int = 0
    mark: str = ""


HEADINGS = (
    "Reference", "What it is", "File", "SHA-256", "Size in bytes", "Holds from", "Filed on", "Runs out on", "Standing",
    "Proves", "Where it is instead",
)  # fmt: skip


def manifest(pack: Pack) -> str:
    """One row for each item, as separated text."""
    return pack_pages.separated(HEADINGS, map(_cells, pack.items))


def _cells(item: Item) -> tuple[str, ...]:
    return (
        item.ref, item.what, item.file and f"{FOLDER}/{item.file}", item.sha256, str(item.size or ""),
        _iso(item.held_from), _iso(item.filed), _iso(item.runs_out), item.standing, "; ".join(item.proves),
        item.not_in_it,
    )  # fmt: skip


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def index(pack: Pack) -> str:
    """A page that opens in any browser without a network."""
    title = f"{pack.mark} Evidence pack".strip()
    told = [
        f"{_counted(len(pack.items), 'item')}, as at {day_words(pack.as_at)}, for: {pack.audience}.",
        *([f"{_counted(pack.left_out, 'restricted item')} left out."] if pack.left_out else []),
        f"The fingerprint (SHA-256) of each file is in {MANIFEST}.",
    ]
    return pack_pages.index(title, pack.network, told, _COLUMNS, [_row(item) for item in pack.items])


_COLUMNS = ("Reference", "What it is", "File", "Holds from", "Filed on", "Runs out on", "Standing", "Proves")


def _row(item: Item) -> tuple[Cell, ...]:
    days = (_day(item.held_from), _day(item.filed), _day(item.runs_out))
    return (item.ref, item.what, _link(item), *days, item.standing, "; ".join(item.proves))


def _link(item: Item) -> Cell:
    return FileLink(f"{FOLDER}/{item.file}", item.file, item.size) if item.file else item.not_in_it


def _day(day: date | None) -> str:
    return "not yet known" if day is None else day_words(day)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
