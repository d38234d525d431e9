"""Frameworks to score against: those that come with the program, and an official file, looked at before taken in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nhsdesk import errors, resources
from nhsdesk.commands import data_sets
from nhsdesk.documents import reader as files
from nhsdesk.domain import frameworks
from nhsdesk.domain.assessments import Framework, FrameworkLine, Standing
from nhsdesk.domain.frameworks import Changes, Template
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

NO_CHANGES = Changes()


@dataclass(frozen=True, slots=True)
class Preview:
    """A framework before it is taken in: what it holds, what is wrong, and how it differs from the version we have."""

    name: str
    template: Template | None
    problems: tuple[Problem, ...]
    told: tuple[str, ...]
    held: Framework | None = None
    """The framework in the PCN file that is this one, in this version."""
    before: Framework | None = None
    """The newest other version in the PCN file."""
    changes: Changes = NO_CHANGES

    @property
    def may_be_taken_in(self) -> bool:
        """Whether there is something to add, and nothing to be put right first."""
        return self.template is not None and self.held is None and not self.problems


def shipped(database: Database) -> tuple[Preview, ...]:
    """The frameworks that come with the program, each as it compares with what the file holds."""
    with database.read() as reader:
        return tuple(_compared(reader, one.title, one, one.told) for one in resources.frameworks())


def preview(database: Database, path: Path) -> Preview:
    """Reads an official file and tells what is in it. Raises FileRefused for one that is no framework file."""
    grids = files.read_rows(path)
    for grid in grids:
        data_sets.refuse_patient_data(path.name, (), grid.rows)
    read = next(filter(None, (frameworks.read(grid.rows) for grid in grids)), None)
    if read is None:
        raise errors.FileRefused(
            f"{path.name} is not a framework file. Nothing was read in. Its first rows must hold these headings: "
            f"{', '.join(frameworks.COLUMNS)}."
        )
    if read.template is None:
        return Preview(path.name, None, read.problems, read.notes)
    with database.read() as reader:
        return _compared(reader, path.name, read.template, (*read.template.told, *read.notes))


def _compared(reader: Reader, name: str, template: Template, told: tuple[str, ...]) -> Preview:
    held, before = _held(reader, template)
    if held is not None:
        differs = frameworks.changes(_lines(reader, held), template.lines)
        problems = (_differs(held, differs),) if differs and template.standing is Standing.IMPORTED else ()
        return Preview(name, template, problems, told, held, changes=differs)
    if before is None:
        return Preview(name, template, (), told)
    return Preview(
        name, template, (), told, None, before, frameworks.changes(_lines(reader, before), template.lines)
    )


def _differs(held: Framework, differs: Changes) -> Problem:
    words = (
        f"{held.ref} is this framework in this version already, with other lines. {' '.join(differs.told)} Give the "
        "file its own version, so that both stand beside each other."
    )
    return Problem(words, Weight.MUST_FIX, "framework", held.id, "edition")


def _held(reader: Reader, template: Template) -> tuple[Framework | None, Framework | None]:
    """This framework in this version, and the newest other version of it."""
    same = [one for one in reader.all(Framework) if _alike(one.title) == _alike(template.title)]
    held = next((one for one in same if _alike(one.edition or "") == _alike(template.edition)), None)
    others = [one for one in same if one is not held]
    return held, others[-1] if others else None


def _alike(words: str) -> str:
    return " ".join(words.split()).casefold()


def _lines(reader: Reader, framework: Framework) -> tuple[FrameworkLine, ...]:
    return reader.all(FrameworkLine, framework=framework.id)


def adopt(database: Database, key: str) -> Framework:
    """Adds a framework that comes with the program, as one step. One that is there already is not added twice."""
    template = next(one for one in resources.frameworks() if one.key == key)
    with database.read() as reader:
        held, before = _held(reader, template)
    if held is not None:
        return held
    with database.change("Adopt framework") as change:
        return add(change, template, before)


def take_in(database: Database, seen: Preview) -> Framework:
    """Adds a previewed file as one step, beside any other version. What must be put right is refused."""
    if seen.template is None or seen.problems:
        raise errors.FileRefused(
            f"{seen.name} was not taken in: {seen.problems[0].sentence if seen.problems else 'it holds no line.'} "
            "Nothing was changed. Put it right in the file, and look at it again."
        )
    with database.change("Import framework") as change:
        held, before = _held(change.reader, seen.template)
        return held or add(change, seen.template, before)


def add(change: Change, template: Template, before: Framework | None = None) -> Framework:
    """A template as part of a step; what a file does not say is taken from the version before."""
    framework = change.add(
        Framework(
            title=template.title,
            edition=template.edition or None,
            published_by=template.published_by or (before.published_by if before else None),
            standing=template.standing,
            scored_by=template.scored_by or (before.scored_by if before else None),
            top=before.top if before and template.standing is Standing.IMPORTED else template.top,
            levels=template.levels or (before.levels if before else None),
            source=template.source or None,
        )
    )
    for line in template.lines:
        blank = FrameworkLine(framework=framework.id, section=line.section, standard=line.standard)
        change.add(frameworks.framework_line(line, blank))
    return framework
