"""A month's claim: begun from what the month comes to, brought up to date, ticked as typed, marked as submitted.

The program sends nothing: the portal does. Marking a claim as submitted freezes its lines with the rates they used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nhsdesk import errors, resources
from nhsdesk.domain import claimed, local_rules
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rates import RateConfidence
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.sections import claim_lines, claim_month
from nhsdesk.sections.claim_lines import LineFacts, MonthFacts
from nhsdesk.sections.claim_month import MonthInYear, MonthView
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


def rules_of(reader: Reader, month: Month) -> Rules:
    """The local rules that a month's claim follows: those in force on its last day."""
    return local_rules.in_force(reader.counting(LocalRule), month.last, resources.bank_holidays())


def view(database: Database, month: Month) -> MonthView:
    """The month as its page shows it."""
    with database.read() as reader:
        return claim_month.gather(reader, month, database.today(), rules_of(reader, month))


def year(database: Database, of: FinancialYear) -> tuple[MonthInYear, ...]:
    """The months of a year, each with its current claim."""
    with database.read() as reader:
        return claim_month.year(reader, of)


def usual_month(database: Database) -> Month:
    """The month a manager comes for: the first one missed this year, else the last that is over."""
    today = database.today()
    with database.read() as reader:
        missed = claim_month.missed(reader, today)
        begun = any(one.state is not ClaimState.DRAFT for one in reader.all(Claim))
    last = Month.of(today).plus(-1)
    return min(missed, default=last) if begun else last


def begin(database: Database, month: Month) -> Claim:
    """Begins the claim of a month from what the month comes to now; where one was submitted, one that supersedes it."""
    with database.read() as reader:
        current = claimed.current(reader.all(Claim, month=month)).get(month)
    if current is not None and current.state is ClaimState.DRAFT:
        return current
    superseding = current is not None
    label = f"Begin the claim for {month.words}" + (f" that supersedes {current.ref}" if current else "")
    with database.change(label) as change:
        now = claim_lines.gather(change.reader, month, database.today(), rules_of(change.reader, month))
        claim = change.add(
            Claim(
                month=month,
                known_on=database.today(),
                supersedes=current.id if superseding and current else None,
            )
        )
        for line in now.lines:
            change.add(_line(claim, line))
    return claim


def bring_up_to_date(database: Database, claim: Claim) -> int:
    """Gives a draft the figures its month comes to now; a line whose figures stay keeps its tick. How many changed."""
    with database.change(f"Bring {claim.ref} up to date") as change:
        return _bring_up_to_date(change, database.today(), claim)


def _bring_up_to_date(change: Change, today: date, claim: Claim) -> int:
    now = claim_lines.gather(change.reader, claim.month, today, rules_of(change.reader, claim.month))
    fresh = {(int(line.post_id), line.employment): line for line in now.lines}
    changed = 0
    for kept in change.reader.all(ClaimLine, claim=claim.id):
        line = fresh.pop((int(kept.post), kept.employment or ""), None)
        if line is None:
            change.remove(kept)
            changed += 1
            continue
        again = replace(_line(claim, line), id=kept.id, version=kept.version, ref=kept.ref, keyed=kept.keyed)
        if again != kept:
            figures = replace(again, working=kept.working, rates_used=kept.rates_used, rate=kept.rate)
            change.put(again if figures == kept else replace(again, keyed=None))
            changed += 1
    for line in fresh.values():
        change.add(_line(claim, line))
        changed += 1
    held = change.reader.get(Claim, claim.id)
    if held.known_on != today:
        change.put(replace(held, known_on=today))
    return changed


def _line(claim: Claim, line: LineFacts) -> ClaimLine:
    return ClaimLine(
        claim=claim.id,
        post=Id(int(line.post_id)),
        employment=line.employment or None,
        label=line.label,
        rate=Id(int(line.rate_ids[0])),
        rates_used=", ".join(line.rates),
        hours=line.hours,
        wte=line.wte,
        salary=line.salary,
        employer_ni=line.employer_ni,
        employer_pension=line.employer_pension,
        fees=line.fees,
        share=line.share_of_cost,
        cost=line.cost,
        maximum=line.maximum,
        pro_rata_maximum=line.pro_rata_maximum,
        claimed=line.claimed,
        working=line.steps,
    )


def tick(database: Database, line: ClaimLine, *, typed: bool) -> ClaimLine:
    """Notes that a line was typed into the portal, or that it was not."""
    with database.change(f"Tick {line.ref} as {'typed' if typed else 'not typed'}") as change:
        held = change.reader.find(ClaimLine, line.id)
        if held is None:
            raise errors.ChangedMeanwhile(
                f"{line.label or line.ref} is no longer a line of this claim. Nothing was ticked. Look at the lines "
                "that are there now; if you typed it, take it out of the portal."
            )
        return change.put(replace(held, keyed=typed or None))


def why_not_submitted(database: Database, seen: MonthView) -> tuple[Problem, ...]:
    """What stops a month's claim from being marked as submitted, whatever anybody acknowledges.

    In the sample its own made-up maxima pass, so that a newcomer can try it; they are official nowhere.
    """
    found = list(claim_month.must_fix(seen.problems))
    passes = RateConfidence.SAMPLE.words if record_file.is_sample(database) else ""
    refs = claim_month.unconfirmed(seen.now, passes)
    if refs:
        words = f"{len(refs)} of the maxima used " + ("is" if len(refs) == 1 else "are")
        found.append(
            Problem(
                f"{words} not confirmed: {', '.join(refs)}. Confirm them against the specification, under Rates and "
                "rules.",
                Weight.MUST_FIX,
                "rate",
            )
        )
    if seen.out_of_date and any(line.keyed for line in seen.lines) and not _typed_whole(seen):
        changed = ", ".join(seen.out_of_date)
        found.append(
            Problem(
                f"What is claimed for {changed} changed after the claim was typed into the portal. Take today's "
                "figures, and type again what differs.",
                Weight.MUST_FIX,
            )
        )
    if not seen.now.lines:
        found.append(Problem(f"No post has a line for {seen.month.words}.", Weight.MUST_FIX))
    return tuple(found)


def to_acknowledge(seen: MonthView) -> tuple[Problem, ...]:
    """What may be submitted only by somebody who says to have read it."""
    unsaid = tuple(one for one in seen.problems if one.weight is Weight.ACKNOWLEDGE)
    if not seen.out_of_date or not _typed_whole(seen):
        return unsaid
    return (
        Problem(
            f"What is claimed for {', '.join(seen.out_of_date)} changed after the whole claim was typed into the "
            "portal. It will be kept as it was typed. If it was not sent yet, take today's figures and type again "
            "what differs; else claim the difference later with a claim that supersedes this one.",
            Weight.ACKNOWLEDGE,
        ),
        *unsaid,
    )


def _typed_whole(seen: MonthView) -> bool:
    """Whether every line was ticked as typed: then the lines, not the posts, tell what went into the portal."""
    return bool(seen.lines) and all(line.keyed for line in seen.lines)


def mark_submitted(database: Database, month: Month, on: date, *, acknowledged: bool) -> Claim:
    """Freezes the month's claim as typed into the portal on a day. Refused while something must be put right first.

    Without a claim begun it is begun in the same step, so that a month can be claimed in one go.
    """
    seen = view(database, month)
    if seen.submitted and seen.claim is not None:
        raise errors.PaperRefused(f"{seen.claim.sealed()} Nothing was changed.")
    _refuse(month, why_not_submitted(database, seen), "put right")
    unsaid = to_acknowledge(seen)
    if not acknowledged:
        _refuse(month, unsaid, "acknowledged")
    if on > database.today():
        raise errors.PaperRefused(
            f"{day_words(on)} has not come. Nothing was changed. Give the day it was submitted."
        )
    with database.change(f"Mark the {month.words} claim as submitted") as change:
        claim = seen.claim or change.add(Claim(month=month, known_on=database.today()))
        if not _typed_whole(seen):
            _bring_up_to_date(change, database.today(), claim)
        return change.put(
            replace(
                change.reader.get(Claim, claim.id),
                state=ClaimState.SUBMITTED,
                submitted_on=on,
                acknowledged="\n".join(one.sentence for one in unsaid) or None,
            )
        )


MOST_TOLD = 4


def _refuse(month: Month, problems: tuple[Problem, ...], done: str) -> None:
    if not problems:
        return
    what = "one thing" if len(problems) == 1 else f"{len(problems)} things"
    told = " ".join(one.sentence for one in problems[:MOST_TOLD])
    more = f" And {len(problems) - MOST_TOLD} more." if len(problems) > MOST_TOLD else ""
    raise errors.PaperRefused(
        f"The {month.words} claim was not marked as submitted: {what} must be {done} first. {told}{more}",
        problems,
    )


def note(
    database: Database,
    claim: Claim | Uplift,
    stage: ClaimStage,
    on: date,
    *,
    amount: Money | None = None,
    told: str = "",
) -> ClaimEvent:
    """Notes what became of a submitted claim or uplift; the claim itself stays as it was sent."""
    if claim.state is ClaimState.DRAFT:
        raise errors.PaperRefused(
            f"{claim.ref} was not submitted yet. Nothing was noted. Mark it as submitted first."
        )
    if on > database.today():
        raise errors.PaperRefused(
            f"{day_words(on)} has not come. Nothing was noted. Give today or an earlier day."
        )
    if claim.submitted_on is not None and on < claim.submitted_on:
        raise errors.PaperRefused(
            f"{claim.ref} was submitted on {day_words(claim.submitted_on)}, after {day_words(on)}. Nothing was noted. "
            "Check the day."
        )
    with database.change(f"Note {stage.value} of {claim.ref}") as change:
        return change.add(
            ClaimEvent(claim=claim.id, happened_on=on, stage=stage, amount=amount, told=told.strip() or None)
        )


def throw_away(database: Database, claim: Claim) -> str:
    """Removes a claim that was begun and not submitted, with its lines; gives its reference."""
    with database.change(f"Throw away the draft {claim.ref}") as change:
        change.remove(change.reader.get(Claim, claim.id))
    return claim.ref


def freeze(change: Change, month: Month, known_on: date, submitted_on: date, settled: Rules) -> Claim:
    """A submitted claim of a past month with the figures it came to with what was known on a day.

    For months claimed before this file began, and for the sample.
    """
    now: MonthFacts = claim_lines.gather(change.reader, month, known_on, settled)
    claim = change.add(
        Claim(month=month, known_on=known_on, state=ClaimState.SUBMITTED, submitted_on=submitted_on)
    )
    keep_lines(change, claim, now.lines)
    return claim


def keep_lines(change: Change, claim: Claim, lines: Iterable[LineFacts]) -> None:
    """Adds a claim's lines."""
    for line in lines:
        change.add(_line(claim, line))
