"""A short piece of code to read, in the same colours as the editor."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget
from pyside6_scintilla import Scintilla

from tutor.ui.editor import accessible
from tutor.ui.editor.appearance import Appearance
from tutor.ui.editor.lexer import colour_as_python
from tutor.ui.editor.surface import Surface
from tutor.ui.editor.theme import EditorTheme
from tutor.ui.qt_calls import called_by_qt


class _ViewSurface(Surface):
    """Scrolls with the page that it is part of, and lets Tab pass."""

    @called_by_qt(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @called_by_qt(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.leave(forward=event.key() == Qt.Key.Key_Tab)
            event.accept()
        else:
            super().keyPressEvent(event)


class CodeView(QWidget):
    """Read-only code, as high as its lines; it can be selected and copied, and is read by screen readers."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.install()
        self._surface = _ViewSurface(self)
        self._look = Appearance(self._surface, line_numbers=False)
        colour_as_python(self._surface)
        self._surface.setCaretLineVisible(False)
        self._surface.setVScrollBar(False)
        self._surface.setIndentationGuides(Scintilla.IndentView.None_)
        self._surface.offers_editing = False
        self._surface.setReadOnly(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._surface)
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus
        )  # a whole with its surface, when the order of Tab is set
        self.setFocusProxy(self._surface)
        accessible.attach(self._surface)
        self._surface.menu_requested.connect(self._show_menu)
        self._surface.resized.connect(self._fit)  # another width may need a scroll bar, or none any more
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The code."""
        return self._surface.document_text()

    def set_text(self, text: str) -> None:
        """Show this code; a last empty line is not shown."""
        self._surface.load(text.rstrip("\n"))
        self._fit()

    def set_theme(self, theme: EditorTheme) -> None:
        """Change the colours."""
        self._look.set(theme=theme)

    def set_font_size(self, points: float) -> None:
        """Change the size of the code, in points."""
        self._look.set(points=points)
        self._fit()

    def setAccessibleName(self, name: str) -> None:
        """What a screen reader calls it."""
        super().setAccessibleName(name)
        self._surface.setAccessibleName(name)

    @called_by_qt(QSize())
    def sizeHint(self) -> QSize:
        """As high as the lines, and one scroll bar where a line is wider than the view."""
        surface = self._surface
        longest = max(
            (surface.textWidth(Scintilla.StylesCommon.Default, line) for line in self.text().split("\n")),
            default=0,
        )
        bar = surface.horizontalScrollBar().sizeHint().height() if longest > surface.text_area_width() else 0
        return QSize(longest + surface.textHeight(0), surface.lineCount() * surface.textHeight(0) + bar)

    @called_by_qt(QSize())
    def minimumSizeHint(self) -> QSize:
        """May be narrow, never cut off below."""
        return QSize(self._surface.textHeight(0) * 6, self.sizeHint().height())

    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(not self._surface.selectionEmpty())
        copy.triggered.connect(lambda _checked: self._surface.copy())
        menu.addAction(self.tr("Select all")).triggered.connect(lambda _checked: self._surface.selectAll())
        menu.popup(where)

    def _fit(self) -> None:
        needed = self.sizeHint().height()
        if needed != self.height():
            self.setFixedHeight(needed)
            self.updateGeometry()
