"""Contracts and sign-up: contracts that are held or talked of, and the decision of each practice on an offer."""

from __future__ import annotations

from nhsdesk.desktop.commitments.agreements_part import AgreementsPart
from nhsdesk.desktop.commitments.contracts_part import ContractsPart
from nhsdesk.desktop.commitments.decisions_part import DecisionsPart
from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk


class SignUpPage(PartsPage):
    """The watch list, the decisions of practices, and who has signed what."""

    title = "Contracts and sign-up"

    def __init__(self, desk: Desk) -> None:
        self.contracts = ContractsPart(desk)
        super().__init__(
            desk,
            (
                ("Contracts", self.contracts),
                ("Decisions", lambda: DecisionsPart(desk)),
                ("Agreements", lambda: AgreementsPart(desk)),
            ),
        )

    @property
    def decisions(self) -> DecisionsPart:
        """The decision of each practice on an offer."""
        return self.the(1, DecisionsPart)

    @property
    def agreements(self) -> AgreementsPart:
        """Who has signed what."""
        return self.the(2, AgreementsPart)
