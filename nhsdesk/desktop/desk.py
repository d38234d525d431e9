"""What every page works with: the open PCN file, word of its changes, work beside the window, a way to say things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from nhsdesk import log
from nhsdesk.desktop.background import OUR_MISTAKE, Background
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.notifier import Notifier
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.errors import DeskError
from nhsdesk.store.database import Database, Notice

if TYPE_CHECKING:  # looked into when the first word is asked for
    from nhsdesk.domain.glossary_lookup import Glossary

T = TypeVar("T")

_LONGEST = 4_000
"""Letters of a text whose words are looked up."""


class Desk(QObject):
    """One open PCN file and what stands around it. Pages get it and nothing else."""

    changed = Signal(object)
    """A `Notice` after each commit."""
    drafted = Signal(str)
    """The kind of which an entry's words were kept as a draft, or given up: no commit tells of that."""
    said = Signal(str)
    """A sentence for the status line, spoken by screen readers too."""
    warned = Signal(str)
    """A sentence that stays until the person has closed it: what happened, what is safe, what to do."""
    wanted = Signal(str, object)
    """Kind and id of a record somebody wants to see."""
    page_wanted = Signal(str, str)
    """Place and tab of a page somebody wants to see, by the words on them."""
    paper_wanted = Signal(str)
    """The key of a paper somebody wants to see."""
    period_wanted = Signal(str, object)
    """The key of a paper, and the month or day for which somebody wants to make it."""
    workbook_wanted = Signal(object, object)
    """The id of a workbook to fill, and the month for which somebody wants to fill it."""

    def __init__(self, database: Database, background: Background, layout: KeptLayout) -> None:
        super().__init__()
        self.database = database
        self.background = background
        self.layout = layout
        self._glossary: Glossary | None = None
        self._notifier = Notifier(database)
        self._notifier.changed.connect(self._pass_on)
        background.refused.connect(self.warn)

    def say(self, sentence: str) -> None:
        """Tells of something done, in passing."""
        self.said.emit(sentence)

    def warn(self, sentence: str) -> None:
        """Tells of something that stood in the way, and stays until it was read."""
        self.warned.emit(sentence)

    def show(self, kind_name: str, id_: Id) -> None:
        """Opens a record where it is at home."""
        self.wanted.emit(kind_name, id_)

    def show_page(self, place: str, tab: str = "") -> None:
        """Brings a page to the front by the words on its place and tab."""
        self.page_wanted.emit(place, tab)

    def show_paper(self, key: str) -> None:
        """Brings a paper to the front, ready to be looked at."""
        self.paper_wanted.emit(key)

    def show_period(self, paper: str, of: Month | date) -> None:
        """Brings a paper to the front, asked for a month or as at a day."""
        self.period_wanted.emit(paper, of)

    def show_workbook(self, id_: Id, month: Month) -> None:
        """Brings a workbook to fill to the front, filled for a month."""
        self.workbook_wanted.emit(id_, month)

    def attempt(self, work: Callable[[], T], otherwise: Any = None) -> T | Any:
        """Does what may be refused; a refusal is told in its sentence and gives `otherwise`."""
        try:
            return work()
        except DeskError as refused:
            self.warn(str(refused))
        except Exception as mistake:
            log.mistake(mistake)
            self.warn(OUR_MISTAKE.format(name=type(mistake).__name__))
        return otherwise

    def glossary(self) -> Glossary:
        """The words that came with the program with those of this file."""
        if self._glossary is None:
            from nhsdesk.sections import glossary

            with self.database.read() as reader:
                self._glossary = glossary.read(reader)
        return self._glossary

    def meaning_of(self, text: str) -> str:
        """What the words of the field in a text mean today, a line for each; empty where there are none."""
        return self.glossary().told_of(text[:_LONGEST], self.database.today()) if text else ""

    @property
    def may_write(self) -> bool:
        """Whether an entry can be kept just now: the file may be written and no other work is writing."""
        return not (self.database.read_only_because or self.background.writing or self.database.changing)

    def close(self) -> None:
        """Ends the work beside the window and closes the file."""
        self.background.stop()
        self.background.refused.disconnect(self.warn)
        self._notifier.stop()
        self.database.close()

    def _pass_on(self, notice: Notice) -> None:
        if GlossaryTerm.KIND.name in notice.changed:
            self._glossary = None
        self.changed.emit(notice)
