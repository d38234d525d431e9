"""The commands by which a workbook of others is kept and filled in place; `app` adds them to the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhsdesk import errors
from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_types import A_FILE, DayType, MonthType, counted
from nhsdesk.domain.periods import Month

if TYPE_CHECKING:  # loaded when the command runs
    from nhsdesk.commands.filling import Prepared
    from nhsdesk.store.database import Database


@desk.command(name="keep-workbook")
@click.argument("template", type=A_FILE)
@click.argument("record", type=A_FILE)
@click.option("--name", required=True, help="What to call it from now on.")
@click.option("--edition", help="Its version, as its publisher gives it.")
@click.pass_obj
def keep_workbook(asked: Desk, template: Path, record: Path, name: str, edition: str | None) -> None:
    """Keep a blank workbook TEMPLATE in RECORD, to say in the window what fills it."""
    from nhsdesk.commands import workbook_mapping

    with _working(asked, record) as database:
        kept = workbook_mapping.keep(database, template, name, edition=edition)
    _say(
        f"{kept.ref}: {kept.name} is kept. Choose what fills it under Returns and papers, Workbooks to fill."
    )


@desk.command()
@click.argument("template", type=A_FILE)
@click.argument("record", type=A_FILE)
@click.option("--mapping", required=True, help="The name of the workbook to fill, or its reference.")
@click.option("--period", type=MonthType(), help="The month, such as 2026-10; last month when not given.")
@click.option("--as-at", type=DayType(), help="The day, today when not given.")
@click.option("--draft", is_flag=True, help="Keep nothing as sent.")
@click.option("--differences", is_flag=True, help="Only tell which cells would be written; nothing is.")
@click.option("--acknowledge", is_flag=True, help="Go on although some problems are not put right.")
@click.option("--out", type=A_FILE, help="The workbook to write.")
@click.pass_obj
def fill(
    asked: Desk, template: Path, record: Path, mapping: str, period: Month | None, as_at: date | None,
    draft: bool, differences: bool, acknowledge: bool, out: Path | None,
) -> None:  # fmt: skip
    """Fill the workbook TEMPLATE in place from RECORD; everything else in it stays as it came."""
    from nhsdesk.commands import filling, papers, workbook_mapping

    if out is None and not differences:
        raise click.UsageError("Give --out with the workbook to write, or --differences to look only.")
    if out is not None and out.resolve() == template.resolve():
        raise click.UsageError(
            f"{out.name} is the blank workbook, and was left as it is. Give --out another name."
        )
    with _reading(asked, record) if draft or differences else _working(asked, record) as database:
        workbook = workbook_mapping.named(database, mapping)
        wanted = papers.asked_of(database, period, as_at, draft=draft)
        prepared = filling.prepare(database, workbook, wanted, template)
        if differences or out is None:
            for one in prepared.differences:
                _say(f"{one.sheet}!{one.cell}: {_shown(one.old)} → {_shown(one.new)}")
            _say(f"{counted(len(prepared.differences), 'cell')} would be written.")
        elif draft:
            filling.save_draft(database, prepared, out)
        else:
            _issue(database, prepared, out, acknowledge)
        for problem in prepared.problems:
            _say(f"{problem.weight.value.capitalize()}: {problem.sentence}", err=True)
    if out is not None and not differences:
        _say(str(out))


def _issue(database: Database, prepared: Prepared, out: Path, acknowledge: bool) -> None:
    from nhsdesk.commands import filling

    try:
        filling.issue(database, prepared, out, acknowledged=acknowledge)
    except errors.PaperRefused as refused:
        how = " To go on, give --acknowledge." if filling.may_go_on(prepared) else ""
        raise errors.PaperRefused(f"{refused}{how}", refused.problems) from None


def _shown(value: object) -> str:
    return "empty" if value is None or value == "" else str(value)
