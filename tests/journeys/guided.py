"""A journey that goes through a page of the guide step by step.

    with follows("commitments.md", "Reading a plan, step by step", one) as step:
        with step("Take the plan in"):
            one.goes_to("Commitments", "Read a document")
            one.presses_the_button("Take in a document…")

The section of the guide is a numbered list. Each step begins with a sentence, by which the journey calls it. Within
it, **bold** words are names of controls, tabs, pages or menu entries, and `code` is a key to strike or words to type.
In each step the journey has to come by just those names, in that order, and strike those keys. **Begin the … claim**
leaves open what stands in between. A step may be done several times over, each time whole. Nothing is done between
two steps: no reader would know of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import zip_longest

from nhsdesk import paths
from nhsdesk.domain import guide
from tests.journeys.typist import Typed, Typist

ENDING = "step by step"
"""How the headings of all sections end that a journey has to follow."""

KNOWN = frozenset(
    {"Tab", "Shift+Tab", "Up", "Down", "Left", "Right", "Home", "End", "Space", "Ctrl+A", "Backspace"}
)
"""Keys that every list, field and button has; the guide need not tell of them."""

_STEP = re.compile(r"(\d+)\. +(.*(?:\n(?!\d+\. ).*)*)")
_MARKED = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`")

Does = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a section: its first sentence, what it names, and which keys and words it tells."""

    title: str
    names: tuple[str, ...]
    keys: tuple[str, ...]


def steps_of(text: str) -> tuple[Step, ...]:
    """The numbered steps of a section, in their order."""
    found = [(int(one[1]), " ".join(one[2].split("\n\n")[0].split())) for one in _STEP.finditer(text)]
    assert [number for number, _ in found] == list(range(1, len(found) + 1)), (
        "the steps are not numbered from 1"
    )
    return tuple(_step(words) for _, words in found)


def _step(words: str) -> Step:
    marked = _MARKED.findall(words)
    title = guide.unmarked(re.split(r"(?<=[.:?]) ", words)[0]).rstrip(".:?")
    return Step(title, tuple(name for name, _ in marked if name), tuple(key for _, key in marked if key))


def astray(step: Step, came_by: Sequence[str], struck: Sequence[str]) -> str:
    """Where a journey left the guide, in words; empty where it followed."""
    times = max(
        1, -(-len(came_by) // max(1, len(step.names)))
    )  # what a step tells may be done for one after another
    for name, met in zip_longest(step.names * times, came_by):
        if met is None:
            return f"The guide names “{name}”, and the journey never came by it."
        if name is None:
            return f"The journey needed “{met}”, which the guide does not name."
        if not _is(name, met):
            return f"The guide names “{name}”, and the journey came by “{met}”."
    ahead = iter(struck)
    for key in step.keys:
        if not any(_same(key, one) for one in ahead):
            return f"The guide tells `{key}`, and the journey did not strike it there."
    for one in struck:
        if not isinstance(one, Typed) and one not in KNOWN and not any(_same(key, one) for key in step.keys):
            return f"The journey struck `{one}`, which the guide does not tell."
    return ""


def _is(named: str, came_by: str) -> bool:
    return re.fullmatch(".+".join(map(re.escape, named.split("…"))), came_by) is not None or named == came_by


def _same(told: str, struck: str) -> bool:
    if isinstance(struck, Typed):
        return told in struck
    return told.replace("Enter", "Return") == struck.replace("Enter", "Return")


@contextmanager
def follows(page: str, heading: str, one: Typist) -> Iterator[Does]:
    """Goes through a section of a page of docs/guide; at the end all of its steps must have been gone."""
    steps = iter(steps_of(section(page, heading)))

    @contextmanager
    def step(title: str) -> Iterator[None]:
        told = next(steps, None)
        assert told is not None, f"“{heading}” of {page} has no step “{title}”: it has ended"
        assert told.title == title, (
            f"“{heading}” of {page} goes on with “{told.title}”, the journey with “{title}”"
        )
        between = [*one.came_by, *one.struck]
        assert not between, f"before “{title}” the journey did what no step of {page} tells: {between}"
        try:
            yield
            left = astray(told, one.came_by, one.struck)
            assert not left, left
        except AssertionError as lost:
            lost.add_note(f"In the step “{title}” of “{heading}”, {page}.")
            raise
        one.came_by.clear()
        one.struck.clear()

    one.came_by.clear()
    one.struck.clear()
    yield step
    left = next(steps, None)
    assert left is None, (
        f"“{heading}” of {page} goes on with “{left and left.title}”, and the journey has ended"
    )


def section(page: str, heading: str) -> str:
    """The words below a heading of a page of the guide."""
    held = guide.page(page, (paths.guide() / page).read_text(encoding="utf-8"))
    found = [one.text for one in held.sections if one.heading == heading]
    assert len(found) == 1, (
        f"{page} has no section “{heading}”; it has {[one.heading for one in held.sections]}"
    )
    return found[0]


def to_follow() -> tuple[tuple[str, str], ...]:
    """Page and heading of each section of the guide that tells something step by step."""
    pages = sorted(paths.guide().glob("*.md"))
    return tuple(
        (path.name, one.heading)
        for path in pages
        for one in guide.page(path.stem, path.read_text(encoding="utf-8")).sections
        if one.heading.endswith(ENDING)
    )
