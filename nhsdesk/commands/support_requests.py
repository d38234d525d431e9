"""Support requests: looked at with their clocks, and taken a step further, each step one that Undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from nhsdesk import resources
from nhsdesk.commands import entries, figures
from nhsdesk.domain import (
    agreed_words,
    clock_words,
    clocks,
    existing_support,
    local_rules,
    offers,
    request_steps,
    telling_practices,
)
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.request_steps import Need, NextStep
from nhsdesk.domain.requests import (
    Level,
    RequestEvent,
    RequestNote,
    SupportRequest,
    WaitingOn,
)
from nhsdesk.domain.service_levels import ClosedDay
from nhsdesk.sections import request_clocks
from nhsdesk.sections.request_clocks import Forecast, RequestView
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives with a step: its day, its time where it matters, and what the step asks for."""

    on: date
    at: time | None = None
    words: str = ""
    waiting_on: WaitingOn | None = None
    risk: int | None = None
    level: Level | None = None
    person: Id | None = None


def number(database: Database) -> int:
    """How many requests the file holds."""
    with database.read() as reader:
        return reader.count(SupportRequest)


def seen(database: Database) -> tuple[RequestView, ...]:
    """All requests with their clocks as they stand now, what will be late next first."""
    with database.read() as reader:
        return request_clocks.gather(reader, database.now())


def seen_again(
    database: Database, views: tuple[RequestView, ...], changed: Mapping[str, Collection[int]]
) -> tuple[RequestView, ...]:
    """The same after a change that a notice tells of."""
    with database.read() as reader:
        return request_clocks.again(reader, views, changed, database.now())


def forecast(database: Database, views: tuple[RequestView, ...] | None = None) -> Forecast:
    """How many requests are late, and how many will be within the days settled locally."""
    with database.read() as reader:
        found = request_clocks.gather(reader, database.now()) if views is None else views
        rules = local_rules.in_force(reader.counting(LocalRule), database.today(), resources.bank_holidays())
        calendar = clocks.calendar(rules, reader.all(ClosedDay))
    return request_clocks.forecast(found, database.today(), rules.whole("clock.late_soon_days"), calendar)


@dataclass(frozen=True, slots=True)
class Detail:
    """One request with all that its page tells of it."""

    view: RequestView
    provider: str
    contact: Person | None
    notes: tuple[RequestNote, ...]
    support: tuple[ExistingSupport, ...]


def detail(database: Database, request: Id) -> Detail | None:
    """One request as it stands now; None where it is no longer in the file."""
    with database.read() as reader:
        if reader.find(SupportRequest, request) is None:
            return None
        held = request_clocks.view(reader, request, database.now())
        provider = reader.find(Organisation, held.request.offered_by)
        return Detail(
            view=held,
            provider="" if provider is None else provider.name,
            contact=reader.find(Person, held.request.contact),
            notes=tuple(sorted(reader.all(RequestNote, request=request), key=lambda one: one.id)),
            support=existing_support.fitting(reader.all(ExistingSupport), held.request.category),
        )


# ---- steps


def read_given(database: Database, typed: Mapping[str, str]) -> Given | Problem:
    """What was typed with a step, by the names of the fields of an event, or what of it cannot be read."""
    read = _read(database, RequestEvent.KIND, typed)
    if isinstance(read, Problem):
        return read
    if read.get("happened_on") is None:
        return Problem("Give the day on which it happened.", field="happened_on")
    return Given(
        on=read["happened_on"],
        at=read.get("at"),
        words=read.get("told") or "",
        waiting_on=read.get("waiting_on"),
        risk=read.get("risk"),
        level=read.get("level"),
        person=read.get("escalated_to"),
    )


def _read(database: Database, kind: RecordKind, typed: Mapping[str, str]) -> dict[str, Any] | Problem:
    found: dict[str, Any] = {}
    with database.read() as reader:
        for name, words in typed.items():
            field = kind.field(name)
            if (stopped := entries.stopped(field, words)) is not None:
                return stopped
            value = entries.read_words(reader, field, words, database.today()) if words.strip() else None
            if isinstance(value, Problem):
                return replace(value, field=name)
            found[name] = value
    return found


def take(database: Database, request: Id, step: NextStep, given: Given) -> RequestEvent | Problem:
    """Takes a request a step further, or says what is lacking; nothing is written then."""
    with database.read() as reader:
        held = reader.get(SupportRequest, request)
        events = reader.all(RequestEvent, request=request)
        wrong = _lacking(held, events, step, given, database.today())
        if not wrong and step is request_steps.SEND:
            wrong = agreed_words.why_not_sent(held)
        if not wrong:
            wrong = request_steps.out_of_order(events, _event(held, tuple(events), step, given))
    if wrong:
        return Problem(wrong)
    with database.change(f"{step.label} {held.ref}") as change:
        now = change.reader.get(SupportRequest, request)
        updated = _with(now, step, given)
        if updated != now:
            now = change.put(updated)
        event = _event(now, tuple(events), step, given)
        figures.refuse_unagreed(change.reader, event)
        return change.add(event)


def _lacking(
    held: SupportRequest, events: tuple[RequestEvent, ...], step: NextStep, given: Given, today: date
) -> str:
    if step not in request_steps.may_follow(events):
        state, _ = request_steps.standing(events)
        return f"{held.ref} is {state.value}, so this cannot happen to it now. Look again."
    if given.on > today:
        return f"{day_words(given.on)} has not come. Give the day on which it happened."
    for need in step.needs:
        if not _given(need, given):
            return _ASK[need]
    if step is request_steps.AGREE and not (held.summary or "").strip():
        return agreed_words.why_not_sent(held)
    if step is request_steps.RISK and given.risk not in range(1, 6):
        return _ASK[Need.RISK]
    return ""


def _given(need: Need, given: Given) -> bool:
    told: dict[Need, object] = {
        Need.WAITING_ON: given.waiting_on,
        Need.RISK: given.risk,
        Need.LEVEL: given.level,
        Need.CONTACT: given.person,
    }
    return told[need] is not None if need in told else bool(given.words.strip())


_ASK = {
    Need.AGREED_BY: "Say who agreed for the practice: a role, not a name.",
    Need.REASON: "Say why, in a few words. It is kept with the request.",
    Need.OFFER: "Say what is offered.",
    Need.WAITING_ON: "Say on whom it waits: the practice, the host, us or somebody else.",
    Need.RISK: "Choose the risk to sustainability, from 1 to 5.",
    Need.LEVEL: "Choose the level of support.",
    Need.OUTCOME: "Say what came of it, or why it is closed. It is kept with the request.",
    Need.CONTACT: "Choose to whom it is escalated.",
}


def _with(held: SupportRequest, step: NextStep, given: Given) -> SupportRequest:
    """What of the request itself a step changes."""
    words = given.words.strip()
    if step is request_steps.AGREE:
        return replace(
            held, practice_agreed_on=given.on, agreed_by=words, agreed_words=agreed_words.words(held)
        )
    if step is request_steps.OFFER:
        return replace(held, offer=words)
    if step is request_steps.CLOSE:
        return replace(held, outcome=held.outcome or words)
    if step is request_steps.RISK:
        return replace(held, risk=given.risk)
    if step is request_steps.LEVEL:
        return replace(held, level=given.level)
    return held


def _event(
    held: SupportRequest, events: tuple[RequestEvent, ...], step: NextStep, given: Given
) -> RequestEvent:
    """The entry that tells of a step. Sending keeps risk and level as they were, so that clocks know them later."""
    sending = step is request_steps.SEND
    return RequestEvent(
        request=held.id,
        happened_on=given.on,
        at=given.at,
        state=request_steps.reopened_to(events) if step is request_steps.REOPEN else step.state,
        happening=step.happening,
        waiting_on=given.waiting_on if step in (request_steps.PAUSE, request_steps.RESUME) else None,
        risk=held.risk if sending else given.risk if step is request_steps.RISK else None,
        level=held.level if sending else given.level if step is request_steps.LEVEL else None,
        said_by=step.said_by,
        escalated_to=given.person if step is request_steps.ESCALATE else None,
        told=given.words.strip() or None,
    )


# ---- what is kept with a request


def _put(
    database: Database, request: Id, label: str, changed: Callable[[SupportRequest], SupportRequest]
) -> SupportRequest:
    with database.read() as reader:
        ref = reader.get(SupportRequest, request).ref
    with database.change(f"{label} {ref}") as change:
        return change.put(changed(change.reader.get(SupportRequest, request)))


def look_at_support(database: Database, request: Id, remark: str = "") -> SupportRequest | Problem:
    """Notes that the existing support that fits was looked at on this day, and which entries that were."""
    found = detail(database, request)
    assert found is not None
    listed = "; ".join(f"{one.who} ({one.ref})" for one in found.support) or "none is in the directory"
    told = f"Looked at on {day_words(database.today())}: {listed}."
    words = f"{told} {remark.strip()}".strip()
    return _put(
        database,
        request,
        "Note that existing support was looked at for",
        lambda held: replace(held, support_looked_at=words),
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as its form holds it."""

    offered_by: Id | None
    done_before: str
    no_contract_transfer: bool | None
    no_mandated_model: bool | None
    existing_support_checked: bool | None
    note: str = ""


def offer_words(database: Database, request: SupportRequest) -> dict[str, str]:
    """What is known of an offer as words to be changed, by the names of the fields of a request."""
    names = ("offered_by", "done_before", *(field for field, _, _ in offers.SAFEGUARDS), "safeguard_note")
    with database.read() as reader:
        return {
            name: entries.words_of(reader, SupportRequest.KIND.field(name), getattr(request, name))
            for name in names
        }


def read_offer(database: Database, typed: Mapping[str, str]) -> Offer | Problem:
    """What was typed of an offer, by the names of the fields of a request, or what of it cannot be read."""
    read = _read(database, SupportRequest.KIND, typed)
    if isinstance(read, Problem):
        return read
    return Offer(
        offered_by=read["offered_by"],
        done_before=read["done_before"] or "",
        no_contract_transfer=read["no_contract_transfer"],
        no_mandated_model=read["no_mandated_model"],
        existing_support_checked=read["existing_support_checked"],
        note=read["safeguard_note"] or "",
    )


def keep_offer(database: Database, request: Id, offer: Offer) -> SupportRequest | Problem:
    """Keeps who offers, where they have done it before, and the three safeguards."""
    broken = False in (
        offer.no_contract_transfer,
        offer.no_mandated_model,
        offer.existing_support_checked,
    )
    if broken and not offer.note.strip():
        return Problem("A safeguard is broken. Say in the note how, so that it can be told plainly.")
    return _put(
        database,
        request,
        "Keep the offer for",
        lambda held: replace(
            held,
            offered_by=offer.offered_by,
            done_before=offer.done_before.strip() or None,
            no_contract_transfer=offer.no_contract_transfer,
            no_mandated_model=offer.no_mandated_model,
            existing_support_checked=offer.existing_support_checked,
            safeguard_note=offer.note.strip() or None,
        ),
    )


def add_note(database: Database, request: Id, words: str, *, shareable: bool) -> RequestNote | Problem:
    """Keeps a note on a request: for ourselves unless it is said that it may be shared."""
    if not words.strip():
        return Problem("Write the note first.")
    with database.read() as reader:
        ref = reader.get(SupportRequest, request).ref
    with database.change(f"Add a note on {ref}") as change:
        return change.add(_note(change, request, words, shareable, database.today()))


def _note(change: Change, request: Id, words: str, shareable: bool, today: date) -> RequestNote:
    held = change.reader.get(SupportRequest, request)
    return RequestNote(request=held.id, written_on=today, shareable=shareable, words=words.strip())


def escalation_words(found: Detail) -> str:
    """Words to copy into a message to the contact of a request."""
    view = found.view
    late = [f"{one.clock.value.capitalize()}: {clock_words.standing(one)}" for one in view.late]
    return request_steps.texts_for_escalation(view.request, view.practice, late)


def practice_words(found: Detail) -> str:
    """Words to copy into a message to the practice that asked."""
    view = found.view
    return telling_practices.words(view.request, view.practice, view.events)


def contact_words(database: Database, request: SupportRequest) -> str:
    """The named contact of a request as a link is typed; empty where it names none."""
    with database.read() as reader:
        return entries.words_of(reader, SupportRequest.KIND.field("contact"), request.contact)


def told_of_offer(found: Detail) -> tuple[str, ...]:
    """The offer of a request in sentences, a breach first."""
    request = found.view.request
    if not request.offer:
        return ("Nothing has been offered yet.",)
    told = [one for one in (offers.breach(request),) if one]
    told += [request.offer, offers.provider_words(request, found.provider)]
    return tuple(told + [one.words for one in offers.safeguards(request)])
