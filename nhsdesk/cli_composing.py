"""The commands by which a briefing is composed and made as it was composed; `app` adds them to the others."""

from __future__ import annotations

from pathlib import Path

import click

from nhsdesk import errors
from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_papers import _issue_or_say_how, _standing
from nhsdesk.cli_types import A_FILE


@desk.group()
def compose() -> None:
    """Begin a briefing of your own sections and words, and make it. They are arranged in the window."""


@compose.command()
@click.argument("key")
@click.argument("record", type=A_FILE)
@click.option("--title", default="", help="Its title; the briefing's own where none is given.")
@click.option("--like", metavar="REF", help="A template, or another composed briefing, to begin from.")
@click.option("--final", is_flag=True, help="Mark it as final at once.")
@click.pass_obj
def begin(asked: Desk, key: str, record: Path, title: str, like: str | None, final: bool) -> None:
    """Begin a composed briefing of KEY in RECORD, and tell its reference."""
    from nhsdesk.commands import composing
    from nhsdesk.commands.papers import BRIEFINGS, named

    with _working(asked, record) as database:
        paper = named(key, BRIEFINGS)
        if like is None:
            made = composing.begin(database, paper, title)
        else:
            made = composing.begin_from(database, composing.named(database, like), title)
        if final:
            made = composing.make_final(database, made)
    _say(f"{made.ref}  {made.title}")


@compose.command()
@click.argument("ref")
@click.argument("record", type=A_FILE)
@click.option("--out", type=A_FILE, required=True, help="The file to write.")
@click.option("--left-out", type=A_FILE, help="Where to write what its readers do not get, for us only.")
@click.option("--acknowledge", is_flag=True, help="Go on although some problems are not put right.")
@click.option("--draft", is_flag=True, help="Mark it as a draft, and keep nothing as sent.")
@click.pass_obj
def make(
    asked: Desk, ref: str, record: Path, out: Path, left_out: Path | None, acknowledge: bool, draft: bool
) -> None:
    """Make the composed briefing REF, such as CF-001, from RECORD as a PDF."""
    from nhsdesk.commands import composing, papers, whole_files

    if left_out is not None:
        _refuse_one_file_for_both(out, left_out)
    with _reading(asked, record) if draft else _working(asked, record) as database:
        made = composing.make(database, composing.named(database, ref), draft=draft)
        if draft:
            papers.save_draft(database, made, out)
        else:
            _issue_or_say_how(database, made, out, acknowledge)
        if left_out is not None:
            sheet = composing.left_out_sheet(made)
            whole_files.write_whole(database, left_out, lambda file: file.write(sheet))
        for problem in made.problems:
            _say(f"{_standing(problem, draft)}: {problem.sentence}", err=True)
    _say(str(out))


def _refuse_one_file_for_both(out: Path, left_out: Path) -> None:
    """What is for us only must never lie where the paper is looked for, nor its copy for a browser."""
    taken = {str(path.resolve()).casefold() for path in (out, out.with_suffix(".html"))}
    if str(left_out.resolve()).casefold() in taken:
        raise errors.PaperRefused(
            f"Nothing was made: the paper and the sheet of what is left out, which is for us only, would both be "
            f"{left_out.name}. Give --left-out another name."
        )
