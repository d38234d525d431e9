"""The command about closing a financial year and opening the next; `app` adds it to the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_types import A_FILE, YearType

if TYPE_CHECKING:
    from nhsdesk.commands.year_end import Seen

MOST_ENTRIES = 10
"""Entries of a step that are told one by one."""


@desk.command(name="year-end")
@click.argument("record", type=A_FILE)
@click.option(
    "--year", type=YearType(), help="The financial year, such as 2026-27; the one to be closed next."
)
@click.option("--close", is_flag=True, help="Close the year, as one step.")
@click.option("--acknowledge", is_flag=True, help="Close it although some things are left to do.")
@click.pass_obj
def year_end(asked: Desk, record: Path, year: Any, close: bool, acknowledge: bool) -> None:
    """Tell what is to be done to close a financial year and open the next."""
    from nhsdesk.commands import year_end as year_end_

    if acknowledge and not close:
        raise click.UsageError("--acknowledge goes with --close. Nothing was changed.")
    with _working(asked, record) if close else _reading(asked, record) as database:
        if close:
            seen = year_end_.see(database, year)
            ready = year_end_.prepare(database, seen.end.year)
            done = year_end_.close(database, ready, acknowledged=acknowledge)
            kept = " Its outturn was kept as it is known today." if done.outturn is not None else ""
            _say(f"{done.year} is closed, as {done.ref}.{kept}")
            for sentence in ready.in_the_way:
                _say(f"  Acknowledged: {sentence}")
            return
        _tell(year_end_.see(database, year))


def _tell(seen: Seen) -> None:
    from nhsdesk.domain.year_end import beside_words

    end = seen.end
    _say(end.words)
    if end.refused and end.closed is None:
        _say(end.refused)
    for step in end.steps:
        _say(f"{step.step.words}: {step.standing.value}")
        _say(f"  {step.told}")
        for one in step.entries[:MOST_ENTRIES]:
            _say(f"    {f'{one.ref}  ' if one.ref else ''}{one.what}: {one.told}")
        if len(step.entries) > MOST_ENTRIES:
            _say(f"    And {len(step.entries) - MOST_ENTRIES:,} more.")
    if seen.beside:
        _say(beside_words(seen.beside))
