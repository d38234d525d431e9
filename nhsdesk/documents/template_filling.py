"""Fits what is asked into the cells of a workbook, and writes the parts that change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from nhsdesk.documents import template_rows, template_values
from nhsdesk.documents import template_xml as xml
from nhsdesk.documents.template_book import Book, SheetEntry, Table
from nhsdesk.documents.template_choices import Choices, beyond
from nhsdesk.documents.template_dependents import dependents
from nhsdesk.documents.template_parts import grown_rules, grown_table, without_chain, worked_out_on_opening
from nhsdesk.documents.template_plan import Difference, Filled, Plan, Rows, Spot
from nhsdesk.documents.template_reach import short_of
from nhsdesk.documents.template_rules import Rule
from nhsdesk.documents.template_sheet import Put, Sheet, forgetting
from nhsdesk.documents.template_styles import Look
from nhsdesk.documents.template_values import Fitted, Held, Misfit, Value
from nhsdesk.documents.template_zip import XML_ERRORS
from nhsdesk.domain.problems import Weight

_LEFT = "It was left as it is."


class Filling:
    """One filling of one workbook."""

    def __init__(self, book: Book) -> None:
        self.book, self.plan = book, Plan(book)
        self._choices = Choices(book, self.plan.held)
        self._joined: set[Spot] = set()
        """First cells of joined ones that a row's value went to."""

    def ask(self, cells: Mapping[tuple[str, str], Value], lists: tuple[Rows, ...]) -> None:
        """Takes in everything that is to be put, cells before rows."""
        self._tell_of_workbook()
        for (sheet, ref), value in cells.items():
            self._ask_cell(sheet, ref, value)
        for rows in lists:
            template_rows.place(self.plan, rows)
        for spot, (value, like) in self.plan.asked.items():
            self._fit(spot, value, like)

    def _ask_cell(self, sheet: str, ref: str, value: Value) -> None:
        entry, at = self.book.entry(sheet), xml.place(ref)
        if entry is None or at is None:
            what = f"no sheet named “{sheet}”" if entry is None else f"no cell {ref} on “{sheet}”"
            sentence = (
                f"The workbook has {what}, so what was meant for it was not filled in. Point to another cell."
            )
            self.plan.problem(Weight.MUST_FIX, sentence, sheet, ref)
            return
        spot = self._in_merge(Spot(entry, *at))
        if spot in self.plan.asked:
            self._refuse_second(spot, value)
            return
        self.plan.asked[spot] = value, at[0]

    def _in_merge(self, spot: Spot) -> Spot:
        """Of joined cells the first one holds what they show."""
        merge = self.book.frame(spot.entry).merge_at(spot.row, spot.column)
        if merge is None or (merge.top, merge.left) == (spot.row, spot.column):
            return spot
        first = Spot(spot.entry, merge.top, merge.left)
        sentence = (
            f"{spot} is joined with others into {merge}, so what is meant for it stands in {first.ref}."
        )
        self.plan.problem(Weight.NOTE, sentence, spot.entry.name, spot.ref)
        return first

    def _tell_of_workbook(self) -> None:
        """What whoever sends it must know, whatever is filled in."""
        package = self.book.package
        if package.signed:
            sentence = "The workbook was signed digitally by whoever made it. Filled in, its signature no longer holds."
            self.plan.problem(Weight.ACKNOWLEDGE, sentence)
        if package.links:
            sentence = (
                "Formulas in the workbook look into other workbooks, which were not opened. "
                "When Excel asks whether to update them, leave them as they are unless its sender says otherwise."
            )
            self.plan.problem(Weight.NOTE, sentence)

    def _tell_of_results(self) -> None:
        sentence = (
            "What the workbook's formulas come to is worked out when it is opened. Before it is sent, open it in "
            "Excel, look at its totals and save it: a program that only reads it finds none until then."
        )
        self.plan.problem(Weight.NOTE, sentence)

    # ------------------------------------------------------------ one cell

    def _fit(self, spot: Spot, value: Value, like: int) -> None:
        spot_ = self._in_merge(spot)
        if spot_ != spot:
            if spot_ in self.plan.asked or spot_ in self._joined:
                self._refuse_second(spot_, value)
                return
            self._joined.add(spot_)
        if why := self._why_untouched(spot_, like):
            self._refuse(spot_, why)
            return
        rule = self.book.frame(spot.entry).rule_at(like, spot_.column)
        look = self._look(spot_, like)
        fitting = self._fitting(spot_, value, look, rule)
        old = self._held(spot_)
        if fitting is None or fitting.held == old:
            return
        if fitting.told:
            sentence = f"{spot_}: {fitting.told}. Look at it before the workbook is sent."
            self.plan.problem(Weight.ACKNOWLEDGE, sentence, spot_.entry.name, spot_.ref)
        self._tell_hidden(spot_)
        self.plan.old[spot_], self.plan.fitted[spot_] = old, fitting
        if self.book.sheet(spot_.entry).cell(spot_.row, spot_.column) is None:
            style = self.book.style_of(spot_.entry, spot_.row, spot_.column)
            self.plan.styled.setdefault(spot_, style)

    def _held(self, spot: Spot) -> Held:
        sheet = self.book.sheet(spot.entry)
        return template_values.held(self.book, sheet, sheet.cell(spot.row, spot.column))

    def _refuse(self, spot: Spot, why: str, offered: tuple[str, ...] = ()) -> None:
        sentence = f"{spot} was not filled in: {why}. {_LEFT}"
        self.plan.problem(Weight.MUST_FIX, sentence, spot.entry.name, spot.ref, offered)

    def _refuse_second(self, spot: Spot, value: Value) -> None:
        sentence = f"“{_brief(value)}” was not filled in: something else is mapped to {spot} as well, and came first."
        self.plan.problem(Weight.MUST_FIX, sentence, spot.entry.name, spot.ref)

    def _why_untouched(self, spot: Spot, like: int) -> str:
        """Why nothing may be put into a cell, whatever it is; empty when something may."""
        sheet = self.book.sheet(spot.entry)
        cell = sheet.cell(spot.row, spot.column)
        if cell is not None and sheet.formula(cell) is not None:
            return "a formula works it out, and formulas are never overwritten"
        if any(one.holds(spot.row, spot.column) for one in sheet.spread):
            return "a formula in another cell fills it, and formulas are never overwritten"
        if cell is not None and {"vm", "cm"} & cell.attributes.keys():
            return "it holds a picture or linked data"
        if any(one.holds(spot.row, spot.column) for one in self.book.pivots(spot.entry)):
            return "it belongs to a pivot table"
        if self._is_heading(spot):
            return "it is a heading or total of an Excel table"
        if like == spot.row and template_rows.is_locked(self.plan, spot):
            return "it is locked by the sheet's protection, so that a person could not type there either"
        return ""

    def _is_heading(self, spot: Spot) -> bool:
        return any(
            one.sheet == spot.entry.name
            and one.area.holds(spot.row, spot.column)
            and not one.first_row <= spot.row <= one.last_row
            for one in self.book.tables
        )

    def _tell_hidden(self, spot: Spot) -> None:
        if spot.entry.hidden:
            sentence = f"The sheet “{spot.entry.name}” is hidden, so nobody sees what is filled in there."
            self.plan.problem(Weight.ACKNOWLEDGE, sentence, spot.entry.name)
        elif self.book.is_hidden(spot.entry, spot.row, spot.column):
            sentence = f"{spot} is in a hidden row or column, so nobody sees what is filled in there."
            self.plan.problem(Weight.ACKNOWLEDGE, sentence, spot.entry.name, spot.ref)

    def _look(self, spot: Spot, like: int) -> Look:
        if self.book.sheet(spot.entry).cell(spot.row, spot.column) is None:
            return self.book.styles.look(self.book.style_of(spot.entry, like, spot.column))
        return self.book.styles.look(self.book.style_of(spot.entry, spot.row, spot.column))

    # ------------------------------------------------------------ its rule

    def _fitting(self, spot: Spot, value: Value, look: Look, rule: Rule | None) -> Fitted | None:
        listed = rule is not None and rule.kind == "list" and value not in (None, "")
        if rule is not None and listed:
            one = self._one_of_list(spot, value, look, rule)
            if one is not None or rule.strict:
                return one
        ruled = "" if rule is None else rule.kind
        fitting = template_values.fitted(value, look, from_1904=self.book.from_1904, ruled=ruled)
        if isinstance(fitting, Misfit):
            self._refuse(spot, fitting.why)
            return None
        if rule is None or fitting.held is None:
            return fitting
        return self._within(spot, fitting, rule)

    def _one_of_list(self, spot: Spot, value: Value, look: Look, rule: Rule) -> Fitted | None:
        """What the entry of a dropdown that is meant puts into the cell; None, told, where there is no such entry."""
        choices = self._choices.of(spot.entry, rule, spot.row, spot.column)
        choice = None if choices is None else choices.chosen(value)
        if choice is not None:
            return _as_chosen(choice.held, look, from_1904=self.book.from_1904)
        if choices is None or choices.worked_out:
            return self._unchecked(spot, value, look)
        near = choices.nearest(value)
        hint = f"; the nearest is “{near[0]}”" if near else ""
        why = f"“{_brief(value)}” is none of the {len(choices.entries):,} choices it offers{hint}"
        if rule.strict:
            self._refuse(spot, why, near)
        else:
            sentence = f"{spot}: {why}. Look at it before the workbook is sent."
            self.plan.problem(Weight.ACKNOWLEDGE, sentence, spot.entry.name, spot.ref, near)
        return None

    def _unchecked(self, spot: Spot, value: Value, look: Look) -> Fitted | None:
        """A value for a dropdown whose choices are only known once the workbook is worked out."""
        fitting = template_values.fitted(value, look, from_1904=self.book.from_1904)
        if isinstance(fitting, Misfit):
            self._refuse(spot, fitting.why)
            return None
        sentence = f"{spot} has choices that a formula makes, so what is filled in was not held against them."
        self.plan.problem(Weight.ACKNOWLEDGE, sentence, spot.entry.name, spot.ref)
        return fitting

    def _within(self, spot: Spot, fitting: Fitted, rule: Rule) -> Fitted | None:
        outside = beyond(rule, fitting, from_1904=self.book.from_1904)
        if outside is None:
            return fitting
        if rule.strict:
            self._refuse(spot, outside.why)
            return None
        sentence = f"{spot}: {outside.why}. Look at it before the workbook is sent."
        self.plan.problem(Weight.ACKNOWLEDGE, sentence, spot.entry.name, spot.ref)
        return fitting

    # ------------------------------------------------------------ writing

    def filled(self) -> Filled:
        """The workbook with all that could be put, byte for byte as it was elsewhere."""
        plan, book = self.plan, self.book
        differences = tuple(self._differences())
        if not differences:
            return Filled(book.package.data, plan.problems)
        touched = self._touched()
        changed = {self._spelt(entry.part): self._sheet_part(entry) for entry in touched}
        looking = dependents(book, {one.part for one in touched})
        for entry in looking:
            changed[self._spelt(entry.part)] = forgetting(book.package.part(entry.part))
        if looking or any(book.sheet(one).has_formulas for one in touched):
            self._tell_of_results()
        for table, last in plan.growths.values():
            changed[self._spelt(table.part)] = grown_table(book.package.part(table.part), table, last)
            self._tell_of_what_is_short(table, last)
        dropped = self._recalculating(changed)
        content = book.package.rewritten(changed, dropped)
        return Filled(content, plan.problems, differences, tuple(plan.growths))

    def _tell_of_what_is_short(self, table: Table, last: int) -> None:
        short = short_of(self.book, table)
        if short:
            sentence = (
                f"The table {table.name} on “{table.sheet}” now ends at row {last}, but {' and '.join(short)} "
                f"look at it only down to row {table.last_row}, and leave out what is below. "
                "Make them longer in Excel before the workbook is sent."
            )
            self.plan.problem(Weight.ACKNOWLEDGE, sentence, table.sheet)

    def _spelt(self, part: str) -> str:
        return self.book.package.spelt(part)

    def _differences(self) -> list[Difference]:
        plan = self.plan
        return [
            Difference(
                spot.entry.name, spot.ref, self._held(spot), f"={plan.formulas[spot]}", by_formula=True
            )
            if spot in plan.formulas
            else Difference(spot.entry.name, spot.ref, plan.old[spot], plan.fitted[spot].held)
            for spot in plan.spots()
        ]

    def _touched(self) -> list[SheetEntry]:
        return list(dict.fromkeys(spot.entry for spot in self.plan.spots()))

    def _sheet_part(self, entry: SheetEntry) -> bytes:
        sheet, tail = self.book.sheet(entry), self.book.sheet(entry).tail
        for table, last in self.plan.growths.values():
            if table.sheet == entry.name:
                tail = grown_rules(tail, table, last)
        try:
            return sheet.rewritten(dict(self._puts(entry, sheet)), tail)
        except XML_ERRORS as error:
            raise self.book.unreadable(entry) from error

    def _puts(self, entry: SheetEntry, sheet: Sheet) -> Iterator[tuple[tuple[int, int], Put]]:
        """Empty cells with their style first, formulas and values after them in their place."""
        plan = self.plan
        for spot, style in plan.styled.items():
            if spot.entry == entry and sheet.cell(spot.row, spot.column) is None:
                yield (spot.row, spot.column), Put(style=style)
        for spot, words in plan.formulas.items():
            if spot.entry == entry:
                put = sheet.formula_put(words, spot.ref if spot in plan.arrays else "")
                yield (spot.row, spot.column), replace(put, style=plan.styled.get(spot))
        for spot, fitting in plan.fitted.items():
            if spot.entry == entry:
                yield (spot.row, spot.column), template_values.put(sheet, fitting, plan.styled.get(spot))

    def _recalculating(self, changed: dict[str, bytes]) -> tuple[str, ...]:
        """Has everything worked out anew on opening; names the parts that are to go."""
        package = self.book.package
        workbook = self._spelt(package.workbook)
        changed[workbook] = worked_out_on_opening(package.part(workbook))
        chain = next((to for kind, _, to in package.relations(package.workbook) if kind == "calcChain"), "")
        if not self.plan.formulas or chain not in package:
            return ()
        folder, _, own = package.workbook.rpartition("/")
        for part in ("[Content_Types].xml", f"{folder}/_rels/{own}.rels".lstrip("/")):
            spelt = self._spelt(part)
            changed[spelt] = without_chain(package.part(spelt))
        return (self._spelt(chain),)


def _as_chosen(held: Held, look: Look, *, from_1904: bool) -> Fitted:
    """An entry of a list as the cell takes it: words as the list spells them."""
    if not isinstance(held, str):
        fitting = template_values.fitted(held, look, from_1904=from_1904)
        if isinstance(fitting, Fitted):
            return fitting
    return Fitted(held if isinstance(held, str) else template_values.shown(held))


def _brief(value: Value) -> str:
    words = template_values.said(value)
    return words if len(words) <= 60 else f"{words[:57]}…"
