"""What a program printed, in order, errors told apart; bounded, whatever it prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from tutor.ui.look import Look
from tutor.ui.qt_calls import called_by_qt
from tutor.ui.results.long_lines import LineCutter
from tutor.ui.stylesheet import set_role

#: Lines that are kept on the screen; the session keeps what is needed for "Save output".
MOST_LINES = 2_000

_LINE = re.compile(r'File "([^"]+)", line (\d+)')


class OutputView(QPlainTextEdit):
    """A read-only view that appends in bites and never grows beyond MOST_LINES."""

    line_chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        set_role(self, "output")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMaximumBlockCount(MOST_LINES)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Output"))
        self.viewport().setMouseTracking(True)
        #: The program's own file: its lines can be gone to, those of Python's own modules are not here.
        self.filename = "main.py"
        # The room around is the view's, not the document's: Qt would count that as part of the last line, and hide one more.
        self.document().setDocumentMargin(0)
        self._cutters: dict[str, LineCutter] = {}
        self._blocks = 0
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Draw in this look."""
        self._look = look
        self.setFont(look.code_font())
        self.setViewportMargins(look.px(20), look.px(6), look.px(8), look.px(6))
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * 8)

    def height_of(self, lines: int) -> int:
        """The height at which so many lines are seen whole."""
        around = self.viewportMargins().top() + self.viewportMargins().bottom()
        return lines * self.fontMetrics().lineSpacing() + around + 2

    @property
    def was_cut(self) -> bool:
        """Whether earlier lines had to go."""
        return self._blocks > MOST_LINES

    def begin(self) -> None:
        """A program starts: an empty view."""
        self.clear()
        self._cutters = {}
        self._blocks = 1

    def append_pieces(self, pieces: Sequence[tuple[str, str]]) -> None:
        """Add output: (stream, text), in order. Keeps the end in sight unless the reader has scrolled away."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 2
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for stream, piece in pieces:
            text = self._cutters.setdefault(stream, LineCutter()).cut(piece)
            self._blocks += text.count("\n")
            self._insert(cursor, text, self._format(stream))
        cursor.endEditBlock()
        if at_end:
            bar.setValue(bar.maximum())
            self.horizontalScrollBar().setValue(0)

    def _insert(self, cursor: QTextCursor, text: str, shape: QTextCharFormat) -> None:
        """Add text; what names a line of the program looks like the link that it is."""
        done = 0
        if 'File "' in text:
            for found in _LINE.finditer(text):
                if found.group(1) == self.filename:
                    cursor.insertText(text[done : found.start()], shape)
                    cursor.insertText(found.group(), self._link(shape))
                    done = found.end()
        cursor.insertText(text[done:], shape)

    def _link(self, shape: QTextCharFormat) -> QTextCharFormat:
        made = QTextCharFormat(shape)
        made.setForeground(QColor(self._look.theme.accent))
        made.setFontUnderline(True)
        return made

    def skip(self, lines: int) -> None:
        """So many lines of output are left out here: what stands above them goes too, so that no gap is hidden."""
        self.begin()
        self._blocks += lines + MOST_LINES

    def finish(self) -> None:
        """The program has ended: nothing more will come."""
        end = QTextCursor(self.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        if not end.block().text() and self.blockCount() > 1:
            end.deletePreviousChar()  # an empty last line only pushes what is above it out of sight

    def _format(self, stream: str) -> QTextCharFormat:
        theme = self._look.theme
        made = QTextCharFormat()
        if stream == "stderr":
            made.setForeground(QColor(theme.wrong))
        elif stream == "stdin":
            made.setForeground(QColor(theme.accent))
            made.setFontWeight(600)
        else:
            made.setForeground(QColor(theme.text))
        return made

    @called_by_qt(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """With another height, the last line stays the last that is seen."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 1
        super().resizeEvent(event)
        if at_end:
            bar.setValue(bar.maximum())

    @called_by_qt(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on `line 3` of a message goes to that line."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._follow(self.cursorForPosition(event.position().toPoint()))

    @called_by_qt(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Over such a line the pointer is a hand."""
        super().mouseMoveEvent(event)
        over = self._line_at(self.cursorForPosition(event.position().toPoint()))
        shape = Qt.CursorShape.IBeamCursor if over is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a line that names a line of the program goes there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._follow(self.textCursor()):
            return
        super().keyPressEvent(event)

    def _follow(self, cursor: QTextCursor) -> bool:
        line = self._line_at(cursor)
        if line is not None:
            self.line_chosen.emit(line)
        return line is not None

    def _line_at(self, cursor: QTextCursor) -> int | None:
        """The line of the program that is named there; None where none is."""
        for found in _LINE.finditer(cursor.block().text()):
            if found.group(1) == self.filename:
                return int(found.group(2))
        return None
