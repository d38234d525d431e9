"""How documents hang together: what replaced what, what carries out the policy of what, and what has to be read again.

All of it is worked out from the documents; a loop that somebody made by hand never keeps anybody waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nhsdesk.domain.commitments import Commitment, CommitmentKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.sources import DocumentStatus, SourceDocument

Documents = Iterable[SourceDocument]


def replaced_by(documents: Documents) -> dict[Id, SourceDocument]:
    """For each document that a newer one supersedes, the newest to say so."""
    found: dict[Id, SourceDocument] = {}
    for one in sorted(documents, key=lambda one: (one.dated is not None, one.dated, one.id)):
        if one.supersedes is not None and one.supersedes != one.id:
            found[one.supersedes] = one
    return found


def superseded(documents: Documents) -> tuple[SourceDocument, ...]:
    """The documents that no longer hold: another supersedes them, or their status says so."""
    held = list(documents)
    newer = replaced_by(held)
    return tuple(one for one in held if one.id in newer or one.status is DocumentStatus.REPLACED)


def latest(documents: Documents, of: SourceDocument) -> SourceDocument:
    """What holds today in place of a document: the last that superseded it, or itself."""
    newer, seen = replaced_by(documents), {of.id}
    while (after := newer.get(of.id)) is not None and after.id not in seen:
        seen.add(after.id)
        of = after
    return of


def would_ring(before: Mapping[Id, Id | None], id_: Id, names: Id) -> bool:
    """Whether a document that names another this way would come back to itself; `before` is what each names now."""
    seen: set[Id] = set()
    at: Id | None = names
    while at is not None and at not in seen:
        if at == id_:
            return True
        seen.add(at)
        at = before.get(at)
    return False


def resting_on_superseded(
    documents: Documents, commitments: Iterable[Commitment]
) -> tuple[tuple[SourceDocument, tuple[Commitment, ...]], ...]:
    """Each superseded document that commitments still rest on, with all of them."""
    resting = _by_document(commitments)
    return tuple((one, resting[one.id]) for one in superseded(documents) if one.id in resting)


def _by_document(commitments: Iterable[Commitment]) -> dict[Id, tuple[Commitment, ...]]:
    found: dict[Id, list[Commitment]] = {}
    for one in commitments:
        if one.document is not None:
            found.setdefault(one.document, []).append(one)
    return {id_: tuple(several) for id_, several in found.items()}


# ---------------------------------------------------------------- what a newer word from the same body asks


@dataclass(frozen=True, slots=True)
class ToReadAgain:
    """Assurances of a document that its publisher has since followed with another."""

    older: SourceDocument
    newer: SourceDocument
    assurances: tuple[Commitment, ...]


def to_read_again(
    documents: Documents, commitments: Iterable[Commitment], organisations: Iterable[Organisation] = ()
) -> tuple[ToReadAgain, ...]:
    """Assurances to us that a newer document of the same body, or of its successor, may have taken back.

    They ask until the older document says that they were read again on the newer one's day or later.
    """
    held = [one for one in documents if one.dated is not None and _name(one.body)]
    given = _by_document(one for one in commitments if one.kind is CommitmentKind.ASSURANCE)
    today_called = successors(organisations)
    found = []
    for older in held:
        if older.id not in given or older.dated is None:
            continue
        after = [
            one
            for one in held
            if one.dated is not None
            and one.dated > max(older.dated, older.reread_on or older.dated)
            and _now(one, today_called) == _now(older, today_called)
        ]
        if after:
            newest = max(after, key=lambda one: (one.dated, one.id))
            found.append(ToReadAgain(older, newest, given[older.id]))
    return tuple(found)


def _now(document: SourceDocument, today_called: Mapping[str, str]) -> str:
    name = _name(document.body)
    return today_called.get(name, name)


def successors(organisations: Iterable[Organisation]) -> dict[str, str]:
    """For each body the name of what it has become, through all its successors, so that old papers still resolve."""
    by_id = {one.id: one for one in organisations}
    found: dict[str, str] = {}
    for one in by_id.values():
        at, seen = one, {one.id}
        while at.successor in by_id and at.successor not in seen:
            at = by_id[at.successor]
            seen.add(at.id)
        found[_name(one.name)] = _name(at.name)
    return found


def _name(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


# ---------------------------------------------------------------- where this policy comes from


@dataclass(frozen=True, slots=True)
class Step:
    """One document in a line of policy, so many steps below the one it all began with."""

    depth: int
    document: SourceDocument
    status: str
    """As told: "Enacted", "Replaced by D-004", "Status not yet known"."""


def line(documents: Documents, of: SourceDocument) -> tuple[Step, ...]:
    """The whole line a document stands in, from where its policy began, each above what came from it.

    What superseded a document stands beside it, in one line with it.
    """
    held = {one.id: one for one in documents}
    newer = replaced_by(held.values())
    below: dict[Id, list[SourceDocument]] = {}
    for one in held.values():
        before = _before(one, held)
        if before is not None:
            below.setdefault(before.id, []).append(one)
    steps: list[Step] = []
    seen: set[Id] = set()

    def add(document: SourceDocument, depth: int) -> None:
        if document.id in seen:
            return
        seen.add(document.id)
        steps.append(Step(depth, document, status_words(document, newer)))
        for one in sorted(below.get(document.id, ()), key=_age):
            add(one, depth + (one.comes_from == document.id))

    add(_beginning(held.get(of.id, of), held), 0)
    return tuple(steps)


def _before(one: SourceDocument, held: Mapping[Id, SourceDocument]) -> SourceDocument | None:
    """What a document hangs on: what it comes from, or else what it supersedes."""
    named = one.comes_from if one.comes_from is not None else one.supersedes
    return None if named is None else held.get(named)


def _beginning(of: SourceDocument, held: Mapping[Id, SourceDocument]) -> SourceDocument:
    seen = {of.id}
    while (before := _before(of, held)) is not None and before.id not in seen:
        seen.add(before.id)
        of = before
    return of


def _age(document: SourceDocument) -> tuple[str, Id]:
    return (document.dated.isoformat() if document.dated else "9999", document.id)


def status_words(document: SourceDocument, newer: Mapping[Id, SourceDocument]) -> str:
    """How far a document has come, and what replaced it where that is known."""
    after = newer.get(document.id)
    if after is not None:
        return f"Replaced by {after.ref}"
    return "Status not yet known" if document.status is None else document.status.words


# ---------------------------------------------------------------- whether PCNs are named at all


@dataclass(frozen=True, slots=True)
class Mentions:
    """How many documents name primary care networks."""

    body: str
    named: int = 0
    not_named: int = 0
    not_known: int = 0


def mentions(documents: Documents) -> tuple[Mentions, ...]:
    """For each body, how many of its documents name PCNs, how many do not, and how many nobody has looked through."""
    found: dict[str, list[SourceDocument]] = {}
    for one in documents:
        found.setdefault(_name(one.body), []).append(one)
    return tuple(_counted(found[name]) for name in sorted(found, key=lambda name: (not name, name)))


def _counted(documents: Sequence[SourceDocument]) -> Mentions:
    named = [one.mentions_pcns for one in documents]
    body = documents[0].body or "Publisher not yet known"
    return Mentions(body, named.count(True), named.count(False), named.count(None))
