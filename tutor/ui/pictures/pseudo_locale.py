"""A language that does not exist: words that it does not change are hard-coded, and its longer words must not be cut."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QObject, QTranslator

from tutor.ui.qt_calls import called_by_qt

#: What every word of this language stands between.
OPENING, CLOSING = "\u27e6", "\u27e7"


class PseudoLocale(QTranslator):
    """Puts every text between marks, and makes it a third longer, as German does.

    Args:
        known: the (context, source) pairs that translators are given; what is not among them stays English. None: all.
        parent: its owner.
    """

    def __init__(
        self, known: Container[tuple[str, str]] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known

    @called_by_qt("")
    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Qt's call for one text; None is its word for no translation, while "" would be shown as nothing."""
        if self._known is not None and (context, text) not in self._known:
            return None  # type: ignore[return-value]
        words = text.replace("%n", str(n)) if n >= 0 else text
        return f"{OPENING}{words}{'~' * (len(words) // 3)}{CLOSING}"

    @called_by_qt(False)
    def isEmpty(self) -> bool:
        """Qt's question whether it is worth asking."""
        return False


def outside(text: str) -> str:
    """What of a text does not stand between the marks, line by line: words that no translator was asked for."""
    depth, left = 0, []
    for character in text:
        if character == OPENING:
            depth += 1
        elif character == CLOSING:
            depth -= 1
            left.append(" ")
        elif not depth:
            left.append(character)
    return "\n".join(" ".join(line.split()) for line in "".join(left).splitlines())
