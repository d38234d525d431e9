"""What a worksheet says of its cells as a whole: merges, protection, widths, and rules for what may be typed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_areas import Area, area, areas

_MOST_MERGED_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for what may be typed into some cells, as the worksheet has it.

    `kind` is list, whole, decimal, date, time, textLength or custom; `first` and `second` are its formulas as written.
    A rule that is not `strict` lets a person type something else after a warning.
    """

    where: tuple[Area, ...]
    kind: str
    operator: str
    first: str
    second: str
    strict: bool

    def offset(self, row: int, column: int) -> tuple[int, int]:
        """How far a cell lies from where the rule's formulas were written."""
        return row - self.where[0].top, column - self.where[0].left


class Frame:
    """A worksheet without its rows."""

    def __init__(self, root: Any) -> None:
        self._root = root

    @cached_property
    def merges(self) -> tuple[Area, ...]:
        """Cells joined into one."""
        found = (area(one.get("ref", "")) for one in xml.found(self._root, "mergeCell"))
        return tuple(one for one in found if one is not None)

    def merge_at(self, row: int, column: int) -> Area | None:
        """The merge a cell lies in."""
        near = self.merges if self._merges_by_row is None else self._merges_by_row.get(row, ())
        return next((one for one in near if one.holds(row, column)), None)

    @cached_property
    def _merges_by_row(self) -> dict[int, list[Area]] | None:
        """None where that would be more than it saves."""
        if sum(one.bottom - one.top + 1 for one in self.merges) > _MOST_MERGED_ROWS:
            return None
        found: dict[int, list[Area]] = {}
        for one in self.merges:
            for row in range(one.top, one.bottom + 1):
                found.setdefault(row, []).append(one)
        return found

    @cached_property
    def protected(self) -> bool:
        """Whether locked cells may not be typed into."""
        one = next(xml.found(self._root, "sheetProtection"), None)
        return one is not None and one.get("sheet") in ("1", "true")

    @cached_property
    def opened(self) -> tuple[Area, ...]:
        """Where anybody may type although the worksheet is protected."""
        secret = ("password", "hashValue", "securityDescriptor")
        return tuple(
            where
            for one in xml.found(self._root, "protectedRange")
            if not any(one.get(name) for name in secret)
            for where in areas(one.get("sqref", ""))
        )

    @cached_property
    def _columns(self) -> tuple[list[int], list[Any]]:
        """The first column of each run of columns, in order, and the run."""
        runs = sorted(xml.found(self._root, "col"), key=lambda one: int(one.get("min", "1")))
        return [int(one.get("min", "1")) for one in runs], runs

    def _column(self, column: int) -> Any | None:
        firsts, runs = self._columns
        at = bisect_right(firsts, column) - 1
        return runs[at] if at >= 0 and column <= int(runs[at].get("max", "0")) else None

    def column_style(self, column: int) -> int:
        """The style of cells in a column that are not there yet."""
        run = self._column(column)
        return 0 if run is None else int(run.get("style", "0"))

    def column_width(self, column: int) -> float:
        """In characters."""
        run = self._column(column)
        return 8.43 if run is None else float(run.get("width", "8.43"))

    def hides_column(self, column: int) -> bool:
        """Whether a person does not see the column."""
        run = self._column(column)
        return run is not None and (
            run.get("hidden") in ("1", "true") or float(run.get("width", "8.43")) == 0
        )

    @cached_property
    def hides_unwritten_rows(self) -> bool:
        """Whether a row that is not there yet is one that a person does not see."""
        one = next(xml.found(self._root, "sheetFormatPr"), None)
        return one is not None and one.get("zeroHeight") in ("1", "true")

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule for what may be typed, of the older and the newer kind."""
        return tuple(
            rule for one in xml.found(self._root, "dataValidation") if (rule := _rule(one)) is not None
        )

    @cached_property
    def _rules_by_cell(self) -> dict[tuple[int, int], Rule]:
        """Rules for few cells by cell, since some returns have a thousand such."""
        return {
            (one.top, one.left): rule
            for rule in reversed(self.rules)
            for one in rule.where
            if one.top == one.bottom and one.left == one.right
        }

    @cached_property
    def _wide_rules(self) -> tuple[tuple[Area, Rule], ...]:
        return tuple(
            (one, rule)
            for rule in self.rules
            for one in rule.where
            if one.top != one.bottom or one.left != one.right
        )

    def rule_at(self, row: int, column: int) -> Rule | None:
        """The rule for what may be typed into a cell."""
        narrow = self._rules_by_cell.get((row, column))
        return narrow or next((rule for where, rule in self._wide_rules if where.holds(row, column)), None)

    @cached_property
    def filtered(self) -> Area | None:
        """The area that can be filtered by a click."""
        one = next((child for child in self._root if xml.local(child) == "autoFilter"), None)
        return None if one is None else area(one.get("ref", ""))


def _rule(one: Any) -> Rule | None:
    where = areas(one.get("sqref") or _below(one, "sqref"))
    if not where:
        return None
    strict = one.get("showErrorMessage") in ("1", "true") and one.get("errorStyle", "stop") == "stop"
    return Rule(
        where,
        one.get("type", "none"),
        one.get("operator", "between"),
        _below(one, "formula1"),
        _below(one, "formula2"),
        strict,
    )


def _below(one: Any, name: str) -> str:
    """All words of a child, in which the newer kind has one more element."""
    return "".join("".join(child.itertext()) for child in one if xml.local(child) == name).strip()
