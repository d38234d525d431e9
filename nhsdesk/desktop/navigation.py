"""The places down the left side, and the pages of the one in front."""

from __future__ import annotations

import gc

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import icons, last_place, theme
from nhsdesk.desktop.begins_from_tab import BeginsFromTab
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.page import Page, scrolled
from nhsdesk.desktop.places import PLACES, Place, kinds_on, maker_of, title_of
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain.fields import RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS

_TURNING = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})


class _Tabs(QTabBar):
    """The pages of a place. Arrows turn them; Enter or Down goes into the one in front."""

    entered = Signal()
    key_coming = Signal()
    """A key that is meant for the page in front, and not for the tabs, is about to be heard."""

    def event(self, event: QEvent) -> bool:
        heard = event.type() == QEvent.Type.ShortcutOverride
        if heard and isinstance(event, QKeyEvent) and event.key() not in _TURNING:
            self.key_coming.emit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class PlacePage(Page):
    """The pages of one place, one at a time, each made when it is first looked at."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk)
        self.title = place.title
        self._makers = [(title_of(tab), maker_of(tab)) for tab in place.tabs]
        self._kinds = [kinds_on(tab) for tab in place.tabs]
        self._made: dict[int, Page] = {}
        self._tabs = _Tabs()
        self._tabs.setAccessibleName(f"Pages of {place.title}")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setObjectName("places")
        BeginsFromTab(self._tabs, lambda: self.page)
        for words, _ in self._makers:
            self._tabs.addTab(on_a_button(words))
        self._tabs.setCurrentIndex(last_place.number_of(desk.layout, place.title, self.titles))
        if len(self._makers) == 1:
            self._tabs.hide()
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        self._area = scrolled(self._stack)
        column.addWidget(self._area, 1)
        self._tabs.currentChanged.connect(self._turn_to)
        self._tabs.entered.connect(self.take_focus)
        self._tabs.key_coming.connect(self._come_to_front)
        self._before = 0
        self._on_the_way = self._left = False
        """Whether a page was turned to and is not yet shown, and whether the focus was on the one before."""
        self._at_once = False
        """Whether whoever turns to a page goes on with it in the same breath."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The words on its tabs."""
        return tuple(words for words, _ in self._makers)

    @property
    def tab_words(self) -> str:
        """The words on the tab in front; of a tab with several lists, those of the list in front."""
        page = self.page
        if isinstance(page, ListsPage):
            return page.register.kind.plural
        return self._makers[max(self._tabs.currentIndex(), 0)][0]

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._page(max(self._tabs.currentIndex(), 0))

    @property
    def pages(self) -> tuple[Page, ...]:
        """Those made so far."""
        return tuple(self._made.values())

    def turn_to(self, number: int) -> None:
        """Brings one of its pages to the front, ready to be asked for something."""
        self._at_once = True
        self._tabs.setCurrentIndex(number)
        self._at_once = False

    def register_of(self, kind: RecordKind) -> RegisterPage:
        """Turns to the register of a kind."""
        self.turn_to(next(n for n, kinds in enumerate(self._kinds) if kind in kinds))
        page = self.page
        if isinstance(page, ListsPage):
            return page.register_of(kind)
        assert isinstance(page, RegisterPage)
        return page

    def show_record(self, home: RecordKind, kind_name: str, id_: Id) -> None:
        """Opens a record in the register of its kind, or behind the record it belongs to."""
        register = self.register_of(home)
        if home.name == kind_name:
            register.show_record(id_)
            return
        with self.desk.database.read() as reader:
            record = reader.find(KINDS[kind_name].cls, id_)
        if record is not None and record.KIND.owner is not None:
            register.show_record(getattr(record, record.KIND.owner.name))
            register.panel.follow(kind_name, id_)

    def show_list(self, tab: int, kind_name: str = "") -> None:
        """Turns to one of its pages, and there to the list of a kind where one is named."""
        if kind_name:
            self.register_of(KINDS[kind_name])
        else:
            self.turn_to(tab)
        self.take_focus()

    def shown(self) -> None:
        page = self.page
        self._take_in(page)
        self._stack.setCurrentWidget(page)
        page.shown()
        self.selection_changed.emit()

    def take_focus(self) -> None:
        """Where work on the page begins, which is shown from its head, as far as there is room."""
        self.page.take_focus()
        self._area.verticalScrollBar().setValue(0)
        focus = QApplication.focusWidget()
        if focus is not None and self._area.isAncestorOf(focus):
            self._area.ensureWidgetVisible(focus, 0, 0)

    def go_to_tabs(self) -> None:
        """Puts the cursor on its tabs, where arrows turn the pages; on the page where there is but one."""
        if self._tabs.isHidden():
            self.take_focus()
        else:
            self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finish_typing(self) -> bool:
        return all(page.finish_typing() for page in self.pages)

    def selection_words(self) -> str:
        return self.page.selection_words()

    def keep_layout(self) -> None:
        last_place.keep(self.desk.layout, self.title, self.titles[max(self._tabs.currentIndex(), 0)])
        for page in self.pages:
            page.keep_layout()

    def _page(self, number: int) -> Page:
        if number not in self._made:
            made = self._makers[number][1](self.desk)
            self._made[number] = made
            made.selection_changed.connect(self.selection_changed)
            _keep_for_good()
        return self._made[number]

    def _turn_to(self, number: int) -> None:
        before = self._made.get(self._before)
        if number != self._before and before is not None and not before.finish_typing():
            self._tabs.setCurrentIndex(self._before)
            return
        self._before = number
        self._left |= before is not None and _has_focus(before)
        self._on_the_way = True
        if self._at_once:
            self._come_to_front()
            return
        if (
            self._left
        ):  # a key that comes in between is for the page that comes, and not for the one that goes
            self._tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        # Making a page is one thing, dressing it another, and showing it a third, with a look at the keyboard in
        # between.
        self._page(number)
        QTimer.singleShot(0, self, self._dress)

    def _dress(self) -> None:
        if not self._on_the_way:
            return
        self._take_in(self.page)
        QTimer.singleShot(0, self, self._come_to_front)

    def _take_in(self, page: Page) -> None:
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)

    def _come_to_front(self) -> None:
        if not self._on_the_way:
            return
        left, self._left, self._on_the_way = self._left, False, False
        self.shown()
        if left:  # otherwise Qt would give it to whichever button comes first
            self.take_focus()


def _keep_for_good() -> None:
    """What pages are made of lives as long as the file is open, until `let_go`.

    Python otherwise looks through all of it for garbage now and then, a fifth of a second in which no key is heard.
    """
    if gc.isenabled():  # while the window opens, nothing is looked through anyway
        gc.collect(0)
        gc.freeze()


def let_go() -> None:
    """Pages are gone, and what they were made of may go too."""
    gc.unfreeze()


def _has_focus(page: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and page.isAncestorOf(focus)


class Navigation(QFrame):
    """The places down the left side: picture and word; on a narrow window the picture alone."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName("Places")
        self._buttons: list[QToolButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for number, place in enumerate(PLACES):
            button = QToolButton()
            button.setText(on_a_button(place.title))
            button.setToolTip(f"{place.title} (Ctrl+{number + 1})")
            button.setAccessibleName(place.title)
            button.setCheckable(True)
            icons.put(button, place.icon, "quiet")
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            button.clicked.connect(lambda _, number=number: self.wanted.emit(number))
            self._group.addButton(button)
            self._buttons.append(button)
            column.addWidget(button)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = scrolled(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(area)
        self.narrow(False)

    def mark(self, number: int) -> None:
        """Shows which place is in front."""
        self._buttons[number].setChecked(True)

    def narrow(self, narrow: bool) -> None:
        """Pictures alone, or pictures and words."""
        style = Qt.ToolButtonStyle
        for button in self._buttons:
            button.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)
        self.setFixedWidth(theme.px(56 if narrow else 212))
