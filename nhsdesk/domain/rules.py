"""Local rules: what one PCN or its ICB has settled where practice differs, each with its default and alternatives.

The rules in force on a day are values, so that a rule can be applied without a window, a file or a clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")

YES_NO = ("yes", "no")
PAUSES = ("anybody but the host", "the practice or us", "anybody", "nobody")
"""On whom a paused request may wait for a clock to stand still."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is settled locally: what it asks, what holds while nobody settled it, and what else may hold.

    With `choices` the answer is one of them; with `words` any words; otherwise a whole number from `least` to `most`.
    """

    key: str
    asks: str
    default: str
    choices: tuple[str, ...] = ()
    note: str = ""
    least: int = 0
    most: int = 9_999
    words: bool = False

    def readable(self, value: str) -> bool:
        """Whether it can be settled so."""
        if self.choices:
            return value in self.choices
        if self.words:
            return bool(value.strip())
        longest = max(4, len(str(self.most)))
        return value.isdecimal() and len(value) <= longest and self.least <= int(value) <= self.most

    @property
    def takes(self) -> str:
        """What an answer looks like, in words."""
        if self.choices:
            return "One of: " + "; ".join(self.choices)
        if self.words:
            return "Words"
        return f"A whole number from {self.least:,} to {self.most:,}"


_TEAM_SIZE = "North West London, 2024: 50,000 to 100,000; Fuller's stocktake, 2022: 30,000 to 50,000."
_NO_WORDING = "No national wording was found; practice differs between ICBs."
_OWN = "This program's own choice: what was agreed with the host comes first."


def _half_hours(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{hour:02}:{minute}" for hour in range(first, last) for minute in ("00", "30"))


QUESTIONS: tuple[Question, ...] = (
    Question(
        "arrs.part_month", "How is the maximum of part of a month shared out?", "calendar days of the month",
        ("calendar days of the month", "weekdays of the month", "365ths of the year"), _NO_WORDING,
    ),
    Question(
        "arrs.pennies", "Where does a cost become whole pence?", "once a line", ("once a line", "each amount"),
        "Each amount is how payroll pays salary, NI, pension and fees.",
    ),
    Question(
        "arrs.lower", "Over what is the lower of cost and maximum taken?", "the whole month",
        ("the whole month", "each part of the month"),
        "It differs only where hours, pay or holder change within a month.",
    ),
    Question(
        "arrs.year_pennies", "Are the pennies lost by rounding each month made up in March?", "no", YES_NO,
        "Twelve rounded twelfths may miss the year's maximum by some pence.",
    ),
    Question(
        "arrs.share", "Where only a share is reimbursed, what is compared with the maximum?",
        "the PCN's share of the cost", ("the PCN's share of the cost", "the whole cost"),
        "Mental health practitioners at 50%.",
    ),
    Question(
        "arrs.cover", "While somebody is away, what may be claimed for?", "the post and its cover",
        ("the post and its cover", "the post alone"),
        "FAQ of 31 March 2021: up to the WTE that was absent. Its wording can be read both ways.",
    ),
    Question(
        "arrs.fees", "Do a supplier's fees count as cost?", "yes", YES_NO,
        "2019 wording for link workers, inside the maximum; later years not seen.",
    ),
    Question(
        "arrs.agency", "Do agency charges count as cost?", "no", YES_NO, "Only ever inside the maximum.",
    ),
    Question(
        "arrs.vat", "Does VAT that cannot be recovered count as cost?", "no", YES_NO, "Treatment varies; ask first.",
    ),
    Question(
        "arrs.split", "How is a post of several employments claimed?", "in one line",
        ("in one line", "a line for each employment"), _NO_WORDING,
    ),
    Question(
        "arrs.evidence", "What evidence must be seen for each post?", "contract; additionality statement",
        note="Separate the papers by semicolons. Contracts and payslips are asked for in many places.", words=True,
    ),
    Question(
        "arrs.additionality_months", "How many months must a recruit not have worked in the PCN?", "12",
        note="2026/27, as reported; the additionality test.", most=60,
    ),
    Question(
        "arrs.back_months", "How many months back may a missed month be claimed? 0 for no limit.", "0",
        note="No hard national limit was seen; the practices' own GP scheme has 3.", most=36,
    ),
    Question(
        "arrs.pay_jump", "From how many per cent up or down is a change of pay shown?", "5", most=100,
    ),
    Question(
        "arrs.starters_month_day", "By which day is the ICB told of planned starters? Month and day, 12-31.", "12-31",
        note="North East London asked for it before the end of December 2023. The last working day before it counts.",
        words=True,
    ),
    Question(
        "arrs.recruit_weeks", "How many weeks from advertising to starting?", "12",
        note="This program's own estimate.", least=1, most=104,
    ),
    Question(
        "clock.opens", "When does a working day begin, for time limits in hours?", "09:00", _half_hours(6, 12), _OWN,
    ),
    Question(
        "clock.closes", "When does a working day end, for time limits in hours?", "17:00", _half_hours(12, 24), _OWN,
    ),
    Question(
        "clock.after_closing", "A request sent when the day is over, or on no working day, counts as sent when?",
        "that day", ("that day", "the next working day"), "Days are counted from the day after. " + _OWN,
    ),
    Question(
        "clock.pauses_acknowledge", "While a paused request waits on whom does the clock to acknowledge it stand "
        "still?", PAUSES[0], PAUSES, "The host's own delay does not give it more time. " + _OWN,
    ),
    Question(
        "clock.pauses_offer", "While a paused request waits on whom does the clock to an offer stand still?",
        PAUSES[0], PAUSES, _OWN,
    ),
    Question(
        "clock.pauses_resolve", "While a paused request waits on whom does the clock to resolve it stand still?",
        PAUSES[0], PAUSES, _OWN,
    ),
    Question(
        "clock.change", "When the risk or the level of support changes, from when does the other limit count?",
        "from the sending", ("from the sending", "from the change", "the first limit stays"),
        "From the sending, so that no request gains time by changing. " + _OWN,
    ),
    Question(
        "clock.limit", "The service level of which day counts?", "the day of sending", ("the day of sending", "today"),
        "So that a later agreement does not make a request late. " + _OWN,
    ),
    Question(
        "clock.reopened", "When a request is opened again, what does the clock to resolve it do?", "it goes on",
        ("it goes on", "it begins again"), "The time it was closed is not counted either way. " + _OWN,
    ),
    Question(
        "clock.late_soon_days", "Requests that will be late within how many working days are told on opening?", "3",
        note=_OWN, most=30,
    ),
    Question("brag.due_soon_days", "How many days before its due day is an action due soon?", "14", most=365),
    Question("brag.quiet_working_days", "After how many working days without word is an action quiet?", "5", most=99),
    Question("brag.closing_working_days", "How many working days may closing take?", "2", most=99),
    Question(
        "commitments.due_soon_days", "How many days before its day is a commitment due soon?", "28",
        note="This program's own estimate: four weeks reach past most boards' next meeting.", most=365,
    ),
    Question(
        "commitments.closing_days", "How many days ahead does the list of what closes soon reach?", "60",
        note="This program's own estimate.", least=1, most=400,
    ),
    Question(
        "commitments.out_of_touch_days", "After how many days without contact is a team out of touch?", "90",
        note="This program's own estimate.", least=1, most=1000,
    ),
    Question(
        "commitments.hour_cost",
        "What does an hour of our people's time cost, in pounds? 0 where it is not settled.", "0",
        note="With it, unfunded hours are told in pounds as well.",
    ),
    Question(
        "leadership.share_outside",
        "What share of a leader's time is to go outside the PCN, in per cent? 0 where none is settled.", "0",
        note="Nothing national was found: a PCN's own aim.", most=100,
    ),
    Question(
        "papers.arrs_claim_day", "By which day of the following month is a claim made? 0 where none is settled.", "0",
        note="Claims are monthly in arrears; each ICB settles its own closing day.", most=31,
    ),
    Question(
        "papers.assessment_working_day", "By which working day after a quarter is its assessment sent? 0 where none is "
        "settled.", "0", note="No national day was found; each ICB settles its own.", most=60,
    ),
    Question(
        "papers.late_advice_working_day", "By which working day of the next month is late advice reported? 0 for none "
        "settled.", "0", note="Nothing national asks for this report.", most=20,
    ),
    Question(
        "teams.least_residents", "How few residents may a neighbourhood team serve? 0 for no limit.", "50000",
        note=_TEAM_SIZE, most=9_999_999,
    ),
    Question(
        "teams.most_residents", "How many residents may a neighbourhood team serve? 0 for no limit.", "100000",
        note=_TEAM_SIZE, most=9_999_999,
    ),
    Question(
        "teams.staff", "About how many staff is a neighbourhood team to have? 0 where nothing is said.", "100",
        note="North West London, 2024: about 100.", most=9_999,
    ),
    Question(
        "teams.size_source", "Whose are the sizes of neighbourhood teams?", "North West London, 2024", words=True,
        note="It is printed beside every comparison.",
    ),
    Question(
        "hubs.services", "Which core services does a hub have here? All, or their names set apart by semicolons.",
        "all", words=True, note="North West London listed ten in 2024; a neighbourhood may settle its own list.",
    ),
    Question("privacy.fewest_requests", "Under how many requests is a count not shown?", "5", least=3, most=99),
    Question("privacy.fewest_people", "Under how many people or practices is nothing shown?", "3", least=3, most=99),
)  # fmt: skip
"""Every rule that can be settled. BRAG days follow the action logs boards use; group sizes are this program's own."""

BY_KEY: Mapping[str, Question] = {question.key: question for question in QUESTIONS}
DEFAULTS: Mapping[str, str] = {question.key: question.default for question in QUESTIONS}
CHOICES: Mapping[str, tuple[str, ...]] = {
    question.key: question.choices for question in QUESTIONS if question.choices
}


AT = "@"
"""Between a rule and the reference of the one neighbourhood for which it is settled: teams.staff@N-001."""

_BY_NEIGHBOURHOOD = ("teams.", "hubs.")
"""Rules that each neighbourhood may settle for itself."""


def readable(key: str, value: str) -> bool:
    """Whether a rule of that name can be settled so. Groups smaller than 3 would hide nothing."""
    if key == "arrs.starters_month_day":
        return month_and_day(value) is not None
    asked, _, area = key.partition(AT)
    if AT in key and (not area.strip() or not asked.startswith(_BY_NEIGHBOURHOOD)):
        return False
    return asked in BY_KEY and BY_KEY[asked].readable(value)


def month_and_day(value: str) -> tuple[int, int] | None:
    """Month and day of a rule such as 12-31; None where it is no day of every year."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", value.strip())
    if found is None:
        return None
    try:
        day = date(2001, int(found[1]), int(found[2]))
    except ValueError:
        return None
    return day.month, day.day


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force, and the bank holidays working days are counted by."""

    settled: Mapping[str, str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    _made: dict[Callable[[Rules], Any], Any] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def once(self, make: Callable[[Rules], T]) -> T:
        """What a function makes of these rules, made the first time it is asked: a claim asks for every line."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def text(self, key: str) -> str:
        """What was settled, or the default. An unknown key is our own mistake: KeyError."""
        return self.settled.get(key, DEFAULTS[key])

    def whole(self, key: str) -> int:
        """A rule that is a whole number."""
        return int(self.text(key))

    def text_of(self, key: str, area: str) -> str:
        """What one neighbourhood settled for itself, by its reference; else what holds everywhere."""
        return self.settled.get(f"{key}{AT}{area}", self.text(key)) if area else self.text(key)

    def whole_of(self, key: str, area: str) -> int:
        """A rule of one neighbourhood that is a whole number."""
        return int(self.text_of(key, area))

    def yes(self, key: str) -> bool:
        """A rule that is yes or no."""
        return self.text(key) == "yes"
