"""A briefing as somebody composed it: arranged, with words of one's own, marked; and the sheet of what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nhsdesk.documents import tracing
from nhsdesk.documents.marks import without_marks
from nhsdesk.documents.model import Block, Bullets, Column, Paragraph, Report, Section, Table
from nhsdesk.domain import composing
from nhsdesk.domain.composed import Draft
from nhsdesk.domain.composing import Arranged, Composition, Offered, Placed
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.sections.apart import NOT_MADE
from nhsdesk.sections.restricted import WORDS as WITHHELD

LEFT_OUT = "What was left out"


def offered(report: Report) -> tuple[Offered, ...]:
    """The sections a paper has."""
    return tuple(Offered(one.heading, one.own_board, one.private_until) for one in report.sections)


def arrangement(report: Report, composed: Composition) -> Arranged:
    """Which of them are printed, in which order."""
    return composing.arranged(
        offered(report), composed.chosen, own_board=composed.own_board, day=composed.made_on
    )


def arranged(report: Report, composed: Composition) -> Report:
    """The paper in the order chosen, under its own title, marked with its version, and private where it is."""
    placed = arrangement(report, composed).printed
    marks = [report.mark] if report.mark else []
    marks += [composing.DRAFT] if composed.draft is Draft.DRAFT and composing.DRAFT not in report.mark else []
    marks += [composed.watermark] if composed.watermark else []
    return replace(
        report,
        title=composed.title,
        subtitle=f"{_for(composed)}{report.subtitle}",
        sections=tuple(_of_what_is_printed(report, report.sections[one.place], placed) for one in placed),
        footer=f"{report.footer} {composed.version_words}.",
        mark=" ".join(marks),
        watermark=composed.watermark,
    )


def _of_what_is_printed(report: Report, section: Section, placed: tuple[Placed, ...]) -> Section:
    """A section without its points about sections that are left out, and without the figures in those."""
    printed = {report.sections[one.place].heading for one in placed}
    gone = {one.heading for one in report.sections} - printed
    if not gone & set(section.tells_of):
        return section
    blocks = tuple(
        Bullets(tuple(item for item, of in zip(block.items, section.tells_of, strict=True) if of not in gone))
        if isinstance(block, Bullets)
        else block
        for block in section.blocks
    )
    left = replace(section, blocks=blocks)
    return replace(left, figures=tuple(one for one in section.figures if tracing.stands(left, one)))


def of_what_is_there(report: Report) -> Report:
    """The paper without words that speak of a section it does not have."""
    there = {one.heading for one in report.sections if NOT_MADE not in one.blocks}
    sections = (
        replace(
            section,
            blocks=tuple(
                block
                for block in section.blocks
                if not isinstance(block, Paragraph) or not block.needs or block.needs in there
            ),
        )
        for section in report.sections
    )
    return replace(report, sections=tuple(sections))


def _for(composed: Composition) -> str:
    if not composed.body:
        return ""
    met = f", {day_words(composed.met_on)}" if composed.met_on is not None else ""
    return f"For {composed.body}{met}. "


def with_own_words(whole: Report, report: Report, composed: Composition) -> Report:
    """The arranged paper with the words of one's own around its sections; what was added at its back stays there."""
    placed = arrangement(whole, composed).printed
    own = tuple(
        replace(
            section, blocks=(*_paragraphs(one.chosen.before), *section.blocks, *_paragraphs(one.chosen.after))
        )
        for section, one in zip(report.sections, placed, strict=False)
    )
    return replace(report, sections=(*own, *report.sections[len(own) :]))


def _paragraphs(words: str) -> tuple[Block, ...]:
    """An empty line begins a further paragraph."""
    own = without_marks(words)
    return tuple(Paragraph(part.strip()) for part in own.split("\n\n") if part.strip())


def own_words(composed: Composition) -> Iterator[tuple[str, str]]:
    """The words of one's own: the title, and those with a section, by its heading."""
    yield "Title", composed.title
    for one in composed.chosen:
        if one.worded:
            yield one.heading, f"{one.before}\n{one.after}"


def problems(report: Report, composed: Composition) -> Iterator[Problem]:
    """Words of one's own that are not printed with their section, and what is left out and told all the same."""
    found = arrangement(report, composed)
    if not found.printed:
        yield Problem(
            "Every section is left out, so there is nothing to send. Switch one on, or give a day from which its "
            "readers may read it.",
            Weight.MUST_FIX,
        )
    for one in found.absent:
        if one.worded:
            yield Problem(
                f"“{one.heading}” is not in this paper now, so your own words with it are not printed.",
                Weight.ACKNOWLEDGE,
            )
    for left in found.left_out:
        if left.chosen.worded:
            yield Problem(
                f"“{left.chosen.heading}” is left out ({left.why}), and your own words with it.",
                Weight.ACKNOWLEDGE,
            )
    if not composed.own_board:
        yield from _told_again(report, found)


def _told_again(report: Report, found: Arranged) -> Iterator[Problem]:
    """What is kept from its readers in one section stands in another all the same."""
    left = {one.chosen.heading: one.why for one in found.left_out}
    for placed in found.printed:
        section = report.sections[placed.place]
        for heading in section.repeats:
            if heading in left:
                yield Problem(
                    f"“{section.heading}” tells again of entries of “{heading}”, which is left out ({left[heading]}). "
                    "Leave it out too if its readers are not to know of them.",
                    Weight.ACKNOWLEDGE,
                )


# ---- the sheet for us only

_COLUMNS = (Column("Section"), Column("Why it is left out"), Column("Own words with it"))


def left_out_sheet(report: Report, composed: Composition) -> Report:
    """What readers of a composed briefing do not get, for us only."""
    found = arrangement(report, composed)
    rows = tuple(
        (one.chosen.heading, one.why, "yes, also left out" if one.chosen.worded else "none")
        for one in found.left_out
    )
    absent = tuple(one.heading for one in found.absent)
    blocks: tuple[Block, ...] = (Table("Sections left out", _COLUMNS, rows),) if rows else (
        Paragraph("Every section of the paper is printed."),
    )  # fmt: skip
    if absent:
        blocks += (Paragraph("Chosen once, and not in this paper now:"), Bullets(absent))
    withheld = tuple(_withheld(report))
    entries: tuple[Block, ...] = (
        (Bullets(withheld),) if withheld else (Paragraph("No entry is withheld from its readers."),)
    )
    return replace(
        report,
        title=LEFT_OUT,
        subtitle=f"Of “{composed.title}” for {composed.readers.value}; {composed.ref}, {composed.version_words}",
        sections=(Section("Sections", blocks), Section("Entries withheld", entries)),
        mark=f"{report.mark} FOR US ONLY".strip(),
        watermark=composing.PRIVATE,
    )


def _withheld(report: Report) -> Iterator[str]:
    for section in report.sections:
        for block in section.blocks:
            for item in block.items if isinstance(block, Bullets) else ():
                if item.endswith(WITHHELD):
                    yield f"{item.removesuffix(WITHHELD).rstrip(': ')} ({section.heading})"
