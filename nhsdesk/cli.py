"""The same work without a window. Each command loads what it needs when it runs, so that help comes at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import nhsdesk

if TYPE_CHECKING:
    from nhsdesk.domain.periods import Month
    from nhsdesk.store.database import Database
    from nhsdesk.store.exchange import Taken

A_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works here, by which clock, and what was said of a file last written elsewhere."""

    who: str
    clock: Callable[[], datetime]
    moved: str


def run(arguments: list[str], clock: Callable[[], datetime]) -> int:
    """Runs one command; gives its exit code. A sentence of refusal is the caller's to show."""
    try:
        told = desk.main(args=arguments, prog_name="nhsdesk", standalone_mode=False, obj=clock)
    except click.UsageError as error:
        context = error.ctx
        hint = f" See: {context.command_path} --help" if context is not None else ""
        click.echo(f"{error.format_message()}{hint}", err=True)
        return 2
    except click.Abort:
        return 2
    return told if isinstance(told, int) else 0


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(nhsdesk.__version__, prog_name="nhsdesk")
@click.option("--who", help="Whose name stands on what is written; your account's name when not given.")
@click.option(
    "--moved", "moved", flag_value="moved", help="The file was moved here; the other is no longer used."
)
@click.option(
    "--second-copy", "moved", flag_value="second copy", help="The file is a second copy; both are used."
)
@click.pass_context
def desk(context: click.Context, who: str | None, moved: str | None) -> None:
    """Keep a PCN's commitments, ARRS claims, support requests and actions in one local file, and make its papers."""
    if who is None:
        from nhsdesk import paths, settings

        who = settings.load(paths.settings_file()).who
    context.obj = Desk(who, context.obj, moved or "")


def _working(asked: Desk, path: Path) -> Database:
    from nhsdesk.commands import files
    from nhsdesk.store.record_file import Moved

    said = {"moved": Moved.MOVED, "second copy": Moved.SECOND_COPY}.get(asked.moved, Moved.NOT_SAID)
    return files.open_for_work(path, asked.who, asked.clock, said)


def _reading(asked: Desk, path: Path) -> Database:
    from nhsdesk.commands import files

    return files.open_to_read(path, asked.who, asked.clock)


@desk.command()
@click.argument("folder", type=A_FILE)
@click.option(
    "--reference", type=A_FILE, help="NHS England's file of practices and PCNs, to lend the sample its names."
)
@click.pass_obj
def demo(asked: Desk, folder: Path, reference: Path | None) -> None:
    """Make the sample file, an Excel return and a board briefing in FOLDER."""
    from nhsdesk.commands import sample

    wrote = sample.demonstrate(folder, reference, asked.who, asked.clock)
    for path in wrote.paths:
        click.echo(str(path))
    for words in wrote.told:
        click.echo(words)


@desk.command()
@click.argument("record", type=A_FILE)
@click.option("--network", required=True, help="The name of the PCN.")
@click.option("--reference", type=A_FILE, help="NHS England's file of practices and PCNs.")
@click.option("--code", help="The PCN's code in that file, such as U07032.")
@click.pass_obj
def new(asked: Desk, record: Path, network: str, reference: Path | None, code: str | None) -> None:
    """Make a new PCN file, with the practices of the PCN when a reference file and a code are given."""
    from nhsdesk.commands import data_sets, files, networks

    if (reference is None) != (code is None):
        raise click.UsageError("--reference and --code go together.")
    seen = data_sets.preview(reference) if reference is not None else None
    with files.create(record, network, asked.who, asked.clock) as database:
        if seen is not None and code is not None:
            data_sets.adopt(database, seen)
            networks.choose(database, code)
    click.echo(f"{record} is ready.")


@desk.command(name="import")
@click.argument("file", type=A_FILE)
@click.argument("record", type=A_FILE)
@click.option("--preview", is_flag=True, help="Only tell what is in the file.")
@click.pass_obj
def import_(asked: Desk, file: Path, record: Path, preview: bool) -> None:
    """Take a published NHS file into RECORD as a data set, in one step."""
    from nhsdesk.commands import data_sets

    seen = data_sets.preview(file)
    for words in seen.reading.told:
        click.echo(words)
    if preview:
        click.echo("Nothing was written.")
        return
    with _working(asked, record) as database:
        adopted = data_sets.adopt(database, seen)
    click.echo(f"Adopted as {adopted.ref}.")


@desk.command()
@click.pass_obj
def papers(asked: Desk) -> None:
    """List the returns and briefings that can be made."""
    from nhsdesk.commands.papers import BRIEFINGS, RETURNS

    for title, listed in (("Returns (.xlsx)", RETURNS), ("Briefings (.pdf)", BRIEFINGS)):
        click.echo(title)
        for paper in listed:
            click.echo(
                f"  {paper.key:<14}{paper.title} (by {paper.period.value}, for {paper.audience.value})"
            )


class _MonthType(click.ParamType[Any]):
    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The month of 2026-10 or "October 2026"."""
        from nhsdesk.domain import entry
        from nhsdesk.domain.problems import Problem

        read = entry.read_month(str(value))
        if isinstance(read, Problem):
            self.fail(read.sentence, param, ctx)
        return read


class _DayType(click.ParamType[Any]):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day of 2026-11-20 or "20 November 2026"."""
        if isinstance(value, date):
            return value
        from nhsdesk.domain import entry
        from nhsdesk.domain.problems import Problem

        read = entry.read_day(str(value), ctx.obj.clock().date() if ctx is not None else date.min)
        if isinstance(read, Problem):
            self.fail(read.sentence, param, ctx)
        return read


def _paper_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--draft", is_flag=True, help="Mark it as a draft, and keep nothing as sent."),
        click.option("--acknowledge", is_flag=True, help="Go on although some problems are not put right."),
        click.option("--as-at", type=_DayType(), help="The day it is of; today when not given."),
        click.option("--out", type=A_FILE, required=True, help="The file to write."),
        click.option(
            "--period", type=_MonthType(), help="The month, such as 2026-10; last month when not given."
        ),
        click.argument("record", type=A_FILE),
        click.argument("key"),
    ):
        command = option(command)
    return command


@desk.command(name="return")
@_paper_options
@click.pass_obj
def return_(asked: Desk, /, key: str, record: Path, **how: Any) -> None:
    """Make the return KEY from RECORD as an Excel workbook."""
    from nhsdesk.commands.papers import RETURNS

    _issue(asked, RETURNS, key, record, **how)


@desk.command()
@_paper_options
@click.pass_obj
def briefing(asked: Desk, /, key: str, record: Path, **how: Any) -> None:
    """Make the briefing KEY from RECORD as a PDF."""
    from nhsdesk.commands.papers import BRIEFINGS

    _issue(asked, BRIEFINGS, key, record, **how)


def _issue(
    asked: Desk, among: Any, key: str, record: Path, period: Month | None, out: Path, as_at: date | None,
    acknowledge: bool, draft: bool,
) -> None:  # fmt: skip
    from nhsdesk.commands import papers as papers_

    paper = papers_.named(key, among)
    with _working(asked, record) if not draft else _reading(asked, record) as database:
        made = papers_.make(database, paper, papers_.asked_of(database, period, as_at, draft=draft))
        for problem in made.problems:
            click.echo(f"{problem.weight.value.capitalize()}: {problem.sentence}", err=True)
        if draft:
            papers_.save_draft(made, out)
        else:
            papers_.issue(database, made, out, acknowledged=acknowledge)
    click.echo(str(out))


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("ref")
@click.pass_obj
def history(asked: Desk, record: Path, ref: str) -> None:
    """Tell all that was done to the entry REF, such as C-014."""
    from nhsdesk.commands import histories

    with _reading(asked, record) as database:
        for line in histories.history(database, ref):
            click.echo(line)


@desk.command()
@click.argument("record", type=A_FILE)
@click.pass_obj
def undo(asked: Desk, record: Path) -> None:
    """Take back the last step made in this copy."""
    with _working(asked, record) as database:
        undone = database.undo()
    click.echo(f"Undone: {undone.label}")
    for problem in undone.left:
        click.echo(problem.sentence)


@desk.command()
@click.argument("record", type=A_FILE)
@click.pass_obj
def redo(asked: Desk, record: Path) -> None:
    """Do again what was undone last."""
    with _working(asked, record) as database:
        redone = database.redo()
    click.echo(f"Done again: {redone.label}")
    for problem in redone.left:
        click.echo(problem.sentence)


@desk.command()
@click.argument("record", type=A_FILE)
@click.pass_obj
def check(asked: Desk, record: Path) -> int:
    """Prove the file: every page, link, step and kept file."""
    from nhsdesk.commands import files

    with _reading(asked, record) as database:
        proof = files.check(database)
    for fault in proof.faults:
        click.echo(fault, err=True)
    told = f"{proof.records:,} entries, {proof.steps:,} steps in {proof.copies:,} copies"
    click.echo(f"{told}: {len(proof.faults):,} faults." if proof.faults else f"{told}: all is whole.")
    return 2 if proof.faults else 0


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("folder", type=A_FILE)
@click.pass_obj
def backup(asked: Desk, record: Path, folder: Path) -> None:
    """Make a checked copy of RECORD in FOLDER."""
    from nhsdesk.commands import files

    with _reading(asked, record) as database:
        click.echo(str(files.back_up(database, folder)))


@desk.command()
@click.argument("backup_file", metavar="BACKUP", type=A_FILE)
@click.argument("record", type=A_FILE)
@click.pass_obj
def restore(asked: Desk, backup_file: Path, record: Path) -> None:
    """Bring BACKUP back as RECORD. A file in its place is kept under another name."""
    from nhsdesk.commands import files

    done = files.restore(backup_file, record, asked.who, asked.clock)
    click.echo(f"{done.path} is restored, as copy {done.letter}.")
    if done.aside is not None:
        click.echo(f"The file that was there is kept as {done.aside.name}.")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("target", type=A_FILE)
@click.pass_obj
def copy(asked: Desk, record: Path, target: Path) -> None:
    """Make a second copy of RECORD for somebody else, which can exchange with it later."""
    from nhsdesk.commands import files

    with _working(asked, record) as database:
        letter = files.hand_out(database, target)
    click.echo(f"{target} is copy {letter}.")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("other", type=A_FILE)
@click.pass_obj
def exchange(asked: Desk, record: Path, other: Path) -> None:
    """Have two copies give each other what each lacks."""
    from nhsdesk.commands import files

    if record.resolve() == other.resolve():
        raise click.UsageError("A file cannot exchange with itself.")
    with _working(asked, record) as mine, _working(asked, other) as theirs:
        taken = files.exchange_with(mine, theirs)
        for path, told in zip((record, other), taken, strict=True):
            click.echo(f"{path.name}: {told.steps:,} steps taken in, {told.records:,} entries changed.")
        _tell_conflicts(mine, taken[0])


def _tell_conflicts(database: Database, told: Taken) -> None:
    from nhsdesk.commands import files

    for words in files.conflict_words(database, told.conflicts):
        click.echo(words)


@desk.command()
@click.option("--keep", type=A_FILE, help="A folder to keep what it made in.")
@click.pass_obj
def selftest(asked: Desk, keep: Path | None) -> int:
    """Prove that this copy of the program works: new file, upgrade, every return and briefing."""
    from nhsdesk import selftest as selftest_

    return selftest_.run(asked.clock, keep, click.echo)
