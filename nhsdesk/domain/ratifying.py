"""Ratifying a decision: in its own entry while that may change, else by one that follows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.domain.decisions import Decision, DecisionStatus
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem


def ratified(decision: Decision, on: date, meeting: Id | None) -> Decision:
    """The decision as ratified; of one in final minutes a new one in the same words, which supersedes it.

    The new one says nothing of votes, of who was in the room or of conflicts when it was ratified: nobody told.
    """
    if decision.sealed() is None:
        return replace(decision, status=DecisionStatus.RATIFIED, ratified_on=on)
    made = " as made" if decision.decided_on is None else f" of {day_words(decision.decided_on)}"
    return replace(
        decision, id=NEW, version=0, ref="", final=False, status=DecisionStatus.RATIFIED, decided_on=on, ratified_on=on,
        supersedes=decision.id, reason=f"Ratifies {decision.ref}{made}.", meeting=meeting, item=None, minute_ref=None,
        how=None, votes_for=None, votes_against=None, abstained=None, dissent=None, practice_seat_present=None,
        conflicts=None, managed=None, published=None,
    )  # fmt: skip


def why_not(decision: Decision, on: date, today: date, *, waits: bool, superseded_by: str) -> Problem | None:
    """Why a decision cannot be ratified on a day; None where it can. `waits` is whether it must be."""
    if superseded_by:
        return Problem(
            f"{superseded_by} took the place of {decision.ref}. Nothing was changed. Choose that one."
        )
    if decision.status is DecisionStatus.DEFERRED:
        return Problem(
            f"{decision.ref} was put off and not made. Nothing was changed. Enter what was decided as a new decision."
        )
    if not waits:
        return Problem(f"{decision.ref} does not wait to be ratified. Nothing was changed.")
    if on > today:
        return Problem(f"{day_words(on)} has not come. Nothing was changed. Give the day it was ratified on.")
    if decision.decided_on is not None and on < decision.decided_on:
        return Problem(
            f"{decision.ref} was made on {day_words(decision.decided_on)} and cannot be ratified before. "
            "Nothing was changed. Give a later day."
        )
    return None
