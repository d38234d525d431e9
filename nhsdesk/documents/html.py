"""Writes a report as one page for a browser, with nothing outside it: the copy beside each printed paper.

It says the same words in the same order as the PDF, with headings, lists and tables that software can read out, and
charts drawn in it with what they show. It holds no scripts and fetches nothing. What people typed is never a tag. It is
well-formed as XML too, so that any strict reader takes it. The same report gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from nhsdesk.documents import svg_chart, theme
from nhsdesk.documents.marks import NUMBER, STANDS, TOLD, without_marks
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Chart,
    Column,
    Grid,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Section,
    Table,
    Timeline,
    cell_words,
)
from nhsdesk.documents.word_parts import figure_of, parts_of
from nhsdesk.domain.periods import day_words

GENERATOR = '<meta name="generator" content="nhsdesk"/>'
"""Stands in every page we write, so that ours can be told from somebody else's."""

NO_ENTRIES = "No entries."

_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")

_STYLE = f"""
body {{ max-width: 60em; margin: 2em auto; padding: 0 1em; color: {theme.TEXT}; background: #FFFFFF;
  font: 1.1875em/1.5 Arial, sans-serif; text-align: left; overflow-wrap: anywhere; }}
h1, h2 {{ color: {theme.BLUE}; line-height: 1.25; }}
a {{ color: {theme.BLUE}; }}
.mark {{ color: {theme.DARK_BLUE}; font-weight: bold; text-align: center; }}
.quiet, footer {{ color: {theme.SECONDARY}; }}
.struck {{ color: {theme.TEXT}; background: {theme.TEXT}; }}
.table {{ overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 0 0 1.5em; }}
caption, figcaption {{ font-weight: bold; text-align: left; padding: 0.25em 0; }}
th, td {{ border-bottom: 1px solid {theme.RULE}; padding: 0.25em 0.5em; text-align: left; vertical-align: top; }}
thead th {{ background: {theme.PALE}; }}
tbody th {{ font-weight: normal; }}
.amount {{ text-align: right; }}
figure {{ margin: 1em 0; }}
svg {{ max-width: 100%; height: auto; }}
@media print {{ body {{ font-size: 12pt; margin: 0; }} thead {{ display: table-header-group; }} }}
"""


def write(report: Report) -> bytes:
    """The whole report as a page in UTF-8."""
    words = "\n".join(_page(report))
    return _led(words, {one.number for one in report.figures}).encode()


def _page(report: Report) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB" xml:lang="en-GB">'
    yield '<head><meta charset="utf-8"/>'
    yield f"<title>{_plain(report.title) or 'Paper'}</title>"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    yield GENERATOR
    yield """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>"""
    yield f"<style>{_STYLE}</style></head>"
    yield "<body><main>"
    if report.mark.strip():
        yield f'<p class="mark">{_words(report.mark)}</p>'
    yield f"<h1>{_words(report.title)}</h1>"
    for text in (report.subtitle, report.organisation, day_words(report.day)):
        if text.strip():
            yield f"<p>{_words(text)}</p>"
    for number, section in enumerate(report.sections, 1):
        yield from _section(section, f"section-{number}")
    yield "</main>"
    yield f"<footer><p>{_words(report.footer)}</p></footer></body></html>"


def _section(section: Section, key: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{key}"><h2 id="{key}">{_words(section.heading)}</h2>'
    for number, block in enumerate(section.blocks, 1):
        yield from _block(block, f"{key}-{number}")
    yield "</section>"


def _block(block: Block, key: str) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"<p>{_numbered(block.text)}</p>"
        case Bullets():
            if block.items:
                yield f"<ul>{''.join(f'<li>{_numbered(item)}</li>' for item in block.items)}</ul>"
        case Quotation():
            yield f"<blockquote><p>{_words(block.words)}</p>"
            yield f'<p class="quiet">{_words(block.source)}</p></blockquote>'
        case Table():
            yield from _table(block)
        case Chart() | Grid() | Timeline():
            yield from _picture(block, key)


def _table(table: Table) -> Iterator[str]:
    caption = _numbered(table.caption) if table.caption.strip() else ""
    if not table.rows:
        yield f"<p>{caption}</p><p>{NO_ENTRIES}</p>" if caption else f"<p>{NO_ENTRIES}</p>"
        return
    name = _plain(table.caption) if caption else "Table"
    yield f'<div class="table" role="region" tabindex="0" aria-label="{name}"><table>'
    if caption:
        yield f"<caption>{caption}</caption>"
    heads = "".join(f'<th scope="col"{_side(column)}>{_words(column.label)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        words = [
            _numbered(cell_words(value, column)) for value, column in zip(row, table.columns, strict=True)
        ]
        yield f"<tr>{''.join(_cells(words, table.columns))}</tr>"
    yield "</tbody></table></div>"


def _cells(words: list[str], columns: tuple[Column, ...]) -> Iterator[str]:
    for number, (word, column) in enumerate(zip(words, columns, strict=True)):
        if number == 0 and len(columns) > 1:
            yield f'<th scope="row"{_side(column)}>{word}</th>'
        else:
            yield f"<td{_side(column)}>{word}</td>"


def _side(column: Column) -> str:
    return ' class="amount"' if column.kind.counts else ""


def _picture(picture: Picture, key: str) -> Iterator[str]:
    yield f"<figure><figcaption>{_numbered(picture.title)}</figcaption>"
    yield from svg_chart.drawn(picture, key, _plain(picture.title), _plain(picture.says), _plain)
    yield f'</figure><p class="quiet">{_words(picture.says)}</p>'
    yield from _table(picture.numbers)


def _words(text: str) -> str:
    """Words with their links, bars and line breaks."""
    return without_marks(_numbered(text))


def _numbered(text: str) -> str:
    """Words in which the numbers of figures may stand."""
    return "<br/>".join("".join(_parts(line)) for line in _BREAKS.split(text))


def _led(page: str, figures: set[int]) -> str:
    """A page on which each number of a figure leads to where it is told of, and back."""

    def leads(found: re.Match[str]) -> str:
        part = figure_of(found[0])
        if part.figure not in figures:
            return part.words
        return f'<a id="{part.name}" href="#{part.leads}">{part.words}</a>'

    return NUMBER.sub(leads, page)


def _parts(line: str) -> Iterator[str]:
    for part in parts_of(_shown(line)):
        words = escape(part.words)
        if part.address:
            yield f'<a href="{escape(part.address)}">{words}</a>'
        elif part.bar:
            yield f'<span class="struck">{words}</span>'
        elif part.figure:
            yield f"{TOLD if part.told else STANDS}{words}"
        else:
            yield words


def _plain(text: str) -> str:
    """Words on one line, for where no tag may stand."""
    return escape("".join(part.words for part in parts_of(" ".join(_shown(_BREAKS.sub(" ", text)).split()))))


def _shown(text: str) -> str:
    """Without what no page may hold and what would turn the words after it around."""
    return _CONTROLS.sub(
        lambda found: "\ufffd" if found[0] >= "\ud800" and found[0] <= "\udfff" else "", text
    )
