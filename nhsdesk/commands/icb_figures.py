"""The ICB's uplift figures as pasted: a post and an amount in each row, matched to posts, and looked at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk.commands import blocks
from nhsdesk.domain import kinds
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.block_cells import figure
from nhsdesk.domain.blocks import Block, Row, Wanted, guess, look
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.statements import match
from nhsdesk.store.reading import Reader

WANTED = (
    Wanted("label", "Post", kinds.Text(), ("post", "portal label", "label", "employee id", "role"), needed=True),
    Wanted(
        "amount", "ICB's figure", kinds.Pounds(), ("icb's figure", "uplift", "difference", "amount", "figure", "claim"),
        needed=True,
    ),
)  # fmt: skip
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """What was pasted: a figure for each post, and what could not be taken."""

    by_post: Mapping[Id, Money]
    told: tuple[str, ...]

    @property
    def total(self) -> Money:
        """What the figures come to."""
        return total(self.by_post.values())


def read(reader: Reader, words: str, today: date) -> Figures:
    """Figures of a pasted block. A post is named by its reference or its portal label; one it fits twice is told."""
    block = blocks.from_text(words, WANTED)
    columns = guess(block, WANTED, {})
    if len(columns) < len(WANTED):
        columns = _without_headings(block)
        block = _with_first_row(block)
    posts = reader.all(Post)
    names = [(post.ref, post.id) for post in posts]
    names += [(post.portal_label, post.id) for post in posts if post.portal_label]
    found: dict[Id, Money] = {}
    told: list[str] = []
    loose: list[str] = []
    for row in look(block, WANTED, columns, today).rows:
        label, amount = str(row.values.get("label") or ""), row.values.get("amount")
        post = match(label, names).post
        if amount is None:
            told.append(_unread(row))
        elif post is None:
            loose.append(label)
        elif post in found:
            told.append(f"Row {row.number:,}: {quoted(label)} stands there twice; the first figure counts.")
        else:
            found[post] = amount
    if loose:
        more = f" and {len(loose) - MOST_NAMED:,} more" if len(loose) > MOST_NAMED else ""
        told.append(f"Of no post here: {', '.join(map(quoted, loose[:MOST_NAMED]))}{more}.")
    return Figures(found, tuple(told[:MOST_NAMED]))


def _unread(row: Row) -> str:
    sentences = [one.sentence for one in row.problems if one.field == "amount"]
    return sentences[0] if sentences else f"Row {row.number:,} has no figure."


def _without_headings(block: Block) -> dict[str, int]:
    """The first column of words, and the last of figures."""
    rows = _with_first_row(block).rows
    figures = [n for n in range(len(block.headings)) if any(figure(row[n]) is not None for row in rows)]
    words = [n for n in range(len(block.headings)) if n not in figures and any(row[n] for row in rows)]
    return {"label": words[0], "amount": figures[-1]} if words and figures else {}


def _with_first_row(block: Block) -> Block:
    """What was taken for headings may be the first row."""
    if any(figure(cell) is not None for cell in block.headings):
        return Block(block.headings, (block.headings, *block.rows), max(block.first_row - 1, 1))
    return block
