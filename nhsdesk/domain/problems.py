"""What is wrong with an entry: a value to show, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """Whether a problem stops a paper."""

    MUST_FIX = "must be put right"
    ACKNOWLEDGE = "must be acknowledged"
    NOTE = "for information"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, in a plain sentence, with the entry and field it stands beside."""

    sentence: str
    weight: Weight = Weight.NOTE
    kind: str = ""
    record: int = 0
    field: str = ""
