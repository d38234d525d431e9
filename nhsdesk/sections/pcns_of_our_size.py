"""Our staff by role beside PCNs of our size, from the published workforce and list sizes that were taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk.domain import pcns_of_our_size
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.money import FULL_TIME_SECONDS, read_decimal
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation, Practice
from nhsdesk.domain.pcns_of_our_size import FEWEST, Beside, Pcn
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.workforce import RolesCounted
from nhsdesk.sections import posts_held, workforce
from nhsdesk.sections.staff_in_post import our_staff
from nhsdesk.store import queries
from nhsdesk.store.reading import Reader

_BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """The comparison, or what is missing for it; other PCNs only ever as quartiles over at least 20 of them."""

    missing: str = ""
    in_short: str = ""
    as_of: date | None = None
    population: Decimal = Decimal()
    within: int = 0
    pcns: int = 0
    lines: tuple[Beside, ...] = ()
    without_rows: int = 0
    without_size: int = 0
    unread: int = 0
    ours_from_posts: bool = False
    sources: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the figures rest on, in sentences."""
        if self.missing:
            return ()
        wider = "" if self.within == pcns_of_our_size.WIDTHS[0] else f", since fewer than {FEWEST} are nearer"
        notes = [
            f"Compared with {self.pcns:,} PCNs whose adjusted list is within {self.within}% of our "
            f"{self.population:,.0f} patients{wider}. WTE counts contracted services.",
            f"{_pcns(self.without_rows)} without any row in the file are left out, not counted as none.",
        ]
        if self.without_size:
            notes.append(f"{_pcns(self.without_size)} have rows but no list size, and are left out.")
        if self.unread:
            notes.append(f"{self.unread:,} rows without a readable FTE are left out.")
        if self.ours_from_posts:
            notes.append("Our PCN has no row in the file, so our own posts on that day stand for it.")
        return (*notes, *self.sources)


def _pcns(count: int) -> str:
    return "1 PCN" if count == 1 else f"{count:,} PCNs"


def gather(reader: Reader) -> Facts:
    """The newest published workforce beside the newest list sizes."""
    code = workforce.our_code(reader)
    staff, sizes = (
        workforce.newest(reader, kind) for kind in (DataSetKind.WORKFORCE, DataSetKind.LIST_SIZES)
    )
    if not code:
        return Facts("Choose your PCN first, under PCN file: it is known by its code in the published files.")
    if staff is None or sizes is None:
        lacking = " and ".join(
            words
            for words, found in (("the PCN workforce", staff), ("practice list sizes", sizes))
            if found is None
        )
        return Facts(
            f"Take in {lacking}, published by NHS England, to see your staff beside PCNs of your size.",
            _ours_alone(reader, code, staff),
        )
    populations = _populations(queries.rows_of_data_set(reader, sizes.sha256))
    ours = populations.get(code) or _own_list(reader)
    if not ours:
        return Facts(
            "The adjusted list of your PCN is not known: it is neither in the list sizes taken in nor with your "
            "practices."
        )
    return _compared(reader, code, ours, populations, staff, sizes)


def _compared(
    reader: Reader,
    code: str,
    ours: Decimal,
    populations: Mapping[str, Decimal],
    staff: DataSet,
    sizes: DataSet,
) -> Facts:
    roles = workforce.roles_counted(reader)
    wte, unread = _wte(queries.rows_of_data_set(reader, staff.sha256), roles)
    from_posts = code not in wte
    if from_posts and staff.as_of is not None:
        wte[code] = _own_posts(reader, staff.as_of)
    others = [Pcn(one, populations[one], held) for one, held in wte.items() if one in populations]
    found = pcns_of_our_size.beside(Pcn(code, ours, wte.get(code, {})), others)
    if found is None:
        return Facts(
            f"Fewer than {FEWEST} PCNs with staff and a list size are known, so nothing is compared."
        )
    known = _known_codes(reader, populations)
    return Facts(
        in_short=pcns_of_our_size.in_short(found),
        as_of=staff.as_of,
        population=ours,
        within=found.within,
        pcns=found.pcns,
        lines=found.lines,
        without_rows=len(known - set(wte)) + (from_posts and code in known),
        without_size=len(set(wte) - set(populations) - {code}),
        unread=unread,
        ours_from_posts=from_posts,
        sources=(_source(staff), _source(sizes)),
    )


def _ours_alone(reader: Reader, code: str, staff: DataSet | None) -> str:
    """What the workforce says of our PCN alone, in a sentence; nothing before it was taken in."""
    if staff is None:
        return ""
    held, _ = _wte(queries.rows_of_data_set(reader, staff.sha256, code), workforce.roles_counted(reader))
    when = f" as of {day_words(staff.as_of)}" if staff.as_of else ""
    wte = {role: amount for role, amount in held.get(code, {}).items() if amount}
    if not wte:
        return f"NHS England's file{when} has no WTE of {code} in an ARRS role."
    most = max(wte, key=lambda role: (wte[role], role.words))
    several = "roles" if len(wte) > 1 else "role"
    return (
        f"You have {sum(wte.values()):,.2f} WTE in {len(wte)} ARRS {several}{when}; the largest is {most.words} "
        f"({wte[most]:,.2f})."
    )


def _source(one: DataSet) -> str:
    when = f" as of {day_words(one.as_of)}" if one.as_of else ""
    return f"{one.ref}: {one.kind.words}{when}, {one.publisher or 'publisher not told'}."


def _populations(rows: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The adjusted population of each PCN: its practices' together."""
    found: dict[str, Decimal] = {}
    for row in rows:
        adjusted = read_decimal(row["adjusted"] or "")
        if row["pcn_code"] and adjusted is not None and adjusted > 0:
            found[row["pcn_code"]] = found.get(row["pcn_code"], Decimal()) + adjusted
    return found


def _known_codes(reader: Reader, populations: Mapping[str, Decimal]) -> set[str]:
    """Every PCN there is: by the newest map of practices, which is nearer the staff's month than the list sizes."""
    mapped = workforce.newest(reader, DataSetKind.PRACTICE_MAP)
    if mapped is None:
        return set(populations)
    codes = {row["pcn_code"] for row in queries.rows_of_data_set(reader, mapped.sha256)}
    return codes - {"", "U"}


def _wte(
    rows: Iterable[Mapping[str, Any]], roles: RolesCounted
) -> tuple[dict[str, dict[Role, Decimal]], int]:
    """WTE by PCN and role, added up in billionths; and how many rows have no readable FTE."""
    found: dict[str, dict[Role, int]] = {}
    counted: dict[str, Role | None] = {}
    amounts: dict[str, int | None] = {}
    unread = 0
    for row in rows:
        words, fte = row["detailed_role"], row["fte"]
        if words not in counted:
            line = roles.of(words or row["staff_role"] or "")
            counted[words] = None if line is None else line.role
        if fte not in amounts:
            amounts[fte] = _billionths(fte)
        of_pcn = found.setdefault(row["pcn_code"], {})
        role, amount = counted[words], amounts[fte]
        if amount is None:
            unread += 1
        elif role is not None:
            of_pcn[role] = of_pcn.get(role, 0) + amount
    exact = {
        code: {role: Decimal(amount).scaleb(-9) for role, amount in held.items()}
        for code, held in found.items()
    }
    return exact, unread


def _billionths(fte: str | None) -> int | None:
    amount = read_decimal(fte or "")
    return None if amount is None or not 0 <= amount < _BILLION else int(amount * _BILLION)


def _own_list(reader: Reader) -> Decimal:
    """The adjusted list of our own practices, each as it was counted last."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    practices = {one.id for one in reader.all(Practice) if one.network in ours}
    newest: dict[int, ListSize] = {}
    for one in sorted(reader.all(ListSize, base=ListBase.ADJUSTED), key=lambda one: (one.counted_on, one.id)):
        if one.practice in practices:
            newest[one.practice] = one
    return sum((one.patients for one in newest.values()), Decimal())


def _own_posts(reader: Reader, on: date) -> dict[Role, Decimal]:
    seconds: dict[Role, int] = {}
    for one in our_staff(posts_held.read(reader), on):
        if one.in_post(on):
            seconds[one.role] = seconds.get(one.role, 0) + one.hours.seconds
    return {role: Decimal(amount) / FULL_TIME_SECONDS for role, amount in seconds.items()}
