"""Papers a board reads, as PDF: each is mostly a tuple of sections."""

from __future__ import annotations

from typing import Any

from nhsdesk.briefings import integrator, place_board, position, reply, sign_up
from nhsdesk.papers import Paper

BRIEFINGS: tuple[Paper[Any], ...] = (
    place_board.PAPER,
    position.PAPER,
    sign_up.PAPER,
    reply.PAPER,
    integrator.PAPER,
)
