"""What may happen next to a support request, as data: from which states, what it leads to, and what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from nhsdesk.domain import agreed_words, clock_story
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.requests import (
    ENDED,
    Happening,
    RequestEvent,
    RequestState,
    SaidBy,
    SupportRequest,
    WaitingOn,
    in_order,
)
from nhsdesk.domain.requests import state as state_of


class Need(Enum):
    """What a step asks for besides its day."""

    AGREED_BY = "agreed by"
    REASON = "why"
    OFFER = "what is offered"
    WAITING_ON = "waiting on"
    RISK = "risk"
    LEVEL = "level of support"
    OUTCOME = "outcome"
    CONTACT = "to whom"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that may happen: its words on a button and in the history, and what it makes of a request."""

    key: str
    button: str
    label: str
    done: str
    state: RequestState | None = None
    happening: Happening | None = None
    needs: tuple[Need, ...] = ()
    said_by: SaidBy | None = None


_S, _H, _BY = RequestState, Happening, SaidBy

AGREE = NextStep("agree", "Practice agrees…", "Note that the practice agreed to", "The practice agreed to {ref}.",
                 _S.AGREED, needs=(Need.AGREED_BY,), said_by=_BY.PRACTICE)  # fmt: skip
SEND = NextStep("send", "Mark as sent…", "Mark as sent:", "{ref} is marked as sent. The program sends nothing itself.",
                _S.SENT, said_by=_BY.US)  # fmt: skip
ACKNOWLEDGE = NextStep("acknowledge", "Acknowledged…", "Note as acknowledged:", "{ref} is noted as acknowledged.",
                       _S.ACKNOWLEDGED, said_by=_BY.HOST)  # fmt: skip
OFFER = NextStep("offer", "Offered…", "Note the offer for", "The offer for {ref} is noted.", _S.OFFERED,
                 needs=(Need.OFFER,), said_by=_BY.HOST)  # fmt: skip
ACCEPT = NextStep("accept", "Accepted…", "Note the offer as accepted:", "The offer for {ref} is accepted.",
                  _S.ACCEPTED, said_by=_BY.PRACTICE)  # fmt: skip
DECLINE = NextStep("decline", "Declined…", "Note as declined:", "{ref} is noted as declined, with the reason.",
                   _S.DECLINED, needs=(Need.REASON,), said_by=_BY.PRACTICE)  # fmt: skip
BEGIN = NextStep("begin", "Begins…", "Note that support began:", "Support for {ref} has begun.",
                 _S.IN_PROGRESS, said_by=_BY.HOST)  # fmt: skip
CLOSE = NextStep("close", "Close…", "Close", "{ref} is closed, with what came of it.", _S.CLOSED,
                 needs=(Need.OUTCOME,), said_by=_BY.US)  # fmt: skip
WITHDRAW = NextStep("withdraw", "Withdraw…", "Withdraw", "{ref} is withdrawn, with the reason.", _S.WITHDRAWN,
                    needs=(Need.REASON,), said_by=_BY.PRACTICE)  # fmt: skip
PAUSE = NextStep("pause", "Pause…", "Pause", "{ref} is paused.", happening=_H.PAUSED,
                 needs=(Need.WAITING_ON,))  # fmt: skip
RESUME = NextStep("resume", "Resume…", "Resume", "{ref} goes on.", happening=_H.RESUMED)
REOPEN = NextStep(
    "reopen", "Reopen…", "Reopen", "{ref} is open again.", happening=_H.REOPENED, needs=(Need.REASON,)
)
RISK = NextStep("risk", "Risk…", "Change the risk of", "The risk of {ref} is changed.",
                happening=_H.RISK_CHANGED, needs=(Need.RISK,))  # fmt: skip
LEVEL = NextStep("level", "Level…", "Change the level of support of", "The level of {ref} is changed.",
                 happening=_H.LEVEL_CHANGED, needs=(Need.LEVEL,))  # fmt: skip
ESCALATE = NextStep("escalate", "Escalate…", "Escalate", "{ref} is noted as escalated. Copy the words to send them.",
                    happening=_H.ESCALATED, needs=(Need.CONTACT,), said_by=_BY.US)  # fmt: skip

STEPS = (AGREE, SEND, ACKNOWLEDGE, OFFER, ACCEPT, DECLINE, BEGIN, CLOSE, PAUSE, RESUME, RISK, LEVEL, ESCALATE,
         REOPEN, WITHDRAW)  # fmt: skip
"""All there are, in the order of their buttons."""

_GOING = (PAUSE, RESUME, RISK, LEVEL, ESCALATE, CLOSE, WITHDRAW)

NEXT: dict[RequestState, tuple[NextStep, ...]] = {
    _S.DRAFTED: (AGREE, RISK, LEVEL, WITHDRAW),
    _S.AGREED: (SEND, AGREE, RISK, LEVEL, WITHDRAW),
    _S.SENT: (ACKNOWLEDGE, OFFER, DECLINE, *_GOING),
    _S.ACKNOWLEDGED: (OFFER, BEGIN, DECLINE, *_GOING),
    _S.OFFERED: (OFFER, ACCEPT, DECLINE, *_GOING),
    _S.ACCEPTED: (BEGIN, *_GOING),
    _S.IN_PROGRESS: (OFFER, *_GOING),
    _S.CLOSED: (REOPEN,),
    _S.DECLINED: (REOPEN,),
    _S.WITHDRAWN: (REOPEN,),
}
"""From each state what may happen next. The practice can withdraw from every state that is not an end."""


def standing(events: Iterable[RequestEvent]) -> tuple[RequestState, frozenset[WaitingOn | None]]:
    """Where a request stands, and on whom it waits while it is paused."""
    ordered = in_order(events)
    state = state_of(ordered)
    if state in ENDED or all(one.happening is not Happening.PAUSED for one in ordered):
        return state, frozenset()
    story = clock_story.tell(ordered, clock_story.last_of(ordered[-1].happened_on))
    return state, frozenset(one.waiting_on for one in story.pauses if one.last is None)


def may_follow(events: Iterable[RequestEvent]) -> tuple[NextStep, ...]:
    """What may happen next, in the order of the buttons."""
    state, waits = standing(events)
    return tuple(one for one in STEPS if one in NEXT[state] and (one is not RESUME or waits))


def out_of_order(events: Iterable[RequestEvent], event: RequestEvent) -> str:
    """Why the newest event cannot have happened on its day and at its time; empty where it can."""
    held = list(events)
    newest = replace(event, id=Id(max((one.id for one in held), default=0) + 1))
    last = [one for one in in_order([*held, newest]) if one.state is not None]
    if event.state is not None and last[-1] is not newest:
        return _not_before(last[-1])
    sent = next((one for one in in_order(held) if one.state is RequestState.SENT), None)
    stops = event.happening in (Happening.PAUSED, Happening.RESUMED)
    early = stops and sent is not None and event.happened_on < sent.happened_on
    return _not_before(sent) if early and sent is not None else ""


def _not_before(event: RequestEvent) -> str:
    state = event.state.words if event.state is not None else ""
    at = f" at {event.at:%H:%M}" if event.at is not None else ""
    return (
        f"“{state}” is noted for {day_words(event.happened_on)}{at}, and this cannot have been before that."
    )


def reopened_to(events: Iterable[RequestEvent]) -> RequestState:
    """Where a request stands that is opened again: where it stood before it ended."""
    told = [one.state for one in in_order(events) if one.state is not None and one.state not in ENDED]
    return told[-1] if told else RequestState.DRAFTED


def refusal(request: SupportRequest, state: RequestState | None) -> str:
    """Why an entry that it went may not be kept, wherever it is made; empty where it may."""
    if state is not RequestState.SENT:
        return ""
    why = agreed_words.why_not_sent(request)
    return f"{request.ref} was not marked as sent, and nothing was changed. {why}" if why else ""


def texts_for_escalation(request: SupportRequest, practice: str, late: Iterable[str]) -> str:
    """Words to copy into a message to the named contact: which request, what is late, what is asked."""
    told = "\n".join(f"- {one}." for one in late) or "- No time limit has passed yet."
    return (
        f"Support request {request.ref} from {practice}\n\nHow it stands:\n{told}\n\nPlease say who is dealing with it "
        "and by when. Given in confidence for practice support; talk to us before disclosure."
    )
