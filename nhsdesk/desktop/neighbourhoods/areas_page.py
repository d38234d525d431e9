"""Areas: the tree of a day, and a whole ICB taken in from the NHS file."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.neighbourhoods.icb_part import IcbPart
from nhsdesk.desktop.neighbourhoods.tree_part import TreePart


class AreasPage(PartsPage):
    """The tree, and taking an ICB in."""

    title = "Where we are"

    def __init__(self, desk: Desk) -> None:
        self.tree, self.icb = TreePart(desk), IcbPart(desk)
        super().__init__(desk, (("Tree", self.tree), ("Take in an ICB", self.icb)))
