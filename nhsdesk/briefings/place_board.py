"""The place board briefing: what binds general practice and what is only asked, what it does, and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from nhsdesk.documents.model import Report, Section
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import FinancialYear, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period, due_at_next_meeting
from nhsdesk.sections import (
    actions,
    apart,
    bodies,
    commitments,
    coverage,
    decisions,
    footprint,
    fund_facts,
    funds,
    guarded_practices,
    heading,
    integrator_facts,
    integrators,
    long_lists,
    neighbourhood_work,
    policy_positions,
    position,
    questions,
    risks,
    role_totals,
    sectors,
    since,
    support,
    teams,
    workload,
)
from nhsdesk.sections import in_short as in_short_section
from nhsdesk.store.reading import Reader

F = TypeVar("F")

AUDIENCE = Audience.PARTNERS
KEY = "place-board"


@dataclass(frozen=True, slots=True)
class Facts:
    """Each section's facts under one heading."""

    heading: Heading
    commitments: commitments.Facts | None
    roles: role_totals.Facts | None
    support: support.Facts | None
    actions: actions.Facts | None
    naming: tuple[Problem, ...]
    workload: workload.Facts | None = None
    risks: risks.Facts | None = None
    questions: questions.Facts | None = None
    positions: policy_positions.Facts | None = None
    claimed: position.Facts | None = None
    sectors: sectors.Facts | None = None
    integrators: integrator_facts.Facts | None = None
    funds: fund_facts.Facts | None = None
    teams: teams.Facts | None = None
    coverage: coverage.Facts | None = None
    footprint: footprint.Facts | None = None
    neighbourhood_work: neighbourhood_work.Facts | None = None
    voice: bodies.Facts | None = None
    decisions: decisions.Facts | None = None
    since: since.Facts | None = None
    """None in what was kept before these sections were there, which is remade without them, and where one failed."""


_COMMITMENTS = "Commitments"
_ROLES = "Additional roles"
_SUPPORT = "Support requests from practices"
_ACTIONS = "Actions"
_WRITTEN = commitments.WRITTEN
_CHANGING = (_COMMITMENTS, _ACTIONS)
"""The sections of whose entries it is told what has changed."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads every section for readers outside the PCN, unless it is composed for our own board."""
    audience = asked.audience(AUDIENCE)
    each = apart.Read()

    def read(
        title: str, gathered: Callable[[Reader, Asked, Audience], F], texts: apart.Texts[F] = apart.no_texts
    ) -> F | None:
        return each.of(title, lambda: gathered(reader, asked, audience), texts)

    head = heading.gather(reader, asked)
    facts = Facts(
        heading=head,
        commitments=read(_COMMITMENTS, commitments.gather, commitments.texts),
        roles=each.of(_ROLES, lambda: role_totals.gather(reader, asked)),
        support=each.of(_SUPPORT, lambda: support.gather(reader, asked)),
        actions=read(_ACTIONS, actions.gather, _action_texts),
        naming=(),
        workload=read(workload.TITLE, workload.gather, workload.texts),
        risks=read(risks.TITLE, risks.gather, risks.texts),
        questions=read(questions.TITLE, questions.gather, questions.texts),
        positions=read(policy_positions.TITLE, policy_positions.gather, policy_positions.texts),
        claimed=read(_claimed(asked.day), position.gather),
        sectors=read(sectors.TITLE, sectors.gather),
        integrators=read(integrators.TITLE, integrators.gather, integrators.texts),
        funds=read(funds.TITLE, funds.gather, funds.texts),
        teams=read(teams.TITLE, teams.gather, teams.texts),
        coverage=read(coverage.TITLE, coverage.gather, coverage.texts),
        footprint=read(footprint.TITLE, footprint.gather, footprint.texts),
        neighbourhood_work=read(neighbourhood_work.TITLE, neighbourhood_work.gather),
        voice=each.of(bodies.TITLE, lambda: bodies.gather(reader, asked), bodies.texts),
        decisions=read(decisions.TITLE, decisions.gather, decisions.texts),
    )
    changed = each.of(since.TITLE, lambda: _since(reader, asked, audience, facts))
    failed = (*each.failed, *((since.TITLE,) if changed is None and since.TITLE not in each.failed else ()))
    naming = guarded_practices.named_in(reader, audience, each.texts)
    return replace(facts, heading=replace(head, failed=failed), naming=naming, since=changed)


def _claimed(day: date) -> str:
    return position.claimed_heading(FinancialYear.of(day))


def _action_texts(facts: actions.Facts) -> Iterator[tuple[str, str]]:
    for line in facts.lines:
        yield line.ref, "\n".join((line.what, line.last_update, line.owner))


def _since(reader: Reader, asked: Asked, audience: Audience, facts: Facts) -> since.Facts | None:
    """None where what it would compare could not be read."""
    if facts.commitments is None or facts.actions is None:
        return None
    return since.gather(reader, asked, KEY, audience, (facts.commitments, facts.actions))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before a board reads it."""
    return (
        *heading.check(facts.heading),
        *facts.naming,
        *apart.problems(_COMMITMENTS, facts.commitments, commitments.check),
        *apart.problems(_ROLES, facts.roles, role_totals.check),
        *apart.problems(workload.TITLE, facts.workload, workload.check),
        *apart.problems(risks.TITLE, facts.risks, risks.check),
        *apart.problems(questions.TITLE, facts.questions, questions.check),
        *apart.problems(policy_positions.TITLE, facts.positions, policy_positions.check),
        *apart.problems(integrators.TITLE, facts.integrators, integrators.check),
        *apart.problems(funds.TITLE, facts.funds, funds.check),
        *apart.problems(teams.TITLE, facts.teams, teams.check),
        *(
            apart.problems(coverage.TITLE, facts.coverage, coverage.check)
            if facts.coverage and facts.coverage.hubs
            else ()
        ),
        *apart.problems(footprint.TITLE, facts.footprint, footprint.check),
        *apart.problems(decisions.TITLE, facts.decisions, decisions.check),
    )


_PLACE = ("place", "partnership")
"""How boards of a place are called: Camden Place Board, Wexmere Together Partnership Board."""


def due(diary: Diary) -> Due:
    """For the next meeting of a board of the place, as entered."""
    return due_at_next_meeting(
        diary, _of_the_place, "No coming meeting of a place or partnership board is entered"
    )


def compared_with(reader: Reader, asked: Asked) -> date | None:
    """The day asked for; else the last board of the place before the day, where no earlier paper was sent."""
    if asked.since is not None or since.has_been_sent(reader, KEY, asked.audience(AUDIENCE)):
        return asked.since
    held = (one.held_on for one in reader.all(Meeting) if _of_the_place(one) and one.held_on < asked.day)
    return max(held, default=None)


def _of_the_place(meeting: Meeting) -> bool:
    return any(word in meeting.body.casefold() for word in _PLACE)


def in_short(facts: Facts) -> str:
    """How many commitments and actions it tells of."""
    held = len(facts.commitments.lines) if facts.commitments else 0
    set_ = len(facts.actions.lines) if facts.actions else 0
    return f"{held} {'commitment' if held == 1 else 'commitments'}, {set_} {'action' if set_ == 1 else 'actions'}"


def compile(facts: Facts) -> Report:
    """The briefing."""
    head = facts.heading
    failed = (*head.failed, *((_WRITTEN,) if _COMMITMENTS in head.failed else ()))

    def one(title: str, held: F | None, make: Callable[[F], Section]) -> tuple[Section, ...]:
        return apart.sections(title, failed, held, lambda told: (make(told),))

    sections = (
        *one(in_short_section.TITLE, facts, _opening),
        *one(since.TITLE, facts.since, lambda held: replace(since.section(held), repeats=_CHANGING)),
        *one(_COMMITMENTS, facts.commitments, commitments.section),
        *one(_ROLES, facts.roles, role_totals.section),
        *one(_claimed(head.as_at), facts.claimed, position.claimed_section),
        *one(_SUPPORT, facts.support, support.section),
        *_hosted(facts),
        *one(workload.TITLE, facts.workload, workload.section),
        *one(risks.TITLE, facts.risks, risks.section),
        *_neighbourhoods(facts),
        *one(decisions.TITLE, facts.decisions, lambda held: decisions.section(held, head.as_at)),
        *one(_ACTIONS, facts.actions, actions.section),
        *one(questions.TITLE, facts.questions, questions.section),
        *one(policy_positions.TITLE, facts.positions, policy_positions.section),
        *one(bodies.TITLE, facts.voice, bodies.section),
        *one(sectors.TITLE, facts.sectors, sectors.section),
        *one(
            _WRITTEN,
            facts.commitments,
            lambda held: replace(commitments.sources_section(held), repeats=(_COMMITMENTS,)),
        ),
    )
    subtitle = f"General practice in {head.network}, as at {day_words(head.as_at)}"
    read = (
        section
        if section.heading == policy_positions.TITLE
        else long_lists.cut(section, _ALL.get(section.heading, long_lists.IN_FILE))
        for section in sections
    )
    return heading.report(head, facts, "Place board briefing", subtitle, read)


_REGISTER = "The return “Commitments register” lists all of them."
_ALL = {
    _COMMITMENTS: _REGISTER,
    _WRITTEN: _REGISTER,
    _ACTIONS: "The return “Action log” lists all of them.",
    decisions.TITLE: "The return “Decision log” lists all of them.",
}
"""Where the whole of a list is that is too long for a briefing."""


def _hosted(facts: Facts) -> tuple[Section, ...]:
    """The integrator and the funds, where any is recorded."""
    failed = facts.heading.failed

    def hosted(held: integrator_facts.Facts) -> Iterator[Section]:
        if held.integrators or held.transfers or held.withheld:
            yield integrators.section(held)

    def money(held: fund_facts.Facts) -> Iterator[Section]:
        if held.funds or held.withheld:
            yield funds.section(held)

    return (
        *apart.sections(integrators.TITLE, failed, facts.integrators, hosted),
        *apart.sections(funds.TITLE, failed, facts.funds, money),
    )


def _neighbourhoods(facts: Facts) -> tuple[Section, ...]:
    """What there is of teams, hubs and borders; nothing of what nobody has written down."""
    failed = facts.heading.failed

    def in_teams(held: teams.Facts) -> Iterator[Section]:
        if held.teams or held.withheld:
            yield teams.section(held)

    def hubs(held: coverage.Facts) -> Iterator[Section]:
        if held.hubs or held.withheld:
            yield coverage.section(held)

    def borders(held: footprint.Facts) -> Iterator[Section]:
        if held.parts or held.appraisals or held.withheld:
            yield footprint.section(held)

    def work(held: neighbourhood_work.Facts) -> Iterator[Section]:
        if any(one.planned is not None for one in held.schemes):
            yield neighbourhood_work.section(held)

    return (
        *apart.sections(teams.TITLE, failed, facts.teams, in_teams),
        *apart.sections(coverage.TITLE, failed, facts.coverage, hubs),
        *apart.sections(footprint.TITLE, failed, facts.footprint, borders),
        *apart.sections(neighbourhood_work.TITLE, failed, facts.neighbourhood_work, work),
    )


def _opening(facts: Facts) -> Section:
    held = in_short_section.Held(
        facts.heading.as_at,
        facts.commitments,
        facts.actions,
        facts.decisions,
        facts.claimed,
        facts.workload,
        facts.funds,
        facts.heading.failed,
    )
    return in_short_section.section(held)


PAPER = Paper(
    key=KEY,
    title="Place board briefing",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
    compared_with=compared_with,
    readers=tuple(Audience),
)
