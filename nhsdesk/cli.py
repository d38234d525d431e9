"""The same work without a window. Each command loads what it needs when it runs, so that help comes at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import nhsdesk
from nhsdesk import errors
from nhsdesk.cli_types import A_FILE, counted, shown

if TYPE_CHECKING:
    from nhsdesk.store.database import Database
    from nhsdesk.store.exchange import Taken


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
    except click.exceptions.NoArgsIsHelpError as help_:
        click.echo(help_.format_message(), err=True)
        return 2
    except click.UsageError as error:
        context = error.ctx
        hint = f" See: {context.command_path} --help" if context is not None else ""
        _say(f"{error.format_message()}{hint}", err=True)
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
    context.obj = Desk(_named(who), context.obj, moved or "")


def _named(who: str | None) -> str:
    """Whose name is written: the one given, else the one of this person's settings."""
    if who is None:
        from nhsdesk import paths, settings

        held = settings.load(paths.settings_file())
        if held.problem is not None:
            _say(held.problem.sentence, err=True)
        who = held.who
    from nhsdesk.domain.entry import whole_letters

    named = " ".join(whole_letters(who).split())
    if not named:
        raise click.UsageError("--who needs a name.")
    return named


def _say(words: str, *, err: bool = False) -> None:
    """Prints words for a person."""
    click.echo(shown(words), err=err)


def _working(asked: Desk, path: Path) -> Database:
    from nhsdesk.commands import files
    from nhsdesk.store.record_file import Moved

    said = {"moved": Moved.MOVED, "second copy": Moved.SECOND_COPY}.get(asked.moved, Moved.NOT_SAID)
    try:
        database = files.open_for_work(path, asked.who, asked.clock, said)
    except errors.Moved as moved:
        hint = "Repeat your command with --moved or --second-copy straight after nhsdesk: nhsdesk --moved check FILE."
        raise errors.Moved(f"{moved} {hint}") from None
    if database.not_closed:
        _say(database.not_closed, err=True)
    return database


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
        _say(str(path))
    for words in wrote.told:
        _say(words)


@desk.command()
@click.argument("record", type=A_FILE)
@click.option("--network", help="The name of the PCN; with a code, the reference file's own when not given.")
@click.option("--reference", type=A_FILE, help="NHS England's file of practices and PCNs.")
@click.option("--code", help="The PCN's code in that file, such as U07032.")
@click.pass_obj
def new(asked: Desk, record: Path, network: str | None, reference: Path | None, code: str | None) -> None:
    """Make a new PCN file, with the practices of the PCN when a reference file and a code are given."""
    from nhsdesk.commands import data_sets, files, networks

    if (reference is None) != (code is None):
        raise click.UsageError("--reference and --code go together.")
    if network is None and code is None:
        raise click.UsageError("Give the PCN's name with --network, or its code with --reference and --code.")
    seen = data_sets.preview(reference) if reference is not None else None
    if seen is None or code is None:
        files.create(record, network or "", asked.who, asked.clock).close()
        _say(f"{record} is ready.")
        return
    with networks.begin(record, network, seen, code, asked.who, asked.clock) as database:
        told = networks.chosen_words(database)
    _say(f"{record} is ready, {told}")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("code")
@click.pass_obj
def choose(asked: Desk, record: Path, code: str) -> None:
    """Make the PCN of CODE ours, with its practices and their list sizes.

    They come from the files taken in; choose again after taking in newer ones.
    """
    from nhsdesk.commands import networks

    with _working(asked, record) as database:
        networks.choose(database, code)
        _say(f"{record} is {networks.chosen_words(database)}")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("ref")
@click.pass_obj
def history(asked: Desk, record: Path, ref: str) -> None:
    """Tell all that was done to the entry REF, such as C-014."""
    from nhsdesk.commands import histories

    with _reading(asked, record) as database:
        for line in histories.history(database, ref):
            _say(line.replace("\n", "\n        "))


@desk.command()
@click.argument("record", type=A_FILE)
@click.pass_obj
def undo(asked: Desk, record: Path) -> None:
    """Take back the last step made in this copy."""
    with _working(asked, record) as database:
        undone = database.undo()
    _say(f"Undone: {undone.label}")
    for problem in undone.left:
        _say(problem.sentence)


@desk.command()
@click.argument("record", type=A_FILE)
@click.pass_obj
def redo(asked: Desk, record: Path) -> None:
    """Do again what was undone last."""
    with _working(asked, record) as database:
        redone = database.redo()
    _say(f"Done again: {redone.label}")
    for problem in redone.left:
        _say(problem.sentence)


@desk.command()
@click.argument("record", type=A_FILE)
@click.option("--backup", "tried", type=A_FILE, help="Try this backup instead: what it would give back.")
@click.pass_obj
def check(asked: Desk, record: Path, tried: Path | None) -> int:
    """Prove the file: every page, link, step and kept file. Or try a backup of it, beside everything that counts."""
    from nhsdesk.commands import backup_trial, files

    with _reading(asked, record) as database:
        if tried is not None:
            trial = backup_trial.try_backup(database, tried)
            _say("\n".join(trial.told))
            return 2 if trial.faults else 0
        proof = files.check(database)
    for fault in proof.faults:
        _say(fault, err=True)
    parts = (
        counted(proof.records, "entry", "entries"),
        counted(proof.steps, "step"),
        counted(proof.copies, "copy", "copies"),
    )
    told = "{}, {} in {}".format(*parts)
    _say(f"{told}: {counted(len(proof.faults), 'fault')}." if proof.faults else f"{told}: all is whole.")
    return 2 if proof.faults else 0


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("folder", type=A_FILE)
@click.pass_obj
def backup(asked: Desk, record: Path, folder: Path) -> None:
    """Make a checked copy of RECORD in FOLDER."""
    from nhsdesk.commands import files

    with _reading(asked, record) as database:
        _say(str(files.back_up(database, folder)))


@desk.command()
@click.argument("backup_file", metavar="BACKUP", type=A_FILE)
@click.argument("record", type=A_FILE)
@click.pass_obj
def restore(asked: Desk, backup_file: Path, record: Path) -> None:
    """Bring BACKUP back as RECORD. A file in its place is kept under another name."""
    from nhsdesk.commands import files

    done = files.restore(backup_file, record, asked.who, asked.clock)
    _say(f"{done.path} is restored, as copy {done.letter}.")
    if done.aside is not None:
        _say(f"The file that was there is kept as {done.aside.name}.")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("target", type=A_FILE)
@click.pass_obj
def copy(asked: Desk, record: Path, target: Path) -> None:
    """Make a second copy of RECORD for somebody else, which can exchange with it later."""
    from nhsdesk.commands import files

    with _working(asked, record) as database:
        letter = files.hand_out(database, target)
    _say(f"{target} is copy {letter}.")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("other", type=A_FILE)
@click.pass_obj
def exchange(asked: Desk, record: Path, other: Path) -> None:
    """Have two copies give each other what each lacks."""
    from nhsdesk.commands import files

    if record.resolve() == other.resolve():
        raise click.UsageError("A file cannot exchange with itself. Nothing was done.")
    with _working(asked, record) as mine, _working(asked, other) as theirs:
        taken = files.exchange_with(mine, theirs)
        for path, told in zip((record, other), taken, strict=True):
            entries = counted(told.records, "entry", "entries")
            _say(f"{path.name}: {counted(told.steps, 'step')} taken in, {entries} changed.")
        _tell_conflicts(mine, taken[0])


def _tell_conflicts(database: Database, told: Taken) -> None:
    from nhsdesk.commands import files

    for words in files.conflict_words(database, told.conflicts):
        _say(words)


@desk.command()
@click.option("--keep", type=A_FILE, help="A folder to keep what it made in.")
@click.option("--records", type=A_FILE, help="A folder of PCN files; copies of them are brought up to date.")
@click.pass_obj
def selftest(asked: Desk, keep: Path | None, records: Path | None) -> int:
    """Prove that this copy of the program works: new file, every return and briefing, backup, exchange, window."""
    from nhsdesk import selftest as selftest_

    return selftest_.run(asked.clock, keep, records, _say)
