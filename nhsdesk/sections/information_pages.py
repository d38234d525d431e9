"""The pages of a redacted bundle, made of its facts: what is disclosed, the schedule, an index and a manifest.

    parts = pages(facts, files)       each file of the bundle by name, in the order of the zip

The facts hold nothing that is struck out, so no page can: neither its words nor its properties nor its name.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from nhsdesk.documents import pdf, xlsx
from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Report, Section, Sheet, Table, Workbook
from nhsdesk.domain import pack_pages
from nhsdesk.domain.pack_pages import Cell, FileLink
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.redaction import Becomes
from nhsdesk.sections import heading
from nhsdesk.sections.information_bundle import EntryFacts, Facts, Row

INDEX, MANIFEST, DISCLOSED, SCHEDULE = "index.html", "manifest.csv", "disclosed.pdf", "schedule.xlsx"
HEADINGS = ("Number", "Our reference", "What it is", "What became of it", "Ground", "File")

Parts = tuple[tuple[str, bytes], ...]


def pages(facts: Facts, files: Parts) -> Parts:
    """The whole bundle."""
    made: Parts = (
        (DISCLOSED, pdf.write(disclosed(facts))),
        (SCHEDULE, xlsx.write(schedule(facts))),
        *files,
    )
    sizes = {name: len(content) for name, content in made}
    parts: Parts = ((INDEX, index(facts, sizes).encode()), *made)
    return (*parts, (MANIFEST, manifest(parts).encode("utf-8-sig")))


def disclosed(facts: Facts) -> Report:
    """The entries that are disclosed, each under a heading of its own."""
    head = facts.heading
    sections = [Section("Your request", (Bullets(_asked(facts)), Paragraph(_in_short(facts))))]
    sections += [_section(one) for one in facts.entries]
    title = f"Information disclosed, request {facts.request}"
    return heading.report(head, facts, title, f"Under {facts.law}", sections)


def schedule(facts: Facts) -> Workbook:
    """What was found, what was disclosed, struck out or withheld, and why."""
    head = facts.heading
    table = Table("Schedule", tuple(map(Column, HEADINGS)), tuple(_cells(row) for row in facts.rows))
    return Workbook(
        title=f"Schedule of what was found, request {facts.request}",
        subject=f"Request {facts.request} under {facts.law}",
        author=head.network,
        created=head.made_at,
        cover=(*_asked(facts), _in_short(facts)),
        sheets=(
            Sheet(
                "Schedule", "What was found", "This worksheet holds one table: a line for each item.", table
            ),
        ),
        notes=_notes(),
        mark=head.mark,
    )


def index(facts: Facts, sizes: dict[str, int]) -> str:
    """A page to begin with, in any browser."""
    head = facts.heading
    title = f"{head.mark} Information disclosed, request {facts.request}".strip()
    told = (
        *_asked(facts),
        _in_short(facts),
        *_notes(),
        f"The fingerprint (SHA-256) of each file is in {MANIFEST}.",
    )
    rows: list[tuple[Cell, ...]] = [
        ("", "", "All entries that are disclosed", "", "", FileLink(DISCLOSED, DISCLOSED, sizes[DISCLOSED])),
        ("", "", "Schedule of what was found", "", "", FileLink(SCHEDULE, SCHEDULE, sizes[SCHEDULE])),
    ]
    rows += [(*_cells(row)[:-1], _link(row, sizes)) for row in facts.rows]
    return pack_pages.index(title, head.network, told, HEADINGS, rows)


def manifest(parts: Parts) -> str:
    """Each file of the bundle but this one, with its size and fingerprint."""
    rows = [(name, str(len(content)), hashlib.sha256(content).hexdigest()) for name, content in parts]
    return pack_pages.separated(("File", "Size in bytes", "SHA-256"), rows)


def in_short(facts: Facts) -> str:
    """What became of everything, for a status line: "4 items: 2 disclosed, 1 disclosed in part, 1 withheld"."""
    counts = Counter(row.became.lower() for row in facts.rows)
    told = ", ".join(f"{number:,} {became}" for became, number in counts.items())
    return f"{len(facts.rows):,} {'item' if len(facts.rows) == 1 else 'items'}: {told or 'nothing'}"


# ---- inside


def _asked(facts: Facts) -> tuple[str, ...]:
    return (
        f"What is asked for: {facts.what}",
        f"Under: {facts.law}. Received on {day_words(facts.received)}.",
        *(f"Searched: {one}" for one in facts.searches),
    )


def _in_short(facts: Facts) -> str:
    withheld = Counter(row.why for row in facts.rows if row.became == Becomes.WITHHELD.words)
    why = ". ".join(f"Withheld on the ground of {ground}: {number:,}" for ground, number in withheld.items())
    return f"{in_short(facts)}.{f' {why}.' if why else ''}"


def _notes() -> tuple[str, ...]:
    return (
        "A black bar stands where words are struck out, whatever their length; behind it is the ground. The words are "
        "not in these files.",
        "What is withheld is counted, with its ground, and not described.",
    )


def _section(one: EntryFacts) -> Section:
    lines: tuple[Block, ...] = tuple(Paragraph(f"{line.label}: {line.words}") for line in one.lines)
    return Section(f"{one.number}. {one.kind} {one.ref}: {one.title}", lines)


def _cells(row: Row) -> tuple[str, ...]:
    return str(row.number), row.ref, row.what, row.became, row.why, row.file


def _link(row: Row, sizes: dict[str, int]) -> Cell:
    if row.file not in sizes:
        return ""
    return FileLink(row.file, row.file.rpartition("/")[2], sizes[row.file])
