"""Requests and questions: figures asked for, questions that wait, and the clocks of the law."""

from __future__ import annotations

from nhsdesk.desktop.commitments.data_requests_part import DataRequestsPart
from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.commitments.waiting_parts import InformationPart, QuestionsPart
from nhsdesk.desktop.desk import Desk


class RequestsPage(PartsPage):
    """Data requests, questions, information requests."""

    title = "Requests and questions"

    def __init__(self, desk: Desk) -> None:
        self.data, self.questions = DataRequestsPart(desk), QuestionsPart(desk)
        self.information = InformationPart(desk)
        super().__init__(
            desk,
            (
                ("Data requests", self.data),
                ("Questions", self.questions),
                ("Information requests", self.information),
            ),
        )
