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
    fund_statement,
    late_advice,
    service_coverage,
    support_counts,
    support_requests,
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
    support_requests.PAPER,
    support_counts.PAPER,
    fund_statement.PAPER,
    service_coverage.PAPER,
)
