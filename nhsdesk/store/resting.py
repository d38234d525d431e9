"""Brings the write-ahead log back into the file a second after the last write, so that one file holds all at rest."""

from __future__ import annotations

import threading
from collections.abc import Callable

REST_AFTER_SECONDS = 1.0


class Rest:
    """Calls `settle` once nothing was written for a while; one thread, begun with the first write."""

    def __init__(self, settle: Callable[[], bool], after: float = REST_AFTER_SECONDS) -> None:
        self._settle = settle
        self._after = after
        self._changed = threading.Condition()
        self._written = 0
        self._stopped = False
        self._thread: threading.Thread | None = None
        self.settled = threading.Event()
        """Set when the last write has been brought in; for whoever has to wait for it."""

    def written(self) -> None:
        """Something was committed: begin to wait anew."""
        with self._changed:
            self._written += 1
            self.settled.clear()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="nhsdesk-rest", daemon=True)
                self._thread.start()
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
                self._wait_past(done, None)
                seen = self._written
                more = self._wait_past(seen, self._after)
                if self._stopped:
                    return
            if not more and self._settle():
                done = seen
                with self._changed:
                    if self._written == done:
                        self.settled.set()

    def _wait_past(self, seen: int, seconds: float | None) -> bool:
        """Whether something was written, or the end came, within that time."""
        return self._changed.wait_for(lambda: self._stopped or self._written != seen, seconds)
