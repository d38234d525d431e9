"""What was claimed and stands: the current submitted claim of each month, its lines, and who has left since."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.arrs import Post
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState, current, stage_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.domain.post_spells import ending
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.sections.posts_held import Held
from nhsdesk.store.reading import Reader


def events(reader: Reader) -> dict[Id, list[ClaimEvent]]:
    """What became of each claim and uplift."""
    found: dict[Id, list[ClaimEvent]] = {}
    for one in reader.all(ClaimEvent):
        found.setdefault(one.claim, []).append(one)
    return found


def submitted(reader: Reader) -> dict[Month, Claim]:
    """The submitted claim that counts for each month; a withdrawn one does not."""
    told = events(reader)
    return current(
        claim
        for claim in reader.all(Claim, state=ClaimState.SUBMITTED)
        if stage_of(told.get(claim.id, ())) is not ClaimStage.WITHDRAWN
    )


def uplifts_submitted(reader: Reader) -> tuple[Uplift, ...]:
    """The uplifts that were submitted and not withdrawn."""
    told = events(reader)
    return tuple(
        one
        for one in reader.all(Uplift, state=ClaimState.SUBMITTED)
        if stage_of(told.get(one.id, ())) is not ClaimStage.WITHDRAWN
    )


def by_post(reader: Reader, claim: Claim) -> dict[Id, list[ClaimLine]]:
    """A claim's lines as they were submitted; a post of several employments may have several."""
    found: dict[Id, list[ClaimLine]] = {}
    for line in reader.all(ClaimLine, claim=claim.id):
        found.setdefault(line.post, []).append(line)
    return found


def last_day(post: Post, held: Held) -> date | None:
    """The last day anybody works in a post; None while nobody's end is known."""
    ends = [ending(one.ends, post) for one in held.assignments.get(post.id, [])] or [post.ends]
    known = [day for day in ends if day is not None]
    return max(known) if len(known) == len(ends) else None
