"""Workbooks we send: one module each, none knowing another."""

from __future__ import annotations

from typing import Any

from nhsdesk.papers import Paper
from nhsdesk.returns import arrs_claim, assessment, late_advice

RETURNS: tuple[Paper[Any], ...] = (arrs_claim.PAPER, assessment.PAPER, late_advice.PAPER)
