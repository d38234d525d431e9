"""A quarter's scores as page and workbook show them: line by line beside the quarter before, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nhsdesk.domain import assessments
from nhsdesk.domain.actions import Action
from nhsdesk.domain.assessments import (
    Assessment,
    Framework,
    FrameworkLine,
    Score,
    Standard,
    Standing,
)
from nhsdesk.domain.commitments import Commitment, InContract
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record
from nhsdesk.domain.frameworks import known_by
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link
from nhsdesk.domain.periods import Quarter, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

LOCAL_WORDS = "Local prompt, not NHS England’s wording"
STANDING_WORDS = {
    Standing.VERIFIED: "Verified against a source",
    Standing.LOCAL: LOCAL_WORDS,
    Standing.IMPORTED: "From an imported file",
}


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One standard with its score, and what is linked with it."""

    line_id: str
    section: str
    indicator: str
    ref: str
    standard: str
    standing: str
    source: str
    level: int | None
    before: int | None
    difference: int | None
    carried: bool
    note: str
    evidence: tuple[str, ...]
    evidence_refs: tuple[str, ...]
    minutes: int | None
    claims: tuple[str, ...]
    """What is claimed of us on the strength of it, and whether any contract of ours says so."""
    learning: tuple[str, ...]
    """Actions and learning sessions that go with it."""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """One section taken together."""

    name: str
    lines: int
    scored: int
    lowest: int | None
    rose: int
    fell: int
    difference: int | None


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One piece of evidence and the lines it is given for."""

    ref: str
    what: str
    effective_on: str
    expires_on: str
    lies_at: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """One quarter scored against one framework."""

    ref: str
    id: str
    framework: str
    edition: str
    quarter: str
    quarter_before: str
    whose: str
    our_part: str
    owner: str
    source: str
    levels: tuple[str, ...]
    top: int
    lines: tuple[LineFacts, ...]
    sections: tuple[SectionFacts, ...]
    whole: SectionFacts
    evidence: tuple[EvidenceFacts, ...]
    minutes: int
    carried: int
    problems: tuple[Problem, ...]
    goes_out: bool
    withheld: tuple[str, ...] = ()


def before(reader: Reader, assessment: Assessment, framework: Framework) -> Assessment | None:
    """The newest earlier assessment against the framework, in whatever version."""
    same = {one.id for one in reader.all(Framework) if _alike(one.title) == _alike(framework.title)}
    earlier = [
        one for one in reader.all(Assessment) if one.framework in same and one.quarter < assessment.quarter
    ]
    return max(earlier, key=lambda one: (one.quarter, one.framework == framework.id, one.id), default=None)


def _alike(words: str) -> str:
    return " ".join(words.split()).casefold()


def scores_by_line(reader: Reader, assessment: Assessment) -> dict[tuple[str, str], Score]:
    """The scores of an assessment by what their line is known by from version to version."""
    scores = reader.all(Score, assessment=assessment.id)
    lines = reader.several(FrameworkLine, (one.line for one in scores))
    return {known_by(lines[one.line]): one for one in scores if one.line in lines}


def standards(reader: Reader, assessment: Assessment, framework: Framework) -> tuple[Standard, ...]:
    """Every line of the framework with its score and its level in the quarter before."""
    earlier = before(reader, assessment, framework)
    then = {} if earlier is None else scores_by_line(reader, earlier)
    now = {one.line: one for one in reader.all(Score, assessment=assessment.id)}
    found = []
    for line in reader.all(FrameworkLine, framework=framework.id):
        was = then.get(known_by(line))
        found.append(Standard(line, now.get(line.id), None if was is None else was.level))
    return tuple(found)


def gather(reader: Reader, assessment: Assessment, audience: Audience) -> AssessmentFacts:
    """One assessment as an audience may see it."""
    framework = reader.get(Framework, assessment.framework)
    hidden = restricted.gather(reader, audience)
    held = standards(reader, assessment, framework)
    evidence = reader.several(Evidence, (id_ for one in held if one.score for id_ in one.score.evidence))
    unseen = {one.line.id: one for one in held if _withheld(one, assessment, hidden)}
    seen = [one for one in held if one.line.id not in unseen]
    linked = _linked(reader, (one.line.id for one in held), hidden)
    earlier = before(reader, assessment, framework)
    scores = [one.score for one in seen if one.score is not None]
    return AssessmentFacts(
        ref=assessment.ref,
        id=str(assessment.id),
        framework=framework.title,
        edition=framework.edition or "version not yet known",
        quarter=str(assessment.quarter),
        quarter_before=str(earlier.quarter) if earlier else "",
        whose=assessments.whose(framework),
        our_part=restricted.WORDS if hidden.hides(assessment.id) else assessment.our_part or "",
        owner=assessment.owner or "",
        source=framework.source or "",
        levels=tuple((framework.levels or "").splitlines()),
        top=framework.top if framework.top is not None else 3,
        lines=tuple(
            _line(one, one.line.id in unseen, evidence, linked.get(one.line.id, ()), hidden) for one in held
        ),
        sections=tuple(_section(name, lines) for name, lines in assessments.by_section(seen).items()),
        whole=_section("All sections", seen),
        evidence=_evidence(seen, evidence, hidden),
        minutes=assessments.minutes_in_all(scores),
        carried=sum(one.carried for one in seen),
        problems=_problems(seen, tuple(unseen.values()), framework, evidence, assessment),
        goes_out=assessments.goes_out(assessment, framework),
        withheld=tuple(one.score.ref for one in unseen.values() if one.score is not None),
    )


def _withheld(one: Standard, assessment: Assessment, hidden: Restricted) -> bool:
    """A score that names what is restricted is withheld, and so is all of an assessment that is linked with it."""
    if hidden.hides(assessment.id) or hidden.hides(one.line.id):
        return True
    return one.score is not None and hidden.hides(one.score.id, *one.score.evidence)


def _line(
    one: Standard, withheld: bool, evidence: dict[Id, Evidence], linked: Iterable[Record], hidden: Restricted
) -> LineFacts:
    score = None if withheld else one.score
    proofs = [evidence[id_] for id_ in (score.evidence if score else ()) if id_ in evidence]
    told = list(linked)
    return LineFacts(
        line_id=str(one.line.id),
        section=one.line.section,
        indicator=" ".join(filter(None, (one.line.indicator_ref, one.line.indicator))),
        ref=one.line.standard_ref or one.line.ref,
        standard=one.line.standard,
        standing=STANDING_WORDS[one.line.standing],
        source=one.line.source_page or "",
        level=score.level if score else None,
        before=None if withheld else one.before,
        difference=None if withheld else one.difference,
        carried=bool(score and score.carried),
        note=restricted.WORDS if withheld else (score.note or "") if score else "",
        evidence=tuple(_shown(proof, hidden) for proof in proofs),
        evidence_refs=tuple(proof.ref for proof in proofs),
        minutes=score.minutes_spent if score else None,
        claims=tuple(_claim(record) for record in told if isinstance(record, Commitment)),
        learning=tuple(
            f"{record.ref} {record.title_words()}" for record in told if not isinstance(record, Commitment)
        ),
        withheld=withheld,
    )


def _shown(proof: Evidence, hidden: Restricted) -> str:
    if hidden.hides(proof.id, *proof.proves):
        return f"{proof.ref}: {restricted.WORDS}"
    return f"{proof.ref} {proof.what}"


def _section(name: str, lines: Iterable[Standard]) -> SectionFacts:
    whole = assessments.together(lines)
    return SectionFacts(
        name, whole.lines, whole.scored, whole.lowest, whole.rose, whole.fell, whole.difference
    )


def _evidence(
    seen: Iterable[Standard], evidence: dict[Id, Evidence], hidden: Restricted
) -> tuple[EvidenceFacts, ...]:
    """Each piece once, however many lines it is given for."""
    given: dict[Id, list[str]] = {}
    for one in seen:
        for id_ in one.score.evidence if one.score else ():
            given.setdefault(id_, []).append(one.line.standard_ref or one.line.ref)
    found = []
    for id_, lines in sorted(given.items()):
        proof = evidence.get(id_)
        if proof is None:
            continue
        if hidden.hides(proof.id, *proof.proves):
            found.append(EvidenceFacts(proof.ref, restricted.WORDS, "", "", "", tuple(lines)))
            continue
        found.append(
            EvidenceFacts(
                proof.ref,
                proof.what,
                day_words(proof.effective_on) if proof.effective_on else "",
                day_words(proof.expires_on) if proof.expires_on else "",
                proof.kept.name if proof.kept else proof.lies_at or "",
                tuple(lines),
            )
        )
    return tuple(found)


def _problems(
    seen: list[Standard],
    unseen: tuple[Standard, ...],
    framework: Framework,
    evidence: dict[Id, Evidence],
    assessment: Assessment,
) -> tuple[Problem, ...]:
    top = framework.top if framework.top is not None else 3
    found = [*assessments.score_problems(seen, top)]
    for one in unseen:
        if one.score is not None:
            words = f"{one.score.ref}: its score rests on something restricted, and is left out."
            found.append(Problem(words, Weight.ACKNOWLEDGE, "score", one.score.id, "evidence"))
    ends = assessment.quarter.months[-1].last
    for proof in evidence.values():
        if proof.expires_on is not None and proof.expires_on < ends:
            words = f"{proof.ref}: this evidence ran out on {day_words(proof.expires_on)}, before the quarter ended."
            found.append(Problem(words, Weight.ACKNOWLEDGE, "evidence", proof.id, "expires_on"))
    if assessments.ours(framework) is None:
        found.append(Problem(
            f"{framework.ref}: it is not yet known whose assessment this is.", Weight.ACKNOWLEDGE, "framework",
            framework.id, "scored_by",
        ))  # fmt: skip
    return tuple(found)


# ---- what is linked with a line


def _linked(reader: Reader, line_ids: Iterable[Id], hidden: Restricted) -> dict[Id, tuple[Record, ...]]:
    """What links join to each line, both ways, but what is withheld."""
    wanted = set(line_ids)
    found: dict[Id, dict[Id, Record]] = {}
    for link in reader.all(Link):
        for line, other in ((link.source, link.target), (link.target, link.source)):
            if line in wanted and not hidden.hides(other):
                record = reader.any_of(other)
                if record is not None and not hidden.hides(*_named_by(record)):
                    found.setdefault(line, {})[other] = _with_contract(reader, record, hidden)
    return {line: tuple(records.values()) for line, records in found.items()}


def _named_by(record: Record) -> tuple[Id | None, ...]:
    """The entry itself, and the commitment that it is for, from which an action takes its restriction."""
    return (record.id, record.commitment if isinstance(record, Action) else None)


def _with_contract(reader: Reader, record: Record, hidden: Restricted) -> Record:
    """A commitment with the contract it was looked up in told by its title beside the clause."""
    if not isinstance(record, Commitment) or record.checked_in is None:
        return record
    document = None if hidden.hides(record.checked_in) else reader.find(SourceDocument, record.checked_in)
    title = restricted.WORDS if document is None else document.title_words()
    where = ", ".join(filter(None, (title, record.checked_clause)))
    return replace(record, checked_clause=where or None)


def _claim(commitment: Commitment) -> str:
    """What is claimed, and whether our contract says so, with the clause and the day somebody looked."""
    match commitment.in_contract:
        case InContract.ABSENT:
            words = "not in your contract"
        case InContract.PRESENT:
            words = "in your contract"
        case InContract.UNCLEAR:
            words = "not clear whether it is in your contract"
        case _:
            return f"{commitment.ref} {commitment.title}: not yet looked up in any contract"
    where = f" ({commitment.checked_clause})" if commitment.checked_clause else ""
    when = f", looked up on {day_words(commitment.checked_on)}" if commitment.checked_on else ""
    return f"{commitment.ref} {commitment.title}: {words}{where}{when}"


def of_quarter(reader: Reader, quarter: Quarter, audience: Audience) -> tuple[AssessmentFacts, ...]:
    """Every assessment of a quarter."""
    return tuple(gather(reader, one, audience) for one in reader.all(Assessment, quarter=quarter))
