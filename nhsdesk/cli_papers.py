"""The commands that make papers, and show what was sent; `app` adds them to the others."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhsdesk import errors
from nhsdesk.cli_types import A_FILE, paper_options

if TYPE_CHECKING:
    from nhsdesk.commands.papers import Made
    from nhsdesk.domain.periods import Month
    from nhsdesk.domain.problems import Problem
    from nhsdesk.store.database import Database
from nhsdesk.cli import Desk, _reading, _say, _working, desk


@desk.command()
@click.pass_obj
def papers(asked: Desk) -> None:
    """List the returns and briefings that can be made."""
    from nhsdesk.commands.papers import BRIEFINGS, RETURNS

    room = max(len(paper.key) for paper in (*RETURNS, *BRIEFINGS)) + 2
    for title, listed in (("Returns (.xlsx)", RETURNS), ("Briefings (.pdf)", BRIEFINGS)):
        _say(title)
        for paper in listed:
            asked_by = _asked_by(paper.period.value)
            _say(f"  {paper.key:<{room}}{paper.title} ({asked_by}; for {paper.audience.value})")


def _asked_by(period: str) -> str:
    return "give --period 2026-10" if period == "month" else "as it stands today, or --as-at a day"


@desk.command(name="return")
@click.option(
    "--working-copy", is_flag=True, help="To work in: headings stay in sight, and nothing is kept as sent."
)
@paper_options
@click.pass_obj
def return_(asked: Desk, /, key: str, record: Path, **how: Any) -> None:
    """Make the return KEY from RECORD as an Excel workbook."""
    from nhsdesk.commands.papers import RETURNS

    _issue(asked, RETURNS, key, record, **how)


@desk.command()
@paper_options
@click.pass_obj
def briefing(asked: Desk, /, key: str, record: Path, **how: Any) -> None:
    """Make the briefing KEY from RECORD as a PDF."""
    from nhsdesk.commands.papers import BRIEFINGS

    _issue(asked, BRIEFINGS, _printed(key, {paper.key for paper in BRIEFINGS}), record, **how)


def _printed(key: str, known: Set[str]) -> str:
    """The key of the briefing meant: a paper that is a workbook may have a form to print, in pages."""
    base, own = (key.removesuffix("-own"), "-own") if key.endswith("-own") else (key, "")
    pages = f"{base}-pages{own}"
    return pages if key not in known and pages in known else key


def _issue(
    asked: Desk, among: Any, key: str, record: Path, period: Month | None, out: Path, as_at: date | None,
    acknowledge: bool, draft: bool, about: str | None = None, working_copy: bool = False,
) -> None:  # fmt: skip
    from nhsdesk.commands import papers as papers_

    paper, unsent = papers_.named(key, among), draft or working_copy
    with _reading(asked, record) if unsent else _working(asked, record) as database:
        of = papers_.entry_named(database, about).id if about is not None else None
        wanted = papers_.asked_of(database, period, as_at, draft=draft, about=of)
        make = papers_.make_as_at if wanted.day < database.today() else papers_.make
        made = make(database, paper, wanted)
        if working_copy:
            papers_.save_working_copy(database, made, out)
        elif draft:
            papers_.save_draft(database, made, out)
        else:
            _issue_or_say_how(database, made, out, acknowledge)
        for problem in made.problems:
            _say(f"{_standing(problem, unsent)}: {problem.sentence}", err=True)
    _say(str(out))


def _standing(problem: Problem, unsent: bool) -> str:
    """How a problem stands once the paper is written."""
    if unsent or problem.weight.value == "for information":
        return problem.weight.value.capitalize()
    return "Acknowledged, and kept with the paper"


def _issue_or_say_how(database: Database, made: Made, out: Path, acknowledged: bool) -> None:
    from nhsdesk.commands import papers as papers_

    try:
        papers_.issue(database, made, out, acknowledged=acknowledged)
    except errors.PaperRefused as refused:
        asks = not acknowledged and papers_.may_go_on(made)
        how = " To go on, give --acknowledge." if asks else ""
        raise errors.PaperRefused(f"{refused}{how}", refused.problems) from None


@desk.command()
@click.argument("record", type=A_FILE)
@click.option("--out", type=A_FILE, required=True, help="The .zip file to write.")
@click.option("--own-board", is_flag=True, help="For our own board: with what is restricted.")
@click.option("--acknowledge", is_flag=True, help="Go on although something looks like an NHS number.")
@click.pass_obj
def evidence(asked: Desk, record: Path, out: Path, own_board: bool, acknowledge: bool) -> None:
    """Write the files of our evidence from RECORD as a pack, with their hashes and an index."""
    from nhsdesk.commands import evidence_pack
    from nhsdesk.papers import Audience

    with _reading(asked, record) as database:
        made = evidence_pack.gather(database, Audience.OWN_BOARD if own_board else Audience.PARTNERS)
        evidence_pack.write(database, made, out, acknowledged=acknowledge)
    for problem in made.problems:
        _say(problem.sentence, err=True)
    _say(f"{out}: {evidence_pack.told(made)}.")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("ref", required=False)
@click.option("--out", type=A_FILE, help="Where to write the paper REF again, as it was sent.")
@click.pass_obj
def sent(asked: Desk, record: Path, ref: str | None, out: Path | None) -> None:
    """List the papers that were sent, or write REF out again byte for byte."""
    from nhsdesk.commands import papers as papers_

    if (ref is None) != (out is None):
        raise click.UsageError("REF and --out go together.")
    with _reading(asked, record) as database:
        if ref is not None and out is not None:
            _say(f"{out}: {papers_.write_again(database, ref, out).title}")
            return
        for paper in papers_.sent_papers(database):
            _say(f"{paper.ref}  {paper.issued_at:%Y-%m-%d %H:%M} UTC  {paper.title} ({paper.kept.name})")
