"""The commands about what is filed: the register, and a workbook that came back; `app` adds them to the others."""

from __future__ import annotations

from pathlib import Path

import click

from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_types import A_FILE, counted


@desk.command()
@click.argument("record", type=A_FILE)
@click.option("--enter", is_flag=True, help="Enter a filing for every period that has none.")
@click.pass_obj
def filings(asked: Desk, record: Path, enter: bool) -> None:
    """Tell what is to be filed, late first, and how what was filed stands."""
    from nhsdesk.commands import filings as filings_
    from nhsdesk.commands import year_end
    from nhsdesk.domain.periods import day_words

    with _working(asked, record) if enter else _reading(asked, record) as database:
        if enter:
            _say(f"{counted(filings_.make_due(database), 'filing')} entered.")
        register = filings_.register(database)
        aside = register.set_aside(year_end.closed_years(database))
    _say("To be filed" if register.due else "Nothing is to be filed.")
    for one in register.due:
        due = day_words(one.due_on) if one.due_on else "not known"
        _say(f"  {one.words:<28}{one.name} (due: {due}{f'; for {one.to}' if one.to else ''})")
    hidden = {each.filing.id for each in aside}
    shown = [each for each in register.filed if each.filing.id not in hidden]
    if shown:
        _say("Filed")
    for each in shown:
        filing = each.filing
        sent = f", sent {day_words(filing.sent_on)}" if filing.sent_on else ""
        paper = f" as {each.sent.ref}" if each.sent else ""
        name = f"{filing.title}, {filing.period}" if filing.period else filing.title
        _say(f"  {filing.ref}  {each.standing.words:<18}{name}{sent}{paper}")
    if aside:
        _say(
            f"{counted(len(aside), 'filing')} of closed years {'is' if len(aside) == 1 else 'are'} set aside."
        )
    for problem in register.wrong:
        _say(problem.sentence, err=True)


@desk.command(name="came-back")
@click.argument("record", type=A_FILE)
@click.argument("ref")
@click.argument("file", type=A_FILE)
@click.pass_obj
def came_back(asked: Desk, record: Path, ref: str, file: Path) -> None:
    """Show the workbook FILE that came back about the filing REF, cell by cell against what was sent."""
    from nhsdesk.commands import returned_workbooks

    with _reading(asked, record) as database:
        filing = returned_workbooks.named(database, ref)
        found = returned_workbooks.compare(database, filing.id, file)
    _say(found.told)
    for one in found.differences:
        _say(
            f"  {one.sheet}!{one.cell}: {one.sent or 'empty'} → {one.returned or 'empty'} ({one.change.value})"
        )
