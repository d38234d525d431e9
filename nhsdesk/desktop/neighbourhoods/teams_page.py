"""Teams and hubs: each team with what stops it, and the services of each hub."""

from __future__ import annotations

from nhsdesk.desktop.commitments.parts import PartsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.neighbourhoods.coverage_part import CoveragePart
from nhsdesk.desktop.neighbourhoods.teams_part import TeamsPart


class TeamsPage(PartsPage):
    """Teams, and service coverage."""

    title = "Teams and hubs"

    def __init__(self, desk: Desk) -> None:
        self.teams, self.coverage = TeamsPart(desk), CoveragePart(desk)
        super().__init__(desk, (("Teams", self.teams), ("Service coverage", self.coverage)))
