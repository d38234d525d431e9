"""The commands by which one PCN's mappings, rates and readings go to another; `app` adds them to the others."""

from __future__ import annotations

from pathlib import Path

import click

from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_types import A_FILE, counted


@desk.group(name="pcn-pack")
def pcn_pack() -> None:
    """Give mappings, rates, readings, rules and templates to another PCN, with nothing of yours; or take a pack in."""


@pcn_pack.command()
@click.argument("record", type=A_FILE)
@click.argument("refs", nargs=-1)
@click.option("--all", "all_", is_flag=True, help="Everything that may leave.")
@click.option("--name", default="", help="What the pack is called.")
@click.option(
    "--out", type=A_FILE, help="The .nhsdesk-pack file to write; without it, what would leave is told."
)
@click.pass_obj
def make(asked: Desk, record: Path, refs: tuple[str, ...], all_: bool, name: str, out: Path | None) -> None:
    """Write a pack of the entries REFS from RECORD, each line told first; what names you stays."""
    from nhsdesk.commands import pcn_pack as packs

    if not refs and not all_:
        raise click.UsageError("Give the references of what is to leave, or --all.")
    with _reading(asked, record) as database:
        every = packs.offered(database)
        keys = packs.by_ref(database, refs) if refs else [one.line.key for one in every if not one.why_not]
        for one in every:
            if one.line.key in keys:
                _say(f"{one.ref}  {next(iter(packs.told_lines([one.line])))}")
            elif one.why_not and not refs:
                _say(f"{one.ref} stays here. {one.why_not}.", err=True)
        if out is None:
            _say("Nothing was written. Give --out to write the pack.")
            return
        pack = packs.write(database, keys, name, out)
    _say(f"{out}: {counted(len(pack.lines), 'line')}.")


@pcn_pack.command()
@click.argument("record", type=A_FILE)
@click.argument("file", type=A_FILE)
@click.pass_obj
def look(asked: Desk, record: Path, file: Path) -> None:
    """Tell what is in the pack FILE, and what each line is to RECORD. Nothing is written."""
    from nhsdesk.commands import pcn_pack as packs

    with _reading(asked, record) as database:
        seen = packs.look(database, file)
    _say(seen.told)
    for number, line in enumerate(seen.pack.lines, 1):
        standing = seen.why_not.get(line.key) or seen.verdicts[line.key].words
        _say(f"  {number:>4}  {standing}: {next(iter(packs.told_lines([line])))}")


@pcn_pack.command()
@click.argument("record", type=A_FILE)
@click.argument("file", type=A_FILE)
@click.option("--from", "came_from", required=True, help="From whom the pack came.")
@click.option(
    "--line", "lines", type=int, multiple=True, help="The number of a line; all new ones when not given."
)
@click.pass_obj
def adopt(asked: Desk, record: Path, file: Path, came_from: str, lines: tuple[int, ...]) -> None:
    """Take lines of the pack FILE into RECORD, as from another PCN and not confirmed by us, in one step."""
    from nhsdesk.commands import pcn_pack as packs

    with _working(asked, record) as database:
        seen = packs.look(database, file)
        if any(not 1 <= number <= len(seen.pack.lines) for number in lines):
            raise click.UsageError(f"The pack has {counted(len(seen.pack.lines), 'line')}.")
        keys = [seen.pack.lines[number - 1].key for number in lines] or seen.offered
        number = packs.adopt(database, seen, keys, came_from)
    if number:
        _say(f"{counted(number, 'line')} taken over. Until you confirm them they count nowhere.")
    else:
        _say("There was nothing to take over. Nothing was written.")
