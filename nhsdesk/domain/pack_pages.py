"""The pages that go out with a zip of files: an index for any browser, and separated text for spreadsheets.

The same words are the same bytes: nothing here asks a clock or an order that could change.
"""

from __future__ import annotations

import csv
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from urllib.parse import quote

from nhsdesk.domain.kept_files import seen, size_words

_STYLE = (
    "body{font:1rem/1.5 Arial,sans-serif;color:#212b32;background:#fff;margin:2rem}main{max-width:75rem}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #768692;padding:.4rem .6rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}caption{text-align:left;font-weight:bold;padding:.5rem 0}"
    "a{color:#005eb8}"
)
_WORKED_OUT = tuple("=+-@＝＋－＠")


@dataclass(frozen=True, slots=True)
class FileLink:
    """A cell that leads to a file of the zip."""

    path: str
    name: str
    size: int


Cell = str | FileLink


def index(
    title: str, network: str, told: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> str:
    """A page that opens without a network, and holds nothing but words and links to the files.

    The first cell of a row is its heading.
    """
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en-GB"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_said(title)}: {_said(network)}</title>",
            f"<style>{_STYLE}</style></head><body><main>",
            f"<h1>{_said(title)}</h1>",
            f"<p><strong>{_said(network)}</strong></p>",
            *(f"<p>{_said(words)}</p>" for words in told),
            *_table(headings, rows),
            "</main></body></html>",
            "",
        )
    )


def separated(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as separated text. No cell is one a spreadsheet would work out."""
    out = StringIO(newline="")
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow(headings)
    for row in rows:
        written.writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: str) -> str:
    """Words that a spreadsheet would take for a formula begin with an apostrophe instead."""
    words = seen(cell)
    return f"'{words}" if words.startswith(_WORKED_OUT) else words


def _table(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    if not rows:
        yield "<p>There is nothing in it.</p>"
        return
    yield "<table><caption>What is in it</caption><thead><tr>"
    yield "".join(f'<th scope="col">{_said(name)}</th>' for name in headings)
    yield "</tr></thead><tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{_cell(one)}</td>" for one in others)
        yield f'<tr><th scope="row">{_cell(first)}</th>{cells}</tr>'
    yield "</tbody></table>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _said(cell)
    return f'<a href="{quote(cell.path)}">{_said(cell.name)}</a> ({size_words(cell.size)})'


def _said(words: str) -> str:
    return html.escape(seen(words))
