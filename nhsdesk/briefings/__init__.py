"""Papers a board reads, as PDF: each is mostly a tuple of sections."""

from __future__ import annotations

from typing import Any

from nhsdesk.briefings import (
    action_log,
    agenda,
    board_paper,
    delivered,
    geography,
    highlight,
    integrator,
    leadership,
    minutes,
    minutes_book,
    pack,
    place_board,
    position,
    practice,
    reply,
    sign_up,
    week_sheet,
    what_is_where,
)
from nhsdesk.papers import Paper

BRIEFINGS: tuple[Paper[Any], ...] = (
    place_board.PAPER,
    position.PAPER,
    sign_up.PAPER,
    reply.PAPER,
    integrator.PAPER,
    geography.PAPER,
    what_is_where.PAPER,
    agenda.PAPER,
    agenda.OWN,
    minutes.PAPER,
    minutes.OWN,
    pack.PAPER,
    pack.OWN,
    minutes_book.PAPER,
    minutes_book.OWN,
    week_sheet.PAPER,
    week_sheet.OWN,
    board_paper.PAPER,
    board_paper.OWN,
    highlight.PAPER,
    highlight.OWN,
    delivered.PAPER,
    leadership.PAPER,
    practice.PAPER,
    action_log.PAPER,
    action_log.OWN,
)
