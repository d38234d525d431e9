"""Workbooks we send: one module each, none knowing another."""

from __future__ import annotations

from typing import Any

from nhsdesk.papers import Paper
from nhsdesk.returns import arrs_claim, commitments_register

RETURNS: tuple[Paper[Any], ...] = (arrs_claim.PAPER, commitments_register.PAPER)
