"""What goes out with an evidence pack: a manifest for spreadsheets and an index page, both made of the same facts.

The same facts are the same words: nothing here asks a clock or an order that could change.
"""

from __future__ import annotations

import csv
import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from urllib.parse import quote

from nhsdesk.domain.kept_files import seen, size_words
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
    """One row for each item, as separated text. No cell is one a spreadsheet would work out."""
    out = StringIO(newline="")
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow(HEADINGS)
    for item in pack.items:
        cells = (
            item.ref, item.what, item.file and f"{FOLDER}/{item.file}", item.sha256, str(item.size or ""),
            _iso(item.held_from), _iso(item.filed), _iso(item.runs_out), item.standing, "; ".join(item.proves),
            item.not_in_it,
        )  # fmt: skip
        written.writerow([_plain(cell) for cell in cells])
    return out.getvalue()


_WORKED_OUT = tuple("=+-@＝＋－＠")


def _plain(cell: str) -> str:
    """Words that a spreadsheet would take for a formula begin with an apostrophe instead."""
    words = seen(cell)
    return f"'{words}" if words.startswith(_WORKED_OUT) else words


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def index(pack: Pack) -> str:
    """A page that opens in any browser without a network, and holds nothing but words and links to the files."""
    title = f"{pack.mark} Evidence pack".strip()
    told = [
        f"{_counted(len(pack.items), 'item')}, as at {day_words(pack.as_at)}, for: {pack.audience}.",
        *([f"{_counted(pack.left_out, 'restricted item')} left out."] if pack.left_out else []),
        f"The fingerprint (SHA-256) of each file is in {MANIFEST}.",
    ]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en-GB"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_said(title)}: {_said(pack.network)}</title>",
            f"<style>{_STYLE}</style></head><body><main>",
            f"<h1>{_said(title)}</h1>",
            f"<p><strong>{_said(pack.network)}</strong></p>",
            *(f"<p>{_said(words)}</p>" for words in told),
            *_table(pack.items),
            "</main></body></html>",
            "",
        )
    )


_STYLE = (
    "body{font:1rem/1.5 Arial,sans-serif;color:#212b32;background:#fff;margin:2rem}main{max-width:75rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #768692;padding:.4rem .6rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}caption{text-align:left;font-weight:bold;padding:.5rem 0}"
    "a{color:#005eb8}"
)
_COLUMNS = ("Reference", "What it is", "File", "Holds from", "Filed on", "Runs out on", "Standing", "Proves")


def _table(items: tuple[Item, ...]) -> Iterable[str]:
    if not items:
        yield "<p>There is nothing in it.</p>"
        return
    yield "<table><caption>What is in it</caption><thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    yield "</tr></thead><tbody>"
    for item in items:
        days = (_day(item.held_from), _day(item.filed), _day(item.runs_out))
        cells = (_said(item.what), _link(item), *days, _said(item.standing), _said("; ".join(item.proves)))
        yield (
            f'<tr><th scope="row">{_said(item.ref)}</th>'
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + "</tr>"
        )
    yield "</tbody></table>"


def _link(item: Item) -> str:
    if not item.file:
        return _said(item.not_in_it)
    where = quote(f"{FOLDER}/{item.file}")
    return f'<a href="{where}">{_said(item.file)}</a> ({size_words(item.size)})'


def _said(words: str) -> str:
    return html.escape(seen(words))


def _day(day: date | None) -> str:
    return "not yet known" if day is None else day_words(day)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
