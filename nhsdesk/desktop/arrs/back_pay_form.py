"""A rise that was paid late, recorded for many posts at once: per cent, months, which posts, and a look at it first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from nhsdesk.commands import uplifts
from nhsdesk.commands.uplifts import Rise
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.beside import FieldBeside
from nhsdesk.desktop.arrs.fitted_table import FittedTable
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.arrs import BackPay, Post, Scheme
from nhsdesk.domain.back_pay import Raised
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.kinds import Number
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem

ALL = "All posts"
_HEADINGS = ("Post", "Portal label", "From", "To", "Pay a month", "With the rise")


class BackPayForm(QFrame):
    """Nothing is written until the button at its foot is pressed; then it is one step."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._posts: dict[int, Post] = {}
        self._employers: dict[int, str] = {}
        self._rise = Rise((), ())
        self.percent, self.first, self.last = QLineEdit(), QLineEdit(), QLineEdit()
        self.paid_on, self.evidence = QLineEdit(), QLineEdit()
        self.whose = QComboBox()
        self.whose.setAccessibleName("Tick the posts of")
        self.whose.activated.connect(lambda _: self._tick())
        self.which = QListWidget()
        self.which.setAccessibleName("Posts that had the rise")
        self.which.itemChanged.connect(lambda _: self._look())
        self.table = FittedTable(
            "Back-pay as it would be recorded", _HEADINGS, figures=(4, 5), stretched=1, most=6
        )
        self._told = label(role="help")
        self._trouble = Told()
        self.record = button("", "check", primary=True)
        self.record.clicked.connect(self._record)
        self.leave = button("Leave it", "cancel")
        self.leave.clicked.connect(self._leave)
        self._lay_out()

    def open_for(self, first: Month, last: Month) -> None:
        """Asks for a rise of these months."""
        self.first.setText(first.words)
        self.last.setText(last.words)
        self._read_posts()
        self._tick()
        self.show()
        self.percent.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow(self) -> None:
        """Keeps the button to what can be done just now."""
        self.record.setEnabled(self._desk.may_write and bool(self._rise.rows))

    # ---- which posts

    def _read_posts(self) -> None:
        with self._desk.database.read() as reader:
            posts = [
                post for post in reader.all(Post) if post.scheme is Scheme.ARRS and post.starts is not None
            ]
            names = {one.id: one.name for one in reader.all(Organisation)}
        self._posts = {post.id: post for post in posts}
        self._employers = {
            post.id: names.get(post.employer, "") if post.employer is not None else "" for post in posts
        }
        employers = sorted({name or "our own posts" for name in self._employers.values()})
        roles = sorted({post.role.words for post in posts})
        self.whose.clear()
        self.whose.addItems([ALL, *employers, *roles])
        self.which.blockSignals(True)
        self.which.clear()
        for post in posts:
            whose = self._employers[post.id]
            item = QListWidgetItem(f"{post.ref} {post.title_words()}" + (f", {whose}" if whose else ""))
            item.setData(Qt.ItemDataRole.UserRole, int(post.id))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.which.addItem(item)
        self.which.blockSignals(False)

    def _tick(self) -> None:
        wanted = self.whose.currentText()
        self.which.blockSignals(True)
        for row in range(self.which.count()):
            item = self.which.item(row)
            post = self._posts[item.data(Qt.ItemDataRole.UserRole)]
            suits = wanted in (ALL, post.role.words, self._employers[post.id] or "our own posts")
            item.setCheckState(Qt.CheckState.Checked if suits else Qt.CheckState.Unchecked)
        self.which.blockSignals(False)
        self._look()

    def _ticked(self) -> list[Post]:
        items = (self.which.item(row) for row in range(self.which.count()))
        return [
            self._posts[item.data(Qt.ItemDataRole.UserRole)]
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    # ---- looking

    def _look(self) -> None:
        self._rise = Rise((), ())
        read = self._read()
        wrong = next((one.sentence for one in read if isinstance(one, Problem)), "")
        self._trouble.tell(wrong if self.percent.text().strip() else "")
        if not wrong:
            found = self._desk.attempt(lambda: self._worked_out(*read))
            self._rise = found or self._rise
        self._show()

    def _read(self) -> tuple[Any, ...]:
        today = self._desk.database.today()
        percent: Any = Number(2, "%").read(self.percent.text(), today)
        paid_on: Any = BackPay.KIND.field("paid_on").kind.read(self.paid_on.text(), today)
        if percent is None:
            percent = Problem("Give the rise in per cent.")
        return percent, read_month(self.first.text()), read_month(self.last.text()), paid_on

    def _worked_out(self, percent: Decimal, first: Month, last: Month, paid_on: Any) -> Rise:
        with self._desk.database.read() as reader:
            return uplifts.back_pay_for(reader, self._ticked(), percent, first, last, paid_on)

    def _show(self) -> None:
        rows = self._rise.rows
        self.table.show_rows([(n, _cells(row)) for n, row in enumerate(rows)])
        posts = counted(len({row.post.id for row in rows}), "post", "posts")
        problems = " ".join(one.sentence for one in self._rise.problems[:4])
        more = f" And {len(self._rise.problems) - 4} more." if len(self._rise.problems) > 4 else ""
        unpaid = (
            "" if self.paid_on.text().strip() else "Without a day it waits until it is confirmed as paid."
        )
        self._told.setText(
            " ".join(filter(None, (f"Back-pay of {posts}. {unpaid}" if rows else "", problems + more)))
        )
        self.record.setText(on_a_button(f"Record back-pay for {posts}"))
        self.allow()

    # ---- doing

    def _record(self) -> None:
        rise = self._rise
        evidence = self.evidence.text().strip() or None
        done = self._desk.attempt(lambda: uplifts.record_back_pay(self._desk.database, rise.rows, evidence))
        if done:
            posts = counted(len({row.post.id for row in rise.rows}), "post", "posts")
            self._desk.say(f"Back-pay was recorded for {posts}.")
            self._leave()

    def _leave(self) -> None:
        self.percent.clear()
        self.hide()
        self.left.emit()

    def _lay_out(self) -> None:
        top = Flow()
        top.setSpacing(8)
        fields = (
            ("Rise (%)", self.percent, 80), ("From", self.first, 150), ("To", self.last, 150),
            ("Paid to the people on", self.paid_on, 168), ("Evidence", self.evidence, 200),
        )  # fmt: skip
        for words, edit, width in fields:
            edit.editingFinished.connect(self._look)
            top.addWidget(FieldBeside(words, edit, width))
        choose = Flow()
        choose.setSpacing(8)
        named = label("Tick the posts of", "field", wrap=False)
        named.setBuddy(self.whose)
        choose.addWidget(named)
        choose.addWidget(self.whose)
        self.which.setFixedHeight(theme.px(170))
        foot = Flow()
        foot.setSpacing(8)
        foot.addWidget(self.record)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label("Back-pay for many posts", "h2"))
        column.addLayout(top)
        column.addLayout(choose)
        column.addWidget(self.which)
        column.addWidget(self._trouble)
        column.addWidget(self.table)
        column.addWidget(self._told)
        column.addLayout(foot)
        self.hide()


def _cells(row: Raised) -> tuple[str, ...]:
    late = row.back_pay
    return (
        row.post.ref, row.post.title_words()[:80], day_words(late.starts), day_words(late.ends), str(row.pay.salary),
        str(late.salary),
    )  # fmt: skip
