"""Copies: one handed out, two exchanged after a look ahead, and what both changed chosen field by field."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.copies_choose import ChoosePart
from nhsdesk.desktop.file.copies_exchange import ExchangePart
from nhsdesk.desktop.file.copies_give import GivePart


class CopiesPage(PartsPage):
    """Work in two places, brought together again."""

    title = "Copies of this file"

    def __init__(self, desk: Desk) -> None:
        self.give, self.exchange, self.choose = GivePart(desk), ExchangePart(desk), ChoosePart(desk)
        parts = (("Exchange", self.exchange), ("Changed on both sides", self.choose), ("Hand out", self.give))
        super().__init__(desk, parts)
        self.exchange.both_changed.connect(lambda: self.tabs.setCurrentWidget(self.choose))
