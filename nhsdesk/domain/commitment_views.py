"""Questions about all commitments at once, each answered by a list of entries.

    VIEWS                   the questions in the order they are asked in
    view.rows(held)         the entries that answer it, each with the words of its cells
    view.says(held)         what they come to, in a sentence

`Held` is everything the answers rest on, gathered once (`sections/commitment_views.py`). What closes soon, and people,
are in `closing_soon.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from nhsdesk.domain import closing_soon, commitment_rules, plan_views
from nhsdesk.domain.commitment_rules import Known
from nhsdesk.domain.commitments import (
    Commitment,
    CommitmentKind,
    FourPurposes,
    Funding,
    QuotationFound,
    due_now,
    is_half_known,
    is_over,
    review_due,
    stands,
    written,
)
from nhsdesk.domain.held import Held, Row
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.money import half_up
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.unfunded import (
    a_month,
    certainty_words,
    cost_a_month,
    is_without_money,
    unfunded_week,
    unfunded_words,
)


@dataclass(frozen=True, slots=True)
class View:
    """One question: its short name, what it asks in words, and how it is answered."""

    title: str
    asks: str
    headings: tuple[str, ...]
    rows: Callable[[Held], tuple[Row, ...]]
    says: Callable[[Held], str] = lambda _: ""


def _row(one: Commitment, *cells: str) -> Row:
    return Row("commitment", one.id, (one.ref, one.title, *cells))


def open_ones(held: Held) -> tuple[Commitment, ...]:
    """The commitments that are not at an end."""
    return tuple(one for one in held.commitments if not is_over(one))


def _days(held: Held, one: Commitment) -> tuple[str, str]:
    due = due_now(one)
    return day_words(due) if due else "no date", stands(one, held.rules, held.today).words.split(":")[0]


# ---- by what they have in common


def owner_of(held: Held, one: Commitment) -> str:
    """The role that does it."""
    person = held.people.get(one.owner) if one.owner is not None else None
    return person.role_title if person else "Nobody yet"


def body_of(held: Held, one: Commitment) -> str:
    """Who wants it; where that is not said, who published the document."""
    document = held.document(one)
    return one.owed_to or (document.body if document and document.body else "Not yet known who")


def basis_of(held: Held, one: Commitment) -> str:
    """What it is said to rest on."""
    return one.basis.words if one.basis else "Not yet known"


def purpose_of(held: Held, one: Commitment) -> str:
    """Which of the four reasons it serves; what is written as its purpose counts where it is one of them."""
    written_ = (one.purpose or "").strip().casefold()
    serves = one.serves or next((reason for reason in FourPurposes if reason.value == written_), None)
    return serves.words if serves else "None of the four named"


Group = Callable[[Held, Commitment], str]


def _grouped(group: Group) -> Callable[[Held], tuple[Row, ...]]:
    def rows(held: Held) -> tuple[Row, ...]:
        named = sorted(((group(held, one), one) for one in open_ones(held)), key=_by_group)
        return tuple(
            Row(
                "commitment",
                one.id,
                (words, one.ref, one.title, commitment_rules.binds(one, held.known(one)), *_days(held, one)),
            )
            for words, one in named
        )

    return rows


def _by_group(named: tuple[str, Commitment]) -> tuple[str, int]:
    return named[0].casefold(), named[1].id


def counted(group: Group, held: Held) -> tuple[tuple[str, int], ...]:
    """How many open commitments there are in each group, the most first."""
    counts = Counter(group(held, one) for one in open_ones(held))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def _counts_words(group: Group) -> Callable[[Held], str]:
    return lambda held: "; ".join(f"{words}: {number:,}" for words, number in counted(group, held))


def shares(held: Held) -> tuple[tuple[str, int, int], ...]:
    """Each purpose with how many open commitments serve it, and their share in whole per cent."""
    counts = counted(purpose_of, held)
    whole = sum(number for _, number in counts)
    return tuple((words, number, half_up(100 * number, whole)) for words, number in counts)


def _shares_words(held: Held) -> str:
    return "; ".join(f"{words}: {number:,} ({share}%)" for words, number, share in shares(held))


# ---- money and time


def asked_not_funded(held: Held) -> tuple[Commitment, ...]:
    """What is only asked, with no money agreed."""
    return tuple(
        one
        for one in open_ones(held)
        if one.kind is CommitmentKind.ASK and one.funding_certainty is not Funding.AGREED
    )


def assured_without_money(held: Held) -> tuple[Commitment, ...]:
    """What others promised to us with no money agreed."""
    return tuple(one for one in open_ones(held) if is_without_money(one))


def _hours_rows(held: Held) -> tuple[Row, ...]:
    pounds = held.rules.whole("commitments.hour_cost")
    return tuple(
        _row(
            one,
            str(one.unfunded_hours),
            str(a_month(one.unfunded_hours)),
            str(cost_a_month(one.unfunded_hours, pounds)) if pounds else "not settled",
            certainty_words(one),
        )
        for one in open_ones(held)
        if one.unfunded_hours
    )


def _hours_words(held: Held) -> str:
    return unfunded_words(unfunded_week(held.commitments), held.rules.whole("commitments.hour_cost"))


# ---- what is missing, or no longer holds


_FOUR_AND_MORE = (
    ("owed_to", "who wants it"),
    ("document", "where it is written"),
    ("kind", "whether it binds"),
    ("basis", "what it rests on"),
    ("owner", "who does it"),
    ("work_class", "which purse it belongs to"),
    ("funding_certainty", "how certain the money is"),
)


def not_yet_known(one: Commitment) -> str:
    """What is not yet known of it, in words."""
    return ", ".join(words for name, words in _FOUR_AND_MORE if getattr(one, name) is None)


def unsigned_agreements(held: Held) -> tuple[Commitment, ...]:
    """What is called a local agreement without a signature of ours."""
    return tuple(
        one for one in open_ones(held) if commitment_rules.agreement_not_signed(one, held.known(one))
    )


def _known_rows(
    wanted: Callable[[Commitment, Known], bool], words: Callable[[Held, Commitment, Known], str]
) -> Callable[[Held], tuple[Row, ...]]:
    def rows(held: Held) -> tuple[Row, ...]:
        pairs = ((one, held.known(one)) for one in held.commitments)
        return tuple(
            _row(one, body_of(held, one), words(held, one, known))
            for one, known in pairs
            if wanted(one, known)
        )

    return rows


def _written(held: Held, one: Commitment, known: Known) -> str:
    document = held.document(one)
    return written(one, document.title_words() if document else None)


def _no_purpose_rows(held: Held) -> tuple[Row, ...]:
    live = [one for one in held.commitments if commitment_rules.is_live_without_purpose(one)]
    plans = [plan for plan in held.plans if commitment_rules.plan_without_purpose(plan)]
    return (
        *(_row(one, _choice(one.status)) for one in live),
        *(Row("plan", plan.id, (plan.ref, plan.title, plan.status.words)) for plan in plans),
    )


def _review_words(held: Held, one: Commitment, known: Known) -> str:
    due = review_due(one)
    return "" if due is None else f"was due on {day_words(due)}"


def _choice(value: Choice | None) -> str:
    return value.words if value is not None else "Not yet known"


def _tag_rows(held: Held) -> tuple[Row, ...]:
    by_id = {one.id: one for one in held.commitments}
    found = sorted((tag.word.casefold(), tag.on) for tag in held.tags if tag.on in by_id)
    return tuple(
        Row("commitment", on, (word, by_id[on].ref, by_id[on].title, *_days(held, by_id[on])))
        for word, on in found
    )


_COMMON = ("Ref", "What", "Binds", "Due", "Stands")
_WHY = ("Ref", "What", "Who wants it")

VIEWS: tuple[View, ...] = (
    View(
        "Closing soon",
        "What falls due, closes, expires or is to be done again, the soonest first.",
        closing_soon.HEADINGS,
        closing_soon.rows,
    ),
    View(
        "Half-known",
        "Commitments captured with four answers that still wait for the rest. What is not yet known is never wrong.",
        ("Ref", "What", "Not yet known"),
        lambda held: tuple(_row(one, not_yet_known(one)) for one in open_ones(held) if is_half_known(one)),
    ),
    View("By owner", "Who does what.", ("Owner", *_COMMON), _grouped(owner_of), _counts_words(owner_of)),
    View("By body", "Who wants what.", ("Body", *_COMMON), _grouped(body_of), _counts_words(body_of)),
    View(
        "By basis",
        "What each is said to rest on.",
        ("Rests on", *_COMMON),
        _grouped(basis_of),
        _counts_words(basis_of),
    ),
    View(
        "By purpose",
        "Which of the four reasons to be part of neighbourhood working each serves, and their shares.",
        ("Serves", *_COMMON),
        _grouped(purpose_of),
        _shares_words,
    ),
    View(
        "By tag",
        "Commitments by the words they were tagged with.",
        ("Tag", "Ref", "What", "Due", "Stands"),
        _tag_rows,
    ),
    View(
        "Asked, not funded",
        "What is only asked of us and has no money agreed. None of it is required.",
        ("Ref", "What", "Money", "Work class"),
        lambda held: tuple(
            _row(one, certainty_words(one), _choice(one.work_class)) for one in asked_not_funded(held)
        ),
    ),
    View(
        "Assurance without money",
        "What others promised to us, with no money agreed.",
        ("Ref", "What", "Who promised", "Money"),
        lambda held: tuple(
            _row(one, body_of(held, one), certainty_words(one)) for one in assured_without_money(held)
        ),
    ),
    View(
        "Unfunded hours",
        "What takes our people's time without money.",
        ("Ref", "What", "Hours a week", "Hours a month", "Cost a month", "Money"),
        _hours_rows,
        _hours_words,
    ),
    View(
        "Not in our contract",
        "What was looked for in our contract and not found: the clause and the day. A look counts for six months.",
        (*_WHY, "Where was looked"),
        _known_rows(
            lambda one, known: commitment_rules.is_not_in_contract(one),
            lambda held, one, known: commitment_rules.contract_words(one, known),
        ),
    ),
    View(
        "No signature of ours",
        "Called a local agreement, but not signed by us. Until it is, it is an ask.",
        ("Ref", "What", "Who wants it"),
        lambda held: tuple(_row(one, body_of(held, one)) for one in unsigned_agreements(held)),
    ),
    View(
        "Met without evidence",
        "Said to be met, and no evidence in date shows it.",
        (*_WHY, "Where it is written"),
        _known_rows(
            lambda one, known: commitment_rules.met_without_evidence(one, known) is not None, _written
        ),
    ),
    View(
        "Quotation gone",
        "Exact words that are no longer found on their page.",
        (*_WHY, "Where it is written"),
        _known_rows(
            lambda one, known: one.quotation_found in (QuotationFound.GONE, QuotationFound.MOVED),
            lambda held, one, known: f"{_choice(one.quotation_found)}: {_written(held, one, known)}",
        ),
    ),
    View(
        "Review overdue",
        "Their review was due, by rule or on its day.",
        (*_WHY, "Review"),
        _known_rows(
            lambda one, known: commitment_rules.review_overdue(one, known) is not None, _review_words
        ),
    ),
    View(
        "On a superseded document",
        "A newer document has taken the place of the one they were read from.",
        (*_WHY, "Superseded by"),
        _known_rows(
            lambda one, known: commitment_rules.document_superseded(one, known) is not None,
            lambda held, one, known: known.document_superseded_by,
        ),
    ),
    View(
        "Assurances to read again",
        "Whoever gave them has published something newer since.",
        (*_WHY, "Newer document"),
        _known_rows(
            lambda one, known: commitment_rules.assurance_to_read_again(one, known) is not None,
            lambda held, one, known: known.newer_document,
        ),
    ),
    View(
        "Live without a purpose",
        "Work under way of which nobody has said what it is for.",
        ("Ref", "What", "Status"),
        _no_purpose_rows,
    ),
    View(
        "People not confirmed",
        "People at the ICB who were not confirmed since it changed.",
        closing_soon.PEOPLE_HEADINGS,
        closing_soon.people_rows,
        closing_soon.people_words,
    ),
    View(
        "Can still be shaped",
        "Decisions, consultations and offers not yet closed, however far off, with the days left.",
        closing_soon.HEADINGS,
        closing_soon.shaped_rows,
        closing_soon.shaped_words,
    ),
    View(
        "Teams out of touch",
        "Community teams with whom there was no contact for long.",
        plan_views.TEAM_HEADINGS,
        plan_views.team_rows,
        plan_views.team_words,
    ),
    View(
        "Benefits",
        "What each plan was to bring, and whether it was measured against where it began.",
        plan_views.BENEFIT_HEADINGS,
        plan_views.benefit_rows,
        plan_views.benefit_words,
    ),
)
