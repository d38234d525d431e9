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
        self.standing = StandingPart(desk)
        super().__init__(
            desk,
            "Which fund",
            lambda: [(one.id, f"{one.ref} {one.name}") for one in commands.listed(desk.database)],
            (
                ("Where it stands", self.standing),
                ("Entries", lambda: EntriesPart(desk)),
                ("Principles", lambda: PrinciplesPart(desk)),
                ("Take in a ledger", lambda: LedgerPart(desk)),
            ),
        )

    @property
    def entries(self) -> EntriesPart:
        """What came in and went out."""
        return self.the(1, EntriesPart)

    @property
    def principles(self) -> PrinciplesPart:
        """Under which principles it is spent, and who has ratified them."""
        return self.the(2, PrinciplesPart)

    @property
    def ledger(self) -> LedgerPart:
        """The host's ledger, taken in."""
        return self.the(3, LedgerPart)
