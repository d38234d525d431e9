"""Packs: what is given to other PCNs, what one of theirs holds, and what was taken over."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.packs_give import GivePart
from nhsdesk.desktop.file.packs_take import TakePart
from nhsdesk.desktop.file.packs_taken import TakenPart


class PacksPage(PartsPage):
    """From one PCN to another, with nothing of whose it was."""

    title = "Packs for other PCNs"

    def __init__(self, desk: Desk) -> None:
        self.give, self.take, self.taken = GivePart(desk), TakePart(desk), TakenPart(desk)
        super().__init__(desk, (("Give", self.give), ("Take one in", self.take), ("Taken over", self.taken)))
