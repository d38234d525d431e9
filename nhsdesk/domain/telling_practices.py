"""What a practice is told of its own support request: its words, the offer, how it stands, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nhsdesk.domain.periods import day_words
from nhsdesk.domain.requests import ENDED, RequestEvent, SupportRequest, in_order, state


def words(request: SupportRequest, practice: str, events: Iterable[RequestEvent]) -> str:
    """Words to copy into a message to the practice. Notes for ourselves are not among them."""
    return "\n".join(_lines(request, practice, in_order(events)))


def _lines(request: SupportRequest, practice: str, events: list[RequestEvent]) -> Iterator[str]:
    yield f"Your support request {request.ref}, {practice}"
    yield ""
    if request.agreed_words and request.practice_agreed_on is not None:
        yield f"You agreed to these words on {day_words(request.practice_agreed_on)}:"
        yield request.agreed_words.strip()
        yield ""
    yield f"What is offered: {request.offer.strip()}" if request.offer else "Nothing has been offered yet."
    stands = state(events)
    last = [one.happened_on for one in events if one.state is not None]
    since = f" since {day_words(last[-1])}" if last else ""
    yield f"How it stands: {stands.value}{since}."
    if stands in ENDED:
        yield f"What came of it: {request.outcome.strip() if request.outcome else 'not yet written down'}"
    if request.review_on is not None:
        yield f"We look at it again on {day_words(request.review_on)}."
    yield ""
    yield "Tell us if anything of this is not so. A request that has ended can be opened again."
