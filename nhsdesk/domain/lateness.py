"""How a support request stands to its time limits, in the words papers use: the one place where they ask."""

from __future__ import annotations

from collections.abc import Iterable

from nhsdesk.domain.clocks import Reading, Stand
from nhsdesk.domain.kinds import Choice


class Lateness(Choice):
    """How a request stands to its time limits."""

    LATE = "late"
    IN_TIME = "in time"
    NO_LIMIT = "no time limit agreed"


def standing(clocks: Iterable[Reading]) -> Lateness:
    """Late where the limit of any clock was passed, reached since or not."""
    limited = [one for one in clocks if one.stand not in (Stand.NOT_SENT, Stand.NO_LIMIT)]
    if not limited:
        return Lateness.NO_LIMIT
    return Lateness.LATE if any(one.late for one in limited) else Lateness.IN_TIME
