"""What stands unseen before the number of a figure, "[3]", so that it leads to where the figure is told of, and back.

Unicode keeps both signs for use inside a program. `tracing.py` alone puts them, and takes out those that people typed.
"""

from __future__ import annotations

import re

STANDS = "\ufdd0"
"""The figure itself stands here."""

TOLD = "\ufdd1"
"""Here is told what the figure was counted from."""

EITHER = re.compile(f"([{STANDS}{TOLD}])")
NUMBER = re.compile(rf"[{STANDS}{TOLD}]\[\d{{1,6}}\]")


def without_marks(text: str) -> str:
    """The text without them."""
    return text.replace(STANDS, "").replace(TOLD, "")
