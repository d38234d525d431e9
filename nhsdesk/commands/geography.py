"""Areas and PCNs: the tree on a day, and a whole ICB taken in from NHS England's file of practices and PCNs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from nhsdesk import errors
from nhsdesk.commands.networks import spoken
from nhsdesk.domain import geography as rules
from nhsdesk.domain.areas import Area, AreaMembership, NetworkMembership, Tier
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.geography import Chain, Geography, Node
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.domain.periods import day_words
from nhsdesk.imports.practice_map import UNALLOCATED
from nhsdesk.sections import geography as section
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

Row = Mapping[str, Any]

_PUBLISHER = "NHS England, practices and PCNs"


# ---- looking


@dataclass(frozen=True, slots=True)
class View:
    """Where everybody is on a day: the tree, what stands above our practices, and what is not known."""

    nodes: tuple[Node, ...]
    chains: tuple[Chain, ...]
    told: tuple[str, ...]


def view(database: Database, on: date) -> View:
    """The tree of a day, with what is missing above our own practices."""
    with database.read() as reader:
        held: Geography = section.read(reader)
        chains = tuple(held.chain(one, on) for one in section.ours(reader, held, on))
    told = dict.fromkeys(words for chain in chains for words in chain.told)
    return View(rules.tree(held, on), chains, tuple(told))


# ---- a whole ICB from the NHS file


@dataclass(frozen=True, slots=True)
class OfferedIcb:
    """An ICB of the file, or one of its parts (a sub-ICB location), to be chosen from."""

    code: str
    name: str
    practices: int
    part: bool = False


@dataclass(slots=True)
class Taking:
    """What taking an ICB in would do, or has done."""

    name: str
    as_of: date | None
    areas: int = 0
    networks: int = 0
    practices: int = 0
    memberships: int = 0
    moved: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.areas or self.networks or self.practices or self.memberships or self.moved)

    @property
    def words(self) -> tuple[str, ...]:
        """What it comes to, in sentences."""
        day = f", as of {day_words(self.as_of)}" if self.as_of is not None else ""
        if not self.changes:
            return (f"{self.name}{day}: all of it is here already. Nothing would change.", *self.told)
        parts = [
            _counted(self.areas, "new area", "new areas"),
            _counted(self.networks, "new PCN", "new PCNs"),
            _counted(self.practices, "new practice", "new practices"),
            _counted(self.memberships, "PCN placed in it", "PCNs placed in it"),
            _counted(
                self.moved, "practice in another PCN than before", "practices in another PCN than before"
            ),
        ]
        return (f"{self.name}{day}: {', '.join(one for one in parts if one)}.", *self.told)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""


def offered(database: Database) -> tuple[OfferedIcb, ...]:
    """The ICBs of the newest file of practices taken in, by name, each followed by its parts; none without a file."""
    with database.read() as reader:
        newest = _newest(reader)
        rows = () if newest is None else queries.rows_of_data_set(reader, newest.sha256)
    whole: dict[str, list[Row]] = {}
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        whole.setdefault(row["icb_code"], []).append(row)
        parts.setdefault((row["icb_code"], row["sub_icb_code"]), []).append(row)
    found: list[OfferedIcb] = []
    for code, held in sorted(whole.items(), key=lambda pair: (pair[1][0]["icb_name"].casefold(), pair[0])):
        found.append(OfferedIcb(code, f"{held[0]['icb_name']} ({code})", len(held)))
        of_icb = [(sub, listed) for (icb, sub), listed in sorted(parts.items()) if icb == code]
        if len(of_icb) > 1:
            found += [
                OfferedIcb(f"{code}/{sub}", f"only {listed[0]['sub_icb_name']}", len(listed), part=True)
                for sub, listed in of_icb
            ]
    return tuple(found)


def preview(database: Database, code: str) -> Taking:
    """What taking in an ICB, or a part of one, would do. Nothing is written."""
    rows, elsewhere, newest = _rows(database, code)
    with database.read() as reader:
        return _Plan(reader, rows, elsewhere, newest).taking


def take_in(database: Database, code: str) -> Taking:
    """Takes an ICB in, or a part of one, as one step: areas, PCNs, practices. Done again, it changes nothing."""
    rows, elsewhere, newest = _rows(database, code)
    name = rows[0]["icb_name"]
    with database.read() as reader:
        seen = _Plan(reader, rows, elsewhere, newest).taking
    if not seen.changes:
        return seen
    with database.change(f"Take in the areas of {code}") as change:
        plan = _Plan(change.reader, rows, elsewhere, newest)
        plan.write(change, name)
    return plan.taking


def _newest(reader: Reader) -> DataSet | None:
    found = reader.all(DataSet, kind=DataSetKind.PRACTICE_MAP)
    return max(found, key=lambda one: (one.as_of or date.min, one.read_at), default=None)


def _rows(database: Database, code: str) -> tuple[tuple[Row, ...], tuple[Row, ...], DataSet]:
    """The rows of an ICB or of its part, those of others, and the file. Raises FileRefused where there are none."""
    with database.read() as reader:
        newest = _newest(reader)
        every = () if newest is None else queries.rows_of_data_set(reader, newest.sha256)
    if newest is None:
        raise errors.FileRefused(
            "No file of practices and PCNs has been read in. Nothing was changed. Read it in under PCN file first."
        )
    icb, _, part = code.strip().upper().partition("/")
    own = tuple(
        row for row in every if row["icb_code"].upper() == icb and part in ("", row["sub_icb_code"].upper())
    )
    if not own:
        raise errors.FileRefused(
            f"No practice of {code.strip()[:40]} is in the file read in. Nothing was changed. Choose one of the list."
        )
    codes = {row["practice_code"] for row in own}
    return own, tuple(row for row in every if row["practice_code"] not in codes), newest


class _Plan:
    """What is new in the rows of an ICB, against what the file holds."""

    def __init__(
        self, reader: Reader, rows: tuple[Row, ...], elsewhere: tuple[Row, ...], source: DataSet
    ) -> None:
        self._rows, self._as_of = rows, source.as_of
        self._source = f"{_PUBLISHER}{_as_of(source)}"
        self._areas = {(one.tier, one.code): one for one in reader.all(Area) if one.code}
        organisations = reader.all(Organisation)
        self._networks = {one.ods_code: one for one in organisations if one.ods_code}
        self._ours = {one.id for one in organisations if one.ours}
        self._practices = {one.ods_code: one for one in reader.all(Practice) if one.ods_code}
        self._members: dict[Id, list[AreaMembership]] = {}
        for member in reader.all(AreaMembership):
            self._members.setdefault(member.network, []).append(member)
        self._joined: dict[Id, list[NetworkMembership]] = {}
        for joined in reader.all(NetworkMembership):
            self._joined.setdefault(joined.practice, []).append(joined)
        self._codes = dict.fromkeys(
            row["pcn_code"] for row in rows if row["pcn_code"] not in ("", UNALLOCATED)
        )
        self.taking = Taking(rows[0]["icb_name"], source.as_of)
        self._count(elsewhere)

    # ---- what it would come to

    def _count(self, elsewhere: tuple[Row, ...]) -> None:
        first, taking = self._rows[0], self.taking
        region, system = (Tier.REGION, first["region_code"]), (Tier.SYSTEM, first["icb_code"])
        taking.areas = (bool(region[1]) and region not in self._areas) + (system not in self._areas)
        taking.networks = sum(code not in self._networks for code in self._codes)
        taking.practices = sum(row["practice_code"] not in self._practices for row in self._rows)
        taking.memberships = sum(not self._placed(code, self._areas.get(system)) for code in self._codes)
        taking.moved = sum(self._moves(row) for row in self._rows)
        taking.told += self._quirks(elsewhere)

    def _placed(self, code: str, system: Area | None) -> bool:
        network = self._networks.get(code)
        if network is None or system is None:
            return False
        on = self._as_of or date.max
        held = self._members.get(network.id, [])
        return any(one.within == system.id and rules.valid(one, on) for one in held)

    def _moves(self, row: Row) -> bool:
        """Whether a practice that is here stands in another PCN than the file says, and may be moved."""
        practice, network = self._practices.get(row["practice_code"]), self._networks.get(row["pcn_code"])
        if practice is None or row["pcn_code"] not in self._codes or self._of_ours(practice, network):
            return False
        return network is None or self._now_in(practice) != network.id

    def _now_in(self, practice: Practice) -> Id | None:
        on = self._as_of or date.max
        held = [one for one in self._joined.get(practice.id, []) if rules.valid(one, on)]
        latest = max(held, key=lambda one: (one.valid_from or date.min, one.id), default=None)
        return practice.network if latest is None else latest.network

    def _of_ours(self, practice: Practice, network: Organisation | None) -> bool:
        """Whether our own PCN's practices would change by it: claims rest on them, so that is done elsewhere."""
        return practice.network in self._ours or (network is not None and network.id in self._ours)

    def _quirks(self, elsewhere: tuple[Row, ...]) -> list[str]:
        found: list[str] = []
        others: dict[str, set[str]] = {}
        for row in elsewhere:
            if row["pcn_code"] in self._codes:
                others.setdefault(row["pcn_code"], set()).add(row["icb_name"])
        named = {
            row["pcn_code"]: spoken(row["pcn_name"]) for row in self._rows if row["pcn_code"] in self._codes
        }
        for code, icbs in sorted(others.items()):
            also = " and ".join(sorted(icbs))
            found.append(
                f"{named[code]} ({code}) also has practices listed under {also}; those are not taken in here."
            )
        found += _same_names(named, elsewhere)
        found += self._merged()
        alone = sum(row["pcn_code"] in ("", UNALLOCATED) for row in self._rows)
        if alone:
            found.append(f"{_counted(alone, 'practice is', 'practices are')} in no PCN in the file.")
        left = sum(self._left_alone(row) for row in self._rows)
        if left:
            counted = _counted(left, "practice of ours is", "practices of ours are")
            found.append(
                f"{counted} in another PCN in the file than here. Nothing of that is changed here; where the file is "
                "right, choose the PCN again under PCN file."
            )
        return found

    def _merged(self) -> list[str]:
        """ICBs that PCNs leave for this one: whether they ended, and what took over, is for a person to say."""
        system = self._areas.get((Tier.SYSTEM, self._rows[0]["icb_code"]))
        own = system.id if system is not None else Id(0)
        networks = [self._networks[code].id for code in self._codes if code in self._networks]
        left = {one.within for network in networks for one in self._earlier(network, own)}
        names = sorted(one.name for one in self._areas.values() if one.id in left)
        return [
            f"PCNs come here from {name}. Where that ICB ended, give its area its last day and its successor."
            for name in names
        ]

    def _left_alone(self, row: Row) -> bool:
        practice = self._practices.get(row["practice_code"])
        network = self._networks.get(row["pcn_code"])
        if practice is None or not self._of_ours(practice, network):
            return False
        return practice.network != (network.id if network is not None else None)

    # ---- writing it

    def write(self, change: Change, name: str) -> None:
        """Writes what is new."""
        first = self._rows[0]
        region = self._area(change, Tier.REGION, first["region_code"], first["region_name"], None)
        system = self._area(
            change, Tier.SYSTEM, first["icb_code"], name, region.id if region is not None else None
        )
        assert system is not None
        for code in self._codes:
            row = next(one for one in self._rows if one["pcn_code"] == code)
            placed = self._placed(code, system)
            if code not in self._networks:
                new = Organisation(name=spoken(row["pcn_name"]), ods_code=code, sector=Sector.PCN)
                self._networks[code] = change.add(new)
            if not placed:
                self._place(change, self._networks[code], system)
        for row in self._rows:
            self._write_practice(change, row)

    def _area(self, change: Change, tier: Tier, code: str, name: str, within: Id | None) -> Area | None:
        if not code:
            return None
        if (tier, code) not in self._areas:
            made = Area(
                name=name,
                tier=tier,
                code=code,
                within=within,
                definition="As NHS England lists it",
                defined_by="NHS England",
                defined_on=self._as_of,
            )
            self._areas[tier, code] = change.add(made)
        return self._areas[tier, code]

    def _place(self, change: Change, network: Organisation, system: Area) -> None:
        """Puts a PCN into the ICB; where an earlier file had it in another, that ends the day before."""
        earlier = self._earlier(network.id, system.id)
        ended = self._as_of - timedelta(days=1) if self._as_of is not None else None
        for one in earlier:
            change.put(replace(one, valid_to=ended))
        starts = self._as_of if earlier else None
        change.add(
            AreaMembership(within=system.id, network=network.id, valid_from=starts, source=self._source)
        )

    def _earlier(self, network: Id, system: Id) -> list[AreaMembership]:
        """Where earlier files had a PCN. Of the same file it may stand in two ICBs, as one in Cornwall and Devon."""
        return [
            one
            for one in self._members.get(network, [])
            if one.valid_to is None
            and one.within != system
            and (one.source or "").startswith(_PUBLISHER)
            and one.source != self._source
        ]

    def _write_practice(self, change: Change, row: Row) -> None:
        network = self._networks.get(row["pcn_code"]) if row["pcn_code"] in self._codes else None
        practice = self._practices.get(row["practice_code"])
        if practice is None:
            new = Practice(
                name=spoken(row["practice_name"]),
                ods_code=row["practice_code"],
                postcode=row["postcode"] or None,
                network=network.id if network is not None else None,
            )
            self._practices[row["practice_code"]] = change.add(new)
        elif self._moves(row) and network is not None:
            self._move(change, practice, network)

    def _move(self, change: Change, practice: Practice, network: Organisation) -> None:
        """A practice in another PCN: both stays are dated, so that each day keeps its own answer."""
        before, as_of = self._now_in(practice), self._as_of
        held = [one for one in self._joined.get(practice.id, []) if one.valid_to is None]
        if before is not None and as_of is not None:
            ended = as_of - timedelta(days=1)
            for one in held:
                change.put(replace(one, valid_to=ended))
            if not held:
                change.add(
                    NetworkMembership(
                        practice=practice.id, network=before, valid_to=ended, source=self._source
                    )
                )
            change.add(
                NetworkMembership(
                    practice=practice.id, network=network.id, valid_from=as_of, source=self._source
                )
            )
        change.put(replace(practice, network=network.id))


def _same_names(named: Mapping[str, str], elsewhere: Iterable[Row]) -> list[str]:
    """PCNs of an ICB, by code, whose name another PCN of the file has too."""
    codes: dict[str, dict[str, None]] = {}
    for code, name in named.items():
        codes.setdefault(name.casefold(), {})[code] = None
    own = set(codes)
    for row in elsewhere:
        if (name := spoken(row["pcn_name"]).casefold()) in own and row["pcn_code"] != UNALLOCATED:
            codes[name].setdefault(row["pcn_code"])
    return [
        f"{named[next(iter(held))]} is the name of {len(held)} PCNs: {' and '.join(held)}. The code tells them apart."
        for held in codes.values()
        if len(held) > 1
    ]


def _as_of(source: DataSet) -> str:
    return f", {day_words(source.as_of)}" if source.as_of is not None else ""
