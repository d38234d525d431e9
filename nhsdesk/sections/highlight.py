"""What a highlight report tells of: milestones of plans, actions, steps of integrators and requests for support."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from nhsdesk.domain import highlight
from nhsdesk.domain.actions import Brag
from nhsdesk.domain.highlight import Dated
from nhsdesk.domain.integrators import Integrator, IntegratorStep
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.plans import Gate, Milestone, Plan, PlanStatus, unmet
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import action_log, apart, meetings, request_list, restricted
from nhsdesk.sections.action_log import LogLine
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

PLANS, ACTIONS, INTEGRATORS, REQUESTS = "Plans", "Actions", "Integrators", "Requests for support"
PAST_LIMIT = "past a time limit"
UNDER_WAY = (PlanStatus.DRAFT, PlanStatus.AGREED, PlanStatus.LIVE)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One thing with its dates, who it is with, how it is off track, and what will bring it back."""

    ref: str
    id: str
    kind: str
    area: str
    what: str
    who: str
    due: date | None
    done_on: date | None
    done: bool
    next: bool
    late: str
    back: str
    back_by: date | None

    @property
    def unsaid(self) -> bool:
        """Off track, and nobody has said what will bring it back."""
        return bool(self.late) and self.back == highlight.NOBODY_SAID


@dataclass(frozen=True, slots=True)
class Facts:
    """What was done, is next or is off track, and the references withheld."""

    lines: tuple[LineFacts, ...]
    withheld: tuple[str, ...]
    requests_told: bool
    """Requests for support are told of to our own board only."""


def gather(reader: Reader, asked: Asked, audience: Audience, each: apart.Read) -> Facts:
    """Everything that a highlight report of a day tells, area by area.

    What brings a plan or an integrator back is read from the actions: without them neither can be told.
    """
    day, hidden = asked.day, restricted.gather(reader, audience)
    own = audience is Audience.OWN_BOARD
    log = cache(lambda: action_log.gather(reader, asked, audience))
    helping = cache(lambda: _Helping(reader, log().lines))
    areas: dict[str, Callable[[], Iterable[LineFacts]]] = {
        PLANS: lambda: _plans(reader, day, hidden, helping()),
        ACTIONS: lambda: (_action(line, day) for line in log().lines),
        INTEGRATORS: lambda: _steps(reader, day, hidden, helping()),
    }
    if own:
        areas[REQUESTS] = lambda: _requests(reader, asked)
    told = [each.of(area, partial(_told, lines)) for area, lines in areas.items()]
    lines = (line for of_area in told if of_area is not None for line in of_area)
    ordered = sorted(lines, key=lambda one: (one.due or date.max, one.ref))
    plans = () if PLANS in each.failed else (one.ref for one in reader.all(Plan) if hidden.hides(one.id))
    return Facts(tuple(ordered), (*plans, *(() if ACTIONS in each.failed else log().withheld)), own)


def _told(lines: Callable[[], Iterable[LineFacts]]) -> tuple[LineFacts, ...]:
    return tuple(line for line in lines() if line.done or line.next or line.late)


def _plans(reader: Reader, day: date, hidden: Restricted, helping: _Helping) -> Iterator[LineFacts]:
    names = meetings.names(reader)
    yield from _milestones(reader, day, hidden, names, helping)
    yield from _gates(reader, day, hidden, names, helping)


class _Helping:
    """Open actions linked with something, which are to bring it back."""

    def __init__(self, reader: Reader, lines: Iterable[LogLine]) -> None:
        self._open = {int(line.id): line for line in lines if line.closed_on is None}
        self._linked: dict[Id, list[Id]] = {}
        for link in reader.all(Link):
            self._linked.setdefault(link.source, []).append(link.target)
            self._linked.setdefault(link.target, []).append(link.source)

    def of(self, *ids: Id) -> tuple[LogLine, ...]:
        """The actions linked with any of these, the one due first leading."""
        found = {one for id_ in ids for one in self._linked.get(id_, ()) if int(one) in self._open}
        lines = [self._open[int(one)] for one in found]
        return tuple(sorted(lines, key=lambda line: (line.due_now or date.max, line.ref)))


def _helping_words(line: LogLine) -> str:
    by = f", by {day_words(line.due_now)}" if line.due_now else ""
    return f"{line.ref} {line.what} ({line.owner}{by})"


def _line(
    record: Milestone | Gate | IntegratorStep,
    area: str,
    what: str,
    who: str,
    dated: Dated,
    day: date,
    back: Iterable[str],
) -> LineFacts:
    late = highlight.late_words(dated, day)
    return LineFacts(
        ref=record.ref,
        id=str(record.id),
        kind=record.KIND.name,
        area=area,
        what=what,
        who=who,
        due=dated.due,
        done_on=dated.done_on,
        done=highlight.done_lately(dated, day),
        next=highlight.due_next(dated, day),
        late=late,
        back=highlight.said(back) if late else "",
        back_by=highlight.new_date(dated, day) if late else None,
    )


def _milestones(
    reader: Reader, day: date, hidden: Restricted, names: Mapping[Id, str], helping: _Helping
) -> Iterator[LineFacts]:
    plans = {one.id: one for one in reader.all(Plan) if one.status is not PlanStatus.STOPPED}
    for one in reader.all(Milestone):
        plan = plans.get(one.plan)
        if plan is None or hidden.hides(plan.id) or hidden.hides(one.id, one.plan):
            continue
        dated = Dated(one.original, one.revised, one.done_on)
        who = names.get(plan.owner, "") if plan.owner is not None else ""
        back = map(_helping_words, helping.of(one.id, plan.id))
        yield _line(one, PLANS, f"{plan.title}: {one.what}", who, dated, day, back)


def _gates(
    reader: Reader, day: date, hidden: Restricted, names: Mapping[Id, str], helping: _Helping
) -> Iterator[LineFacts]:
    """Gates met lately, and those still to be met of a plan that is live already."""
    plans = {one.id: one for one in reader.all(Plan) if one.status in UNDER_WAY}
    gates = [one for one in reader.all(Gate) if one.plan in plans]
    open_ = {one.id for one in unmet(gates, day)}
    for one in gates:
        plan = plans[one.plan]
        if hidden.hides(plan.id) or hidden.hides(one.id, one.plan):
            continue
        who = names.get(plan.owner, "") if plan.owner is not None else ""
        due = one.met_on if one.id in open_ else None
        dated = Dated(due, None, None if one.id in open_ else one.met_on)
        line = _line(one, PLANS, f"{plan.title}: gate “{one.what}”", who, dated, day, ())
        if one.id in open_ and plan.status is PlanStatus.LIVE:
            back = highlight.said(map(_helping_words, helping.of(one.id, plan.id)))
            line = LineFacts(
                line.ref, line.id, line.kind, line.area, line.what, who, due, None, done=False, next=line.next,
                late="live without it", back=back, back_by=due,
            )  # fmt: skip
        yield line


def _action(one: LogLine, day: date) -> LineFacts:
    dated = Dated(one.due or one.revised_due, one.revised_due, one.closed_on)
    late = highlight.late_words(dated, day)
    if not late and one.closed_on is None and one.brag == Brag.RED.words:
        late = one.brag
    return LineFacts(
        ref=one.ref,
        id=one.id,
        kind="action",
        area=ACTIONS,
        what=one.what,
        who=one.owner,
        due=one.due_now,
        done_on=one.closed_on,
        done=highlight.done_lately(dated, day),
        next=highlight.due_next(dated, day),
        late=late,
        back=highlight.said(one.updates[-1:]) if late else "",
        back_by=highlight.new_date(dated, day) if late else None,
    )


def _steps(reader: Reader, day: date, hidden: Restricted, helping: _Helping) -> Iterator[LineFacts]:
    integrators = {one.id: one for one in reader.all(Integrator)}
    for one in reader.all(IntegratorStep):
        integrator = integrators[one.integrator]
        if hidden.hides(one.id) or hidden.hides(integrator.id):
            continue
        dated = Dated(one.original, one.revised, one.done_on)
        back = map(_helping_words, helping.of(one.id, integrator.id))
        what = f"{integrator.name}: {one.step.words.lower()}"
        yield _line(one, INTEGRATORS, what, integrator.approved_by or "", dated, day, back)


def _requests(reader: Reader, asked: Asked) -> Iterator[LineFacts]:
    """Of requests, those that ended in the period, and those of which a time limit has passed."""
    for one in request_list.gather(reader, asked).lines:
        dated = Dated(None, None, one.ended_on)
        told = f"{one.practice}: {one.category or 'support'}"
        yield LineFacts(
            ref=one.ref,
            id=one.id,
            kind="support_request",
            area=REQUESTS,
            what=told,
            who="",
            due=None,
            done_on=one.ended_on,
            done=highlight.done_lately(dated, asked.day),
            next=False,
            late=PAST_LIMIT if one.late_now else "",
            back=highlight.said((one.offer,)) if one.late_now else "",
            back_by=None,
        )


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, to be looked through for names."""
    for one in facts.lines:
        yield one.ref, "\n".join((one.what, one.who, one.late, one.back))
