"""What the window does when its PCN file cannot be written: keeps the words, offers ways on, and goes on once it can.

A stick pulled out, a full disk, a folder shut, a file that somebody else has replaced: each is told in its sentence
above the page, and asked again every few seconds until the file is back. A file that somebody else has open is
followed, and offered for writing once they have closed it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from nhsdesk.desktop import asking
from nhsdesk.errors import ChangedOutside, DeskError
from nhsdesk.store import record_file

if TYPE_CHECKING:
    from nhsdesk.desktop.desk import Desk
    from nhsdesk.desktop.window import Window
    from nhsdesk.store.database import Clock
    from nhsdesk.store.drafts import Draft

AGAIN_MS = 3_000
_FOLLOW_MS = 2_000
_LOST = (
    "What you are typing could not be kept, so the file stays open. Put right what stands in the way, or close once "
    "more to give those words up."
)
_BESIDE = (
    "What you are typing could not be put into the file, so the file stays open. Your words are kept on this computer "
    "and go in when the file is next opened here. Put right what stands in the way, or close once more."
)
_PCN_FILE = "PCN file (*.nhsdesk)"


class Reach(QObject):
    """Watches over the open file's place on behalf of one window."""

    def __init__(self, window: Window, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self._freed = False
        self.follow = QTimer(self)
        self.follow.setInterval(_FOLLOW_MS)
        self.follow.timeout.connect(self._look_for_others)
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """A PCN file was opened."""
        self._freed = False
        desk = self._window.desk
        if desk is not None and desk.database.read_only_because:
            self.follow.start()

    @property
    def waiting(self) -> bool:
        """Whether the file could not be written and is asked for again and again."""
        return self._timer.isActive()

    def heard(self) -> None:
        """Something stood in the way: where it was the file itself, the ways on are offered."""
        desk = self._window.desk
        if desk is None or desk.database.out_of_reach is None:
            return
        elsewhere = ("Save a copy elsewhere…", self.save_elsewhere)
        if isinstance(desk.database.out_of_reach, ChangedOutside):
            self._window.offer((("Open it again", self.open_again), elsewhere))
        else:
            self._window.offer((("Try again", self.try_again), elsewhere))
            self._timer.start()

    def let_go(self) -> None:
        """The PCN file was closed."""
        self._timer.stop()
        self.follow.stop()

    def all_kept(self) -> bool:
        """Takes all that is typed into the file; False where some of it is not in it."""
        desk = self._window.desk
        done = self._window.finish_all()
        if (
            done
            and desk is not None
            and desk.database.out_of_reach is None
            and not desk.database.read_only_because
        ):
            desk.attempt(lambda: _forget_beside(desk))
        return done

    def kept_for_the_end(self) -> bool:
        """Keeps all that is typed, with one file at rest, since all may end now; False where words would be lost."""
        desk = self._window.desk
        if desk is None:
            return True
        kept = self.all_kept() or _words_are_beside(desk)
        with suppress(DeskError):
            desk.database.rest()
        return kept

    def why_open(self) -> str:
        """Why a file that was to be closed stays open, and what closing it all the same would cost."""
        desk = self._window.desk
        return _BESIDE if desk is not None and _words_are_beside(desk) else _LOST

    # ---- the ways on

    def try_again(self) -> None:
        """Looks whether the file can be written now, and takes in what was typed meanwhile."""
        desk = self._window.desk
        if desk is None:
            return
        brought = desk.attempt(lambda: _reached(desk))
        if brought is not None:
            self._go_on(desk, brought)
            self._window.finish_all()

    def open_again(self) -> None:
        """Closes what this window saw and opens what lies there now; words not yet in it come back as drafts."""
        desk = self._window.desk
        if desk is None:
            return
        self._window.finish_all()
        if self._window.close_file(losing=_words_are_beside(desk)):
            self._window.open(desk.database.path)

    def save_elsewhere(self) -> None:
        """Saves all that is in the file under another name and goes on there, as a copy of its own."""
        desk = self._window.desk
        if desk is None:
            return
        from nhsdesk import paths

        self._window.finish_all()  # what is being typed is kept on this computer and comes with the copy
        name = f"{desk.database.path.stem} saved elsewhere{record_file.SUFFIX}"
        target = asking.choose_file(
            self._window, "Save a copy elsewhere", paths.records_folder(), name, _PCN_FILE
        )
        if target is not None:
            self._go_on_in(desk, target)

    def _go_on_in(self, desk: Desk, target: Path) -> None:
        from nhsdesk.commands import out_of_reach

        before = desk.database
        saved = desk.attempt(lambda: out_of_reach.save_elsewhere(before, target, before.who, self._clock))
        if saved is None:
            return
        letter = saved.head.letter
        self._window.close_file(losing=True)
        self._window.take_over(saved)
        self._window.tell(
            f"You now work in {target.name}, in {target.parent}, as copy {letter}. {before.path.name} is as it was "
            "last saved. Once you have it back, bring the two together at PCN file, Copies."
        )

    # ---- inside

    def _look(self) -> None:
        desk = self._window.desk
        if desk is None or desk.database.out_of_reach is None:
            self._timer.stop()
            return
        if not desk.may_write:
            return
        told = str(desk.database.out_of_reach)
        try:
            brought = _reached(desk)
        except DeskError as refused:
            if str(refused) != told:  # it is back, and something else stands in the way
                desk.warn(_why(desk, refused))
            return  # the next look is in a moment
        self._go_on(desk, brought)

    def _go_on(self, desk: Desk, brought: tuple[Draft, ...]) -> None:
        self._timer.stop()
        self._window.close_message()
        for kind in dict.fromkeys(one.kind for one in brought):
            desk.drafted.emit(kind)
        desk.say(f"{desk.database.path.name} can be written again. What you typed meanwhile is kept in it.")

    def _look_for_others(self) -> None:
        """A window that only reads shows what the other has written, and says when the other has gone."""
        desk = self._window.desk
        if desk is None or not desk.database.read_only_because:
            return
        try:
            desk.database.follow()
        except DeskError as refused:
            desk.warn(str(refused))
            return
        if desk.database.in_use and not self._freed and record_file.is_free(desk.database.path):
            self._freed = True
            name = desk.database.path.name
            desk.warn(f"{name} is not open anywhere else any more. Open it again here to write in it.")
            self._window.offer((("Open it to write", self.open_again),))


def _reached(desk: Desk) -> tuple[Draft, ...]:
    from nhsdesk.commands import out_of_reach

    return out_of_reach.reach(desk.database)


def _why(desk: Desk, refused: DeskError) -> str:
    from nhsdesk.commands import out_of_reach

    return out_of_reach.told_with_words(desk.database, refused)


def _words_are_beside(desk: Desk) -> bool:
    from nhsdesk.commands import out_of_reach

    return out_of_reach.words_are_beside(desk.database)


def _forget_beside(desk: Desk) -> None:
    from nhsdesk.commands import out_of_reach

    out_of_reach.forget_beside(desk.database)
