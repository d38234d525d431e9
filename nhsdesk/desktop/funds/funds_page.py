"""Funds: whose money it is and what is left, what was spent under which principle, and who has ratified what."""

from __future__ import annotations

from nhsdesk.commands import funds as commands
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.chosen import ChosenPage
from nhsdesk.desktop.funds.entries_part import EntriesPart
from nhsdesk.desktop.funds.fund_part import StandingPart
from nhsdesk.desktop.funds.ledger_part import LedgerPart
from nhsdesk.desktop.funds.principles_part import PrinciplesPart


class FundsPage(ChosenPage):
    """Where a fund stands, its entries, its principles with every partner's answer, and the host's ledger."""

    title = "Funds"

    def __init__(self, desk: Desk) -> None:
        self.standing, self.entries = StandingPart(desk), EntriesPart(desk)
        self.principles, self.ledger = PrinciplesPart(desk), LedgerPart(desk)
        super().__init__(
            desk,
            "Which fund",
            lambda: [(one.id, f"{one.ref} {one.name}") for one in commands.listed(desk.database)],
            (
                ("Where it stands", self.standing),
                ("Entries", self.entries),
                ("Principles", self.principles),
                ("Take in a ledger", self.ledger),
            ),
        )
