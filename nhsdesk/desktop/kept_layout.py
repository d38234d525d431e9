"""How the window was left on this computer: sizes, splitters, columns, the page last shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray


class KeptLayout:
    """Words under names, kept in this computer's settings when the window closes."""

    def __init__(
        self, held: dict[str, str] | None = None, keep: Callable[[dict[str, str]], None] | None = None
    ) -> None:
        self._held = dict(held or {})
        self._keep = keep

    def state(self, name: str) -> QByteArray | None:
        """A widget's own state as it was left; None where it was never kept."""
        words = self._held.get(name)
        return None if words is None else QByteArray.fromBase64(QByteArray(words.encode("ascii", "ignore")))

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Keeps a widget's own state."""
        self._held[name] = bytes(state.toBase64().data()).decode("ascii")

    def word(self, name: str, otherwise: str = "") -> str:
        """A word as it was left."""
        return self._held.get(name, otherwise)

    def keep_word(self, name: str, word: str) -> None:
        """Keeps a word."""
        self._held[name] = word

    def write(self) -> None:
        """Hands all of it to the settings."""
        if self._keep is not None:
            self._keep(dict(self._held))
