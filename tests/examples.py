"""How many examples a property is tried with: few each time all tests run, many in `make thorough`."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("NHSDESK_THOROUGH"))


def examples(few: int, many: int) -> int:
    """So many here, for a property whose examples are dear."""
    return many if THOROUGH else few
