"""Two quiet boxes over the editor: the list of names to choose from, and a hint in words.

Both are plain child widgets of the window, not windows: they never take the focus, and remote desktops need not place them.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tutor.ui.editor.signatures import Entry
from tutor.ui.editor.theme import EditorTheme

_ROWS = 8


def room_beside(over: QWidget, top_left: QPoint, line_height: int) -> int:
    """The height that a box may have under or above a line, whichever is more, to be wholly inside the window."""
    y = over.mapTo(over.window(), top_left).y()
    gap = max(2, line_height // 6)
    return max(y, over.window().height() - y - line_height) - gap


def place(box: QWidget, over: QWidget, top_left: QPoint, line_height: int, *, above: bool) -> None:
    """Put `box` under (or above) a line of `over`, inside its window; the other side where there is no room."""
    window = over.window()
    if box.parentWidget() is not window:
        box.setParent(window)
    size, gap = box.size(), max(2, line_height // 6)
    anchor = over.mapTo(window, top_left)
    under, over_it = anchor.y() + line_height + gap, anchor.y() - size.height() - gap
    fits_under, fits_above = under + size.height() <= window.height(), over_it >= 0
    y = over_it if (above and fits_above) or not fits_under and fits_above else under
    x = max(0, min(anchor.x(), window.width() - size.width()))
    box.move(x, y)
    box.show()
    box.raise_()


class _Box(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("editorPopup")
        self.setAutoFillBackground(True)
        self._dressed: EditorTheme | None = None
        self.hide()

    def dress(self, theme: EditorTheme, extra: str = "") -> None:
        """Colours from the theme; one rule for all, so that the window's own style sheet does not shine through."""
        if self._dressed is theme:  # a style sheet takes a millisecond, and this is asked at every key
            return
        self._dressed = theme
        self.setStyleSheet(
            f"#editorPopup {{ background: {theme.popup}; border: 1px solid {theme.border}; border-radius: 6px; }}"
            f"QLabel {{ background: transparent; color: {theme.text}; border: none; }}" + extra
        )


class Hint(_Box):
    """A few words at a place in the program: what a call takes, or what a mark says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._label)
        self.words = ""

    def put(self, rich: str, words: str, code_font: QFont, theme: EditorTheme) -> None:
        """Set what it says: `rich` to look at, `words` to hear. Sized by the text, at most 60 characters wide."""
        self.dress(theme)
        self.words = words
        self.setAccessibleName(words)
        metrics = QFontMetrics(self.font())
        pad = metrics.height() // 2
        self._layout.setContentsMargins(pad, pad // 2, pad, pad // 2)
        self._label.setText(rich)
        widest = metrics.averageCharWidth() * 60
        self._label.setMaximumWidth(widest)
        natural = QFontMetrics(code_font).horizontalAdvance(max(words.split("\n"), key=len)) + pad
        width = min(widest, natural)
        self._label.setFixedSize(width, self._label.heightForWidth(width))
        self.adjustSize()


def signature_markup(
    call: str, part: tuple[int, int], says: str, code_font: QFont, theme: EditorTheme
) -> str:
    """A signature in the code face with the value that is due in bold, and what it does underneath."""
    start, end = part
    before, due, after = (html.escape(piece) for piece in (call[:start], call[start:end], call[end:]))
    size = code_font.pointSizeF()
    return (
        f"<span style=\"font-family:'{code_font.family()}'; font-size:{size:g}pt\">{before}"
        f'<b style="color:{theme.keyword}">{due}</b>{after}</span><br>'
        f'<span style="color:{theme.comment}">{html.escape(says)}</span>'
    )


class CompletionList(_Box):
    """Names to choose from, with what the chosen one does underneath. Keys stay with the editor, which calls `move`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = QListWidget(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.itemClicked.connect(lambda item: self.chosen.emit(item.text()))
        self._list.currentRowChanged.connect(lambda _row: self._describe())
        self._words = QLabel(self, wordWrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._list)
        self._layout.addWidget(self._words)
        self._entries: Sequence[Entry] = ()
        self.moved = False  # whether the arrow keys have chosen; only then does Enter take the name

    def put(self, entries: Sequence[Entry], code_font: QFont, theme: EditorTheme, room: int) -> None:
        """Show these, the first one chosen, in a list that is no higher than `room`."""
        self.dress(
            theme,
            f"QListWidget {{ background: {theme.popup}; color: {theme.text}; border: none; outline: none; }}"
            f"QListWidget::item {{ color: {theme.text}; padding: 2px 4px; }}"
            f"QListWidget::item:selected {{ background: {theme.popup_selected}; color: {theme.text};"
            f" border-left: 3px solid {theme.focus}; }}"
            "QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }"
            f"QScrollBar::handle:vertical {{ background: {theme.line_number}; border-radius: 3px; min-height: 24px; }}"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0; } QScrollBar::add-page, QScrollBar::sub-page { background: none; }",
        )
        self._entries, self.moved = entries, False
        self._list.blockSignals(True)
        self._list.clear()
        self._list.setFont(code_font)
        for entry in entries:
            item = QListWidgetItem(entry.name)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, entry.says)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._fit(code_font, room)
        self._describe()

    def _fit(self, code_font: QFont, room: int) -> None:
        metrics = QFontMetrics(code_font)
        pad = metrics.height() // 4
        self._layout.setContentsMargins(pad, pad, pad, pad)
        self._words.setContentsMargins(pad, pad, pad, 0)
        longest = max((metrics.horizontalAdvance(entry.name) for entry in self._entries), default=0)
        width = max(longest + metrics.height() * 2, metrics.averageCharWidth() * 38)
        row = max(self._list.sizeHintForRow(0), metrics.height())
        words = QFontMetrics(self.font()).lineSpacing() * 2 + pad
        rows = min(_ROWS, len(self._entries), max(1, (room - words - 2 * pad - 4) // row))
        self._list.setFixedSize(QSize(width, row * rows + 2))
        self._words.setFixedSize(QSize(width, words))
        self.adjustSize()

    def _describe(self) -> None:
        entry = self.current()
        self._words.setText(entry.says if entry else "")

    def current(self) -> Entry | None:
        """The entry that Tab would take."""
        row = self._list.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def names(self) -> list[str]:
        """What is on offer, in order."""
        return [entry.name for entry in self._entries]

    def move_by(self, rows: int) -> None:
        """Choose another one; the ends meet only for single steps."""
        count, row = len(self._entries), self._list.currentRow() + rows
        row = row % count if abs(rows) == 1 else min(max(row, 0), count - 1)
        self._list.setCurrentRow(row)
        self.moved = True
