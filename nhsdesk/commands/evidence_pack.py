"""An evidence pack: the kept files of our evidence as one zip, with a manifest of their hashes and an index page.

    made = evidence_pack.gather(database, Audience.PARTNERS)
    evidence_pack.write(database, made, path, acknowledged=False)

The same facts give the same bytes. What is restricted is left out for others than our own board, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from nhsdesk import errors
from nhsdesk.commands.whole_files import write_whole
from nhsdesk.documents import zipped
from nhsdesk.domain import evidence, evidence_pack, kept_files, patient_data
from nhsdesk.domain.commitments import Commitment, Result, Status
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.evidence_pack import FOLDER, INDEX, MANIFEST, Item, Pack
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Audience
from nhsdesk.sections import guarded_practices, restricted
from nhsdesk.sections.file_words import FileWords
from nhsdesk.sections.guarded_practices import Guarded
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

_ENDING = ".zip"


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that is ready to be written, and what is to be told of it."""

    pack: Pack
    problems: tuple[Problem, ...]

    @property
    def files(self) -> int:
        """How many files are in it."""
        return len({item.file for item in self.pack.items if item.file})


@dataclass(frozen=True, slots=True)
class InShort:
    """How our evidence stands: counts, the items to look at with the reason, and what is met without any."""

    items: int
    soon: int
    run_out: int
    to_look_at: tuple[tuple[Evidence, str], ...]
    unproved: tuple[Commitment, ...]


def in_short(database: Database) -> InShort:
    """Looks all evidence up and says what asks for a person."""
    today = database.today()
    with database.read() as reader:
        items = reader.all(Evidence)
        promises = _said_to_be_met(reader)
    stands = [evidence.standing(one, today) for one in items]
    asking = (evidence.Standing.RUN_OUT, evidence.Standing.SOON)
    return InShort(
        len(items),
        stands.count(evidence.Standing.SOON),
        stands.count(evidence.Standing.RUN_OUT),
        tuple((one, stand.words) for one, stand in zip(items, stands, strict=True) if stand in asking),
        evidence.unproved(promises, items, today),
    )


def _said_to_be_met(reader: Reader) -> tuple[Commitment, ...]:
    """Those that `evidence.unproved` asks for, in the order they were added: few of thousands."""
    met = (*reader.all(Commitment, status=Status.MET), *reader.all(Commitment, came_to=Result.MET))
    return tuple(sorted({one.id: one for one in met}.values(), key=lambda one: one.id))


def gather(database: Database, audience: Audience, words: FileWords | None = None) -> Made:
    """All evidence that an audience may see, in the order of its references; the words of its files are looked through.

    That takes a second for a PDF; `words` remembers them from one time to the next.
    """
    words = words or FileWords()
    today = database.today()
    with database.read() as reader:
        items = reader.all(Evidence)
        hidden = restricted.gather(reader, audience)
        closed = restricted.closed_files(reader, hidden)
        shown = [one for one in items if not (hidden.hides(one.id, *one.proves) or _sha256(one) in closed)]
        named = _named(reader, shown, hidden)
        known = reader.kept_hashes(one.kept.sha256 for one in shown if one.kept is not None)
        ours = reader.all(Organisation, ours=True)
        guarded = () if audience is Audience.OWN_BOARD else guarded_practices.guarded(reader)
        in_files = _in_files(reader, [one for one in shown if _sha256(one) in known], guarded, words)
    network = ours[0].name if ours else "Our PCN"
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    told = tuple(_item(one, named, known, evidence.standing(one, today)) for one in shown)
    pack = Pack(network, audience.value, today, _with_names(told), len(items) - len(shown), mark)
    found = tuple(problem for one in shown for problem in evidence.problems(one, today))
    return Made(pack, (*found, *_patient_data_in(pack), *_naming(pack, guarded), *in_files))


def write(database: Database, made: Made, target: Path, *, acknowledged: bool = False) -> None:
    """Writes the pack under a passing name, and puts it in place once all of it is there."""
    unsaid = to_acknowledge(made)
    if unsaid and not acknowledged:
        raise errors.PaperRefused(f"The evidence pack was not made. {unsaid}", made.problems)
    if target.suffix.lower() != _ENDING:
        raise errors.Unwritable(
            "An evidence pack is a .zip file. Nothing was written. Choose a name ending in .zip."
        )
    write_whole(database, target, lambda out: _write(database, made.pack, out))


def to_acknowledge(made: Made) -> str:
    """What must be acknowledged before it is written, in a sentence; empty for nothing."""
    unsaid = dict.fromkeys(one.sentence for one in made.problems if one.kind in (_LOOKS_LIKE, _NAMES))
    told, more = list(unsaid)[:MOST_TOLD], len(unsaid) - MOST_TOLD
    return " ".join((*told, f"And {more:,} more.") if more > 0 else told)


def told(made: Made) -> str:
    """What is in it: "12 items, 9 files; 2 restricted items left out"."""
    counts = (len(made.pack.items), "item"), (made.files, "file")
    words = ", ".join(f"{number:,} {noun if number == 1 else noun + 's'}" for number, noun in counts)
    left = made.pack.left_out
    return f"{words}; {left:,} restricted {'item' if left == 1 else 'items'} left out" if left else words


def suggested_name(made: Made) -> str:
    """A name for its file: "SAMPLE Evidence pack 2026-11-20.zip"."""
    return f"{made.pack.mark} Evidence pack {made.pack.as_at.isoformat()}{_ENDING}".strip()


# ---- inside


def _sha256(one: Evidence | SourceDocument) -> str:
    return one.kept.sha256 if one.kept is not None else ""


def _named(reader: Reader, items: Iterable[Evidence], hidden: Restricted) -> dict[Id, str]:
    """What each commitment is called that one of them proves; one that is withheld bears its reference alone."""
    wanted = {id_ for one in items for id_ in one.proves}
    return {
        id_: f"{one.ref}: {restricted.WORDS}" if hidden.hides(id_) else f"{one.ref} {one.title}"
        for id_, one in reader.several(Commitment, wanted).items()
    }


def _item(one: Evidence, named: dict[Id, str], known: frozenset[str], standing: evidence.Standing) -> Item:
    proves = tuple(named[id_] for id_ in one.proves if id_ in named)
    item = Item(
        one.ref, one.what, standing.words, one.effective_on, one.filed_on, one.expires_on, proves,
        not_in_it=one.lies_at or "No file is kept",
    )  # fmt: skip
    kept = one.kept
    if kept is None:
        return item
    if kept.sha256 in known:
        return replace(item, file=kept.name, sha256=kept.sha256, size=kept.size, not_in_it="")
    where = f"Larger than 25 MB; it is at {kept.lies_at}" if kept.lies_at else "It was erased"
    return replace(item, sha256=kept.sha256, size=kept.size, not_in_it=where)


def _with_names(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Each file under its item's reference and its own name, made safe; the same bytes are in the pack once."""
    first: dict[str, str] = {}
    for item in items:
        if item.file:
            first.setdefault(item.sha256, f"{item.ref} {kept_files.safe_name(item.file)}")
    safe = dict(zip(first, kept_files.unique_names(first.values()), strict=True))
    return tuple(replace(item, file=safe[item.sha256]) if item.file else item for item in items)


MOST_TOLD = 4
_LOOKS_LIKE = "patient data"
_NAMES = "practice"


def _patient_data_in(pack: Pack) -> tuple[Problem, ...]:
    found = []
    for item in pack.items:
        for words in (item.what, item.file, item.not_in_it, *item.proves):
            look = patient_data.find_in_name(words) if words == item.file else patient_data.find(words)
            for one in look:
                if one.grade is patient_data.Grade.HIGH:
                    sentence = (
                        f"{item.ref}: this holds what looks like an {one.what} ({one.masked}), and the pack would tell "
                        "it. Take it out, or acknowledge that it is something else."
                    )
                    found.append(Problem(sentence, Weight.ACKNOWLEDGE, _LOOKS_LIKE))
    return tuple(found)


def _naming(pack: Pack, guarded: tuple[Guarded, ...]) -> tuple[Problem, ...]:
    """Where the words of a pack for others name a practice with an open restricted request."""
    found = (
        problem
        for item in pack.items
        for problem in guarded_practices.naming(
            guarded, item.ref, "\n".join((item.what, item.file, item.not_in_it, *item.proves))
        )
    )
    return tuple(replace(one, weight=Weight.ACKNOWLEDGE, kind=_NAMES) for one in found)


def _in_files(
    reader: Reader, items: Iterable[Evidence], guarded: tuple[Guarded, ...], words: FileWords
) -> tuple[Problem, ...]:
    """What the words inside the files would tell: likely NHS numbers, and practices that asked in confidence."""
    found = []
    for item in items:
        if item.kept is None:
            continue
        said = words.to_look_through(reader, item.kept)
        for one in patient_data.likely(said)[:1]:
            sentence = (
                f"{item.ref}: its file holds what looks like an {one.what} ({one.masked}). Take the file out, or "
                "acknowledge that it is something else."
            )
            found.append(Problem(sentence, Weight.ACKNOWLEDGE, _LOOKS_LIKE))
        for problem in guarded_practices.naming(guarded, f"The file of {item.ref}", said):
            found.append(replace(problem, weight=Weight.ACKNOWLEDGE, kind=_NAMES))
    return tuple(found)


def _write(database: Database, pack: Pack, out: BinaryIO) -> None:
    with database.read() as reader:
        zipped.write(out, _parts(reader, pack))


def _parts(reader: Reader, pack: Pack) -> Iterator[tuple[str, bytes]]:
    yield INDEX, evidence_pack.index(pack).encode()
    yield MANIFEST, evidence_pack.manifest(pack).encode("utf-8-sig")
    for name, sha256 in {item.file: item.sha256 for item in pack.items if item.file}.items():
        content = reader.kept_bytes(sha256)
        if content is not None:
            yield f"{FOLDER}/{name}", content
