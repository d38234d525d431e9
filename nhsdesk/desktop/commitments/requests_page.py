"""Requests and questions: figures asked for, questions that wait, and the clocks of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhsdesk.desktop.commitments.data_requests_part import DataRequestsPart
from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.commitments.waiting_parts import InformationPart, QuestionsPart
from nhsdesk.desktop.desk import Desk
from nhsdesk.domain.kinds import Id

if TYPE_CHECKING:  # what prints a bundle is loaded when somebody first looks at one
    from nhsdesk.desktop.commitments.bundle_part import BundlePart

_BUNDLE = 3
"""Its tab."""


def _bundle(desk: Desk) -> BundlePart:
    from nhsdesk.desktop.commitments.bundle_part import BundlePart

    return BundlePart(desk)


class RequestsPage(PartsPage):
    """Data requests, questions, information requests and what is disclosed for them."""

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
                ("Redacted bundle", lambda: _bundle(desk)),
            ),
        )
        self.information.bundle_wanted.connect(self._decide)

    @property
    def bundle(self) -> BundlePart:
        """What is disclosed for a request."""
        from nhsdesk.desktop.commitments.bundle_part import BundlePart

        return self.the(_BUNDLE, BundlePart)

    def _decide(self, id_: Id) -> None:
        """Brings what is disclosed for a request to the front."""
        self.tabs.setCurrentIndex(_BUNDLE)
        self.bundle.go_to(id_)
        self.take_focus()
