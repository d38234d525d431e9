"""Papers a board reads, as PDF: each is mostly a tuple of sections."""

from __future__ import annotations

from typing import Any

from nhsdesk.briefings import agenda, minutes, place_board, reply, sign_up
from nhsdesk.papers import Paper

BRIEFINGS: tuple[Paper[Any], ...] = (
    place_board.PAPER,
    sign_up.PAPER,
    reply.PAPER,
    agenda.PAPER,
    agenda.OWN,
    minutes.PAPER,
    minutes.OWN,
)
