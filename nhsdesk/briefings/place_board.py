"""The place board briefing: what binds general practice and what is only asked, what it does, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Bullets, Figure, Paragraph, Report, Section
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import (
    actions,
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
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PARTNERS
KEY = "place-board"


@dataclass(frozen=True, slots=True)
class Facts:
    """Each section's facts under one heading."""

    heading: Heading
    commitments: commitments.Facts
    roles: role_totals.Facts
    support: support.Facts
    actions: actions.Facts
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
    """None in what was kept before these sections were there; it is remade without them."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads every section for readers outside the PCN, unless it is composed for our own board."""
    audience = asked.audience(AUDIENCE)
    commitment_facts = commitments.gather(reader, asked, audience)
    action_facts = actions.gather(reader, asked, audience)
    moved = workload.gather(reader, asked, audience)
    register = risks.gather(reader, asked, audience)
    asked_by_public = questions.gather(reader, asked, audience)
    positions = policy_positions.gather(reader, asked, audience)
    by_sector = sectors.gather(reader, asked, audience)
    hosted, money = integrators.gather(reader, asked, audience), funds.gather(reader, asked, audience)
    in_teams = teams.gather(reader, asked, audience)
    hubs = coverage.gather(reader, asked, audience)
    borders = footprint.gather(reader, asked, audience)
    voice = bodies.gather(reader, asked)
    decided = decisions.gather(reader, asked, audience)
    more = (
        *workload.texts(moved),
        *risks.texts(register),
        *questions.texts(asked_by_public),
        *policy_positions.texts(positions),
        *integrators.texts(hosted),
        *funds.texts(money),
        *teams.texts(in_teams),
        *coverage.texts(hubs),
        *footprint.texts(borders),
        *bodies.texts(voice),
        *decisions.texts(decided),
    )
    return Facts(
        heading.gather(reader, asked),
        commitment_facts,
        role_totals.gather(reader, asked),
        support.gather(reader, asked),
        action_facts,
        _naming(reader, commitment_facts, action_facts, more),
        moved,
        register,
        asked_by_public,
        positions,
        position.gather(reader, asked, audience),
        by_sector,
        hosted,
        money,
        in_teams,
        hubs,
        borders,
        neighbourhood_work.gather(reader, asked, audience),
        voice,
        decided,
        since.gather(reader, asked, KEY, audience, (commitment_facts, action_facts)),
    )


def _naming(
    reader: Reader,
    commitment_facts: commitments.Facts,
    action_facts: actions.Facts,
    more: tuple[tuple[str, str], ...],
) -> tuple[Problem, ...]:
    texts = list(commitments.texts(commitment_facts))
    texts += [(line.ref, "\n".join((line.what, line.last_update, line.owner))) for line in action_facts.lines]
    texts += more
    return guarded_practices.named_in(reader, AUDIENCE, texts)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before a board reads it."""
    return (
        *heading.check(facts.heading),
        *facts.naming,
        *commitments.check(facts.commitments),
        *role_totals.check(facts.roles),
        *(workload.check(facts.workload) if facts.workload else ()),
        *(risks.check(facts.risks) if facts.risks else ()),
        *(questions.check(facts.questions) if facts.questions else ()),
        *(policy_positions.check(facts.positions) if facts.positions else ()),
        *(integrators.check(facts.integrators) if facts.integrators else ()),
        *(funds.check(facts.funds) if facts.funds else ()),
        *(teams.check(facts.teams) if facts.teams else ()),
        *(coverage.check(facts.coverage) if facts.coverage and facts.coverage.hubs else ()),
        *(footprint.check(facts.footprint) if facts.footprint else ()),
        *(decisions.check(facts.decisions) if facts.decisions else ()),
    )


_PLACE = ("place", "partnership")
"""How boards of a place are called: Camden Place Board, Wexmere Together Partnership Board."""


def due(diary: Diary) -> Due:
    """For the next meeting of a board of the place, as entered."""
    coming = [
        meeting for meeting in diary.meetings if meeting.held_on >= diary.today and _of_the_place(meeting)
    ]
    if not coming:
        return Due("No coming meeting of a place or partnership board is entered")
    soonest = min(coming, key=lambda meeting: (meeting.held_on, meeting.id))
    return Due(f"For the meeting on {day_words(soonest.held_on)}", soonest.held_on)


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
    held, set_ = len(facts.commitments.lines), len(facts.actions.lines)
    return f"{held} {'commitment' if held == 1 else 'commitments'}, {set_} {'action' if set_ == 1 else 'actions'}"


def compile(facts: Facts) -> Report:
    """The briefing."""
    head = facts.heading
    sections = (
        _opening(facts),
        *((since.section(facts.since),) if facts.since else ()),
        commitments.section(facts.commitments),
        role_totals.section(facts.roles),
        *((position.claimed_section(facts.claimed),) if facts.claimed else ()),
        support.section(facts.support),
        *_hosted(facts),
        *((workload.section(facts.workload),) if facts.workload else ()),
        *((risks.section(facts.risks),) if facts.risks else ()),
        *_neighbourhoods(facts),
        *((decisions.section(facts.decisions, head.as_at),) if facts.decisions else ()),
        actions.section(facts.actions),
        *((questions.section(facts.questions),) if facts.questions else ()),
        *((policy_positions.section(facts.positions),) if facts.positions else ()),
        *((bodies.section(facts.voice),) if facts.voice else ()),
        *((sectors.section(facts.sectors),) if facts.sectors else ()),
        commitments.sources_section(facts.commitments),
    )
    subtitle = f"General practice in {head.network}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "Place board briefing", subtitle, sections)


def _hosted(facts: Facts) -> tuple[Section, ...]:
    """The integrator and the funds, where any is recorded."""
    hosted, money = facts.integrators, facts.funds
    told = hosted is not None and (hosted.integrators or hosted.transfers or hosted.withheld)
    held = money is not None and (money.funds or money.withheld)
    return (
        *((integrators.section(hosted),) if hosted is not None and told else ()),
        *((funds.section(money),) if money is not None and held else ()),
    )


def _neighbourhoods(facts: Facts) -> tuple[Section, ...]:
    """What there is of teams, hubs and borders; nothing of what nobody has written down."""
    found = []
    if facts.teams and (facts.teams.teams or facts.teams.withheld):
        found.append(teams.section(facts.teams))
    if facts.coverage and (facts.coverage.hubs or facts.coverage.withheld):
        found.append(coverage.section(facts.coverage))
    if facts.footprint and (facts.footprint.parts or facts.footprint.appraisals or facts.footprint.withheld):
        found.append(footprint.section(facts.footprint))
    if facts.neighbourhood_work and any(one.planned is not None for one in facts.neighbourhood_work.schemes):
        found.append(neighbourhood_work.section(facts.neighbourhood_work))
    return tuple(found)


def _opening(facts: Facts) -> Section:
    held = facts.commitments
    unknown = sum(line.binds.startswith("Not yet known") for line in held.lines)
    not_known = (f"Of {unknown} it is not yet known whether they bind.",) if unknown > 1 else ()
    not_known = ("Of 1 it is not yet known whether it binds.",) if unknown == 1 else not_known
    asked = f" {commitments.required_words(held)} {commitments.asked_words(held)}" if held.lines else ""
    points = (
        f"{commitments.count_words(held)} listed.{asked}",
        *not_known,
        f"{actions.open_words(facts.actions)}.",
    )
    words = (
        "This paper tells a contract duty from an ask. What is required names the contract or law it rests on. The "
        "last section gives the document and page of each, or says that the page is not known."
    )
    figures = (*commitments.counted(held), *_unknown(held), *actions.counted(facts.actions))
    return Section("In short", (Paragraph(words), Bullets(points)), figures=figures)


def _unknown(held: commitments.Facts) -> tuple[Figure, ...]:
    """Of how many it is not known whether they bind."""
    refs = tuple(line.ref for line in held.lines if line.binds.startswith("Not yet known"))
    by = "of no kind yet, or said to bind and not found to"
    return (
        (Figure(f"Of {len(refs)}", f"{len(refs)}", "Commitments not yet known to bind", by, refs),)
        if refs
        else ()
    )


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
