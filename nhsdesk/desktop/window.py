"""The window: the start page while no file is open, then places on the left, one page at a time, and what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import opening, reminding, theme
from nhsdesk.desktop.at_hand import AtHand
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.pages import PAGE_OF
from nhsdesk.desktop.glossary_help import GlossaryHelp
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.menus import Menus, commands_here
from nhsdesk.desktop.messages import Banner, Message, StatusLine
from nhsdesk.desktop.navigation import Navigation, PlacePage
from nhsdesk.desktop.places import PLACES, place_of
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.top_bar import TopBar
from nhsdesk.desktop.undo import Undoing
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.errors import DeskError
from nhsdesk.store import record_file
from nhsdesk.store.database import Clock, Database

if TYPE_CHECKING:
    from nhsdesk.desktop.start_page import StartPage

NARROW = 1_100
"""Below so many pixels at 100 % the places are pictures alone."""

_FRAME = 40
"""What the system puts around a window, so that the status line is on the screen."""

_FOLLOW_MS = 2_000
_LOOK_THROUGH_MS = 20_000
_MINUTE_MS = 60_000
_NAME = "nhsdesk"
_SAMPLE = "SAMPLE: a made-up PCN. Nothing in it is real, and every paper made from it is marked SAMPLE."


class Window(QMainWindow):
    """One window, one PCN file at a time."""

    def __init__(self, preferences: Preferences, clock: Clock, background: Background | None = None) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.background = background or Background()
        self._preferences = preferences
        self._layout = KeptLayout(preferences.held.layout, self._keep_layout)
        self._places: dict[int, PlacePage] = {}
        self._at = 0
        self._losing = False
        self._closing = False
        self._day = clock().date()
        self.undoing = Undoing(self)
        self.undoing.about_to.connect(self._finish_page)
        self._clock = clock
        self._start: StartPage | None = None
        self.glossary = GlossaryHelp(self, lambda: self.desk)
        self._build()
        self.menus = Menus(self)
        self._follow = QTimer(self)
        self._follow.setInterval(_FOLLOW_MS)
        self._follow.timeout.connect(self._look_for_others)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self._look_at_the_day)
        self._minute.start()
        self._restore()

    # ---- for whoever starts it, and for tests

    @property
    def start_page(self) -> StartPage:
        """What is shown while no file is open; made when it is first wanted."""
        if self._start is None:
            from nhsdesk.desktop.start_page import StartPage

            self._start = StartPage(self.background, self._preferences, self._clock, self._layout)
            self._start.opened.connect(self.take_over)
            self._start.told.connect(self._warn)
            self._whole.addWidget(self._start)
        return self._start

    @property
    def page(self) -> PlacePage | None:
        """The place in front; None while no file is open."""
        return self._places.get(self._at) if self.desk is not None else None

    @property
    def message(self) -> str:
        """The sentence above the page."""
        return self._message.sentence

    def open(self, path: Path) -> None:
        """Opens a file; what stands in the way is told or asked on the start page."""
        outcome = opening.at_once(path, self._preferences.held.who, self._clock)
        if outcome is None or outcome.database is None:
            self.start_page.open(path)
            return
        told = opening.settled(self._preferences, outcome)
        self.take_over(outcome.database)
        for sentence in told:
            self._warn(sentence)

    def tell(self, sentence: str) -> None:
        """Tells of something that concerns this computer, whether or not a file is open."""
        if self.desk is not None:
            self.desk.warn(sentence)
        else:
            self.start_page.tell(sentence)

    def take_over(self, database: Database) -> None:
        """Shows an open file; it belongs to the window from now on."""
        if self._closing or not self.close_file():
            database.close()
            return
        desk = self.desk = Desk(database, self.background, self._layout)
        desk.said.connect(self.status.say)
        desk.warned.connect(self._warn)
        desk.wanted.connect(self.show_record)
        desk.page_wanted.connect(self.show_page)
        desk.paper_wanted.connect(self.show_paper)
        desk.period_wanted.connect(self.show_period)
        desk.workbook_wanted.connect(self.show_workbook)
        desk.changed.connect(lambda _: self._tell_selection())
        sample = record_file.is_sample(database)
        self._top.show_desk(desk, sample=sample)
        self._banner.say(database.read_only_because or (_SAMPLE if sample else ""))
        self.undoing.work_on(desk)
        self._whole.setCurrentWidget(self._work)
        self.setWindowTitle(f"{database.path.stem} – {_NAME}")
        self._allow(True)
        if database.read_only_because:
            self._follow.start()
        last = self._layout.word("place", "0")
        self.go_to(int(last) if last.isdecimal() and int(last) < len(PLACES) else 0)
        if database.not_closed:
            desk.warn(database.not_closed)
        if not record_file.checked_when_opened(database):
            QTimer.singleShot(_LOOK_THROUGH_MS, desk, lambda: self._look_through(database))
        QTimer.singleShot(0, desk, lambda: reminding.begin(desk))

    def go_to(self, number: int) -> None:
        """Brings a place to the front, once what is being typed is in the file."""
        desk = self.desk
        if desk is None:
            return
        if not self._finish_page():
            self._navigation.mark(self._at)
            return
        if number not in self._places:
            made = desk.attempt(lambda: PlacePage(desk, PLACES[number]))
            if made is None:
                return
            self._places[number] = made
            made.selection_changed.connect(self._tell_selection)
            self._pages.addWidget(made)
        if number != self._at:
            self._message.close_message()  # it was said of the page that is left
        self._at = number
        page = self._places[number]
        self._pages.setCurrentWidget(page)
        self._navigation.mark(number)
        desk.attempt(page.shown)
        page.take_focus()
        self._tell_selection()

    def show_record(self, kind_name: str, id_: Id) -> None:
        """Opens a record where it is at home; one that belongs to another opens there, behind it."""
        if kind_name in PAGE_OF:
            self.show_page(*PAGE_OF[kind_name])
            return
        found = place_of(kind_name)
        desk = self.desk
        if found is None or desk is None:
            return
        number, kind = found
        self.go_to(number)
        if self._at != number:
            return
        self._top.search.remember(kind_name, id_)
        self._places[number].show_record(kind, kind_name, id_)

    def show_page(self, place: str, tab: str = "") -> None:
        """Brings a page to the front by the words on its place and tab."""
        number = next(n for n, one in enumerate(PLACES) if one.title == place)
        self.go_to(number)
        if tab and self._at == number:
            self._places[number].turn_to(PLACES[number].titles.index(tab))

    def show_list(self, number: int, tab: int, kind_name: str = "") -> None:
        """Turns to a page of a place, and there to the list of a kind where one is named."""
        self.go_to(number)
        if self._at == number:
            self._places[number].show_list(tab, kind_name)

    def show_paper(self, key: str) -> None:
        """Brings a paper to the front, ready to be looked at."""
        from nhsdesk.desktop.papers.papers_page import PapersPage

        self.show_page("Returns and papers", PapersPage.title)
        front = self.page.page if self.page is not None else None
        if isinstance(front, PapersPage):
            front.pick(key)

    def show_period(self, paper: str, of: Month | date) -> None:
        """Brings a paper to the front, asked for a month or as at a day."""
        from nhsdesk.desktop.papers.papers_page import PapersPage

        self.show_page(PapersPage.title, PapersPage.title)
        front = self.page.page if self.page is not None else None
        if isinstance(front, PapersPage):
            front.pick_for(paper, of)

    def show_workbook(self, id_: Id, month: Month) -> None:
        """Brings a workbook to fill to the front, filled for a month."""
        from nhsdesk.desktop.papers.workbooks_page import WorkbooksPage

        self.show_page("Returns and papers", WorkbooksPage.title)
        front = self.page.page if self.page is not None else None
        if isinstance(front, WorkbooksPage):
            front.fill_for(id_, month)

    def close_file(self) -> bool:
        """Closes the file and shows the start page; False where words could not be kept and would be lost."""
        desk = self.desk
        if desk is None:
            return True
        if not self._finish_all() and not self._losing:
            self._losing = True
            desk.warn(
                "What you are typing could not be kept, so the file stays open. Put right what stands in the way, or "
                "close once more to give those words up."
            )
            return False
        self._losing = False
        for page in self._places.values():
            page.keep_layout()
        self._layout.keep_word("place", str(self._at))
        self._follow.stop()
        self.undoing.work_on(None)
        self._top.let_go()
        self.at_hand.let_go()
        desk.close()
        self.desk = None
        for page in self._places.values():
            self._pages.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._places.clear()
        self._message.close_message()
        if not self._closing:
            self._show_start()
        return True

    # ---- building

    def _build(self) -> None:
        self.setMinimumSize(800, 560)
        self._banner = Banner()
        self._message = Message()
        self._navigation = Navigation()
        self._navigation.wanted.connect(self.go_to)
        self._pages = QStackedWidget()
        self.status = StatusLine(self.background)
        self.setStatusBar(self.status)
        self.background.ended.connect(self._work_ended)
        self._whole = QStackedWidget()
        self._work = QWidget()
        self._top = TopBar(self, self.undoing)
        self._top.search.place_wanted.connect(self.go_to)
        self._top.search.record_wanted.connect(self.show_record)
        self._top.search.list_wanted.connect(self.show_list)
        self._top.search.paper_wanted.connect(self.show_paper)
        self._top.search.commands = lambda: commands_here(self.menus, self.page)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._message)
        self.at_hand = AtHand(self, right, self._preferences, self._clock)
        right.addWidget(self._pages, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._navigation)
        below.addLayout(right, 1)
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._banner)
        column.addLayout(below, 1)
        self._whole.addWidget(self._work)
        self.setCentralWidget(self._whole)

    # ---- how it was left

    def _restore(self) -> None:
        geometry = self._layout.state("window")
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableSize()
            self.resize(min(1366, room.width()), min(768, room.height() - _FRAME))

    def _keep_layout(self, held: dict[str, str]) -> None:
        self._preferences.keep(replace(self._preferences.held, layout=held))

    def dress(self, look: theme.Look, zoom: int | None = None) -> None:
        """Wears a look, at a size of type where one is given."""
        zoom = self._preferences.held.zoom if zoom is None else zoom
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look, zoom)
        self._preferences.keep(replace(self._preferences.held, look=look.value, zoom=zoom))
        self._fit_navigation()

    def zoom(self, by: int) -> None:
        """Larger or smaller type by so many per cent; none is as at first."""
        held = self._preferences.held
        zoom = min(200, max(100, held.zoom + by)) if by else 100
        self.dress(_look_of(held.look), zoom)

    # ---- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does."""
        button = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            button.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if self.desk is None:
            self._show_start()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_navigation()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keeps what is typed and how the window was left; stays open rather than lose a word."""
        self._layout.keep_state("window", QByteArray(self.saveGeometry()))
        place = self._at
        self._closing = (
            True  # no other page is shown now; a file that is being opened this very moment is closed again
        )
        if self.desk is not None and not self.close_file():
            self._closing = False
            event.ignore()
            return
        self._layout.keep_word("place", str(place))
        self._layout.write()
        self.background.stop()
        super().closeEvent(event)

    def _fit_navigation(self) -> None:
        self._navigation.narrow(self.width() < theme.px(NARROW))

    def _show_start(self) -> None:
        self._whole.setCurrentWidget(self.start_page)
        self.setWindowTitle(_NAME)
        self.status.show_selection("")
        self._allow(False)
        self.start_page.shown()

    def _allow(self, open_: bool) -> None:
        self.menus.allow(open_)

    def begin_new(self) -> None:
        """Closes the file and asks which PCN a new one is of."""
        if self.close_file():
            self.start_page.make_new()

    def choose_file(self) -> None:
        """Closes the file and asks for another."""
        if self.close_file():
            self.start_page.open_button.click()

    def begin_search(self) -> None:
        """Puts the cursor into the search."""
        self._top.search.begin()

    def _finish_page(self) -> bool:
        page = self.page
        return page is None or page.finish_typing()

    def _finish_all(self) -> bool:
        done = [page.finish_typing() for page in self._places.values()]  # every page, whatever the first said
        return all(done)

    def _warn(self, sentence: str) -> None:
        if self.desk is not None:
            self._message.show_sentence(sentence)

    def _work_ended(self, _: object) -> None:
        QTimer.singleShot(0, self, self._tell_selection)  # once its page has shown what came of it

    def _tell_selection(self) -> None:
        page = self.page
        self.status.show_selection(page.selection_words() if page is not None else "")

    def _look_through(self, database: Database) -> None:
        """A large file is checked page by page once its window is there, and not while it is waited for."""
        if self.desk is not None and self.desk.database is database:
            words = "Looking through the file"
            self.background.start(words, lambda _: record_file.look_through(database), lambda _: None)

    def _look_for_others(self) -> None:
        """A window that only reads shows what the other has written."""
        if self.desk is not None and self.desk.database.read_only_because:
            try:
                self.desk.database.follow()
            except DeskError as refused:
                self._warn(str(refused))

    def _look_at_the_day(self) -> None:
        page, desk = self.page, self.desk
        if page is not None and desk is not None and self._day != desk.database.today():
            self._day = desk.database.today()
            page.shown()


def _look_of(words: str) -> theme.Look:
    return next((look for look in theme.Look if look.value == words), theme.Look.SYSTEM)
