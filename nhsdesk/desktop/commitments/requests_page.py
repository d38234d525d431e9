"""Requests and questions: figures asked for, questions that wait, and the clocks of the law."""

from __future__ import annotations

from nhsdesk.desktop.commitments.bundle_part import BundlePart
from nhsdesk.desktop.commitments.data_requests_part import DataRequestsPart
from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.commitments.waiting_parts import InformationPart, QuestionsPart
from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.kinds import Id


class RequestsPage(PartsPage):
    """Data requests, questions, information requests and what is disclosed for them."""

    title = "Requests and questions"

    def __init__(self, desk: Desk) -> None:
        self.data, self.questions = DataRequestsPart(desk), QuestionsPart(desk)
        self.information, self.bundle = InformationPart(desk), BundlePart(desk)
        super().__init__(
            desk,
            (
                ("Data requests", self.data),
                ("Questions", self.questions),
                ("Information requests", self.information),
                ("Redacted bundle", self.bundle),
            ),
        )
        self.information.bundle_wanted.connect(self._decide)

    def _decide(self, id_: Id) -> None:
        """Brings what is disclosed for a request to the front."""
        self.tabs.setCurrentWidget(self.bundle)
        self.bundle.go_to(id_)
        self.take_focus()
