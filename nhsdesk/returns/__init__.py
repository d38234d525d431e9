"""Workbooks we send: one module each, none knowing another."""

from __future__ import annotations

from typing import Any

from nhsdesk.papers import Paper
from nhsdesk.returns import arrs_claim, workforce_check

RETURNS: tuple[Paper[Any], ...] = (
    arrs_claim.PAPER,
    workforce_check.PAPER,
)
