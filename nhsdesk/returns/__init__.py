"""Workbooks we send: one module each, none knowing another."""

from __future__ import annotations

from typing import Any

from nhsdesk.papers import Paper
from nhsdesk.returns import (
    arrs_claim,
    arrs_position,
    arrs_uplift,
    assessment,
    commitments_register,
    late_advice,
    service_coverage,
    workforce_check,
)

RETURNS: tuple[Paper[Any], ...] = (
    arrs_claim.PAPER,
    arrs_uplift.PAPER,
    arrs_position.PAPER,
    workforce_check.PAPER,
    commitments_register.PAPER,
    assessment.PAPER,
    late_advice.PAPER,
    service_coverage.PAPER,
)
