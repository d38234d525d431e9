"""Takes in the ledger of a fund as one step, after it was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nhsdesk import errors
from nhsdesk.commands import blocks
from nhsdesk.domain import fund_ledger, kinds, times
from nhsdesk.domain.blocks import Row, Wanted
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fund_ledger import Ledger
from nhsdesk.domain.funds import Fund, FundEntry, FundMovement
from nhsdesk.domain.kinds import Id
from nhsdesk.store.database import Database

WANTED = (
    Wanted(
        "entry", "Line of the fund", kinds.Text(),
        ("line", "entry", "description", "what for", "budget line", "detail", "details", "cost centre", "ref"),
        needed=True,
    ),
    Wanted("on", "Day", times.Day(Lean.LAST), ("date", "day", "on", "posted", "posting date", "paid on"), needed=True),
    Wanted(
        "spent", "Spent", kinds.Pounds(), ("spent", "amount", "actual", "paid", "expenditure", "value", "net amount"),
    ),
    Wanted("committed", "Committed", kinds.Pounds(), ("committed", "commitment", "ordered", "order value")),
    Wanted(
        "reference", "Reference", kinds.Text(), ("reference", "invoice", "invoice number", "invoice no", "journal"),
    ),
)  # fmt: skip
"""What is looked for in a ledger."""


def look(database: Database, fund: Id, rows: Iterable[Row]) -> Ledger:
    """What a ledger would add to a fund."""
    with database.read() as reader:
        entries = reader.all(FundEntry, fund=fund)
        movements = [one for entry in entries for one in reader.all(FundMovement, entry=entry.id)]
    return fund_ledger.read(rows, entries, movements, database.today())


def take_in(database: Database, fund: Id, ledger: Ledger, headings: Mapping[str, str] | None = None) -> int:
    """Notes the money of a ledger, with new entries for lines that the fund has not; how many amounts were noted."""
    if not ledger.lines:
        raise errors.DeskError("Nothing was taken in: no row of it tells of money that is not noted already.")
    with database.read() as reader:
        ref = reader.get(Fund, fund).ref
    with database.change(f"Take in the ledger of {ref}") as change:
        made: dict[str, Id] = {}
        for words in ledger.new_entries:
            key = fund_ledger.plain(words)
            if key not in made:
                made[key] = change.add(FundEntry(fund=fund, what=words)).id
        for line in ledger.lines:
            change.add(
                FundMovement(
                    entry=line.entry if line.entry is not None else made[fund_ledger.plain(line.words)],
                    kind=line.kind,
                    amount=line.amount,
                    on=line.on,
                    their_reference=line.their_reference,
                )
            )
        if headings:
            blocks.remember(change, Incoming.FUND, None, headings)
    return len(ledger.lines)
