"""What is done about the workforce return: taking in our rows, settling what a role counts as, the month's check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import blocks
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.blocks import Row
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.domain.workforce import CHECK_LINES, CountsAs, Crosswalk, NwrsCheck, folded
from nhsdesk.imports import nwrs_export
from nhsdesk.sections import nwrs_check, pcns_of_our_size, workforce
from nhsdesk.store import data_sets
from nhsdesk.store.database import Database

PASTED = "pasted rows"
WANTED = nwrs_export.WANTED
_LONGEST_ROLE = 300


@dataclass(frozen=True, slots=True)
class Looked:
    """A month as it is looked at: the comparison as of its last day, its check, and the crosswalk in force."""

    compared: workforce.Facts
    check: nwrs_check.Facts
    crosswalk: tuple[CountsAs, ...]


def look(database: Database, month: Month) -> Looked:
    """Our posts on the last day of a month beside the rows taken in."""
    with database.read() as reader:
        compared = workforce.gather(reader, month.last)
        check = nwrs_check.gather(reader, month, compared)
        lines = workforce.roles_counted(reader).lines
    return Looked(compared, check, lines)


def beside(database: Database) -> pcns_of_our_size.Facts:
    """Our staff by role beside PCNs of our size."""
    with database.read() as reader:
        return pcns_of_our_size.gather(reader)


def agreeing(compared: workforce.Facts) -> dict[Id, str]:
    """The posts that agree, each with the identifier of its row where no other row could be meant."""
    found: dict[Id, str] = {}
    differing = {line.post_id for line in compared.lines if line.post_id and not line.agrees}
    for line in compared.lines:
        if line.agrees and line.post_id not in differing:
            id_ = Id(int(line.post_id))
            known = "" if id_ in found or not line.sure else line.identifier
            found[id_] = known
    return found


def take_in(database: Database, rows: Sequence[Row], file_name: str, headings: Mapping[str, str]) -> DataSet:
    """Keeps the rows of an own export that was pasted or read, with what its columns were chosen for, as one step.

    The same rows are not taken in twice in a day.
    """
    kept = nwrs_export.kept_rows(rows)
    if not kept:
        raise errors.FileRefused(
            "There is no row with a role in it. Nothing was taken in. Choose the column that holds the detailed role."
        )
    sha256 = nwrs_export.sha256(kept, database.today())
    with database.read() as reader:
        known = next(iter(reader.all(DataSet, sha256=sha256)), None)
    if known is not None:
        return known
    data_set = DataSet(
        kind=DataSetKind.NWRS_EXPORT,
        file_name=whole_letters(file_name) or PASTED,
        sha256=sha256,
        publisher=nwrs_export.PUBLISHER,
        rows=len(kept),
        read_at=database.now(),
    )
    with database.change(f"Adopt data set: {DataSetKind.NWRS_EXPORT.value}") as change:
        blocks.remember(change, Incoming.NWRS, None, headings)
        return data_sets.adopt(change, data_set, nwrs_export.NAMES, kept)


def settle(database: Database, nwrs_role: str, role: Role | None, source: str = "") -> Crosswalk:
    """Says what a role of the NWRS counts as here; none where the ARRS does not pay for it."""
    words = " ".join(whole_letters(nwrs_role).split())
    if not words or len(words) > _LONGEST_ROLE:
        raise errors.Incomplete(
            f"{quoted(nwrs_role)} is not the name of a role. Nothing was changed. Write the detailed role as it is on "
            "NWRS."
        )
    with database.change("Settle a crosswalk line") as change:
        same = [one for one in change.reader.all(Crosswalk) if folded(one.nwrs_role) == folded(words)]
        if not same:
            return change.add(Crosswalk(nwrs_role=words, role=role, source=source.strip() or None))
        for other in same[:-1]:
            change.remove(other)
        return change.put(replace(same[-1], role=role, source=source.strip() or same[-1].source))


def as_shipped(database: Database, nwrs_role: str) -> int:
    """Takes back what was settled here for a role, so that what the program ships counts; how many lines went."""
    with database.read() as reader:
        same = [one for one in reader.all(Crosswalk) if folded(one.nwrs_role) == folded(nwrs_role)]
    if same:
        with database.change("Take back a crosswalk line") as change:
            for one in same:
                change.remove(one)
    return len(same)


def check_of(database: Database, month: Month) -> NwrsCheck | None:
    """The check kept for a month."""
    with database.read() as reader:
        return next(iter(reader.all(NwrsCheck, month=month)[-1:]), None)


def take_check(
    database: Database, month: Month, answers: Mapping[str, bool | None], remarks: str = ""
) -> NwrsCheck:
    """Keeps the answers to the lines of a month's check, made today."""
    known: dict[str, Any] = {name: answers.get(name) for name in CHECK_LINES}
    words = whole_letters(remarks) or None
    with database.change(f"NWRS check for {month.words}") as change:
        held = change.reader.all(NwrsCheck, month=month)
        on = database.today() if any(answer is not None for answer in known.values()) else None
        if not held:
            return change.add(NwrsCheck(month=month, checked_on=on, remarks=words, **known))
        return change.put(replace(held[-1], checked_on=on, remarks=words, **known))


def note_on_nwrs(database: Database, posts: Mapping[Id, str], checked_on: date) -> int:
    """Notes that posts are on NWRS, each with its identifier where one is given, as one step; how many changed."""
    with database.read() as reader:
        held = reader.several(Post, posts)
    changed = []
    for id_, post in held.items():
        ref = posts[id_].strip() or post.nwrs_ref
        noted = replace(post, on_nwrs=True, nwrs_ref=ref, nwrs_checked=checked_on)
        if noted != post:
            changed.append(noted)
    if not changed:
        return 0
    what = changed[0].ref if len(changed) == 1 else f"{len(changed):,} ARRS posts"
    with database.change(f"Note {what} as on NWRS") as change:
        for post in changed:
            change.put(post)
    return len(changed)
