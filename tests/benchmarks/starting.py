"""Starts a window on a PCN file and ends once it is painted: ours, or the bare libraries with the same rows.

    python starting.py ours FILE
    python starting.py bare FILE

It prints how much memory the process holds at the end, in MB.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[2]))


def ours(path: Path) -> None:
    """The program as a file manager starts it, on the register that was in front when it was closed."""
    from nhsdesk import app

    def painted() -> None:
        from PySide6.QtWidgets import QApplication

        (window,) = (one for one in QApplication.topLevelWidgets() if one.isVisible())
        window.grab()
        window.close()

    _when_qt_runs(painted)
    app.main([str(path)])


def _when_qt_runs(work: Callable[[], None]) -> None:
    """Has something done as soon as the event loop turns, without bringing Qt in before the program does."""
    import importlib.abc
    import sys

    class Watcher(importlib.abc.MetaPathFinder):
        def find_spec(self, name: str, *_: object) -> None:
            if name == "nhsdesk.desktop.window":
                from PySide6.QtCore import QTimer

                sys.meta_path.remove(self)
                QTimer.singleShot(0, work)

    sys.meta_path.insert(0, Watcher())


def bare(path: Path) -> None:
    """A window with a table over the same ids and the first 40 rows, read through the same driver."""
    import sqlalchemy  # noqa: F401 - the process pays for it as ours does
    import sqlcipher3.dbapi2 as driver
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    from tests.benchmarks.plain_table import PlainTable

    app = QApplication([])
    app.setStyle("Fusion")
    connection = driver.connect(str(path))
    ids = [row[0] for row in connection.execute("SELECT id FROM commitment ORDER BY id")]
    rows = connection.execute("SELECT * FROM commitment ORDER BY id LIMIT 40").fetchall()
    window, view = QMainWindow(), QTableView()
    view.setModel(PlainTable(ids, rows))
    window.setCentralWidget(view)
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
    connection.close()


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]](Path(sys.argv[2]))
    import psutil

    print(psutil.Process().memory_info().rss / 1024**2)
    sys.stdout.flush()
    os._exit(0)
