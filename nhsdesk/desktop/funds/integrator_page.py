"""Integrator: who hosts, holds the money, holds the contract and answers for it; who does what; others to compare."""

from __future__ import annotations

from nhsdesk.commands import integrators as commands
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.chosen import ChosenPage
from nhsdesk.desktop.funds.integrator_parts import (
    ElsewherePart,
    FunctionsPart,
    MovesPart,
    OverviewPart,
    SelectionPart,
)


class IntegratorPage(ChosenPage):
    """The integrator with its dates and partners, who does what, our own scores, and examples of other places."""

    title = "Integrator"

    def __init__(self, desk: Desk) -> None:
        self.overview, self.functions = OverviewPart(desk), FunctionsPart(desk)
        self.selection, self.moves = SelectionPart(desk), MovesPart(desk)
        self.elsewhere = ElsewherePart(desk)
        super().__init__(
            desk,
            "Which integrator",
            lambda: [(one.id, f"{one.ref} {one.name}") for one in commands.listed(desk.database)],
            (
                ("Our integrator", self.overview),
                ("Who does what", self.functions),
                ("Selection", self.selection),
                ("Functions that move", self.moves),
                ("Elsewhere", self.elsewhere),
            ),
        )
