"""Brings the write-ahead log back into the file a second after the last write, so that one file holds all at rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from nhsdesk import errors

REST_AFTER_SECONDS = 1.0


class Rest:
    """Calls `settle` once nothing was written for a while; one thread, begun with the first write."""

    def __init__(self, settle: Callable[[], bool], after: float = REST_AFTER_SECONDS) -> None:
        self._settle = settle
        self._after = after
        self._changed = threading.Condition()
        self._written = 0
        self._last = 0.0
        self._idle = False
        self._stopped = False
        self._thread: threading.Thread | None = None
        self.settled = threading.Event()
        """Set when the last write has been brought in; for whoever has to wait for it."""

    def written(self) -> None:
        """Something was committed: begin to wait anew."""
        with self._changed:
            self._written += 1
            self._last = time.monotonic()
            self.settled.clear()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="nhsdesk-rest", daemon=True)
                self._thread.start()
            if self._idle:  # a thread woken at every save would make each a fifth slower
                self._changed.notify()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        done = 0
        while True:
            with self._changed:
                self._wait_for_a_write(done)
                while not self._stopped and (left := self._last + self._after - time.monotonic()) > 0:
                    self._changed.wait(left)
                if self._stopped:
                    return
                seen = self._written
            settled = self._settled()
            with self._changed:
                if settled:
                    done = seen
                else:
                    self._last = time.monotonic()
                if self._written == done:
                    self.settled.set()

    def _settled(self) -> bool:
        try:
            return self._settle()
        except (
            errors.DeskError
        ):  # a full disk, a disk taken out: what was committed is safe in the log meanwhile
            return False

    def _wait_for_a_write(self, done: int) -> None:
        self._idle = True
        self._changed.wait_for(lambda: self._stopped or self._written != done)
        self._idle = False
