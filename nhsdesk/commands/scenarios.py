"""Making a scenario with its posts, and turning one into posts: each a single step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nhsdesk import errors
from nhsdesk.commands import entries
from nhsdesk.domain.arrs import Certainty, Post, Stage
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.scenarios import Scenario, ScenarioPost, problem
from nhsdesk.store.database import Database


@dataclass(frozen=True, slots=True)
class Typed:
    """A scenario as it was typed: words by the name of their field, for itself and for its one post."""

    scenario: dict[str, str]
    post: dict[str, str]


def make(database: Database, typed: Typed) -> Scenario | tuple[Problem, ...]:
    """Adds a scenario with its post in one step; nothing where a word cannot be read, and what is wrong instead."""
    problems: list[Problem] = []
    with database.read() as reader:
        today = database.today()

        def read(kind: RecordKind, words: dict[str, str]) -> dict[str, object]:
            values: dict[str, object] = {}
            for name, said in words.items():
                value = entries.read_words(reader, kind.field(name), said, today)
                if isinstance(value, Problem):
                    problems.append(replace(value, kind=kind.name, field=name))
                elif value is not None:
                    values[name] = value
            return values

        scenario = read(Scenario.KIND, typed.scenario)
        wanted = any(words.strip() for words in typed.post.values())
        post = read(ScenarioPost.KIND, typed.post) if wanted else None
    if not problems and post is not None:
        found = problem(ScenarioPost(scenario=NEW, **post))  # type: ignore[arg-type]
        problems += [found] if found is not None else []
    if problems:
        return tuple(problems)
    with database.change("Add a scenario") as change:
        made = change.add(Scenario(**scenario))  # type: ignore[arg-type]
        if post is not None:
            change.add(ScenarioPost(scenario=made.id, **post))  # type: ignore[arg-type]
    return made


def turn_into_posts(database: Database, scenario: Id) -> tuple[Post, ...]:
    """Adds the posts of a scenario as planned ones, in one step. The scenario stays, with a link to each of them."""
    with database.read() as reader:
        held = reader.get(Scenario, scenario)
        thought = reader.all(ScenarioPost, scenario=scenario)
        posts = {post.id: post.ref for post in reader.all(Post)}
        became = [posts[link.target] for link in reader.all(Link, source=scenario) if link.target in posts]
    _refuse(held, thought, became)
    with database.change(f"Turn {held.ref} into posts") as change:
        made = []
        for one in thought:
            for _ in range(1 if one.posts is None else one.posts):
                post = change.add(_post(one))
                change.add(
                    Link(
                        source=scenario,
                        target=post.id,
                        says=LinkKind.RELATED,
                        remark=f"Turned into this post on {day_words(database.today())}.",
                    )
                )
                made.append(post)
    return tuple(made)


def _refuse(scenario: Scenario, posts: tuple[ScenarioPost, ...], became: list[str]) -> None:
    if became:
        raise errors.Incomplete(
            f"{scenario.ref} was turned into posts before: {', '.join(became)}. Nothing was added. Remove those first, "
            "or make another scenario."
        )
    if not any(one.posts is None or one.posts for one in posts):
        raise errors.Incomplete(f"{scenario.ref} has no posts. Nothing was added. Add its posts first.")
    wrong = [told for one in posts if (told := problem(one)) is not None]
    if wrong:
        raise errors.Incomplete(f"{wrong[0].sentence} Nothing was added.")


def _post(one: ScenarioPost) -> Post:
    return Post(
        role=one.role,
        portal_label=one.portal_label,
        stage=Stage.PLANNED,
        planned_start=one.starts,
        certainty=Certainty.PLANNED,
        planned_salary=one.salary,
        contracted=one.hours,
        base=one.base,
        employer=one.employer,
        ends=one.ends,
    )
